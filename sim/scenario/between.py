"""Between: the transitions to compare on a scenario, its own or the shipped ones, between the designs that are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sim.core.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from sim.scenario.journeys import Transition
    from sim.scenario.objects import Scenario

SHIPPED = "to_pervasive"
"""The shipped scenario whose transitions a scenario without any of its own is taken through."""

HORIZON = 1200
"""Days counted where a scenario does not say: five years, since a change of organisation takes longer to pay than a design to show."""

MONTH = 20
"""Days of a month, the step in which money is counted."""


def chosen(
    scenario: Scenario, known: Mapping[str, Transition], names: Sequence[str] = (), start: str | None = None, target: str | None = None
) -> dict[str, Transition]:
    """The transitions named, or all that are known, from one design to another.

    start, target  designs to begin and end with, where not those that the transitions name

    Raises InputError for an unknown name or design, for transitions that do not begin alike, and for days that the run does not count.
    """
    for option, design in (("--from", start), ("--to", target)):
        if design is not None and design not in scenario.designs:
            raise InputError(f"{option} {design}", f"{scenario.name} has no design of this name", "",
                             did_you_mean(design, scenario.designs))  # fmt: skip
    for name in names:
        if name not in known:
            raise InputError(f"--path {name}", f"there is no such path for {scenario.name}", f"known: {', '.join(known)}",
                             did_you_mean(name, known))  # fmt: skip
    found = {}
    for name in dict.fromkeys(names or known):
        path = known[name]
        path = replace(path, start=start or path.start, target=target or path.target)
        _check(scenario, path)
        found[name] = path
    starts = list(dict.fromkeys(path.start for path in found.values()))
    if len(starts) > 1:
        raise InputError("--path", f"the paths begin at {' and at '.join(starts)}, so there is no one way of staying",
                         "paths from one design", "name some that begin alike, or --from DESIGN")  # fmt: skip
    return found


def _check(scenario: Scenario, path: Transition) -> None:
    """Every step lies within the counted days, and these make a month at least; both designs are there."""
    days = scenario.run.days
    if days < MONTH:
        raise InputError(f"run.days = {days}", "money is counted by the month", f"at least {MONTH} days", "--days N")
    last = max(step.day for step in path.steps)
    if last >= days:
        raise InputError(f"--path {path.name}", f"has a step on day {last}, but the run counts {days} days",
                         "every step lies within the counted days", "--days N, or only paths that are over by then")  # fmt: skip
    for key, design in (("from", path.start), ("to", path.target)):
        if design not in scenario.designs:
            raise InputError(f"transition.{path.name}.{key}", f"{scenario.name} has no design {design!r}", "",
                             did_you_mean(design, scenario.designs))  # fmt: skip
