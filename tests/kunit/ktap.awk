# SPDX-License-Identifier: GPL-2.0-or-later
#
# ktap.awk: reads what KUnit's suites print (KTAP), with the variable "suites": how many there must be. Prints a line for each
# test. Ends with status 1 if one failed, or if a suite or a test of one is missing.

# What a test said before its own line is shown if it failed.
function keep(line)
{
	sub(/^ +(# )?/, "", line)
	said = said "#   " line "\n"
}

function judge(good, name, skipped)
{
	number++
	if (good) {
		print "ok - kunit/" suite "/" name skipped
	} else {
		print "not ok - kunit/" suite "/" name
		printf "%s", said
		bad++
		failed = 1
	}
	said = ""
}

function end_suite()
{
	if (suite != "" && number != planned) {
		print "not ok - kunit/" suite ": " number " of its " planned " tests have a result"
		printf "%s", said
		failed = 1
	}
	said = ""
	suite = ""
}

{ sub(/\r$/, "") }

/^    # Subtest: / {
	suite = $3
	number = 0
	bad = 0
	planned = -1
	seen++
	next
}

suite != "" && /^    1\.\.[0-9]+$/ { planned = substr($1, 4) + 0; next }

suite != "" && /^    (not )?ok [0-9]+ / {
	good = /^    ok/
	line = $0
	sub(/^ +(not )?ok [0-9]+ (- )?/, "", line)
	skipped = ""
	if (match(line, / # SKIP ?/)) {
		skipped = " # skip " substr(line, RSTART + RLENGTH)
		line = substr(line, 1, RSTART - 1)
	}
	judge(good, line, skipped)
	next
}

# The suite as a whole. It fails without a test when it could not be set up.
suite != "" && /^(not )?ok [0-9]+ / {
	if (/^not/ && !bad) {
		print "not ok - kunit/" suite ": it could not be set up, or not be taken down"
		printf "%s", said
		failed = 1
	}
	end_suite()
	next
}

/KTAP version|^1\.\.1$|^ +# module: / { next }

# Sums and attributes say nothing of a failure.
/^ *# (Totals|[a-z0-9_]+: pass:)/ { next }

{ keep($0) }

END {
	end_suite()
	if (seen != suites) {
		print "not ok - kunit: " seen + 0 " suites of " suites " have run"
		printf "%s", said
		failed = 1
	}
	exit failed
}
