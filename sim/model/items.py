"""Items: how a new row is opened and what an item is, drawn once from its own key."""

from __future__ import annotations

import math

import numpy as np

from sim.core.jit import jit, jit_apart
from sim.core.streams import exponential, lognormal, normal, pareto_tailed, uniform


@jit
def mean_size(median, log_sd):
    """Mean of a lognormal size [person-days].

    >>> mean_size(18.0, 0.0)
    18.0
    """
    return median * math.exp(0.5 * log_sd * log_sd)


@jit_apart
def new_item(w, day, unit, key, kind, stage):
    """Open a row for an item and draw what it is: size, value, specialisms, what it touches. Gives its row."""
    p = w.p[0]
    firm = w.firm[0]
    item = firm.raised
    firm.raised = item + 1
    w.open_items[firm.open_count] = item
    firm.open_count += 1
    row = w.items[item]
    row.key = np.int64(key)  # signed, as every key is: plain Python refuses what compiled code would wrap around
    row.kind = kind
    row.stage = stage
    row.unit = unit
    row.raised = day
    row.since = day
    row.charged = -1
    row.line = -1
    row.next = -1
    row.home = -1
    row.team = -1
    row.decided = -1
    row.ended = -1
    row.begun = -1.0
    row.started = -1
    row.fidelity = 1.0
    row.worth_share = 1.0
    row.adopted_on = -1
    row.shadowed_on = -1
    if p.exponential_size > 0.0:
        row.size = exponential(key, 0, mean_size(p.size_median, p.size_log_sd))
    else:
        row.size = lognormal(key, 0, p.size_median, p.size_log_sd)
    row.value = row.size * pareto_tailed(key, 1, p.value_per_day, p.value_log_sd, p.value_tail_share, p.value_tail_index)
    row.value *= w.units[unit].worth
    data = 1.0 if uniform(key, 3) < p.data_work else 0.0
    if uniform(key, 2) < p.mixed_items:
        # An item that needs both takes a uniform share of the other specialism, at most half.
        other = 0.5 * uniform(key, 4)
        data = data * (1.0 - other) + (1.0 - data) * other
    row.left[0] = row.size * (1.0 - data)
    row.left[1] = row.size * data
    row.noise = normal(key, 7)
    half = p.belief_dimensions * 0.5
    row.market_belief = int(half * uniform(key, 5))
    row.tech_belief = int(half + half * uniform(key, 6))
    firm.stage_count[stage] += 1
    return item
