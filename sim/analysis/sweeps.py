"""A sweep, analysed: where either design is better, what drives the difference, and in which firms, from stored results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.discovery import Box, Tree, find_box, grow_tree
from sim.analysis.point_gaps import Gaps, gaps_of
from sim.analysis.screening import screen
from sim.analysis.sensitivity import Indices, sobol_indices
from sim.core.errors import InputError, did_you_mean
from sim.experiment.sweep.results import Results
from sim.experiment.sweep.samples import shares
from sim.model.outcomes import OUTCOMES
from sim.scenario.sweep import MORRIS, SALTELLI, Sample

FAMILY = 0.05
"""Chance that any factor that does nothing is said to go with the difference."""


@dataclass(frozen=True)
class Going:
    """How one factor goes with the difference.

    correlation  Spearman's
    bound        what no correlation of all factors exceeds by chance, but for one sweep in twenty
    """

    path: str
    correlation: float
    bound: float

    @property
    def sure(self) -> bool:
        return abs(self.correlation) > self.bound


FEWEST_TRAJECTORIES = 2
"""Trajectories without which nothing has an interval."""


@dataclass(frozen=True)
class Effect:
    """Morris' measures of one factor: mean of the absolute elementary effects with its interval's half-width, and their spread.

    noise  mean that luck alone gives a factor that does nothing; None with one replicate a point
    """

    path: str
    mean: float
    half: float
    spread: float
    noise: float | None = None

    @property
    def sure(self) -> bool:
        """Whether the factor surely does more than luck, which one replicate a point cannot tell."""
        return self.noise is not None and self.mean - self.half > self.noise


@dataclass(frozen=True, eq=False)
class Found:
    """What one outcome's difference, second less first, has to say.

    classes  share of the points in each class of `sim.analysis.phase`
    factors  all that is varied, in the order of `indices`; `paths` are those that are numbers, which alone have correlations and bounds
    going    rank correlations, strongest first; of numbers only
    effects  of Morris' trajectories, largest first
    indices  Sobol indices of the difference; None without Saltelli's blocks
    boxes    design → box of the firms in which it is better; absent where nothing can be said
    tree     of who is better
    """

    outcome: str
    pair: tuple[str, str]
    factors: tuple[str, ...]
    paths: tuple[str, ...]
    points: int
    classes: dict[int, float]
    mean: float
    going: tuple[Going, ...]
    effects: tuple[Effect, ...]
    indices: Indices | None
    boxes: dict[str, Box]
    tree: Tree | None


def second_design(results: Results, against: str | None, option: str) -> str:
    """The design that is held against the first: the sweep's last one where none is asked for.

    Raises InputError, naming the option, where there is none such.
    """
    if len(results.designs) < 2:
        raise InputError(str(results.folder), f"has one design, {results.designs[0]}: there is no difference to analyse",
                         "a sweep of two or more")  # fmt: skip
    second = results.designs[-1] if against is None else against
    if second not in results.designs[1:]:
        raise InputError(f"{option} {second}", "is none of the designs that are compared with the first", "",
                         did_you_mean(second, results.designs[1:]))  # fmt: skip
    return second


def analyse_sweep(results: Results, outcome: str, second: str, earned: np.ndarray | None = None) -> Found:
    """Analyse one outcome's difference between the first design and `second`; earned: its array, where it was read already.

    Raises InputError for an outcome that was not stored.
    """
    values = results.array(outcome) if earned is None else earned
    pair = (results.designs[0], second)
    paired = values[results.designs.index(second)] - values[0]
    turned = (OUTCOMES[outcome].better or 1) * paired
    classes = gaps_of(turned).shares()
    means = _means(turned)
    numbers = [factor["path"] for factor in results.plan["factors"] if not any(isinstance(value, str) for value in factor["values"])]
    points = results.points[numbers].to_numpy(np.float64)
    known = ~np.isnan(means)
    boxes, tree = {}, None
    if known.sum() >= 40 and numbers:
        for name, wanted in ((pair[0], means < 0), (pair[1], means > 0)):
            box = find_box(points[known], wanted[known])
            if box is not None:
                boxes[name] = box
        tree = grow_tree(points[known], means[known] > 0)
    return Found(
        outcome, pair, results.factors, tuple(numbers), int(known.sum()), classes,
        float(means[known].mean()) if known.any() else float("nan"),
        _going(numbers, points[known], means[known]), _effects(results, paired), _indices(results, paired), boxes, tree,
    )  # fmt: skip


ROOM = 64_000_000
"""Numbers of outcomes that are held at once: half a gigabyte. As many outcomes are read together as have room, each file once for them."""


def analyse_outcomes(results: Results, outcomes: Sequence[str], second: str) -> Iterator[Found]:
    """Analyse several outcomes' differences in turn.

    Raises InputError for an outcome that was not stored.
    """
    at_once = max(1, ROOM // max(1, len(results.designs) * int(results.plan["points"]) * int(results.plan["replicates"])))
    for start in range(0, len(outcomes), at_once):
        values = results.arrays(outcomes[start : start + at_once])
        for outcome in list(values):
            yield analyse_sweep(results, outcome, second, values.pop(outcome))


def point_gaps(earned: np.ndarray, outcome: str, second: int) -> Gaps:
    """What the design at place `second` has more than the first, point by point, turned so that more is better.

    earned  (D, N, R) as `Results.array` gives it
    """
    return gaps_of((OUTCOMES[outcome].better or 1) * (earned[second] - earned[0]))


def _means(values: np.ndarray) -> np.ndarray:
    """(N,) means over the replicates that are there; NaN where none is."""
    there = ~np.isnan(values)
    number = there.sum(axis=1)
    return np.where(number > 0, np.where(there, values, 0.0).sum(axis=1) / np.maximum(number, 1), np.nan)


def _going(paths: Sequence[str], points: np.ndarray, means: np.ndarray) -> tuple[Going, ...]:
    from scipy.stats import norm, rankdata

    if len(means) < 10 or np.ptp(means) == 0.0:
        return ()
    varied = [place for place in range(len(paths)) if np.ptp(points[:, place]) > 0.0]
    bound = float(norm.ppf(1.0 - FAMILY / (2.0 * max(len(varied), 1))) / np.sqrt(len(means) - 1.0))
    ranks = rankdata(means)
    found = [Going(paths[place], float(np.corrcoef(rankdata(points[:, place]), ranks)[0, 1]), bound) for place in varied]
    return tuple(sorted(found, key=lambda one: -abs(one.correlation)))


def _sample(results: Results) -> Sample:
    told = results.plan["sample"]
    return Sample(told["kind"], told["points"], told["levels"])


def _effects(results: Results, gaps: np.ndarray) -> tuple[Effect, ...]:
    """Morris' measures where the sample is his; trajectories with a point that is missing are dropped whole."""
    sample = _sample(results)
    if sample.kind != MORRIS:
        return ()
    width = len(results.factors)
    unit = shares(sample, width, int(results.plan["seed"])).reshape(-1, width + 1, width)
    found = screen(unit, gaps.reshape(-1, width + 1, gaps.shape[1], 1))
    if found.trajectories[0] < FEWEST_TRAJECTORIES:
        return ()
    floor = float(found.floor[0])
    effects = [
        Effect(path, float(found.strength[place, 0]), float(found.high[place, 0] - found.strength[place, 0]),
               float(found.bending[place, 0]), None if np.isnan(floor) else floor)
        for place, path in enumerate(results.factors)
    ]  # fmt: skip
    return tuple(sorted(effects, key=lambda effect: -effect.mean))


def _indices(results: Results, gaps: np.ndarray) -> Indices | None:
    """Sobol indices of the difference where the sample has Saltelli's blocks."""
    if _sample(results).kind != SALTELLI:
        return None
    blocks = gaps.reshape(-1, len(results.factors) + 2, gaps.shape[1], 1)
    return sobol_indices(blocks)
