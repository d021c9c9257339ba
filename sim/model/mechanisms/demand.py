"""Demand: what the business asks for, the same under every design.

    items raised in unit u on a day ~ Poisson(rate_u · factor_u)
    rate_u = rate · f_u ÷ mean of f over the units,  f_u = e^(unit_demand_log_sd · z_u' − unit_demand_log_sd² / 2) once a run
    log factor_u = burstiness · (√c · z_shared + √(1 − c) · z_u) − burstiness² / 2,  new every month
    worth at age a = value · 2^(−a / half_life)
    run work of a unit on a day = mean · lognormal with mean 1
    run work that a home gets = its part · (1 + debt_run · debt) · (1 + divergence_cost · divergence) · scale
    scale = 1 + s / (1 − s) · √(team_size / people), at most 1 / (1 − s)

rate_u       expected items a day                                   [items / day]
f            lasting factors: some units always ask for more, the firm's total stays the same   –
c            demand_correlation, of the units' factors              [0, 1]
z            standard normal, one for the firm, one a unit          –
burstiness   monthly spread of the logarithm of demand              [log]
half_life    value_half_life                                        [days]
s            scale_economies: what a very large home saves of the run work of a team alone      [0, 1)
people       technologists of the home; a pool's homes are one house     [people]

Everything an item is comes from streams keyed by unit, day and number, so designs compared with one seed meet the same
demand. A doubly stochastic Poisson process: Cox & Isham (1980), chapter 3 [cox1980].
What arrives is the same whatever the design; what a home makes of it is not: a shared house runs things for less [ghia2011].
Counter-force: correlated demand takes the pooling gain away (everybody is busy at once); uncorrelated demand makes it, and so
does lastingly uneven demand (sim/model/unit_factors.py).
Prices: tech_embedding (scale). Off: change_load, run_load and burstiness at 0.
"""

from __future__ import annotations

import math

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.core.streams import (
    DEMAND_COUNT,
    DEMAND_ITEM,
    DEMAND_RATE,
    RUN_WORK,
    UNIT_DEMAND,
    day_key,
    entity_key,
    inverse_normal,
    mix,
    normal,
    poisson,
)
from sim.model.items import mean_size, new_item
from sim.model.lines import join
from sim.model.stages import CHANGE, LIAISON
from sim.model.unit_factors import mean_factor, unit_factor

PARAMETERS = parameters(
    exponential_size=Param(0.0, "1 draws item sizes from an exponential law with the same mean (for queueing limits), 0 from a lognormal",
                           "0 or 1", 0, 1, "assumption: sizes of change items are nearer lognormal", off=0.0, whole=True),
    run_log_sd=Param(0.3, "daily spread of the logarithm of a unit's run work", "log", 0.0, 0.8,
                     "assumption: days differ by a third", off=0.0),
    month_days=Param(20, "working days in a month of demand", "days", 20, 20, "definition: the calendar of the model", whole=True),
)  # fmt: skip


@jit
def size_quantile(share, median, log_sd, is_exponential):
    """Size below which `share` of the items fall [person-days]; 0 at share 0, infinite at 1.

    >>> round(size_quantile(0.5, 18.0, 0.9, 0.0), 6)
    18.0
    """
    if share <= 0.0:
        return 0.0
    if share >= 1.0:
        return math.inf
    if is_exponential > 0.0:
        return -mean_size(median, log_sd) * math.log(1.0 - share)
    return median * math.exp(log_sd * inverse_normal(share))


@jit
def demand_factor(shared, own, correlation, burstiness):
    """A month's factor on a unit's demand, with mean 1, from two standard normals.

    >>> demand_factor(1.0, -1.0, 0.3, 0.0)
    1.0
    """
    z = math.sqrt(correlation) * shared + math.sqrt(1.0 - correlation) * own
    return math.exp(burstiness * z - 0.5 * burstiness * burstiness)


@jit
def worth(value, age, half_life):
    """What an item's value is at an age [thousand].

    >>> worth(8.0, 480.0, 480.0)
    4.0
    """
    return value * math.exp(-math.log(2.0) * age / half_life)


@jit
def mean_rate(p):
    """Items a unit raises a day when its factor is 1."""
    return p.change_load * p.technologists / (p.units * mean_size(p.size_median, p.size_log_sd))


@jit_apart
def turn_month(w, day):
    """Draw the month's demand factors."""
    p = w.p[0]
    key = day_key(w.firm[0].seed, DEMAND_RATE, day)
    shared = normal(key, len(w.units))
    for unit in range(len(w.units)):
        factor = demand_factor(shared, normal(key, unit), p.demand_correlation, p.burstiness)
        w.units[unit].rate = mean_rate(p) * w.units[unit].appetite * factor


@jit
def items_raised(seed, day, unit, rate):
    """How many items a unit raises on a day: the same under every design."""
    return poisson(entity_key(day_key(seed, DEMAND_COUNT, day), unit), rate)


@jit
def run_work(w, unit, day):
    """Person-days of run work that a unit's product makes on a day."""
    p = w.p[0]
    z = normal(day_key(w.firm[0].seed, RUN_WORK, day), unit)
    mean = p.run_load * p.technologists / p.units
    return mean * math.exp(p.run_log_sd * z - 0.5 * p.run_log_sd * p.run_log_sd)


@jit
def act(w, unit, day):
    """Let one unit raise its items of the day."""
    seed = w.firm[0].seed
    count = items_raised(seed, day, unit, w.units[unit].rate)
    key = entity_key(day_key(seed, DEMAND_ITEM, day), unit)
    w.firm[0].demanded += count
    for number in range(count):
        item = new_item(w, day, unit, mix(key, number), CHANGE, LIAISON)
        join(w, w.firm[0].fresh_line, item)


@jit_apart
def count_items(seed, days, units, rate, correlation, burstiness, month_days, unit_log_sd):
    """Items that a seed's demand raises in `days` days, so that the pool of items can be made to measure."""
    total = 0
    mean = mean_factor(seed, UNIT_DEMAND, units, unit_log_sd)
    for unit in range(units):
        usual = rate * (unit_factor(seed, UNIT_DEMAND, unit, unit_log_sd) / mean)
        today = usual
        for day in range(days):
            if day % month_days == 0:
                key = day_key(seed, DEMAND_RATE, day)
                today = usual * demand_factor(normal(key, units), normal(key, unit), correlation, burstiness)
            total += items_raised(seed, day, unit, today)
    return total


@jit
def bring_run_work(w, day):
    """Run work comes in, unit by unit."""
    for unit in range(len(w.units)):
        w.units[unit].run_arrived = run_work(w, unit, day)


@jit
def scale_factor(economies, smallest, people):
    """Run work that a home of `people` makes of what a very large one would have; `smallest` is a team on its own.

    >>> scale_factor(0.2, 8.0, 8.0), scale_factor(0.2, 8.0, 128.0), scale_factor(0.0, 8.0, 20.0)
    (1.25, 1.0625, 1.0)
    """
    return 1.0 + economies / (1.0 - economies) * math.sqrt(min(1.0, smallest / people))


@jit
def upkeep(w, home, people):
    """What a home makes of its part of the run work, where `people` run things together."""
    p = w.p[0]
    return scale_factor(p.scale_economies, p.team_size, people) * (1.0 + p.divergence_cost * w.homes[home].divergence)


@jit
def share_run_work(w):
    """Say how much run work each person of each home gets today: providers have had theirs, enabling teams take theirs first, the
    rest goes where the product's people sit, to its own home and to the pool."""
    firm = w.firm[0]
    units = len(w.units)
    total = 0.0
    for unit in range(units):
        row = w.units[unit]
        row.run_left *= firm.support * (1.0 + w.p[0].debt_run * row.debt)
        total += row.run_left
    left = max(0.0, 1.0 - firm.enabling_run * firm.enabling_present / total) if total > 0.0 else 0.0
    pooled = 0.0
    for unit in range(units):
        home = w.homes[unit]
        work = w.units[unit].run_left * left
        pooled += work * (1.0 - w.units[unit].run_to_home)
        home.run_today = 0.0
        if home.people > 0.0:
            home.run_today = work * w.units[unit].run_to_home / home.people * upkeep(w, unit, home.people)
    for home in range(units, len(w.homes)):
        w.homes[home].run_today = 0.0
        if w.homes[home].builds > 0:
            w.homes[home].run_today = pooled / firm.pool_people * upkeep(w, home, firm.pool_people)
