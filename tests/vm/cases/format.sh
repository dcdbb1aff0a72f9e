# SPDX-License-Identifier: GPL-2.0-or-later
# The trace for programs: JSON and CSV (docs/JSON.md), read back by others.
# Alike on all kernels: its forms are the reader's. `make check` runs these on one.
# shellcheck shell=bash

# all_valid FILE: jq and Python read every line.
all_valid()
{
	jq -c . "$1" >parsed || fail "jq refuses $1"
	[ "$(wc -l <parsed)" -eq "$(wc -l <"$1")" ] || fail "$1: not an object a line"
	python3 -c 'import json, sys
for line in open(sys.argv[1], encoding="ascii"):
    assert json.loads(line)["v"] == 1' "$1" || fail "Python refuses $1"
}

# The calls of each, told one way and the other, of one trace.
test_json_tells_the_calls_that_text_tells()
{
	sctrace-read -q -f --ring-kb=16384 --record trace.sct --format=json -o live.json ls -laR /etc >/dev/null
	all_valid live.json
	sctrace-read -q --replay trace.sct -o text
	grep -oE '^([0-9]+ +)?[a-z_0-9]+\(' text | sed 's/.* //; s/(//' | sort >names
	jq -r 'select(.type == "call").name' live.json | sort >json-names
	diff names json-names >differences || fail "$(cat differences)"
	sctrace-read -q --replay trace.sct --format=json >again.json
	diff live.json again.json >differences || fail "the replay differs: $(head -n 4 differences)"
}

test_json_of_calls_that_are_broken_off()
{
	status=0; sctrace-read -f --format=json -o trace.json sh -c 'sleep 1000 & kill -9 $!; wait; kill -TERM $$' || status=$?
	[ $status -eq 143 ] || fail "status $status"
	all_valid trace.json
	[ "$(jq -r 'select(.type == "exit" and .comm == "sh").signal' trace.json | tail -n 1)" = SIGTERM ] ||
		fail "$(tail -n 3 trace.json)"
	[ "$(jq -r 'select(.signal == "SIGKILL").type' trace.json)" = exit ] || fail "no exit by SIGKILL"
	jq -e -s 'any(.[]; .type == "fork" and .traced)' trace.json >fork || fail "no fork"
}

test_json_of_any_bytes()
{
	cat >bytes.py <<-'EOF'
		import ctypes, os
		libc = ctypes.CDLL(None)
		libc.prctl(15, bytes(range(0xf3, 0x100)) + b'"\\', 0, 0, 0)
		for i in range(1, 256):
		    libc.access(b"/none/" + bytes([i, i, 0x30]), 0)
	EOF
	sctrace-read --format=json -o trace.json python3 bytes.py
	all_valid trace.json
	jq -r 'select(.type == "call") | .args[].text' trace.json | grep '^"/none/' >texts
	[ "$(wc -l <texts)" -eq 255 ] || fail "$(wc -l <texts) calls"
	python3 -c 'import ast, sys
for i, line in enumerate(open("texts")):
    assert ast.literal_eval("b" + line) == b"/none/" + bytes([i + 1, i + 1, 0x30]), line' 2>why || fail "$(cat why)"
	jq -r 'select(.type == "exit").comm' trace.json >comm
	[ "$(cat comm)" = '\363\364\365\366\367\370\371\372\373\374\375\376\377\"\\' ] || fail "comm: $(cat comm)"
}

test_csv_is_read_by_python()
{
	sctrace-read -f --format=csv -o trace.csv sh -c 'ls -la /etc >/dev/null; exit 3' || true
	python3 -c 'import csv
rows = list(csv.DictReader(open("trace.csv", newline="", encoding="ascii"), strict=True))
assert all(None not in row and None not in row.values() for row in rows)
assert rows[-1]["type"] == "exit" and rows[-1]["result"] == "3" and rows[-1]["comm"] == "sh"
assert any(row["name"] == "openat" and row["args"].startswith("AT_FDCWD, \"/etc") for row in rows)' 2>why || fail "$(cat why)"
}

test_json_of_a_running_task_knows_its_name()
{
	calls 0 10000 >ready & pid=$!
	wait_until grep -q ready ready
	sctrace-read -q --format=json -p $pid >trace.json & reader=$!
	wait_until test -s trace.json
	kill $pid
	wait $pid || true
	wait $reader || fail "status $?"
	all_valid trace.json
	[ "$(jq -r .comm trace.json | sort -u)" = calls ] || fail "$(jq -r .comm trace.json | sort | uniq -c)"
}

test_formats_with_which_nothing_would_be_written_or_something_else_too()
{
	must_fail 1 "--format: 'xml' is not known; write json, csv or text" sctrace-read --format=xml ls
	must_fail 1 '--format=json and a command: what it writes would be among the lines; give -o FILE' \
		sctrace-read --format=json ls
	must_fail 1 '--record writes no lines without -o: give -o FILE, or --format=csv when you replay' \
		sctrace-read --format=csv --record=f ls
	must_fail 1 '--flight and --format=json: lines are shown of a dump, by --replay' \
		sctrace-read --format=json --flight=1M --record=f ls
	[ ! -e f ] || fail "a file is there"
}
