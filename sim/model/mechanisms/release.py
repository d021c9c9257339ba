"""Release: built items leave on their product's next release, which may fail.

    probability that a release fails = 1 − (1 − base_failure) · e^(−batch_risk · (items − 1) − missed_risk · missed)
    with debt, that a release does not fail is e^(−debt_risk · debt of the product) times as probable
    fixed cost of a release = release_effort · (1 − automation);  by enabling teams' tooling 1 − e^(−enabling_share / automation_scale),
    and providers' tools set a floor under it (cloud)
    mending a failure = restore_effort · (1 + unknown · (1 − familiarity)) person-days of run work, first in line

items        items in the release                                           [items]
missed       agreements missed, mean of the items in it                     [agreements an item]
familiarity  of the home that delivers most with the product's unit         [0, 1]
days to restore = mending ÷ what the home's people who are there have for run work a day; a failure goes up to the unit's leader

Small batches fail less, and deployment frequency goes with stability: DORA (2024) [dora2024].
Counter-force: frequent release needs automation that enabling teams must supply, else each release has a fixed cost.
Prices: release_interval (fixed cost), enabling_share (people). Off: base_failure and batch_risk at 0, release_effort at 0.
"""

from __future__ import annotations

import math

from sim.core.jit import jit
from sim.core.parameters import Param, parameters
from sim.core.streams import RELEASE as RELEASE_STREAM
from sim.core.streams import day_key, uniform
from sim.model.escalations import escalate
from sim.model.homes import give_run_work
from sim.model.life import end
from sim.model.lines import join, leave
from sim.model.stages import LIVE
from sim.model.ties import familiarity_now

PARAMETERS = parameters(
    base_failure=Param(0.10, "probability that a release of one item fails", "probability", 0.05, 0.15,
                       "dora2024: change failure rates of 5 to 40 % by cluster", off=0.0, maximum=1),
    batch_risk=Param(0.04, "hazard that each further item in a release adds", "per item", 0.01, 0.10, "assumption: swept", off=0.0),
    release_effort=Param(1.5, "fixed work of a release by hand", "person-days", 0.5, 4.0, "assumption: swept", off=0.0),
    automation_scale=Param(0.10, "share of technologists on enabling teams that automates two thirds of releasing", "share", 0.04, 0.20,
                           "assumption: swept", minimum=0.001, maximum=10),
    enabling_leverage=Param(1.0, "run work that a person of an enabling team takes off the others", "person-days a person-day", 0.7, 1.5,
                            "assumption: tooling neither saves nor wastes on the whole, swept", off=0.0),
    restore_effort=Param(3.0, "work to mend a failed release by people who know the product", "person-days", 1.0, 8.0,
                         "assumption: swept", off=0.0),
    unknown=Param(1.0, "how much more mending takes people who do not know the product", "share", 0.3, 2.0, "assumption: swept", off=0.0),
)  # fmt: skip


@jit
def failure_probability(base, risk, items, more):
    """Probability that a release of `items` items fails; `more` is hazard from elsewhere.

    >>> round(failure_probability(0.1, 0.05, 1, 0.0), 9)
    0.1
    """
    return 1.0 - (1.0 - base) * math.exp(-risk * (items - 1) - more)


@jit
def endangered(chance, hazard):
    """Probability of failing where a further hazard comes to it.

    >>> endangered(0.25, 0.0), endangered(0.0, 0.0)
    (0.25, 0.0)
    """
    return 1.0 - (1.0 - chance) * math.exp(-hazard)


@jit
def automation(enabling_share, scale):
    """Share of a release's fixed work that tooling saves.

    >>> automation(0.0, 0.1)
    0.0
    """
    return 1.0 - math.exp(-enabling_share / scale)


@jit
def days_to_restore(w, home, effort):
    """Days until `effort` is done by a home that puts run work first."""
    p = w.p[0]
    row = w.homes[home]
    return effort / max((row.people - row.vacant) * p.availability * p.run_cap, p.pace_floor * row.people)


@jit
def go_live(w, unit, day):
    """Let everything aboard go live; gives the number of items, the home of the last and agreements missed."""
    count = 0
    missed = 0
    home = -1
    item = leave(w, w.units[unit].line)
    while item >= 0:
        home = w.items[item].home
        end(w, item, day, LIVE)
        join(w, w.firm[0].delivered_line, item)
        count += 1
        missed += w.items[item].missed
        item = leave(w, w.units[unit].line)
    return count, home, missed


@jit
def act(w, unit, day):
    """Let one product's release leave, if something is aboard."""
    p = w.p[0]
    firm = w.firm[0]
    row = w.units[unit]
    count, home, missed = go_live(w, unit, day)
    if count == 0:
        return
    give_run_work(w, home, p.release_effort * (1.0 - firm.automation))
    firm.deployments += 1
    counted = day >= firm.counting_from
    if counted:
        row.deployments += 1
    chance = endangered(failure_probability(p.base_failure, p.batch_risk, count, p.missed_risk * missed / count), p.debt_risk * row.debt)
    if uniform(day_key(firm.seed, RELEASE_STREAM, day), unit) < chance:
        effort = p.restore_effort * (1.0 + p.unknown * (1.0 - familiarity_now(w, unit, home, day)))
        give_run_work(w, home, effort)
        escalate(w, unit, home, day, p.alarm)
        firm.failures += 1
        if counted:
            row.failures += 1
            row.restore_days += days_to_restore(w, home, effort)
