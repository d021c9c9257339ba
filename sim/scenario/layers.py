"""Values laid over each other: shipped designs, then the base scenario, then the file, then the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sim.scenario.complaints import Origin
from sim.scenario.keys import JOURNEYS, Path

PRESETS = 0
"""Rank of the layer that holds the shipped designs; whatever a user gives has a higher one."""


@dataclass(frozen=True)
class Entry:
    """A value, where it was given, and in which layer; a higher rank wins."""

    value: object
    origin: Origin
    rank: int


class Layers:
    """Path → entry of everything that was given; what was not given has its default elsewhere."""

    def __init__(self) -> None:
        self.entries: dict[Path, Entry] = {}
        self.presets: dict[str, Mapping[str, object]] = {}
        self.rank = PRESETS - 1

    def lay(self, data: Mapping[str, object], origin: Origin) -> None:
        """Lay checked data over what is there, as a layer of its own."""
        self.rank += 1
        self._put(data, origin)

    def lay_presets(self, designs: Mapping[str, tuple[Mapping[str, object], Origin]]) -> None:
        """Lay the shipped designs, each with the file it stands in, as the lowest layer."""
        self.rank = PRESETS
        for name, (data, origin) in designs.items():
            self.presets[name] = data
            self._put({"design": {name: data}}, origin)

    def _put(self, data: Mapping[str, object], origin: Origin) -> None:
        for path, value in _flat(data):
            self.entries[path] = Entry(value, origin, self.rank)

    def get(self, *path: str) -> object | None:
        """The value given at a path, or None."""
        entry = self.entries.get(path)
        return None if entry is None else entry.value

    def where(self, path: Path) -> str:
        """Where the value at a path was given, as messages begin."""
        return self.entries[path].origin.where(self.inside(path))

    def inside(self, path: Path) -> Path:
        """The path as its file writes it: a shipped design's file has no [design.NAME] around its keys."""
        return path[2:] if self.entries[path].rank == PRESETS else path

    def quote(self, path: Path) -> str:
        """The line on which the value at a path was given; nothing for an option."""
        return self.entries[path].origin.quote(self.inside(path))

    def designs(self) -> list[str]:
        """Names of all designs, the shipped ones first."""
        return self.names_in("design")

    def names_in(self, table: str) -> list[str]:
        """Names of all tables [table.NAME]."""
        return list(dict.fromkeys(path[1] for path in self.entries if path[0] == table))

    def is_preset(self, name: str) -> bool:
        """True for the name of a shipped design."""
        return name in self.presets


def _flat(data: Mapping[str, object]) -> Iterator[tuple[Path, object]]:
    """(path, value) of every value, of every design, which may be empty, and of every transition and intervention as a whole."""
    for table, content in data.items():
        if not isinstance(content, Mapping):
            yield (table,), content
        elif table in JOURNEYS:
            yield from (((table, name), journey) for name, journey in content.items())
        elif table == "design":
            for name, design in content.items():
                yield (table, name), {}
                yield from (((table, name, key), value) for key, value in design.items())
        else:
            yield from (((table, key), value) for key, value in content.items())
