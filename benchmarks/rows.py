"""What a benchmark gives: a measurement, how far it scatters, and what it is held against."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

HEADER = f"{'what':<58}{'min':>10}{'median':>10}{'max':>10}  {'unit':<10}{'target':<16}met"


@dataclass(frozen=True)
class Row:
    """One measurement.

    what      what was measured
    values    one a round, all rounds of a benchmark interleaved in one run
    unit      of the values
    at_most, at_least  what the median is held against; None where it is reported only
    """

    what: str
    values: Sequence[float]
    unit: str = "ratio"
    at_most: float | None = None
    at_least: float | None = None

    @property
    def median(self) -> float:
        """The middle round."""
        return statistics.median(self.values)

    @property
    def met(self) -> str:
        """Whether the median keeps to its target: yes, no, or nothing where there is none."""
        if self.at_most is None and self.at_least is None:
            return ""
        kept = (self.at_most is None or self.median <= self.at_most) and (self.at_least is None or self.median >= self.at_least)
        return "yes" if kept else "NO"

    @property
    def target(self) -> str:
        """The target in words."""
        if self.at_most is not None:
            return f"at most {self.at_most:g}"
        return "" if self.at_least is None else f"at least {self.at_least:g}"

    def __str__(self) -> str:
        numbers = "".join(f"{value:>10.4g}" for value in (min(self.values), self.median, max(self.values)))
        return f"{self.what:<58}{numbers}  {self.unit:<10}{self.target:<16}{self.met}".rstrip()
