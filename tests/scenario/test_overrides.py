"""`--set PATH=VALUE`: reaches every value, speaks TOML, and says in its messages which option was wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.errors import InputError
from sim.organisation.coordinates import COORDINATES
from sim.scenario.firm import FIRM
from sim.scenario.overrides import parse_assignment
from tests.scenario.loading import PARAMETERS, load, load_text


def message(*overrides):
    with pytest.raises(InputError) as caught:
        load("branch_bank", *overrides)
    return str(caught.value)


def test_every_table_can_be_set():
    scenario = load("branch_bank", ("firm.units", "8"), ("design.pervasive.delegation", "0.4"), ("model.team_size", "6"),
                    ("run.days", "240"), ("off.mechanisms", "['translate']"), ("designs.compare", '["pervasive"]'))  # fmt: skip
    assert scenario.firm["units"] == 8
    assert scenario.designs["pervasive"].values["delegation"] == 0.4
    assert (scenario.model["team_size"], scenario.model["liaison_skill"]) == (6, 1.0)
    assert scenario.run.days == 240
    assert scenario.compare == ("pervasive",)
    assert scenario.sources["firm.units"] == "--set firm.units"


def test_the_last_of_two_values_for_a_path_wins():
    assert load("branch_bank", ("firm.units", "8"), ("firm.units", "9")).firm["units"] == 9


def test_an_override_beats_the_file(tmp_path):
    assert load_text(tmp_path, "[firm]\nunits = 5\n", ("firm.units", "6")).firm["units"] == 6


def test_names_may_be_bare_and_separated_by_commas():
    assert load("branch_bank", ("designs.compare", "pervasive, partnership")).compare == ("pervasive", "partnership")
    assert load("branch_bank", ("off.mechanisms", "translate")).off == ("translate",)
    assert load("branch_bank", ("designs.compare", "[pervasive]")).compare == ("pervasive",)


def test_a_new_design_can_be_made_of_overrides():
    scenario = load("branch_bank", ("design.mine.base", "pervasive"), ("design.mine.delegation", "0.5"), ("designs.compare", "mine"))
    assert scenario.designs["mine"].values["delegation"] == 0.5


def test_a_misspelt_key_is_answered_with_the_nearest_its_range_unit_and_value():
    assert message(("firm.turbulance", "2")) == (
        "--set firm.turbulance: unknown key\n  did you mean firm.turbulence?  "
        "(0 to 200 flips per belief and year, now 0.3: how often what was true stops being true)"
    )


def test_the_value_now_is_the_one_in_force():
    assert "now 2:" in message(("firm.turbulence", "2"), ("firm.turbulance", "3"))
    assert "now 30:" in message(("design.partnership.board_interval", "30"), ("design.modern_partnership.bord_interval", "3"))


NO_PATHS = ["firm", "firm.units.x", "units", "title", "design.units", "design.a.b.c", "firm.", ".", "", "designs..compare"]


@pytest.mark.parametrize("path", NO_PATHS)
def test_a_path_that_is_none_is_refused(path):
    told = message((path, "1"))
    assert told.startswith(f"--set {path}: ")
    assert "paths are firm.KEY, design.NAME.KEY" in told


@pytest.mark.parametrize("text", ["firm.units", "=3", "", "firm.units="])
def test_an_assignment_needs_a_path_and_a_value(text):
    with pytest.raises(InputError, match="is not PATH=VALUE"):
        parse_assignment(text)


def test_a_value_cannot_smuggle_in_another_key():
    assert "is text, not a number" in message(("firm.units", "3\nwage = 1"))


def test_an_own_option_is_named_in_the_message():
    assert message(("run.days", "many", "--days")).startswith('--days: run.days = "many" is text, not a number')


@settings(deadline=None)
@given(st.data())
def test_what_differs_from_the_defaults_makes_the_same_scenario_again(data):
    numbers = {f"firm.{name}": param for name, param in FIRM.items()} | {f"model.{name}": param for name, param in PARAMETERS.items()}
    names = data.draw(st.lists(st.sampled_from(sorted(numbers)), unique=True, max_size=4))
    overrides = [(name, repr(_drawn(data, numbers[name].low, numbers[name].high, numbers[name].whole))) for name in names]
    overrides.append(("design.mine.base", data.draw(st.sampled_from(["partnership", "modern_partnership", "pervasive"]))))
    for design in data.draw(st.lists(st.sampled_from(["partnership", "modern_partnership", "mine"]), unique=True)):
        name = data.draw(st.sampled_from(sorted(COORDINATES)))
        overrides.append((f"design.{design}.{name}", repr(_drawn(data, COORDINATES[name].low, COORDINATES[name].high, False))))
    overrides.append(("designs.compare", "[\"mine\", 'modern_partnership']"))
    overrides.append(("firm.technologists", "400"))  # liaisons must leave somebody to build
    scenario = load("branch_bank", *overrides)
    again = load("branch_bank", *((path, _as_toml(value)) for path, value in scenario.changed.items()))
    assert again.digest == scenario.digest
    assert again.changed == scenario.changed


def _drawn(data, low, high, whole):
    return data.draw(st.integers(int(low), int(high)) if whole else st.floats(low, high))


def _as_toml(value):
    return ",".join(value) if isinstance(value, tuple) else str(value)
