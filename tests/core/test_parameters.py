"""A parameter without meaning, unit, source or a sensible range cannot be declared."""

from __future__ import annotations

import dataclasses
import math

import pytest

from sim.core.parameters import Param, parameters


def declared(**changes: object) -> Param:
    """A sound parameter, but for the changes."""
    sound = {"value": 0.5, "meaning": "share that helps", "unit": "share", "low": 0.1, "high": 0.9, "source": "march1991: figure 1"}
    return Param(**{**sound, **changes})


@pytest.mark.parametrize("field", ["meaning", "unit", "source"])
@pytest.mark.parametrize("blank", ["", "  "])
def test_an_empty_meaning_unit_or_source_is_an_error(field, blank):
    with pytest.raises(ValueError, match=f"needs a {field}"):
        declared(**{field: blank})


@pytest.mark.parametrize("source", ["assumption", "assumption:", "assumption:  "])
def test_an_assumption_without_a_reason_is_an_error(source):
    with pytest.raises(ValueError, match="says why"):
        declared(source=source)


@pytest.mark.parametrize("value", [0.0999, 0.9001])
def test_a_value_outside_its_plausible_range_is_an_error(value):
    with pytest.raises(ValueError, match="outside"):
        declared(value=value)


@pytest.mark.parametrize("field", ["value", "low", "high", "off", "minimum", "maximum"])
@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_not_finite_is_an_error(field, number):
    with pytest.raises(ValueError, match="finite"):
        declared(**{field: number})


@pytest.mark.parametrize("limits", [{"minimum": 0.2}, {"maximum": 0.8}, {"off": 0.0, "minimum": 0.05}, {"off": 1.0, "maximum": 0.95}])
def test_an_allowed_range_that_cuts_the_plausible_one_or_off_is_an_error(limits):
    with pytest.raises(ValueError, match="allowed range"):
        declared(**limits)


@pytest.mark.parametrize("broken", [{"value": 2.5}, {"low": 1.5}, {"off": 0.5}])
def test_a_count_is_whole_everywhere(broken):
    with pytest.raises(ValueError, match="whole"):
        declared(**{"value": 2, "low": 1, "high": 3, "whole": True, **broken})


def test_without_limits_a_scenario_may_go_as_far_as_the_plausible_range_and_off():
    assert (declared().least, declared().most) == (0.1, 0.9)
    assert (declared(off=0.0).least, declared(off=0.0).most) == (0.0, 0.9)
    assert (declared(off=1.0).least, declared(off=1.0).most) == (0.1, 1.0)


def test_with_limits_a_scenario_may_go_as_far_as_they_say():
    assert (declared(minimum=-1, maximum=7).least, declared(minimum=-1, maximum=7).most) == (-1, 7)


def test_an_assumption_is_told_from_a_published_source():
    assert not declared().is_assumption
    assert declared().source_key == "march1991"
    assert declared(source="assumption: one in two").is_assumption
    assert not declared(source="assumptions2020: table 1").is_assumption


def test_parameters_keep_their_order_and_cannot_be_changed():
    group = parameters(second=declared(), first=declared(value=0.2))
    assert list(group) == ["second", "first"]
    with pytest.raises(TypeError):
        group["third"] = declared()
    with pytest.raises(dataclasses.FrozenInstanceError):
        group["first"].value = 0.3
