# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makes the C of one list:  awk -f xlat.awk -v name=open_flags open_flags.list > xlat_open_flags.c
# The lines of a list are explained in xlat.h. Runs under any POSIX awk.

# Stop with a message that names the line.
function fail(what)
{
	printf "%s:%d: %s: %s\n", FILENAME, FNR, what, $0 > "/dev/stderr"
	failed = 1
	exit 1
}

# The test that all macros of an expression such as A|B or 21<<C are there; "" if it names none.
function have(expr,	words, n, i, cond)
{
	n = split(expr, words, /[^A-Za-z0-9_]+/)
	cond = ""
	for (i = 1; i <= n; i++)
		if (words[i] ~ /^[A-Za-z_]/)
			cond = cond (cond == "" ? "" : " && ") "defined(" words[i] ")"
	return cond
}

BEGIN {
	if (name !~ /^[a-z][a-z0-9_]*$/) {
		print "xlat.awk: -v name=LIST is missing or is no C name" > "/dev/stderr"
		failed = 1
		exit 1
	}
	headers = ""
	rows = ""
	unknown = ""
	checks = ""
}

/^[ \t]*(#|$)/ { next }

$1 == "include" {
	if (NF != 2 || $2 !~ /^<.*>$/)
		fail("include needs one <header>")
	headers = headers "#if __has_include(" $2 ")\n#include " $2 "\n#endif\n"
	next
}

$1 == "unknown" {
	if (NF != 2)
		fail("unknown needs one word")
	# "??" "?" is no trigraph, whatever the compiler is told.
	unknown = $2
	gsub(/\?/, "\\?", unknown)
	next
}

$1 == "x86" || $1 == "arm" {
	if (NF != 3)
		fail($1 " needs a name and a value")
	mark = "SCT_ON_" toupper($1)
	rows = rows "\t{ V(" $3 "), \"" $2 "\", " mark " },\n"
	checks = checks "#if defined(" $2 ") && defined(" ($1 == "x86" ? "__x86_64__" : "__aarch64__") ")\n" \
		"_Static_assert(V(" $2 ") == V(" $3 "), \"" $2 "\");\n#endif\n"
	next
}

$1 == "enum" {
	if (NF != 2)
		fail("enum needs one name")
	rows = rows "\t{ V(" $2 "), \"" $2 "\" },\n"
	next
}

{
	if (NF > 2)
		fail("a line is a name and perhaps a value")
	cond = have($1)
	if (cond == "")
		fail("no name")
	rows = rows "#if " cond "\n\t{ V(" $1 "), \"" $1 "\" },\n"
	if (NF == 2)
		rows = rows "#else\n\t{ V(" $2 "), \"" $1 "\" },\n"
	rows = rows "#endif\n"
}

END {
	if (failed)
		exit 1
	if (unknown == "")
		fail("no line with unknown")
	printf "/* Made by xlat.awk from %s.list: change that one. */\n", name
	printf "#ifndef _GNU_SOURCE\n#define _GNU_SOURCE\n#endif\n"
	# Some headers of the kernel have not what they use.
	printf "#include <stddef.h>\n%s\n", headers
	printf "#include \"xlat.h\"\n\n"
	# An int such as 1 << 31 or -1 must not become a 64-bit mask.
	printf "#define V(x) (sizeof(x) <= sizeof(uint32_t) ? (uint32_t)(x) : (uint64_t)(x))\n\n"
	printf "%s", checks
	printf "static const struct sct_name names[] = {\n%s};\n\n", rows
	printf "const struct sct_xlat sct_xlat_%s = {\n", name
	printf "\t\"%s\", names, sizeof(names) / sizeof(names[0])\n};\n", unknown
}
