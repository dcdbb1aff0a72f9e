# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Completion for sctrace-read in bash; installed as share/bash-completion/completions/sctrace-read. The options are those of
# sctrace-read --help, so that none is missing here.

_sctrace_read_options()
{
	"$1" --help 2>/dev/null | sed -n '/^  /p' | grep -oE -- '(^|[ ,])(-[A-Za-z]|--[a-z][a-z-]*=?)' | tr -d ' ,' | sort -u
}

# What may stand behind "-e trace=" and the like, each word with a blank behind it.
_sctrace_read_qualifier()
{
	local classes='%file %process %net %network %signal %ipc %desc %memory %creds %stat %lstat %fstat %statfs %fstatfs %clock %pure'

	case $1 in
	trace=*) compgen -P trace= -W "all none $classes" -- "${1#*=}" ;;
	status=*) compgen -P status= -W "successful failed" -- "${1#*=}" ;;
	*=*) ;;
	quiet=*) compgen -P quiet= -W "attach exit personality superseded all none" -- "${1#*=}" ;;
	*) compgen -W "trace= status= fd= signal= quiet= abbrev= raw= verbose= read= write= decode-pids= $classes" -- "$1" ;;
	esac
}

# The index of the first word that is no option and no option's value: the command. Return: 1 if there is none yet.
_sctrace_read_command()
{
	local i=1 word

	while [ "$i" -lt "$COMP_CWORD" ]; do
		word=${COMP_WORDS[i]}
		case $word in
		--) i=$((i + 1)); break ;;
		# bash takes "--option=value" for three words.
		=) i=$((i + 2)); continue ;;
		-[eopPsEuaIXSUO] | --scope | --record | --replay | --output | --attach | --where) i=$((i + 2)); continue ;;
		-*) i=$((i + 1)); continue ;;
		esac
		break
	done
	[ "$i" -le "$COMP_CWORD" ] && echo "$i" && [[ ${COMP_WORDS[i]:-} != -* ]]
}

_sctrace_read()
{
	local cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command

	COMPREPLY=()
	# "--option=value" comes as "--option", "=", "value".
	if [ "$cur" = = ]; then
		cur=
	elif [ "$before" = = ] && [ "$COMP_CWORD" -gt 2 ]; then
		before=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	case $before in
	-e) mapfile -t COMPREPLY < <(_sctrace_read_qualifier "$cur"); compopt -o nospace 2>/dev/null; return ;;
	-p | --attach) mapfile -t COMPREPLY < <(cd /proc && compgen -G '[0-9]*' | grep "^$cur"); return ;;
	-u | --user | --drop-privileges) mapfile -t COMPREPLY < <(compgen -u -- "$cur"); return ;;
	-o | -P | --output | --record | --replay | --trace-path) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); compopt -o filenames 2>/dev/null; return ;;
	--hook) mapfile -t COMPREPLY < <(compgen -W "auto tracepoint kprobe" -- "$cur"); return ;;
	esac
	if command=$(_sctrace_read_command); then
		if [ "$command" -eq "$COMP_CWORD" ]; then
			mapfile -t COMPREPLY < <(compgen -c -- "$cur")
		else
			mapfile -t COMPREPLY < <(compgen -f -- "$cur")
			compopt -o filenames 2>/dev/null
		fi
		return
	fi
	mapfile -t COMPREPLY < <(compgen -W "$(_sctrace_read_options "${COMP_WORDS[0]}")" -- "$cur")
	[[ ${COMPREPLY[0]:-} != *= ]] || compopt -o nospace 2>/dev/null
}

complete -F _sctrace_read sctrace-read
