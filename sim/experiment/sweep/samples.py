"""Samples: from what is varied and how to the points of a plan.

Latin hypercube: McKay, Beckman & Conover (1979). Sobol sequence, scrambled: Owen (1998). Trajectories: Morris (1991). Blocks for
Sobol indices: Saltelli et al. (2010), without those for second-order indices. SciPy and SALib draw them.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np

from sim.core.errors import InputError
from sim.scenario.factors import Factor, Value
from sim.scenario.sweep import GRID, LATIN, LIST, MORRIS, SALTELLI, SOBOL, Sample, Sweep
from sim.scenario.sweep_file import MOST_POINTS


def count_points(sample: Sample, factors: Sequence[Factor]) -> int:
    """How many points a sample has, without drawing them."""
    width = len(factors)
    if sample.kind == GRID:
        return int(np.prod([len(factor.grid(sample.levels)) for factor in factors], dtype=object)) if factors else 1
    return {LIST: len(sample.rows), LATIN: sample.points, SOBOL: sample.points, MORRIS: sample.points * (width + 1),
            SALTELLI: sample.points * (width + 2)}[sample.kind]  # fmt: skip


def points_of(sweep: Sweep) -> np.ndarray:
    """Points of a sweep, (N, K) float64: values of numbers, places in `values` of what is chosen among texts.

    Raises InputError where there are more than can be kept in mind.
    """
    sample, factors = sweep.sample, sweep.factors
    count = count_points(sample, factors)
    if count > MOST_POINTS:
        raise InputError(sweep.name, f"has {count:,} points", f"at most {MOST_POINTS:,}", "fewer levels, or a sample instead of a grid")
    if sample.kind == LIST:
        rows: Sequence[Sequence[Value]] = sample.rows
    elif sample.kind == GRID:
        rows = list(itertools.product(*(factor.grid(sample.levels) for factor in factors)))
    else:
        return from_shares(shares(sample, len(factors), sweep.seed), factors)
    return np.array([[_coded(value, factor) for value, factor in zip(row, factors, strict=True)] for row in rows],
                    np.float64).reshape(len(rows), len(factors))  # fmt: skip


def shares(sample: Sample, width: int, seed: int) -> np.ndarray:
    """Points in the unit cube, (N, K); order as the methods that evaluate them expect it.

    Needs a drawn sample: a grid and a list have values at once.
    """
    # Imported where they are needed: each brings half a second.
    if sample.kind == LATIN:
        from scipy.stats import qmc

        return np.asarray(qmc.LatinHypercube(width, rng=np.random.default_rng([seed, 1])).random(sample.points))
    if sample.kind == SOBOL:
        from scipy.stats import qmc

        return np.asarray(qmc.Sobol(width, rng=np.random.default_rng([seed, 2])).random(sample.points))
    problem = {"num_vars": width, "names": [str(place) for place in range(width)], "bounds": [[0.0, 1.0]] * width}
    if sample.kind == MORRIS:
        from SALib.sample import morris

        return np.asarray(morris.sample(problem, sample.points, num_levels=sample.levels, seed=seed % 2**32))
    from SALib.sample import sobol

    return np.asarray(sobol.sample(problem, sample.points, calc_second_order=False, seed=seed % 2**32))


def from_shares(unit: np.ndarray, factors: Sequence[Factor]) -> np.ndarray:
    """Points (N, K) from shares (N, K) of each factor's way."""
    columns = [[_coded(factor.value(float(share)), factor) for share in unit[:, place]] for place, factor in enumerate(factors)]
    return np.array(columns, np.float64).reshape(len(factors), len(unit)).T.copy()


def _coded(value: Value, factor: Factor) -> float:
    return float(value) if factor.is_number else float(factor.values.index(value))


def decoded(point: np.ndarray, factors: Sequence[Factor]) -> Mapping[str, Value]:
    """Path → value at one point (K,)."""
    return {
        factor.path: float(value) if factor.is_number else factor.values[int(value)] for factor, value in zip(factors, point, strict=True)
    }
