"""Optimise: the best design in the space for one firm, searched with common random numbers.

The covariance matrix adaptation evolution strategy (Hansen & Ostermeier 2001, Evolutionary Computation 9, 159–195; the package `cma`)
moves a cloud of designs through the unit cube of all coordinates. Every design is lived through the same histories, so that what
differs between two of them is the designs and not luck. The search begins at the best of the designs that are known; once the cloud
has come to rest, or its share of the budget is used, it begins anew at the next best.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.organisation.coordinates import COORDINATES

NAMES = tuple(COORDINATES)
LOW = np.array([axis.low for axis in COORDINATES.values()])
HIGH = np.array([axis.high for axis in COORDINATES.values()])

STEP = 0.2
"""Standard deviation of the first cloud, in shares of each coordinate's range."""

CLOUD = 16
"""Designs of a generation."""

REST = 0.02
"""Standard deviation in every coordinate at which the cloud has come to rest."""

STARTS = 2

Measure = Callable[[Sequence[Mapping[str, float]]], Sequence[np.ndarray]]
"""Designs → (R, O) of each: outcomes by seed; NaN where the firm cannot have it."""

Score = Callable[[np.ndarray], float]
"""(R, O) → how good, the larger the better; −inf where it cannot be had or breaks a condition beyond repair."""


@dataclass(frozen=True, eq=False)
class Tried:
    """A design that was tried.

    values   coordinate → value
    lived    (R, O) outcomes by seed
    score    of the search
    """

    values: Mapping[str, float]
    lived: np.ndarray
    score: float

    @property
    def place(self) -> np.ndarray:
        """(K,) shares of each coordinate's range."""
        return place_of(self.values)


def place_of(values: Mapping[str, float]) -> np.ndarray:
    """A design as shares of each coordinate's range, (K,)."""
    return np.array([(values[name] - low) / (high - low) for name, low, high in zip(NAMES, LOW, HIGH, strict=True)])


def design_at(place: np.ndarray) -> dict[str, float]:
    """The design at shares of each coordinate's range, to three digits, so that what was tried is what stands in a file."""
    values = LOW + np.clip(place, 0.0, 1.0) * (HIGH - LOW)
    rounded = [float(f"{value:.3g}") for value in values]
    return {name: min(max(value, low), high) for name, value, low, high in zip(NAMES, rounded, LOW.tolist(), HIGH.tolist(), strict=True)}


def search(known: Sequence[Mapping[str, float]], measure: Measure, score: Score, designs: int, seed: int) -> list[Tried]:
    """Try the known designs, then up to `designs` further ones; gives all of them, the best first.

    Raises ValueError where none of the known designs can be had.
    """
    tried = _try(known, measure, score)
    able = [one for one in sorted(tried, key=lambda one: -one.score) if np.isfinite(one.score)]
    if not able:
        raise ValueError("none of the designs to begin with can be had")
    left = designs
    for number, start in enumerate(able[:STARTS]):
        found = _cloud(start.place, measure, score, left // (min(len(able), STARTS) - number), seed + number)
        left -= len(found)
        tried += found
    return sorted(tried, key=lambda one: -one.score)


def _cloud(start: np.ndarray, measure: Measure, score: Score, designs: int, seed: int) -> list[Tried]:
    """One cloud from its start to its rest, or until so many designs are tried."""
    # Imported where it is needed: half a second.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import cma

    found: list[Tried] = []
    strategy = cma.CMAEvolutionStrategy(np.clip(start, 0.02, 0.98).tolist(), STEP, {
        "bounds": [0.0, 1.0], "popsize": CLOUD, "seed": seed % 2**31 + 1, "verbose": -9, "tolx": REST, "tolfun": 0.0, "tolfunhist": 0.0,
        "tolflatfitness": 10, "maxfevals": max(designs, 1)})  # fmt: skip
    while len(found) + CLOUD <= designs and not strategy.stop():
        places = strategy.ask()
        lived = _try([design_at(np.asarray(place)) for place in places], measure, score)
        worst = min((one.score for one in lived if np.isfinite(one.score)), default=0.0)
        # What cannot be had is as bad as the worst that can, and a little: the cloud then turns away from it.
        strategy.tell(places, [-(one.score if np.isfinite(one.score) else worst - 1.0 - abs(worst)) for one in lived])
        found += lived
        if strategy.sigma * max(strategy.D) < REST:
            break
    return found


def _try(designs: Sequence[Mapping[str, float]], measure: Measure, score: Score) -> list[Tried]:
    return [Tried(dict(values), lived, score(lived)) for values, lived in zip(designs, measure(designs), strict=True)]
