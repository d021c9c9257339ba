"""Effects: what a test measures on one firm, and what its interval bears out.

All effects of one claim on one firm hold at once (sim/analysis/simultaneous.py). Where a quantile is not reached in over 5 % of one
design's runs, the difference is bounded on one side only; where under both designs, on neither.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.results import BEYOND_LIMIT
from sim.analysis.simultaneous import half_widths
from sim.experiment.claims import Lived
from sim.model.outcomes import INDEX, OUTCOMES

HOLDS, FAILS, OPEN = "holds", "fails", "open"
"""What is surely so, what is surely not so, and what the runs leave open."""


@dataclass(frozen=True, eq=False)
class Measure:
    """What is measured in every replicate.

    name      a few words; outcome gives the unit, and may be empty
    values    (R,) NaN where there was nothing to measure
    matters   smallest difference that matters
    open_low, open_high  True where the difference may be lower, or higher, than any interval says
    """

    name: str
    outcome: str
    values: np.ndarray
    matters: float
    open_low: bool = False
    open_high: bool = False


@dataclass(frozen=True)
class Effect:
    """A measure's mean over the replicates and its interval, infinite on a side without a bound; None where it has none."""

    name: str
    outcome: str
    mean: float
    low: float | None
    high: float | None
    matters: float
    n: int

    def above(self, bound: float) -> bool:
        """Whether it is surely above a bound."""
        return self.low is not None and self.low > bound

    def below(self, bound: float) -> bool:
        """Whether it is surely below a bound."""
        return self.high is not None and self.high < bound

    @property
    def sure(self) -> bool:
        """Whether its direction is sure."""
        return self.above(0.0) or self.below(0.0)

    @property
    def is_small(self) -> bool:
        """Whether it surely does not matter."""
        return self.low is not None and self.high is not None and max(-self.low, self.high) <= self.matters


@dataclass(frozen=True)
class Part:
    """One condition of a claim on one firm, and whether it holds, fails or is open; decides: False for what only stands beside."""

    effect: Effect
    state: str
    decides: bool = True

    @property
    def beside(self) -> Part:
        """The same, shown beside what decides."""
        return replace(self, decides=False)


def effects_of(measures: Sequence[Measure], confidence: float = 0.95) -> list[Effect]:
    """The measures' effects, whose intervals hold all at once."""
    half = half_widths(np.stack([measure.values for measure in measures], axis=1), confidence)
    return [_effect(measure, float(wide)) for measure, wide in zip(measures, half)]


def _effect(measure: Measure, half: float) -> Effect:
    mean, number = mean_of(measure.values), int((~np.isnan(measure.values)).sum())
    low, high = (None, None) if math.isnan(half) else (mean - half, mean + half)
    if measure.open_low:
        low = -math.inf
    if measure.open_high:
        high = math.inf
    return Effect(measure.name, measure.outcome, mean, low, high, measure.matters, number)


def difference(lived: Lived, name: str, outcome: str, first: str, second: str, usual: str = "") -> Measure:
    """Second way less first on one outcome; what matters of it goes by the way that is `usual`, the first where empty."""
    column = INDEX[outcome]
    one, other = (lived.outcomes[way][:, column] for way in (first, second))
    values = other - one
    capped = [_beyond(lived, way, column) for way in (first, second)]
    matters = matters_of(outcome, level(lived, outcome, usual or first))
    return Measure(name, outcome, values, matters, open_low=capped[0], open_high=capped[1])


def _beyond(lived: Lived, way: str, column: int) -> bool:
    there = ~np.isnan(lived.outcomes[way][:, column])
    return bool(there.any() and lived.beyond[way][there, column].mean() > BEYOND_LIMIT)


def level(lived: Lived, outcome: str, way: str) -> np.ndarray:
    """(R,) an outcome under one way."""
    return lived.outcomes[way][:, INDEX[outcome]]


def mean_of(values: np.ndarray) -> float:
    """Mean of the values (R,) that are defined; NaN where none is."""
    there = values[~np.isnan(values)]
    return float(there.mean()) if len(there) else math.nan


def matters_of(outcome: str, values: np.ndarray) -> float:
    """What matters of an outcome whose usual values (R,) are these."""
    return OUTCOMES[outcome].matters(mean_of(values))


def by_more_than_matters(effect: Effect, way: int) -> Part:
    """Higher (way +1) or lower (−1) by more than matters; fails where surely not."""
    turned = effect if way > 0 else _turned(effect)
    if turned.above(effect.matters):
        return Part(effect, HOLDS)
    return Part(effect, FAILS if turned.high is not None and turned.high <= effect.matters else OPEN)


def surely(effect: Effect, way: int) -> Part:
    """Higher (way +1) or lower (−1) than nothing; fails where surely the other way, or where it surely does not matter."""
    turned = effect if way > 0 else _turned(effect)
    if turned.above(0.0):
        return Part(effect, HOLDS)
    return Part(effect, FAILS if turned.below(0.0) or effect.is_small else OPEN)


def no_worse(effect: Effect) -> Part:
    """Not worse by more than matters, in an outcome of which less is better or more is; fails where surely worse at all."""
    way = OUTCOMES[effect.outcome].better
    worse = effect if way < 0 else _turned(effect)
    if worse.high is not None and worse.high <= effect.matters:
        return Part(effect, HOLDS)
    return Part(effect, FAILS if worse.above(0.0) else OPEN)


def _turned(effect: Effect) -> Effect:
    low, high = (None if bound is None else -bound for bound in (effect.high, effect.low))
    return Effect(effect.name, effect.outcome, -effect.mean, low, high, effect.matters, effect.n)
