"""Route: an item joins the home queue that promises to lose least of its worth, among those it can reach.

    expected loss = days + heed · half_life · log2(1 / understood)
    days          = until the home's holders of what most of the item needs have done what they have and the item
                  + wait for the liaison

days        their load ÷ their part of the home's pace (days_until in sim/model/homes.py)             [days]
wait        items before the liaison ÷ its capacity for the unit                                      [days]
understood  share of the intent that would arrive there today (translate)                             [0, 1]
half_life   value_half_life: what is half understood has lost as much as what is live so much later   [days]

With heed at 1 the home is the one where value · understood · 2^(−days / half_life) is largest, which is what the firm earns; at 0
it is the shortest queue, whoever stands in it. Joining the shortest queue: Kleinrock (1975) [kleinrock1975]; that strangers lose
part of what is meant: translate.

Its own unit's home is reached directly, the pool through the unit's liaison, and one other unit's home with probability
self_organisation, at the price of less knowledge of the unit.
How much capacity sits where is the design's tech_embedding, so routing needs no coin.
Counter-force: one shared queue beats split queues, so a dispersed organisation idles here and queues there.
Prices: tech_embedding (split queues), self_organisation (unfamiliar help, in build). Off: other_units at 0 reaches no other unit;
heed at 0 looks at queues only.
"""

from __future__ import annotations

import math

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.core.streams import ROUTE, choice, day_key, entity_key, uniform
from sim.model.homes import days_until, main_specialism, take_on
from sim.model.intent import would_arrive
from sim.model.unit_factors import liaison_capacity

PARAMETERS = parameters(
    other_units=Param(1.0, "how far self-organisation opens other units' homes to an item", "share", 0.5, 1.0,
                      "assumption: whoever would help is asked", off=0.0),
    heed=Param(1.0, "how far who sends an item heeds what would be misunderstood there, beside how soon it would be done", "share",
               0.0, 1.0, "assumption: who wants something sends it where it is worth most; at 0 only queues count", off=0.0, minimum=0,
               maximum=1),
    smallest_home=Param(3.0, "people under whom a group joins a larger one", "people", 2, 5, "assumption: no team of one", minimum=0,
                        maximum=50),
    pace_floor=Param(0.05, "least pace a queue is judged by, per technologist", "person-days a day per person", 0.01, 0.10,
                     "assumption: a stalled home is expected to move again"),
)  # fmt: skip


@jit
def liaison_wait(w, unit):
    """Days an item of a unit would wait for its liaison; 0 where it has none."""
    liaison = w.units[unit].liaison
    if liaison < 0:
        return 0.0
    return w.lines[w.liaisons[liaison].line].count / liaison_capacity(w, liaison)


@jit
def loss_in_days(days, half_life, heed, understood):
    """Days that an item is expected to lose at a home: until it is done, and those in which as much value fades as is not understood.

    >>> loss_in_days(10.0, 480.0, 1.0, 1.0), loss_in_days(10.0, 480.0, 1.0, 0.5), loss_in_days(10.0, 480.0, 0.0, 0.5)
    (10.0, 490.0, 10.0)
    """
    return days - heed * half_life * math.log2(max(understood, 1e-9))


@jit_apart
def expected_loss(w, item, home, wait, day):
    """What an item would lose at a home behind a wait of so many days; infinite where nobody there can begin on it."""
    row = w.items[item]
    specialism = main_specialism(row)
    if w.homes[home].builds == 0 or w.homes[home].holders[specialism] == 0:
        return math.inf
    p = w.p[0]
    days = days_until(w, home, specialism, row.size) + wait
    return loss_in_days(days, p.value_half_life, p.heed, would_arrive(w, row.unit, home, day))


@jit_apart
def best_home(w, item, day):
    """The reachable home with the least expected loss; ties go to the first in the order of the docstring."""
    row = w.items[item]
    unit = row.unit
    units = len(w.units)
    best = w.units[unit].provider[main_specialism(row)]
    least = expected_loss(w, item, unit, 0.0, day)
    if least < math.inf:
        best = unit
    wait = liaison_wait(w, unit)
    for home in range(units, len(w.homes)):
        loss = expected_loss(w, item, home, wait, day)
        if loss < least:
            best, least = home, loss
    key = entity_key(day_key(w.firm[0].seed, ROUTE, day), row.key)
    if units > 1 and uniform(key, 0) < w.p[1 + unit].self_organisation * w.p[0].other_units:
        other = (unit + 1 + choice(key, 1, units - 1)) % units
        if expected_loss(w, item, other, wait, day) < least:
            best = other
    return best


@jit
def act(w, item, day):
    """Choose the home of an item that has just been raised."""
    take_on(w, item, best_home(w, item, day))
