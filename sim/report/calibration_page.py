"""The page of calibration: published ranges, what the partnership shows on the branch bank, and which numbers were moved.

`python -m sim.report.calibration_page` writes docs/model/calibration.md.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from sim.report.parameter_page import markdown_table
from sim.validation.calibration import DESIGN, FIRM, MOVED, MOVED_OTHERWISE, RANGES, RUNS, Reading, read

FILE = Path("docs/model/calibration.md")
COMMAND = "python -m sim.report.calibration_page"


def calibration_markdown(reading: Reading, runs: int) -> str:
    """The whole page from a reading over `runs` runs."""
    rows, missed = [], []
    for key, row in RANGES.items():
        value = row.found(reading)
        met = row.holds(value)
        rows.append((key, row.what, f"{row.low:g} to {row.high:g}", f"{value:.3g}", "met" if met else "**missed**", row.source))
        if not met:
            missed.append(f"{key} ({row.what}): {value:.3g} against {row.low:g} to {row.high:g}")
    moved, otherwise = (
        [(f"`{move.name}`", f"{move.start:g}", f"{reading.values[move.name]:g}", move.reason, ", ".join(move.rows)) for move in moves]
        for moves in (MOVED, MOVED_OTHERWISE)
    )
    given_up = "All rows are met at once." if not missed else "Given up, since other rows weigh more: " + "; ".join(missed) + "."
    return f"""<!-- Written by `{COMMAND}`: change the declarations, not this file. -->
# Calibration

`{DESIGN}` on `{FIRM}`, {runs} runs, against ranges of practice. Only this side is fitted to ranges; the other designs, the other firms and
every transition are predicted, but for the numbers at the end.

{markdown_table(("row", "what", "range", "found", "", "where the range is from"), rows)}

{given_up}

## What was moved

Starting points are those of an earlier prototype.

{markdown_table(("number", "from", "to", "why", "for row"), moved)}

## What was moved for other reasons

These were moved from their first drafts after results of more than the partnership had been seen. No row of the evidence asks for them,
and some bear on the other design: a finding that hangs on them is theirs (`orgsim robust --assumptions` says which do). Two rules were
changed in the same way, both for the partnership: liaisons' time follows what their units lastingly ask for, and the board commits as far
as the next funding window.

{markdown_table(("number", "from", "to", "why", "for row"), otherwise)}
"""


def main(arguments: Sequence[str]) -> None:
    """Write the page to the file named, by default docs/model/calibration.md below the working folder."""
    target = Path(arguments[0]) if arguments else FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(calibration_markdown(read(), RUNS), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
