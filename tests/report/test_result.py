"""What Python users get: results that can be asked what they show, lines of one's own, and answers that are checked."""

from __future__ import annotations

import json

import numpy as np
import pytest
from click.testing import CliRunner

import sim
from sim.cli.main import main
from sim.core.errors import InputError
from sim.model.outcomes import NAMES
from tests.experiment.small import SMALL, options

SHORT = [("run.warm_up", "120"), ("run.days", "120")]


@pytest.fixture(scope="module")
def result():
    return sim.compare("two_product_venture", ["partnership", "modern_partnership", "pervasive"], replicates=4, overrides=SHORT)


def test_differences_are_those_of_the_runs(result):
    table = result.differences()
    runs = result.runs.pivot(index="seed", columns="design", values="cost_total")
    assert table.loc["cost_total", "difference"] == pytest.approx((runs["pervasive"] - runs["partnership"]).mean())
    assert list(table.index) == list(NAMES)


def test_another_design_than_the_last_can_be_asked_for(result):
    assert result.difference("cost_total", "modern_partnership").second == "modern_partnership"
    assert result.differences("modern_partnership", ["cost_total"]).shape == (1, 9)


def test_the_headline_names_both_designs(result):
    assert "ervasive" in result.headline
    assert any("intervals cover chance" in note for note in result.notes)


@pytest.mark.parametrize(("outcome", "second", "meant"), [("cost_totl", None, "cost_total"), ("cost_total", "pervasiv", "pervasive")])
def test_a_wrong_name_is_answered_with_the_nearest(result, outcome, second, meant):
    with pytest.raises(ValueError, match=f"did you mean {meant}"):
        result.difference(outcome, second)


def test_the_reference_is_no_design_to_compare_with_itself(result):
    with pytest.raises(ValueError, match="is no design compared with the first"):
        result.difference("cost_total", "partnership")


def test_one_design_alone_has_no_difference():
    alone = sim.compare("two_product_venture", ["partnership"], replicates=2, overrides=SHORT)
    with pytest.raises(ValueError, match="run alone"):
        alone.differences()


def test_charts_are_drawn_when_asked_for_and_shown_by_notebooks(result):
    for chart in (result.plot.difference(), result.plot.days(), result.plot.months()):
        assert chart._repr_svg_().startswith("<svg ")
        assert chart.files["png"].startswith(b"\x89PNG")


def test_agents_of_ones_own_change_the_runs_and_the_models_own_do_not():
    class Idle(sim.Team):
        def build(self) -> None:
            pass

    designs = ["partnership", "pervasive"]
    usual, same, idle = (
        sim.compare("two_product_venture", designs, replicates=1, overrides=SHORT, agents=agents) for agents in (None, [sim.Team], [Idle])
    )
    np.testing.assert_array_equal(usual.outcomes, same.outcomes)
    assert idle.analysis.estimates["pervasive"]["throughput_days"].mean == 0.0


def test_what_is_no_agent_is_refused():
    with pytest.raises(InputError, match="derives from none of Team, Liaison and Leader"):
        sim.compare("two_product_venture", replicates=1, agents=[int])
    with pytest.raises(InputError, match="is a team already"):
        sim.compare("two_product_venture", replicates=1, agents=[sim.Team, sim.Team])


def test_a_transition_in_python_is_the_commands():
    way = sim.transition("branch_bank", ["at_once"], replicates=2, overrides=[("run.warm_up", "240"), ("run.days", "480")])
    assert list(way.months().columns) == ["at_once"]
    assert len(way.months()) == 480 // 20
    assert "at once" in way.text
    assert way.headline
    with pytest.raises(InputError, match="did you mean at_once"):
        sim.transition("branch_bank", ["at_onc"], replicates=2)


def test_interventions_in_python_are_the_commands():
    moves = sim.intervene("branch_bank", ["better_leader"], replicates=2, overrides=[("run.warm_up", "240"), ("run.days", "240")])
    assert list(moves.table().index) == ["better_leader"]
    assert moves.table().loc["better_leader", "effect"] == moves.effects.moves[0].effect.mean
    assert "better leader" in moves.text


def test_a_map_in_python_is_the_commands():
    found = sim.phase_map("mobile_bank", overrides=SMALL, halvings=0, replicates=3)
    told = json.loads(CliRunner().invoke(main, ["map", "mobile_bank", *options("--halvings", "0", "--replicates", "3", "--json")]).stdout)
    shares = told["maps"][0]["shares"]
    assert found.surely == {"partnership": shares["first surely"], "pervasive": shares["second surely"]}
    firms = found.firms()
    assert len(firms) == told["maps"][0]["measured"] == 25
    assert firms["firm.turbulence"].min() == told["maps"][0]["across_values"][0]
    assert firms["firm.coupling"].max() == told["maps"][0]["up_values"][-1]
    sure = firms["verdict"].str.endswith("surely")
    assert ((firms["low"] > 0) | (firms["high"] < 0)).equals(sure)
    assert "25 firms were measured" in found.text
    assert found.here["gap"].mean == pytest.approx(told["this_firm"]["difference"], abs=1e-12)
    assert b"<svg" in found.plot().files["svg"]


def test_a_map_that_cannot_be_drawn_is_refused():
    with pytest.raises(InputError, match=r"did you mean firm\.turbulence"):
        sim.phase_map("mobile_bank", "firm.turbulance")
    with pytest.raises(InputError, match="nobody wins"):
        sim.phase_map("mobile_bank", outcome="wip")
    with pytest.raises(InputError, match="only pervasive is compared"):
        sim.phase_map("mobile_bank", designs=["pervasive"])
    with pytest.raises(ValueError, match="at least 2"):
        sim.phase_map("mobile_bank", replicates=1)


def test_a_sweep_is_analysed_in_python_as_on_the_command_line(tmp_path):
    results = sim.sweep("quick", tmp_path, workers=0, replicates=2, overrides=[each for each in SMALL if each[0] != "designs.compare"])
    found = sim.analyse(results)
    told = json.loads(CliRunner().invoke(main, ["analyse", str(tmp_path), "--json"]).stdout)
    assert json.loads(json.dumps(found.values())) == told["differences"][0]
    assert CliRunner().invoke(main, ["analyse", str(tmp_path)]).stdout.strip() == found.text.strip()
    with pytest.raises(InputError, match="none of the designs"):
        sim.analyse(results, against="partnership")


def test_lines_of_ones_own_carry_their_numbers():
    chart = sim.draw_lines("Up", {"a": [(0, 1), (1, 3)], "b": [(0, 2, 0.5), (1, 4, 0.5)]}, "x", "y", published={"a": {1: 3.5}})
    assert chart.title == "Up"
    assert "3.5" in chart.csv
    assert "95 % intervals" in chart.subtitle
    assert "rings" in chart.subtitle


@pytest.mark.parametrize("lines", [{}, {"a": []}, {"a": [(1,)]}, {"a": [(1, 2, 3, 4)]}])
def test_lines_without_points_are_refused(lines):
    with pytest.raises(ValueError, match=r"nothing to draw|a point is"):
        sim.draw_lines("Nothing", lines, "x", "y")


def test_an_answer_is_not_given_away_as_right_or_wrong_before_it_is_there():
    assert "not answered yet" in sim.check_answer("", "pervasive")
    assert "not answered yet" in sim.check_answer(None, 3.0)
    assert sim.check_answer(0.0, 3.0).startswith("Not so")
    with pytest.raises(TypeError, match="is a number"):
        sim.check_answer("3", 3.0)
