"""A history match whose answer is known: what a firm shows is a plain function of three of its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.api import load_scenario
from sim.experiment.problem import Problem
from sim.experiment.space import BY_RATIO, Dimension, dimensions
from sim.experiment.targets import Target

NAMES = ("firm.wage", "firm.turnover", "firm.coupling", "firm.spillover", "firm.legacy_debt", "firm.scale_economies")
NOISE = 0.05
SUM = Target("sum", 0.9, 1.1)
"""Of the places of the first two numbers."""

PRODUCT = Target("product", 0.1, 0.3)
"""Of those of the second and third."""


def planted_dimensions() -> tuple[Dimension, ...]:
    found = {each.path: each for each in dimensions(load_scenario("branch_bank"))}
    return tuple(found[name] for name in NAMES)


DIMENSIONS = planted_dimensions()


def share(dimension: Dimension, value: float) -> float:
    """Where a value lies in its range, 0 to 1."""
    low, high = dimension.param.low, dimension.param.high
    if low > 0.0 and high / low >= BY_RATIO:
        return float(np.log(value / low) / np.log(high / low))
    return (value - low) / (high - low)


def shown(point: Mapping[str, float]) -> np.ndarray:
    """What a firm shows without chance."""
    place = [share(each, point[each.path]) for each in DIMENSIONS]
    return np.array([place[0] + place[1], place[1] * place[2]])


def measure(title: str, points: Sequence[Mapping[str, float]], first: int, last: int) -> list[np.ndarray]:
    """What firms show, with chance that is each firm's own."""
    found = []
    for point in points:
        seed = [int(1e6 * value) for value in point.values()]
        chance = NOISE * np.random.default_rng(seed).normal(size=(last, 2))[first:]
        found.append(shown(point) + chance)
    return found


def planted(*targets: Target, **more) -> Problem:
    """The problem; SUM and PRODUCT where no targets are given."""
    return Problem(DIMENSIONS, targets or (SUM, PRODUCT), more.pop("measure", measure), **more)
