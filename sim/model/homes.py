"""Homes: what every mechanism that moves an item between teams' homes does alike."""

from __future__ import annotations

import math

from sim.core.jit import jit, jit_apart
from sim.model.fields.field import WIP_SLOTS
from sim.model.life import end, enter
from sim.model.lines import give_up, join_by_rank, join_first
from sim.model.present import people_present
from sim.model.stages import OTHER_TEAM, REWORK, TEAM_QUEUE


@jit
def main_specialism(row):
    """The specialism that most of what is left of an item needs."""
    return 1 if row.left[1] > row.left[0] else 0


@jit
def work_left(row):
    """Person-days left of an item, whatever the specialism."""
    return row.left[0] + row.left[1] + row.rework_left


@jit
def is_unbegun(row):
    """Whether a home has taken an item on and nobody has worked on it yet: it waits for a liaison, a decision, money or people.

    An idea that was found since homes were last chosen has none yet, and nobody can give it up or build around it.
    """
    return row.ended < 0 and row.home >= 0 and row.team < 0 and row.begun < 0.0


@jit
def count_load(w, row, sign):
    """Add what is left of an item in each specialism to its home's load of it, or take it away (`sign` −1)."""
    for specialism in range(2):
        w.homes[row.home].load_of[specialism] += sign * row.left[specialism]


@jit
def days_ahead(load, other, holders, other_holders, teams, pace):
    """Days of work ahead of those teams of a home who hold a specialism.

    load, other             work of that specialism and of the other one                          [person-days]
    holders, other_holders  teams that hold them; those who hold both share the other one's work    [teams]
    pace                    of the whole home                                                     [person-days / day]

    >>> days_ahead(30.0, 60.0, 3, 3, 6, 10.0), days_ahead(30.0, 60.0, 6, 6, 6, 10.0)
    (6.0, 9.0)
    """
    both = max(0, holders + other_holders - teams)
    shared = other * both / other_holders if other_holders > 0 else 0.0
    return (load + shared) * teams / (pace * holders)


@jit
def days_until(w, home, specialism, size):
    """Days until a home's holders of a specialism would be done with what they have and `size` person-days more."""
    row = w.homes[home]
    other = 1 - specialism
    pace = max(row.pace, w.p[0].pace_floor * row.people)
    return days_ahead(
        max(0.0, row.load_of[specialism]) + size, max(0.0, row.load_of[other]), row.holders[specialism], row.holders[other], row.teams, pace
    )


@jit_apart
def take_on(w, item, home):
    """Enter an item's work in a home's load, leaving the home that had it."""
    row = w.items[item]
    work = work_left(row)
    if row.home >= 0:
        w.homes[row.home].load -= work
        count_load(w, row, -1.0)
    row.home = home
    w.homes[home].load += work
    count_load(w, row, 1.0)


@jit
def rank_by(w, row, work):
    """Rank of an item in a queue: promise per person-day of `work`, as who said yes to it saw that; 0 where order of arrival decides.

    The logarithm of it, and reckoned to one day for all, since every promise fades at the same rate.
    """
    return row.promise - math.log(max(work, 1e-9)) if w.p[0].ranked_queues > 0 else 0.0


@jit
def rank_of(w, row):
    """Rank of an item in queues for money and for teams."""
    return rank_by(w, row, work_left(row))


@jit
def wait_at_home(w, item, specialism):
    """Put an item into its home's queue for one specialism."""
    row = w.items[item]
    join_by_rank(w, w.homes[row.home].line + specialism, item, rank_of(w, row))


@jit_apart
def start(w, item, day):
    """An item may start: it waits for a team of its home."""
    enter(w, item, day, TEAM_QUEUE)
    row = w.items[item]
    specialism = main_specialism(row)
    if w.homes[row.home].holders[specialism] == 0:
        # Its home lacks what most of it needs, so the first stop is with whoever supplies that.
        row.handoffs += 1
        take_on(w, item, w.units[row.unit].provider[specialism])
        enter(w, item, day, OTHER_TEAM)
    wait_at_home(w, item, specialism)


@jit_apart
def mend(w, item, day, work):
    """Let an item's home mend it before release: mending goes first, what is nearly done does not wait behind what is new."""
    row = w.items[item]
    home = w.homes[row.home]
    row.rework_left = work
    home.load += work
    enter(w, item, day, REWORK)
    join_first(w, home.line + (0 if home.holders[0] > 0 else 1), item)


@jit_apart
def drop(w, item, day, stage):
    """End an item that nobody will work on again: out of its queue, its home's load and what is committed."""
    row = w.items[item]
    w.homes[row.home].load -= work_left(row)
    count_load(w, row, -1.0)
    if row.decided >= 0 and row.checked == 0:
        w.firm[0].committed -= row.size
    if row.line >= 0:
        give_up(w, item)
    end(w, item, day, stage)


@jit_apart
def burden(w, person_days):
    """Charge a meeting to everybody, in proportion to people."""
    share = person_days / w.firm[0].people
    for home in range(len(w.homes)):
        row = w.homes[home]
        row.duty_given += share
        row.duty_owed += share * row.people


@jit
def give_duty(w, home, person_days):
    """Charge time for meetings to a home's teams in proportion to their people."""
    row = w.homes[home]
    if row.people > 0.0:
        row.duty_given += person_days / row.people
        row.duty_owed += person_days


@jit
def duty_days(w, home):
    """Days that a home needs for the meetings that its teams still owe, at the pace it has for items."""
    row = w.homes[home]
    return row.duty_owed / max(row.pace, w.p[0].pace_floor * row.people)


@jit
def give_run_work(w, home, person_days):
    """Give run work to a home's teams in proportion to their people."""
    row = w.homes[home]
    if row.people > 0.0:
        row.run_given += person_days / row.people


@jit_apart
def hand_out(w):
    """Share out what homes were given since the last time: before teams build, and in the evening.

    Not at each gift, since a look at each team would cost more the more there are.
    """
    for home in range(len(w.homes)):
        row = w.homes[home]
        if row.run_given > 0.0 or row.duty_given > 0.0:
            for team in range(row.first_team, row.first_team + row.teams):
                me = w.teams[team]
                me.run_backlog += me.people * row.run_given
                me.duty += me.people * row.duty_given
            row.run_given = 0.0
            row.duty_given = 0.0


@jit
def size_class(firm, size):
    """Whether an item is small, middling or large: thirds of the law of sizes."""
    if size <= firm.small:
        return 0
    return 1 if size < firm.large else 2


@jit_apart
def recount(w):
    """Each morning: count anew which teams could take another item and what meetings are owed, whatever was done to them overnight."""
    for home in range(len(w.homes)):
        row = w.homes[home]
        row.duty_owed = 0.0
        for slot in range(len(row.free)):
            row.free[slot] = 0
    for team in range(len(w.teams)):
        w.homes[w.teams[team].home].duty_owed += w.teams[team].duty
        count_free(w, team, 1)


@jit
def count_free(w, team, change):
    """Add a team to, or take it from, the teams of its home that could take another item.

    Kept as counts, since a look at each colleague would cost more the more there are.
    """
    me = w.teams[team]
    if me.wip < me.wip_limit and people_present(me) > 0.0:
        for specialism in range(2):
            if me.skill[specialism] > 0.0:
                w.homes[me.home].free[specialism * WIP_SLOTS + me.wip] += change


@jit
def change_wip(w, team, change):
    """Change how many items a team has in hand."""
    me = w.teams[team]
    before = me.wip
    me.wip = before + change
    w.firm[0].in_hand += change
    if people_present(me) > 0.0:
        free = w.homes[me.home].free
        for specialism in range(2):
            if me.skill[specialism] > 0.0:
                place = specialism * WIP_SLOTS + before
                if before < me.wip_limit:
                    free[place] -= 1
                if before + change < me.wip_limit:
                    free[place + change] += 1


@jit_apart
def let_go(w, team, slot):
    """Take an item out of a team's hand; the others keep their order."""
    me = w.teams[team]
    w.items[me.hand[slot]].team = -1
    change_wip(w, team, -1)
    for place in range(slot, me.wip):
        me.hand[place] = me.hand[place + 1]
