"""Observe: it writes down and changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core.jit import entry
from sim.model import kernel
from sim.model.changes import earned_by as _earned_by
from sim.model.mechanisms.observe import PARAMETERS
from sim.model.outcomes import NAMES as OUTCOMES
from sim.model.series import NAMES
from sim.model.state import TABLES
from sim.model.world import same
from tests.model.worlds import PARTNERSHIP, PERVASIVE, changes, lived, plan, rows

earned_by = entry(_earned_by)

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
    "firm.spend_tools", "firm.spend_experts", "firm.spent_before",
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


def test_the_months_money_adds_up_to_that_of_the_whole_run():
    w = lived(days=240)
    outcomes, series = np.full(len(OUTCOMES), np.nan), w.series
    kernel._measure(w, 240, outcomes, np.zeros(len(OUTCOMES), bool))
    found = dict(zip(OUTCOMES, outcomes, strict=True))
    earned, spent, to_come = (series[:, NAMES.index(name)] for name in ("earned", "spent", "to_come"))
    assert earned.sum() == pytest.approx(found["benefits_money_window"])
    assert spent.sum() == pytest.approx(found["cost_total"])
    assert earned.sum() + to_come[-1] == pytest.approx(found["benefits_money"])
    assert (spent > 0.0).all()


def test_what_was_raised_before_the_window_earns_in_its_months():
    w = lived(days=60, warm_up=240, change_load=0.2)
    before = rows(w)["raised"] < 240
    assert rows(w)["earned"][before].sum() > 0.0
    total = sum(earned_by(w, item, 299) for item in range(w.firm[0].raised))
    assert w.series[:, NAMES.index("earned")].sum() == pytest.approx(total)


def test_days_beyond_the_last_whole_month_are_counted_and_not_in_the_series():
    w = lived(days=50)
    assert len(w.series) == 2
    whole = (changes(w)["raised"] < 40).sum()
    assert w.series[:, NAMES.index("raised")].sum() == whole
