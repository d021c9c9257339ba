"""The kernel and small programs of their own give the same distributions: means agree within what their runs leave open."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.validation import fang, march, march_moving
from sim.validation.architecture import fitness
from tests.docking import fang_alone, march_alone, siggelkow_alone

ERRORS = 4.0


def agree(alone: list[float], mean: float, error: float) -> bool:
    """Whether means agree within four standard errors of their difference."""
    own = np.array(alone)
    return abs(own.mean() - mean) <= ERRORS * math.hypot(own.std(ddof=1) / math.sqrt(len(own)), error)


@pytest.mark.parametrize(("p1", "p2"), [(0.1, 0.9), (0.5, 0.5), (0.9, 0.1)])
def test_march_at_rest(p1, p2):
    periods = march.PERIODS[min(p1, p2)]
    alone = [march_alone.knowledge(p1, p2, periods, seed) for seed in range(150)]
    assert agree(alone, *march.equilibrium_knowledge(p1, p2, 300))


@pytest.mark.parametrize("turnover", [0.0, march_moving.TURNOVER])
def test_march_in_a_reality_that_moves(turnover):
    means, errors = march_moving.courses(turnover, 300)
    alone = [march_alone.share_right(40, turnover, seed) for seed in range(300)]
    place = march_moving.TIMES.index(40)
    assert agree(alone, float(means[place]), float(errors[place]))


@pytest.mark.slow
@pytest.mark.parametrize("rewired", [0.0, 0.05, 0.2, 1.0])
def test_linked_groups_at_rest(rewired):
    means, errors = fang.knowledge(rewired, 60)
    alone = [fang_alone.learned(rewired, fang.LATE, seed) for seed in range(40)]
    assert agree(alone, float(means[1]), float(errors[1]))


def test_linked_groups_early():
    means, errors = fang.knowledge(0.5, 16)
    alone = [fang_alone.learned(0.5, fang.EARLY, seed) for seed in range(24)]
    assert agree(alone, float(means[0]), float(errors[0]))


@pytest.mark.parametrize(("coupling", "who"), [("modular", "decentral"), ("near", "temporary"), ("full", "central")])
def test_searched_architecture(coupling, who):
    early = fitness(coupling, who, 600).early
    alone = [siggelkow_alone.fitness(coupling, who, 3, seed) for seed in range(600)]
    assert agree(alone, float(early.mean()), float(early.std(ddof=1)) / math.sqrt(len(early)))


@pytest.mark.slow
@pytest.mark.parametrize(("coupling", "who"), [("modular", "decentral"), ("near", "temporary"), ("full", "central")])
def test_searched_architecture_in_the_end(coupling, who):
    found = fitness(coupling, who, 2000)
    alone = [siggelkow_alone.fitness(coupling, who, 199, seed) for seed in range(800)]
    assert agree(alone, float(found.late.mean()), float(found.late.std(ddof=1)) / math.sqrt(2000))
