"""Pooling break-even, row V7: at which extra service share a shared pool stops being faster, by formula and through the kernel."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.model.kernel import simulate
from sim.validation.pooling import PUBLISHED, SERVICE, break_even, cell, mean_time, measure_difference, time_dedicated, time_pooled

CELLS = [(servers, load) for servers, row in PUBLISHED.items() for load in row]


def tolerance(load: float) -> float:
    """Within which the sign flips: a hundredth at a load of 0.9, where 1 / 0.9 − 1 = 0.111 is instability, else three."""
    return 0.01 if load == max(PUBLISHED[10]) else 0.03


@pytest.mark.parametrize(("servers", "load"), CELLS)
def test_the_formula_gives_the_published_break_even(servers, load):
    # The published 0.48 and 0.09 of five teams are rounded from 0.484 and 0.086.
    assert round(break_even(servers, load), 2) == PUBLISHED[servers][load]
    assert time_pooled(servers, load, break_even(servers, load)) == pytest.approx(time_dedicated(load), rel=1e-9)


@pytest.mark.parametrize(("servers", "load"), CELLS)
def test_the_formulas_sign_flips_within_the_tolerance(servers, load):
    extra, near = PUBLISHED[servers][load], tolerance(load)
    assert time_pooled(servers, load, extra - near) < time_dedicated(load) < time_pooled(servers, load, extra + near)


def test_one_team_pools_nothing():
    assert break_even(1, 0.7) == pytest.approx(0.0, abs=1e-9)


def test_a_larger_pool_may_work_longer_on_each_item_and_a_busier_one_less():
    assert break_even(5, 0.8) < break_even(10, 0.8) < break_even(20, 0.8)
    assert break_even(10, 0.9) < break_even(10, 0.8) < break_even(10, 0.5)


def test_pool_and_teams_are_two_designs_of_one_firm_with_the_same_items():
    c = cell(5, 0.7, 0.25, 500)
    pooled, dedicated = simulate(c.pooled, 3), simulate(c.dedicated, 3)
    assert len(pooled.teams) == len(dedicated.teams) == 5
    raised = [w.items[: w.firm[0].raised] for w in (pooled, dedicated)]
    for name in ("raised", "unit", "size"):
        np.testing.assert_array_equal(raised[0][name], raised[1][name])
    # What the pool's strangers take for an item is 1 + h of its size, and a unit's own team takes its size.
    for items, slowness in zip(raised, (1.25, 1.0), strict=True):
        done = items[items["begun"] >= 0.0]
        assert done["speed"] == pytest.approx(1.0 / slowness, rel=1e-4)


def test_both_designs_take_as_long_as_the_formulas_say():
    """Two dozen runs: within four standard errors, and the half-day that ticks may add."""
    c = cell(5, 0.7, 0.1, 4000)
    for blueprint, slowness, expected in (
        (c.pooled, 1.1, time_pooled(5, 0.7, 0.1)), (c.dedicated, 1.0, time_dedicated(0.7)),
    ):  # fmt: skip
        times = np.array([mean_time(blueprint, c.first, c.last, slowness, seed) for seed in range(24)])
        error = times.std(ddof=1) / math.sqrt(len(times))
        assert error < 0.05 * expected
        assert times.mean() == pytest.approx(expected, abs=4.0 * error + 0.5 / SERVICE)


def test_the_sign_of_pooled_less_dedicated_flips_in_the_kernel():
    below, above = (measure_difference(5, 0.7, 0.29 + near, items=6000) for near in (-0.03, 0.03))
    assert below.mean + below.half_width < 0.0 < above.mean - above.half_width
