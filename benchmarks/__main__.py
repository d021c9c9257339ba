"""Runs the benchmarks named on the command line, or all: one table, one row a measurement."""

from __future__ import annotations

import sys

from benchmarks import startup, streams

ALL = {"startup": startup.measure, "streams": streams.measure}


def main(names: list[str]) -> int:
    """Print each measurement's name, milliseconds and ratio; 2 where a name is not known."""
    unknown = sorted(set(names) - set(ALL))
    if unknown:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(ALL)}", file=sys.stderr)
        return 2
    print(f"{'what':<44}{'ms':>9}{'ratio':>8}  to")
    for name in names or ALL:
        for row in ALL[name]():
            print(f"{row.what:<44}{row.milliseconds:>9.1f}{row.ratio:>8.2f}  {row.to}")
    return 0


sys.exit(main(sys.argv[1:]))
