"""The day in another order: what people do in it, from the last phase to the first, and from the last row to the first.

A finding that comes from the order of the day is no finding. The world still turns first, as nobody waits for it, and the day is
still counted last, as it changes nothing: between the two every phase of `sim.model.day` is lived through backwards. What is
handed on in the usual order within a day then waits until the next one, so lead times are longer under every design.

Compiled only where it is asked for (`orgsim robust`). A test holds that both days are made of the same phases.
"""

from __future__ import annotations

from sim.core.jit import entry, jit
from sim.model.begin import Blueprint
from sim.model.day import (
    evening,
    fund_approved,
    learning_day,
    look_at_waiting,
    mend_built,
    read_metrics,
    route_new,
    search_architecture,
    share_learning,
    train_leaves,
    turn_market,
)
from sim.model.homes import recount
from sim.model.kernel import Run, results
from sim.model.measure import measure
from sim.model.mechanisms import build, debt, decide, demand, innovate, learn, release, reorganise, translate, vendors


@jit
def learn_reversed(w, day):
    """Everybody still takes stock before anybody learns, or learning would not be synchronous."""
    for team in range(len(w.teams) - 1, -1, -1):
        learn.take_stock(w, team, day)
    for team in range(len(w.teams) - 1, -1, -1):
        learn.act(w, team, day)
    share_learning(w, day)


@jit
def build_reversed(w, day):
    """Releases leave before anything is looked at, and it is looked at before anybody builds."""
    if train_leaves(w, day):
        for unit in range(len(w.units) - 1, -1, -1):
            release.act(w, unit, day)
    mend_built(w, day)
    debt.repay(w, day)
    for home in range(len(w.homes) - 1, -1, -1):
        build.settle_pace(w, home)
        vendors.act(w, home, day)
    for team in range(len(w.teams) - 1, -1, -1):
        build.act(w, team, day)


@jit
def run_day_reversed(w, day):
    """One working day of the whole firm, lived through backwards."""
    recount(w)
    reorganise.settle(w)
    turn_market(w, day)
    search_architecture(w, day)
    for team in range(len(w.teams) - 1, -1, -1):
        innovate.act(w, team, day)
    read_metrics(w, day)
    if learning_day(w, day):
        learn_reversed(w, day)
    build_reversed(w, day)
    fund_approved(w, day)
    for leader in range(len(w.leaders) - 1, -1, -1):
        decide.act(w, leader, day)
    look_at_waiting(w, day)
    for liaison in range(len(w.liaisons) - 1, -1, -1):
        translate.act(w, liaison, day)
    route_new(w, day)
    for unit in range(len(w.units) - 1, -1, -1):
        demand.act(w, unit, day)
    evening(w, day)


@entry
def run_days_reversed(w, first, last):
    """Run the days from `first` up to, not including, `last`."""
    for day in range(first, last):
        run_day_reversed(w, day)


@entry
def run_reversed_and_measure(w, horizon, out, beyond):
    """As the kernel's, with the other order of the day."""
    for day in range(horizon):
        run_day_reversed(w, day)
    measure(w, horizon, out, beyond)


def run_reversed(blueprint: Blueprint, seed: int) -> Run:
    """One run with the other order of the day, of which only outcomes and series are kept."""
    return results(run_reversed_and_measure, blueprint, seed)
