"""Observe: the only mechanism that writes outcomes; it changes nothing else.

    item-days by stage:  ∫ N_stage dt, summed over the evenings of the counted window; with the items' days by cause this gives
    Little's law as an identity, L = λ W [little1961]

What everything live earns in a day is what it would still earn the evening before, less the share of that which is left a day later
(sim/model/changes.py). Series are summed a month and divided when the month ends. Counter-force, prices and parameters: none.
Off: nothing to remove.
"""

from __future__ import annotations

import math

import numpy as np

from sim.core.jit import jit, jit_apart
from sim.core.parameters import parameters
from sim.model.beliefs import reality_of
from sim.model.measure_money import total_spend
from sim.model.series import (
    ACCURACY,
    DEPLOYMENTS,
    EARNED,
    FAILURES,
    INNOVATIONS,
    LEAD_TIME,
    LIVE,
    OPEN,
    RAISED,
    SPENT,
    TO_COME,
    TRUST,
    WIP,
)  # fmt: skip
from sim.model.stages import CHANGE, EXPERIMENT, IDEA, STAGE_COUNT

PARAMETERS = parameters()


@jit
def month_of(w, day):
    """Row of the series that a counted day belongs to."""
    return (day - w.firm[0].counting_from) // w.firm[0].series_days


@jit_apart
def count_delivery(w, item, day):
    """Count an item that went live today."""
    row = w.items[item]
    month = month_of(w, day)
    if day < w.firm[0].counting_from or month >= len(w.series):
        return
    if row.kind == CHANGE:
        w.series[month, LIVE] += 1.0
        w.series[month, LEAD_TIME] += day - row.raised


@jit_apart
def count_adoption(w, item, day):
    """Count an item whose unit has changed how it works today: an idea, where what it rests on is still true."""
    row = w.items[item]
    if row.kind != IDEA or reality_of(w, row) != row.rests_on:
        return
    row.adopted = 1
    month = month_of(w, day)
    if day >= w.firm[0].counting_from and month < len(w.series):
        w.series[month, INNOVATIONS] += 1.0


@jit_apart
def mean_trust(w):
    """Trust of units in those who deliver to them, weighted by deliveries in the counted window; NaN where nothing was delivered."""
    weight = 0.0
    total = 0.0
    for unit in range(len(w.units)):
        for home in range(len(w.homes)):
            tie = w.ties[unit, home]
            weight += tie.deliveries
            total += tie.deliveries * tie.trust
    return total / weight if weight > 0.0 else np.nan


@jit
def kept_a_day(half_life):
    """Share of what is still to come that is so a day later.

    >>> kept_a_day(1.0)
    0.5
    """
    return math.exp(-math.log(2.0) / half_life)


@jit
def earn(w):
    """Let everything live earn for a day at yesterday evening's levels, whoever asked for it and when; gives what that is [thousand]."""
    firm = w.firm[0]
    left = firm.to_come * kept_a_day(w.p[0].value_half_life)
    earned = firm.to_come - left
    firm.to_come = left + firm.to_come_new
    firm.to_come_new = 0.0
    return earned


@jit_apart
def close_month(w, month):
    """Turn a month's sums into what the series says."""
    firm = w.firm[0]
    row = w.series[month]
    waiting = 0
    for stage in range(EXPERIMENT):
        waiting += firm.stage_count[stage]
    row[OPEN] = waiting
    row[LEAD_TIME] = row[LEAD_TIME] / row[LIVE] if row[LIVE] > 0.0 else np.nan
    row[TRUST] = mean_trust(w)
    row[ACCURACY] = firm.accuracy
    row[WIP] /= firm.series_days
    row[DEPLOYMENTS] = firm.deployments - firm.deployments_before
    row[FAILURES] = firm.failures - firm.failures_before
    row[RAISED] = firm.demanded - firm.demanded_before
    spent = total_spend(w)
    row[SPENT] = spent - firm.spent_before
    firm.spent_before = spent
    row[TO_COME] = firm.to_come


@jit
def start_month(firm):
    """Remember the counts that a month's figures are differences from."""
    firm.deployments_before = firm.deployments
    firm.failures_before = firm.failures
    firm.demanded_before = firm.demanded


@jit
def act(w, day):
    """Take the evening's census."""
    firm = w.firm[0]
    earned = earn(w)
    if day < firm.counting_from:
        start_month(firm)
        return
    for stage in range(STAGE_COUNT):
        firm.stage_days[stage] += firm.stage_count[stage]
    firm.wip_days += firm.in_hand
    month = month_of(w, day)
    if month < len(w.series):
        w.series[month, WIP] += firm.in_hand
        w.series[month, EARNED] += earned
        if month_of(w, day + 1) > month:
            close_month(w, month)
            start_month(firm)
