#!/usr/bin/env python3
"""Prints what llvm-cov counted: coverage.py COUNTS.json FOLDER…, called by tools/coverage.

A table of lines and branches by file, the worst first, then every line and every outcome of a condition that no test has met. Assertions and
what the compiler decides count as lines only: no test could take the other branch.
"""

import json
import os
import sys


class Covered:
    def __init__(self, path, counted):
        self.path = path
        with open(path, encoding="utf-8") as source:
            self.text = source.read().splitlines()
        self.lines = lines_of(counted["segments"], len(self.text))
        self.branches = self.outcomes(counted["branches"])

    def outcomes(self, regions):
        """(line, column, what is asked, outcome) to how often; the instances of a template are one."""
        seen = {}
        for first, column, last, end, true, false, *_ in regions:
            asked = self.quoted(first, column, last, end)
            if "assert(" in self.text[first - 1] or "if constexpr" in self.text[first - 1] or asked.startswith("std::is_"):
                continue
            for outcome, count in (("true", true), ("false", false)):
                at = (first, column, asked, outcome)
                seen[at] = seen.get(at, 0) + count
        return seen

    def quoted(self, first, column, last, end):
        if first == last:
            return self.text[first - 1][column - 1 : end - 1]
        return self.text[first - 1][column - 1 :].strip() + " …"

    def missed_lines(self):
        return sorted(line for line, count in self.lines.items() if count == 0)

    def missed_branches(self):
        """A condition on a line that never ran is told by the line."""
        dark = set(self.missed_lines())
        return sorted(at for at, count in self.branches.items() if count == 0 and at[0] not in dark)


def lines_of(segments, count):
    """Line to how often it ran, by the rule of llvm-cov: the most often run region that begins on it, or that it lies in."""
    by_line = {}
    for segment in segments:
        by_line.setdefault(segment[0], []).append(segment)
    lines, around = {}, None
    for line in range(1, count + 1):
        here = by_line.get(line, [])
        starts = [s for s in here if s[3] and s[4] and not s[5]]
        skipped = bool(here) and not here[0][3] and here[0][4]
        if not skipped and (starts or (around and around[3])):
            lines[line] = max([around[2] if around else 0] + [s[2] for s in starts])
        if here:
            around = here[-1]
    return lines


def share(part, whole):
    return 100.0 if whole == 0 else 100.0 * part / whole


def row(name, lines, lines_run, branches, branches_run):
    return (f"{share(lines_run, lines):6.1f} %  {lines - lines_run:5} of {lines:<6}"
            f"{share(branches_run, branches):6.1f} %  {branches - branches_run:5} of {branches:<6} {name}")


def sums(files):
    lines = [count for file in files for count in file.lines.values()]
    branches = [count for file in files for count in file.branches.values()]
    return len(lines), sum(map(bool, lines)), len(branches), sum(map(bool, branches))


def ranges(numbers):
    runs = []
    for n in numbers:
        if runs and runs[-1][1] == n - 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return [f"{a}" if a == b else f"{a}-{b}" for a, b in runs]


def main(counts, folders):
    with open(counts, encoding="utf-8") as file:
        exported = json.load(file)["data"][0]["files"]
    files = []
    for counted in exported:
        path = os.path.relpath(counted["filename"])
        if path.split(os.sep)[0] in folders:
            files.append(Covered(path, counted))
    files.sort(key=lambda f: (share(*sums([f])[1::-1]) + share(*sums([f])[3:1:-1]), f.path))

    print("  lines   not run        branches  not taken")
    for file in files:
        print(row(file.path, *sums([file])))
    for folder in folders:
        print(row(folder + "/", *sums([f for f in files if f.path.startswith(folder + os.sep)])))

    print("\nnot run:")
    for file in files:
        dark, open_ = file.missed_lines(), file.missed_branches()
        if dark:
            print(f"{file.path}: lines {', '.join(ranges(dark))}")
        for line, column, asked, outcome in open_:
            print(f"{file.path}:{line}:{column}: never {outcome}: {asked}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
