"""Curves: dips, days back and days paid back of planted curves, where the answer is arithmetic."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.curves import When, back, between, dip, made_good, median_day

MONTH = 20
curves = st.lists(st.integers(-100, 100).map(float), min_size=1, max_size=40).map(np.array)


@pytest.mark.parametrize(("difference", "month", "back_on", "good_on"), [
    ([-10, -10, 10, 10], 0, 40.0, 80.0),        # lost 20 by day 40, gained again by day 80
    ([-10, -30, 20, 80], 1, 40.0, 65.0),        # 40 lost by day 40, 20 left at day 60, a quarter of the fourth month
    ([-10, -10, -10], 0, None, None),           # never back
    ([-30, 5, 5], 0, 20.0, None),               # back at the old level, and the loss never made good
    ([0, 0, 0], None, 0.0, 0.0),                # staying
    ([5, 5, 5], None, 0.0, 0.0),                # no dip at all
    ([20, -10, 20], 1, 40.0, 0.0),              # a dip that earlier gains pay for
    ([5, -10, 20, -40, 10], 3, 80.0, None),     # made good for a while, and lost again
])  # fmt: skip
def test_planted_curves_have_their_dip_and_their_days(difference, month, back_on, good_on):
    curve = np.array(difference, float)
    assert dip(curve) == month
    assert back(curve, MONTH) == back_on
    assert made_good(np.cumsum(curve), MONTH) == good_on


@given(curves)
def test_after_it_is_made_good_nothing_is_missing_any_more(difference):
    cumulated = np.cumsum(difference)
    day = made_good(cumulated, MONTH)
    ends = MONTH * (1 + np.arange(len(cumulated)))
    if day is None:
        assert cumulated[-1] < 0.0
    else:
        assert (cumulated[ends >= day + 1e-6] >= 0.0).all()
        assert day == 0.0 or cumulated[ends < day - 1e-6][-1] < 0.0


def test_the_ends_of_a_band_enclose_the_day_and_may_lie_beyond_the_horizon():
    mean, half = np.array([-10.0, -4.0, 1.0, 2.0]), np.full(4, 3.0)
    assert between(mean, half, MONTH, back) == When(40.0, 40.0, None)
    assert between(mean, np.full(4, 4.5), MONTH, back) == When(40.0, 20.0, None)


@given(st.lists(st.one_of(st.none(), st.floats(0.0, 1200.0)), min_size=1, max_size=30), st.integers(0, 5))
def test_a_median_of_days_lies_in_its_interval_and_is_beyond_where_most_are(days, rank):
    when = median_day(days, rank)
    low, day, high = (np.inf if each is None else each for each in (when.low, when.day, when.high))
    assert low <= day <= high
    if sum(each is None for each in days) > len(days) / 2:
        assert when.day is None
        assert when.high is None
