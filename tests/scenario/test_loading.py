"""Loading: what a file says counts, what it does not say has its default, and a base is one level deep."""

from __future__ import annotations

import pytest

from sim.organisation.coordinates import COORDINATES
from sim.scenario.firm import FIRM
from tests.scenario.loading import PRICES, fault, load, load_text

MINE = '[design.mine]\nbase = "partnership"\n'


def test_a_file_changes_only_what_it_says(tmp_path):
    scenario = load_text(tmp_path, 'title = "Mine"\n[firm]\nunits = 5\n[run]\ndays = 480\n')
    assert scenario.name == "bank"
    assert scenario.title == "Mine"
    assert scenario.origin == str(tmp_path / "bank.toml")
    assert scenario.firm == {**{name: param.value for name, param in FIRM.items()}, "units": 5}
    assert (scenario.run.days, scenario.run.warm_up, scenario.run.equal) == (480, 480, "money")
    assert scenario.changed == {"firm.units": 5, "run.days": 480}
    assert scenario.sources["firm.units"] == f"{tmp_path}/bank.toml:3"


def test_whole_numbers_may_be_written_as_floats_and_the_other_way_round(tmp_path):
    scenario = load_text(tmp_path, "[firm]\nunits = 5.0\nwage = 1\n")
    assert isinstance(scenario.firm["units"], int)
    assert isinstance(scenario.firm["wage"], float)
    assert scenario == load_text(tmp_path, "[firm]\nunits = 5\nwage = 1.0\n")


def test_a_scenario_starts_from_its_base(tmp_path):
    scenario = load_text(tmp_path, 'base = "mobile_bank"\n[firm]\nunits = 8\n')
    mobile = load("mobile_bank")
    assert scenario.firm == {**mobile.firm, "units": 8}
    assert scenario.base == "mobile_bank"
    assert scenario.sources["firm.technologists"].startswith("mobile_bank.toml:")


def test_a_base_may_be_a_file_beside_the_scenario(tmp_path):
    (tmp_path / "below.toml").write_text("[firm]\nunits = 7\nwage = 0.5\n[designs]\ncompare = ['pervasive']\n" + MINE)
    scenario = load_text(tmp_path, 'base = "below.toml"\n[firm]\nunits = 8\n[design.mine]\ndelegation = 0.5\n')
    assert scenario.firm["units"] == 8
    assert scenario.firm["wage"] == 0.5
    assert scenario.compare == ("pervasive",)
    assert scenario.designs["mine"].values["delegation"] == 0.5


def test_a_base_that_has_a_base_is_refused(tmp_path):
    (tmp_path / "below.toml").write_text('base = "mobile_bank"\n')
    assert fault(tmp_path, 'base = "below.toml"\n') == (
        'bank.toml:1: base = "below.toml" has a base itself\n    1 | base = "below.toml"\n'
        '  inheritance is one level deep: start from "mobile_bank" instead'
    )


def test_a_base_that_is_the_file_itself_is_refused(tmp_path):
    assert "points to this file itself" in fault(tmp_path, 'base = "./bank.toml"\n')


def test_a_fault_in_the_base_names_the_base(tmp_path):
    (tmp_path / "below.toml").write_text("[firm]\nunits = 0\n")
    assert fault(tmp_path, 'base = "below.toml"\n').startswith("below.toml:2: firm.units = 0 is below the minimum 1")


def test_a_design_named_like_a_shipped_one_starts_from_that(tmp_path):
    scenario = load_text(tmp_path, "[design.partnership]\nboard_interval = 30\n")
    shipped = load("branch_bank").designs["partnership"].values
    assert scenario.designs["partnership"].values == {**shipped, "board_interval": 30.0}
    assert scenario.changed == {"design.partnership.board_interval": 30}


def test_a_change_to_the_partnership_reaches_the_designs_that_start_from_it(tmp_path):
    scenario = load_text(tmp_path, "[design.partnership]\nboard_interval = 30\n" + MINE)
    assert scenario.designs["modern_partnership"].values["board_interval"] == 30
    assert scenario.designs["mine"].values["board_interval"] == 30
    assert scenario.designs["pervasive"].values["board_interval"] == 10


def test_a_design_of_ones_own_starts_from_its_base_and_keeps_its_reasons(tmp_path):
    scenario = load_text(tmp_path, MINE + "delegation = 0.6  # the board is for large things only\n")
    mine, partnership = scenario.designs["mine"], scenario.designs["partnership"]
    assert mine.values == {**partnership.values, "delegation": 0.6}
    assert mine.reasons["delegation"] == "the board is for large things only"
    assert mine.reasons["visibility"] == partnership.reasons["visibility"]


def test_a_design_without_base_gives_every_coordinate(tmp_path):
    lines = [f"{name} = {COORDINATES[name].high}" for name in COORDINATES]
    mine = load_text(tmp_path, "[design.mine]\n" + "\n".join(lines)).designs["mine"]
    assert mine.values == {name: each.high for name, each in COORDINATES.items()}
    assert "design.mine is not a shipped design and has no base, so" in fault(tmp_path, "[design.mine]\n" + "\n".join(lines[1:]))


def test_a_mechanism_that_is_off_has_its_off_values(tmp_path):
    scenario = load_text(tmp_path, '[off]\nmechanisms = ["translate"]\n')
    prices = {name: param.value for name, param in PRICES.items()}
    assert scenario.model == {"liaison_skill": 1.0, "liaison_rate": 0.8, "team_size": 8, **prices}
    assert scenario.off == ("translate",)


def test_switching_off_beats_what_a_base_sets(tmp_path):
    (tmp_path / "below.toml").write_text("[model]\nliaison_skill = 0.3\n")
    scenario = load_text(tmp_path, 'base = "below.toml"\n[off]\nmechanisms = ["translate"]\n')
    assert scenario.model["liaison_skill"] == 1.0


def test_texts_are_printed_without_control_characters(tmp_path):
    scenario = load_text(tmp_path, 'title = "a\\u001b[31m\\nb"\n')
    assert scenario.title == "a [31m b"


def test_the_digest_is_of_the_content_and_not_of_the_texts(tmp_path):
    plain = load_text(tmp_path, "[firm]\nunits = 5\n")
    assert load_text(tmp_path, 'title = "T"\nabout = "A"\n[firm]\nunits = 5.0 # five\n', name="other.toml").digest == plain.digest
    assert load_text(tmp_path, "[firm]\nunits = 6\n").digest != plain.digest
    assert load_text(tmp_path, '[firm]\nunits = 5\n[designs]\ncompare = ["partnership"]\n').digest != plain.digest


@pytest.mark.parametrize("change", ["[design.pervasive]\ndelegation = 0.8\n", "[model]\nteam_size = 9\n", "[run]\nwarm_up = 240\n"])
def test_whatever_decides_a_result_is_in_the_digest(tmp_path, change):
    assert load_text(tmp_path, change).digest != load("branch_bank").digest


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    path = tmp_path / "bank.toml"
    path.write_bytes(b"\xef\xbb\xbf[firm]\r\nunits = 5\r\n")
    assert load(path).sources["firm.units"] == f"{path}:2"
