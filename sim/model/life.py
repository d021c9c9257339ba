"""An item's life: moving between stages, and charging each day between raised and live to exactly one cause.

Counted days are raised + 1 … live. A day is charged to what held the item that morning, unless the item received
its next full crew-day of effort on it: then the day is building. So a stage that is entered and left on the same
day costs no day, and the causes add up to the lead time by construction.
"""

from __future__ import annotations

from sim.core.jit import jit
from sim.model.stages import BUILDING, REWORK


@jit
def charge(w, item, day, cause):
    """Charge the days since the last charge, today included, to `cause`."""
    row = w.items[item]
    passed = day - row.since
    if passed > 0:
        row.days[cause] += passed
        row.since = day
        row.charged = cause


@jit
def recharge_today(w, item, day, cause):
    """Charge today to `cause`, whatever it was charged to; days before today go to the item's stage."""
    row = w.items[item]
    if row.since < day:
        charge(w, item, day - 1, row.stage)
        charge(w, item, day, cause)
    elif row.charged >= 0:
        row.days[row.charged] -= 1
        row.days[cause] += 1
        row.charged = cause


@jit
def enter(w, item, day, stage):
    """Move an item to its next stage; what is past is charged to the stage that it leaves."""
    row = w.items[item]
    if row.stage <= BUILDING:
        charge(w, item, day, row.stage)
    counts = w.firm[0].stage_count
    counts[row.stage] -= 1
    counts[stage] += 1
    row.stage = stage


@jit
def end(w, item, day, stage):
    """End an item's life: live, rejected, withdrawn, stopped or failed."""
    enter(w, item, day, stage)
    w.items[item].ended = day


@jit
def worked(w, item, day, crew_day, finished):
    """Credit effort to an item; the day is building once a full crew's day has come together, and when it is finished.

    crew_day  effort received today ÷ what a full crew gives a day    [0, 1]
    Days of mending are charged to rework, not to building.
    """
    row = w.items[item]
    cause = REWORK if row.stage == REWORK else BUILDING
    row.credit += crew_day
    if finished:
        row.credit = 0.0
        recharge_today(w, item, day, cause)
    elif row.credit >= 1.0:
        row.credit -= 1.0
        recharge_today(w, item, day, cause)
