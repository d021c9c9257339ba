"""Means of runs: intervals hold the truth as often as they say, and controls of known mean make them narrower."""

from __future__ import annotations

import numpy as np
import pytest

from sim.validation.measured import controlled, of_runs, run_controlled, run_until


def drawn(seed: int, n: int, pull: float) -> tuple[list[float], list[float]]:
    """Values around 2 that a control around 5 pulls along."""
    draw = np.random.default_rng(seed)
    control = 5.0 + draw.normal(size=n)
    return list(2.0 + pull * (control - 5.0) + draw.normal(size=n)), list(control)


@pytest.mark.parametrize("pull", [0.0, 3.0])
def test_intervals_with_a_control_hold_the_truth_as_often_as_they_say(pull):
    held = [controlled(*drawn(seed, 24, pull), 5.0).holds(2.0) for seed in range(2000)]
    assert np.mean(held) == pytest.approx(0.99, abs=0.0075)


def test_a_control_that_explains_much_makes_the_interval_narrower_and_one_that_explains_nothing_hardly_wider():
    values, controls = drawn(1, 200, 3.0)
    assert controlled(values, controls, 5.0).half_width < 0.5 * of_runs(values).half_width
    values, controls = drawn(2, 200, 0.0)
    assert controlled(values, controls, 5.0).half_width < 1.05 * of_runs(values).half_width


def test_a_control_without_spread_explains_nothing():
    assert controlled([1.0, 2.0, 3.0, 4.0], [5.0] * 4, 5.0).mean == pytest.approx(2.5)


def test_runs_are_added_until_the_interval_is_narrow_enough():
    def value(seed: int) -> float:
        return float(np.random.default_rng(seed).normal(10.0, 1.0))

    wide, narrow = run_until(value, 0.2, batch=8), run_until(value, 0.02, batch=8)
    assert wide.runs == 8 < narrow.runs
    assert narrow.half_width <= 0.02 * narrow.mean
    assert narrow.holds(10.0)


def test_runs_with_a_control_are_the_same_whoever_makes_them():
    def both(seed: int) -> tuple[float, float]:
        values, controls = drawn(seed, 1, 1.0)
        return values[0], controls[0]

    assert run_controlled(both, 5.0, 0.2, workers=1) == run_controlled(both, 5.0, 0.2, workers=3)
