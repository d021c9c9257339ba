"""The simulator's streams in plain Python, for the twins that are written in it."""

from __future__ import annotations

import math

from sim.core.streams import inverse_normal  # compiled, so that drawing is not what makes these twins slow

DEMAND_RATE, DEMAND_COUNT, DEMAND_ITEM, HELP, RELEASE = 2, 3, 4, 9, 17
_WORD = 0xFFFFFFFFFFFFFFFF

def mix(key: int, number: int) -> int:
    """Next level of a key, or the 64 random bits of a draw."""
    z = (key + (number + 1) * 0x9E3779B97F4A7C15) & _WORD
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _WORD
    return z ^ (z >> 31)


def day_key(seed: int, stream: int, day: int) -> int:
    """Key of one stream on one day."""
    return mix(mix(mix(0, seed), stream), day)


def uniform(key: int, number: int) -> float:
    """Uniform on (0, 1)."""
    return (mix(key, number) >> 12) * 2.0**-52 + 2.0**-53


def choice(key: int, number: int, size: int) -> int:
    """A whole number from 0 to size − 1."""
    return min(int(uniform(key, number) * size), size - 1)


def normal(key: int, number: int) -> float:
    """Standard normal."""
    return inverse_normal(uniform(key, number))


def pareto_tailed(key: int, number: int, median: float, log_sd: float, tail_share: float, tail_index: float) -> float:
    """Lognormal body, Pareto tail."""
    u = uniform(key, number)
    if 1.0 - u < tail_share:
        joint = median * math.exp(log_sd * inverse_normal(1.0 - tail_share))
        return joint * math.exp(-math.log((1.0 - u) / tail_share) / tail_index)
    return median * math.exp(log_sd * inverse_normal(u))


def poisson(key: int, rate: float) -> int:
    """Poisson count by inversion; the slice's rates are far below 16, where ours would cut them into pieces."""
    u = uniform(key, 0)
    probability = cumulated = math.exp(-rate)
    count = 0
    while u > cumulated:
        count += 1
        probability *= rate / count
        cumulated += probability
    return count
