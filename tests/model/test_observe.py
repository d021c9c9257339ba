"""Observe: it writes down and changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model import kernel
from sim.model.mechanisms.observe import PARAMETERS
from sim.model.series import NAMES
from sim.model.state import TABLES
from sim.model.world import same
from tests.model.worlds import PARTNERSHIP, PERVASIVE, changes, lived, plan

COUNTED = {
    "firm.counting_from", "firm.hours_total", "firm.hours_run", "firm.hours_in_step", "firm.hours_items", "firm.hours_experiments",
    "firm.experiments_done", "firm.experiments_hit", "firm.duplicates", "firm.wip_days", "firm.accuracy_sum", "firm.accuracy_readings",
    "firm.stage_days", "firm.demanded_before", "firm.deployments_before", "firm.failures_before", "units.deployments", "units.failures",
    "firm.breaches", "firm.spend_business", "firm.spend_breaches", "units.restore_days", "ties.deliveries", "homes.delivered", "series",
    "firm.leavers", "firm.spend_hiring", "firm.spend_leaders", "firm.escalated",
    "firm.hours_repaid", "firm.hours_vendors", "firm.debt_days",
    "firm.spend_vendors", "firm.spend_cloud", "firm.run_provided",
    "firm.hours_change", "firm.shadow_work",
    "firm.duplicated_work", "items.earned", "firm.fit_sum", "firm.fit_readings", "firm.stretch_from", "firm.spend_technologists",
    "firm.spend_tools",
}  # fmt: skip
"""What is counted in the counted window only."""


def test_it_has_no_parameters():
    assert len(PARAMETERS) == 0


@pytest.mark.parametrize("design", [PARTNERSHIP, PERVASIVE], ids=["partnership", "pervasive"])
def test_when_counting_begins_changes_what_is_counted_and_nothing_else(design):
    early, late = lived(design=design, days=240, warm_up=0), lived(design=design, days=40, warm_up=200)
    assert set(same(early, late)) <= COUNTED
    assert "firm.hours_total" in same(early, late)


def test_the_fields_that_are_counted_exist():
    for name in COUNTED - {"series"}:
        table, field = name.split(".")
        assert field in TABLES[table]


def test_a_month_without_deliveries_says_so():
    series = kernel.run(plan(change_load=0.0, experiment_budget=0.0, days=60), 1).series
    row = dict(zip(NAMES, series[-1], strict=True))
    assert np.isnan(row["lead_time"])
    assert np.isnan(row["trust"])
    assert row["raised"] == row["live"] == row["open"] == row["wip"] == 0.0


def test_days_beyond_the_last_whole_month_are_counted_and_not_in_the_series():
    w = lived(days=50)
    assert len(w.series) == 2
    whole = (changes(w)["raised"] < 40).sum()
    assert w.series[:, NAMES.index("raised")].sum() == whole
