"""Effects of moves: planted numbers come out, sizes are said only where the interval bears them, pairs are what both do beyond the sum."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import numpy as np
import pytest

from sim.analysis.moves import (
    BETWEEN,
    DECK_CHAIR,
    HALF_OF_IT,
    NOTHING_THAT_MATTERS,
    OPEN,
    Effects,
    effects_of,
    size_of,
)  # fmt: skip
from sim.analysis.moves_words import headline, surely
from sim.experiment.comparison import Comparison
from sim.experiment.moves import Moves
from sim.model.outcomes import HEADLINE, INDEX, NAMES
from sim.scenario.interventions import AND
from sim.scenario.journeys import Event, Intervention
from tests.report.synthetic import scenario

RETURN = INDEX[HEADLINE[0]]
KINDS = {"outsourcing": "outsource", "new_leader": "replace_leader", "embedded": "embed", "funded": "persistent_funding"}


def planted(changes: dict[str, float], noise: float = 0.01, replicates: int = 60) -> tuple[Moves, dict[str, Intervention]]:
    """Runs in which the return of every name differs from 1 of doing nothing by a planted amount; "other" is the yardstick."""
    generator = np.random.default_rng(2)
    luck = generator.normal(size=(replicates, len(NAMES)))
    names = ("doing nothing", *(name for name in changes if name != "other"), "other")
    outcomes = np.ones((len(names), replicates, len(NAMES))) + 0.05 * luck
    for place, name in enumerate(names[1:], start=1):
        spread = generator.normal(size=replicates)
        outcomes[place, :, RETURN] += changes[name] + noise * (spread - spread.mean())  # the mean is the planted one, whatever the draw
    view = Comparison(scenario(), names, np.arange(replicates), outcomes, outcomes < 0)
    moves = {
        name: Intervention(name, "partnership", tuple(Event(0, KINDS[part], {}) for part in name.split(AND)), f"About {name}.")
        for name in names[1:-1]
    }
    return Moves(view, view, "other"), moves


def found(changes: dict[str, float], **more) -> Effects:
    return effects_of(*planted(changes, **more))


def test_planted_effects_come_out_in_order_the_usual_ones_first():
    effects = found({"embedded": 0.4, "outsourcing": -0.2, "funded": 0.5, "new_leader": 0.0, "other": 0.6})
    assert [move.name for move in effects.moves] == ["new_leader", "outsourcing", "funded", "embedded"]
    assert [move.usual for move in effects.moves] == [True, True, False, False]
    for move, planted_change in zip(effects.moves, (0.0, -0.2, 0.5, 0.4), strict=True):
        assert move.effect.low < planted_change < move.effect.high
    assert [surely(move.effect) for move in effects.moves] == [0, -1, 1, 1]


def test_a_pair_is_held_against_the_sum_of_both():
    effects = found({"embedded": 0.2, "funded": 0.1, f"embedded{AND}funded": 0.5, "other": 0.6}, noise=0.001)
    (pair,) = effects.pairs
    assert (pair.first, pair.second) == ("embedded", "funded")
    assert pair.together.mean == pytest.approx(0.5, abs=0.002)
    assert pair.beyond_both.mean == pytest.approx(0.2, abs=0.003)
    assert pair.beyond_both.sure
    assert [move.name for move in effects.moves] == ["embedded", "funded"]


def test_what_does_nothing_at_all_is_nothing_to_the_last_digit():
    effects = found({"outsourcing": 0.0, "other": 0.5}, noise=0.0)
    (move,) = effects.moves
    assert (move.effect.mean, move.effect.low, move.effect.high) == (0.0, 0.0, 0.0)
    assert move.size == NOTHING_THAT_MATTERS


@pytest.mark.parametrize(("low", "high", "measure", "word"), [
    (-0.01, 0.01, 1.0, NOTHING_THAT_MATTERS), (0.05, 0.19, 1.0, DECK_CHAIR), (-0.19, -0.05, -1.0, DECK_CHAIR), (0.15, 0.25, 1.0, OPEN),
    (0.21, 0.45, -1.0, BETWEEN), (-0.45, -0.21, 1.0, BETWEEN), (0.55, 0.7, 1.0, HALF_OF_IT), (-0.9, -0.6, 1.0, HALF_OF_IT),
    (0.4, 0.6, 1.0, OPEN), (-0.3, 0.6, 1.0, OPEN), (0.05, 0.09, None, OPEN), (None, None, 1.0, OPEN),
])  # fmt: skip
def test_a_size_is_said_only_where_the_whole_interval_bears_it(low, high, measure, word):
    small = low is not None and max(abs(low), abs(high)) <= 0.02
    yardstick = SimpleNamespace(sure=measure is not None, mean=measure or 0.01)
    assert size_of(SimpleNamespace(low=low, high=high, is_small=small), yardstick) == word


def test_the_headline_names_what_surely_matters_and_counts_the_rest():
    words = headline(found({"embedded": 0.4, "outsourcing": -0.2, "funded": 0.5, "new_leader": 0.0, "other": 0.6}))
    assert "Of two usual moves, one lowers return on spend: outsourcing (−0.20); one does not surely change it." in words
    assert "two raise return on spend: funded (+0.50) and embedded (+0.40)" in words
    assert "being other from the start is +0.60" in words


def test_the_headline_says_so_where_nothing_matters_and_where_there_is_no_measure():
    words = headline(found({"outsourcing": 0.001, "new_leader": -0.001, "embedded": 0.0, "other": 0.0}))
    assert "Of two usual moves, none surely changes return on spend by more than matters." in words
    assert "does not surely change return on spend" in words
    assert "too close to measure by" in words


def test_a_failed_run_takes_its_seed_out_of_every_comparison():
    runs, moves = planted({"outsourcing": -0.2, "other": 0.5})
    outcomes = runs.settled.outcomes.copy()
    outcomes[1, 0] = np.nan
    view = dataclasses.replace(runs.settled, outcomes=outcomes)
    (move,) = effects_of(Moves(runs.at_once, view, "other"), moves).moves
    assert move.effect.n == 59
    assert move.at_once[HEADLINE[0]].n == 60
