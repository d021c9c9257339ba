"""What a draw costs, against NumPy's PCG64 and Numba's own generator in the same compiled loop.

Ours are drawn by inversion and can be asked for in any order; theirs have a state and take the quickest method
for each distribution, so a ratio above 1 is the price of pairing, and below 1 there is none.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numba
import numpy as np

from benchmarks.rows import Row
from sim.core import streams

DRAWS = 1_000_000
ROUNDS = 9
RATE = 0.2

Loop = Callable[[int], float]

compiled = numba.njit(nogil=True, error_model="numpy")


@compiled
def _our_uniform(key, count):
    total = 0.0
    for number in range(count):
        total += streams.uniform(key, number)
    return total


@compiled
def _our_uniform_of_an_entity(key, count):
    total = 0.0
    for entity in range(count):
        total += streams.uniform(streams.entity_key(key, entity), 0)
    return total


@compiled
def _our_exponential(key, count):
    total = 0.0
    for number in range(count):
        total += streams.exponential(key, number, 1.0)
    return total


@compiled
def _our_normal(key, count):
    total = 0.0
    for number in range(count):
        total += streams.normal(key, number)
    return total


@compiled
def _our_poisson(key, count):
    total = 0.0
    for entity in range(count):
        total += streams.poisson(streams.entity_key(key, entity), RATE)
    return total


@compiled
def _pcg64_uniform(generator, count):
    total = 0.0
    for _ in range(count):
        total += generator.random()
    return total


@compiled
def _pcg64_exponential(generator, count):
    total = 0.0
    for _ in range(count):
        total += generator.standard_exponential()
    return total


@compiled
def _pcg64_normal(generator, count):
    total = 0.0
    for _ in range(count):
        total += generator.standard_normal()
    return total


@compiled
def _pcg64_poisson(generator, count):
    total = 0.0
    for _ in range(count):
        total += generator.poisson(RATE)
    return total


@compiled
def _numba_uniform(count):
    total = 0.0
    for _ in range(count):
        total += np.random.random()
    return total


def _given(loop: Callable[..., float], first: Any) -> Loop:
    return lambda count: loop(first, count)


def _pairs() -> dict[str, tuple[Loop, Loop]]:
    """Each comparison: ours, theirs."""
    key = streams.day_key(1, streams.DEMAND_ITEM, 0)
    generator = np.random.Generator(np.random.PCG64(1))
    pcg64_uniform = _given(_pcg64_uniform, generator)
    return {
        "uniform to PCG64": (_given(_our_uniform, key), pcg64_uniform),
        "uniform to Numba's own": (_given(_our_uniform, key), _numba_uniform),
        "uniform of an entity to PCG64": (_given(_our_uniform_of_an_entity, key), pcg64_uniform),
        "exponential to PCG64": (_given(_our_exponential, key), _given(_pcg64_exponential, generator)),
        "normal to PCG64": (_given(_our_normal, key), _given(_pcg64_normal, generator)),
        "Poisson(0.2) to PCG64": (_given(_our_poisson, key), _given(_pcg64_poisson, generator)),
    }


def _seconds(loop: Loop) -> float:
    start = time.perf_counter()
    loop(DRAWS)
    return time.perf_counter() - start


def timings() -> dict[str, list[tuple[float, float]]]:
    """Seconds of DRAWS draws, (ours, theirs), by comparison; rounds alternate, so that both meet the same disturbances."""
    pairs = _pairs()
    for ours, theirs in pairs.values():
        ours(10)
        theirs(10)
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in pairs}
    for _ in range(ROUNDS):
        for name, (ours, theirs) in pairs.items():
            taken[name].append((_seconds(ours), _seconds(theirs)))
    return taken


def ratios() -> dict[str, list[float]]:
    """Time of a draw of ours over that of theirs, one a round, by comparison."""
    return {name: [ours / theirs for ours, theirs in rounds] for name, rounds in timings().items()}


def measure() -> list[Row]:
    """Each comparison as a row; a uniform of ours costs less than PCG64's."""
    return [
        Row(f"a draw of ours ÷ theirs, {name.replace(' to ', ' ÷ ')}", found, at_most=1.0 if name == "uniform to PCG64" else None)
        for name, found in ratios().items()
    ]
