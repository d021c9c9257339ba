"""Sensitivity: functions whose indices are known by formula, noise that is told apart, runs that failed."""

from __future__ import annotations

import time

import numpy as np
import pytest

from sim.analysis.screening import screen
from sim.analysis.sensitivity import rank_warning, sobol_indices


def saltelli_points(blocks: int, inputs: int, seed: int) -> np.ndarray:
    """(N, K + 2, K) points of a sample, block by block."""
    from SALib.sample import sobol

    return np.asarray(sobol.sample(_problem(inputs), blocks, calc_second_order=False, seed=seed)).reshape(blocks, inputs + 2, inputs)


def trajectories(count: int, inputs: int, seed: int) -> np.ndarray:
    """(T, K + 1, K) points of trajectories."""
    from SALib.sample import morris

    return np.asarray(morris.sample(_problem(inputs), count, num_levels=4, seed=seed)).reshape(count, inputs + 1, inputs)


def _problem(inputs: int) -> dict[str, object]:
    return {"num_vars": inputs, "names": [str(i) for i in range(inputs)], "bounds": [[0.0, 1.0]] * inputs}


def ishigami(x: np.ndarray, a: float = 7.0, b: float = 0.1) -> np.ndarray:
    """Ishigami & Homma (1990), of points in the unit cube."""
    z = np.pi * (2.0 * x - 1.0)
    return np.sin(z[..., 0]) + a * np.sin(z[..., 1]) ** 2 + b * z[..., 2] ** 4 * np.sin(z[..., 0])


def ishigami_indices(a: float = 7.0, b: float = 0.1) -> tuple[np.ndarray, np.ndarray, float]:
    """First and total indices and the variance, by formula (Saltelli et al. 2008, Global Sensitivity Analysis: The Primer)."""
    first = np.array([0.5 * (1.0 + b * np.pi**4 / 5.0) ** 2, a * a / 8.0, 0.0])
    joint = b * b * np.pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
    variance = float(first.sum() + joint)
    return first / variance, (first + np.array([joint, 0.0, joint])) / variance, variance


A = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0])


def sobol_g(x: np.ndarray) -> np.ndarray:
    """Sobol' g function (Saltelli & Sobol' 1995)."""
    return np.prod((np.abs(4.0 * x - 2.0) + A) / (1.0 + A), axis=-1)


def sobol_g_indices() -> tuple[np.ndarray, np.ndarray]:
    single = 1.0 / (3.0 * (1.0 + A) ** 2)
    variance = np.prod(1.0 + single) - 1.0
    return single / variance, single * np.prod(1.0 + single) / (1.0 + single) / variance


def runs(f, blocks: int, inputs: int, noise: float = 0.0, replicates: int = 1, seed: int = 1) -> np.ndarray:
    """(N, K + 2, R, 1) of a function with noise at the points of a sample."""
    exact = f(saltelli_points(blocks, inputs, seed))[:, :, None, None]
    return exact + noise * np.random.default_rng(seed + 100).normal(size=(*exact.shape[:2], replicates, 1))


def test_indices_and_their_intervals_are_those_of_salib():
    from SALib.analyze import sobol

    points = saltelli_points(512, 3, 1)
    values = ishigami(points)
    theirs = sobol.analyze(_problem(3), values.reshape(-1), calc_second_order=False)
    found = sobol_indices(values[:, :, None, None])
    np.testing.assert_allclose(found.total[:, 0], theirs["ST"], rtol=1e-9)
    np.testing.assert_allclose(found.first[:, 0], theirs["S1"], rtol=0.02, atol=0.02)
    np.testing.assert_allclose(found.total_high[:, 0] - found.total_low[:, 0], 2.0 * theirs["ST_conf"], rtol=0.25)


def test_a_block_is_a_row_of_a_the_rows_with_one_input_of_b_and_a_row_of_b():
    points = saltelli_points(8, 3, 1)
    assert points.shape == (8, 5, 3)
    a, b = points[:, 0], points[:, -1]
    for i in range(3):
        assert (points[:, 1 + i, i] == b[:, i]).all()
        assert (np.delete(points[:, 1 + i], i, axis=1) == np.delete(a, i, axis=1)).all()


def test_ishigami_has_the_indices_of_its_formula():
    first, total, variance = ishigami_indices()
    found = sobol_indices(runs(ishigami, 4096, 3))
    np.testing.assert_allclose(found.first[:, 0], first, atol=0.02)
    np.testing.assert_allclose(found.total[:, 0], total, atol=0.02)
    assert found.variance[0] == pytest.approx(variance, rel=0.01)


def test_the_g_function_has_the_indices_of_its_formula_and_they_lie_in_their_intervals():
    first, total = sobol_g_indices()
    found = sobol_indices(runs(sobol_g, 4096, 6))
    np.testing.assert_allclose(found.first[:, 0], first, atol=0.02)
    np.testing.assert_allclose(found.total[:, 0], total, atol=0.02)
    assert ((found.total_low[:, 0] - 1e-3 <= total) & (total <= found.total_high[:, 0] + 1e-3)).all()


def test_noise_makes_an_input_that_does_nothing_seem_to_matter_and_two_replicates_take_it_out():
    """Equal cost: one replicate at 2048 blocks against two at 1024; the noise is as large as what the inputs do."""
    def with_inert(x):
        return ishigami(x[..., :3])

    noise = np.sqrt(ishigami_indices()[2])
    plain = sobol_indices(runs(with_inert, 2048, 4, noise))
    told = sobol_indices(runs(with_inert, 1024, 4, noise, replicates=2))
    assert plain.total[3, 0] == pytest.approx(0.5, abs=0.05), "half of the variance of single runs is noise"
    assert not plain.noise_removed
    assert abs(told.total[3, 0]) < 0.06
    assert told.total_low[3, 0] < 0.0 < told.total_high[3, 0]
    assert told.seed_share[0] == pytest.approx(0.5, abs=0.03)
    np.testing.assert_allclose(told.total[:3, 0], ishigami_indices()[1], atol=0.1)


def test_without_noise_replicates_change_nothing():
    one, two = sobol_indices(runs(ishigami, 256, 3)), sobol_indices(np.repeat(runs(ishigami, 256, 3), 3, axis=2))
    np.testing.assert_allclose(one.total, two.total, atol=1e-12)
    np.testing.assert_allclose(one.first, two.first, atol=1e-12)
    assert two.seed_share[0] == pytest.approx(0.0, abs=1e-12)


def test_what_a_shared_seed_does_at_all_points_alike_is_no_noise_of_a_point():
    """The same five seeds at every point, each worth three times what the inputs are: it would drown V, and no index would be left."""
    values = runs(ishigami, 1024, 3, 0.5, replicates=5)
    luck = 3.0 * np.sqrt(ishigami_indices()[2]) * np.array([-1.2, 0.4, 1.5, -0.9, 0.2])
    found, without = sobol_indices(values + luck[None, None, :, None]), sobol_indices(values)
    np.testing.assert_allclose(found.total, without.total, atol=1e-9)
    np.testing.assert_allclose(found.first, without.first, atol=1e-9)
    assert found.variance[0] == pytest.approx(ishigami_indices()[2], rel=0.05)
    assert found.seed_share[0] > 0.8, "it still is luck of a single run"


def test_indices_do_not_depend_on_level_and_unit_of_the_outcome():
    values = runs(ishigami, 512, 3, 1.0, 2)
    one, other = sobol_indices(values), sobol_indices(1e6 - 250.0 * values)
    np.testing.assert_allclose(one.total, other.total, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(one.first, other.first, rtol=1e-6, atol=1e-6)


def test_a_block_with_a_failed_run_is_left_out_for_that_outcome_and_nothing_is_filled_in():
    values = np.repeat(runs(ishigami, 256, 3, 1.0, 2), 2, axis=3)
    values[[5, 17], 2, 1, 0] = np.nan
    found = sobol_indices(values)
    without = sobol_indices(np.delete(values, [5, 17], axis=0))
    assert found.blocks.tolist() == [254, 256]
    np.testing.assert_allclose(found.total[:, 0], without.total[:, 0], atol=1e-12)
    assert not np.isnan(found.total_low).any()


def test_an_outcome_that_never_varies_has_no_indices():
    found = sobol_indices(np.ones((64, 5, 2, 1)))
    assert np.isnan(found.total).all()
    assert found.too_small_to_rank.all()


def test_intervals_hold_as_often_as_they_say():
    total = ishigami_indices()[1]
    held = [
        [low <= true <= high for low, true, high in zip(found.total_low[:, 0], total, found.total_high[:, 0])]
        for found in (sobol_indices(runs(ishigami, 256, 3, 1.0, 2, seed), draws=200) for seed in range(40))
    ]
    assert np.mean(held) > 0.88


def test_a_sample_too_small_to_rank_is_told_and_a_large_one_is_not():
    small, large = (sobol_indices(runs(ishigami, blocks, 3, 4.0, 2)) for blocks in (16, 2048))
    assert small.too_small_to_rank.all()
    assert "1 of 1 outcomes cannot be ranked with 16 blocks (lead time)" in rank_warning(small, ["lead time"])
    assert rank_warning(large, ["lead time"]) == ""


def test_forty_outcomes_at_once_are_the_same_as_each_alone_and_take_little_time():
    values = np.random.default_rng(1).normal(size=(1024, 12, 2, 40)) + runs(ishigami, 1024, 10, 0.0)
    started = time.perf_counter()
    found = sobol_indices(values)
    assert time.perf_counter() - started < 10.0
    alone = sobol_indices(values[..., 7:8])
    np.testing.assert_allclose(found.total[:, 7], alone.total[:, 0], atol=1e-12)
    np.testing.assert_allclose(found.total_low[:, 7], alone.total_low[:, 0], atol=1e-9)


def test_what_is_no_sample_is_refused():
    with pytest.raises(ValueError, match="blocks, inputs"):
        sobol_indices(np.ones((8, 5, 2)))


def test_strength_and_bending_are_those_of_salib():
    from SALib.analyze import morris

    points = trajectories(40, 3, 1)
    values = ishigami(points)
    theirs = morris.analyze(_problem(3), points.reshape(-1, 3), values.reshape(-1), num_levels=4)
    found = screen(points, values[:, :, None, None])
    np.testing.assert_allclose(found.strength[:, 0], theirs["mu_star"], rtol=1e-9)
    np.testing.assert_allclose(found.mean[:, 0], theirs["mu"], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.bending[:, 0], theirs["sigma"], rtol=1e-9)


def test_screening_finds_slopes_and_what_bends_and_leaves_out_what_does_nothing():
    points = trajectories(60, 4, 2)
    slope = 3.0 * points[..., 0] - 1.0 * points[..., 1] + 4.0 * points[..., 0] * points[..., 2]
    found = screen(points, slope[:, :, None, None])
    assert found.mean[1, 0] == pytest.approx(-1.0)
    assert found.strength[1, 0] == pytest.approx(1.0)
    assert found.bending[1, 0] == pytest.approx(0.0, abs=1e-9)
    assert found.bending[2, 0] > 0.5
    assert found.strength[3, 0] == 0.0
    assert found.matters[:, 0].tolist() == [True, True, True, False]


def test_an_input_that_does_nothing_is_no_stronger_than_the_floor_that_noise_gives():
    points = trajectories(2000, 3, 3)
    values = 2.0 * points[..., 0][:, :, None, None] + np.random.default_rng(4).normal(0.0, 0.5, (*points.shape[:2], 2, 1))
    found = screen(points, values)
    assert found.strength[2, 0] == pytest.approx(found.floor[0], rel=0.15)
    assert found.matters[:, 0].tolist() == [True, False, False]
    assert found.without_noise[0, 0] == pytest.approx(2.0, rel=0.05)
    # An effect of noise alone has a variance of 2 · 0.5² ÷ (2/3)²; the mean of 2,000 products of two of them is zero but for chance.
    assert found.without_noise[2, 0] ** 2 < 3.0 * (2.0 * 0.5**2 / (2.0 / 3.0) ** 2) / 2000**0.5


def test_screening_leaves_out_trajectories_with_failed_runs():
    points = trajectories(30, 3, 5)
    values = np.repeat((points @ np.array([1.0, 2.0, 3.0]))[:, :, None, None], 2, axis=3)
    values[4, 1, 0, 0] = np.nan
    found = screen(points, values)
    assert found.trajectories.tolist() == [29, 30]
    np.testing.assert_allclose(found.mean, np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]), atol=1e-9)
