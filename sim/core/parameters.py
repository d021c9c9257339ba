"""Parameters: every number in a rule, with meaning, unit, plausible range and source."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

ASSUMPTION = "assumption"


@dataclass(frozen=True)
class Param:
    """One number that a rule reads.

    value    starting point                                   [unit]
    meaning  what it is, for someone who has not seen the code
    unit     the unit of value, low, high and off
    low      smallest plausible value; sweeps and the schema keep to [low, high]
    high     largest plausible value
    source   key in sources.toml and place ("march1991: figure 1"), or "assumption: why this number"
    off      the value at which the mechanism's effect through this number is gone, or None
    whole    True where only whole numbers make sense
    minimum, maximum   what a scenario may give at all, where that is wider than low, high and off

    Raises ValueError for an empty meaning, unit or source, an assumption without a reason, a number that is not
    finite, a value outside [low, high], an allowed range that does not hold [low, high] and off, and a broken
    number where whole ones are meant.

    >>> Param(0.5, "share of ideas that help", "share", 0.1, 0.9, "kohavi2013: section 2").source_key
    'kohavi2013'
    """

    value: float
    meaning: str
    unit: str
    low: float
    high: float
    source: str
    off: float | None = None
    whole: bool = False
    minimum: float | None = None
    maximum: float | None = None

    def __post_init__(self) -> None:
        for name in ("meaning", "unit", "source"):
            if not getattr(self, name).strip():
                raise ValueError(f"a parameter needs a {name}: {self}")
        if self.is_assumption and not self.source.partition(":")[2].strip():
            raise ValueError(f"an assumption says why this number: {self.meaning}")
        given = (self.value, self.low, self.high, *(n for n in (self.off, self.minimum, self.maximum) if n is not None))
        if not all(map(math.isfinite, given)):
            raise ValueError(f"a parameter's numbers are finite: {self}")
        if not self.low <= self.value <= self.high:
            raise ValueError(f"{self.value} is outside {self.low} to {self.high}: {self.meaning}")
        off = self.low if self.off is None else self.off
        if self.least > min(self.low, off) or self.most < max(self.high, off):
            raise ValueError(f"the allowed range holds the plausible one and off: {self.meaning}")
        if self.whole and any(n != int(n) for n in given):
            raise ValueError(f"only whole numbers here: {self.meaning}")

    @property
    def least(self) -> float:
        """Smallest value that a scenario may give: `minimum`, else the smallest of low and off."""
        if self.minimum is not None:
            return self.minimum
        return min(self.low, self.low if self.off is None else self.off)

    @property
    def most(self) -> float:
        """Largest value that a scenario may give: `maximum`, else the largest of high and off."""
        if self.maximum is not None:
            return self.maximum
        return max(self.high, self.high if self.off is None else self.off)

    @property
    def is_assumption(self) -> bool:
        """True where no published source stands behind the number."""
        return self.source_key == ASSUMPTION

    @property
    def source_key(self) -> str:
        """Key of the source in sources.toml; "assumption" where there is none."""
        return self.source.split(":", 1)[0].strip()


def parameters(**declared: Param) -> Mapping[str, Param]:
    """The parameters of one mechanism, read-only, in the order of declaration."""
    return MappingProxyType(dict(declared))
