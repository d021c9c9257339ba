"""Little's law as an identity [little1961]: what the evening census counts is what items say of themselves (row V5).

Over any window of evenings, and for every place in which an item can be,

    Σ evenings (items there) = Σ items (evenings there within the window)

The left side is the census, kept by counters as items move. The right side is read from the items: evening by evening where each is,
and for all places together from the days on which it was raised and ended. Days by cause are no right side for a single queue: a
crew's day of work makes a day building even where the item was before the board that morning.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.model.begin import Blueprint, begin
from sim.model.kernel import run_days
from sim.model.stages import CHANGE, EXPERIMENT, STAGE_COUNT
from sim.model.world import World

PLACES = EXPERIMENT + 1
"""Stages in which an item can be before its end; building is a cause and stays empty."""


class Sides(NamedTuple):
    """Item-days over the counted window.

    census    (10,)  by the evening census, by stage
    items     (10,)  by where items are, evening by evening
    by_dates         of all stages together, by the days on which items were raised and ended
    """

    census: np.ndarray
    items: np.ndarray
    by_dates: int


def evenings_open(w: World, first: int, last: int) -> int:
    """Evenings in [first, last) on which items were open, from their dates alone; an idea is open from its experiment on."""
    items = w.items[: w.firm[0].raised]
    born = np.where(items["kind"] == CHANGE, items["raised"], items["started"])
    gone = np.where(items["ended"] >= 0, items["ended"], last)
    return int(np.maximum(np.minimum(gone, last) - np.maximum(born, first), 0).sum())


def both_sides(plan: Blueprint, seed: int) -> Sides:
    """Both sides of the identity for one run."""
    w = begin(plan, seed)
    run_days(w, 0, plan.warm_up)
    seen = np.zeros(STAGE_COUNT, np.int64)
    for day in range(plan.warm_up, plan.horizon):
        run_days(w, day, day + 1)
        seen += np.bincount(w.items["stage"][: w.firm[0].raised], minlength=STAGE_COUNT)
    return Sides(w.firm[0].stage_days[:PLACES].copy(), seen[:PLACES], evenings_open(w, plan.warm_up, plan.horizon))
