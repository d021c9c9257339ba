"""Warm-up: MSER-5 cuts off a planted transient and leaves a steady series whole; the page says it of the model."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.warm_up import BATCH, mser5
from sim.model.series import NAMES
from sim.report.warm_up_page import settled, warm_up_markdown


def test_a_planted_transient_is_cut_off_and_no_more():
    steady = np.random.default_rng(2).normal(size=1000)
    series = steady + 20.0 * np.exp(-np.arange(1000) / 30.0)
    assert 60 <= mser5(series) <= 200
    assert mser5(steady + np.where(np.arange(1000) < 100, 50.0, 0.0)) == 100
    assert mser5(series) % BATCH == 0


def test_a_series_that_goes_on_drifting_is_cut_in_half():
    assert mser5(np.arange(200, dtype=float)) == 100


@pytest.mark.parametrize("series", [np.zeros(9), np.full(20, np.nan)])
def test_what_cannot_be_judged_is_refused(series):
    with pytest.raises(ValueError, match="MSER-5"):
        mser5(series)


def test_every_series_of_the_model_has_its_days():
    found = settled("pervasive", runs=2, days=240, firm="mobile_bank")
    assert set(found) == set(NAMES)
    assert all(days is None or 0 <= days <= 120 for days in found.values())
    assert found["raised"] is not None
    assert "| items raised |" in warm_up_markdown(runs=1, days=240)
