"""Siggelkow & Levinthal (2003), row D4, out of the mechanism by which the firm's architecture is searched."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.model.begin import begin
from sim.validation.architecture import PUBLISHED, fitness, highest_sum, organisation, search, sum_now

PRINTED = 0.002
"""What the published figures are known to."""


def _mean(values: np.ndarray) -> tuple[float, float]:
    return float(values.mean()), float(values.std(ddof=1) / math.sqrt(len(values)))


@pytest.mark.parametrize(("coupling", "who"), PUBLISHED)
def test_fitness_is_near_the_published_one(coupling, who):
    """500 landscapes: within four standard errors of what is printed, about 0.024 early and 0.016 late."""
    for values, published in zip(fitness(coupling, who, 500), PUBLISHED[coupling, who], strict=True):
        mean, error = _mean(values)
        assert error < 0.007
        assert mean == pytest.approx(published, abs=PRINTED + 4.0 * error)


def test_no_architecture_is_fitter_than_the_landscapes_maximum_and_some_search_finds_it():
    found = fitness("near", "temporary", 100)
    assert max(found.early.max(), found.late.max()) == pytest.approx(1.0)
    assert min(found.early.min(), found.late.min()) > 0.0


def test_looking_for_the_maximum_leaves_the_architecture_as_it_was():
    w = begin(organisation(1.0, 1.0), 4)
    before = w.units["choices"].tolist()
    highest = highest_sum(w)
    assert w.units["choices"].tolist() == before
    assert sum_now(w) <= highest < 6.0


def test_a_landscape_is_the_same_whoever_searches_it():
    plans = [organisation(3.0, delegation) for delegation in (0.0, 1.0)]
    assert len({(highest_sum(w), sum_now(w)) for w in (begin(plan, 8) for plan in plans)}) == 1
    # One landscape in seven begins where no single flip helps anybody; most of twenty do not.
    assert sum(search(plans[0], 0.0, seed) != search(plans[1], 1.0, seed) for seed in range(20)) > 10


@pytest.mark.slow
def test_which_search_is_better_turns_on_coupling_and_time():
    """On the same landscapes, by more than four standard errors of the paired difference."""

    def better(coupling: str, who: str, than: str, late: bool) -> bool:
        difference = fitness(coupling, who, 5000)[late] - fitness(coupling, than, 5000)[late]
        mean, error = _mean(difference)
        return mean > 4.0 * error

    assert better("modular", "decentral", "central", late=False)
    assert better("near", "decentral", "central", late=False)
    assert better("full", "central", "decentral", late=False)
    assert better("near", "central", "decentral", late=True)
    for than in ("central", "decentral"):
        assert better("near", "temporary", than, late=True)
        assert better("full", "temporary", than, late=True)
