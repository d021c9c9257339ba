"""Fitness of ideas: whether a design adopts those that are worth most."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.executors import spread
from sim.model.equal import blueprint_of
from sim.model.kernel import simulate
from sim.model.stages import IDEA

if TYPE_CHECKING:
    from sim.scenario.objects import Scenario


def fitness_of_ideas(
    scenario: Scenario, design: str, seeds: np.ndarray, workers: int, tell: Callable[[int, int], None] | None
) -> np.ndarray:  # fmt: skip
    """(R,) rank correlation of the value of ideas whose experiment began in the counted window with their adoption, in each seed's run."""
    plan = blueprint_of(scenario, design)
    found = np.full(len(seeds), np.nan)

    def of(place: int) -> float:
        w = simulate(plan, int(seeds[place]))
        firm = w.firm[0]
        ideas = w.items[: int(firm.raised)]
        ideas = ideas[(ideas["kind"] == IDEA) & (ideas["started"] >= firm.counting_from)]
        return rank_correlation(ideas["value"], ideas["adopted"] > 0)

    for done, (place, value) in enumerate(spread(of, list(range(len(seeds))), workers), start=1):
        found[place] = value
        if tell is not None:
            tell(done, len(seeds))
    return found


def rank_correlation(values: np.ndarray, chosen: np.ndarray) -> float:
    """Rank correlation of values (n,), all different, with whether they were chosen (n,); NaN where all or none were.

    Spearman (1904, American Journal of Psychology 15, 72–101), with a yes or no on the one side.

    >>> round(rank_correlation(np.array([1.0, 2.0, 3.0, 9.0]), np.array([False, False, True, True])), 6)
    0.894427
    """
    if len(values) < 2 or chosen.all() or not chosen.any():
        return float("nan")
    ranks = np.argsort(np.argsort(values, kind="stable"), kind="stable").astype(float)
    return float(np.corrcoef(ranks, chosen.astype(float))[0, 1])
