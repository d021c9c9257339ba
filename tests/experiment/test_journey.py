"""Journeys that are lived: staying and going nowhere differ by nothing, a free move is a switch of design, workers do not matter."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.journey import travelled
from sim.api import load_transitions
from sim.core.errors import InputError
from sim.experiment.journey import STAYING, paths_of, travel
from sim.model.equal import blueprint_of
from sim.model.kernel import simulate_path
from sim.model.series import EARNED, NAMES, SPENT
from sim.model.world import same

SMALL = (("firm.units", "3"), ("firm.technologists", "24"), ("run.days", "500"), ("run.warm_up", "60"))
FREE = (("off.mechanisms", "reorganise"),)


def small(*more, paths=("at_once",), start=None, target=None):
    return load_transitions("mobile_bank", paths, start, target, [*SMALL, *more])


def test_a_transition_to_the_same_design_is_staying_to_the_last_digit():
    scenario, transitions = small(paths=(), start="partnership", target="partnership")
    found = travel(scenario, transitions, 3, 1)
    assert found.designs == (STAYING, *transitions)
    for path in found.series[1:]:
        np.testing.assert_array_equal(path, found.series[0])
    for passage in travelled(found).passages:
        assert not passage.difference.any()
        assert passage.regret.mean == 0.0


def test_without_moving_costs_going_at_once_is_a_switch_of_design_on_that_day():
    scenario, transitions = small(*FREE)
    path = paths_of(scenario, transitions)["at_once"]
    (stretch,) = path.stretches
    assert stretch.day == 0
    assert same(stretch.plan.world, blueprint_of(scenario, "pervasive").world) == []
    w = simulate_path(path, 1)
    assert w.firm[0].spend_moving == 0.0
    assert w.firm[0].unsettled == 0.0
    assert not w.teams["unsettled"].any()


def test_the_bill_of_a_move_falls_in_its_month():
    scenario, transitions = small()
    free, _ = small(*FREE)
    dear, cheap = (travel(each, transitions, 2, 1).series for each in (scenario, free))
    moved = simulate_path(paths_of(scenario, transitions)["at_once"], 1).firm[0].spend_moving
    assert moved > 0.0
    bill = dear[1, :, 0, SPENT] - cheap[1, :, 0, SPENT]
    assert bill == pytest.approx(moved, rel=0.25)  # vacancies, which cost nothing to move, differ by seed
    np.testing.assert_array_equal(dear[0], cheap[0])


def test_every_month_earns_and_spends():
    found = travel(*small(), 2, 1)
    assert found.series.shape[2:] == (25, len(NAMES))
    assert (found.series[..., [EARNED, SPENT]] > 0.0).all()


def test_workers_do_not_matter_and_a_longer_journey_begins_as_a_shorter_one():
    one, two = (travel(*small(), replicates, 1, workers) for replicates, workers in ((2, 1), (3, 2)))
    np.testing.assert_array_equal(one.series, two.series[:, :2])
    assert one.provenance["plan_hash"] != two.provenance["plan_hash"]


def test_what_the_file_says_of_its_length_holds_and_else_five_years(tmp_path):
    assert load_transitions("branch_bank")[0].run.days == 1200
    file = tmp_path / "bank.toml"
    file.write_text('base = "mobile_bank"\n[run]\ndays = 800\n')
    assert load_transitions(file)[0].run.days == 800
    assert load_transitions(file, overrides=[("run.days", "900")])[0].run.days == 900


def test_a_scenarios_own_transitions_come_before_the_shipped_ones(tmp_path):
    file = tmp_path / "bank.toml"
    file.write_text('[transition.ours]\nfrom = "federated"\nto = "pervasive"\n[[transition.ours.step]]\nday = 1000\n')
    scenario, transitions = load_transitions(file)
    assert list(transitions) == ["ours"]
    assert load_transitions(file, start="partnership")[1]["ours"].start == "partnership"
    assert scenario.transitions["ours"].start == "federated"


@pytest.mark.parametrize(("given", "told"), [
    ({"paths": ["at_onec"]}, "--path at_onec: there is no such path for mobile_bank"),
    ({"start": "partner"}, "--from partner: mobile_bank has no design of this name"),
    ({"target": "pervasiv"}, "--to pervasiv: mobile_bank has no design of this name"),
    ({"paths": ["practice_first"], "overrides": [("run.days", "300")]},
     "--path practice_first: has a step on day 480, but the run counts 300 days"),
    ({"overrides": [("run.days", "12")]}, "run.days = 12: money is counted by the month"),
])  # fmt: skip
def test_what_is_wrong_is_told(given, told):
    with pytest.raises(InputError) as error:
        load_transitions("mobile_bank", **given)
    assert str(error.value).startswith(told)


def test_paths_that_begin_differently_have_no_one_way_of_staying(tmp_path):
    step = "[[transition.{0}.step]]\nday = 0\n"
    text = "".join(f'[transition.{name}]\nfrom = "{start}"\nto = "pervasive"\n' + step.format(name)
                   for name, start in (("a", "partnership"), ("b", "federated")))  # fmt: skip
    (tmp_path / "bank.toml").write_text(text)
    with pytest.raises(InputError, match="begin at partnership and at federated"):
        load_transitions(tmp_path / "bank.toml")
    assert list(load_transitions(tmp_path / "bank.toml", ["b"])[1]) == ["b"]
