"""Equal: every design of a scenario seated such that the designs compared cost the same, or have the same head count."""

from __future__ import annotations

from sim.core.errors import InputError, did_you_mean
from sim.model.begin import Blueprint, draw_up
from sim.organisation.budget import seats
from sim.scenario.objects import Scenario


def seated(scenario: Scenario, design: str) -> float:
    """Technologists, liaisons included, that one design of a scenario has; the first one compared has the file's number.

    Raises InputError for a design that the scenario does not have, or that cannot be had for the first one's money.
    """
    if design not in scenario.designs:
        raise InputError("design", f"there is no design {design!r} in {scenario.name}", did_you_mean(design, scenario.designs))
    first, values = scenario.designs[scenario.compare[0]].values, scenario.designs[design].values
    try:
        return seats(scenario.firm, first, values, scenario.model, scenario.run.equal)
    except ValueError as error:
        raise InputError(f"design {design}", f"cannot be had for what {scenario.compare[0]} costs: {error}",
                         remedy='run.equal = "headcount" compares designs of equal head count instead') from None  # fmt: skip


def blueprint_of(scenario: Scenario, design: str) -> Blueprint:
    """What every run of one design of a scenario starts from. Raises InputError as `seated` does."""
    people = seated(scenario, design)
    return draw_up(scenario.firm, scenario.designs[design].values, scenario.model, scenario.run.days, scenario.run.warm_up, people)
