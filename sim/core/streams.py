"""Counter-based random streams: a draw is a pure function of (seed, stream, entity, day, number).

    key  = mix(mix(mix(seed, stream), day), entity)
    draw = mix(key, number)

`mix` adds a multiple of the golden ratio and applies the finaliser of SplitMix64 (Steele, Lea & Flood
2014, OOPSLA, figure 15, variant 13 of Stafford), nested once a level. No generator has a state: demand,
the market and reality's turnover are the same under every design with the same seed, a new mechanism
shifts nobody else's draws, and a run does not depend on who ran it. [steele2014]

A stream has one shape: its entities hang under days or under the stream itself, never both, since day 5 and
entity 5 of one stream are the same key. Seeds, days, entities and numbers are whole and not negative.

Usage inside a rule:  `key = day_key(seed, DEMAND, day)`, then `uniform(entity_key(key, unit), number)`.
"""

from __future__ import annotations

import math
from types import MappingProxyType

import numpy as np

from sim.core.jit import jit, jit_apart, jit_wrapping

# Streams: a name and what is drawn from it. Numbers are never reused, or old seeds would change meaning.
CALENDAR = 1  #: phases of board, funding, trains and fiscal year, once a run
DEMAND_RATE = 2  #: monthly factors of demand, per unit and shared
DEMAND_COUNT = 3  #: number of items raised, per unit and day
DEMAND_ITEM = 4  #: what an item is, per item
RUN_WORK = 5  #: run work that arrives, per unit and day
ITEM_LUCK = 7  #: an item's own uniform numbers for gates (funding, review, intent), per item
ROUTE = 8  #: which other home is seen, per item
HELP = 9  #: whether and where an idle team helps, per team and day
REALITY = 10  #: first state and turnover of reality, per dimension
BELIEF = 11  #: first beliefs of teams, per team and dimension
LEARN_CODE = 12  #: teams' socialisation and the code's learning, per team or dimension
LEARN_PEER = 13  #: whom a team meets and what it takes over, per team
TURNOVER = 14  #: people who leave, per team
ACTION = 15  #: what a team does where it holds no belief, per team and dimension
EXPERIMENT = 16  #: ideas, success, size and value, per team
RELEASE = 17  #: failed changes, per unit
QUALITY = 18  #: how intent is missed and found, per item
AGREEMENT = 19  #: components touched, whose they are and how agreements go, per item
REVIEW_STREAM = 20  #: whether an item is reviewed, regulated and guarded, per item
BREACH = 21  #: luck of regulated items that nobody looked at, per item
SHADOW = 22  #: what units build around what waits, per item and day
DEBT = 24  #: how far an item strays from the principles, per item
ATTRITION = 25  #: vacancies at first, who is hired and a newcomer's beliefs, per team
ESCALATION = 26  #: whether a late item goes up to its unit's leader, per item
ARCHITECTURE = 27  #: who searches the architecture and what is tried, reshuffles, per unit and day
ARCHITECTURE_VALUE = 28  #: first choices, what they depend on and what they contribute, two entities a choice
MOVE = 29  #: whose beliefs a regrouped team keeps, which work changes its home, who is hired to lead, per team, item or leader
UNIT_VALUE = 30  #: how much a unit's items are worth beside the others', per unit, once a run
UNIT_DEMAND = 31  #: how much a unit asks for beside the others, per unit, once a run

STREAMS = MappingProxyType({name: number for name, number in globals().items() if name.isupper() and isinstance(number, int)})
"""Every stream's number by its name, read-only."""

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S12 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(12)
_ONE = np.uint64(1)
_TO_UNIT = 1.0 / 4503599627370496.0  # 2^-52
_HALF_STEP = 0.5 * _TO_UNIT  # 2^-53: the spacing of doubles in [0.5, 1), so that every value below is exact


@jit_wrapping
def mix(key, number):
    """Next level of a key, or the 64 random bits of draw `number` under `key`.

    >>> int(mix(0, 0)) == 0xE220A8397B1DCDAF  # first output of SplitMix64 seeded with 0
    True
    """
    z = np.uint64(key) + (np.uint64(number) + _ONE) * _GOLDEN
    z = (z ^ (z >> _S30)) * _FIRST
    z = (z ^ (z >> _S27)) * _SECOND
    return z ^ (z >> _S31)


# Keys are signed: a compiled function hands Python a plain integer, which comes back in as a signed one.


@jit
def stream_key(seed, stream):
    """Key of one stream of one run, for draws made once a run."""
    return np.int64(mix(mix(0, seed), stream))


@jit
def day_key(seed, stream, day):
    """Key of one stream on one day; `day` counts from 0 (the warm-up included)."""
    return np.int64(mix(stream_key(seed, stream), day))


@jit
def entity_key(key, entity):
    """Key of one entity (team, unit, item) under a day's or a stream's key."""
    return np.int64(mix(key, entity))


@jit
def uniform(key, number):
    """Uniform on the open interval (0, 1): the 2^52 midpoints (k + 1/2) / 2^52, never 0 or 1.

    One bit less than a double could hold, since with 53 the half step is rounded away above 1/2, and up to 1.
    """
    return np.float64(mix(key, number) >> _S12) * _TO_UNIT + _HALF_STEP


@jit
def exponential(key, number, mean):
    """Exponential with the given mean, by inversion."""
    return -mean * math.log(uniform(key, number))


@jit
def _rational(x, a0, a1, a2, a3, a4, a5, a6, a7, b1, b2, b3, b4, b5, b6, b7):
    """The ratio of two polynomials of degree 7 that AS241 is made of."""
    above = ((((((a7 * x + a6) * x + a5) * x + a4) * x + a3) * x + a2) * x + a1) * x + a0
    below = ((((((b7 * x + b6) * x + b5) * x + b4) * x + b3) * x + b2) * x + b1) * x + 1.0
    return above / below


@jit_apart
def inverse_normal(p):
    """Quantile of the standard normal at p in (0, 1), to about 1e-15: AS241, routine PPND16 [wichura1988].

    >>> round(inverse_normal(0.975), 6)
    1.959964
    """
    q = p - 0.5
    if abs(q) <= 0.425:
        return q * _rational(
            0.180625 - q * q,
            3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
            4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
            4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
            3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
        )  # fmt: skip
    tail = p if q < 0.0 else 1.0 - p
    r = math.sqrt(-math.log(tail))
    if r <= 5.0:
        value = _rational(
            r - 1.6,
            1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
            1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
            2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
            1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
        )  # fmt: skip
    else:
        value = _rational(
            r - 5.0,
            6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
            2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
            5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
            1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
        )  # fmt: skip
    return value if q > 0.0 else -value


@jit
def normal(key, number):
    """Standard normal, by inversion."""
    return inverse_normal(uniform(key, number))


@jit_apart
def lognormal(key, number, median, log_sd):
    """Lognormal with the given median and standard deviation of its logarithm."""
    return median * math.exp(log_sd * normal(key, number))


@jit_apart
def pareto_tailed(key, number, median, log_sd, tail_share, tail_index):
    """Lognormal body, Pareto tail: above the body's quantile 1 − tail_share the survival falls as x^(−tail_index).

    Continuous at the joint; tail_share in [0, 1), and 0 gives the lognormal.
    """
    u = uniform(key, number)
    if 1.0 - u < tail_share:
        joint = median * math.exp(log_sd * inverse_normal(1.0 - tail_share))
        return joint * math.exp(-math.log((1.0 - u) / tail_share) / tail_index)
    return median * math.exp(log_sd * inverse_normal(u))


@jit_apart
def poisson(key, rate):
    """Poisson count with mean `rate` (finite, at least 0), by inversion; takes numbers 0, 1, … of `key`, which must be its own.

    A large rate is cut into pieces of at most 16, whose sum is Poisson again, so nothing underflows. Time grows
    with the rate.
    """
    total = 0
    number = 0
    left = rate
    while left > 0.0:
        piece = min(left, 16.0)
        left -= piece
        u = uniform(key, number)
        number += 1
        probability = math.exp(-piece)
        cumulated = probability
        count = 0
        while u > cumulated:
            count += 1
            probability *= piece / count
            further = cumulated + probability
            if further == cumulated:  # what is left of the tail is below rounding
                break
            cumulated = further
        total += count
    return total


@jit
def choice(key, number, size):
    """A whole number from 0 to size − 1, each equally likely."""
    return min(int(uniform(key, number) * size), size - 1)
