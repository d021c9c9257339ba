"""Intervene: each kind of event does what it says, has its benefit and its price, and one that changes nothing changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

from sim import OrgModel, load_scenario
from sim.core.errors import InputError
from sim.model import kernel
from sim.model.catalogue import PARAMETERS
from sim.model.judgement import estimate_spread
from sim.model.mechanisms.intervene import drawn_fluency, fees
from sim.model.path import Path, path_of
from sim.model.world import World, empty_items, same
from sim.scenario.events import KINDS
from sim.scenario.objects import Scenario
from tests.model.test_invariants import check_evening

VACANCY, SEARCH = PARAMETERS["vacancy_days"].value, PARAMETERS["search_days"].value
SETTINGS = [("firm.units", "4"), ("firm.technologists", "96"), ("run.warm_up", "40"), ("run.days", "240"), ("firm.change_load", "0.2"),
            ("run.equal", "headcount")]  # fmt: skip
DAY = 60


def scenario(tmp_path, *events: str, design: str = "partnership", settings: list[tuple[str, str]] = SETTINGS) -> Scenario:
    """A scenario with one intervention `it`, whose events are given as TOML lines."""
    file = tmp_path / "bank.toml"
    rows = "\n".join(f"[[intervention.it.event]]\n{event}" for event in events)
    file.write_text(f'[intervention.it]\ndesign = "{design}"\n{rows}\n')
    return load_scenario(file, settings)


def morning(path: Path, seed: int = 1, place: int = 0) -> tuple[World, World]:
    """Copies of the world of the evening before a path's stretch and of the morning after."""
    w = path.begin(seed)
    today = 0
    for day in path.turns[: place + 1]:
        kernel.run_days(w, today, day)
        before = World(*(array.copy() for array in w))
        w = path.turn(w, day)
        today = day
    return before, w


def event(kind: str, *lines: str, day: int = DAY) -> str:
    return "\n".join([f"day = {day}", f'kind = "{kind}"', *lines])


def test_equations_by_hand():
    assert drawn_fluency(0.3, 0.15, 0.75) == pytest.approx(0.375)
    assert fees(100.0, 0.4, 3.0) == pytest.approx(120.0)


def test_a_new_leader_estimates_by_their_fluency_and_is_waited_for(tmp_path):
    given = scenario(tmp_path, event("replace_leader", "fluency = 0.9"))
    before, now = morning(path_of(given, "it"))
    chair, v = now.leaders[-1], {**given.model, **given.designs["partnership"].values}
    assert chair.fluency == 0.9
    assert chair.estimate_sd == pytest.approx(estimate_spread(
        v["estimate_log_sd"], v["fluency_slope"], 0.9, v["visibility_slope"], v["visibility"]))  # fmt: skip
    assert chair.estimate_sd < before.leaders[-1].estimate_sd
    assert now.firm[0].next_board == max(before.firm[0].next_board, 100 + VACANCY)
    assert now.firm[0].spend_moving == pytest.approx(SEARCH * given.firm["wage"])
    assert set(same(before, now)) == {"leaders.fluency", "leaders.estimate_sd", "leaders.kept", "firm.next_board", "firm.spend_moving"}


def test_a_drawn_leader_is_of_the_seed_and_within_the_spread(tmp_path):
    path = path_of(scenario(tmp_path, event("replace_leader")), "it")
    drawn = [morning(path, seed)[1].leaders[-1].fluency for seed in range(12)]
    assert morning(path, 3)[1].leaders[-1].fluency == drawn[3]
    assert len(set(drawn)) == 12
    spread = PARAMETERS["fluency_spread"].value
    assert all(0.3 - spread <= fluency <= 0.3 + spread for fluency in drawn)


def test_a_leader_stays_when_something_else_changes(tmp_path):
    given = scenario(tmp_path, event("replace_leader", "fluency = 0.9"), event("embed", "level = 0.5", day=90))
    before, now = morning(path_of(given, "it"), place=1)
    assert now.leaders[-1].fluency == before.leaders[-1].fluency == pytest.approx(0.9, abs=0.02), "a month or two of forgetting"


def test_off_takes_vacancy_and_fees_away(tmp_path):
    given = scenario(tmp_path, event("replace_leader", "fluency = 0.9"), settings=[*SETTINGS, ("off.mechanisms", "intervene")])
    before, now = morning(path_of(given, "it"))
    assert now.firm[0].next_board == before.firm[0].next_board
    assert now.firm[0].spend_moving == 0.0


def test_a_vacancy_makes_items_wait_for_the_board(tmp_path):
    waits = []
    for days in ("0", "120"):
        given = scenario(tmp_path, event("replace_leader", "fluency = 0.3"), settings=[*SETTINGS, ("model.vacancy_days", days)])
        worlds = [kernel.simulate_path(path_of(given, "it"), seed) for seed in range(4)]
        waits.append(sum(int(w.items["days"][:, 1].sum()) for w in worlds))
    assert waits[1] > waits[0]


def test_fluent_leaders_estimate_better_cost_their_search_and_take_hours(tmp_path):
    given = scenario(tmp_path, event("fluent_leaders"))
    before, now = morning(path_of(given, "it"))
    assert (now.leaders["estimate_sd"] < before.leaders["estimate_sd"]).all()
    assert now.firm[0].in_step > before.firm[0].in_step
    assert now.firm[0].spend_moving == pytest.approx(5 * SEARCH * given.firm["wage"])


def test_restructuring_regroups_the_pool_and_nobody_else(tmp_path):
    before, now = morning(path_of(scenario(tmp_path, event("restructure", "share = 0.5"), design="partnership"), "it"))
    pool = (now.homes["unit"][now.teams["home"]] < 0) & (now.homes["builds"][now.teams["home"]] > 0)
    assert (now.teams["unsettled"][pool] > 0.0).all()
    assert (now.teams["unsettled"][~pool] == 0.0).all()
    np.testing.assert_array_equal(now.teams["people"], before.teams["people"])
    assert now.firm[0].spend_moving > 0.0
    assert not np.array_equal(now.teams["believed"][pool], before.teams["believed"][pool])


def test_restructuring_starts_trust_again(tmp_path):
    """The real benefit: where trust is below what strangers get, it rises."""
    given = scenario(tmp_path, event("restructure"))
    before, now = morning(path_of(given, "it"))
    start = given.model["trust_start"]
    regrouped = now.ties["trust"] != before.ties["trust"]
    assert regrouped.any()
    assert (np.abs(now.ties["trust"] - start) <= np.abs(before.ties["trust"] - start) + 1e-9).all()


def test_a_tsar_gets_people_experts_and_a_part_of_the_work(tmp_path):
    given = scenario(tmp_path, event("tsar", "people = 16"), settings=[*SETTINGS, ("run.days", "480")])
    path = path_of(given, "it")
    before, now = morning(path)
    apart = [home for home in range(len(now.homes)) if path.stretches[0].plan.structure.homes[home].apart]
    assert len(apart) == 1
    home = now.homes[apart[0]]
    assert (home.people, home.unit, home.builds) == (16.0, -1, 1)
    assert home.expert_cover == pytest.approx(1.0)
    assert now.homes["people"].sum() == pytest.approx(before.homes["people"].sum())
    held = 1.0 - before.teams["vacant"].sum() / before.teams["people"].sum()
    assert now.firm[0].spend_moving == pytest.approx(given.model["move_days"] * given.firm["wage"] * 16.0 * held)
    assert (now.teams["unsettled"][now.teams["home"] == apart[0]] > 0.0).all()
    w = kernel.simulate_path(path, 1)
    items = w.items[: w.firm[0].raised]
    assert ((items["home"] == apart[0]) & (items["stage"] == 10)).any()
    check_evening(w, path.horizon - 1)


def test_a_budget_cut_lets_people_go_everywhere_and_leaves_the_work(tmp_path):
    given = scenario(tmp_path, event("budget_cut", "share = 0.25"))
    path = path_of(given, "it")
    before, now = morning(path)
    seated = before.homes["people"].sum() + 2.0  # half a liaison in each of four units
    assert now.homes["people"].sum() == pytest.approx(0.75 * seated - 2.0)
    assert now.firm[0].spend_moving == pytest.approx(given.model["leaving_days"] * given.firm["wage"] * 0.25 * seated, rel=0.05)
    assert now.teams["run_backlog"].sum() == pytest.approx(before.teams["run_backlog"].sum())
    cut, stays = kernel.simulate_path(path, 1), kernel.simulate_path(path.staying, 1)
    assert cut.firm[0].demanded == stays.firm[0].demanded
    assert (cut.items["stage"] == 10).sum() < (stays.items["stage"] == 10).sum()


@pytest.mark.parametrize("kind", [kind for kind, what in KINDS.items() if what.coordinate])
def test_an_event_moves_its_coordinate_and_no_other(tmp_path, kind):
    given = scenario(tmp_path, event(kind), settings=[*SETTINGS, ("run.days", "300")])
    path = path_of(given, "it")
    values, first = path.stretches[-1].plan.values, given.designs["partnership"].values
    numbers = given.interventions["it"].events[0].numbers
    name = KINDS[kind].coordinate
    wanted = numbers.get("level", first[name] + numbers.get("share", 0.0))
    assert values[name] == pytest.approx(wanted)
    assert {key for key in values if values[key] != path.first.values[key]} == {name}
    assert all(stretch.day in (DAY, 240) for stretch in path.stretches)


@pytest.mark.parametrize("nothing", [
    event("restructure", "share = 0"), event("budget_cut", "share = 0"), event("embed", "level = 0.05"), event("outsource", "share = 0"),
    event("persistent_funding", "level = 0.1"), event("enabling_platform", "level = 0.05"), event("change_ownership", "level = 0.1"),
], ids=lambda text: text.split('"')[1])  # fmt: skip
def test_an_event_that_changes_nothing_changes_nothing(tmp_path, nothing):
    path = path_of(scenario(tmp_path, nothing), "it")
    acts, stays = kernel.simulate_path(path, 1), kernel.simulate_path(path.staying, 1)
    many = len(stays.items)
    acts = acts._replace(**{name: getattr(acts, name)[:many] for name in empty_items(0)})
    assert same(acts, stays) == []


def test_a_cut_that_leaves_nobody_to_build_is_told(tmp_path):
    given = scenario(tmp_path, event("budget_cut", "share = 0.9"), event("budget_cut", "share = 0.9", day=90))
    with pytest.raises(InputError, match="nobody builds"):
        path_of(given, "it")


def test_both_drivers_give_the_same_bytes_through_every_kind_of_event(tmp_path):
    events = [event(kind, day=20 * (place + 1)) for place, kind in enumerate(KINDS)]
    given = scenario(tmp_path, *events)
    path = path_of(given, "it")
    model = OrgModel(given, "partnership", 2, collect_every=0, path=path)
    w = path.begin(2)
    for day in range(path.horizon):
        w = path.turn(w, day)
        kernel.run_days(w, day, day + 1)
        model.step()
        assert same(model.world, w) == []
        check_evening(w, day)


@pytest.mark.parametrize("name", sorted(load_scenario("deck_chairs").interventions))
def test_every_shipped_intervention_runs(name):
    given = load_scenario("deck_chairs", [*SETTINGS, ("run.days", "120"), ("firm.change_load", "0.11")])
    path = path_of(given, name)
    w = kernel.simulate_path(path, 1)
    check_evening(w, path.horizon - 1)
    assert np.isfinite(kernel.run_path(path, 1).outcomes[:3]).all()


def test_a_name_that_is_no_journey_is_answered_with_the_nearest():
    with pytest.raises(InputError, match=r"did you mean digital_tsar\?"):
        path_of(load_scenario("deck_chairs"), "digital_czar")
