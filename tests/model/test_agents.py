"""Agents: fields read and write the record, unknown names raise, a student's class changes what happens, data are collected."""

from __future__ import annotations

import numpy as np
import pytest

from sim import Leader, Liaison, OrgModel, Team, load_scenario
from sim.core.errors import InputError
from sim.model.fields.field import WIP_SLOTS
from sim.model.state import TABLES

SCENARIO = load_scenario("branch_bank", [
    ("firm.units", "4"), ("firm.technologists", "48"), ("run.warm_up", "20"), ("run.days", "100"),
])  # fmt: skip
LIVE = 10


class Idle(Team):
    """Builds nothing."""

    def build(self) -> None:
        pass


class HalfSpeed(Team):
    """Builds every other day, and counts the days on which it does not."""

    rested = 0

    def build(self) -> None:
        if self.model.day % 2 == 0:
            super().build()
        else:
            self.rested += 1


@pytest.fixture
def model() -> OrgModel:
    return OrgModel(SCENARIO, "partnership", 1)


def live_items(team_class: type[Team]) -> int:
    return int(OrgModel(SCENARIO, "pervasive", 1, team_class=team_class).run().world.firm[0].stage_count[LIVE])


def test_every_field_of_an_agent_reads_its_own_row(model):
    for agents, table in ((model.teams, "teams"), (model.liaisons, "liaisons"), (model.leaders, "leaders")):
        for number in (0, len(agents) - 1):
            for field in TABLES[table]:
                np.testing.assert_array_equal(getattr(agents[number], field), getattr(model.world, table)[field][number])


def test_setting_a_field_writes_the_record_and_no_other_row(model):
    model.teams[1].run_backlog = 7.5
    assert model.world.teams["run_backlog"].tolist() == [0.0, 7.5, *[0.0] * (len(model.teams) - 2)]
    assert model.teams[1].row["run_backlog"] == 7.5


def test_a_nested_field_is_a_view_of_the_record(model):
    model.teams[2].skill[0] = 0.25
    assert model.world.teams["skill"][2, 0] == 0.25
    model.teams[2].skill = (0.5, 0.75)
    assert model.world.teams["skill"][2].tolist() == [0.5, 0.75]


def test_setting_an_unknown_name_raises_and_names_the_nearest_field(model):
    with pytest.raises(AttributeError, match=r"did you mean people\?"):
        model.teams[0].poeple = 3
    with pytest.raises(AttributeError, match=r"Liaison has no field 'mood'; A field of your own is declared in the class: mood = …"):
        model.liaisons[0].mood = 1


def test_reading_an_unknown_name_raises_and_names_the_nearest_field(model):
    with pytest.raises(AttributeError, match=r"Leader has no attribute 'fluensy'; did you mean fluency\?"):
        _ = model.leaders[0].fluensy


@pytest.mark.parametrize(("field", "value"), [
    ("wip_limit", WIP_SLOTS + 1), ("wip_limit", 2.5), ("wip", -1), ("home", -1), ("home", 10_000), ("line", 10_000),
])  # fmt: skip
def test_a_value_that_the_rules_have_no_room_for_is_refused(model, field, value):
    before = getattr(model.teams[0], field)
    with pytest.raises(ValueError, match=f"{field} = "):
        setattr(model.teams[0], field, value)
    assert getattr(model.teams[0], field) == before


def test_a_class_that_declares_a_field_anew_is_refused():
    with pytest.raises(TypeError, match=r"Crowd\.people would hide a field of teams"):
        type("Crowd", (Team,), {"people": 30})


def test_a_declared_field_belongs_to_each_agent_alone():
    model = OrgModel(SCENARIO, "partnership", 1, team_class=HalfSpeed)
    for _ in range(6):
        model.step()
    assert {team.rested for team in model.teams} == {3}
    model.teams[0].rested = 9
    assert (model.teams[1].rested, HalfSpeed.rested) == (3, 0)


def test_teams_that_do_not_build_deliver_nothing():
    assert live_items(Idle) == 0


def test_teams_at_half_speed_deliver_less_than_others():
    assert 0 < live_items(HalfSpeed) < live_items(Team)


def test_a_team_that_experiments_far_beyond_its_budget_is_given_room():
    class Curious(Team):
        def innovate(self) -> None:
            for _ in range(5):
                self.experiment_effort = self.model.world.p[0].experiment_size
                super().innovate()

    model = OrgModel(SCENARIO, "pervasive", 1, team_class=Curious)
    room = len(model.world.items)
    model.run()
    firm = model.world.firm[0]
    assert firm.raised - firm.demanded == model.world.teams["experiments"].sum()
    assert room < firm.raised <= len(model.world.items)
    assert firm.stage_count.sum() == firm.raised


def test_liaisons_and_leaders_can_be_replaced():
    class Silent(Liaison):
        def translate(self) -> None:
            pass

    class Absent(Leader):
        def decide(self) -> None:
            pass

    silent = OrgModel(SCENARIO, "partnership", 1, liaison_class=Silent).run().world
    assert silent.liaisons["served"].sum() == 0 < OrgModel(SCENARIO, "partnership", 1).run().world.liaisons["served"].sum()
    absent = OrgModel(SCENARIO, "partnership", 1, leader_class=Absent).run().world
    assert absent.leaders["decided"].sum() == 0
    assert absent.firm[0].stage_count[LIVE] == 0


def test_mesa_finds_every_agent(model):
    assert len(model.agents) == len(model.teams) + len(model.liaisons) + len(model.leaders)
    assert set(model.agents_by_type) == {Team, Liaison, Leader}


def test_data_are_collected_every_month_of_model_and_agents(model):
    model.run()
    months = model.horizon // 20
    frame = model.datacollector.get_model_vars_dataframe()
    assert list(frame.columns) == ["day", "open", "live", "wip", "trust", "accuracy"]
    assert frame["day"].tolist() == [20 * (month + 1) for month in range(months)]
    assert frame["live"].is_monotonic_increasing
    assert frame["wip"].iloc[-1] == model.world.teams["wip"].sum()
    teams = model.datacollector.get_agenttype_vars_dataframe(Team)
    assert len(teams) == months * len(model.teams)
    assert teams["busy"].tolist()[-len(model.teams):] == model.world.teams["busy"].tolist()  # fmt: skip


def test_data_can_be_collected_every_day_or_never():
    assert len(OrgModel(SCENARIO, collect_every=1).run().datacollector.get_model_vars_dataframe()) == 120
    assert len(OrgModel(SCENARIO, collect_every=0).run().datacollector.get_model_vars_dataframe()) == 0


def test_a_run_that_is_over_goes_no_further(model):
    model.run()
    assert model.running is False
    with pytest.raises(RuntimeError, match="the run is over: its 120 days are lived"):
        model.step()


def test_nothing_can_be_measured_before_a_day_has_been_counted(model):
    with pytest.raises(ValueError, match="nothing is counted yet"):
        model.outcomes()


def test_an_unknown_design_is_answered_with_the_nearest():
    with pytest.raises(InputError, match=r"did you mean pervasive\?"):
        OrgModel(SCENARIO, "pervasiv")
