"""Transitions and interventions in a scenario: what they say is read, and what is wrong with them is told like everything else."""

from __future__ import annotations

import pickle

import pytest

from sim.organisation.coordinates import COORDINATES
from sim.scenario import shipped
from sim.scenario.events import KINDS
from sim.scenario.journeys import Event, Step
from tests.scenario.loading import fault, load, load_text

TRANSITION = '[transition.x]\nfrom = "partnership"\nto = "pervasive"\n[[transition.x.step]]\nday = 10\n'
INTERVENTION = '[intervention.x]\ndesign = "partnership"\n[[intervention.x.event]]\nday = 10\n'


def test_a_step_says_which_coordinates_move_how_far(tmp_path):
    text = TRANSITION + 'coordinates = ["practice", "delegation"]\nshare = 0.5\n[[transition.x.step]]\nday = 20\n'
    transition = load_text(tmp_path, text).transitions["x"]
    assert (transition.start, transition.target) == ("partnership", "pervasive")
    assert transition.steps[0] == Step(10, ("delegation", "release_interval", "metrics_interval", "cloud_share"), 0.5)
    assert transition.steps[1] == Step(20, tuple(COORDINATES), 1.0)


def test_an_event_has_its_kinds_defaults(tmp_path):
    text = INTERVENTION + 'kind = "tsar"\n[[intervention.x.event]]\nday = 10\nkind = "replace_leader"\n'
    assert load_text(tmp_path, text).interventions["x"].events == (Event(10, "tsar", {"people": 16.0}), Event(10, "replace_leader", {}))


def test_journeys_of_a_base_are_there_and_a_file_may_give_one_anew(tmp_path):
    (tmp_path / "below.toml").write_text(TRANSITION + INTERVENTION + 'kind = "tsar"\n')
    scenario = load_text(tmp_path, 'base = "below.toml"\n' + TRANSITION.replace("day = 10", "day = 30"))
    assert [step.day for step in scenario.transitions["x"].steps] == [30]
    assert list(scenario.interventions) == ["x"]


def test_journeys_decide_nothing_in_a_comparison(tmp_path):
    scenario = load_text(tmp_path, TRANSITION + INTERVENTION + 'kind = "tsar"\n')
    assert scenario.digest == load("branch_bank").digest
    assert not scenario.changed
    assert pickle.loads(pickle.dumps(scenario)) == scenario


@pytest.mark.parametrize(("text", "told"), [
    ("daay = 1\n", "bank.toml:7: transition.x.step.1.daay: unknown key\n    7 | daay = 1\n  did you mean transition.x.step.1.day?"),
    ("day = -1\n", "bank.toml:7: transition.x.step.1.day = -1 is below the minimum 0"),
    ("day = 15.5\n", "bank.toml:7: transition.x.step.1.day = 15.5 is not a whole number"),
    ("day = 9\n", "bank.toml:7: transition.x.step.1.day = 9 comes before the one above it"),
    ("day = 720\n", "bank.toml:7: transition.x.step.1.day = 720, but the run counts 720 days"),
    ("share = 1\n", "bank.toml:6: transition.x.step.1 has no day"),
    ("day = 20\nshare = 2\n", "bank.toml:8: transition.x.step.1.share = 2 is above the maximum 1"),
    ("day = 20\ncoordinates = ['delegaton']\n", "bank.toml:8: transition.x.step.1.coordinates names \"delegaton\""),
    ("day = 20\ncoordinates = 3\n", "bank.toml:8: transition.x.step.1.coordinates = 3 is a number, not a list"),
])  # fmt: skip
def test_what_is_wrong_with_a_step_is_told_with_its_line(tmp_path, text, told):
    assert fault(tmp_path, f"{TRANSITION}[[transition.x.step]]\n{text}").startswith(told)


@pytest.mark.parametrize(("text", "told"), [
    ("", "bank.toml:1: transition.x does not say from"),
    ('from = "partner"\n', 'bank.toml:2: transition.x.from = "partner", and there is no such design'),
    ('from = "partnership"\n', "bank.toml:1: transition.x does not say to"),
    ('from = "partnership"\nto = "pervasive"\n', "bank.toml:1: transition.x has no step"),
    ('form = "partnership"\n', "bank.toml:2: transition.x.form: unknown key"),
    ("from = 3\n", "bank.toml:2: transition.x.from = 3 is a number, not text"),
    ("step = 3\n", "bank.toml:2: transition.x.step = 3 is a number, not a list"),
])  # fmt: skip
def test_what_is_wrong_with_a_transition_is_told(tmp_path, text, told):
    assert fault(tmp_path, f"[transition.x]\n{text}").startswith(told)


@pytest.mark.parametrize(("text", "told"), [
    ("", "bank.toml:3: intervention.x.event.0 has no kind"),
    ("kind = 'tsr'\n", "bank.toml:5: intervention.x.event.0.kind = \"tsr\", and there is no such kind of event"),
    ("kind = 'tsar'\nshare = 0.5\n", "bank.toml:6: intervention.x.event.0.share = 0.5: an event tsar has no share"),
    ("kind = 'embed'\nlevel = 3\n", "bank.toml:6: intervention.x.event.0.level = 3 is out of range"),
    ("kind = 'embed'\nlevel = 'half'\n", "bank.toml:6: intervention.x.event.0.level = \"half\" is text, not a number"),
    ("kind = 'embed'\nlevl = 1\n", "bank.toml:6: intervention.x.event.0.levl: unknown key"),
])  # fmt: skip
def test_what_is_wrong_with_an_event_is_told_with_its_line(tmp_path, text, told):
    assert fault(tmp_path, INTERVENTION + text).startswith(told)


def test_a_journey_must_have_a_name(tmp_path):
    assert "is not a name for a design" in fault(tmp_path, '[transition."my way"]\nfrom = "partnership"\n')
    assert "write [transition.x] on a line of its own" in fault(tmp_path, "[transition]\nx = 3\n")


@pytest.mark.parametrize("more", ["[run]\nequal = 'headcount'\n", "[design.partnership]\nliaisons_per_unit = 4\n"], ids=["heads", "money"])
def test_the_designs_of_a_journey_leave_somebody_to_build(tmp_path, more):
    few = "[firm]\nunits = 100\ntechnologists = 50\n[designs]\ncompare = ['pervasive']\n"
    assert "nobody is left to build" in fault(tmp_path, few + more + TRANSITION)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_event_says_what_it_is_and_what_it_costs(kind):
    what = KINDS[kind]
    assert what.meaning
    assert what.price
    assert what.numbers
    assert all(key.meaning for key in what.numbers.values())


@pytest.mark.parametrize("name", shipped.journey_paths())
def test_every_shipped_journey_loads_and_introduces_itself(name):
    scenario = load(name)
    assert scenario.origin == "shipped"
    assert scenario.title
    assert scenario.about
    assert scenario.base == "branch_bank"
    assert all(each.about for each in (*scenario.transitions.values(), *scenario.interventions.values()))


def test_the_deck_chairs_hold_every_kind_of_event():
    assert {each.events[0].kind for each in load("deck_chairs").interventions.values()} == set(KINDS)


@pytest.mark.parametrize(("given", "who"), [
    ("units = 2", (0, 1)), ("units = 0.25", (0, 1, 2)), ("units = [5, 3, 5]", (3, 5)), ("", tuple(range(12))),
    ("units = 12", tuple(range(12))),
])  # fmt: skip
def test_a_step_says_which_units_go(tmp_path, given, who):
    (step,) = load_text(tmp_path, TRANSITION + given + "\n").transitions["x"].steps
    assert step.who(12) == who
    assert step.who(1) == who[:1] if 0 in who else step.who(1) == ()


NO_UNITS = ("0", "13", "-1", "1.0", "0.0", "-0.5", "true", "'two'", "[]", "[12]", "[-1]", "[0.5]", "[true]", "[[0]]", "nan")


@pytest.mark.parametrize("given", NO_UNITS)
def test_units_that_are_none_are_told_with_their_line(tmp_path, given):
    told = fault(tmp_path, f"{TRANSITION}units = {given}\n")
    assert told.startswith("bank.toml:6: transition.x.step.0.units = ")
    assert "how many of the first (2)" in told
