"""Measure value: what the items raised in the counted window earn, and what was done twice.

    benefits in the window = Σ earned up to the last evening; benefits = that + Σ value · level · 2^(−age / half_life) at the last evening
    benefits realised = (earned since going live, and the rest to come) ÷ (value · fit · 2^(−lead time / half_life)),
        summed over finished items
    duplicated = (experiments that found what was known · experiment_size + shadow work whose real one was asked for all the same)
                 ÷ (hours on items, experiments and change + shadow work)

Ideas found by experiment in the window belong to its items, since their experiments cost capacity. The rest to come is what an item
would earn for ever at the level of the last evening. Where all of an item's benefits are whole when it goes live, its share is 1:
what its unit's architecture makes of it (fit) is in what it could earn as well as in what it earns, and shows in benefits and in
architecture_fit.
"""

from __future__ import annotations

from sim.core.jit import jit_allocating
from sim.model.changes import earned_by, earning, left_at, level
from sim.model.outcomes import INDEX
from sim.model.stages import CHANGE, LIVE, SHADOWED

_REALISED, _MONEY, _MONEY_WINDOW = INDEX["benefits_realised_share"], INDEX["benefits_money"], INDEX["benefits_money_window"]
_SHADOW, _DUPLICATED = INDEX["shadow_share"], INDEX["duplicated_work_share"]


@jit_allocating
def measure_value(w, horizon, out):
    """Fill in the outcomes of value. `horizon` is the days simulated, `out` a run's row of outcomes."""
    p, firm = w.p[0], w.firm[0]
    half_life = p.value_half_life
    last = horizon - 1
    window = rest = realised = possible = 0.0
    items = shadowed = 0
    for item in range(firm.raised):
        row = w.items[item]
        if row.raised < firm.counting_from:
            continue
        if row.kind == CHANGE:
            items += 1
            shadowed += 1 if row.stage == SHADOWED else 0
        earned = earned_by(w, item, last)
        to_come = left_at(row.value, level(row), last - row.raised, half_life)
        window += earned
        rest += to_come
        if row.stage == LIVE:
            before = 0.0
            if row.shadowed_on >= 0:
                before = earning(row.value, row.fit * row.stopgap, row.shadowed_on - row.raised, row.ended - row.raised, half_life)
            realised += earned + to_come - before
            possible += left_at(row.value, row.fit, row.ended - row.raised, half_life)
    out[_MONEY_WINDOW] = window
    out[_MONEY] = window + rest
    if possible > 0.0:
        out[_REALISED] = realised / possible
    if items > 0:
        out[_SHADOW] = shadowed / items
    done = firm.hours_items + firm.hours_experiments + firm.hours_change + firm.shadow_work
    if done > 0.0:
        # The effort of an experiment may have been saved up before the window in which its result is read.
        out[_DUPLICATED] = min(1.0, (firm.duplicates * p.experiment_size + firm.duplicated_work) / done)
