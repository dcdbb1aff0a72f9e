#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""profile.py [--inlined] [--asm FUNCTION]... DIR: counts the executed instructions that `profile` has left in DIR.

log holds an instruction a line, in order; kallsyms and text say what lies where; kernel.bin and module.bin are the code as it was in
memory; sctrace.ko has the names of what was inlined.
"""
import argparse
import bisect
import collections
import os
import re
import signal
import subprocess
import sys

USER_END = 1 << 47
TARGET = re.compile(r"^((?:call|j\w+) +)(0x[0-9a-f]{16})$")
# A call in which one of these ran was interrupted: what it took is not the call's alone.
INTERRUPTS = ("asm_sysvec_", "asm_common_interrupt", "asm_exc_", "__schedule", "ret_from_fork_asm")


class Symbols:
    """Functions by address: of the kernel, and of its modules with "[module]" behind the name."""

    def __init__(self, path):
        found = []
        for line in open(path):
            address, kind, name, *module = line.split()
            if kind in "tTwW" and not name.startswith(("__pfx_", "__cfi_")):
                found.append((int(address, 16), " ".join([name] + module)))
        # Of several names for a place the first one is as good as any.
        found.sort(key=lambda entry: entry[0])
        self.starts = [start for start, _ in found]
        self.names = [name for _, name in found]
        self.known = {}

    def start(self, pc):
        at = bisect.bisect_right(self.starts, pc) - 1
        return self.starts[bisect.bisect_left(self.starts, self.starts[at])]

    def name(self, pc):
        if pc not in self.known:
            at = bisect.bisect_right(self.starts, pc) - 1
            at = bisect.bisect_left(self.starts, self.starts[at])
            self.known[pc] = self.names[at] if pc >= USER_END else "(the program)"
        return self.known[pc]

    def find(self, name):
        """Where a function begins and ends."""
        for at, known in enumerate(self.names):
            if known.split()[0] == name:
                start = self.starts[at]
                return start, next(end for end in self.starts[at:] if end > start)
        sys.exit(f"profile: neither the kernel nor sctrace.ko has a function '{name}'")


def executed(path):
    """The addresses in the log."""
    for line in open(path, errors="replace"):
        if line.startswith("Trace ") and line.count("/") >= 3:
            yield int(line.split("/", 2)[1], 16)


def split_calls(path, symbols):
    """Calls, each the list of its instructions from the kernel's entry point to the next call's."""
    entry = symbols.find("entry_SYSCALL_64")[0]
    calls, current = [], None
    for pc in executed(path):
        if pc == entry:
            if current:
                calls.append(current)
            current = []
        if current is not None:
            current.append(pc)
    return calls


def choose(calls, symbols):
    """The calls of the loop that nothing interrupted. The loop is what came most often outside the kernel."""
    stopped = {pc for pc in {pc for call in calls for pc in call} if symbols.name(pc).startswith(INTERRUPTS)}
    outside = [tuple(pc for pc in call if pc < USER_END) for call in calls]
    loop = collections.Counter(outside).most_common(1)[0][0]
    of_loop = [call for call, user in zip(calls, outside) if user == loop]
    return [call for call in of_loop if stopped.isdisjoint(call)], len(calls)


def mean(count, n):
    return f"{count / n:10.2f}".replace(".00", "   ")


class Inlined:
    """What was inlined where in sctrace.ko, as its debugging information says."""

    def __init__(self, directory):
        self.base = int(open(os.path.join(directory, "text")).read(), 16)
        self.file = os.path.join(directory, "sctrace.ko")
        self.chains = {}

    def look_up(self, pcs):
        pcs = sorted(pcs)
        query = "\n".join(hex(pc - self.base) for pc in pcs)
        out = subprocess.run(["addr2line", "-a", "-f", "-i", "-s", "-j", ".text", "-e", self.file], input=query,
                             capture_output=True, text=True, check=True).stdout.splitlines()
        chain, chains = [], []
        for line in out:
            if line.startswith("0x") and ":" not in line:
                chain = []
                chains.append(chain)
            else:
                chain.append(line)
        for pc, chain in zip(pcs, chains):
            # Function and place in turn, the innermost first.
            self.chains[pc] = " < ".join(chain[0::2])


def print_functions(calls, symbols, directory, inlined):
    counts = collections.Counter(pc for call in calls for pc in call)
    functions, parts = collections.Counter(), collections.defaultdict(collections.Counter)
    for pc, count in counts.items():
        functions[symbols.name(pc)] += count
    if inlined:
        ours = [pc for pc in counts if symbols.name(pc).endswith("[sctrace]")]
        chains = Inlined(directory)
        chains.look_up(ours)
        for pc in ours:
            parts[symbols.name(pc)][chains.chains.get(pc, "?")] += counts[pc]
    n, total = len(calls), sum(counts.values())
    module = sum(count for name, count in functions.items() if name.endswith("[sctrace]"))
    print(f"{mean(total, n)}  all, of them {module / n:.2f} in sctrace.ko")
    for name, count in sorted(functions.items(), key=lambda item: -item[1]):
        print(f"{mean(count, n)}  {name}")
        for part, inner in parts[name].most_common():
            print(f"            {mean(inner, n)}  {part}")


def disassemble(directory, symbols, start, end):
    """{address: text} of the code as it was in memory."""
    text = symbols.find("_text")[0]
    for name, base in (("kernel", text), ("module", module_base(directory))):
        path = os.path.join(directory, name + ".bin")
        if base <= start < base + os.path.getsize(path):
            out = subprocess.run(["objdump", "-D", "-b", "binary", "-m", "i386:x86-64", f"--adjust-vma={base:#x}",
                                  "--no-show-raw-insn", f"--start-address={start:#x}", f"--stop-address={end:#x}", path],
                                 capture_output=True, text=True, check=True).stdout
            lines = (line.split(":\t", 1) for line in out.splitlines() if ":\t" in line)
            return {int(address, 16): code for address, code in lines}
    sys.exit(f"profile: the code at {start:#x} was not kept: it is neither the kernel's nor sctrace.ko's")


def module_base(directory):
    for line in open(os.path.join(directory, "modules")):
        if line.startswith("sctrace "):
            return int(line.split()[5], 16)
    sys.exit("profile: sctrace was not loaded")


def with_names(code, symbols):
    """Calls and jumps to elsewhere, with the names of where."""
    target = TARGET.match(code)
    if not target:
        return code
    pc = int(target[2], 16)
    return f"{target[1]}{symbols.name(pc)}+{pc - symbols.start(pc):#x}"


def print_function(name, calls, symbols, directory):
    start, end = symbols.find(name)
    counts = collections.Counter(pc for call in calls for pc in call if start <= pc < end)
    if not counts:
        sys.exit(f"profile: {name} was not executed")
    code = disassemble(directory, symbols, start, end)
    inlined = None
    if symbols.name(start).endswith("[sctrace]"):
        inlined = Inlined(directory)
        inlined.look_up(counts)
    n, last = len(calls), None
    print(f"{mean(sum(counts.values()), n)}  {symbols.name(start)}")
    for pc in sorted(counts):
        chain = inlined.chains.get(pc) if inlined else None
        if chain != last:
            print(f"                    {chain}")
            last = chain
        print(f"{mean(counts[pc], n)}  +{pc - start:#06x}  {with_names(code.get(pc, '?'), symbols)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--inlined", action="store_true")
    parser.add_argument("--asm", action="append", default=[])
    parser.add_argument("directory")
    args = parser.parse_args()
    symbols = Symbols(os.path.join(args.directory, "kallsyms"))
    calls, all_calls = choose(split_calls(os.path.join(args.directory, "log"), symbols), symbols)
    lengths = collections.Counter(len(call) for call in calls)
    length, times = lengths.most_common(1)[0]
    print(f"{len(calls)} calls of the loop, of {all_calls} in the log; {times} of them took {length} instructions each")
    for name in args.asm:
        print_function(name, calls, symbols, args.directory)
    if not args.asm:
        print_functions(calls, symbols, args.directory, args.inlined)


signal.signal(signal.SIGPIPE, signal.SIG_DFL)
main()
