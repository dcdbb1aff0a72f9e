#compdef sctrace-read
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completion for sctrace-read in zsh; installed as _sctrace-read in a folder of $fpath. The options are those of
# sctrace-read --help, so that none is missing here.

# Of each option in --help a line: the option with "=" if it takes a value, "=-" if it may; what it takes; what it does.
_sctrace_read_options()
{
	"$1" --help 2>/dev/null | awk '
	function tell(name, text,   value) {
		value = ""
		if (match(name, /\[=.*/)) {
			value = substr(name, RSTART + 2, RLENGTH - 3)
			name = substr(name, 1, RSTART - 1) "=-"
		} else if (match(name, /=.*/)) {
			value = substr(name, RSTART + 1)
			name = substr(name, 1, RSTART)
		}
		gsub(/[\]\[:\\]/, " ", text)
		gsub(/[\]\[:()|]/, " ", value)
		print name "\t" value "\t" text
	}
	function flush(   i, n, part, last) {
		n = split(names, part, ", ")
		# A value said once is the value of the short option too.
		last = match(part[n], /\[?=/) ? substr(part[n], RSTART) : ""
		for (i = 1; i <= n; i++) {
			sub(/ .*/, "", part[i])
			if (part[i] != "-e")
				tell(part[i] (part[i] ~ /^-[A-Za-z]$/ && last !~ /^\[/ ? last : ""), text)
		}
		# "…; -Z, --failed-only: that fail"
		if (match(text, /; -[A-Z], --[a-z-]+: /)) {
			n = split(substr(text, RSTART + 2, RLENGTH - 4), part, ", ")
			for (i = 1; i <= n; i++)
				tell(part[i], substr(text, RSTART + RLENGTH))
		}
		# "…; --read and --write are the same", of what -e takes
		if (match(text, /(--[a-z-]+ and )?--[a-z-]+ (is|are) the same/)) {
			n = split(substr(text, RSTART, RLENGTH), part, " ")
			for (i = 1; i < n - 2; i += 2)
				tell(part[i] "=SET", text)
		}
		names = ""
	}
	/^(  |      )-/ {
		if (names != "")
			flush()
		text = ""
		# Two blanks before the text, or column 25 in any case.
		if (match(substr($0, 7), /  +/))
			text = substr($0, 6 + RSTART + RLENGTH)
		else if (substr($0, 25) ~ /^ [^-]/)
			text = substr($0, 26)
		names = substr($0, 1, length($0) - length(text))
		gsub(/^ +| +$/, "", names)
		next
	}
	/^                         / && names != "" { sub(/^ +/, ""); text = text (text == "" ? "" : " ") $0; next }
	names != "" { flush() }'
}

# What may stand behind "-e": "trace=" and the like, with what they take.
_sctrace_read_qualifier()
{
	local -a classes=(%file %process %net %network %signal %ipc %desc %memory %creds %stat %lstat %fstat %statfs %fstatfs %clock %pure)

	if compset -P '*='; then
		case $IPREFIX in
		*trace=) compadd -- all none $classes ;;
		*status=) compadd -- successful failed ;;
		*quiet=) compadd -- attach exit personality superseded all none ;;
		esac
	else
		compadd -S '' -- trace= status= fd= signal= quiet= abbrev= raw= verbose= read= write= decode-pids=
		compadd -- $classes
	fi
}

_sctrace-read()
{
	local -a specs=('*-e+[which calls, and how they are shown]:what:_sctrace_read_qualifier')
	local option value text action

	_sctrace_read_options ${words[1]} | while IFS=$'\t' read -r option value text; do
		case $option:$value in
		--format*) action='(json csv text)' ;;
		--hook*) action='(auto tracepoint kprobe)' ;;
		*:FILE | *:PATH) action=_files ;;
		*:PID) action=_pids ;;
		-u*:* | --user*:* | *:USER) action=_users ;;
		*) action=' ' ;;
		esac
		case $option in
		--*=-) specs+=("*${option}[$text]::$value:$action") ;;
		--*=) specs+=("*${option}[$text]:$value:$action") ;;
		-?=) specs+=("*${option%=}+[$text]:$value:$action") ;;
		*) specs+=("*${option}[$text]") ;;
		esac
	done
	_arguments -s -S : $specs '(-)*::command: _normal'
}

_sctrace-read "$@"
