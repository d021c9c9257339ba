"""Draws in bulk for the tests of the streams, and how far a count or a moment may lie from its formula."""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from sim.core import streams
from sim.core.jit import jit_allocating

CHANCE = 1e-6
"""A test whose hypothesis is true fails for one seed in a million; the seeds are fixed, so it never flakes."""

FAR = float(stats.norm.isf(CHANCE / 2))
"""The same as a number of standard errors, two-sided: 4.9."""

AXES = ("seed", "stream", "day", "entity", "number")
PLACE = {"seed": 20, "stream": streams.RUN_WORK, "day": 300, "entity": 7, "number": 2}


@jit_allocating
def _uniforms(seed, stream, day, entity, number):
    drawn = np.empty(seed.size)
    for i in range(seed.size):
        key = streams.entity_key(streams.day_key(seed[i], stream[i], day[i]), entity[i])
        drawn[i] = streams.uniform(key, number[i])
    return drawn


@jit_allocating
def _bits(seed, stream, day, entity, number):
    drawn = np.empty(seed.size, np.uint64)
    for i in range(seed.size):
        key = streams.entity_key(streams.day_key(seed[i], stream[i], day[i]), entity[i])
        drawn[i] = streams.mix(key, number[i])
    return drawn


def _flat(axes: dict[str, np.ndarray]) -> tuple[tuple[np.ndarray, ...], tuple[int, ...]]:
    arrays = np.broadcast_arrays(*(np.asarray(axes.get(axis, PLACE[axis]), np.int64) for axis in AXES))
    return tuple(np.ascontiguousarray(array).ravel() for array in arrays), arrays[0].shape


def uniforms(**axes: np.ndarray) -> np.ndarray:
    """One uniform for each place; axes left out stay at PLACE, the rest broadcast."""
    arrays, shape = _flat(axes)
    return _uniforms(*arrays).reshape(shape)


def bits(**axes: np.ndarray) -> np.ndarray:
    """The 64 bits behind each uniform, as `uniforms`."""
    arrays, shape = _flat(axes)
    return _bits(*arrays).reshape(shape)


def along(axis: str, count: int) -> np.ndarray:
    """`count` uniforms that differ in one axis only, by one from each to the next."""
    return uniforms(**{axis: np.arange(count)})


def assert_counts(counts: np.ndarray, expected: np.ndarray | float) -> None:
    """Counts agree with what is expected of them by Pearson's chi²; sums agree, so one degree of freedom less."""
    expected = np.broadcast_to(expected, counts.shape)
    chi2 = float(((counts - expected) ** 2 / expected).sum())
    p = float(stats.chi2.sf(chi2, counts.size - 1))
    assert CHANCE < p < 1 - CHANCE, f"chi² {chi2:.1f} on {counts.size - 1} degrees of freedom, p = {p:.2g}"


def assert_moments(drawn: np.ndarray, mean: float, variance: float, fourth: float) -> None:
    """Mean and variance lie within FAR standard errors of their formulas; `fourth` is the fourth central moment."""
    from_mean = (drawn.mean() - mean) / math.sqrt(variance / drawn.size)
    from_variance = (((drawn - mean) ** 2).mean() - variance) / math.sqrt((fourth - variance**2) / drawn.size)
    assert abs(from_mean) < FAR, f"the mean {drawn.mean()} is {from_mean:.1f} standard errors from {mean}"
    assert abs(from_variance) < FAR, f"the variance is {from_variance:.1f} standard errors from {variance}"


def assert_uncorrelated(first: np.ndarray, second: np.ndarray) -> None:
    """The correlation of two arrays of draws lies within FAR / √n of zero."""
    r = float(np.corrcoef(first.ravel(), second.ravel())[0, 1])
    assert abs(r) * math.sqrt(first.size) < FAR, f"correlation {r:.5f} over {first.size} pairs"
