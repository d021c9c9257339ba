"""Slopes: planted forces, weights, pairing and the words beside theory."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.slopes import AGAINST, AS_EXPECTED, NO_THEORY, NOT_REACHED, UNSURE, Grown, seed_slopes, slopes
from sim.model.outcomes import INDEX
from tests.analysis.runs import comparison

OUTCOME = "lead_time_median"


def grown(gaps: tuple[float, ...], expected: int, luck: float = 2.0, force: str = "force", beyond: bool = False) -> Grown:
    """A force under which the second design's lead time is longer by these days; luck is the seed's, the same at every level."""
    shared = np.random.default_rng(1).normal(0.0, luck, 50)
    runs = []
    for level, gap in enumerate(gaps):
        own = np.random.default_rng(10 + level).normal(0.0, 0.2, (2, 50))
        values = np.stack([np.full(50, 60.0), 60.0 + gap + shared]) + own
        mask = np.zeros((2, 50, len(INDEX)), bool)
        mask[0, :, INDEX[OUTCOME]] = beyond
        runs.append(comparison(values, beyond=mask))
    return Grown(force, tuple(float(level) for level in range(len(gaps))), tuple(runs), {"second": expected})


def test_a_planted_slope_is_found_as_a_loss_of_the_second_design():
    (found,) = slopes([grown((0.0, 3.0, 6.0), -1)], OUTCOME)
    assert found.slope == pytest.approx(-6.0, abs=0.2)
    assert found.low < -6.0 < found.high or abs(found.slope + 6.0) < 0.2
    assert found.advantages == pytest.approx((0.0, -3.0, -6.0), abs=1.0)
    assert found.verdict == AS_EXPECTED


@pytest.mark.parametrize(("gaps", "expected", "verdict"), [
    ((0.0, 3.0, 6.0), 1, AGAINST), ((0.0, 0.0, 0.0), -1, UNSURE), ((0.0, 3.0, 6.0), 0, NO_THEORY),
])  # fmt: skip
def test_the_word_says_how_the_slope_stands_to_theory(gaps, expected, verdict):
    assert slopes([grown(gaps, expected)], OUTCOME)[0].verdict == verdict


def test_luck_that_the_levels_share_cancels_out():
    calm, lucky = (slopes([grown((0.0, 3.0, 6.0), -1, luck)], OUTCOME)[0] for luck in (0.5, 20.0))
    assert lucky.high - lucky.low == pytest.approx(calm.high - calm.low, rel=0.6)


def test_intervals_hold_at_once_so_more_forces_make_them_wider():
    one = grown((0.0, 3.0, 6.0), -1)
    alone = slopes([one], OUTCOME)[0]
    among = slopes([one, *(grown((0.0, 1.0, 2.0), -1, force=f"other {k}") for k in range(5))], OUTCOME)[0]
    assert among.high - among.low >= alone.high - alone.low


def test_a_level_that_says_more_weighs_more():
    gaps = np.array([[0.0, 5.0, 2.0]])
    even, uneven = (seed_slopes(gaps, np.array(weights))[0] for weights in ([1.0, 1.0, 1.0], [1.0, 1e-9, 1.0]))
    assert even == pytest.approx(2.0)
    assert uneven == pytest.approx(2.0)
    assert seed_slopes(np.array([[0.0, 5.0, 2.0]]), np.array([1.0, 1.0, 1e-9]))[0] == pytest.approx(10.0, rel=1e-3)


def test_a_median_that_is_not_reached_gives_no_slope():
    (found,) = slopes([grown((0.0, 3.0, 6.0), -1, beyond=True)], OUTCOME)
    assert found.verdict == NOT_REACHED
    assert found.low is None
