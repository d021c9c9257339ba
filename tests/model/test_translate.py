"""Translate: how much of what a unit means arrives, and how long it waits for a liaison."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.intent import fidelity
from sim.model.ties import faded
from tests.model.worlds import PARTNERSHIP, SMALL, changes, live, lived, off

SHARE = st.floats(0.0, 1.0)
LIAISONS_ONLY = {**PARTNERSHIP, "tech_embedding": 0.0, "delegation": 1.0, "self_organisation": 0.0}


def test_fidelity_by_hand():
    # 1 − 0.5 · (1 − 0.6) · (1 − 0.3) · (1 + 0.3 · (1 − 0.6)) = 1 − 0.14 · 1.12
    assert fidelity(0.5, 0.6, 0.3, 0.3, 0.6) == pytest.approx(0.8432)


def test_nothing_is_lost_between_those_who_share_everything_or_through_a_perfect_liaison():
    assert fidelity(0.7, 0.0, 1.0, 0.6, 0.0) == 1.0
    assert fidelity(0.7, 1.0, 0.0, 0.6, 0.0) == 1.0
    assert fidelity(0.0, 0.0, 0.0, 0.6, 0.0) == 1.0


@settings(deadline=None, max_examples=60)
@given(SHARE, SHARE, SHARE, SHARE, SHARE, SHARE)
def test_skill_familiarity_and_trust_never_lose_more(loss, skill, familiarity, doubt, trust, more):
    base = fidelity(loss, skill, familiarity, doubt, trust)
    assert 0.0 <= base <= 1.0
    assert fidelity(loss, max(skill, more), familiarity, doubt, trust) >= base - 1e-12
    assert fidelity(loss, skill, max(familiarity, more), doubt, trust) >= base - 1e-12
    assert fidelity(loss, skill, familiarity, doubt, max(trust, more)) >= base - 1e-12


def test_familiarity_halves_each_half_life():
    assert [faded(0.8, days, 100.0) for days in (0.0, 100.0, 200.0)] == pytest.approx([0.8, 0.4, 0.2])


def test_off_means_gone_all_intent_arrives_and_nobody_waits_for_a_liaison():
    w = lived(design=PARTNERSHIP, model=off("translate", "learn", "vendors"))
    assert (changes(w)["fidelity"] == 1.0).all()
    assert (live(w)["days"][:, 0] == 0).all()
    lossy = lived(design=PARTNERSHIP, model=off("learn"))
    assert (changes(lossy)["fidelity"] < 1.0).any()


def test_a_liaison_serves_no_more_than_its_capacity_and_the_rest_waits():
    w = lived(design=LIAISONS_ONLY, firm={**SMALL, "change_load": 0.35, "size_median": 8.0}, liaison_rate=0.4, days=200)
    most = w.liaisons["capacity"] * w.units["appetite"][w.liaisons["unit"]] * 200
    assert (w.liaisons["served"] <= most + 1.0).all()
    assert (w.liaisons["served"] >= 0.9 * most - 1.0).all(), "an overloaded liaison is always busy"
    assert w.lines["count"][w.liaisons["line"]].sum() > 20


def test_scarcer_liaisons_make_items_wait_longer():
    waits = []
    for rate in (1.6, 0.8, 0.4):
        worlds = [lived(seed, design=LIAISONS_ONLY, liaison_rate=rate, days=400) for seed in range(4)]
        waits.append(np.mean([live(w)["days"][:, 0].mean() for w in worlds]))
    assert waits[0] < waits[1] < waits[2]


def test_without_liaison_and_business_knowledge_least_arrives():
    """The counter-force: strangers alone are worst, a good liaison is as good as business experts in the team."""
    model = off("learn")
    alone = {**LIAISONS_ONLY, "liaisons_per_unit": 0.0}
    embedded = {**alone, "tech_embedding": 1.0, "cross_functionality": 1.0}
    means = [
        changes(lived(design=design, model=model, days=100))["fidelity"].mean()
        for design in (alone, LIAISONS_ONLY, embedded)
    ]  # fmt: skip
    assert means[0] < means[1]
    assert means[0] < means[2]
