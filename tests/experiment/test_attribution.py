"""Mixes of two designs: their ends are the designs compared, bit for bit, and nothing is run twice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.analysis.attribution import attribute
from sim.core.errors import InputError
from sim.experiment.attribution import SETS, live_mixes, mixed, mixes_of
from sim.experiment.compare import compare
from sim.model.equal import blueprint_of, seated
from sim.model.kernel import run
from sim.organisation.budget import planned_spend
from sim.organisation.coordinates import BUNDLES, COORDINATES
from sim.scenario.objects import FrozenMap
from tests.experiment.small import small

SHORT = (("run.days", "120"), ("run.warm_up", "40"))


def test_a_mix_takes_whole_bundles():
    scenario = small()
    one, other = (scenario.designs[name].values for name in ("partnership", "pervasive"))
    mix = mixed(one, other, 0b00101)
    for name, axis in COORDINATES.items():
        assert mix[name] == (other if axis.bundle in ("structure", "funding") else one)[name]
    assert mixed(one, other, 0) == dict(one)
    assert mixed(one, other, SETS - 1) == dict(other)


@pytest.mark.parametrize("equal", ["money", "technology", "headcount"])
def test_the_ends_are_the_designs_compared_and_every_mix_costs_what_the_first_one_costs(equal):
    scenario, places = mixes_of(small(("run.equal", equal)), "pervasive")
    assert places[0] == "partnership"
    assert places[-1] == "pervasive"
    assert len(set(places)) == SETS
    firm, model = scenario.firm, scenario.model
    spent = planned_spend(firm, scenario.designs["partnership"].values, model, firm["technologists"])
    for name in places:
        people = seated(scenario, name)
        if equal == "headcount":
            assert people == firm["technologists"]
        if equal == "money":
            assert planned_spend(firm, scenario.designs[name].values, model, people) == pytest.approx(spent, rel=0.02)


def test_runs_of_the_ends_are_the_comparisons_and_a_mix_of_all_bundles_lives_the_same_days():
    compared = compare(small(*SHORT), 2, 5)
    mixes = live_mixes(compared, "pervasive", workers=1)
    assert mixes.designs == SETS
    for place, name in ((0, "partnership"), (-1, "pervasive")):
        assert np.array_equal(mixes.outcomes[place], compared.outcomes[compared.designs.index(name)], equal_nan=True)
    scenario = compared.scenario
    one, other = (scenario.designs[name] for name in ("partnership", "pervasive"))
    whole = replace(one, name="whole", values=FrozenMap(mixed(one.values, other.values, SETS - 1)))
    plan = blueprint_of(replace(scenario, designs=FrozenMap({**scenario.designs, "whole": whole})), "whole")
    for place, seed in enumerate(compared.seeds.tolist()):
        assert np.array_equal(run(plan, seed).outcomes, mixes.outcomes[-1, place], equal_nan=True)


def test_only_what_differs_is_run_and_equal_bundles_contribute_exactly_nothing():
    compared = compare(small(*SHORT, ("designs.compare", "partnership,modern_partnership")), 3, 1)
    told = []
    mixes = live_mixes(compared, "modern_partnership", progress=lambda done, total: told.append((done, total)))
    assert mixes.designs == 2
    assert not told
    found = attribute(("partnership", "modern_partnership"), BUNDLES, mixes.outcomes, mixes.beyond, mixes.designs).outcomes
    for each in found.values():
        assert all(each.shares[bundle].mean == 0.0 for bundle in BUNDLES if bundle != "practice")
        assert each.shares["practice"].mean == pytest.approx(each.difference, abs=1e-9)


def test_shares_of_a_real_comparison_add_up_to_its_difference():
    compared = compare(small(*SHORT), 3, 2)
    mixes = live_mixes(compared, "pervasive")
    found = attribute(("partnership", "pervasive"), BUNDLES, mixes.outcomes, mixes.beyond, mixes.designs).outcomes
    assert len({part.mean for part in found["cost_total"].shares.values()}) == len(BUNDLES)
    for each in found.values():
        if each.n:
            size = max(1.0, abs(each.first_mean))
            assert abs(sum(part.mean for part in each.shares.values()) - each.difference) / size < 1e-9


def test_a_mix_that_the_firm_cannot_have_is_named():
    scenario = small(("run.equal", "headcount"), ("firm.technologists", "13"), ("design.pervasive.liaisons_per_unit", "4"))
    assert len(mixes_of(scenario, "pervasive")[1]) == SETS
    with pytest.raises(InputError, match="mixed designs cannot be had"):
        mixes_of(replace(scenario, run=replace(scenario.run, equal="money")), "pervasive")
