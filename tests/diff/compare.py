#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The same lines?

Both files were written with -o, and -f or not. Tasks are matched as their parents made them. Each task's calls are compared whole:
names, arguments and results. Its signals and its end are compared too, but not where they lie among the calls. A number may
differ where it does from run to run: an address, a task's id, a time. Lines of ours that richer.list, beside this file, knows to
differ are counted apart.
"""
import argparse
import difflib
import itertools
import os
import re
import sys

LINE = re.compile(r"^(?:(\d+) +)?(.*)$")
RESUMED = re.compile(r"^<\.\.\. (\w+) resumed>(.*)$")
UNFINISHED = " <unfinished ...>"
CALL = re.compile(r"^(\w+)\(")
# By default, if a task has not said otherwise.
IGNORED = re.compile(r"^--- SIG(CHLD|URG|WINCH|CONT) ")
# Lines below a call's own, with the bytes that it was about.
DATA = re.compile(r"^ [|*=] ")
# strace pads to a column before the result.
PADDING = re.compile(r"\) += (?=[^=]*$)")
# Names that the kernel makes of a number.
NUMBERED = re.compile(r"((?:pipe|socket):\[|/#)\d+")
DATE = re.compile(r" /\* \d{4}-\d\d-\d\dT[\d:.+-]+ \*/")
# Ticks have their seconds behind them, but for none.
NO_TICKS = re.compile(r"((?:tms_\w+|si_[us]time)=0)(?! /)")
NUMBER = re.compile(r"(0x[0-9a-f]+|\d+)")
FIELD = re.compile(r"(\w+)=[^=]*$")
ADDRESS = re.compile(r"^0x[0-9a-f]{7,}$")

# Results that are numbers given out by the kernel: wherever one run has its number, the other may have its own.
GIVES_ID = {"fork", "vfork", "clone", "clone3", "wait4", "waitid", "getpid", "gettid", "getppid", "getpgid", "getpgrp", "getsid",
            "setsid", "set_tid_address", "semget", "msgget", "shmget", "add_key", "request_key", "keyctl"}
MAKES_TASKS = {"fork", "vfork", "clone", "clone3"}
# Fields that are measured.
MEASURED = re.compile(r"^(tv_n?sec|tv_usec|\w*time(_n?sec)?|\w*_ino|ino|d_off|ru_\w+|tms_\w+|si_[us]time|uptime|loads|freeram|"
                      r"sharedram|bufferram|freeswap|procs|f_bfree|f_bavail|f_ffree|f_files|esterror|maxerror|offset|freq|"
                      r"f_fsid|nr_cache|stx_mnt_id|mount_id|semusz|semaem|msgpool|msgmap|msgtql|used_ids|"
                      r"shm_tot|shm_rss|shm_swp|swap_\w+|nlmsg_seq|ndm_(confirmed|used|updated))$")
# Calls that tell nothing but a time or a measure.
MEASURING = {"time", "times", "getcpu", "mincore"}
# Calls whose buffer is random.
RANDOM = {"getrandom"}
STRING = re.compile(r'"(?:[^"\\]|\\.)*"(\.\.\.)?')
HANDLE = re.compile(r'f_handle="[^"]*"')


def in_order(tasks):
    """Each task before its children, these as it made them; whose parent is not known, as they come."""
    children, made = {}, set()
    for tid, calls, _ in tasks.values():
        ids = [int(result_of(call)) for call in calls if name_of(call) in MAKES_TASKS and result_of(call)]
        children[tid] = [child for child in ids if child in tasks]
        made.update(children[tid])
    order, todo = [], [tid for tid in reversed(tasks) if tid not in made]
    while todo:
        tid = todo.pop()
        order.append(tasks[tid])
        todo += reversed(children[tid])
    return order


def read(path, random):
    """Tasks in their order: [id, calls, other lines]; a call is its text, joined if it was parted."""
    tasks, unfinished = {}, {}
    for text in open(path, errors="surrogateescape"):
        line = LINE.match(random.sub("RANDOM", text.rstrip("\n")) if random else text.rstrip("\n"))
        tid, rest = int(line[1] or 0), line[2]
        task = tasks.setdefault(tid, (tid, [], []))
        if DATA.match(rest):
            task[1][-1] += "\n" + rest
            continue
        # A stop of the whole process is ptrace's: there is no record of it.
        if rest.startswith("--- stopped by"):
            continue
        if rest.startswith(("---", "+++")):
            task[2].append(rest)
            continue
        if resumed := RESUMED.match(rest):
            if tid not in unfinished:
                sys.exit(f"{path}: resumed without a beginning: {text!r}")
            rest = unfinished.pop(tid) + resumed[2]
        if rest.endswith(UNFINISHED):
            unfinished[tid] = rest[:-len(UNFINISHED)]
            continue
        if not CALL.match(rest):
            sys.exit(f"{path}: a line of no known form: {text!r}")
        task[1].append(PADDING.sub(") = ", rest))
    for tid, head in unfinished.items():
        tasks[tid][1].append(head + UNFINISHED)
    return in_order(tasks)


def name_of(call):
    return CALL.match(call)[1]


def value_of(call):
    """A result as strace has it: an unknown call's is in hex, and an error has a name."""
    text = call[call.rindex(") = ") + 4:]
    return str(int(text, 16)) if re.match(r"^0x[0-9a-f]+$", text) else text


def result_of(call):
    found = re.search(r"\) = (\d+)", call)
    return found[1] if found and found[1] != "0" else None


def value(number):
    return int(number, 16) if number.startswith("0x") else int(number)


def plain_handle(found):
    """As long as it was."""
    return re.sub(r"\\x[0-9a-f]{2}", "BYTE", found[0])


def same_number(a, b, before, name, ids):
    """Numbers a and b stand behind the text before."""
    if a == b or (value(a), value(b)) in ids:
        return True
    if ADDRESS.match(a) and ADDRESS.match(b):
        return True
    field = FIELD.search(before)
    return name in MEASURING or bool(field and MEASURED.match(field[1]))


def same(a, b, ids):
    """The same line, but for what differs from run to run?"""
    if a == b:
        return True
    found = CALL.match(a)
    name = found[1] if found else ""
    if found and CALL.match(b) and unknown_to_strace(a, b):
        a, b = (") = " + value_of(line) for line in (a, b))
    if name in RANDOM:
        a, b = STRING.sub("STRING", a), STRING.sub("STRING", b)
    a, b = HANDLE.sub(plain_handle, a), HANDLE.sub(plain_handle, b)
    a, b = NUMBERED.sub(r"\1N", a), NUMBERED.sub(r"\1N", b)
    a, b = NO_TICKS.sub(r"\1 /* 0.00 s */", a), NO_TICKS.sub(r"\1 /* 0.00 s */", b)
    a, b = NUMBER.split(DATE.sub(" /* DATE */", a)), NUMBER.split(DATE.sub(" /* DATE */", b))
    if len(a) != len(b) or a[::2] != b[::2]:
        return False
    return all(same_number(a[i], b[i], "".join(a[:i]), name, ids) for i in range(1, len(a), 2))


def unknown_to_strace(w, g):
    """A call newer than strace, which shows it by its number."""
    return name_of(w).startswith("syscall_0x") and not name_of(g).startswith("syscall_0x")


def pairs(want, got):
    """Calls side by side, by their names; None where one side has none."""
    if len(want) == len(got) and all(name_of(w) == name_of(g) or unknown_to_strace(w, g) for w, g in zip(want, got)):
        yield from zip(want, got)
        return
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, [name_of(c) for c in want], [name_of(c) for c in got],
                                                       autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(want[i1:i2], got[j1:j2])
        else:
            yield from ((call, None) for call in want[i1:i2])
            yield from ((None, call) for call in got[j1:j2])


def beside(want, got):
    """Signals and ends side by side. A tracer by ptrace gets signals that the task ignores; otherwise the kernel drops them."""
    for kind in {line.split("{")[0] for line in want if IGNORED.match(line)}:
        theirs = [i for i, line in enumerate(want) if line.startswith(kind)]
        ours = sum(line.startswith(kind) for line in got)
        want = [line for i, line in enumerate(want) if i not in theirs[ours:]]
    return itertools.zip_longest(want, got)


def ids_given(tasks, sides):
    """Pairs of numbers that the kernel gave to the one and to the other run."""
    ids = {(w[0], g[0]) for w, g in tasks}
    for side in sides:
        for w, g in side:
            if w and g and name_of(w) in GIVES_ID and result_of(w) and result_of(g):
                ids.add((value(result_of(w)), value(result_of(g))))
    return ids


def known_to_differ():
    """The expressions of richer.list."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "richer.list")
    lines = [line.split("  #")[0].rstrip() for line in open(path)]
    return [re.compile(line) for line in lines if line and not line.startswith("#")]


class Count:
    """How many lines of each name were the same, and how many not."""

    def __init__(self):
        self.same, self.differ, self.known = {}, {}, 0
        self.expressions = known_to_differ()

    def add(self, what, w, g, ids, task):
        if w is not None and g is not None and same(w, g, ids):
            self.same[what] = self.same.get(what, 0) + 1
            return
        if w is not None and g is not None and any(e.fullmatch(g) for e in self.expressions):
            self.known += 1
            return
        self.differ[what] = self.differ.get(what, 0) + 1
        print(f"{what}, task {task}:\n  strace  {w}\n  sctrace {g}")


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", action="store_true", help="count all names, not only those that differ")
    parser.add_argument("--random", metavar="REGEX", type=re.compile, help="a text that differs from run to run, such as a name of mkstemp's")
    parser.add_argument("strace")
    parser.add_argument("sctrace")
    parser.add_argument("leave_out", metavar="NAME", nargs="*",
                        help="calls whose number depends on how tasks are scheduled (futex, wait4, ...): left out on both sides")
    return parser.parse_intermixed_args()


def main():
    how = options()
    leave_out = set(how.leave_out)
    want, got = read(how.strace, how.random), read(how.sctrace, how.random)
    if len(want) != len(got):
        sys.exit(f"strace saw {len(want)} tasks, sctrace-read {len(got)}")
    tasks = list(zip(want, got))
    sides = [list(pairs(*([c for c in task[1] if name_of(c) not in leave_out] for task in both))) for both in tasks]
    ids = ids_given(tasks, sides)
    count = Count()
    for i, (w, g) in enumerate(tasks):
        for a, b in sides[i]:
            count.add(name_of(a or b), a, b, ids, i)
        for a, b in beside(w[2], g[2]):
            count.add("signals and ends", a, b, ids, i)
    for name in sorted(set(count.same) | set(count.differ)):
        if name in count.differ or how.calls:
            print(f"{name}: {count.same.get(name, 0)} same, {count.differ.get(name, 0)} differ")
    same_all, differ_all = sum(count.same.values()), sum(count.differ.values())
    print(f"{len(want)} tasks, {same_all + differ_all + count.known} lines compared, {count.known} known to differ, "
          f"{differ_all} differ")
    if not same_all:
        sys.exit("no line is the same")
    return 1 if differ_all else 0


if __name__ == "__main__":
    sys.exit(main())
