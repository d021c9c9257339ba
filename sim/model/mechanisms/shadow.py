"""Shadow: a unit that does not trust the home an item waits at may build something around it.

    at each look, an item that has waited longer than shadow_wait days is built around with probability
        shadow_hazard · (1 − trust)²
    it then earns shadow_value · (1 − digital_intensity) of its value at once; building takes shadow_effort · size of the unit's
    change capacity;
    supporting it makes shadow_support · size person-days of run work for the home it waited at, most within support_days

trust              of the unit in the home that the item waits at                       [0, 1]
digital_intensity  share of value that needs technology and business knowledge together [0, 1]

Only what the unit itself asked for is built around; nobody reviews it, so what is regulated may end in a breach (review).

With probability shadow_duplicate the real one is asked for all the same: the item keeps its place, what the unit built serves until
the unit has changed over to it, and the unit's building counts as duplicated work. Else the item ends here. Systems that users
build around those they lack: Behrens (2009) [behrens2009].
Counter-force: shadow work is quick, and takes waiting work off the teams; it is worth less, and comes back as run work.
Prices: the unit's hours (spend_business at wage, and capacity for change), run work. Off: shadow_hazard at 0.
"""

from __future__ import annotations

import math

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.core.streams import SHADOW, day_key, entity_key, uniform
from sim.model.changes import level, note_level
from sim.model.homes import drop, give_run_work, is_unbegun
from sim.model.stages import CHANGE, OTHER_TEAM, SHADOWED

PARAMETERS = parameters(
    shadow_hazard=Param(0.15, "how often a unit without any trust builds around a waiting item", "probability a look", 0.03, 0.4,
                        "assumption: half of what waits is built around within four months", off=0.0, maximum=1),
    shadow_wait=Param(60.0, "days an item waits before its unit thinks of building around it", "days", 20, 120, "assumption: a quarter",
                      minimum=0, maximum=1e9),
    shadow_value=Param(0.4, "value of what a unit builds around an item, against the real one", "share", 0.2, 0.6, "assumption: swept",
                       minimum=0, maximum=1),
    shadow_effort=Param(0.4, "effort of building it, against the real one", "person-days a person-day", 0.2, 0.8,
                        "assumption: a spreadsheet and a way of working around", off=0.0),
    shadow_support=Param(0.2, "run work that it makes in time, per person-day of the item's size", "person-days a person-day", 0.05, 0.5,
                         "assumption: somebody has to keep it alive, swept", off=0.0),
    support_days=Param(240.0, "days within which two thirds of that run work come", "days", 120, 480, "assumption: a year", minimum=1,
                       maximum=1e9),
    shadow_duplicate=Param(0.3, "how often the real one is asked for all the same", "probability", 0.1, 0.6, "assumption: swept", off=0.0,
                           maximum=1),
)  # fmt: skip


@jit
def shadow_probability(hazard, trust):
    """Probability that a unit builds around an item at one look.

    >>> shadow_probability(0.4, 0.5), shadow_probability(0.4, 1.0)
    (0.1, 0.0)
    """
    return hazard * (1.0 - trust) * (1.0 - trust)


@jit
def support_due(days, support_days):
    """Share of the run work still to come that comes within `days`.

    >>> support_due(0.0, 240.0)
    0.0
    """
    return 1.0 - math.exp(-days / support_days)


@jit_apart
def build_around(w, item, day, again):
    """A unit builds around an item; `again` says whether the real one is asked for all the same."""
    p = w.p[0]
    firm = w.firm[0]
    row = w.items[item]
    unit = w.units[row.unit]
    effort = p.shadow_effort * row.size
    row.shadowed_on = day
    row.valued = day
    before = level(row)
    row.stopgap = p.shadow_value * (1.0 - p.digital_intensity) * row.worth_share
    row.fit = unit.fit
    note_level(w, item, before, day)
    unit.shadow_backlog += effort
    w.homes[row.home].support_owed += p.shadow_support * row.size
    if day >= firm.counting_from:
        firm.spend_business += effort * p.wage
        firm.shadow_work += effort
        firm.duplicated_work += effort if again else 0.0
    if not again:
        drop(w, item, day, SHADOWED)


@jit_apart
def look(w, day):
    """Once in a while: units build around what waits and whose home they do not trust; what was built is supported."""
    p = w.p[0]
    firm = w.firm[0]
    key = day_key(firm.seed, SHADOW, day)
    for place in range(firm.open_count):
        item = w.open_items[place]
        row = w.items[item]
        asked_for = row.kind == CHANGE and is_unbegun(row) and row.stage != OTHER_TEAM  # agreements are sought: it is under way
        if asked_for and row.shadowed_on < 0 and day - row.raised > p.shadow_wait:
            luck = entity_key(key, row.key)
            if uniform(luck, 0) < shadow_probability(p.shadow_hazard, w.ties[row.unit, row.home].trust):
                build_around(w, item, day, uniform(luck, 1) < p.shadow_duplicate)
                # Nobody looks at it: what is regulated may break a rule, as anything that nobody looked at.
                if uniform(luck, 2) < p.regulatory_load * p.breach_probability and day >= firm.counting_from:
                    firm.breaches += 1
                    firm.spend_breaches += p.breach_cost
    due = support_due(p.look_interval, p.support_days)
    for home in range(len(w.homes)):
        work = due * w.homes[home].support_owed
        if work > 0.0:
            w.homes[home].support_owed -= work
            give_run_work(w, home, work)
