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
    learn.turn_reality(w, day)  # before anybody acts on what they believe of it
    if day % int(w.p[0].month_days) == 0:
        demand.turn_month(w, day)  # a month's factors hold from its first day on
    demand.bring_run_work(w, day)  # the same whatever the design
    cloud.act(w, day)  # providers first, so that enabling teams do not do the same work twice
    demand.share_run_work(w)  # what is left is known before teams plan their day


@jit
def route_new(w, day):
    """Every item without a home gets one and is handed in: ideas found yesterday before items raised today."""
    line = w.firm[0].fresh_line
    item = leave(w, line)
    while item >= 0:
        route.act(w, item, day)  # who translates and who decides depends on its home
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
    line = w.firm[0].approved_line  # what the board approved today may be cleared today
    item = leave(w, line)
    while item >= 0:
        fund.act(w, item, day)
        item = leave(w, line)
    seek_agreements(w, day)  # what needs none of anybody may be built today
    hand_out(w)  # so that teams go to today's meetings today


@jit
def mend_built(w, day):
    """What was finished today is looked at, mended, reviewed where a review is due, and let go to the next release."""
    line = w.firm[0].built_line
    item = leave(w, line)
    while item >= 0:
        rework.act(w, item, day)  # teams look at their own work before they hand it to reviewers
        item = leave(w, line)
    line = w.firm[0].checked_line
    item = leave(w, line)
    while item >= 0:
        review.act(w, item, day)
        item = leave(w, line)
    review.give_findings(w, day)  # after today's are handed in, so that a review of no days ends today
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
        adopt.begin(w, item, day)  # by what unit and home knew of each other before this delivery
        trust.act(w, item, day)  # moves the promise, so it comes after who is late has been heard
        review.face_rules(w, item, day)  # regulators look at what is live, not at what was built
        debt.act(w, item, day)  # by the load that its home has now that this item is gone
        grow_familiar(w, w.items[item].unit, w.items[item].home, day)  # what this delivery teaches serves the next one
        observe.count_delivery(w, item, day)  # last, as it changes nothing
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
        architect.reshuffle(w, day)  # the world first, or a search would be for yesterday's
        for unit in range(len(w.units)):
            architect.act(w, unit, day)
        architect.settle(w, day)  # all plans at once, so that no unit answers another's on the same day


@jit
def morning(w, day):
    """People settle, the world turns, units raise what they want, and every new item gets its home."""
    recount(w)  # hands as the night and whoever looks at the model left them
    reorganise.settle(w)  # before teams' time is counted out
    turn_market(w, day)  # the world turns before anybody acts in it
    search_architecture(w, day)  # what goes live today is worth what it is in today's architecture
    for unit in range(len(w.units)):  # demand comes before anybody acts on it
        demand.act(w, unit, day)
    route_new(w, day)  # what is raised today can be understood today


@jit
def look_at_waiting(w, day):
    """From time to time what waits is looked at, before anybody decides on it: given up, built around, complained about.

    Leaders hear of trouble before anything new.
    """
    if day % int(w.p[0].look_interval) == 0:
        decide.look_at_waiting(w, day)  # nobody builds around what is given up
        shadow.look(w, day)  # nor complains about what is built around
        lead.look_for_late(w, day)
    for leader in range(len(w.leaders)):  # today's attention goes to trouble first; what is left of it decides
        lead.act(w, leader, day)


@jit
def afternoon(w, day):
    """Teams have built: paces settle, what is finished is looked at, and releases leave."""
    for home in range(len(w.homes)):
        vendors.act(w, home, day)  # reads the home's time of today, which settling its pace clears
        build.settle_pace(w, home)
    debt.repay(w, day)  # what was mended today endangers today's release no more
    mend_built(w, day)  # what is finished and looked at today may still catch the release
    if train_leaves(w, day):
        for unit in range(len(w.units)):
            release.act(w, unit, day)


@jit
def share_learning(w, day):
    """When teams have learned: people leave and newcomers come, the firm's principles follow, and what is right is counted."""
    for team in range(len(w.teams)):
        talent.act(w, team, day)  # who leaves has still taught the others this month
    talent.count_present(w)  # once all comings and goings are known
    learn.teach_code(w, day)  # from those who stay
    learn.read_accuracy(w, day)  # last, as it changes nothing


@jit
def read_metrics(w, day):
    """When metrics are read, what no longer rests on truth is stopped, before anybody begins anything new."""
    if day >= w.firm[0].next_reading:
        innovate.stop_unsound(w, day)


@jit
def evening(w, day):
    """Units change, deliveries are held against promises, everybody is paid, and the day is counted."""
    change_ways(w, day)  # before today's deliveries, on which units begin tomorrow
    account_deliveries(w, day)  # after the release, so that trust and knowledge move on the day itself
    account_adoptions(w, day)  # what needs no change is adopted as it is delivered
    hand_out(w)  # what releases and breaches made is known tomorrow morning
    spend.act(w, day)  # who is paid is settled once people have come and gone
    observe.act(w, day)  # last, as it changes nothing


@jit
def run_day(w, day):
    """One working day of the whole firm."""
    morning(w, day)  # the world, demand and homes: what everybody acts on
    for liaison in range(len(w.liaisons)):  # what is understood today can be decided today
        translate.act(w, liaison, day)
    look_at_waiting(w, day)  # before decisions: what is given up is decided on no more
    for leader in range(len(w.leaders)):  # the board meets before teams plan, or an approved item loses a day
        decide.act(w, leader, day)
    fund_approved(w, day)  # before teams plan as well
    for team in range(len(w.teams)):  # the day's work, on all that may be begun by now
        build.act(w, team, day)
    afternoon(w, day)  # what was finished is let go on the same day
    if learning_day(w, day):
        for team in range(len(w.teams)):  # everybody takes stock before anybody learns: learning is synchronous
            learn.take_stock(w, team, day)
        for team in range(len(w.teams)):
            learn.act(w, team, day)
        share_learning(w, day)
    read_metrics(w, day)  # results are read with what was learned today
    for team in range(len(w.teams)):  # what is found today is an item of tomorrow's
        innovate.act(w, team, day)
    evening(w, day)  # accounts are settled once nothing moves any more
