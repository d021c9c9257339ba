"""Measure, counted otherwise: outcomes that exist to show how far a finding hangs on the way of counting."""

from __future__ import annotations

import numpy as np

from sim.core.jit import jit_allocating
from sim.model.outcomes import INDEX
from sim.model.stages import CHANGE, LIVE
from sim.model.statistics import middle

_MEDIAN_ALL = INDEX["lead_time_median_all"]


@jit_allocating
def measure_all_live(w, out):
    """Median lead time of all items of demand that went live in the counted window, whenever they were raised.

    Unlike the cohort's, it does not see what is still open, and it does see what was raised in the warm-up.
    """
    firm = w.firm[0]
    days = np.zeros(firm.raised, np.int64)
    live = 0
    for item in range(firm.raised):
        row = w.items[item]
        if row.kind == CHANGE and row.stage == LIVE and row.ended >= firm.counting_from:
            days[live] = row.ended - row.raised
            live += 1
    if live > 0:
        out[_MEDIAN_ALL] = middle(days[:live])
