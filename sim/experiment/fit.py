"""Fit: the firms that show what a real one shows, found as the plausible ensemble is; and which of them is nearest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.experiment.firms import Firms, Read, live_whole
from sim.experiment.lives import lives_of, measured
from sim.experiment.problem import Drawn, Matched, Problem
from sim.experiment.space import dimensions
from sim.experiment.targets import Target, means_of
from sim.model.begin import Blueprint
from sim.model.outcomes import INDEX


def reading(targets: Sequence[Target]) -> Read:
    """What is kept of a run, in the order of the targets: outcomes, and what its items' dates say."""

    with_dates = any(each.one_history for each in targets)

    def read(plan: Blueprint, seed: int) -> list[float]:
        outcomes, world = live_whole(plan, seed)
        dates = measured(lives_of(world, plan.days)) if with_dates else {}
        return [dates[each.name] if each.one_history else float(outcomes[INDEX[each.name]]) for each in targets]

    return read


def problem_of(firms: Firms, targets: Sequence[Target], known: Sequence[str]) -> Problem:
    """The fit as a history match over all that is not known: nothing but the targets rules a firm out."""
    return Problem(dimensions(firms.scenario, known), tuple(targets), firms.measure, firms.makes_sense)


def nearest(found: Matched) -> Drawn:
    """Of the firms kept the one whose means are nearest to the middles of the targets, in spreads of those kept."""
    means = np.array([one.means for one in found.kept])
    scaled = np.stack([target.scaled(means[:, number]) for number, target in enumerate(found.targets)], axis=1)
    middle = np.array([float(target.scaled(np.array([target.low, target.high])).mean()) for target in found.targets])
    spread = np.sqrt(np.maximum(means_of((scaled - middle) ** 2), 1e-12))
    return found.kept[int(np.argmin((((scaled - middle) / spread) ** 2).sum(axis=1)))]
