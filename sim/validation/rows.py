"""All rows of the evidence, in order, and running some of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sim.core.errors import InputError, did_you_mean
from sim.validation import formula_rows, pattern_rows, practice_rows, published_rows
from sim.validation.evidence import HOLDS, Effort, Finding, Row, verdict

ROWS: dict[str, Row] = {
    row.key: row for rows in (formula_rows.ROWS, published_rows.ROWS, practice_rows.ROWS, pattern_rows.ROWS) for row in rows
}
"""Key → row."""


@dataclass(frozen=True)
class Checked:
    """A row that has been run.

    finding  None where it cannot be run
    seconds  it took
    """

    row: Row
    finding: Finding | None
    seconds: float

    @property
    def verdict(self) -> str:
        """What is to be said of it."""
        return verdict(self.row, self.finding)

    @property
    def said(self) -> list[str]:
        """What is to be known of it, as sentences."""
        note = self.finding.note.rstrip(".") if self.finding else ""
        return [f"{text[0].upper()}{text[1:]}." for text in (self.row.reason, note) if text]

    @property
    def fails(self) -> bool:
        """Whether a gate is missed."""
        return self.row.must and self.finding is not None and self.verdict not in (HOLDS, "reported")


def chosen(keys: Sequence[str]) -> list[Row]:
    """The rows named, "V" or "V1" or "C3 shape"; all of them where none is. Raises InputError for a name that there is not."""
    for key in keys:
        if key not in ROWS and not any(row.kind == key for row in ROWS.values()):
            raise InputError(f"--only {key}", "no row of the evidence has this name", f"V, D, C, P or a row: {', '.join(ROWS)}",
                             did_you_mean(key, ROWS))  # fmt: skip
    return [row for row in ROWS.values() if not keys or row.key in keys or row.kind in keys]


def run_rows(rows: Sequence[Row], effort: Effort, began: Callable[[Row], None] | None = None) -> Iterator[Checked]:
    """Run rows one after the other; `began` is told of each before it runs."""
    for row in rows:
        if began is not None:
            began(row)
        started = time.perf_counter()
        finding = row.measure(effort) if row.measure is not None else None
        yield Checked(row, finding, time.perf_counter() - started)
