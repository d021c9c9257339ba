"""Paired comparison: what is dropped, what has an interval, which word a difference gets, and that order and names do not matter."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from sim.analysis.paired import analyse
from sim.analysis.verdicts import verdict
from sim.model.outcomes import INDEX, NAMES, OUTCOMES
from tests.analysis.runs import comparison

LEAD = "lead_time_median"


def noisy(designs: int = 2, replicates: int = 40, seed: int = 0, spread: float = 0.2) -> np.ndarray:
    return np.random.default_rng(seed).lognormal(0.0, spread, (designs, replicates, len(NAMES)))


def test_one_pair_has_no_interval_and_is_too_close():
    found = analyse(comparison([[10.0], [5.0]])).differences["second"][LEAD]
    assert (found.low, found.high, found.verdict, found.better) == (None, None, "too close", None)
    assert found.mean == -5.0


def test_equal_differences_are_sure_though_nothing_varies():
    found = analyse(comparison([[10.0] * 5, [7.0] * 5])).differences["second"][LEAD]
    assert (found.low, found.high) == (-3.0, -3.0)
    assert (found.verdict, found.better) == ("better", "second")


def test_identical_designs_do_not_differ():
    found = analyse(comparison([[10.0, 12.0, 9.0]] * 2)).differences["second"]
    assert {difference.verdict for difference in found.values()} == {"no difference that matters"}
    assert found[LEAD].probability_better == 0.5


def test_less_lead_time_and_more_innovation_are_better():
    values = noisy(spread=0.01)
    values[1] += 1.0
    found = analyse(comparison(values)).differences["second"]
    for name, outcome in OUTCOMES.items():
        expected = {1: ("better", "second"), -1: ("better", "first"), 0: ("differs", None)}[outcome.better]
        assert (found[name].verdict, found[name].better) == expected


def test_pairs_with_an_undefined_side_are_dropped_and_the_number_says_so():
    values = noisy(replicates=30)
    values[0, :4, INDEX[LEAD]] = np.nan
    values[1, 3:6, INDEX[LEAD]] = np.nan
    found = analyse(comparison(values)).differences["second"]
    assert found[LEAD].n == 24
    assert found["lead_time_mean"].n == 30
    gaps = (values[1] - values[0])[6:, INDEX[LEAD]]
    assert found[LEAD].mean == pytest.approx(gaps.mean())
    assert found[LEAD].mean == pytest.approx(found[LEAD].second_mean - found[LEAD].first_mean)


def test_an_outcome_never_defined_has_no_numbers_and_spoils_no_other():
    values = noisy()
    values[1, :, INDEX["experiment_hit_rate"]] = np.nan
    found = analyse(comparison(values)).differences["second"]
    assert found["experiment_hit_rate"].n == 0
    assert found["experiment_hit_rate"].low is None
    assert found["experiment_hit_rate"].probability_better is None
    assert found[LEAD].low is not None


@pytest.mark.parametrize(("runs_beyond", "has_interval"), [(2, True), (3, False)])
def test_over_five_per_cent_of_runs_beyond_leaves_no_interval(runs_beyond, has_interval):
    """Two of forty are 5 %, three are more."""
    values = noisy(replicates=40)
    beyond = np.zeros(values.shape, bool)
    beyond[1, :runs_beyond, INDEX[LEAD]] = True
    analysis = analyse(comparison(values, beyond=beyond))
    found = analysis.differences["second"][LEAD]
    assert (found.low is not None) is has_interval
    assert (analysis.estimates["second"][LEAD].low is not None) is has_interval
    assert analysis.estimates["first"][LEAD].low is not None
    assert found.beyond is not has_interval
    assert (found.first_beyond_share, found.second_beyond_share) == (0.0, runs_beyond / 40)


def beyond_in_all(values: np.ndarray) -> np.ndarray:
    beyond = np.zeros(values.shape, bool)
    beyond[:, :, INDEX[LEAD]] = True
    return beyond


def test_beyond_the_window_the_order_of_pairs_decides_and_the_size_stays_unknown():
    values = noisy(replicates=40, spread=0.01)
    values[0, :, INDEX[LEAD]] = 720.0
    beyond = np.zeros(values.shape, bool)
    beyond[0, :, INDEX[LEAD]] = True
    found = analyse(comparison(values, beyond=beyond)).differences["second"][LEAD]
    assert (found.low, found.high, found.verdict, found.better) == (None, None, "better", "second")


def test_two_runs_beyond_the_window_are_a_tie():
    values = noisy(replicates=40)
    values[:, :, INDEX[LEAD]] = 720.0
    found = analyse(comparison(values, beyond=beyond_in_all(values))).differences["second"][LEAD]
    assert (found.verdict, found.better, found.probability_better) == ("too close", None, 0.5)


@given(st.integers(0, 10_000), st.integers(1, 40))
@settings(deadline=None, max_examples=20)
def test_exchanging_two_designs_exchanges_the_results(seed, replicates):
    values = noisy(replicates=replicates, seed=seed)
    there = analyse(comparison(values, ("a", "b"))).differences["b"]
    back = analyse(comparison(values[::-1], ("b", "a"))).differences["a"]
    for name in NAMES:
        one, other = there[name], back[name]
        assert one.mean == pytest.approx(-other.mean)
        assert one.better == other.better
        assert (one.low is None) == (other.low is None)
        if one.low is not None:
            assert (one.low, one.high) == (pytest.approx(-other.high), pytest.approx(-other.low))
        if one.probability_better is not None:
            assert one.probability_better == pytest.approx(1.0 - other.probability_better)


def test_names_do_not_change_a_number():
    values = noisy(3)
    one = analyse(comparison(values, ("partnership", "modern_partnership", "pervasive")))
    other = analyse(comparison(values, ("pervasive", "partnership", "mine")))
    for before, after in zip(("modern_partnership", "pervasive"), ("partnership", "mine")):
        for name in NAMES:
            assert one.differences[before][name].low == other.differences[after][name].low
            assert one.differences[before][name].probability_better == other.differences[after][name].probability_better


def test_order_of_the_other_designs_does_not_matter():
    values = noisy(3)
    one = analyse(comparison(values, ("a", "b", "c"))).differences
    other = analyse(comparison(values[[0, 2, 1]], ("a", "c", "b"))).differences
    for design in ("b", "c"):
        assert one[design][LEAD].high == pytest.approx(other[design][LEAD].high)


def test_more_designs_and_outcomes_widen_the_intervals():
    values = noisy(3)
    alone = analyse(comparison(values[:2]), outcomes=(LEAD,)).differences["second"][LEAD]
    together = analyse(comparison(values)).differences["second"][LEAD]
    assert together.high - together.low > 1.2 * (alone.high - alone.low)


def test_luck_that_designs_share_does_not_widen_their_difference():
    rng = np.random.default_rng(5)
    luck, own = rng.normal(50.0, 10.0, 60), rng.normal(0.0, 0.5, 60)
    analysis = analyse(comparison([luck, luck - 2.0 + own]))
    assert analysis.differences["second"][LEAD].better == "second"
    assert analysis.estimates["first"][LEAD].high - analysis.estimates["first"][LEAD].low > 4.0


def test_the_verdict_follows_the_interval():
    pair = ("one", "other")
    assert verdict(0.1, 0.3, 1.0, 1, pair) == ("better", "other")
    assert verdict(0.1, 0.3, 1.0, -1, pair) == ("better", "one")
    assert verdict(0.1, 0.3, 1.0, 0, pair) == ("differs", None)
    assert verdict(-0.5, 0.3, 1.0, 1, pair) == ("no difference that matters", None)
    assert verdict(-0.5, 1.3, 1.0, 1, pair) == ("too close", None)
    assert verdict(None, None, 1.0, 1, pair) == ("too close", None)


def test_an_unknown_outcome_is_refused():
    with pytest.raises(ValueError, match="no such outcome: speed"):
        analyse(comparison(noisy()), outcomes=("speed",))


def test_the_same_runs_give_the_same_intervals():
    values = noisy(3)
    assert analyse(comparison(values)).differences == analyse(comparison(values)).differences
