"""A search, judged: the map counts what is planted, what separates is told from what does not, and leads keep their sign."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.seek import CLOSE, by_loss, carriers, half_is_left, judged, separators, shares
from sim.api import load_scenario
from sim.experiment.ablation import ALL_ON
from sim.experiment.compare import compare
from sim.experiment.comparison import Comparison
from sim.experiment.seek import FIELDS, FIRST, SECOND, Tried, firm_at
from sim.model.outcomes import HEADLINE, INDEX, NAMES
from sim.scenario.firm import FIRM
from tests.report.synthetic import scenario

PAIR = ("one", "other")


def earned(gap: float, noise: float = 0.1, seed: int = 4) -> np.ndarray:
    """What two designs earn over thirty seeds, the second `gap` more."""
    generator = np.random.default_rng(seed)
    luck = generator.normal(size=30)
    return np.stack([9.0 + luck, 9.0 + luck + gap + noise * generator.normal(size=30)])


def lived(gap: float) -> Comparison:
    outcomes = np.ones((2, 30, len(NAMES)))
    outcomes[:, :, INDEX[HEADLINE[0]]] = earned(gap)
    return Comparison(scenario(PAIR), PAIR, np.arange(30), outcomes, np.zeros(outcomes.shape, bool))


def spread(gap_of, number: int = 60) -> list[Tried]:
    generator = np.random.default_rng(11)
    places = generator.random((number, len(FIELDS)))
    return [Tried(place, firm_at(place), earned(gap_of(dict(zip(FIELDS, place, strict=True))))) for place in places]


def test_the_map_counts_who_surely_earns_more():
    tried = [Tried(np.zeros(1), {}, earned(gap)) for gap in (-1.0, -1.0, 1.0, 1.0, 1.0, 0.0)]
    assert shares(tried, PAIR) == {"one": 2, "other": 3, CLOSE: 1}


def test_what_separates_is_told_from_what_does_not():
    found = separators(spread(lambda place: 2.0 * place["turbulence"] - place["coupling"]))
    assert [one.name for one in found[:2]] == ["turbulence", "coupling"]
    assert [one.correlation > 0 for one in found[:2]] == [True, False]
    assert {one.name for one in found if one.sure} == {"turbulence", "coupling"}
    assert {one.name for one in found} == set(FIELDS)


def test_where_nothing_separates_the_bound_holds():
    """Over forty tables of thirty numbers that go with nothing, one in twenty may have a sure one: at most six (binomial, 98 %)."""
    generator = np.random.default_rng(1)
    wrong = 0
    for _ in range(40):
        gaps = iter(generator.normal(size=20))
        places = generator.random((20, len(FIELDS)))
        tried = [Tried(place, firm_at(place), np.array([[0.0], [next(gaps)]])) for place in places]
        wrong += any(one.sure for one in separators(tried))
    assert wrong <= 6


def test_leads_are_judged_at_once_and_side_by_side():
    first, second = judged([lived(-0.5), lived(0.7)], PAIR)
    assert (first.better, second.better) == PAIR
    assert first.low < -0.5 < first.high
    assert second.low < 0.7 < second.high


@pytest.mark.parametrize("side", [FIRST, SECOND])
def test_half_is_left_only_where_it_surely_is_and_the_sign_is_the_sides(side):
    before = earned(side * 1.0)
    assert half_is_left(side, before, earned(side * 0.8), PAIR)
    assert not half_is_left(side, before, earned(side * 0.3), PAIR)
    assert not half_is_left(side, before, earned(side * 0.8, noise=3.0), PAIR), "too wide"
    assert not half_is_left(side, before, earned(-side * 0.8), PAIR)
    assert not half_is_left(side, earned(-side * 1.0), earned(-side * 0.8), PAIR), "a lead of the other side is none"


def test_what_costs_the_lead_least_is_first():
    after = {"most": earned(0.1), "gains": earned(1.5), "some": earned(0.7)}
    assert by_loss(SECOND, earned(1.0), after) == ["gains", "some", "most"]
    assert by_loss(FIRST, earned(-1.0), {name: one[::-1] for name, one in after.items()}) == ["gains", "some", "most"]


@pytest.mark.parametrize("side", [FIRST, SECOND])
def test_what_carries_a_lead_is_what_it_loses_most_by(side):
    ablated = {ALL_ON: lived(side * 1.0), "turns": lived(-side * 0.5), "same": lived(side * 1.0), "gains": lived(side * 2.0),
               "half": lived(side * 0.6)}  # fmt: skip
    found = carriers(side, ablated, PAIR)
    assert [one.mechanism for one in found] == ["turns", "half"]
    assert found[0].taken == pytest.approx(1.5, abs=0.1)
    assert [one.does_most for one in found] == [True, False]


def test_a_number_that_all_firms_share_separates_nothing():
    tried = [Tried(one.place, {**one.firm, "wage": FIRM["wage"].value}, one.earned) for one in spread(lambda place: place["wage"])]
    assert {one.name: one.correlation for one in separators(tried)}["wage"] == 0.0


@pytest.mark.slow
@pytest.mark.parametrize(("firm", "better"), [("small_business_group", "partnership"), ("two_product_venture", "pervasive")])
def test_the_shipped_firms_that_were_sought_still_are_what_they_say(firm, better):
    """Else the model has changed, and they want to be sought anew: orgsim seek branch_bank --seed 1."""
    found = compare(load_scenario(firm, [("designs.compare", "partnership,pervasive")]), 60, 9)
    assert judged([found], found.designs)[0].better == better
