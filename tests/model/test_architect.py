"""Architect: a landscape that is a function of the seed, who searches it, what is kept, and that it is gone when it is off."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.core.jit import entry
from sim.core.streams import ARCHITECTURE_VALUE, entity_key, stream_key, uniform
from sim.model import kernel
from sim.model.begin import begin
from sim.model.landscape import contribution, linked, links_outside, own_sum, whole_sum
from sim.model.mechanisms.architect import act, fit_of, local_share, read_fit, reshuffle, search_centrally, settle
from sim.model.outcomes import INDEX
from sim.model.world import World, same
from tests.model.worlds import MIDDLE, PARTNERSHIP, PERVASIVE, lived, off, plan

plan_round, centre, close_round, turn, read = entry(act), entry(search_centrally), entry(settle), entry(reshuffle), entry(read_fit)
contributes, of_unit, of_firm = entry(contribution), entry(own_sum), entry(whole_sum)
SHARE = st.floats(0.0, 1.0)
ALONE, CENTRE = {"delegation": 1.0, "governance_scope": 0.0}, {"delegation": 0.0, "governance_scope": 0.0}
OWN = 3


def links_of(w: World, number: int) -> list[int]:
    """The outside choices that a choice depends on, from the scalar equations alone."""
    outside = OWN * (len(w.units) - 1)
    who = entity_key(stream_key(int(w.firm[0].seed), ARCHITECTURE_VALUE), 2 * number)
    many = links_outside(float(w.p[0].architecture_reach * w.p[0].coupling), outside, uniform(who, 1))
    found = [linked(who, rank, many, outside) for rank in range(many)]
    return [other if other < number // OWN * OWN else other + OWN for other in found]


def flip(w: World, number: int) -> None:
    w.units[number // OWN].choices ^= 1 << (number % OWN)


@settings(deadline=None, max_examples=60)
@given(SHARE, SHARE, SHARE)
def test_who_searches_is_a_share_that_follows_delegation_and_gives_way_to_review(delegation, pull, scope):
    share = local_share(delegation, pull, scope)
    assert 0.0 <= share <= delegation
    assert local_share(delegation, pull, 0.0) == delegation
    assert local_share(1.0, 1.0, 1.0) == 0.0


@pytest.mark.parametrize("expected", [0.0, 0.3, 1.0, 2.75])
def test_links_are_as_many_as_expected_on_average(expected):
    u = (np.arange(1000) + 0.5) / 1000
    assert np.mean([links_outside(expected, 30, each) for each in u]) == pytest.approx(expected, abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**40), st.integers(1, 200), st.data())
def test_links_are_outside_choices_and_no_two_are_the_same(who, outside, data):
    many = data.draw(st.integers(1, outside))
    found = [linked(who, rank, many, outside) for rank in range(many)]
    assert len(set(found)) == many
    assert all(0 <= other < outside for other in found)


def test_every_outside_choice_is_as_likely_to_be_linked():
    drawn = [linked(entity_key(7, who), rank, 2, 9) for who in range(4500) for rank in range(2)]
    # Two draws of one choice never agree, so the counts scatter less than those of independent draws, not more.
    assert stats.chisquare(np.bincount(drawn, minlength=9)).pvalue > 1e-4


def test_a_contribution_changes_with_what_it_depends_on_and_with_nothing_else():
    w = begin(plan(coupling=3.0), 5)
    for number in range(OWN * len(w.units)):
        before = contributes(w, number // OWN, number % OWN)
        matters = set(range(number // OWN * OWN, number // OWN * OWN + OWN)) | set(links_of(w, number))
        for other in range(OWN * len(w.units)):
            flip(w, other)
            assert (contributes(w, number // OWN, number % OWN) != before) == (other in matters)
            flip(w, other)
        assert contributes(w, number // OWN, number % OWN) == before


@pytest.mark.parametrize("coupling", [0.0, 1.3, 4.0])
def test_a_choice_lists_the_units_whose_choices_depend_on_it(coupling):
    w = begin(plan(coupling=coupling), 5)
    depending: dict[int, list[int]] = {number: [] for number in range(OWN * len(w.units))}
    for number in depending:
        for other in links_of(w, number):
            depending[other].append(number // OWN)
    for number, units in depending.items():
        listed = w.dependents[w.dependents_before[number] : w.dependents_before[number + 1]]
        assert listed.tolist() == sorted(units)
    assert (sum(map(len, depending.values())) > 0) == (coupling > 0.0)


def test_a_reshuffled_choice_is_worth_something_else_and_the_others_what_they_were():
    w = begin(plan(), 5)
    before = np.array([contributes(w, number // OWN, number % OWN) for number in range(OWN * len(w.units))])
    w.units[1].epochs[2] += 1
    after = np.array([contributes(w, number // OWN, number % OWN) for number in range(OWN * len(w.units))])
    assert np.flatnonzero(before != after).tolist() == [1 * OWN + 2]


def test_contributions_are_uniform_over_landscapes():
    blueprint = plan(days=20)
    worlds = [begin(blueprint, seed) for seed in range(150)]
    drawn = [contributes(w, unit, place) for w in worlds for unit in range(len(w.units)) for place in range(OWN)]
    assert stats.kstest(drawn, "uniform").pvalue > 1e-4


def test_landscape_and_first_choices_are_the_same_under_every_design():
    worlds = [begin(plan(design=design), 9) for design in (PARTNERSHIP, MIDDLE, PERVASIVE)]
    assert len({(of_firm(w), tuple(w.units["choices"])) for w in worlds}) == 1


@pytest.mark.parametrize("seed", range(8))
def test_a_unit_alone_keeps_what_serves_it_with_the_others_as_they_are(seed):
    w = begin(plan(**ALONE), seed)
    for day in range(5):
        for unit in range(len(w.units)):
            before, held = of_unit(w, unit), w.units[unit].choices
            plan_round(w, unit, day)
            assert w.units[unit].choices == held, "nobody moves before all have planned"
            moved = int(w.units[unit].planned ^ held)
            assert moved.bit_count() <= 1
            w.units[unit].choices = w.units[unit].planned
            assert of_unit(w, unit) > before if moved else of_unit(w, unit) == before
            w.units[unit].choices = held
        planned = w.units["planned"].copy()
        close_round(w, day)
        assert w.units["choices"].tolist() == planned.tolist(), "where everything is delegated, the centre tries nothing"


@pytest.mark.parametrize("trials", [1, 4])
def test_the_centre_keeps_what_serves_the_whole_and_tries_only_so_much(trials):
    w = begin(plan(central_trials=trials / int(plan(**CENTRE).values["units"]), **CENTRE), 3)
    moved = 0
    for day in range(40):
        before, held = of_firm(w), w.units["choices"].copy()
        for unit in range(len(w.units)):
            plan_round(w, unit, day)
            assert w.units[unit].planned == held[unit], "where nothing is delegated, units try nothing"
        assert read(w) == before
        after = centre(w, day, before)
        changed = sum(int(bits).bit_count() for bits in w.units["choices"] ^ held)
        assert changed <= trials
        assert after == of_firm(w)
        assert after > before if changed else after == before
        moved += changed
    assert moved > 0


def test_rounds_are_local_in_the_share_that_the_design_gives():
    design = {"delegation": 0.6, "governance_scope": 0.5, "review_pull": 0.4}
    w = begin(plan(units=2.0, **design), 2)
    unit = w.units[0]
    seen = 0
    for day in range(600):
        unit.choices = 0
        plan_round(w, 0, day)
        seen += int(unit.planned != 0)
    # From one architecture, a trial helps for those of the three flips that are better.
    unit.choices = 0
    base, better = of_unit(w, 0), 0
    for place in range(OWN):
        unit.choices = 1 << place
        better += of_unit(w, 0) > base
    chance = 0.6 * (1.0 - 0.4 * 0.5) * better / OWN
    assert better > 0
    assert seen / 600 == pytest.approx(chance, abs=4.0 * np.sqrt(chance * (1.0 - chance) / 600))


def test_turbulence_reshuffles_at_its_hazard_and_not_at_all_without_it():
    w = begin(plan(turbulence=1.2), 2)
    for day in range(0, 12_000, 20):
        turn(w, day)
    expected = 1.2 * 12_000 / 240 * OWN * len(w.units)
    assert w.units["epochs"].sum() == pytest.approx(expected, abs=4.0 * np.sqrt(expected))
    assert (w.units["epochs"][:, OWN:] == 0).all()
    assert (lived(turbulence=0.0).units["epochs"] == 0).all()


def test_fit_and_outcome_are_what_the_choices_contribute():
    blueprint = plan(days=200, warm_up=41, turbulence=0.0)
    w = begin(blueprint, 6)
    means = []
    for day in range(blueprint.horizon):
        kernel.run_days(w, day, day + 1)
        mean = np.array([of_unit(w, unit) / OWN for unit in range(len(w.units))])
        last_round = day - day % 20
        if day == last_round:
            assert w.units["fit"] == pytest.approx([fit_of(each, float(w.p[0].architecture_weight)) for each in mean], rel=1e-12)
            if day >= 41:
                means.append(mean.mean())
    assert w.firm[0].fit_readings == len(means) == 10
    assert kernel.run(blueprint, 6).outcomes[INDEX["architecture_fit"]] == pytest.approx(np.mean(means), rel=1e-12)


def test_searching_makes_the_architecture_fit_better_than_chance():
    found = [kernel.run(plan(days=480, warm_up=240, turbulence=0.05), seed).outcomes[INDEX["architecture_fit"]] for seed in range(8)]
    assert np.mean(found) > 0.6


def test_a_round_a_day_and_a_weight_of_two_move_fit_and_nothing_below_nothing():
    w = lived(architecture_interval=1.0, architecture_weight=2.0, turbulence=1.5)
    assert (w.units["fit"] >= 0.0).all()
    assert len(set(w.units["fit"])) > 1


def test_off_means_gone():
    """Nothing is reshuffled, tried or read, every fit is 1, and how the mechanism is set otherwise makes no difference."""
    model = off("architect")
    w = lived(model=model, days=240)
    first = begin(plan(model=model), 1)
    for name in ("choices", "planned", "epochs", "fit"):
        assert w.units[name].tobytes() == first.units[name].tobytes(), name
    assert (w.units["fit"] == 1.0).all()
    other = lived(model={**model, "architecture_interval": 1.0, "architecture_reach": 2.0, "central_trials": 4.0, "review_pull": 1.0})
    assert [field for field in same(w, other) if field != "p" and not field.startswith("p.")] == []
    assert np.isnan(kernel.run(plan(model=model), 1).outcomes[INDEX["architecture_fit"]])


def test_a_firm_of_one_unit_has_nobody_to_depend_on():
    w = lived(units=1.0, coupling=6.0, architecture_interval=1.0, turbulence=0.0, **ALONE)
    assert links_of(w, 0) == []
    best = of_unit(w, 0)
    held = w.units[0].choices
    for place in range(OWN):
        w.units[0].choices = held ^ (1 << place)
        assert of_unit(w, 0) <= best, "a unit alone ends where no single change helps"
