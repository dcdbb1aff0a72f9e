#!/usr/bin/zsh -f
# SPDX-License-Identifier: GPL-2.0-or-later
#
# completion.zsh READER: what userspace/cli/completion.zsh makes of words when the tab key is hit, with the options of the program
# READER: an interactive zsh types them. Lines of tests.
zmodload zsh/zpty
here=${0:A:h}
reader=${1:?a sctrace-read}
failed=0
work=$(mktemp -d)
trap 'rm -rf $work' EXIT
cp $here/../../userspace/cli/completion.zsh $work/_sctrace-read
ln -s ${reader:A} $work/sctrace-read

# What has been typed is told by a key of our own, for it may be redrawn in any way.
cat >$work/.zshrc <<-'END'
	PS1='' PS2='' RPS1=''
	fpath=($ZDOTDIR $fpath)
	path=($ZDOTDIR $path)
	autoload -U compinit && compinit -u -D
	unsetopt beep
	tell() { print -r -- "<$BUFFER>" >$ZDOTDIR/typed; BUFFER=''; mv $ZDOTDIR/typed $ZDOTDIR/told }
	zle -N tell
	bindkey '^T' tell
	: >$ZDOTDIR/ready
END

# waits FILE: it is there, or the test hangs no longer than 60 s.
waits()
{
	local i

	for i in {1..600}; do
		[[ -e $1 ]] && return
		sleep 0.1
	done
	return 1
}

# makes WANT WORDS
makes()
{
	rm -f $work/told
	zpty -w -n z "$2"$'\t\C-t'
	if waits $work/told && [[ $(<$work/told) = "<$1>" ]]; then
		print -r -- "ok - completion in zsh/$2"
	else
		print -r -- "not ok - completion in zsh/$2: want <$1>, have $(cat $work/told 2>&1)"
		failed=1
	fi
}

export ZDOTDIR=$work TERM=dumb
zpty z zsh -i
if ! waits $work/ready; then
	print "not ok - completion in zsh/it starts"
	exit 1
fi
makes 'sctrace-read --follow-forks ' 'sctrace-read --fol'
makes 'sctrace-read --failed-only ' 'sctrace-read --fail'
makes 'sctrace-read --record-files=' 'sctrace-read --record-fi'
makes 'sctrace-read --hook=kprobe ' 'sctrace-read --hook=k'
makes 'sctrace-read -e trace=%file ' 'sctrace-read -e trace=%fi'
makes 'sctrace-read -e status=failed ' 'sctrace-read -e status=f'
makes 'sctrace-read -f -o /proc/meminfo ' 'sctrace-read -f -o /proc/meminf'
makes 'sctrace-read -f cat /proc/meminfo ' 'sctrace-read -f cat /proc/meminf'
# Once it has been loaded: what it knows of each option of --help.
zpty -w z "_sctrace_read_options $work/sctrace-read >$work/options; : >$work/written"
waits $work/written
for option in $($reader --help | grep -oE -- '^(  |      )(-[A-Za-z], )?-(-[a-z0-9-]+|[A-Za-z])(=|\[=)?' | sed 's/^ *//; s/\[=/=-/; s/.*, //' | sort -u); do
	[[ $option != -e ]] || continue
	if grep -q -- "^$option	.*	." $work/options; then
		print -r -- "ok - completion in zsh knows $option"
	else
		print -r -- "not ok - completion in zsh knows $option"
		failed=1
	fi
done
zpty -d z
exit $failed
