"""Equal: every design of a scenario seated such that the designs compared cost the same, or have the same head count."""

from __future__ import annotations

from collections.abc import Mapping

from sim.core.errors import InputError, did_you_mean
from sim.model.begin import MONTH, Blueprint, draw_up
from sim.organisation.budget import seats
from sim.scenario.objects import Scenario


def seats_of(scenario: Scenario, values: Mapping[str, float], who: str) -> float:
    """Technologists, liaisons included, of a scenario's firm whose coordinates have these values; as many as the firm's file says
    where they are those of the first design compared.

    who  what an error says cannot be had
    Raises InputError where it cannot be had for the first design's money.
    """
    first = scenario.designs[scenario.compare[0]].values
    try:
        return seats(scenario.firm, first, values, scenario.model, scenario.run.equal)
    except ValueError as error:
        raise InputError(who, f"cannot be had for what {scenario.compare[0]} costs: {error}",
                         remedy='run.equal = "headcount" compares designs of equal head count instead') from None  # fmt: skip


def seated(scenario: Scenario, design: str) -> float:
    """Technologists, liaisons included, that one design of a scenario has. Raises InputError for an unknown one, and as `seats_of`."""
    if design not in scenario.designs:
        raise InputError("design", f"there is no design {design!r} in {scenario.name}", did_you_mean(design, scenario.designs))
    return seats_of(scenario, scenario.designs[design].values, f"design {design}")


def blueprint_of(scenario: Scenario, design: str, series_days: int = MONTH) -> Blueprint:
    """What every run of one design of a scenario starts from, its series in rows of `series_days`. Raises InputError as `seated`."""
    people, run = seated(scenario, design), scenario.run
    return draw_up(scenario.firm, scenario.designs[design].values, scenario.model, run.days, run.warm_up, people, series_days=series_days)
