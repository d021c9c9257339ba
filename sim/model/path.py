"""Path: a run that lives through several designs, one after the other, and how a scenario's journeys become one.

A path is where a run begins and a sequence of stretches, each with its first day and its own blueprint. Both drivers ask it every
time a stretch begins for the world of that morning. A path without stretches is a run of one design.

Every stretch has as many technologists as its design has where designs are compared (sim/model/equal.py): under equal money a step
to a dearer design lets people go and one to a cheaper design has posts to fill; under equal head count nobody comes or goes. A
budget cut takes its share of these. Who is set apart for a tsar counts like anybody else, but his business experts are paid on top:
no design has them, so no budget does.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sim.core.errors import InputError, did_you_mean
from sim.core.jit import entry
from sim.model.begin import Blueprint, begin, draw_up, room_for_experiments
from sim.model.equal import seats_of
from sim.model.mechanisms.intervene import act as _replace
from sim.model.mechanisms.intervene import hire as _hire_rule
from sim.model.move import move
from sim.model.world import World
from sim.organisation.coordinates import COORDINATES
from sim.organisation.positions import even_mean, positions
from sim.scenario.events import KINDS
from sim.scenario.journeys import Event, Intervention, Transition
from sim.scenario.objects import Scenario

_replace_leader, _hire = entry(_replace), entry(_hire_rule)

PROJECT_MONEY = ("funding_persistence", "funding_interval")
"""Coordinates that the fiscal calendar holds back."""

DRAWN = -1.0
"""Stands for a fluency that is drawn."""


@dataclass(frozen=True)
class Stretch:
    """A part of a run under one design.

    day         its first day, counted from the first counted day; before that day where it is negative
    plan        what its design makes of the firm
    reshuffled  share of the pools' people who change teams on that morning
    successors  fluency of each technology leader who is hired on that morning, one after the other; DRAWN draws it
    searches    leaders whose search is paid besides
    """

    day: int
    plan: Blueprint
    reshuffled: float = 0.0
    successors: tuple[float, ...] = ()
    searches: float = 0.0


@dataclass(frozen=True)
class Path:
    """Where a run begins, and the stretches that follow, in the order of their days.

    Raises ValueError for days that are not in order, or outside the simulated days.
    """

    first: Blueprint
    stretches: tuple[Stretch, ...] = ()

    def __post_init__(self) -> None:
        days = [stretch.day for stretch in self.stretches]
        if days != sorted(set(days)):
            raise ValueError(f"stretches begin on days of their own, in order: {days}")
        if days and not -self.first.warm_up <= days[0] <= days[-1] < self.first.days:
            raise ValueError(f"stretches begin on simulated days, {-self.first.warm_up} to {self.first.days - 1}: {days}")

    @property
    def horizon(self) -> int:
        """Days simulated, warm-up included."""
        return self.first.horizon

    @property
    def turns(self) -> tuple[int, ...]:
        """First days of the stretches, counted from the first simulated day."""
        return tuple(self.first.warm_up + stretch.day for stretch in self.stretches)

    @property
    def staying(self) -> Path:
        """The same beginning, and nothing after it: what the path is held against."""
        return Path(self.first)

    def begin(self, seed: int) -> World:
        """The world of a seed's first morning, with room for every stretch's items."""
        ends = (*self.turns[1:], self.horizon)
        lasting = zip(self.stretches, self.turns, ends)
        return begin(self.first, seed, sum(room_for_experiments(stretch.plan, end - turn) for stretch, turn, end in lasting))

    def turn(self, w: World, day: int) -> World:
        """The world of a morning: a new one where a stretch begins on that day, else the one given. Days as in `turns`."""
        if day not in self.turns:
            return w
        place = self.turns.index(day)
        before = self.stretches[place - 1].plan if place else self.first
        stretch = self.stretches[place]
        w = move(w, before, stretch.plan, day, stretch.reshuffled)
        for fluency in stretch.successors:
            _replace_leader(w, len(w.leaders) - 1, fluency, day)
        if stretch.searches > 0.0:
            _hire(w, stretch.searches)
        if day < w.firm[0].counting_from:
            w.firm["spend_moving"] = 0.0  # paid before anything counts
        return w


@dataclass
class _Morning:
    """What changes on one day; coordinates by unit and name."""

    coordinates: dict[tuple[int, str], float] = field(default_factory=dict)
    stays: float = 1.0
    apart: float = 0.0
    reshuffled: float = 0.0
    successors: tuple[float, ...] = ()
    searches: float = 0.0


class _Calendar:
    """Mornings by day, project money held back to the fiscal year's first day."""

    def __init__(self, scenario: Scenario) -> None:
        self.waits = scenario.model["funding_waits"] > 0
        self.year = int(scenario.model["year_days"])
        self.units = tuple(range(int(scenario.firm["units"])))
        self.mornings: dict[int, _Morning] = {}

    def on(self, day: int) -> _Morning:
        return self.mornings.setdefault(day, _Morning())

    def change(self, day: int, coordinates: Mapping[str, float], units: tuple[int, ...] = ()) -> None:
        """Let coordinates of units, of all where none are named, have new values from a day on; those of project money from the next
        fiscal year on."""
        for name, value in coordinates.items():
            held_back = self.waits and name in PROJECT_MONEY
            morning = self.on(math.ceil(day / self.year) * self.year if held_back else day)
            morning.coordinates.update({(unit, name): value for unit in units or self.units})


def _lived(scenario: Scenario, design: str, calendar: _Calendar) -> Path:
    """The path that begins with a design and changes on the calendar's mornings.

    Each stretch has the people that its design has where designs are compared, less those whom cuts have let go; where units differ,
    as many as on average over the designs that they stand at.
    """
    run = scenario.run
    own = [dict(scenario.designs[design].values) for _ in calendar.units]
    stay, apart = 1.0, 0.0

    def plan(day: int) -> Blueprint:
        people = stay * _seated(scenario, own, f"what is changed by day {day}")
        _somebody_builds(positions(own)[0], scenario.firm, people, day)
        return draw_up(scenario.firm, own[0], scenario.model, run.days, run.warm_up, people, apart, own)

    first, stretches = plan(0), []
    for day, morning in sorted(calendar.mornings.items()):
        for (unit, name), value in morning.coordinates.items():
            own[unit][name] = value
        stay, apart = stay * morning.stays, apart + morning.apart
        if day < run.days:
            stretches.append(Stretch(day, plan(day), morning.reshuffled, morning.successors, morning.searches))
    return Path(first, tuple(stretches))


def _seated(scenario: Scenario, own: Sequence[Mapping[str, float]], who: str) -> float:
    """Technologists of a firm whose units stand at these points: the mean of what it would have if all stood at one of them."""
    found: dict[tuple[float, ...], float] = {}
    for values in own:
        point = tuple(values.values())
        if point not in found:
            found[point] = seats_of(scenario, values, who)
    return even_mean([found[tuple(values.values())] for values in own])


def _somebody_builds(values: Mapping[str, float], firm: Mapping[str, float], seated: float, day: int) -> None:
    liaisons = values["liaisons_per_unit"] * firm["units"]
    if seated - liaisons < 1.0:
        raise InputError("", f"on day {day}, {seated:g} technologists are left, of whom {liaisons:g} are liaisons: nobody builds",
                         "at least one builds", "cut less, or take liaisons_per_unit down first")  # fmt: skip


def transition_path(scenario: Scenario, transition: Transition) -> Path:
    """The path of a transition; a coordinate that several steps move has the share of the latest."""
    start, target = scenario.designs[transition.start].values, scenario.designs[transition.target].values
    calendar = _Calendar(scenario)
    for step in transition.steps:
        calendar.on(step.day)
        moved = {name: _on_the_way(start[name], target[name], step.share) for name in step.coordinates}
        calendar.change(step.day, moved, step.who(len(calendar.units)))
    return _lived(scenario, transition.start, calendar)


def _on_the_way(start: float, target: float, share: float) -> float:
    """A value between two, exact at both ends.

    >>> _on_the_way(0.1, 0.9, 1.0), _on_the_way(20.0, 1.0, 0.0)
    (0.9, 20.0)
    """
    return target if share >= 1.0 else start + share * (target - start)


def intervention_path(scenario: Scenario, intervention: Intervention) -> Path:
    """The path of an intervention."""
    calendar = _Calendar(scenario)
    values = dict(scenario.designs[intervention.design].values)
    for event in intervention.events:
        _enter(calendar, event, values, scenario.firm["units"] + 1.0)
    return _lived(scenario, intervention.design, calendar)


def _enter(calendar: _Calendar, event: Event, values: dict[str, float], leaders: float) -> None:
    """Enter an event into the calendar; `values` are the coordinates as all events so far leave them."""
    morning, numbers = calendar.on(event.day), event.numbers
    coordinate = KINDS[event.kind].coordinate
    if coordinate:
        axis = COORDINATES[coordinate]
        level = numbers["level"] if "level" in numbers else values[coordinate] + numbers["share"]
        values[coordinate] = min(axis.high, level)
        calendar.change(event.day, {coordinate: values[coordinate]})
    if event.kind == "replace_leader":
        morning.successors += (numbers.get("fluency", DRAWN),)
    elif event.kind == "fluent_leaders":
        morning.searches += leaders
    elif event.kind == "restructure":
        morning.reshuffled = max(morning.reshuffled, numbers["share"])
    elif event.kind == "tsar":
        morning.apart += numbers["people"]
    elif event.kind == "budget_cut":
        morning.stays *= 1.0 - numbers["share"]


def path_of(scenario: Scenario, name: str) -> Path:
    """The path of a scenario's transition or intervention by its name. Raises InputError where there is none."""
    if name in scenario.transitions:
        return transition_path(scenario, scenario.transitions[name])
    if name in scenario.interventions:
        return intervention_path(scenario, scenario.interventions[name])
    known: Iterable[str] = (*scenario.transitions, *scenario.interventions)
    raise InputError("", f"{scenario.name} has no transition or intervention {name!r}", "", did_you_mean(name, known))
