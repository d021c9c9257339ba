"""Release: small batches fail less, frequent release needs automation, and failures cost run work."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.mechanisms.release import automation, failure_probability
from sim.model.outcomes import CAUSES
from tests.model.worlds import FIRM_VALUES, MIDDLE, MODERN, live, lived, off

RELEASE = CAUSES.index("release")
ONLY_RELEASES = {"mending_cost": 0.0, "missed_risk": 0.0, "breach_work": 0.0, "run_load": 0.0, "enabling_share": 0.0}


def test_equations_by_hand():
    assert failure_probability(0.1, 0.05, 5, 0.0) == pytest.approx(1.0 - 0.9 * math.exp(-0.2))
    assert failure_probability(0.1, 0.05, 1, 0.3) == pytest.approx(1.0 - 0.9 * math.exp(-0.3))
    assert automation(0.1, 0.1) == pytest.approx(1.0 - math.exp(-1.0))
    assert automation(0.0, 0.1) == 0.0


@settings(deadline=None, max_examples=50)
@given(st.floats(0.0, 1.0), st.floats(0.0, 0.5), st.integers(1, 200), st.integers(0, 50))
def test_a_larger_batch_never_fails_less(base, risk, items, more):
    assert 0.0 <= failure_probability(base, risk, items, 0.0) <= failure_probability(base, risk, items + more, 0.0) <= 1.0


def test_off_means_gone_no_release_fails_and_none_costs_work():
    w = lived(model=off("release", "debt"), **ONLY_RELEASES)
    assert w.firm[0].deployments > 0
    assert w.firm[0].failures == 0
    assert (w.units["restore_days"] == 0.0).all()
    assert w.firm[0].hours_run == 0.0


def test_releases_of_one_item_fail_as_often_as_declared():
    given = {"batch_risk": 0.0, "missed_risk": 0.0, "debt_risk": 0.0, "base_failure": 0.12}
    worlds = [lived(seed, design=MODERN, firm=FIRM_VALUES, days=480, **given) for seed in range(6)]
    releases = sum(int(w.firm[0].deployments) for w in worlds)
    failures = sum(int(w.firm[0].failures) for w in worlds)
    assert failures / releases == pytest.approx(0.12, abs=5.0 * math.sqrt(0.12 * 0.88 / releases))


def _failure_rate(interval):
    design = {**MIDDLE, "release_interval": interval}
    worlds = [lived(seed, design=design, firm=FIRM_VALUES, batch_risk=0.10, days=480) for seed in range(4)]
    return sum(int(w.firm[0].failures) for w in worlds) / sum(int(w.firm[0].deployments) for w in worlds)


def test_large_batches_fail_more_often():
    assert _failure_rate(60.0) > _failure_rate(1.0) + 0.05


def test_frequent_release_costs_work_unless_it_is_automated():
    """The counter-force: each release has a fixed cost that only enabling teams' tooling lowers."""
    def run_hours(interval, scale):
        design = {**MIDDLE, "release_interval": interval, "enabling_share": 0.1}
        by_hand = {"base_failure": 0.0, "mending_cost": 0.0, "release_effort": 4.0}
        return lived(design=design, firm=FIRM_VALUES, automation_scale=scale, days=300, **by_hand).firm[0].hours_run

    assert run_hours(1.0, 10.0) > run_hours(60.0, 10.0), "by hand"
    assert run_hours(1.0, 0.01) < run_hours(1.0, 10.0), "automated"


@pytest.mark.parametrize("interval", [10.0, 40.0])
def test_built_items_wait_half_an_interval_for_the_next_release(interval):
    design = {**MIDDLE, "release_interval": interval, "metrics_interval": 240.0, "experiment_budget": 0.0}
    items = np.concatenate([live(lived(seed, design=design, mending_cost=0.0, days=400)) for seed in range(10)])
    waits = items["days"][:, RELEASE]
    assert waits.max() <= interval
    # A day of building that ends is building's: 0 to interval − 1 days are left for waiting.
    assert waits.mean() == pytest.approx((interval - 1.0) / 2.0, abs=6.0 * interval / math.sqrt(12.0 * len(waits)))


def test_strangers_take_longer_to_mend():
    def days_to_restore(unknown):
        worlds = [lived(seed, firm=FIRM_VALUES, unknown=unknown, base_failure=0.15, days=300) for seed in range(3)]
        return sum(w.units["restore_days"].sum() for w in worlds) / sum(w.units["failures"].sum() for w in worlds)

    assert days_to_restore(0.0) < days_to_restore(2.0)
