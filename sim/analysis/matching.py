"""What a history match says: which targets bind, what about the firm they tell, and what they leave open."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiment.problem import Drawn, Matched
from sim.experiment.space import Dimension, value_at

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Binding:
    """How one target sorts firms out.

    refused  share of the evenly spread firms (wave 1) that do not meet it
    alone    of the firms run that meet every other target, the share that this one alone refuses; None where there are none
    """

    name: str
    low: float
    high: float
    refused: float
    alone: float | None


@dataclass(frozen=True)
class Told:
    """What the targets tell of one number.

    kept       5th, 50th and 95th percentile of what was kept                         [unit]
    low, high  between which 95 % of what was kept lies                                [unit]
    distance   largest gap between the two cumulative distributions (Kolmogorov–Smirnov), 0 to 1
    bound      what the largest such gap of all numbers stays under, surely enough, where targets tell nothing
    width      interquartile range of the places kept ÷ that of those drawn: 1 nothing learned, 0 known
    """

    dimension: Dimension
    kept: tuple[float, float, float]
    low: float
    high: float
    distance: float
    bound: float
    width: float

    @property
    def is_told(self) -> bool:
        """Whether the targets surely tell something of it."""
        return self.distance > self.bound


def even(matched: Matched) -> list[Drawn]:
    """The points of the first wave."""
    return [one for one in matched.drawn if one.wave == 1]


def bindings(matched: Matched, given: Mapping[str, tuple[float, float, float]] | None = None) -> list[Binding]:
    """Every target, the one that refuses most first; given is name → (low, high, share refused) of those that need no run."""
    blind = _holds(matched, even(matched))
    # Firms whose own numbers meet what needs no run: all but those of the first wave.
    later = _holds(matched, [one for one in matched.drawn if one.wave > 1] or even(matched))
    found = [Binding(name, low, high, refused, None) for name, (low, high, refused) in (given or {}).items()]
    for number, target in enumerate(matched.targets):
        others = np.delete(later, number, axis=1).all(axis=1)
        alone = float((~later[others, number]).mean()) if others.any() else None
        found.append(Binding(target.name, target.low, target.high, float((~blind[:, number]).mean()), alone))
    return sorted(found, key=lambda one: -one.refused)


def _holds(matched: Matched, drawn: Sequence[Drawn]) -> np.ndarray:
    """(N, T) whether the mean of what was run lies in each target's range."""
    means = np.array([one.means for one in drawn])
    return np.stack([target.holds(means[:, number]) for number, target in enumerate(matched.targets)], axis=1)


def told(matched: Matched) -> list[Told]:
    """What the targets tell of every number, the one told most first. Raises ValueError where nothing was kept."""
    if not matched.kept:
        raise ValueError("nothing was kept")
    places = np.array([one.place for one in matched.kept])
    bound = largest_gap(len(places), len(matched.dimensions))
    found = [_told(each, np.sort(places[:, number]), bound) for number, each in enumerate(matched.dimensions)]
    return sorted(found, key=lambda one: -one.distance)


def _told(dimension: Dimension, places: np.ndarray, bound: float) -> Told:
    at = np.quantile(places, (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975))
    low, five, _, half, _, ninety_five, high = (value_at(dimension.param, float(place)) for place in at)
    return Told(dimension, (five, half, ninety_five), low, high, gap(places), bound, float((at[4] - at[2]) / 0.5))


def gap(places: np.ndarray) -> float:
    """Kolmogorov–Smirnov distance of sorted places (n,) from even ones.

    >>> gap(np.array([0.125, 0.375, 0.625, 0.875]))
    0.125
    """
    steps = np.arange(len(places) + 1) / len(places)
    return float(max((steps[1:] - places).max(), (places - steps[:-1]).max()))


def largest_gap(points: int, numbers: int, confidence: float = CONFIDENCE) -> float:
    """What the largest of so many distances stays under with this confidence where all points are evenly drawn.

    Dvoretzky–Kiefer–Wolfowitz inequality with its tight constant (Massart 1990 [massart1990]), shared among the numbers.

    >>> round(largest_gap(300, 1), 3)
    0.078
    """
    return math.sqrt(math.log(2.0 * numbers / (1.0 - confidence)) / (2.0 * points))
