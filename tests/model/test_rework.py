"""Rework: missed intent comes back as mending, and dearer the later it is found."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.model.mechanisms.rework import late_factor, mending
from sim.model.outcomes import CAUSES
from tests.model.worlds import FIRM_VALUES, PARTNERSHIP, SMALL, changes, live, lived, off

REWORK = CAUSES.index("rework")
NO_OTHER_RUN_WORK = {
    "breach_work": 0.0, "review_catch": 0.0, "release_effort": 0.0, "restore_effort": 0.0, "run_load": 0.0, "enabling_share": 0.0,
    "shadow_hazard": 0.0,
}  # fmt: skip


def test_equations_by_hand():
    assert mending(0.6, 0.25, 40.0) == pytest.approx(6.0)
    assert late_factor(60.0, 2.0, 60.0) == pytest.approx(1.0 + 2.0 * (1.0 - math.exp(-1.0)))
    assert late_factor(1e9, 2.0, 60.0) == pytest.approx(3.0)


def test_later_findings_never_cost_less():
    costs = [late_factor(float(days), 2.0, 60.0) for days in range(0, 241, 10)]
    assert costs == sorted(costs)
    assert {late_factor(float(days), 0.0, 60.0) for days in range(5)} == {1.0}


def test_off_means_gone_nothing_is_mended_and_no_run_work_comes_of_it():
    gone = lived(design=PARTNERSHIP, model=off("rework"), **NO_OTHER_RUN_WORK)
    assert (changes(gone)["days"][:, REWORK] == 0).all()
    assert gone.firm[0].hours_run == 0.0
    there = lived(design=PARTNERSHIP, **NO_OTHER_RUN_WORK)
    assert (changes(there)["days"][:, REWORK] > 0).any()
    assert there.firm[0].hours_run > 0.0


@pytest.mark.parametrize(("early", "in_items", "in_service"), [(1.0, True, False), (0.0, False, True)])
def test_what_is_missed_is_found_in_the_item_or_in_service(early, in_items, in_service):
    w = lived(design=PARTNERSHIP, early_share=early, **NO_OTHER_RUN_WORK)
    assert (changes(w)["days"][:, REWORK] > 0).any() == in_items
    assert (w.firm[0].hours_run > 0.0) == in_service


def test_the_share_found_early_is_what_is_declared():
    light = {**FIRM_VALUES, "change_load": 0.10, "run_load": 0.2}
    items = live(lived(design=PARTNERSHIP, firm=light, early_share=0.6, review_catch=0.0, days=480))
    found = (items["days"][:, REWORK] > 0).mean()
    assert found == pytest.approx(0.6, abs=5.0 * math.sqrt(0.24 / len(items)))


def test_quick_feedback_saves_run_work():
    """What is found in service costs less run work where metrics are read often; measuring's own price is in build."""
    hours = []
    for interval in (5.0, 240.0):
        worlds = [lived(seed, design={**PARTNERSHIP, "metrics_interval": interval}, firm=SMALL, early_share=0.0, measuring_hours=0.0,
                        days=400, **NO_OTHER_RUN_WORK) for seed in range(4)]  # fmt: skip
        hours.append(np.mean([w.firm[0].hours_run / w.firm[0].hours_total for w in worlds]))
    assert hours[0] < hours[1]
