"""Route: an item joins the home queue that promises to be done with it first, among those it can reach.

    expected completion = days until the home's holders of what most of the item needs have done what they have and the item
                          + wait for the liaison

days      their load ÷ their part of the home's pace (days_until in sim/model/homes.py)         [days]
wait      items before the liaison ÷ its capacity for the unit                                  [days]

Its own unit's home is reached directly, the pool through the unit's liaison, and one other unit's home with probability
self_organisation, at the price of less knowledge of the unit. Joining the shortest queue: Kleinrock (1975) [kleinrock1975].
How much capacity sits where is the design's tech_embedding, so routing needs no coin.
Counter-force: one shared queue beats split queues, so a dispersed organisation idles here and queues there.
Prices: tech_embedding (split queues), self_organisation (unfamiliar help, in build). Off: other_units at 0 reaches no other unit.
"""

from __future__ import annotations

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.core.streams import ROUTE, choice, day_key, entity_key, uniform
from sim.model.homes import days_until, main_specialism, take_on
from sim.model.unit_factors import liaison_capacity

PARAMETERS = parameters(
    other_units=Param(1.0, "how far self-organisation opens other units' homes to an item", "share", 0.5, 1.0,
                      "assumption: whoever would help is asked", off=0.0),
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


@jit_apart
def best_home(w, item, day):
    """The reachable home with the shortest expected completion; ties go to the first in the order of the docstring."""
    p = w.p[0]
    row = w.items[item]
    unit = row.unit
    units = len(w.units)
    specialism = main_specialism(row)
    own = w.homes[unit]
    best = -1
    soonest = 0.0
    if own.builds > 0 and own.holders[specialism] > 0:
        best = unit
        soonest = days_until(w, unit, specialism, row.size)
    through = liaison_wait(w, unit)
    for home in range(units, len(w.homes)):
        if w.homes[home].builds > 0 and w.homes[home].holders[specialism] > 0:
            days = days_until(w, home, specialism, row.size) + through
            if best < 0 or days < soonest:
                best, soonest = home, days
    key = entity_key(day_key(w.firm[0].seed, ROUTE, day), row.key)
    if units > 1 and uniform(key, 0) < w.p[1 + unit].self_organisation * p.other_units:
        other = (unit + 1 + choice(key, 1, units - 1)) % units
        if w.homes[other].builds > 0 and w.homes[other].holders[specialism] > 0:
            days = days_until(w, other, specialism, row.size) + through
            if best < 0 or days < soonest:
                best, soonest = other, days
    if best < 0:
        best = w.units[unit].provider[specialism]
    return best


@jit
def act(w, item, day):
    """Choose the home of an item that has just been raised."""
    take_on(w, item, best_home(w, item, day))
