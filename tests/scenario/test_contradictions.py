"""Values that are each allowed and cannot all be meant."""

from __future__ import annotations

import pytest

from tests.scenario.loading import fault, load, load_text


def test_a_run_may_be_a_million_days_and_not_one_more(tmp_path):
    assert load_text(tmp_path, "[run]\ndays = 999_520\n").run.days == 999_520
    assert "run.days + run.warm_up = 1000001 days" in fault(tmp_path, "[run]\ndays = 999_521\n")


def test_liaisons_leave_somebody_to_build(tmp_path):
    scenario = "[firm]\nunits = 10\ntechnologists = {}\n[design.partnership]\nliaisons_per_unit = 4\n[run]\nequal = 'headcount'\n"
    assert load_text(tmp_path, scenario.format(41)).firm["technologists"] == 41
    told = fault(tmp_path, scenario.format(40.5))
    assert told.startswith("bank.toml:")
    assert "makes 40 liaisons in 10 units, of 40.5 technologists: nobody is left to build" in told


def test_only_the_designs_compared_must_leave_somebody_to_build(tmp_path):
    few = "[firm]\nunits = 100\ntechnologists = 50\n"
    assert "nobody is left to build" in fault(tmp_path, few)
    assert load_text(tmp_path, few + "[designs]\ncompare = ['pervasive']\n").compare == ("pervasive",)


@pytest.mark.parametrize(("gate", "days"), [("release_interval", 60), ("board_interval", 60), ("funding_interval", 240)])
def test_a_gate_opens_at_least_once_in_a_run(tmp_path, gate, days):
    scenario = f"[designs]\ncompare = ['pervasive']\n[design.pervasive]\n{gate} = {days}\n[run]\nwarm_up = 0\ndays = "
    assert load_text(tmp_path, scenario + str(days)).run.days == days
    if days > 60:  # below that the pervasive design's own funding window would be the first to complain
        told = fault(tmp_path, scenario + str(days - 1))
        assert f"design.pervasive.{gate} = {days} days is longer than the whole run of {days - 1}" in told


def test_a_value_of_a_mechanism_that_is_off_contradicts_it(tmp_path):
    told = fault(tmp_path, "[model]\nliaison_skill = 0.4\n[off]\nmechanisms = ['translate']\n")
    assert told.startswith("bank.toml:2: model.liaison_skill = 0.4, but its mechanism translate is switched off")
    load_text(tmp_path, "[model]\nliaison_skill = 1\n[off]\nmechanisms = ['translate']\n")


def test_a_mechanism_without_an_off_value_cannot_be_switched_off(tmp_path):
    assert "those that can: translate" in fault(tmp_path, "[off]\nmechanisms = ['build']\n")


def test_a_shipped_design_cannot_start_from_another(tmp_path):
    assert "is a shipped design and starts from itself" in fault(tmp_path, "[design.partnership]\nbase = 'pervasive'\n")
    assert "is a shipped design and starts from itself" in fault(tmp_path, "[design.modern_partnership]\nbase = 'pervasive'\n")
    assert load_text(tmp_path, "[design.modern_partnership]\nbase = 'partnership'\n").digest == load("branch_bank").digest


def test_a_design_starts_from_a_design_that_starts_from_none(tmp_path):
    mine, other = "[design.mine]\nbase = 'other'\n", "[design.other]\nbase = 'pervasive'\n"
    assert "that design has a base itself" in fault(tmp_path, mine + other)
    assert load_text(tmp_path, "[design.mine]\nbase = 'modern_partnership'\n").designs["mine"].base == "modern_partnership"
