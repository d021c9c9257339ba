"""What a wrong scenario is told: file, line, key, value, what is allowed, and what to do."""

from __future__ import annotations

import pytest

from sim.scenario.words import dotted, number, shown
from tests.scenario.loading import fault


def test_a_value_out_of_range_is_quoted_with_its_meaning_range_and_unit(tmp_path):
    assert fault(tmp_path, "[firm]\nunits = 3\n\n[design.partnership]\n  board_interval = -7   # too often\n") == (
        "bank.toml:5: design.partnership.board_interval = -7 is below the minimum 1\n"
        "    5 | board_interval = -7        days between meetings of the body that decides the rest, 1 to 60 days"
    )


def test_an_unknown_key_is_answered_with_the_nearest_one(tmp_path):
    assert fault(tmp_path, "[design.pervasive]\ndelegaton = 0.4\n") == (
        "bank.toml:2: design.pervasive.delegaton: unknown key\n    2 | delegaton = 0.4\n"
        "  did you mean design.pervasive.delegation?  "
        "(0 to 1 quantile, now 0.9: item size, as a quantile, up to which a team starts work on its own authority)"
    )


def test_of_several_faults_the_first_in_the_file_is_told(tmp_path):
    assert fault(tmp_path, "[run]\ndays = 0\n[firm]\nunits = 0\nunitz = 3\n").startswith("bank.toml:2: run.days = 0")


def test_a_key_in_the_wrong_table_is_told_where_it_belongs(tmp_path):
    assert "units belongs in [firm]" in fault(tmp_path, "units = 3\n")
    assert "delegation belongs in [design.NAME]" in fault(tmp_path, "[firm]\ndelegation = 0.4\n")
    assert "team_size belongs in [model]" in fault(tmp_path, "[firm]\nteam_size = 9\n")


def test_a_number_in_quotation_marks_is_told_to_lose_them(tmp_path):
    told = fault(tmp_path, '[firm]\nunits = "12"\n')
    assert 'firm.units = "12" is text, not a number' in told
    assert "write it without quotation marks: 12" in told


def test_toml_faults_have_their_line(tmp_path):
    assert fault(tmp_path, "[firm]\nunits = 3\nunits = 4\n").startswith("bank.toml:3: is not valid TOML: Cannot overwrite a value")
    assert fault(tmp_path, "[firm\n") == "bank.toml:1: is not valid TOML: Expected ']' at the end of a table declaration\n    1 | [firm"


def test_a_fault_in_an_element_of_a_list_names_the_list(tmp_path):
    assert "designs.compare holds 3, a number where a name is wanted" in fault(tmp_path, "[designs]\ncompare = ['pervasive', 3]\n")


def test_what_designs_cannot_have_in_common_is_answered_with_what_they_can(tmp_path):
    told = fault(tmp_path, '[run]\nequal = "mony"\n')
    assert 'run.equal = "mony" is nothing that designs can have in common' in told
    assert "did you mean money?" in told
    assert "known: headcount, money, technology" in fault(tmp_path, '[run]\nequal = "luck"\n')


@pytest.mark.parametrize(("value", "text"), [
    (5.0, "5"), (0.30, "0.3"), (-0.0, "0"), (1e9, "1000000000"), (1e300, "1e+300"), (float("nan"), "nan"), (float("inf"), "inf"),
])  # fmt: skip
def test_numbers_are_written_as_a_person_writes_them(value, text):
    assert number(value) == text


def test_a_number_too_long_to_print_is_described():
    assert number(10**5000) == "a whole number of very many digits"


@pytest.mark.parametrize(("value", "text"), [
    (True, "true"), ("a\x1b[31mb", '"a [31mb"'), ([], "[]"), ([1, [2, [3]]], "[1, […]]"), ({}, "{}"), ({"a": 1}, "{…}"),
    (list(range(9)), "[0, 1, 2, 3, 4, …]"), ("x" * 100, '"' + "x" * 59 + '…"'),
])  # fmt: skip
def test_values_are_shown_short_and_printable(value, text):
    assert shown(value) == text


def test_odd_keys_are_quoted():
    assert dotted(("design", "my bank", "x")) == 'design."my bank".x'
