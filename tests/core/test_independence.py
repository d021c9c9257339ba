"""Draws that differ in seed, stream, day, entity or number are uniform, and know nothing of one another."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import stats

from tests.core.draws import AXES, CHANCE, FAR, along, assert_counts, assert_uncorrelated, uniforms

MANY = 1 << 19
PAIRS = list(itertools.combinations(AXES, 2))


@pytest.mark.parametrize("axis", AXES)
def test_draws_along_every_axis_are_uniform(axis):
    drawn = along(axis, MANY)
    assert_counts(np.histogram(drawn, bins=256, range=(0.0, 1.0))[0], MANY / 256)
    assert stats.kstest(drawn, "uniform").pvalue > CHANCE


@pytest.mark.parametrize("axis", AXES)
def test_the_fine_digits_of_draws_are_uniform_too(axis):
    fine = along(axis, MANY) * 2.0**32 % 1.0  # the last 20 bits of the 52
    assert_counts(np.histogram(fine, bins=256, range=(0.0, 1.0))[0], MANY / 256)


@pytest.mark.parametrize("axis", AXES)
def test_neighbours_on_every_axis_fill_the_square_evenly(axis):
    pairs = along(axis, 2 * MANY).reshape(MANY, 2)
    counts = np.histogram2d(pairs[:, 0], pairs[:, 1], bins=32, range=((0.0, 1.0), (0.0, 1.0)))[0]
    assert_counts(counts, MANY / 32**2)


@pytest.mark.parametrize("axis", AXES)
def test_three_neighbours_on_every_axis_fill_the_cube_evenly(axis):
    count = MANY // 2
    cells = (along(axis, 3 * count).reshape(count, 3) * 8).astype(np.int64) @ np.array([64, 8, 1])
    assert_counts(np.bincount(cells, minlength=512), count / 512)


@pytest.mark.parametrize("axis", AXES)
def test_draws_are_uncorrelated_up_to_a_distance_of_forty(axis):
    drawn = along(axis, MANY)
    for distance in range(1, 41):
        assert_uncorrelated(drawn[distance:], drawn[:-distance])


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_exchanging_the_values_of_two_axes_gives_an_unrelated_draw(first, second):
    low, high = np.triu_indices(900, k=1)
    assert_uncorrelated(uniforms(**{first: low, second: high}), uniforms(**{first: high, second: low}))


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_steps_on_two_axes_at_once_give_unrelated_draws(first, second):
    one, other = np.meshgrid(np.arange(600), np.arange(600), indexing="ij")
    drawn = uniforms(**{first: one, second: other})
    assert_uncorrelated(drawn[1:, 1:], drawn[:-1, :-1])
    assert_uncorrelated(drawn[1:, :-1], drawn[:-1, 1:])


@pytest.mark.parametrize(("over", "replicates"), [*PAIRS, *(pair[::-1] for pair in PAIRS)])
def test_the_variance_of_a_sum_is_the_sum_of_the_variances(over, replicates):
    """Sums of 500 draws each: their variance is 500 / 12, so 1,000 of them give a chi² with 1,000 degrees of freedom."""
    terms, sums = 500, 1000
    drawn = uniforms(**{over: np.arange(terms)[None, :], replicates: np.arange(sums)[:, None]})
    z = (drawn.sum(axis=1) - terms / 2) / np.sqrt(terms / 12)
    p = stats.chi2.sf((z * z).sum(), sums)
    assert CHANCE < p < 1 - CHANCE
    assert abs(z.sum()) / np.sqrt(sums) < FAR


def test_a_draw_is_a_function_of_its_place_and_of_nothing_else():
    order = np.random.default_rng(3).permutation(1000)
    assert (uniforms(day=order) == along("day", 1000)[order]).all()
