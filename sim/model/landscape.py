"""Landscape: what the choices of the firm's business architecture contribute, and which of them hang together.

The equations stand in `sim.model.mechanisms.architect`, which searches it.
"""

from __future__ import annotations

import math

from sim.core.jit import jit, jit_apart
from sim.core.streams import ARCHITECTURE_VALUE, choice, entity_key, stream_key, uniform


@jit
def links_outside(expected, outside, u):
    """Whole number of outside choices that a choice depends on, `expected` on average where there are so many; u uniform on (0, 1).

    >>> links_outside(1.25, 9, 0.5), links_outside(1.25, 9, 0.8), links_outside(4.0, 3, 0.5)
    (1, 2, 3)
    """
    return int(min(float(outside), math.floor(expected + u)))


@jit
def linked(who, rank, many, outside):
    """Which of the `outside` choices stands at `rank` among the `many` that a choice depends on: drawn once, no two the same.

    who  the choice's own key
    The outside choices, from a drawn one on around, are cut into `many` stretches of nearly equal length, and each gives one.
    """
    low = int(rank * outside / many)
    high = int((rank + 1) * outside / many)
    place = choice(who, 2, outside) + low + choice(who, 3 + rank, high - low)
    return place if place < outside else place - outside


@jit
def own_key(w, number):
    """A choice's own key, which draws what it depends on; choices are numbered unit by unit."""
    return entity_key(stream_key(w.firm[0].seed, ARCHITECTURE_VALUE), 2 * number)


@jit
def links_of(w, who, outside):
    """On how many of the choices outside its unit a choice depends."""
    p = w.p[0]
    return links_outside(p.architecture_reach * p.coupling, outside, uniform(who, 1))


@jit
def number_linked(who, rank, many, first, own, outside):
    """Number of the choice that stands at `rank` among those that a choice depends on, where its unit's are `own` from `first` on."""
    other = linked(who, rank, many, outside)
    return other if other < first else other + own


@jit
def contribution(w, unit, place):
    """What a unit's choice contributes as things stand: uniform on (0, 1) over landscapes."""
    own = int(w.p[0].choices_per_unit)
    first = unit * own
    outside = own * (len(w.units) - 1)
    who = own_key(w, first + place)
    worth = entity_key(stream_key(w.firm[0].seed, ARCHITECTURE_VALUE), 2 * (first + place) + 1)
    worth = entity_key(entity_key(worth, w.units[unit].epochs[place]), w.units[unit].choices)
    many = links_of(w, who, outside)
    for rank in range(many):
        other = number_linked(who, rank, many, first, own, outside)
        there = int(other / own)  # whole numbers' own division takes the compiled code three times as long
        worth = entity_key(worth, (w.units[there].choices >> (other - there * own)) & 1)
    return uniform(worth, 0)


@jit_apart
def own_sum(w, unit):
    """Sum of what a unit's own choices contribute as things stand."""
    total = 0.0
    for place in range(int(w.p[0].choices_per_unit)):
        total += contribution(w, unit, place)
    return total


@jit_apart
def whole_sum(w):
    """Sum of what all choices of the firm contribute as things stand."""
    total = 0.0
    for unit in range(len(w.units)):
        total += own_sum(w, unit)
    return total


@jit_apart
def list_dependents(w):
    """List for every choice the units with a choice that depends on it: only their parts change with it."""
    own = int(w.p[0].choices_per_unit)
    outside = own * (len(w.units) - 1)
    before = w.dependents_before
    for listing in range(2):  # count them first, then put each in its place
        for number in range(own * len(w.units)):
            unit = number // own
            who = own_key(w, number)
            many = links_of(w, who, outside)
            for rank in range(many):
                other = number_linked(who, rank, many, unit * own, own, outside)
                if listing > 0:
                    w.dependents[before[other]] = unit
                before[other] += 1
        place = 0
        for number in range(own * len(w.units)):
            # Counts become first places, and those, once they have moved on to the end, first places again.
            count = before[number] - place if listing > 0 else before[number]
            before[number] = place
            place += count
        before[own * len(w.units)] = place
