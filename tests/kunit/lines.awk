# SPDX-License-Identifier: GPL-2.0-or-later
#
# lines.awk: what gcov says of some objects, added up by file of module/: a line has run if it has in one of them. Variables:
# "enough", the share of lines in % that is; "uncovered", whether the lines that did not run are named.

function table(pattern,	i, name, n, ran, lines, run)
{
	for (i = 1; i <= files; i++) {
		name = names[i]
		if (name !~ pattern)
			continue
		n = total[name]
		ran = total_run[name]
		printf "# %-32s %6d %6d %6.1f\n", name, n, ran, ran * 100 / n
		lines += n
		run += ran
	}
	all = lines
	all_run = run
}

# The lines that did not run, as FROM-TO where there is none between them that did.
function left_of(name,	line, from, to, text)
{
	for (line = 1; line <= last[name] + 1; line++) {
		if (line <= last[name] && !((name, line) in count))
			continue
		if (line <= last[name] && !count[name, line]) {
			if (!from)
				from = line
			to = line
		} else if (from) {
			text = text " " (from == to ? from : from "-" to)
			from = 0
		}
	}
	return text
}

/^ *-: *0:Source:/ {
	file = $0
	sub(/^ *-: *0:Source:/, "", file)
	while (sub(/[^\/]+\/\.\.\//, "", file))
		;
	wanted = sub(/^.*\/tree\/module\//, "module/", file)
	next
}

!wanted { next }

/^ *([0-9]+\*?|#####|=====): *[0-9]+:/ {
	split($0, part, ":")
	line = part[2] + 0
	if (!(file in last)) {
		names[++files] = file
		last[file] = 0
	}
	if (line > last[file])
		last[file] = line
	if (!((file, line) in count)) {
		count[file, line] = 0
		total[file]++
	}
	if (part[1] !~ /#|=/ && !count[file, line]) {
		count[file, line] = 1
		total_run[file]++
	}
}

END {
	# By name.
	for (i = 2; i <= files; i++) {
		for (j = i; j > 1 && names[j] < names[j - 1]; j--) {
			name = names[j]
			names[j] = names[j - 1]
			names[j - 1] = name
		}
	}
	printf "# %-32s %6s %6s %6s\n", "file", "lines", "run", "%"
	table("\\.h$")
	table("\\.c$")
	if (!all) {
		print "not ok - coverage: no line of module/ is known"
		exit 1
	}
	for (i = 1; uncovered && i <= files; i++) {
		if (total_run[names[i]] < total[names[i]])
			print "# " names[i] ":" left_of(names[i])
	}
	share = all_run * 100 / all
	good = share >= enough
	printf "%s - coverage: %.1f %% of the %d lines of module/*.c have run\n", good ? "ok" : "not ok", share, all
	exit !good
}
