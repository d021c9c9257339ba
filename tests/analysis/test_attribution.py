"""Attribution: planted cases whose shares are known, and what must hold for any runs whatever."""

from __future__ import annotations

from itertools import permutations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.extra.numpy import arrays

from sim.analysis.attribution import alone, at_last, attribute, shapley_interactions, shapley_shares, together
from sim.model.outcomes import INDEX, NAMES
from sim.organisation.coordinates import BUNDLES

N = len(BUNDLES)
SETS = 1 << N
RETURN = "return_on_spend"

values = arrays(float, (SETS, 3), elements=st.floats(-1e6, 1e6))


def members(place: int) -> list[int]:
    return [player for player in range(N) if place >> player & 1]


def runs(of: np.ndarray, name: str = RETURN) -> tuple[np.ndarray, np.ndarray]:
    """(outcomes, beyond) of mixes whose outcome is (2^n, R), all other outcomes 1."""
    outcomes = np.ones((*of.shape, len(NAMES)))
    outcomes[:, :, INDEX[name]] = of
    return outcomes, np.zeros(outcomes.shape, bool)


def attributed(of: np.ndarray, name: str = RETURN):
    return attribute(("one", "other"), BUNDLES, *runs(of, name), SETS).outcomes[name]


@settings(deadline=None, max_examples=60)
@given(values)
def test_shares_add_up_to_the_difference_in_every_replicate(v):
    size = max(1.0, float(np.abs(v).max()))
    np.testing.assert_allclose(shapley_shares(v).sum(axis=0) / size, (v[-1] - v[0]) / size, rtol=0, atol=1e-9)


@settings(deadline=None, max_examples=60)
@given(values, st.integers(0, N - 1))
def test_a_bundle_that_is_equal_in_both_designs_gets_exactly_nothing(v, player):
    v = v[[place & ~(1 << player) for place in range(SETS)]]
    assert (shapley_shares(v)[player] == 0.0).all()
    assert all((index == 0.0).all() for pair, index in shapley_interactions(v).items() if player in pair)
    assert (alone(v)[player] == 0.0).all()
    assert (at_last(v)[player] == 0.0).all()


@settings(deadline=None, max_examples=10)
@given(arrays(float, SETS, elements=st.floats(-100, 100)))
def test_a_share_is_the_mean_of_what_a_bundle_adds_over_all_orders_of_arrival(v):
    orders = list(permutations(range(N)))
    expected = np.zeros(N)
    for order in orders:
        there = 0
        for player in order:
            expected[player] += v[there | 1 << player] - v[there]
            there |= 1 << player
    np.testing.assert_allclose(shapley_shares(v), expected / len(orders), atol=1e-9)


@settings(deadline=None, max_examples=30)
@given(values, values, st.floats(-5, 5))
def test_shares_and_interactions_are_linear(v, w, factor):
    for of in (shapley_shares, lambda x: np.stack(list(shapley_interactions(x).values()))):
        np.testing.assert_allclose(of(v + factor * w), of(v) + factor * of(w), rtol=1e-9, atol=1e-6)


def test_effects_that_only_add_up_are_their_own_shares_and_nothing_interacts():
    effects = np.array([3.0, -1.0, 0.5, 0.0, 2.0])
    v = np.array([10.0 + effects[members(place)].sum() for place in range(SETS)])
    np.testing.assert_allclose(shapley_shares(v), effects, atol=1e-12)
    assert max(abs(float(index)) for index in shapley_interactions(v).values()) < 1e-12
    assert abs(float(together(v))) < 1e-12


def test_what_only_two_bring_together_is_shared_by_the_two_alone():
    v = np.array([6.0 if {1, 3} <= set(members(place)) else 0.0 for place in range(SETS)])
    np.testing.assert_allclose(shapley_shares(v), [0.0, 3.0, 0.0, 3.0, 0.0], atol=1e-12)
    found = {pair: float(index) for pair, index in shapley_interactions(v).items()}
    assert found.pop((1, 3)) == pytest.approx(6.0)
    assert max(map(abs, found.values())) < 1e-12
    assert float(together(v)) == 6.0
    assert not alone(v).any()
    assert at_last(v).tolist() == [0.0, 6.0, 0.0, 6.0, 0.0]


def test_what_all_must_bring_is_shared_alike_by_all():
    v = np.zeros(SETS)
    v[-1] = 10.0
    np.testing.assert_allclose(shapley_shares(v), [2.0] * N)
    # Grabisch & Roubens (1999): a unanimity game's index is 1 / (t − s + 1) of its worth, with t = 5 players and pairs, s = 2.
    np.testing.assert_allclose(list(shapley_interactions(v).values()), [10.0 / 4.0] * 10)


def test_a_design_against_itself_has_nothing_to_share():
    luck = np.random.default_rng(1).normal(5.0, 1.0, 40)
    found = attributed(np.tile(luck, (SETS, 1)))
    assert found.difference == 0.0
    for part in (*found.shares.values(), *found.alone.values(), *found.at_last.values(), *found.pairs.values(), found.together):
        assert (part.mean, part.low, part.high) == (0.0, 0.0, 0.0)


def test_intervals_hold_the_true_shares_all_at_once_as_often_as_they_say():
    rng = np.random.default_rng(3)
    effects = np.array([1.0, -0.5, 0.0, 0.25, 0.1])
    true = np.array([effects[members(place)].sum() for place in range(SETS)])
    held = 0
    for _ in range(60):
        found = attributed(true[:, None] + rng.normal(0.0, 1.0, (SETS, 30)) + rng.normal(0.0, 2.0, 30))
        held += all(part.low <= effect <= part.high for part, effect in zip(found.shares.values(), effects))
    assert held / 60 >= 0.95 - 3 * (0.95 * 0.05 / 60) ** 0.5


def test_a_replicate_without_an_outcome_under_any_mix_is_left_out_as_a_whole():
    rng = np.random.default_rng(4)
    v = rng.normal(0.0, 1.0, (SETS, 20))
    v[7, 3] = np.nan
    found, without = attributed(v), attributed(np.delete(v, 3, axis=1))
    assert found.n == without.n == 19
    assert found.shares["structure"].mean == pytest.approx(without.shares["structure"].mean)
    assert sum(part.mean for part in found.shares.values()) == pytest.approx(found.difference, abs=1e-9)


def test_where_a_quantile_is_not_reached_shares_are_shares_of_a_bound_and_have_no_interval():
    v = np.random.default_rng(5).normal(300.0, 10.0, (SETS, 20))
    outcomes, beyond = runs(v, "lead_time_median")
    beyond[12, :2, INDEX["lead_time_median"]] = True
    found = attribute(("one", "other"), BUNDLES, outcomes, beyond, SETS).outcomes["lead_time_median"]
    assert found.bound
    assert found.shares["structure"].low is None
    assert sum(part.mean for part in found.shares.values()) == pytest.approx(found.difference, abs=1e-9)


def test_mixes_that_are_not_all_there_are_refused():
    with pytest.raises(ValueError, match="32 mixes, not 31"):
        attribute(("one", "other"), BUNDLES, *runs(np.zeros((SETS - 1, 4))), SETS)
    with pytest.raises(ValueError, match="2\\^n"):
        shapley_shares(np.zeros(6))
