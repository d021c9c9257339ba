"""The best of several designs: planted cases, agreement with the table, and how often the best is kept."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from sim.analysis.best import among
from sim.analysis.notes import notes
from sim.analysis.paired import analyse
from sim.analysis.precision_words import best_in_words
from sim.analysis.results import Best
from sim.analysis.verdicts import paired_difference
from sim.model.outcomes import HEADLINE, INDEX, NAMES
from tests.analysis.runs import comparison, with_outcomes

LEAD, SPEED = HEADLINE[:2]
FOUR = ("first", "second", "third", "fourth")


def of(**means: tuple[float, ...]):
    """Best designs by outcome; three designs are named first, second and third."""
    return analyse(with_outcomes(**means), outcomes=HEADLINE)


def test_a_design_that_is_clearly_ahead_is_the_best_alone():
    found = of(return_on_spend=(1.0, 1.5, 1.2)).best[LEAD]
    assert (found.designs, found.told) == (("second",), ("first", "third"))
    assert found.behind["second"] == 0.0
    assert 0.5 < found.behind["first"] < 0.51


def test_two_that_are_equal_and_ahead_cannot_be_told_apart():
    """The table holds both against the first only; between the two it says nothing."""
    analysis = of(return_on_spend=(1.0, 1.3, 1.3))
    found = analysis.best[LEAD]
    assert set(found.designs) == {"second", "third"}
    assert found.told == ("first",)
    assert all(0.0 < found.behind[design] < 0.01 for design in found.designs)


def test_where_less_is_better_the_lowest_is_the_best():
    assert of(lead_time_median=(60.0, 45.0, 50.0)).best[SPEED].designs == ("second",)


def test_the_first_design_may_be_the_best():
    assert of(return_on_spend=(1.5, 1.0, 1.2)).best[LEAD].designs == ("first",)


def test_equal_designs_are_all_kept():
    found = of(return_on_spend=(1.0, 1.0, 1.0)).best[LEAD]
    assert set(found.designs) == {"first", "second", "third"}
    assert found.told == ()


def test_two_designs_have_no_best_of_several():
    assert of(return_on_spend=(1.0, 1.5)).best == {}


def test_every_headline_outcome_has_one():
    assert set(of(return_on_spend=(1.0, 1.5, 1.2)).best) == set(HEADLINE)


@pytest.mark.parametrize("seed", range(8))
def test_it_never_says_other_than_the_table(seed):
    """Who is surely better or worse than the first in the table: the worse of the two is told from the best."""
    rng = np.random.default_rng(seed)
    values = 1.0 + rng.normal(0.0, 0.02, (4, 1, len(NAMES))) + rng.normal(0.0, 0.05, (4, 40, len(NAMES)))
    analysis = analyse(comparison(values, FOUR), outcomes=HEADLINE)
    for name, found in analysis.best.items():
        for second in analysis.others:
            better = analysis.differences[second][name].better
            if better is not None:
                assert (second if better == "first" else "first") in found.told


def test_a_quantile_that_is_not_reached_is_judged_by_who_is_first_more_often():
    values = np.full((3, 60, len(NAMES)), 300.0) + np.random.default_rng(2).normal(0.0, 5.0, (3, 60, len(NAMES)))
    beyond = np.zeros(values.shape, bool)
    values[2, :, INDEX[SPEED]], beyond[2, :, INDEX[SPEED]] = 720.0, True
    found = analyse(comparison(values, beyond=beyond), outcomes=HEADLINE).best[SPEED]
    assert set(found.designs) == {"first", "second"}
    assert found.behind["third"] is None


def test_three_that_beat_each_other_in_a_circle_are_all_kept():
    """Each is ahead of the next in two of three pairs, by means that are only bounds."""
    places = np.array([[1.0, 2.0, 3.0], [2.0, 3.0, 1.0], [3.0, 1.0, 2.0]]).repeat(60, axis=1)
    designs = ("first", "second", "third")
    pairs = {
        (designs[i], designs[j]): paired_difference(
            SPEED, (designs[i], designs[j]), places[[i, j]], np.array([0.5, 0.5]), np.nan, 0.95, 0.95
        )
        for i, j in combinations(range(3), 2)
    }
    assert all(difference.better for difference in pairs.values())
    assert set(among(SPEED, designs, pairs).designs) == set(designs)


@pytest.mark.parametrize("gaps", [(0.0, 0.0, 0.0, 0.0), (0.0, 0.02, 0.02, 0.02), (0.03, 0.0, 0.02, 0.0)])
def test_the_best_is_kept_at_least_as_often_as_promised(gaps):
    """60 experiments; 94 % or more of them, less what so few can stray (2.3 standard errors of 0.95 are 0.065)."""
    rng, kept = np.random.default_rng(9), 0
    for _ in range(60):
        shared, own = rng.normal(0.0, 0.1, (1, 60)), rng.normal(0.0, 0.1, (4, 60))
        values = np.ones((4, 60, len(NAMES)))
        values[:, :, INDEX[LEAD]] += np.array(gaps)[:, None] + shared + own
        found = analyse(comparison(values, FOUR), outcomes=(LEAD,)).best[LEAD]
        kept += any(FOUR[k] in found.designs for k in np.flatnonzero(np.array(gaps) == max(gaps)))
    assert kept / 60 >= 0.94 - 0.065


def test_the_words_name_who_is_kept_and_who_is_not():
    analysis = of(return_on_spend=(1.0, 1.3, 1.3))
    (told,) = best_in_words(analysis)
    assert told.startswith("Cannot be told from the best in return on spend: ")
    assert told.endswith("; first surely is not the best.")
    assert "per 1 spent behind)" in told
    assert told in notes(with_outcomes(return_on_spend=(1.0, 1.3, 1.3)), analysis)
    (sure,) = best_in_words(of(return_on_spend=(1.0, 1.5, 1.2)))
    assert sure == "Best in return on spend, for sure: second."
    (none,) = best_in_words(of(return_on_spend=(1.0, 1.0, 1.0)))
    assert none.startswith("None of the designs can be told from the best in return on spend: ")


def test_what_is_behind_by_an_unknown_amount_is_not_said_to_be_behind_by_some():
    found = Best(SPEED, ("first", "second"), (), {"first": None, "second": None})
    from dataclasses import replace

    analysis = replace(of(return_on_spend=(1.0, 1.0, 1.0)), best={LEAD: replace(found, outcome=LEAD)})
    assert best_in_words(analysis) == ["None of the designs can be told from the best in return on spend: first and second."]
