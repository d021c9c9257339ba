"""Coordinate: whoever changes a component that others own needs their agreement, one after the other, before building begins.

    components touched ~ Poisson(coupling · agreement_share)
    each belongs to the item's own unit with probability product_grouping, else to another unit
    self-service tooling covers it with probability  coverage = 1 − e^(−enabling_share / tooling_scale):  free, no wait
    else days = base · (1 − delay_slope · visibility) + duties the owners have not served yet / their pace
    person-days on either side = effort · (1 − principles_slope · principles_strength)
    missed with probability  base_missed · (1 − missed_slope · visibility)

base, effort, base_missed  agreement_inside, effort_inside, missed_inside where owner and builder are under one head: one home, or
                   both outside the units; agreement_across, … otherwise        [days], [person-days], [0, 1]
owner              the home of the component's unit, or who supplies that unit where nobody is at home in it
missed             agreements missed; each is missed intent (missed_intent of the size, in rework), and raises the hazard of
                   the release (missed_risk, in release)                                     [agreements]
in units           share of technologists at home in units                                   [0, 1]

Mutual adjustment where parts depend on each other: Galbraith (1974) [galbraith1974]; work that crosses sites took some two and a half
times as long because more people had to be asked: Herbsleb & Mockus (2003) [herbsleb2003]. What is touched, whose it is, whether
tooling would cover it and luck are the item's own draws, the same under every design.
Counter-force: many owners in many units make more and dearer agreements; enabling teams take people away from features.
Prices: product_grouping loses functional depth (skill · (1 − depth_grouping · product_grouping · in units)) and duplicates support
(run work · (1 + duplicated_support · product_grouping · in units)); visibility in build, enabling_share in people.
Off: agreement_share at 0 needs no agreement; depth_grouping and duplicated_support at 0 take the price of grouping away.
"""

from __future__ import annotations

import math

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.core.streams import AGREEMENT, choice, entity_key, poisson, stream_key, uniform
from sim.model.calendar import wait_until
from sim.model.fields.field import DATES
from sim.model.homes import duty_days, give_duty, main_specialism, start
from sim.model.life import enter
from sim.model.lines import leave
from sim.model.stages import OTHER_TEAM

PARAMETERS = parameters(
    agreement_share=Param(1.0, "components touched that need an agreement, unless tooling covers them", "share", 0.5, 1.0,
                          "definition: what is touched is somebody's", off=0.0, maximum=1),
    tooling_scale=Param(0.25, "share of technologists on enabling teams whose tooling covers two thirds of what is touched", "share", 0.10,
                        0.40, "assumption: swept", minimum=0.001, maximum=10),
    agreement_inside=Param(2.0, "days to agree under one head", "days", 1.0, 5.0, "assumption: the next meeting of people who meet anyway",
                           off=0.0),
    agreement_across=Param(15.0, "days to agree across heads", "days", 5.0, 30.0,
                           "assumption: three weeks to find, meet and persuade people with plans of their own", off=0.0),
    effort_inside=Param(0.1, "work of agreeing under one head, on either side", "person-days", 0.05, 0.4,
                        "assumption: an hour of one person, in a meeting that takes place anyway", off=0.0),
    effort_across=Param(0.5, "work of agreeing across heads, on either side", "person-days", 0.2, 2.0,
                        "assumption: half a day of one person", off=0.0),
    principles_slope=Param(0.4, "how far full principles cut the work of agreeing", "share", 0.1, 0.7,
                           "assumption: what is standard need not be argued", off=0.0, maximum=1),
    delay_slope=Param(0.5, "how far full visibility cuts the days to agree", "share", 0.2, 0.7,
                      "assumption: who sees work coming plans for it", off=0.0, maximum=1),
    missed_slope=Param(0.7, "how far full visibility cuts missed agreements", "share", 0.4, 0.9, "assumption: what is seen is asked about",
                       off=0.0, maximum=1),
    missed_inside=Param(0.10, "agreements that are missed under one head", "probability", 0.03, 0.20, "assumption: swept", off=0.0,
                        maximum=1),
    missed_across=Param(0.35, "agreements that are missed across heads", "probability", 0.20, 0.50, "assumption: swept", off=0.0,
                        maximum=1),
    missed_intent=Param(0.10, "intent that one missed agreement misses", "share of the item's size", 0.03, 0.25, "assumption: swept",
                        off=0.0, maximum=1),
    missed_risk=Param(0.10, "hazard that missed agreements add to a release", "per missed agreement an item", 0.03, 0.30,
                      "assumption: swept", off=0.0),
    depth_grouping=Param(0.06, "skill lost where everybody sits with a product and nobody with their function", "share", 0.02, 0.15,
                         "assumption: less than half of what a mixed team loses", off=0.0, maximum=1),
    duplicated_support=Param(0.075, "run work added where every product supports itself", "share", 0.03, 0.15,
                             "assumption: a third of run work is support, of which sharing saves 15 to 30 % (recalled, weak)", off=0.0),
)  # fmt: skip


@jit
def coverage(enabling_share, scale):
    """Share of the components touched that self-service tooling covers.

    >>> coverage(0.0, 0.15), round(coverage(0.15, 0.15), 3)
    (0.0, 0.632)
    """
    return 1.0 - math.exp(-enabling_share / scale)


@jit
def lowered(base, slope, level):
    """What is left of a base where a level from 0 to 1 lowers it: days by visibility, work by principles, misses by visibility.

    >>> lowered(15.0, 0.5, 1.0), lowered(0.35, 0.7, 0.0)
    (7.5, 0.35)
    """
    return base * (1.0 - slope * level)


@jit
def depth_left(loss, grouping, in_units):
    """Specialist skill that is left where units are cut by product and people sit in units.

    >>> depth_left(0.1, 1.0, 0.5)
    0.95
    """
    return 1.0 - loss * grouping * in_units


@jit
def support(duplicated, grouping, in_units):
    """Run work against what shared support would need.

    >>> support(0.1, 0.5, 1.0)
    1.05
    """
    return 1.0 + duplicated * grouping * in_units


@jit
def owner_of(w, unit, specialism):
    """The home that builds for a unit: its own where somebody is at home there, else its supplier of the specialism."""
    return unit if w.homes[unit].people > 0.0 else w.units[unit].provider[specialism]


@jit
def under_one_head(w, first, second):
    """Whether two homes are one, or both outside the units."""
    return first == second or (w.homes[first].unit < 0 and w.homes[second].unit < 0)


@jit_apart
def agree(w, item, key):
    """Seek one agreement, on the component that `key` draws: time, work on both sides, and whether it is missed."""
    row = w.items[item]
    p = w.p[1 + row.unit]
    unit = row.unit
    units = len(w.units)
    if units > 1 and uniform(key, 0) >= p.product_grouping:
        unit = (unit + 1 + choice(key, 1, units - 1)) % units
    owner = owner_of(w, unit, main_specialism(row))
    inside = under_one_head(w, owner, row.home)
    days = lowered(p.agreement_inside if inside else p.agreement_across, p.delay_slope, p.visibility)
    row.talks_until += days + duty_days(w, owner)
    work = lowered(p.effort_inside if inside else p.effort_across, p.principles_slope, p.principles_strength)
    give_duty(w, owner, work)
    give_duty(w, row.home, work)
    if uniform(key, 3) < lowered(p.missed_inside if inside else p.missed_across, p.missed_slope, p.visibility):
        row.missed += 1


@jit_apart
def act(w, item, day):
    """Go on seeking an item's agreements; once all are through it may start."""
    p = w.p[0]
    row = w.items[item]
    key = entity_key(stream_key(w.firm[0].seed, AGREEMENT), row.key)
    touched = poisson(entity_key(key, 0), p.coupling * p.agreement_share)
    while row.asked < touched and row.talks_until <= day:
        if row.asked == 0:
            row.talks_until = day
        row.asked += 1
        component = entity_key(key, row.asked)
        if uniform(component, 2) >= w.firm[0].self_service:
            agree(w, item, component)
    if row.talks_until <= day:
        start(w, item, day)
    else:
        enter(w, item, day, OTHER_TEAM)
        wait_until(w, item, day, row.talks_until)


@jit
def settle(w, day):
    """Agreements that come through today: their items seek the next one, or start."""
    line = w.firm[0].dates_line + day % DATES
    for _ in range(w.lines[line].count):
        act(w, leave(w, line), day)
