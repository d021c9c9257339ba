"""Trust: kept promises build it slowly, broken ones take it fast; a promise is what a home usually manages."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.mechanisms.trust import promise_after, trust_after
from tests.model.worlds import MODEL, PARTNERSHIP, changes, live, lived, off

SHARE = st.floats(0.0, 1.0)


def test_equations_by_hand():
    assert trust_after(0.6, True, 0.05, 0.15) == pytest.approx(0.62)
    assert trust_after(0.6, False, 0.05, 0.15) == pytest.approx(0.51)
    assert promise_after(50.0, 51.0, 0.1, 0.8) == pytest.approx(50.0 * np.exp(0.08))
    assert promise_after(50.0, 50.0, 0.1, 0.8) == pytest.approx(50.0 * np.exp(-0.02))


@settings(deadline=None, max_examples=60)
@given(SHARE, SHARE, SHARE)
def test_trust_stays_between_none_and_full(trust, gain, loss):
    assert 0.0 <= trust_after(trust, False, gain, loss) <= trust <= trust_after(trust, True, gain, loss) <= 1.0 + 1e-15


@pytest.mark.parametrize("share", [0.5, 0.8, 0.9])
def test_a_running_promise_holds_for_its_share_of_deliveries(share):
    """Robbins & Monro (1951): the step up and the step down balance at that quantile."""
    generator = np.random.default_rng(3)
    promise, kept = 60.0, 0
    for step, days in enumerate(generator.exponential(40.0, 20000)):
        if step >= 1000:
            kept += days <= promise
        promise = promise_after(promise, days, 0.05, share)
    assert kept / 19000 == pytest.approx(share, abs=0.02)


def test_off_means_gone_trust_stays_where_it_starts():
    w = lived(design=PARTNERSHIP, model=off("trust"), days=400)
    assert len(live(w)) > 0
    assert (w.ties["trust"] == MODEL["trust_start"]).all()


def test_trust_moves_only_where_there_are_deliveries():
    w = lived(design=PARTNERSHIP, days=400)
    moved = w.ties["trust"] != MODEL["trust_start"]
    assert moved.any()
    assert (w.ties["deliveries"][moved] > 0).all()
    assert w.ties["deliveries"].sum() == w.homes["delivered"].sum()


def test_kept_promises_alone_lead_to_full_trust_and_broken_ones_to_none():
    kept = lived(design=PARTNERSHIP, promise_start=1e6, days=400)
    delivered = kept.ties["deliveries"] > 0
    # From the start value, n kept promises leave (1 − gain)^n of the missing trust.
    expected = 1.0 - (1.0 - MODEL["trust_start"]) * (1.0 - MODEL["trust_gain"]) ** kept.ties["deliveries"][delivered]
    assert kept.ties["trust"][delivered] == pytest.approx(expected)
    # A promise of a day is broken by whatever takes a window or a release to come by.
    slow = {**PARTNERSHIP, "release_interval": 60.0}
    broken = lived(design=slow, promise_start=1.0, promise_step=0.001, days=400)
    delivered = broken.ties["deliveries"] > 0
    assert broken.ties["trust"][delivered].mean() < MODEL["trust_start"]


def test_doubt_lets_less_intent_arrive():
    """What trust moves: fidelity. Promises that are always kept let more arrive than promises that are never kept."""
    quiet = {"misjudgement": 0.0, "experiment_budget": 0.0, "doubt": 0.6, "familiarity_growth": 0.0, "vendor_supply": 0.0,
             "days": 480}  # fmt: skip
    trusted = lived(design=PARTNERSHIP, trust_start=0.8, trust_gain=0.0, trust_loss=0.0, **quiet)
    doubted = lived(design=PARTNERSHIP, trust_start=0.4, trust_gain=0.0, trust_loss=0.0, **quiet)
    assert (changes(trusted)["fidelity"] >= changes(doubted)["fidelity"]).all()
    assert changes(trusted)["fidelity"].mean() > changes(doubted)["fidelity"].mean()
