"""An optimum, judged: on fresh histories against the known designs, with what matters in it, its plateau, and what it trades away.

The best of hundreds is partly luck: it is lived again on seeds that it was not chosen with, and only what is surely more there is called
better than the known designs. The plateau is every tried design that is not surely worse than the best on the same histories: where it
is wide, the firm has a choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.simultaneous import half_widths, standard_errors, student_quantile
from sim.experiment.optimise import NAMES, Tried

CONFIDENCE = 0.95
PARETO = ("lead_time_median", "innovations_per_100_technologist_years", "boundary_wait_share", "cost_total")
"""Speed, innovation, friction and cost: what designs trade against each other."""


@dataclass(frozen=True)
class Against:
    """The found design less a known one on fresh histories, more being better; the intervals of all known designs hold at once."""

    name: str
    mean: float
    low: float
    high: float
    distance: float

    @property
    def word(self) -> str:
        """What may be said."""
        return "surely better" if self.low > 0.0 else "surely worse" if self.high < 0.0 else "cannot be told apart"


@dataclass(frozen=True)
class Matters:
    """What going back to the nearest known design in one coordinate alone costs (more is worse); the intervals hold at once."""

    coordinate: str
    found: float
    back: float
    loss: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        return self.low > 0.0


def against(gain: Mapping[str, np.ndarray], distances: Mapping[str, float]) -> list[Against]:
    """Differences (R,) of the found design from each known one, turned so that more is better."""
    columns = np.stack(list(gain.values()), axis=1)
    half = half_widths(columns, CONFIDENCE)
    found = []
    for place, name in enumerate(gain):
        known = columns[~np.isnan(columns[:, place]), place]
        mean = float(known.mean()) if len(known) else float("nan")
        found.append(Against(name, mean, mean - float(half[place]), mean + float(half[place]), distances[name]))
    return found


def what_matters(losses: Mapping[str, np.ndarray], found: Mapping[str, float], back: Mapping[str, float]) -> list[Matters]:
    """Losses (R,) of going back in one coordinate at a time; the largest first."""
    if not losses:
        return []
    columns = np.stack(list(losses.values()), axis=1)
    half = half_widths(columns, CONFIDENCE)
    rows = []
    for place, name in enumerate(losses):
        known = columns[~np.isnan(columns[:, place]), place]
        mean = float(known.mean()) if len(known) else float("nan")
        rows.append(Matters(name, found[name], back[name], mean, mean - float(half[place]), mean + float(half[place])))
    return sorted(rows, key=lambda row: -row.loss)


def plateau(tried: Sequence[Tried], column: int, better: int) -> list[Tried]:
    """Tried designs that are not surely worse than the best one, each held against it on the search's histories; the best first.

    column  of the outcome that was sought; better is +1 where more of it is better
    """
    best = tried[0]
    found = [best]
    for one in tried[1:]:
        if not np.isfinite(one.score):
            continue
        gaps = better * (best.lived[:, column] - one.lived[:, column])
        gaps = gaps[~np.isnan(gaps)]
        if len(gaps) < 2:
            continue
        half = float(student_quantile(CONFIDENCE, np.array(len(gaps) - 1.0))) * float(standard_errors(gaps[:, None])[0])
        if gaps.mean() <= half:
            found.append(one)
    return found


def spread_of(designs: Sequence[Tried]) -> dict[str, tuple[float, float]]:
    """Coordinate → lowest and highest value on the plateau."""
    return {name: (min(one.values[name] for one in designs), max(one.values[name] for one in designs)) for name in NAMES}


def front(tried: Sequence[Tried], columns: Sequence[int], better: Sequence[int]) -> list[Tried]:
    """Tried designs of which none other is at least as good in every one of these outcomes and better in one (Pareto front)."""
    able = [one for one in tried if np.isfinite(one.score)]
    points = np.array([[sign * _mean(one.lived[:, column]) for column, sign in zip(columns, better, strict=True)] for one in able])
    keep = ~np.isnan(points).any(axis=1)
    found = []
    for place in np.flatnonzero(keep):
        others = points[keep]
        dominated = ((others >= points[place]).all(axis=1) & (others > points[place]).any(axis=1)).any()
        if not dominated:
            found.append(able[place])
    return found


def _mean(values: np.ndarray) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def distance(one: np.ndarray, other: np.ndarray) -> float:
    """How far apart two designs are: root mean square of the differences in shares of each coordinate's range, 0 to 1."""
    return float(np.sqrt(np.mean((one - other) ** 2)))
