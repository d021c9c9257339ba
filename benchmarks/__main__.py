"""Runs the benchmarks named on the command line, or all that measure speed: one table, one row a measurement."""

from __future__ import annotations

import sys

from benchmarks import coverage, explorer, mechanisms, pairing, reporting, scale, startup, streams, sweeping, twins, workers
from benchmarks.rows import HEADER

ALL = {
    "twins": twins.measure, "scale": scale.measure, "mechanisms": mechanisms.measure, "workers": workers.measure,
    "pairing": pairing.measure, "startup": startup.measure, "streams": streams.measure,
    "sweeping": sweeping.measure, "explorer": explorer.measure, "reporting": reporting.measure,
}  # fmt: skip
ON_REQUEST = {"coverage": coverage.measure}
"""What measures no speed, takes minutes, and runs only when it is named."""


def main(names: list[str]) -> int:
    """Print each measurement; 1 where twins disagree, 2 where a name is not known, else 0, whether targets are met or not."""
    known = {**ALL, **ON_REQUEST}
    unknown = sorted(set(names) - set(known))
    if unknown:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(known)}", file=sys.stderr)
        return 2
    print(HEADER)
    for name in names or ALL:
        try:
            for row in known[name]():
                print(row, flush=True)
        except twins.Disagreement as error:
            print(f"{name}: {error}", file=sys.stderr)
            return 1
    return 0


sys.exit(main(sys.argv[1:]))
