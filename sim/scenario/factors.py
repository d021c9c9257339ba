"""Factors: what a sweep varies, each a path of the scenario with a range or a list, and how a share of it becomes a value."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

LINEAR, LOG, INTEGER, CHOICE = "linear", "log", "integer", "choice"
SCALES = (LINEAR, LOG, INTEGER, CHOICE)

SCENARIO = "scenario"
"""The path that varies the firm's scenario itself: its values are names or files."""

Value = float | str


@dataclass(frozen=True)
class Factor:
    """One thing that is varied.

    path       as in --set: firm.turbulence, model.liaison_skill, design.pervasive.delegation; or scenario
    scale      linear, log or integer between `low` and `high`, or choice among `values`
    low, high  ends of the range, both included   [unit]
    values     what is chosen from, in order; also the levels of a grid where they are given
    unit       as printed
    """

    path: str
    scale: str
    low: float = math.nan
    high: float = math.nan
    values: tuple[Value, ...] = ()
    unit: str = ""

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers, so that an index of sensitivity or an axis of a map can speak of more and less."""
        return not any(isinstance(value, str) for value in self.values)

    def value(self, share: float) -> Value:
        """The value that lies at a share (0 to 1) of the way.

        >>> Factor("firm.coupling", "log", 0.5, 8.0).value(0.5), Factor("firm.units", "integer", 2, 5).value(1.0)
        (2.0, 5.0)
        >>> Factor("design.pervasive.delegation", "choice", values=(0.3, 0.6, 0.9)).value(0.5)
        0.6
        """
        if self.scale == CHOICE:
            return self.values[min(int(share * len(self.values)), len(self.values) - 1)]
        if self.scale == INTEGER:  # every whole number has the same share of the way
            return min(math.floor(self.low + share * (self.high - self.low + 1.0)), self.high) + 0.0
        if self.scale == LOG:
            found = math.exp(math.log(self.low) + share * (math.log(self.high) - math.log(self.low)))
        else:
            found = self.low + share * (self.high - self.low)
        return min(max(found, self.low), self.high)

    def grid(self, levels: int) -> tuple[Value, ...]:
        """Values for a grid: those that were listed, else `levels` of them from end to end, each once."""
        if self.values:
            return self.values
        if self.scale == INTEGER:
            steps = [float(round(self.low + (self.high - self.low) * step / max(levels - 1, 1))) for step in range(levels)]
            return tuple(dict.fromkeys(steps))
        return tuple(self.value(step / max(levels - 1, 1)) for step in range(levels))


def is_ordered(values: Sequence[float]) -> bool:
    """Whether every value is larger than the one before it."""
    return all(one < other for one, other in pairwise(values))
