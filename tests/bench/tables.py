#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""tables.py instructions|events|bytes FIGURES: the figures of guest/* as Markdown tables."""
import sys

COLUMNS = {
    "instructions": [("task", "In the traced task"), ("text", "With its reader, writing text to /dev/null"),
                     ("file", "With its reader, writing a file for later"), ("bystander", "A bystander, while another task is traced")],
    "bytes": [("ring", "In the ring"), ("disk", "In a file for later"), ("lines", "In lines of text")],
}


class Figures:
    """What the guest has printed: ROW, LOAD, COLUMN, VALUE."""

    def __init__(self, path):
        self.titles, self.values, self.why, self.loads = {}, {}, [], []
        for line in open(path, errors="replace"):
            row, load, column, value = (line.rstrip("\n").split("\t") + [""] * 4)[:4]
            if column == "title":
                self.titles[row] = value
            elif column == "why":
                self.why.append((row, load, value))
            elif value:
                self.values[row, load, column] = value
                if load not in self.loads and load != "-":
                    self.loads.append(load)


def line(cells):
    print("| " + " | ".join(cells) + " |")


def head(cells):
    line(cells)
    print("|" + "---|" * len(cells))


def print_instructions(figures):
    for column, title in COLUMNS["instructions"]:
        rows = [row for row in figures.titles if any((row, load, column) in figures.values for load in figures.loads)]
        if not [row for row in rows if row != "untraced"]:
            continue
        print(f"\n**{title}**: instructions a call on top of the untraced call (all)\n")
        head(["", *figures.loads])
        plain = {load: figures.values.get(("untraced", load, "task")) for load in figures.loads}
        if all(plain.values()):
            line(["untraced", *(f"{int(plain[load]):,}" for load in figures.loads)])
        for row in rows:
            if row != "untraced":
                line([figures.titles[row], *(cell(figures.values.get((row, load, column)), plain[load]) for load in figures.loads)])


def cell(value, plain):
    if value is None:
        return ""
    if plain is None:
        return f"({int(value):,})"
    return f"{int(value) - int(plain):,} ({int(value):,})"


def print_plain(figures, columns):
    """A row a tool, a column each of COLUMNS: (name, title)."""
    head(["", *(title for _, title in columns)])
    for row in figures.titles:
        cells = [figures.values.get((row, "-", name), "") for name, _ in columns]
        if any(cells):
            line([figures.titles[row], *cells])


def print_events(figures):
    print("\n**At full speed**: calls of all threads of the workload, entry and return\n")
    print_plain(figures, [("made", "calls made a second"), ("delivered", "of them delivered"), ("lost", "lost"),
                          ("told", "lost, as the tool says"), ("share", "reader's share of a processor"), ("checked", "checked")])


def print_bytes(figures):
    for column, title in COLUMNS["bytes"]:
        rows = [row for row in figures.titles if any((row, load, column) in figures.values for load in figures.loads)]
        if not rows:
            continue
        print(f"\n**{title}**: bytes of a call, its entry and its return\n")
        head(["", *figures.loads])
        for row in rows:
            line([figures.titles[row], *(figures.values.get((row, load, column), "") for load in figures.loads)])


def main():
    kind, path = sys.argv[1:]
    figures = Figures(path)
    {"instructions": print_instructions, "events": print_events, "bytes": print_bytes}[kind](figures)
    if figures.why:
        print("\nNot there:\n")
        # A reason that holds for several loads, or for a row as a whole, is told once.
        for row, why in dict.fromkeys((row, why) for row, _, why in figures.why):
            print(f"- {figures.titles.get(row, row)}: {why}")
    print()


main()
