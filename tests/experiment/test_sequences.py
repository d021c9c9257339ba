"""Confidence sequences against what they are defined by: the mixture's value at the boundary, exact probabilities, order statistics."""

from __future__ import annotations

import math
from itertools import pairwise

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import minimize_scalar
from scipy.special import betaln
from scipy.stats import binom

from sim.experiment.sequences.looks import FLOOR, GROWTH, schedule
from sim.experiment.sequences.means import TIGHTEST, half_widths, mean_interval, standard_errors_wide
from sim.experiment.sequences.quantiles import order_statistics, quantile_interval
from sim.experiment.sequences.shares import BET, share_bounds, share_difference_interval, share_interval

ALPHAS = st.floats(1e-4, 0.5)


def test_looks_grow_by_a_factor_from_the_floor_to_the_ceiling():
    looks = schedule(5000)
    assert looks[0] == FLOOR
    assert looks[-1] == 5000
    assert all(later <= math.ceil(earlier * GROWTH) for earlier, later in pairwise(looks))
    assert schedule(FLOOR) == (FLOOR,)
    with pytest.raises(ValueError, match="at least 100"):
        schedule(FLOOR - 1)


def test_a_higher_ceiling_adds_looks_and_moves_none():
    assert schedule(10_000)[:10] == schedule(2000)[:10]


@pytest.mark.parametrize("alpha", [0.05, 0.0005])
def test_the_boundary_of_a_mean_is_where_the_normal_mixture_reaches_one_over_alpha(alpha):
    """With variance v of the drift and x = n · v, the mixture is exp(c² · x / (2 (1 + x))) / √(1 + x) (Robbins 1970)."""

    def wide(x: float) -> float:
        return math.sqrt((1.0 + 1.0 / x) * (math.log1p(x) + 2.0 * math.log(1.0 / alpha)))

    best = minimize_scalar(wide, bounds=(1.0, 100.0), method="bounded")
    assert float(standard_errors_wide(TIGHTEST, alpha)) == pytest.approx(best.fun, rel=1e-8)
    x, pairs = best.x, 250
    c = float(standard_errors_wide(pairs, alpha))
    here = x * pairs / TIGHTEST
    assert math.exp(0.5 * c * c * here / (1.0 + here)) / math.sqrt(1.0 + here) == pytest.approx(1.0 / alpha, rel=1e-3)


def test_a_walk_of_normal_steps_is_ever_outside_as_seldom_as_promised():
    """From the first step to the 5,000th; the promise is for ever, so somewhat less than alpha = 0.1 has happened by then."""
    number = np.arange(1, 5001)
    walks = np.random.default_rng(3).standard_normal((1500, 5000)).cumsum(axis=1) / np.sqrt(number)
    outside = (np.abs(walks) > standard_errors_wide(number, 0.1)).any(axis=1).mean()
    assert 0.03 < outside <= 0.1


def test_a_mean_has_no_interval_from_few_pairs_nor_from_an_event_hardly_seen():
    normal = np.random.default_rng(1).standard_normal(FLOOR)
    low, high = mean_interval(normal, 0.05)
    assert low < normal.mean() < high
    assert mean_interval(normal[1:], 0.05) == (-math.inf, math.inf)
    assert mean_interval(np.where(np.arange(500) < 11, 1.0, 0.0), 0.05) == (-math.inf, math.inf)
    assert math.isfinite(mean_interval(np.where(np.arange(500) < 12, 1.0, 0.0), 0.05)[0])
    assert mean_interval(np.zeros(500), 0.05) == (-math.inf, math.inf)


def test_undefined_pairs_are_left_out():
    sample = np.random.default_rng(2).standard_normal(300)
    with_gaps = np.concatenate([sample[:100], np.full(50, np.nan), sample[100:]])
    assert mean_interval(with_gaps, 0.05) == pytest.approx(mean_interval(sample, 0.05))
    assert quantile_interval(with_gaps, 0.05) == quantile_interval(sample, 0.05)
    heads = np.where(np.isnan(with_gaps), np.nan, with_gaps > 0)
    assert share_interval(heads, 0.05) == share_interval((sample > 0).astype(float), 0.05)


@pytest.mark.slow
@pytest.mark.parametrize("correlation", [0.0, 0.6])
def test_thirty_skewed_means_hold_at_once_at_every_look(correlation):
    """As in tests/analysis/test_coverage.py: differences of lognormal outcomes; 400 experiments know 0.95 to 0.011."""
    rng, looks, missed = np.random.default_rng(4), schedule(3000), 0
    true = math.exp(0.125) - math.exp(0.045)
    for _ in range(400):
        common, own = rng.standard_normal((2, looks[-1], 1)), rng.standard_normal((2, looks[-1], 30))
        normal = np.sqrt(correlation) * common + np.sqrt(1.0 - correlation) * own
        gaps = np.exp(0.5 * normal[1]) - np.exp(0.3 * normal[0])
        missed += any((np.abs(gaps[:look].mean(axis=0) - true) > half_widths(gaps[:look], 0.05 / 30)).any() for look in looks)
    assert missed / 400 <= 0.06


@pytest.mark.parametrize("share", [0.01, 0.05, 0.5])
def test_a_share_is_ever_outside_with_less_than_the_promised_probability(share):
    """Exactly, by the binomial distribution between looks: no simulation."""
    alpha, before = 0.05, 0
    still_inside, outside = np.array([1.0]), 0.0  # probability of each number of successes with no look outside yet
    for look in schedule(800):
        still_inside = np.convolve(still_inside, binom.pmf(np.arange(look - before + 1), look - before, share))
        before = look
        # Only where there is any probability; the rest counts as outside, which is the strict side.
        holds = [mass > 1e-12 and (ends := share_bounds(s, look, alpha))[0] <= share <= ends[1] for s, mass in enumerate(still_inside)]
        outside += still_inside[~np.array(holds)].sum()
        still_inside = np.where(holds, still_inside, 0.0)
    assert 0.001 < outside <= alpha


@given(st.integers(1, 2000), st.data(), ALPHAS)
@settings(deadline=None, max_examples=60)
def test_the_ends_of_a_share_are_where_the_beta_mixture_reaches_one_over_alpha(number, data, alpha):
    successes = data.draw(st.integers(0, number))
    low, high = share_bounds(successes, number, alpha)
    assert 0.0 <= low <= successes / number <= high <= 1.0
    for end in {low, high} - {0.0, 1.0}:
        bet = betaln(BET + successes, BET + number - successes) - betaln(BET, BET)
        chance = successes * math.log(end) + (number - successes) * math.log1p(-end)
        assert bet - chance == pytest.approx(math.log(1.0 / alpha), rel=1e-6, abs=1e-6)


@given(st.integers(0, 300), st.integers(1, 300), ALPHAS)
@settings(deadline=None, max_examples=40)
def test_failures_are_the_mirror_of_successes_and_less_error_is_wider(successes, failures, alpha):
    number = successes + failures
    low, high = share_bounds(successes, number, alpha)
    assert share_bounds(failures, number, alpha) == pytest.approx((1.0 - high, 1.0 - low), abs=1e-9)
    wider = share_bounds(successes, number, alpha / 2.0)
    assert wider[0] <= low <= high <= wider[1]


def test_an_event_never_seen_still_has_an_upper_end_and_nothing_seen_says_nothing():
    assert share_bounds(0, 0, 0.05) == (0.0, 1.0)
    low, high = share_bounds(0, 1000, 0.05)
    assert low == 0.0
    assert 0.003 < high < 0.01  # a fixed sample's is 0.003: three in a thousand
    with pytest.raises(ValueError, match="successes"):
        share_bounds(3, 2, 0.05)


def test_the_difference_of_two_shares_is_what_more_have_less_what_fewer_have():
    gaps = np.repeat([1.0, 0.0, -1.0, np.nan], [60, 900, 40, 5])
    low, high = share_difference_interval(gaps, 0.05)
    assert low < 0.02 < high
    more, less = share_bounds(60, 1000, 0.025), share_bounds(40, 1000, 0.025)
    assert (low, high) == (more[0] - less[1], more[1] - less[0])
    with pytest.raises(ValueError, match="-1, 0 or 1"):
        share_difference_interval(np.array([0.5]), 0.05)


@given(st.integers(1, 400), st.floats(0.01, 0.99), ALPHAS)
@settings(deadline=None, max_examples=60)
def test_two_order_statistics_enclose_a_quantile_with_the_binomial_probability(number, probability, alpha):
    low, high = order_statistics(number, probability, alpha)
    missed_below, missed_above = binom.cdf(low - 1, number, probability), binom.sf(high - 1, number, probability)
    assert missed_below <= alpha / 2.0 + 1e-12
    assert missed_above <= alpha / 2.0 + 1e-12
    # No order statistic further in would do.
    assert low == number + 1 or binom.cdf(low, number, probability) > alpha / 2.0 - 1e-12
    assert high == 0 or binom.sf(high - 2, number, probability) > alpha / 2.0 - 1e-12


def test_a_sample_that_cannot_bear_an_end_has_none():
    """That all 28 values lie below the 90th percentile has probability 0.9^28 = 0.052: too much for an upper end."""
    ordered = np.arange(28.0)
    low, high = quantile_interval(ordered, 0.05, probability=0.9)
    assert math.isfinite(low)
    assert high == math.inf
    assert quantile_interval(np.array([]), 0.05) == (-math.inf, math.inf)
    with pytest.raises(ValueError, match="between 0 and 1"):
        quantile_interval(ordered, 0.05, probability=1.0)


def test_more_looks_make_a_quantile_wider():
    sample = np.random.default_rng(6).lognormal(size=400)
    once, often = quantile_interval(sample, 0.05, 1), quantile_interval(sample, 0.05, 20)
    assert often[0] < once[0] < np.median(sample) < once[1] < often[1]
