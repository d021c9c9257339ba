"""Hands: how a team takes items from queues, its own home's first and then, idle, another's.

A home's teams pull: an item goes to whoever has fewest in hand, so that a pool is one queue with many servers.
"""

from __future__ import annotations

from sim.core.jit import jit, jit_apart
from sim.core.streams import HELP, choice, day_key, entity_key, uniform
from sim.model.beliefs import share_right
from sim.model.fields.field import WIP_SLOTS
from sim.model.homes import change_wip, main_specialism, take_on
from sim.model.lines import first_in, leave
from sim.model.ties import familiarity_now


@jit
def familiar_speed(strangeness, familiarity, ignorance, right):
    """Speed of a crew against one that knows unit and technology fully.

    >>> familiar_speed(0.3, 0.0, 0.5, 1.0)
    0.7
    """
    return (1.0 - strangeness * (1.0 - familiarity)) * (1.0 - ignorance * (1.0 - right))


@jit_apart
def take_in_hand(w, team, item, day):
    """A team takes an item from a queue; how well it knows unit and technology is settled here."""
    p = w.p[0]
    me = w.teams[team]
    row = w.items[item]
    me.hand[me.wip] = item
    change_wip(w, team, 1)
    row.team = team
    market = share_right(w, team, row.market_belief, 0)
    technology = share_right(w, team, row.tech_belief, 1)
    row.speed = familiar_speed(p.strangeness, familiarity_now(w, row.unit, me.home, day), p.ignorance, technology)
    row.speed /= 1.0 + p.debt_drag * w.units[row.unit].debt
    if row.begun < 0.0:
        row.fidelity *= 1.0 - p.misjudgement * (1.0 - market)
        row.fidelity *= 1.0 - (1.0 - p.vendor_fidelity) * w.homes[me.home].bought_share
    if row.home != me.home:
        # Help: another home's team takes the item over, and what it then does counts there.
        row.handoffs += 1
        take_on(w, item, me.home)


@jit
def left_for(me, row):
    """Person-days left of an item that a team can do. Added up without a branch, since nobody can foresee which it would take."""
    engineering = row.left[0] if me.skill[0] > 0.0 else 0.0
    data_science = row.left[1] if me.skill[1] > 0.0 else 0.0
    return row.rework_left + engineering + data_science


@jit
def next_waiting(w, team, home):
    """The item of a home's queues that the team can work on and that goes first, the older where ranks are equal; −1 for none."""
    me = w.teams[team]
    line = w.homes[home].line
    best = -1
    for specialism in range(2):
        if me.skill[specialism] > 0.0:
            item = first_in(w, line + specialism)
            if item >= 0 and (best < 0 or goes_before(w.items[item].rank, item, w.items[best].rank, best)):
                best = item
    return best


@jit
def goes_before(rank, item, other_rank, other):
    """Whether an item goes before another one: by higher rank, and where ranks are equal by age.

    >>> goes_before(2.0, 7, 1.0, 3), goes_before(1.0, 7, 1.0, 3)
    (True, False)
    """
    return rank > other_rank or (rank == other_rank and item < other)


@jit
def freer_colleague(w, team, specialism):
    """Whether another team of the home has fewer items in hand and could take one of this specialism."""
    me = w.teams[team]
    free = w.homes[me.home].free
    freer = 0
    for wip in range(me.wip):
        freer += free[specialism * WIP_SLOTS + wip]
    return freer > 0


@jit
def fill_hand(w, team, day):
    """Take items from the home's queue up to the team's limit, but leave to a freer colleague what they can do."""
    me = w.teams[team]
    while me.wip < me.wip_limit:
        item = next_waiting(w, team, me.home)
        # Without this the first team of a pool would hoard up to its limit while the next ones idle.
        if item < 0 or (me.wip > 0 and freer_colleague(w, team, main_specialism(w.items[item]))):
            return
        take_in_hand(w, team, leave(w, w.items[item].line), day)


@jit
def offer_help(w, team, day):
    """An idle team asks one other home whether it can help."""
    me = w.teams[team]
    homes = len(w.homes)
    key = entity_key(day_key(w.firm[0].seed, HELP, day), w.teams[team].key)
    if homes > 1 and uniform(key, 0) < w.p[1 + w.homes[me.home].unit].self_organisation * w.p[0].other_units:
        home = (me.home + 1 + choice(key, 1, homes - 1)) % homes
        item = next_waiting(w, team, home)
        if item >= 0:
            take_in_hand(w, team, leave(w, w.items[item].line), day)
