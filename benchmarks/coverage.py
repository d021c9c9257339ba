"""How often intervals hold that are looked at again and again. Of two equal designs, one that is ever wrong declares a winner.

Differences are drawn whose true mean (or share, or median) is known, and runs are added until the interval is narrow enough; then it
holds the truth or does not. Side by side: Student's t after every further pair, as somebody would who has not thought about it, the
same t at the looks of `orgsim compare --precision`, and the rule of `orgsim compare --precision` itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import NormalDist

import numpy as np

from benchmarks.rows import Row
from sim.experiment.measures import Interval
from sim.experiment.precision import Stop, decide
from sim.experiment.sequences.looks import schedule
from sim.experiment.sequences.means import mean_interval
from sim.experiment.sequences.quantiles import quantile_interval
from sim.experiment.sequences.shares import share_interval

EXPERIMENTS = 2000
BLOCKS = 4
CEILING = 3000
ALPHA = 0.05
FIRST = 10
"""Pairs after which the thoughtless look for the first time."""

LEAST = 0.94
OURS, THOUGHTLESS, SAME_LOOKS = RULES = ("ours", "t at every pair", "t at our looks")


@dataclass(frozen=True)
class Case:
    """What is drawn and sought.

    draw        (generator, size) → differences
    truth       of what is sought
    half_width  that is narrow enough: about what 400 to 1,000 pairs give
    interval    of the rule of `orgsim compare --precision` for this kind of quantity
    """

    name: str
    draw: Callable[[np.random.Generator, tuple[int, int]], np.ndarray]
    truth: float
    half_width: float
    interval: Interval = mean_interval


def _lognormal(generator: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    """Of log sd 1."""
    return generator.lognormal(0.0, 1.0, size)


def _event(generator: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    return (generator.random(size) < 0.05).astype(float)


def _normal(generator: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    return generator.standard_normal(size)


MEANS = (
    Case("normal, mean", _normal, 0.0, 0.12),
    Case("lognormal, mean", _lognormal, math.exp(0.5), 0.25),
    Case("event of 5 %, mean", _event, 0.05, 0.025),
)
"""Each with Student's t beside it."""

CASES = (
    *MEANS,
    Case("event of 5 %, share", _event, 0.05, 0.025, share_interval),
    Case("lognormal, median", _lognormal, 1.0, 0.2, quantile_interval),
    Case("lognormal, 90th percentile", _lognormal, math.exp(NormalDist().inv_cdf(0.9)), 1.0,
         partial(quantile_interval, probability=0.9)),
)  # fmt: skip


def ours(case: Case, differences: np.ndarray) -> tuple[int, bool, bool]:
    """(pairs, whether the interval there holds the truth, whether one at any look up to the ceiling misses it)."""
    looks = schedule(len(differences))
    step = decide(differences, looks, ALPHA, case.half_width, case.interval)
    assert isinstance(step, Stop)
    ends = {look: case.interval(differences[:look], ALPHA, len(looks)) for look in looks}
    holds = {look: low <= case.truth <= high for look, (low, high) in ends.items()}
    return step.pairs, holds[step.pairs], not all(holds.values())


def student(case: Case, differences: np.ndarray, looks: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same three, (E,) each, of Student's t at these looks; differences (R, E)."""
    from scipy.special import stdtrit

    number = looks[:, None].astype(float)
    mean = differences.cumsum(axis=0)[looks - 1] / number
    squares = (differences * differences).cumsum(axis=0)[looks - 1]
    error = np.sqrt(np.maximum(squares / number - mean * mean, 0.0) / (number - 1.0))
    half = stdtrit(number - 1.0, 1.0 - ALPHA / 2.0) * error
    narrow = half <= case.half_width
    narrow[-1] = True
    stop = narrow.argmax(axis=0)
    at = (stop, np.arange(differences.shape[1]))
    return looks[stop], np.abs(mean[at] - case.truth) <= half[at], (np.abs(mean - case.truth) > half).any(axis=0)


def simulate(
    case: Case, experiments: int, seed: int, ceiling: int = CEILING, rules: Sequence[str] = RULES
) -> dict[str, tuple[float, ...]]:
    """Rule → mean pairs, share of experiments whose interval holds the truth, share in which one at any look misses it.

    All rules see the same draws; Student's t is for cases in which a mean is sought.
    """
    differences = case.draw(np.random.default_rng(seed), (ceiling, experiments))
    looks = {THOUGHTLESS: np.arange(FIRST, ceiling + 1), SAME_LOOKS: np.array(schedule(ceiling))}
    found = {}
    for rule in rules:
        each = [ours(case, column) for column in differences.T] if rule == OURS else None
        values = np.array(student(case, differences, looks[rule]), float) if each is None else np.array(each, float).T
        found[rule] = tuple(values.mean(axis=1).tolist())
    return found


def measure(experiments: int = EXPERIMENTS) -> Iterator[Row]:
    """Pairs, coverage and looks that miss, of every case; one round is a block of experiments."""
    for case in CASES:
        rules = RULES if case in MEANS else (OURS,)
        found = [simulate(case, experiments // BLOCKS, seed, rules=rules) for seed in range(BLOCKS)]
        for rule in rules:
            pairs, holds, misses = ([block[rule][k] for block in found] for k in range(3))
            least, most = (100.0 * LEAST, 100.0 * (1.0 - LEAST)) if rule == OURS else (None, None)
            yield Row(f"{case.name}, {rule}: holds at the end", [100.0 * share for share in holds], "%", at_least=least)
            yield Row(f"{case.name}, {rule}: ever wrong", [100.0 * share for share in misses], "%", at_most=most)
            yield Row(f"{case.name}, {rule}: taken", pairs, "pairs")
