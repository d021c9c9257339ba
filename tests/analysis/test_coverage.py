"""Intervals hold what they promise: all true differences at once, in at least 94 of 100 experiments."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.simultaneous import half_widths, largest_t_quantile, sidak_quantile
from sim.analysis.superiority import wilson_interval


def coverage(kind: str, replicates: int, columns: int, correlation: float, experiments: int, seed: int) -> float:
    """Share of experiments in which every column's interval holds its true mean."""
    rng = np.random.default_rng(seed)
    held = 0
    for _ in range(experiments):
        common, own = rng.standard_normal((2, replicates, 1)), rng.standard_normal((2, replicates, columns))
        normal = np.sqrt(correlation) * common + np.sqrt(1.0 - correlation) * own
        if kind == "normal":
            gaps, true = normal[1] - normal[0], 0.0
        else:
            gaps, true = np.exp(0.5 * normal[1]) - np.exp(0.3 * normal[0]), np.exp(0.125) - np.exp(0.045)
        held += bool((np.abs(gaps.mean(axis=0) - true) <= half_widths(gaps)).all())
    return held / experiments


@pytest.mark.parametrize("correlation", [0.0, 0.6])
@pytest.mark.parametrize("kind", ["normal", "lognormal"])
def test_intervals_hold_all_differences_at_once(kind, correlation):
    """With 400 experiments the share seen is within 0.025 of the true one (2.3 standard errors of 0.95)."""
    assert coverage(kind, 60, 10, correlation, 400, seed=11) >= 0.94 - 0.025


@pytest.mark.slow
@pytest.mark.parametrize(("replicates", "correlation"), [(8, 0.6), (20, 0.0), (60, 0.6), (200, 0.0)])
def test_intervals_hold_normal_differences_at_once_whatever_the_number_of_pairs(replicates, correlation):
    assert coverage("normal", replicates, 30, correlation, 1500, seed=12) >= 0.94


@pytest.mark.slow
@pytest.mark.parametrize(("replicates", "correlation"), [(60, 0.0), (200, 0.6)])
def test_intervals_hold_skewed_differences_at_once(replicates, correlation):
    assert coverage("lognormal", replicates, 30, correlation, 1500, seed=13) >= 0.94


def test_one_comparison_needs_no_more_than_students_t():
    """Student's t at 97.5 % with 10 degrees of freedom is 2.228 (any table)."""
    assert sidak_quantile(0.95, 1, np.array(10.0)) == pytest.approx(2.228, abs=5e-4)


def test_many_independent_comparisons_need_the_quantile_of_the_largest():
    """P(max |z| of 20 < c) = 0.95 at c = 3.016: Φ(c) = (1 + 0.95^(1/20)) / 2."""
    normal = np.random.default_rng(1).standard_normal((2000, 20))
    assert largest_t_quantile(normal, 0.95) == pytest.approx(3.016, abs=0.15)


@pytest.mark.parametrize("pairs", [1, 2, 5])
def test_an_event_as_rare_as_a_few_pairs_does_not_widen_the_other_intervals(pairs):
    """Without those pairs a drawn sample has no spread; Šidák's quantile for 10 columns and 39 degrees of freedom is 2.97."""
    gaps = np.random.default_rng(5).standard_normal((40, 10))
    gaps[:, 0] = np.where(np.arange(40) < pairs, -0.3, 0.0)
    in_errors = half_widths(gaps) / (gaps.std(axis=0, ddof=1) / np.sqrt(40))
    assert float(sidak_quantile(0.95, 10, np.array(39.0))) == pytest.approx(2.97, abs=0.01)
    assert in_errors[0] == pytest.approx(2.97, abs=0.01)
    assert (in_errors < 4.0).all()


def test_wilson_interval_of_nothing_but_successes():
    """With all of n trials successful the lower end is n / (n + z²): 10 / 13.8415 for ten."""
    low, high = wilson_interval(1.0, 10)
    assert low == pytest.approx(10.0 / 13.8415, abs=1e-4)
    assert high == pytest.approx(1.0)
