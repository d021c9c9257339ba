"""Homes: what every mechanism that moves an item between teams' homes does alike."""

from __future__ import annotations

from sim.core.jit import jit, jit_apart
from sim.model.life import end
from sim.model.lines import give_up, join


@jit
def main_specialism(row):
    """The specialism that most of what is left of an item needs."""
    return 1 if row.left[1] > row.left[0] else 0


@jit
def work_left(row):
    """Person-days left of an item, whatever the specialism."""
    return row.left[0] + row.left[1] + row.rework_left


@jit_apart
def take_on(w, item, home):
    """Enter an item's work in a home's load, leaving the home that had it."""
    row = w.items[item]
    work = work_left(row)
    if row.home >= 0:
        w.homes[row.home].load -= work
    row.home = home
    w.homes[home].load += work


@jit
def wait_at_home(w, item, specialism):
    """Put an item into its home's queue for one specialism."""
    join(w, w.homes[w.items[item].home].line + specialism, item)


@jit_apart
def drop(w, item, day, stage):
    """End an item that nobody will work on again: out of its queue, its home's load and what is committed."""
    row = w.items[item]
    w.homes[row.home].load -= work_left(row)
    if row.decided >= 0:
        w.firm[0].committed -= row.size
    if row.line >= 0:
        give_up(w, item)
    end(w, item, day, stage)


@jit_apart
def burden(w, person_days):
    """Charge a meeting to everybody: teams owe it in proportion to their people."""
    share = person_days / w.firm[0].people
    for team in range(len(w.teams)):
        w.teams[team].duty += share * w.teams[team].people


@jit_apart
def give_run_work(w, home, person_days):
    """Give run work to a home's teams in proportion to their people."""
    row = w.homes[home]
    for team in range(row.first_team, row.first_team + row.teams):
        w.teams[team].run_backlog += person_days * w.teams[team].people / row.people


@jit_apart
def give_duty(w, home, person_days):
    """Charge explaining and meeting to one home: its teams owe it in proportion to their people."""
    row = w.homes[home]
    for team in range(row.first_team, row.first_team + row.teams):
        w.teams[team].duty += person_days * w.teams[team].people / row.people


@jit
def size_class(firm, size):
    """Whether an item is small, middling or large: thirds of the law of sizes."""
    if size <= firm.small:
        return 0
    return 1 if size < firm.large else 2


@jit_apart
def let_go(w, team, slot):
    """Take an item out of a team's hand; the others keep their order."""
    me = w.teams[team]
    w.items[me.hand[slot]].team = -1
    w.firm[0].in_hand -= 1
    me.wip -= 1
    for place in range(slot, me.wip):
        me.hand[place] = me.hand[place + 1]
