"""Review: what is built passes a central review, or lives under guardrails; where neither looks, a breach can happen.

    reviewed centrally with probability  governance_scope · review_share
    reviewers work in order of arrival:  done = max(arrival, done before) + 1 / (review_rate · units)
    a review is over at  due = max(arrival + review_days, done)
    a review finds review_catch of the missed intent that would be found in service: it is mended before release
    regulated with probability regulatory_load; guardrails = 1 − e^(−enabling_share · principles_strength / guardrail_scale)
    breach at going live with probability  breach_probability · (review_miss if reviewed, 0 if a guardrail looked, 1 if nobody did)

arrival, done, due  day of arrival, when the reviewers have worked off what is before them, when the item goes on  [days]

The reviewers are one server with constant service (M/D/1 where items come at random: Pollaczek 1930) [pollaczek1930]. That review from
outside the team slows delivery and was not found to lower failures is the reason why review_catch goes low: Forsgren and others (2018)
[forsgren2018]. Whether an item is reviewed, regulated, guarded and in luck are its own draws, the same under every design.
Counter-force: less review without guardrails is faster and sometimes ruinous. Prices: governance_scope waits for finite reviewers
and takes review_effort, half of it technologists' time, half business hours paid for; principles_strength as in learn.
Off: review_share at 0 reviews nothing, breach_probability at 0 lets nothing happen.
"""

from __future__ import annotations

import math

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.core.streams import BREACH, REVIEW_STREAM, entity_key, stream_key, uniform
from sim.model.homes import give_duty, give_run_work, mend
from sim.model.life import enter
from sim.model.lines import first_in, join, leave
from sim.model.stages import REVIEW

PARAMETERS = parameters(
    review_share=Param(1.0, "items in the scope of central review that are indeed reviewed", "share", 0.7, 1.0,
                       "assumption: nobody slips past", off=0.0, maximum=1),
    review_rate=Param(0.167, "items that the reviewers get through", "items a day per unit", 0.08, 0.40,
                      "assumption: two a day for twelve units", off=1e6, minimum=1e-6, maximum=1e6),
    review_days=Param(6.0, "least days of a review", "days", 3, 15, "assumption: papers go out a week before", off=0.0),
    review_effort=Param(1.0, "work of a review, half technologists', half business hours", "person-days", 0.3, 3.0,
                        "assumption: an hour or two of five people", off=0.0),
    review_catch=Param(0.3, "late-found missed intent that a review finds", "share", 0.05, 0.6,
                       "assumption: documents show a third of what use would, [forsgren2018] would say none", off=0.0, maximum=1),
    review_miss=Param(0.05, "regulated items that a review lets through unseen", "share", 0.01, 0.15, "assumption: one in twenty", off=0.0,
                      maximum=1),
    guardrail_scale=Param(0.08, "enabling share times strength of principles at which guardrails look at two thirds", "share", 0.03, 0.20,
                          "assumption: swept", minimum=0.001, maximum=10),
    breach_probability=Param(0.02, "breaches by regulated items that nobody looked at", "probability", 0.005, 0.05,
                             "assumption: one in fifty", off=0.0, maximum=1),
    breach_cost=Param(1000.0, "fines, redress and advice for one breach", "thousand", 200, 5000, "assumption: ten people's year", off=0.0),
    breach_work=Param(30.0, "work to mend a breach, as run work of the home", "person-days", 10, 100, "assumption: a team for a week",
                      off=0.0),
)  # fmt: skip


@jit
def guardrails(enabling_share, principles_strength, scale):
    """Share of regulated items that automated guardrails look at.

    >>> guardrails(0.2, 0.0, 0.08), round(guardrails(0.1, 0.8, 0.08), 3)
    (0.0, 0.632)
    """
    return 1.0 - math.exp(-enabling_share * principles_strength / scale)


@jit
def worked_off(arrival, before, rate):
    """Moment at which reviewers who get through `rate` items a day have worked off an item that arrives now.

    >>> worked_off(10.0, 4.0, 0.5), worked_off(10.0, 13.0, 0.5)
    (12.0, 15.0)
    """
    return max(arrival, before) + 1.0 / rate


@jit
def due(arrival, least, done):
    """Moment at which a review is over.

    >>> due(10.0, 6.0, 12.0), due(10.0, 6.0, 20.0)
    (16.0, 20.0)
    """
    return max(arrival + least, done)


@jit
def exposure(reviewed, guarded, miss):
    """How open to a breach a regulated item goes live.

    >>> exposure(True, False, 0.05), exposure(False, True, 0.05), exposure(False, False, 0.05)
    (0.05, 0.0, 1.0)
    """
    if reviewed:
        return miss
    return 0.0 if guarded else 1.0


@jit
def own_key(w, item):
    """Key of an item's own numbers: 0 whether it is reviewed, 1 whether it is regulated, 2 whether a guardrail would look at it."""
    return entity_key(stream_key(w.firm[0].seed, REVIEW_STREAM), w.items[item].key)


@jit_apart
def act(w, item, day):
    """Hand what is built and mended to the reviewers, or let it pass."""
    p = w.p[0]
    firm = w.firm[0]
    row = w.items[item]
    if row.reviewed > 0 or uniform(own_key(w, item), 0) >= w.p[1 + row.unit].governance_scope * p.review_share:
        join(w, firm.passed_line, item)
        return
    row.reviewed = 1
    firm.reviewers_until = worked_off(day, firm.reviewers_until, p.review_rate * p.units)
    row.review_due = due(day, p.review_days, firm.reviewers_until)
    enter(w, item, day, REVIEW)
    join(w, firm.review_line, item)
    work = 0.5 * p.review_effort
    give_duty(w, row.home, work)
    if day >= firm.counting_from:
        firm.spend_business += work * p.wage


@jit
def give_findings(w, day):
    """Reviews that end today: what they found is mended, the rest passes."""
    firm = w.firm[0]
    item = first_in(w, firm.review_line)
    while item >= 0 and w.items[item].review_due <= day:
        leave(w, firm.review_line)
        row = w.items[item]
        found = w.p[0].review_catch * row.hidden
        row.hidden -= found
        if found > 0.0:
            row.mended = w.p[0].review_catch
            mend(w, item, day, found)
        else:
            join(w, firm.passed_line, item)
        item = first_in(w, firm.review_line)


@jit_apart
def face_rules(w, item, day):
    """An item has gone live: if it is regulated and nobody looked, there may be a breach."""
    p = w.p[0]
    firm = w.firm[0]
    row = w.items[item]
    key = own_key(w, item)
    if uniform(key, 1) >= p.regulatory_load:
        return
    chance = p.breach_probability * exposure(row.reviewed > 0, uniform(key, 2) < firm.guarded, p.review_miss)
    if uniform(entity_key(stream_key(firm.seed, BREACH), row.key), 0) < chance:
        give_run_work(w, row.home, p.breach_work)
        if day >= firm.counting_from:
            firm.breaches += 1
            firm.spend_breaches += p.breach_cost
