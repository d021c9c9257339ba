"""Free goods: every coordinate moved from end to end on every firm of an ensemble, to see which raises the return wherever it is moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.comparison import Failure
from sim.experiment.firms import own_seed
from sim.experiment.levers import HIGH, LOW, Lever, levers
from sim.experiment.variants import Variant, run_variants
from sim.experiment.winners import FRESH, PLACE
from sim.model.outcomes import HEADLINE, OUTCOMES
from sim.scenario.changed import changed

if TYPE_CHECKING:
    from sim.scenario.objects import Scenario


@dataclass(frozen=True, eq=False)
class Moved:
    """What every coordinate does to the return on many firms.

    levers    coordinate and base design, in order
    gains     (L, F) mean return with the coordinate at its high end less at its low end [per 1 spent]; NaN where a firm cannot have it
    matters   (L, F) smallest difference that matters there, by the base's return [per 1 spent]
    failures  runs that failed
    """

    levers: tuple[Lever, ...]
    gains: np.ndarray
    matters: np.ndarray
    failures: tuple[Failure, ...]


def move_on(
    scenario: Scenario, firms: Sequence[Mapping[str, float]], bases: Sequence[str], replicates: int, seed: int,
    workers: int | None = None, progress: Callable[[int, int], None] | None = None,
) -> Moved:  # fmt: skip
    """Move every coordinate at every base on every firm, each firm on few histories of its own that it was not kept for."""
    scenarios = [changed(scenario, firm) for firm in firms]
    every = [(lever, column, Variant(lever.name, variant.scenario, own_seed(one, seed + FRESH)))
             for column, one in enumerate(scenarios) for lever, variant in levers(one, bases)]  # fmt: skip
    found = run_variants([variant for _, _, variant in every], replicates, seed, workers, progress)
    rows = {lever: row for row, lever in enumerate(dict.fromkeys(lever for lever, _, _ in every))}
    gains, matters = np.full((2, len(rows), len(scenarios)), np.nan)
    failures: list[Failure] = []
    for (lever, column, variant), one in zip(every, found, strict=True):
        of = dict(zip(variant.scenario.compare, one.outcomes[:, :, PLACE], strict=True))
        gains[rows[lever], column] = np.mean(of[HIGH] - of[LOW])
        matters[rows[lever], column] = OUTCOMES[HEADLINE[0]].matters(float(np.mean(of[lever.base])))
        failures += one.failures
    return Moved(tuple(rows), gains, matters, tuple(failures))
