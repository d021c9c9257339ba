"""The day, phase by phase, in the order of an item's life.

So an item that meets no queue passes as many stages in a day as its waits allow, and no design pays a day per hand-over
that only the program makes. A new mechanism is a new file and a new line here.

`run_day` is the order. The Mesa model goes through the same phases and lets its agents act where `run_day` loops over them; a test
holds both against each other, byte for byte.
"""

from __future__ import annotations

from sim.core.jit import jit
from sim.model.homes import hand_out, recount
from sim.model.lines import leave
from sim.model.mechanisms import (
    adopt,
    architect,
    build,
    cloud,
    coordinate,
    debt,
    decide,
    demand,
    fund,
    innovate,
    lead,
    learn,
    observe,
    release,
    reorganise,
    review,
    rework,
    route,
    shadow,
    spend,
    talent,
    translate,
    trust,
    vendors,
)
from sim.model.ties import grow_familiar


@jit
def turn_market(w, day):
    """What nobody in the firm decides: reality turns over, demand's months turn, run work comes in."""
    learn.turn_reality(w, day)
    if day % int(w.p[0].month_days) == 0:
        demand.turn_month(w, day)
    demand.bring_run_work(w, day)
    cloud.act(w, day)  # providers first, so that enabling teams do not do the same work twice
    demand.share_run_work(w)


@jit
def route_new(w, day):
    """Every item without a home gets one and is handed in: ideas found yesterday before items raised today."""
    line = w.firm[0].fresh_line
    item = leave(w, line)
    while item >= 0:
        route.act(w, item, day)
        translate.hand_in(w, item, day)
        item = leave(w, line)


@jit
def seek_agreements(w, day):
    """Agreements are sought before building begins: talks that end today first, then what has just been cleared."""
    coordinate.settle(w, day)
    line = w.firm[0].cleared_line
    item = leave(w, line)
    while item >= 0:
        coordinate.act(w, item, day)
        item = leave(w, line)


@jit
def fund_approved(w, day):
    """The window opens first, so that what is approved on that day waits for the next one, as in a fiscal calendar."""
    if day >= w.firm[0].next_window:
        fund.open_window(w, day)
    line = w.firm[0].approved_line
    item = leave(w, line)
    while item >= 0:
        fund.act(w, item, day)
        item = leave(w, line)
    seek_agreements(w, day)
    hand_out(w)  # so that teams go to today's meetings today


@jit
def mend_built(w, day):
    """What was finished today is looked at, mended, reviewed where a review is due, and let go to the next release."""
    line = w.firm[0].built_line
    item = leave(w, line)
    while item >= 0:
        rework.act(w, item, day)
        item = leave(w, line)
    line = w.firm[0].checked_line
    item = leave(w, line)
    while item >= 0:
        review.act(w, item, day)
        item = leave(w, line)
    review.give_findings(w, day)
    line = w.firm[0].passed_line
    item = leave(w, line)
    while item >= 0:
        rework.hand_on(w, item, day)
        item = leave(w, line)


@jit
def train_leaves(w, day):
    """Whether a release leaves today; sets the date of the next."""
    firm = w.firm[0]
    if day < firm.next_train:
        return False
    firm.next_train += max(1.0, w.p[0].release_interval)
    return True


@jit
def account_deliveries(w, day):
    """Units hold what went live today against what was promised, and know each other better for it."""
    line = w.firm[0].delivered_line
    item = leave(w, line)
    while item >= 0:
        lead.hear_delivery(w, item, day)  # late is what is late by the promise that was given
        adopt.begin(w, item, day)
        trust.act(w, item, day)
        review.face_rules(w, item, day)
        debt.act(w, item, day)
        grow_familiar(w, w.items[item].unit, w.items[item].home, day)
        observe.count_delivery(w, item, day)
        item = leave(w, line)


@jit
def change_ways(w, day):
    """Units change how they work, before today's deliveries come in: those are begun on tomorrow."""
    for unit in range(len(w.units)):
        adopt.act(w, unit, day)


@jit
def account_adoptions(w, day):
    """What its unit has fully adopted today is counted."""
    line = w.firm[0].adopted_line
    item = leave(w, line)
    while item >= 0:
        observe.count_adoption(w, item, day)
        item = leave(w, line)


@jit
def learning_day(w, day):
    """Whether teams take stock and learn today."""
    return day % int(w.p[0].learning_interval) == 0


@jit
def search_architecture(w, day):
    """From time to time the world reshuffles what fits, and units and centre search: all units plan before anything changes."""
    if architect.round_day(w, day):
        architect.reshuffle(w, day)
        for unit in range(len(w.units)):
            architect.act(w, unit, day)
        architect.settle(w, day)


@jit
def morning(w, day):
    """People settle, the world turns, units raise what they want, and every new item gets its home."""
    recount(w)
    reorganise.settle(w)
    turn_market(w, day)
    search_architecture(w, day)
    for unit in range(len(w.units)):  # demand comes before anybody acts on it
        demand.act(w, unit, day)
    route_new(w, day)


@jit
def look_at_waiting(w, day):
    """From time to time what waits is looked at, before anybody decides on it: given up, built around, complained about.

    Leaders hear of trouble before anything new.
    """
    if day % int(w.p[0].look_interval) == 0:
        decide.look_at_waiting(w, day)
        shadow.look(w, day)
        lead.look_for_late(w, day)
    for leader in range(len(w.leaders)):
        lead.act(w, leader, day)


@jit
def afternoon(w, day):
    """Teams have built: paces settle, what is finished is looked at, and releases leave."""
    for home in range(len(w.homes)):
        vendors.act(w, home, day)
        build.settle_pace(w, home)
    debt.repay(w, day)
    mend_built(w, day)
    if train_leaves(w, day):
        for unit in range(len(w.units)):  # what was built today may still catch the release
            release.act(w, unit, day)


@jit
def share_learning(w, day):
    """When teams have learned: people leave and newcomers come, the firm's principles follow, and what is right is counted."""
    for team in range(len(w.teams)):
        talent.act(w, team, day)
    talent.count_present(w)
    learn.teach_code(w, day)
    learn.read_accuracy(w, day)


@jit
def read_metrics(w, day):
    """When metrics are read, what no longer rests on truth is stopped, before anybody begins anything new."""
    if day >= w.firm[0].next_reading:
        innovate.stop_unsound(w, day)


@jit
def evening(w, day):
    """Units change, deliveries are held against promises, everybody is paid, and the day is counted."""
    change_ways(w, day)
    account_deliveries(w, day)
    account_adoptions(w, day)
    hand_out(w)
    spend.act(w, day)
    observe.act(w, day)


@jit
def run_day(w, day):
    """One working day of the whole firm."""
    morning(w, day)
    for liaison in range(len(w.liaisons)):  # what is understood today can be decided today
        translate.act(w, liaison, day)
    look_at_waiting(w, day)
    for leader in range(len(w.leaders)):  # the board meets before teams plan, or an approved item loses a day
        decide.act(w, leader, day)
    fund_approved(w, day)
    for team in range(len(w.teams)):
        build.act(w, team, day)
    afternoon(w, day)
    if learning_day(w, day):
        for team in range(len(w.teams)):  # everybody takes stock before anybody learns: learning is synchronous
            learn.take_stock(w, team, day)
        for team in range(len(w.teams)):
            learn.act(w, team, day)
        share_learning(w, day)
    read_metrics(w, day)
    for team in range(len(w.teams)):
        innovate.act(w, team, day)
    evening(w, day)
