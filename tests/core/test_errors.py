"""Errors say where, what was found, what is allowed and what to do, and survive the way back from a worker."""

from __future__ import annotations

import pickle

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.errors import InputError, OrgWeaveError, did_you_mean, nearest

text = st.text(max_size=40)


def test_an_input_error_prints_the_fault_first_and_the_help_under_it():
    error = InputError("bank.toml:14", "firm.units = -3 is below 1", "units: 1 to 400", "did you mean 3?")
    assert str(error) == "bank.toml:14: firm.units = -3 is below 1\n  units: 1 to 400\n  did you mean 3?"


def test_an_error_without_place_or_help_is_one_line():
    assert str(InputError("", "nothing to compare")) == "nothing to compare"


@given(text, text, text, text)
@settings(deadline=None)
def test_an_error_comes_back_from_a_worker_with_all_its_parts(where, found, allowed, remedy):
    error = InputError(where, found, allowed, remedy)
    back = pickle.loads(pickle.dumps(error))
    assert isinstance(back, OrgWeaveError)
    assert (back.where, back.found, back.allowed, back.remedy, str(back)) == (where, found, allowed, remedy, str(error))


def test_a_slip_of_the_finger_finds_the_name_that_was_meant():
    assert nearest("delegaton", ["delegation", "visibility"]) == "delegation"
    assert nearest("DELEGATION", ["delegation", "visibility"]) == "delegation"
    assert nearest("zzz", ["delegation", "visibility"]) is None


def test_where_nothing_is_near_all_names_are_offered_in_order():
    assert did_you_mean("zzz", ["visibility", "delegation"]) == "known: delegation, visibility"
    assert did_you_mean("unts", ["units"], prefix="firm.") == "did you mean firm.units?"
    assert did_you_mean("units", []) == ""
