"""Distributions drawn by inversion have the moments, quantiles and probabilities of their formulas."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import special, stats

from sim.core import streams
from sim.core.jit import jit_allocating
from tests.core.draws import CHANCE, FAR, assert_counts, assert_moments

MANY = 1_000_000
KEY = streams.entity_key(streams.day_key(5, streams.DEMAND_ITEM, 40), 3)


@jit_allocating
def draw_uniform(key, count):
    drawn = np.empty(count)
    for number in range(count):
        drawn[number] = streams.uniform(key, number)
    return drawn


@jit_allocating
def draw_normal(key, count):
    drawn = np.empty(count)
    for number in range(count):
        drawn[number] = streams.normal(key, number)
    return drawn


@jit_allocating
def draw_exponential(key, count, mean):
    drawn = np.empty(count)
    for number in range(count):
        drawn[number] = streams.exponential(key, number, mean)
    return drawn


@jit_allocating
def draw_pareto_tailed(key, count, median, log_sd, tail_share, tail_index):
    drawn = np.empty(count)
    for number in range(count):
        drawn[number] = streams.pareto_tailed(key, number, median, log_sd, tail_share, tail_index)
    return drawn


@jit_allocating
def draw_lognormal(key, count, median, log_sd):
    drawn = np.empty(count)
    for number in range(count):
        drawn[number] = streams.lognormal(key, number, median, log_sd)
    return drawn


@jit_allocating
def draw_poisson(key, count, rate):
    """One count for each of `count` entities, since a Poisson draw takes several numbers."""
    drawn = np.empty(count, np.int64)
    for entity in range(count):
        drawn[entity] = streams.poisson(streams.entity_key(key, entity), rate)
    return drawn


@jit_allocating
def draw_choice(key, count, size):
    drawn = np.empty(count, np.int64)
    for number in range(count):
        drawn[number] = streams.choice(key, number, size)
    return drawn


@jit_allocating
def quantiles(p):
    found = np.empty(p.size)
    for i in range(p.size):
        found[i] = streams.inverse_normal(p[i])
    return found


def test_uniform_has_mean_a_half_and_variance_a_twelfth():
    assert_moments(draw_uniform(KEY, MANY), 1 / 2, 1 / 12, 1 / 80)


def test_normal_has_mean_0_variance_1_and_the_normal_shape():
    drawn = draw_normal(KEY, MANY)
    assert_moments(drawn, 0.0, 1.0, 3.0)
    assert stats.kstest(drawn, "norm").pvalue > CHANCE
    assert abs((drawn**3).mean()) < FAR * math.sqrt(15 / MANY)  # skewness 0, E z⁶ = 15
    assert abs((drawn**4).mean() - 3) < FAR * math.sqrt((105 - 9) / MANY)  # E z⁴ = 3, E z⁸ = 105


def test_exponential_has_its_mean_the_square_of_it_as_variance_and_no_memory():
    drawn = draw_exponential(KEY, MANY, 2.5)
    assert_moments(drawn, 2.5, 2.5**2, 9 * 2.5**4)
    assert stats.kstest(drawn, "expon", args=(0, 2.5)).pvalue > CHANCE


def test_lognormal_has_its_median_and_the_mean_of_the_formula():
    median, log_sd = 18.0, 0.5
    drawn = draw_lognormal(KEY, MANY, median, log_sd)
    w = math.exp(log_sd**2)
    variance = median**2 * w * (w - 1)
    excess = w**4 + 2 * w**3 + 3 * w**2 - 6
    assert_moments(drawn, median * math.sqrt(w), variance, (excess + 3) * variance**2)
    assert abs((drawn > median).mean() - 0.5) < FAR * 0.5 / math.sqrt(MANY)
    assert stats.kstest(np.log(drawn / median) / log_sd, "norm").pvalue > CHANCE


def test_pareto_tail_has_its_index_by_hill():
    drawn = np.sort(draw_pareto_tailed(KEY, MANY, 6.0, 1.0, 0.05, 2.0))
    top = 40_000  # of 50,000 in the tail
    index = 1.0 / np.log(drawn[-top:] / drawn[-top - 1]).mean()
    assert abs(index - 2.0) < FAR * 2.0 / math.sqrt(top)


def test_pareto_tailed_has_the_quantiles_of_its_two_pieces():
    median, log_sd, share, tail_index = 6.0, 1.0, 0.05, 2.0
    drawn = draw_pareto_tailed(KEY, MANY, median, log_sd, share, tail_index)
    joint = median * math.exp(log_sd * special.ndtri(1 - share))
    for above in (0.9, 0.5, 0.2, 0.051, 0.05, 0.049, 0.02, 0.001, 0.0001):
        quantile = joint * (above / share) ** (-1 / tail_index) if above < share else median * math.exp(log_sd * special.ndtri(1 - above))
        expected, spread = above * MANY, math.sqrt(above * (1 - above) * MANY)
        assert abs((drawn > quantile).sum() - expected) < FAR * spread


def test_pareto_tailed_without_a_tail_is_the_lognormal():
    assert (draw_pareto_tailed(KEY, 10_000, 6.0, 1.0, 0.0, 2.0) == draw_lognormal(KEY, 10_000, 6.0, 1.0)).all()


@pytest.mark.parametrize("rate", [0.02, 0.2, 3.0, 15.9, 16.0, 16.1, 40.0, 200.0])
def test_poisson_has_its_rate_as_mean_and_variance_and_the_probabilities_of_the_formula(rate):
    count = MANY if rate < 20 else MANY // 5
    drawn = draw_poisson(KEY, count, rate)
    assert_moments(drawn.astype(float), rate, rate, rate + 3 * rate**2)
    values = np.arange(drawn.max() + 2)
    expected = count * stats.poisson.pmf(values, rate)
    inside = np.flatnonzero(expected >= 20)
    low, high = inside[0], inside[-1]
    below, above = count * stats.poisson.cdf(low - 1, rate), count * stats.poisson.sf(high, rate)
    counts = np.bincount(drawn, minlength=values.size)
    pooled = np.concatenate([[counts[: low + 1].sum()], counts[low + 1 : high], [counts[high:].sum()]])
    formula = np.concatenate([[below + expected[low]], expected[low + 1 : high], [expected[high] + above]])
    assert_counts(pooled, formula)


@pytest.mark.parametrize("rate", [0.001, 0.2, 1.0, 7.3, 16.0])
def test_poisson_is_the_smallest_count_whose_cumulated_probability_reaches_the_uniform(rate):
    drawn = draw_poisson(KEY, 100_000, rate)
    u = np.array([streams.uniform(streams.entity_key(KEY, entity), 0) for entity in range(drawn.size)])
    assert (u <= special.pdtr(drawn, rate) + 1e-14).all()
    assert (u >= np.where(drawn > 0, special.pdtr(np.maximum(drawn - 1, 0), rate), 0.0) - 1e-14).all()


@pytest.mark.compiler_off
def test_poisson_of_rate_0_is_0():
    assert [streams.poisson(streams.entity_key(KEY, entity), 0.0) for entity in range(100)] == [0] * 100


@pytest.mark.parametrize("size", [2, 3, 7, 100, 1000])
def test_choice_takes_each_number_below_size_equally_often(size):
    drawn = draw_choice(KEY, MANY, size)
    assert drawn.min() == 0
    assert drawn.max() == size - 1
    assert_counts(np.bincount(drawn, minlength=size), MANY / size)


@pytest.mark.compiler_off
def test_choice_among_one_is_that_one():
    assert {int(streams.choice(KEY, number, 1)) for number in range(100)} == {0}


def test_inverse_normal_agrees_with_scipy_to_1e_14():
    """ndtri is an implementation of its own (Cephes); p from the smallest to the largest uniform there is."""
    half = np.geomspace(2.0**-53, 0.5, 50_000)[:-1]
    for p in (half, 1.0 - half, np.linspace(0.001, 0.999, 50_000)):
        expected = special.ndtri(p)
        assert np.abs(quantiles(p) / expected - 1.0).max() < 1e-14


@pytest.mark.compiler_off
def test_inverse_normal_is_0_at_a_half_and_odd_about_it():
    assert streams.inverse_normal(0.5) == 0.0
    for p in (2.0**-53, 2.0**-30, 0.01, 0.0625, 0.25):
        assert streams.inverse_normal(1.0 - p) == -streams.inverse_normal(p)


@pytest.mark.compiler_off
def test_inverse_normal_gives_the_values_printed_with_the_algorithm():
    """Test data of Wichura (1988) as R's d-p-q-r-tests.R quotes them: the quantiles at 0.25, 0.001 and 10⁻²⁰."""
    assert streams.inverse_normal(0.25) == pytest.approx(-0.6744897501960817, rel=1e-15)
    assert streams.inverse_normal(0.001) == pytest.approx(-3.090232306167814, rel=1e-15)
    assert streams.inverse_normal(1e-20) == pytest.approx(-9.262340089798408, rel=1e-15)
