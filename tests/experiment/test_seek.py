"""The search: a planted winner is found, both sides are treated alike, and numbers go back without losing what was found."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core.errors import InputError
from sim.experiment.seek import CHILDREN, FIELDS, FIRST, SECOND, fewest, firm_at, search, value_at
from sim.scenario.firm import FIRM

SIDES = (FIRST, SECOND)


def share(firm, name: str) -> float:
    """Where in its range a number lies, 0 to 1."""
    return (firm[name] - FIRM[name].low) / (FIRM[name].high - FIRM[name].low)


def planted(title, firms):
    """The second design gains from coupling and loses from spillover; each seed has luck of its own, which the designs share."""
    luck = np.random.default_rng(5).normal(size=6)
    gaps = [share(firm, "coupling") - share(firm, "spillover") for firm in firms]
    return [np.stack([1.0 + luck, 1.0 + luck + gap * (1.0 + 0.01 * luck)]) for gap in gaps]


def exchanged(title, firms):
    """The same with the designs' names exchanged."""
    return [earned[::-1] for earned in planted(title, firms)]


def always(firm) -> bool:
    return True


def test_a_planted_winner_is_found_for_either_side():
    found = search(always, planted, 64, 6, 1)
    for side in SIDES:
        best = found.best(side)
        assert side * best.gap > 0.8, "of 1 that there is"
        assert side * best.gap > max(side * one.gap for one in found.spread)
    assert share(found.best(SECOND).firm, "coupling") > 0.9 > 0.1 > share(found.best(FIRST).firm, "coupling")


def test_designs_that_exchange_names_exchange_results_exactly():
    one, other = search(always, planted, 32, 3, 1), search(always, exchanged, 32, 3, 1)
    for side in SIDES:
        assert [tried.firm for tried in one.rounds[side]] == [tried.firm for tried in other.rounds[-side]]
        assert one.best(side).firm == other.best(-side).firm
        assert one.best(side).gap == -other.best(-side).gap


def test_both_sides_have_equal_effort_whatever_makes_no_sense():
    def makes_sense(firm) -> bool:
        return share(firm, "spillover") < 0.6

    found = search(makes_sense, planted, 40, 3, 1)
    assert len(found.spread) + found.senseless == 40
    assert found.senseless > 0
    assert {side: len(tried) for side, tried in found.rounds.items()} == dict.fromkeys(SIDES, 3 * CHILDREN)
    assert found.kept_out[FIRST] > 0, "the side that wants much of it is kept out most"
    every = [*found.spread, *found.rounds[FIRST], *found.rounds[SECOND]]
    assert all(makes_sense(one.firm) for one in every)


def test_every_firm_that_is_tried_is_plausible_and_has_two_digits():
    found = search(always, planted, 32, 2, 3)
    for one in [*found.spread, *found.rounds[FIRST], *found.rounds[SECOND]]:
        assert list(one.firm) == list(FIELDS)
        for name, value in one.firm.items():
            assert FIRM[name].low <= value <= FIRM[name].high
            assert value == (round(value) if FIRM[name].whole else float(f"{value:.2g}"))


def test_points_are_spread_over_the_whole_of_every_range():
    """A Latin hypercube of n points has one of them in each nth of each range."""
    found = search(always, planted, 20, 0, 2)
    places = np.array([one.place for one in found.spread])
    for column in places.T:
        assert sorted(np.floor(column * 20).astype(int).tolist()) == list(range(20))
    assert found.rounds == {FIRST: (), SECOND: ()}


def test_a_seed_says_everything():
    firms = [[one.firm for one in search(always, planted, 8, 2, seed).rounds[SECOND]] for seed in (1, 1, 2)]
    assert firms[0] == firms[1] != firms[2]


def test_a_firm_whose_runs_failed_is_never_the_best():
    def broken(title, firms):
        return [np.full((2, 4), np.nan) if share(firm, "coupling") > 0.5 else found for firm, found in zip(firms, planted(title, firms))]

    found = search(always, broken, 32, 2, 1)
    assert all(share(found.best(side).firm, "coupling") <= 0.5 for side in SIDES)


def test_where_nothing_makes_sense_it_is_said():
    with pytest.raises(InputError, match="no firm among them makes sense"):
        search(lambda firm: False, planted, 4, 1, 1)


def test_a_range_is_drawn_from_end_to_end():
    for name in FIELDS:
        param = FIRM[name]
        assert (value_at(param, 0.0), value_at(param, 1.0)) == (param.low, param.high)
    assert value_at(FIRM["technologists"], 0.5) == pytest.approx(np.sqrt(20 * 3000), rel=0.05), "wide ranges by ratio"


def test_numbers_go_back_and_the_sign_stays():
    usual = {name: FIRM[name].value for name in FIELDS}
    found = firm_at(np.full(len(FIELDS), 0.9))
    needed = {"coupling", "turbulence"}

    def holds(firm) -> bool:
        return all(firm[name] == found[name] for name in needed)

    asked = []
    few = fewest(found, usual, FIELDS, lambda firm: asked.append(firm) or holds(firm))
    assert holds(few)
    assert {name for name in FIELDS if few[name] != usual[name]} == needed
    assert len(asked) < len(FIELDS), "many at once"
    assert fewest(found, usual, FIELDS, lambda firm: False) == found
    assert fewest(found, usual, FIELDS, lambda firm: True) == usual
    assert fewest(usual, usual, FIELDS, lambda firm: False) == usual
