"""Rows C: ranges of practice, to which the partnership on the branch bank may be fitted; no other design is."""

from __future__ import annotations

from functools import lru_cache, partial

from sim.validation.calibration import DESIGN, FIRM, MOVED, RANGES, RUNS, Reading, read
from sim.validation.evidence import Cell, Effort, Finding, Row

QUICK = 10

FITTED = tuple(dict.fromkeys(row for move in MOVED for row in move.rows))
"""Rows for which a number was moved; the others were met without."""


@lru_cache(maxsize=2)
def _reading(runs: int) -> Reading:
    return read(runs=runs)


def in_range(key: str, effort: Effort) -> Finding:
    """One range; all of them share their runs."""
    row = RANGES[key]
    value = row.found(_reading(effort.runs(RUNS, QUICK)))
    return Finding((Cell(f"{DESIGN} on {FIRM}", (row.low, row.high), value, 0.0, row.holds(value)),))


def _row(key: str) -> Row:
    said = RANGES[key]
    fitted = "a number was moved for it" if key in FITTED else ""
    return Row(key, said.what, said.source, "within the range", partial(in_range, key), fitted)


ROWS = (
    *(_row(key) for key in RANGES if int(key[1:].split()[0]) < 9),
    Row("C9", "executive teams more than half digitally savvy, %", "weill2021, read", "within the range", None,
        "fluency is a coordinate of the design here: what a firm's leaders are like is set, not drawn"),
    *(_row(key) for key in RANGES if int(key[1:].split()[0]) > 9),
    Row("C15", "savings of shared services, %", "recalled, weak", "within the range", None,
        "no outcome says what one unit alone would have spent; V7 has the mechanism"),
)  # fmt: skip
