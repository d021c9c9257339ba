"""Variants of a comparison: what is changed, what is left out, and that lists come from the tables and not from memory."""

from __future__ import annotations

import numpy as np
import pytest

from sim.api import load_scenario
from sim.core.parameters import Param
from sim.experiment import conventions as counting
from sim.experiment import robustness
from sim.experiment.ablation import ALL_ON, ablations, off_values, switched_off
from sim.experiment.assumptions import assumed, levels, one_at_a_time
from sim.experiment.compare import blueprints, compare
from sim.experiment.conventions import CONVENTIONS, USUAL, Convention, conventions, is_expressible, read, variants_of
from sim.experiment.load import change_load_at, load_of
from sim.experiment.robustness import rechecks
from sim.experiment.teeth import FORCES, Force, forces, growing
from sim.experiment.variants import Variant, run_variants
from sim.model.catalogue import MECHANISMS, PARAMETERS
from sim.model.outcomes import HEADLINE, INDEX
from sim.scenario.changed import changed, what_is_wrong
from sim.scenario.firm import FIRM
from tests.analysis.runs import with_outcomes
from tests.experiment.small import carried, small


def test_a_changed_scenario_is_the_one_that_overrides_make():
    overrides = [("firm.units", "4"), ("model.hurdle", "3.0"), ("run.warm_up", "80"), ("design.pervasive.delegation", "0.5")]
    values = {"firm.units": 4.0, "model.hurdle": 3.0, "run.warm_up": 80.0, "design.pervasive.delegation": 0.5}
    assert changed(small(), values) == small(*overrides)
    assert changed(small(), values).digest == small(*overrides).digest
    assert isinstance(changed(small(), values).firm["units"], int)


def test_a_path_that_the_scenario_does_not_have_is_an_error():
    with pytest.raises(KeyError):
        changed(small(), {"firm.turbulance": 1.0})


def test_a_senseless_change_is_told():
    assert what_is_wrong(small()) == ""
    assert "nobody is left to build" in what_is_wrong(changed(small(), {"design.partnership.liaisons_per_unit": 4.0, "firm.units": 9}))


def test_every_mechanism_that_can_be_off_is_ablated_and_no_other():
    able = [name for name in MECHANISMS if off_values(name)]
    assert [variant.name for variant in ablations(small())] == [ALL_ON, *able]
    fewer = load_scenario("mobile_bank", [("off.mechanisms", able[0])])
    assert [variant.name for variant in ablations(fewer)] == [ALL_ON, *able[1:]]


@pytest.mark.parametrize("name", [name for name in MECHANISMS if off_values(name)])
def test_switched_off_is_what_off_in_a_file_means(name):
    assert switched_off(small(), name) == small(("off.mechanisms", name))


def test_variants_run_on_the_same_seeds_and_progress_is_over_all():
    told = []
    first, second, other = run_variants([Variant("one", small()), Variant("two", small()), Variant("three", small(), 9)], 2, 1, 1,
                                        lambda done, total: told.append((done, total)))  # fmt: skip
    assert first.outcomes.tobytes() == second.outcomes.tobytes() == compare(small(), 2, 1, 1).outcomes.tobytes()
    assert other.seeds.tolist() != first.seeds.tolist()
    assert told[-1] == (12, 12)
    assert first.series is None


def test_rechecks_hold_other_order_longer_warm_up_other_bases_and_ten_seeds(monkeypatch):
    monkeypatch.setattr(robustness, "EQUAL", ("headcount", "money"))
    found = rechecks(small(), 1)
    usual = small().run.equal
    others = [f"equal {basis}" for basis in ("headcount", "money") if basis != usual]
    assert [variant.name for variant in found] == [
        robustness.AS_IT_IS, robustness.OTHER_ORDER, robustness.LONGER_WARM_UP, *others, *(f"seed {seed}" for seed in range(2, 12)),
    ]  # fmt: skip
    assert found[1].kernel is not None
    assert found[2].scenario.run.warm_up == 2 * small().run.warm_up
    assert robustness.LONGER_WARM_UP not in [variant.name for variant in rechecks(small(("run.warm_up", "0")), 1)]


def test_both_ends_of_every_assumption_are_tried_but_where_the_scenario_stands():
    known = dict(load_scenario("branch_bank").firm)
    paths = {path for path, _, _ in assumed(load_scenario("branch_bank"))}
    assert paths == {f"firm.{name}" for name, param in FIRM.items() if param.is_assumption} | {
        f"model.{name}" for name, param in PARAMETERS.items() if param.is_assumption
    }
    at_low = levels(load_scenario("branch_bank", [("firm.turbulence", str(FIRM["turbulence"].low))]))
    assert [level.value for level in at_low if level.path == "firm.turbulence"] == [FIRM["turbulence"].high]
    assert known["turbulence"] not in [level.value for level in levels(load_scenario("branch_bank")) if level.path == "firm.turbulence"]


def test_parameters_of_what_is_off_are_not_tried():
    off = load_scenario("branch_bank", [("off.mechanisms", "trust")])
    assert not [path for path, _, _ in assumed(off) if path.split(".")[1] in MECHANISMS["trust"]]


def test_a_level_that_makes_no_sense_is_left_out_with_its_reason():
    crowded = small(("firm.technologists", "30"), ("design.partnership.liaisons_per_unit", "2"))
    variants, kept, senseless = one_at_a_time(crowded)
    assert len(variants) == 1 + len(kept)
    assert any(level.path == "firm.units" and "nobody is left" in fault for level, fault in senseless)


def test_a_force_that_the_model_does_not_have_is_passed_over():
    missing = Force("magic", "firm.magic", 0.0, 1.0, "delegation", 1, "none", "rivkin2003")
    assert not missing.exists
    assert forces([missing, *FORCES]) == forces()
    assert {force.path for force in forces()} >= {"firm.unit_value_log_sd", "firm.unit_demand_log_sd", "design.leader_fluency"}


def test_theorys_sign_follows_the_coordinate_and_not_the_name():
    force = next(force for force in FORCES if force.path == "firm.unit_demand_log_sd")
    scenario = small()
    assert force.expected(scenario, "partnership", "pervasive") == -1
    assert force.expected(scenario, "pervasive", "partnership") == 1
    assert force.expected(scenario, "partnership", "partnership") == 0


def test_a_force_grows_in_steps_and_everything_else_stays():
    force = next(force for force in forces() if force.load is None and force.path.startswith("firm."))
    name = force.path.partition(".")[2]
    scenarios = [variant.scenario for variant in growing(small(), force)]
    assert [scenario.firm[name] for scenario in scenarios] == pytest.approx(force.levels())
    assert all({**scenario.firm, name: 0} == {**scenarios[0].firm, name: 0} for scenario in scenarios)


def test_demand_is_set_so_that_the_load_is_as_asked():
    for load in (0.8, 0.95):
        assert load_of(changed(small(), {"firm.change_load": change_load_at(small(), load)})) == pytest.approx(load)
    assert change_load_at(small(("firm.run_load", "2.0")), 0.8) == 0.0


def test_ways_of_counting_that_cannot_be_expressed_are_left_out(monkeypatch):
    declared = [
        Convention("no such outcome", "…", of=HEADLINE[0], over="magic"), Convention("no such key", "…", values={"firm.magic": 1.0}),
        Convention("no such end", "…", values={"firm.units": "off"}), Convention("not in the headline", "…", of="wip", over="open_age"),
    ]  # fmt: skip
    assert not any(map(is_expressible, declared))
    monkeypatch.setattr(counting, "EQUAL", (small().run.equal,))
    assert [way.name for way in conventions(small(), declared)] == [USUAL]
    monkeypatch.setattr(counting, "EQUAL", ("headcount", "money"))
    other = "money" if small().run.equal == "headcount" else "headcount"
    assert f"equal {other}" in [way.name for way in conventions(small(), declared)]


def test_every_way_of_counting_says_what_it_counts_and_reads_what_is_there():
    for way in conventions(small()):
        assert way.sentence
        assert all(name in INDEX for name in way.reads)
    assert {way.name for way in CONVENTIONS} > {"all that went live"}


def test_what_is_only_read_otherwise_is_not_run_again():
    ways = conventions(small())
    variants, places = variants_of(small(), ways)
    assert len(variants) == 1 + sum(bool(way.values) for way in ways)
    assert [place == 0 for place in places] == [not way.values for way in ways]
    assert all(variants[place].scenario != small() for place in places if place)


def test_a_ratio_is_read_run_by_run():
    runs = with_outcomes(replicates=5, lead_time_mean=(6.0, 8.0), wip=(3.0, 4.0), open_age=(1.0, 2.0))
    columns = [runs.outcomes[:, :, INDEX[name]] for name in ("lead_time_mean", "wip", "open_age")]
    values, _ = read(Convention("ratio", "…", of=HEADLINE[0], over="lead_time_mean", under="wip", less="open_age"), runs)
    np.testing.assert_allclose(values, columns[0] / (runs.years * (columns[1] - columns[2])))


def test_a_return_read_from_benefits_and_yearly_spend_is_the_return_where_all_is_earned_in_the_window():
    """Three years of spend, not one, stand under what three years earned."""
    runs = with_outcomes(replicates=5, benefits_money_window=(900.0, 1200.0), cost_total=(100.0, 100.0))
    assert runs.years == 3.0
    without_tail = next(way for way in CONVENTIONS if way.name == "without the tail")
    values, _ = read(without_tail, runs)
    assert values.mean(axis=1) == pytest.approx([3.0, 4.0], rel=0.05)


def test_the_planted_scenario_is_sound(tmp_path):
    scenario = load_scenario(carried(tmp_path))
    assert len(blueprints(scenario, scenario.compare)) == 2
    assert isinstance(PARAMETERS["liaison_rate"], Param)
