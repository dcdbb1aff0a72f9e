# SPDX-License-Identifier: GPL-2.0-or-later
#
# Declares the lists:  awk -f decls.awk *.list > xlat_decls.h

BEGIN {
	print "/* Made by decls.awk from the names of the lists. */"
	for (i = 1; i < ARGC; i++) {
		name = ARGV[i]
		sub(/^.*\//, "", name)
		if (sub(/\.list$/, "", name))
			printf "extern const struct sct_xlat sct_xlat_%s;\n", name
		all = all " X(" name ")"
	}
	print "/* X(name) of each. */"
	print "#define SCT_XLATS(X)" all
	exit
}
