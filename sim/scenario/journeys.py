"""Journeys: transitions from one design to another in dated steps, and interventions as dated events, as a scenario gives them.

    [transition.gradual]
    from = "partnership"
    to = "pervasive"
    [[transition.gradual.step]]
    day = 0
    coordinates = ["practice", "funding_persistence"]     # coordinates or bundles; all of them where nothing is said
    share = 0.5                                           # half of the way; all of it where nothing is said
    units = 2                                             # the first two units; 0.25: a quarter of them; [0, 3]: these; else all

    [intervention.new_broom]
    design = "partnership"
    [[intervention.new_broom.event]]
    day = 240
    kind = "replace_leader"
    fluency = 0.6
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sim.core.errors import InputError, did_you_mean
from sim.organisation.coordinates import BUNDLES, COORDINATES
from sim.scenario.events import KINDS
from sim.scenario.keys import EVENT_TEXTS, Path
from sim.scenario.layers import Layers
from sim.scenario.objects import FrozenMap
from sim.scenario.words import number, shown

UNITS = "units: how many of the first (2), what share of them (0.25), or which ([0, 3]); all where nothing is said"


@dataclass(frozen=True)
class Step:
    """A dated step of a transition.

    day          counted from the first counted day
    coordinates  names of those that move on that day
    share        of the way from the first design to the last that they have gone by then
    units        which units go: so many of the first, this share of them (rounded up), or those of these rows; all where None
    """

    day: int
    coordinates: tuple[str, ...]
    share: float = 1.0
    units: int | float | tuple[int, ...] | None = None

    def who(self, count: int) -> tuple[int, ...]:
        """Rows of the units that go, of a firm that has so many; no more than there are.

        >>> Step(0, (), units=0.3).who(4), Step(0, (), units=2).who(12), Step(0, (), units=(0, 3)).who(12), Step(0, ()).who(2)
        ((0, 1), (0, 1), (0, 3), (0, 1))
        """
        if isinstance(self.units, tuple):
            return tuple(unit for unit in self.units if unit < count)
        wanted = count if self.units is None else math.ceil(self.units * count - 1e-9) if isinstance(self.units, float) else self.units
        return tuple(range(min(count, wanted)))


@dataclass(frozen=True)
class Transition:
    """A path from one design to another."""

    name: str
    start: str
    target: str
    steps: tuple[Step, ...]
    about: str = ""


@dataclass(frozen=True)
class Event:
    """A dated event: a kind of `sim.scenario.events.KINDS` and its numbers, defaults filled in."""

    day: int
    kind: str
    numbers: Mapping[str, float]


@dataclass(frozen=True)
class Intervention:
    """What is done to a design that otherwise stays as it is."""

    name: str
    design: str
    events: tuple[Event, ...]
    about: str = ""


class _Reader:
    """Reads one table of the file, with what its messages need."""

    def __init__(self, layers: Layers, path: Path, designs: Mapping[str, object], days: int) -> None:
        self.layers, self.path, self.designs, self.days = layers, path, designs, days
        table = layers.entries[path].value
        assert isinstance(table, Mapping)
        self.table: Mapping[str, object] = table

    def fault(self, inside: tuple[object, ...], found: str, allowed: str = "", remedy: str = "") -> InputError:
        origin, path = self.layers.entries[self.path].origin, (*self.path, *map(str, inside))
        parts = [part for part in (origin.quote(path), allowed) if part]
        return InputError(origin.where(path), f"{'.'.join(path)}{found}", "        ".join(parts), remedy)

    def text(self, key: str) -> str:
        return str(self.table.get(key, ""))

    def design(self, key: str) -> str:
        name = self.table.get(key)
        if name is None:
            raise self.fault((), f" does not say {key}", f"{key}: name of a design", did_you_mean("", self.designs))
        if name not in self.designs:
            raise self.fault((key,), f" = {shown(name)}, and there is no such design", "", did_you_mean(str(name), self.designs))
        return str(name)

    def rows(self, key: str) -> list[Mapping[str, object]]:
        rows = self.table.get(key)
        if not isinstance(rows, list) or not rows:
            raise self.fault((), f" has no {key}", f"write [[{'.'.join(self.path)}.{key}]] and its day below")
        last = 0
        for place, row in enumerate(rows):
            day = row.get("day")
            if day is None:
                raise self.fault((key, place), " has no day", "day: counted from the first counted day")
            if day >= self.days:
                raise self.fault((key, place, "day"), f" = {number(day)}, but the run counts {self.days} days",
                                 "day is below run.days")  # fmt: skip
            if day < last:
                raise self.fault((key, place, "day"), f" = {number(day)} comes before the one above it", "in order of their days")
            last = day
        return rows


def read_transition(layers: Layers, name: str, designs: Mapping[str, object], days: int, units: int) -> Transition:
    """One transition, checked. Raises InputError."""
    read = _Reader(layers, ("transition", name), designs, days)
    start, target = read.design("from"), read.design("to")
    steps = []
    for place, row in enumerate(read.rows("step")):
        share, who = float(row.get("share", 1.0)), _units(read, place, row, units)  # type: ignore[arg-type]
        steps.append(Step(int(row["day"]), _coordinates(read, place, row), share, who))  # type: ignore[call-overload]
    return Transition(name, start, target, tuple(steps), read.text("about"))


def _coordinates(read: _Reader, place: int, row: Mapping[str, object]) -> tuple[str, ...]:
    """The coordinates that a step moves; a bundle's name stands for all of its coordinates."""
    names = row.get("coordinates")
    if names is None:
        return tuple(COORDINATES)
    assert isinstance(names, list)
    known = (*COORDINATES, *BUNDLES)
    for name in names:
        if name not in known:
            raise read.fault(("step", place, "coordinates"), f" names {shown(name)}, and there is no such coordinate or bundle", "",
                             did_you_mean(name, known))  # fmt: skip
    return tuple(name for name, axis in COORDINATES.items() if name in names or axis.bundle in names)


def _units(read: _Reader, place: int, row: Mapping[str, object], count: int) -> int | float | tuple[int, ...] | None:
    """Which units a step is for."""
    given = row.get("units")
    if given is None or (isinstance(given, int) and not isinstance(given, bool) and 1 <= given <= count):
        return given
    if isinstance(given, float) and 0.0 < given < 1.0:
        return given
    whole = isinstance(given, list) and given and all(isinstance(unit, int) and not isinstance(unit, bool) for unit in given)
    if isinstance(given, list) and whole and all(0 <= unit < count for unit in given):
        return tuple(sorted(set(given)))
    raise read.fault(("step", place, "units"), f" = {shown(given)} are no units of a firm that has {count}", UNITS)


def read_intervention(layers: Layers, name: str, designs: Mapping[str, object], days: int) -> Intervention:
    """One intervention, checked. Raises InputError."""
    read = _Reader(layers, ("intervention", name), designs, days)
    design = read.design("design")
    events = tuple(_event(read, place, row) for place, row in enumerate(read.rows("event")))
    return Intervention(name, design, events, read.text("about"))


def _event(read: _Reader, place: int, row: Mapping[str, object]) -> Event:
    kind = row.get("kind")
    if kind is None:
        raise read.fault(("event", place), " has no kind", f"kind: {', '.join(KINDS)}")
    if kind not in KINDS:
        raise read.fault(("event", place, "kind"), f" = {shown(kind)}, and there is no such kind of event", "",
                         did_you_mean(str(kind), KINDS))  # fmt: skip
    keys = KINDS[str(kind)].numbers
    numbers = {key: what.default for key, what in keys.items() if what.default is not None}
    for key, value in row.items():
        if key in EVENT_TEXTS:
            continue
        if key not in keys:
            raise read.fault(("event", place, key), f" = {shown(value)}: an event {kind} has no {key}", "",
                             f"it may say: {', '.join(keys)}")  # fmt: skip
        assert isinstance(value, (int, float))
        if not keys[key].least <= value <= keys[key].most:
            raise read.fault(("event", place, key), f" = {number(value)} is out of range", keys[key].help)
        numbers[key] = float(value)
    return Event(int(row["day"]), str(kind), FrozenMap(numbers))  # type: ignore[call-overload]
