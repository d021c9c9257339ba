"""Beliefs: vectors of −1, 0, +1 kept as two planes of bits, believed +1 and believed −1, and how they are compared."""

from __future__ import annotations

import numpy as np

from sim.core.jit import jit, jit_apart
from sim.core.streams import choice
from sim.model.fields.field import WORDS

_ONE = np.uint64(1)
_ZERO = np.uint64(0)
_63 = np.uint64(63)
_M1, _M2, _M4 = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333), np.uint64(0x0F0F0F0F0F0F0F0F)
_S1, _S2, _S4, _S8, _S16, _S32 = np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(8), np.uint64(16), np.uint64(32)
_7F = np.uint64(0x7F)


@jit
def bits_set(word):
    """How many bits of a 64-bit word are set.

    >>> int(bits_set(np.uint64(0b1011)))
    3
    """
    x = word - ((word >> _S1) & _M1)
    x = (x & _M2) + ((x >> _S2) & _M2)
    x = (x + (x >> _S4)) & _M4
    x = x + (x >> _S8)
    x = x + (x >> _S16)
    x = x + (x >> _S32)
    return np.int64(x & _7F)


@jit
def bit(dimension):
    """The bit of a dimension within its word."""
    return _ONE << (np.uint64(dimension) & _63)


@jit
def is_set(plane, dimension):
    """Whether a dimension's bit is set in a plane of WORDS words."""
    return (plane[dimension >> 6] & bit(dimension)) != _ZERO


@jit
def put(plane, dimension, value):
    """Set or clear a dimension's bit."""
    word = dimension >> 6
    if value:
        plane[word] = plane[word] | bit(dimension)
    else:
        plane[word] = plane[word] & ~bit(dimension)


@jit
def believe(row, dimension, value):
    """Let a team hold +1, 0 or −1 on a dimension."""
    put(row.believed, dimension, value > 0)
    put(row.disbelieved, dimension, value < 0)


@jit
def hold_fresh(w, team, dimension, key):
    """A newcomer's belief: −1, 0 or +1, equally likely."""
    believe(w.teams[team], dimension, choice(key, dimension, 3) - 1)


@jit
def belief_of(row, dimension):
    """What a team holds on a dimension: +1, 0 or −1."""
    if is_set(row.believed, dimension):
        return 1
    if is_set(row.disbelieved, dimension):
        return -1
    return 0


@jit
def knows(w, team, dimension):
    """Whether a team's belief on a dimension agrees with reality."""
    held = belief_of(w.teams[team], dimension)
    if is_set(w.firm[0].reality, dimension):
        return held > 0
    return held < 0


@jit_apart
def score(w, plus, minus):
    """What holding `plus` and `minus` (planes of bits) scores against reality, by blocks of payoff_block dimensions."""
    firm = w.firm[0]
    if w.p[0].payoff_block > 1.0:
        return score_in_blocks(w, plus, minus)
    net = 0
    for word in range(WORDS):
        true = firm.reality[word] & firm.mask[word]
        false = ~firm.reality[word] & firm.mask[word]
        net += bits_set(plus[word] & true) + bits_set(minus[word] & false)
        net -= bits_set(plus[word] & false) + bits_set(minus[word] & true)
    return np.float64(net)


@jit_apart
def score_in_blocks(w, plus, minus):
    """`score` where dimensions pay together: each block of neighbours for all of its dimensions, or against all."""
    reality = w.firm[0].reality
    dimensions = int(w.p[0].belief_dimensions)
    block = int(w.p[0].payoff_block)
    net = 0
    for first in range(0, dimensions, block):
        last = min(first + block, dimensions)
        right = 0
        wrong = 0
        for dimension in range(first, last):
            up = is_set(plus, dimension)
            if up or is_set(minus, dimension):
                if up == is_set(reality, dimension):
                    right += 1
                else:
                    wrong += 1
        if wrong > 0:
            net -= last - first
        elif right == last - first:
            net += right
    return np.float64(net)


@jit_apart
def right_in(firm, row, mask):
    """How many of a team's beliefs under a mask agree with reality."""
    right = 0
    for word in range(WORDS):
        true = firm.reality[word]
        right += bits_set(((row.believed[word] & true) | (row.disbelieved[word] & ~true)) & mask[word])
    return right


@jit_apart
def share_right(w, team, first, kind):
    """Share of right beliefs on the dimensions that an item touches: `touched` ones from `first` on, round the kind's half.

    kind  0 for the market (first half of the dimensions), 1 for technology (second half)
    """
    p = w.p[0]
    half = int(p.belief_dimensions) // 2
    touched = min(int(p.touched), half)
    right = 0
    for step in range(touched):
        dimension = kind * half + (first - kind * half + step) % half
        if knows(w, team, dimension):
            right += 1
    return right / touched


@jit
def reality_of(w, row):
    """Reality of the two beliefs an idea rests on, as one number: market + 2 · technology."""
    firm = w.firm[0]
    market = 1 if is_set(firm.reality, row.market_belief) else 0
    technology = 2 if is_set(firm.reality, row.tech_belief) else 0
    return market + technology
