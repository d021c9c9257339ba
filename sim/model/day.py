"""The day, phase by phase, in the order of an item's life.

So an item that meets no queue passes as many stages in a day as its waits allow, and no design pays a day per hand-over
that only the program makes. A new mechanism is a new file and a new line here.

`run_day` is the order. The Mesa model goes through the same phases and lets its agents act where `run_day` loops over them; a test
holds both against each other, byte for byte.
"""

from __future__ import annotations

from sim.core.jit import jit
from sim.model.lines import leave
from sim.model.mechanisms import build, decide, demand, fund, innovate, learn, observe, release, reorganise, rework, route, translate, trust
from sim.model.ties import grow_familiar


@jit
def turn_market(w, day):
    """What nobody in the firm decides: reality turns over, demand's months turn, run work comes in."""
    learn.turn_reality(w, day)
    if day % int(w.p[0].month_days) == 0:
        demand.turn_month(w, day)
    demand.share_run_work(w, day)


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
def fund_approved(w, day):
    """The window opens first, so that what is approved on that day waits for the next one, as in a fiscal calendar."""
    if day >= w.firm[0].next_window:
        fund.open_window(w, day)
    line = w.firm[0].approved_line
    item = leave(w, line)
    while item >= 0:
        fund.act(w, item, day)
        item = leave(w, line)


@jit
def mend_built(w, day):
    """What was finished today is looked at."""
    line = w.firm[0].built_line
    item = leave(w, line)
    while item >= 0:
        rework.act(w, item, day)
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
        trust.act(w, item, day)
        grow_familiar(w, w.items[item].unit, w.items[item].home, day)
        observe.count_delivery(w, item, day)
        item = leave(w, line)


@jit
def learning_day(w, day):
    """Whether teams take stock and learn today."""
    return day % int(w.p[0].learning_interval) == 0


@jit
def morning(w, day):
    """People settle, the world turns, units raise what they want, and every new item gets its home."""
    reorganise.settle(w)
    turn_market(w, day)
    for unit in range(len(w.units)):  # demand comes before anybody acts on it
        demand.act(w, unit, day)
    route_new(w, day)


@jit
def look_at_waiting(w, day):
    """From time to time, what waits is looked at, before anybody decides on it."""
    if day % int(w.p[0].look_interval) == 0:
        decide.look_at_waiting(w, day)


@jit
def afternoon(w, day):
    """Teams have built: paces settle, what is finished is looked at, and releases leave."""
    for home in range(len(w.homes)):
        build.settle_pace(w, home)
    mend_built(w, day)
    if train_leaves(w, day):
        for unit in range(len(w.units)):  # what was built today may still catch the release
            release.act(w, unit, day)


@jit
def share_learning(w, day):
    """When teams have learned: the firm's principles follow, and what is right is counted."""
    learn.teach_code(w, day)
    learn.read_accuracy(w, day)


@jit
def read_metrics(w, day):
    """When metrics are read, what no longer rests on truth is stopped, before anybody begins anything new."""
    if day >= w.firm[0].next_reading:
        innovate.stop_unsound(w, day)


@jit
def evening(w, day):
    """Deliveries are held against promises, and the day is counted."""
    account_deliveries(w, day)
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
