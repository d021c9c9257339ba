"""Limits: how far the page's numbers go, so that whatever an address asks for is answered in seconds and in little memory.

A slider goes over the plausible range of its parameter, and to the scenario's own value where that lies outside; a coordinate goes over
all of its range. The command line takes everything that is allowed at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.core.errors import InputError
from sim.core.parameters import Param
from sim.model.catalogue import PARAMETERS
from sim.organisation.coordinates import COORDINATES
from sim.scenario.firm import FIRM
from sim.scenario.objects import Scenario
from sim.scenario.overrides import Override
from sim.scenario.settings import RUN
from sim.scenario.words import number

LONGEST_WINDOW, LONGEST_WARM_UP = 1440, 960
"""Days that the page simulates at most [days]."""


@dataclass(frozen=True)
class Span:
    """How far one number goes on the page, both ends included   [unit]."""

    low: float
    high: float
    unit: str
    whole: bool = False


def span(path: str, given: Scenario) -> Span | None:
    """How far a number may be set on the page; None for a path that is none of its numbers.

    given  the scenario with nothing changed, whose own values are always within
    """
    table, *names = path.split(".")
    name = names[-1] if names else ""
    if table == "design" and len(names) == 2 and name in COORDINATES:
        coordinate = COORDINATES[name]
        return Span(coordinate.low, coordinate.high, coordinate.unit)
    tables: dict[str, tuple[Mapping[str, Param], Mapping[str, float]]] = {
        "firm": (FIRM, given.firm), "model": (PARAMETERS, given.model), "run": (RUN, vars(given.run)),
    }  # fmt: skip
    if table not in tables or name not in tables[table][0]:
        return None
    param, value = tables[table][0][name], float(tables[table][1][name])
    high = {"days": float(LONGEST_WINDOW), "warm_up": float(LONGEST_WARM_UP)}.get(name, param.high) if table == "run" else param.high
    off = [] if param.off is None else [param.off]
    return Span(min(param.low, value, *off), max(high, value, *off), param.unit, param.whole)


def check_limits(settings: tuple[Override, ...], scenario: Scenario, given: Scenario) -> None:
    """Raise InputError where a value that was set is beyond what the page draws.

    scenario  with the settings, checked
    given     the same with nothing changed
    """
    for setting in settings:
        reach = span(setting.path, given)
        if reach is None:
            continue
        value = value_at(setting.path, scenario)
        if value is not None and not reach.low <= value <= reach.high:
            raise InputError(f"set {setting.path}", f"{number(value)} is beyond what the page draws at once",
                             f"{number(reach.low)} to {number(reach.high)} {reach.unit}", "orgsim compare takes more")  # fmt: skip


def value_at(path: str, scenario: Scenario) -> float | None:
    """The value that a scenario has at a path; None where it has none."""
    table, *names = path.split(".")
    if table == "design":
        design = scenario.designs.get(names[0])
        return None if design is None else design.values.get(names[-1])
    values: dict[str, Mapping[str, float]] = {"firm": scenario.firm, "model": scenario.model, "run": vars(scenario.run)}
    return values[table].get(names[-1])
