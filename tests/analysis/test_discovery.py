"""Discovery finds a planted box, judges it on points that it was not found on, and says nothing where there is nothing."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.discovery import Bounds, find_box, grow_tree, in_words


def drawn(count: int, width: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).random((count, width))


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_box_is_found(seed):
    points = drawn(2000, 6, seed)
    wanted = (points[:, 1] > 0.6) & (points[:, 4] < 0.5)
    box = find_box(points, wanted, seed)
    bounds = {each.factor: each for each in box.bounds}
    assert set(bounds) == {1, 4}
    assert bounds[1].low == pytest.approx(0.6, abs=0.05)
    assert bounds[4].high == pytest.approx(0.5, abs=0.05)
    assert box.density_elsewhere > 0.9
    assert box.coverage_elsewhere > 0.9


def test_a_noisy_box_is_found_too():
    points = drawn(3000, 5)
    chance = np.random.default_rng(2).random(len(points))
    wanted = np.where((points[:, 0] > 0.5) & (points[:, 2] > 0.4), chance < 0.92, chance < 0.05)
    box = find_box(points, wanted)
    assert {0, 2} <= {each.factor for each in box.bounds}
    assert box.density_elsewhere > 0.8
    assert box.coverage_elsewhere > 0.8


def test_where_there_is_nothing_nothing_is_said_or_it_does_not_hold_elsewhere():
    points = drawn(2000, 6)
    wanted = np.random.default_rng(3).random(len(points)) < 0.3
    box = find_box(points, wanted)
    assert box is None or box.density_elsewhere < box.density
    assert box is None or box.density_elsewhere < 0.6


def test_all_or_nothing_is_no_box():
    points = drawn(500, 3)
    assert find_box(points, np.ones(500, bool)) is None
    assert find_box(points, np.zeros(500, bool)) is None


def test_a_factor_of_a_few_values_can_be_peeled():
    points = drawn(1200, 3)
    points[:, 0] = np.floor(points[:, 0] * 4.0)
    box = find_box(points, points[:, 0] >= 2.0)
    assert [(each.factor, each.low) for each in box.bounds] == [(0, 2.0)]
    assert box.density_elsewhere == box.coverage_elsewhere == 1.0


def test_a_tree_finds_the_questions_and_is_judged_elsewhere():
    points = drawn(3000, 5)
    wanted = (points[:, 2] > 0.5) & (points[:, 3] > 0.3)
    tree = grow_tree(points, wanted)
    assert tree.accuracy > 0.95 > tree.guess
    assert {each.factor for leaf in tree.leaves for each in leaf.bounds} <= {2, 3}
    assert sum(leaf.points for leaf in tree.leaves) == len(points) // 2
    best = max(tree.leaves, key=lambda leaf: leaf.share)
    assert best.share > 0.95
    assert in_words([Bounds(each.factor, round(each.low, 1), each.high) for each in best.bounds], ["a", "b", "c", "d", "e"]) == (
        "c is above 0.5, and d is above 0.3")  # fmt: skip


def test_a_tree_of_nothing_is_no_better_than_a_guess():
    points = drawn(2000, 4)
    tree = grow_tree(points, np.random.default_rng(5).random(2000) < 0.4)
    assert tree.accuracy < tree.guess + 0.05
