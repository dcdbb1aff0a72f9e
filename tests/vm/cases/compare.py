#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""compare.py STRACE-OUTPUT SCTRACE-OUTPUT [NAME...]: the same calls, in the same order, with the same results?

Both files were written with -f -o. Tasks are matched in the order of their ids, which is the order in which they were
made. Each task's calls are compared: names, and results with addresses and ids of tasks made alike. NAMEs are calls
whose number depends on how the tasks were scheduled (futex, wait4, ...): they are left out on both sides.
"""
import re
import sys

LINE = re.compile(r"^(\d+) +(.*)$")
RESUMED = re.compile(r"^<\.\.\. (\w+) resumed>.*\)\s+= (.*)$")
WHOLE = re.compile(r"^(\w+)\(.*\)\s+= (.*)$")
RETURNS_ID = {"fork", "vfork", "clone", "clone3", "wait4", "waitid", "getpid", "gettid", "getpgid", "getpgrp", "getsid",
              "set_tid_address", "setsid"}
BEGUN = re.compile(r"^(\w+)\(.*<unfinished \.\.\.>$")


def read(path, leave_out):
    """Task id -> list of [name, result]."""
    tasks = {}
    for text in open(path, errors="surrogateescape"):
        line = LINE.match(text.rstrip("\n"))
        if not line:
            sys.exit(f"{path}: not a line of a task: {text!r}")
        calls, rest = tasks.setdefault(int(line[1]), []), line[2]
        if rest.startswith(("---", "+++")):
            continue
        if found := RESUMED.match(rest):
            if not calls or calls[-1] != [found[1], "unfinished"]:
                sys.exit(f"{path}: resumed without a beginning: {text!r}")
            calls[-1][1] = found[2]
        elif found := WHOLE.match(rest):
            calls.append([found[1], found[2]])
        elif found := BEGUN.match(rest):
            calls.append([found[1], "unfinished"])
        else:
            sys.exit(f"{path}: a line of no known form: {text!r}")
    # A clone that a signal has come before is made anew.
    return {
        tid: [c for c in calls if c[0] not in leave_out and not c[1].startswith("? ERESTARTNOINTR")]
        for tid, calls in tasks.items()
    }


def plain(name, result, rank):
    """A result without what differs from run to run, or in how it is printed only."""
    if name == "getppid":
        return "PARENT"
    if number := re.match(r"^(-?\d+|0x[0-9a-f]+)( \((flags .*|entry_number=\d+)\))?$", result):
        if len(number[1]) >= 8 and number[1].startswith("0x"):
            return "ADDRESS"
        octal = re.match(r"^0[0-7]+$", number[1])
        result = str(int(number[1], 8 if octal else 0))
    return rank.get(result, result) if name in RETURNS_ID else result


def alike(tasks):
    """Ids of tasks become their rank. The command's own comes first, and ids begin anew behind the highest."""
    first = next(iter(tasks))
    with open("/proc/sys/kernel/pid_max", encoding="ascii") as file:
        pid_max = int(file.read())
    order = sorted(tasks, key=lambda tid: (tid - first) % pid_max)
    rank = {str(tid): f"TASK{i}" for i, tid in enumerate(order)}
    out = []
    for tid in order:
        calls = []
        for name, result in tasks[tid]:
            calls.append((name, plain(name, result, rank)))
        out.append(calls)
    return out


def main():
    leave_out = set(sys.argv[3:])
    want, got = (alike(read(path, leave_out)) for path in sys.argv[1:3])
    if len(want) != len(got):
        sys.exit(f"strace saw {len(want)} tasks, sctrace-read {len(got)}")
    bad = 0
    for i, (w, g) in enumerate(zip(want, got)):
        for n in range(max(len(w), len(g))):
            a = w[n] if n < len(w) else None
            b = g[n] if n < len(g) else None
            if a != b:
                print(f"task {i}, call {n}: strace {a}, sctrace-read {b}")
                bad = 1
                break
    print(f"{len(want)} tasks, {sum(map(len, want))} calls compared")
    if not sum(map(len, want)):
        sys.exit("no calls at all")
    return bad


sys.exit(main())
