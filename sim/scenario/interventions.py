"""Interventions to hold against doing nothing: a scenario's own or the shipped ones, on the design asked for, alone and in pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from sim.core.errors import InputError, did_you_mean
from sim.scenario.events import KINDS

if TYPE_CHECKING:
    from sim.scenario.journeys import Intervention
    from sim.scenario.objects import Scenario

SHIPPED = "deck_chairs"
"""The shipped scenario whose interventions a scenario without any of its own is put through."""

AND = " + "


def chosen(
    scenario: Scenario, known: Mapping[str, Intervention], names: Sequence[str] = (), design: str | None = None
) -> dict[str, Intervention]:
    """The interventions named, or all that are known, on one design.

    design  what is changed, where not what the interventions name

    Raises InputError for an unknown name or design, for interventions in different designs, and for days that the run does not count.
    """
    if design is not None and design not in scenario.designs:
        raise InputError(f"--design {design}", f"{scenario.name} has no design of this name", "", did_you_mean(design, scenario.designs))
    for name in names:
        if name not in known:
            raise InputError(f"--only {name}", f"there is no such intervention for {scenario.name}", f"known: {', '.join(known)}",
                             did_you_mean(name, known))  # fmt: skip
    found = {name: replace(known[name], design=design or known[name].design) for name in dict.fromkeys(names or known)}
    for name, each in found.items():
        if each.design not in scenario.designs:
            raise InputError(f"intervention.{name}.design", f"{scenario.name} has no design {each.design!r}", "",
                             did_you_mean(each.design, scenario.designs))  # fmt: skip
        last = max(event.day for event in each.events)
        if last >= scenario.run.days:
            raise InputError(f"--only {name}", f"has an event on day {last}, but the run counts {scenario.run.days} days",
                             "every event lies within the counted days", "--days N, or only what is over by then")  # fmt: skip
    designs = list(dict.fromkeys(each.design for each in found.values()))
    if len(designs) > 1:
        raise InputError("--only", f"the interventions change {' and '.join(designs)}, so there is no one way of doing nothing",
                         "interventions in one design", "name some that change the same design, or --design NAME")  # fmt: skip
    return found


def is_usual(intervention: Intervention) -> bool:
    """Whether all of it is what firms do to the IT unit when the partnership disappoints."""
    return all(KINDS[event.kind].usual for event in intervention.events)


def pairs(interventions: Mapping[str, Intervention]) -> dict[str, Intervention]:
    """Every two that do not have a kind of event in common, as one intervention each, by "first + second"."""
    found = {}
    for first, second in combinations(interventions, 2):
        one, other = interventions[first], interventions[second]
        if not {event.kind for event in one.events} & {event.kind for event in other.events}:
            name = f"{first}{AND}{second}"
            events = tuple(sorted((*one.events, *other.events), key=lambda event: event.day))
            found[name] = replace(one, name=name, events=events, about=f"{one.about} {other.about}")
    return found


def earlier(intervention: Intervention, days: int) -> Intervention:
    """The same, so many days before."""
    return replace(intervention, events=tuple(replace(event, day=event.day - days) for event in intervention.events))
