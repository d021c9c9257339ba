"""Changes: the organisational change that a delivered item needs, and what an item earns until it is made and afterwards.

The delivering home's teams do their part first, then the unit does the rest. Value flows at the item's level, and is added up in
closed form from one change of the level to the next, so that an item whose level stays costs nothing a day. All values fade at one
pace, so what everything live would still earn is one number that fades with them.

    level = fit · (stopgap + (potential − stopgap) · adopted share)
    earned from one age to another = value · level · (2^(−first / half_life) − 2^(−last / half_life))

An evening is a moment: an item live on day d earns from the evening of d, and the counted window begins on the evening before it.
"""

from __future__ import annotations

import math

from sim.core.jit import jit, jit_apart
from sim.model.homes import rank_by
from sim.model.lines import FOREMOST, first_in, join, join_by_rank, leave


@jit
def earning(value, level, first_age, last_age, half_life):
    """What an item earns between two ages [days] at a level that stays [thousand].

    >>> round(earning(8.0, 0.5, 0.0, 480.0, 480.0), 9)
    2.0
    """
    rate = math.log(2.0) / half_life
    return value * level * (math.exp(-rate * first_age) - math.exp(-rate * last_age))


@jit
def left_at(value, flows, age, half_life):
    """What an item still earns from an age on at a level that stays [thousand].

    >>> round(left_at(8.0, 0.5, 480.0, 480.0), 9)
    2.0
    """
    return value * flows * math.exp(-math.log(2.0) * age / half_life)


@jit
def level(row):
    """Share of an item's value that flows now: of what the unit built around it, until it has changed over to the real one."""
    return row.fit * (row.stopgap + (row.potential - row.stopgap) * row.adopted_share)


@jit
def earned_by(w, item, day):
    """What an item has earned in the counted window up to the evening of `day` [thousand]."""
    row = w.items[item]
    flows = level(row)
    since = max(row.valued, w.firm[0].counting_from - 1)
    if flows <= 0.0 or day <= since:
        return row.earned
    return row.earned + earning(row.value, flows, since - row.raised, day - row.raised, w.p[0].value_half_life)


@jit
def settle(w, item, day):
    """Add up what an item has earned, before its level changes; several teams may change it on one day."""
    row = w.items[item]
    if row.valued < day:
        row.earned = earned_by(w, item, day)
        row.valued = day


@jit
def note_level(w, item, before, day):
    """Add to what all that is live would still earn what an item's level, `before` a moment ago, has changed by today."""
    row = w.items[item]
    w.firm[0].to_come_new += left_at(row.value, level(row) - before, day - row.raised, w.p[0].value_half_life)


@jit
def realise(w, item, day):
    """Set how much of an item is adopted: the share of its change work that is done, of which there was some."""
    row = w.items[item]
    settle(w, item, day)
    before = level(row)
    row.adopted_share = 1.0 - (row.change_home + row.change_unit) / (w.p[0].kappa * row.size)
    note_level(w, item, before, day)


@jit_apart
def hand_over(w, item, day):
    """The home's part is done, on a day up to which earnings are added up: the unit's part waits for the unit, or all is done."""
    row = w.items[item]
    if row.change_unit > 0.0:
        join_by_rank(w, w.units[row.unit].adoption_line, item, rank_by(w, row, row.change_unit))
    else:
        before = level(row)
        row.adopted_share = 1.0
        note_level(w, item, before, day)
        row.adopted_on = day
        join(w, w.firm[0].adopted_line, item)


@jit
def work_on_changes(w, home, day, time):
    """Spend up to `time` person-days on the home's part of what it has delivered, what promises most first; gives the time used."""
    line = w.homes[home].change_line
    left = time
    item = first_in(w, line)
    while item >= 0 and left > 0.0:
        row = w.items[item]
        row.rank = FOREMOST  # what is begun on is brought to an end, whatever comes in
        step = min(row.change_home, left)
        row.change_home -= step
        left -= step
        realise(w, item, day)
        if row.change_home <= 0.0:
            leave(w, line)
            hand_over(w, item, day)
            item = first_in(w, line)
    return time - left
