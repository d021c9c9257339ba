"""The slice's four implementations are twins: the same daily series, bit for bit. Timings are not tested."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import twins
from benchmarks.slice import plan

DAYS = 90


@pytest.fixture(scope="module")
def blueprint():
    return plan.blueprint(DAYS)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", [name for name in twins.TWINS if name != "kernel"])
def test_a_twin_gives_the_kernels_daily_series_bit_for_bit(name, seed, blueprint):
    if name not in twins.present():
        pytest.skip("no C compiler (gcc or cc) on the path")
    expected, found = (twins.TWINS[twin](blueprint, seed)() for twin in ("kernel", name))
    assert found.tobytes() == expected.tobytes()


def test_the_slice_uses_all_that_it_is_made_of(blueprint):
    """Agreement says little where nothing happens: items wait, are built, rejected and released, and releases fail."""
    series = twins.TWINS["kernel"](blueprint, 1)()
    named = dict(zip(plan.SERIES, series.T))
    assert all(named[column].max() > 0.0 for column in plan.SERIES)


def test_a_difference_in_one_bit_is_told_with_its_day_and_column(monkeypatch):
    def wrong(blueprint, seed):
        series = twins.TWINS["kernel"](blueprint, seed)()
        series[7, 3] = np.nextafter(series[7, 3], np.inf)
        return lambda: series

    monkeypatch.setitem(twins.TWINS, "Mesa", wrong)
    with pytest.raises(twins.Disagreement, match="Mesa and the kernel differ first on day 7 in 'in hand'"):
        twins.check(20, 1)
