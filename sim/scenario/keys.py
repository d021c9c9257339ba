"""Every key that a scenario may hold: its range, unit, meaning and default, and where a misplaced one belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.core.errors import nearest
from sim.core.parameters import Param
from sim.organisation.coordinates import COORDINATES, Coordinate
from sim.scenario.firm import FIRM
from sim.scenario.settings import EQUAL, RUN
from sim.scenario.words import dotted, number

Path = tuple[str, ...]

TABLES = ("firm", "designs", "design", "model", "off", "run", "transition", "intervention")
TEXTS = ("title", "about", "base")
DESIGN_TEXTS = ("base", "about")
EVENT_TEXTS = ("day", "kind")
JOURNEYS = {"transition": ("from", "to", "about", "step"), "intervention": ("design", "about", "event")}
"""Keys of [transition.NAME] and [intervention.NAME]."""

OTHER_MEANINGS = {
    ("title",): "a few words for headings",
    ("about",): "a paragraph for people who do not know the scenario",
    ("base",): "the scenario to start from: a shipped name, or a path from this file",
    ("designs", "compare"): 'names of the designs to compare, the first is the reference: ["partnership", "pervasive"]',
    ("off", "mechanisms"): "names of mechanisms to switch off",
    ("transition", "from"): "name of the design that is left",
    ("transition", "to"): "name of the design that is arrived at",
    ("transition", "units"): "which units go: how many of the first, what share of them, or a list of their rows",
    ("intervention", "design"): "name of the design that the events happen to",
    ("run", "equal"): f"what the designs compared have in common: {', '.join(EQUAL)}",
}


@dataclass(frozen=True)
class Key:
    """A number that a scenario may give.

    least, most  allowed range, both included   [unit]
    default      value where nothing is said; None for coordinates, whose default is their design's
    """

    least: float
    most: float
    unit: str
    meaning: str
    default: float | None = None
    whole: bool = False

    @property
    def allowed(self) -> str:
        """Range and unit: `1 to 60 days`."""
        return f"{number(self.least)} to {number(self.most)} {self.unit}"

    @property
    def help(self) -> str:
        """Meaning, range and unit, as printed beside a wrong value."""
        return f"{self.meaning}, {self.allowed}{', a whole number' * self.whole}"


def key_of_param(param: Param) -> Key:
    return Key(param.least, param.most, param.unit, param.meaning, param.value, param.whole)


def key_of_coordinate(coordinate: Coordinate) -> Key:
    return Key(coordinate.low, coordinate.high, coordinate.unit, coordinate.meaning)


DEEPEST = 5
"""Parts of the longest path: transition.NAME.step.0.day."""

_DAY = Key(0, RUN["days"].most, "days", "day on which it happens, counted from the first counted day", whole=True)
STEP_NUMBERS = {"day": _DAY, "share": Key(0, 1, "share", "how much of the way is gone by then", 1.0)}
EVENT_NUMBERS = {
    "day": _DAY,
    **{name: Key(0, 1000, "what its kind says", "what its kind says") for name in ("share", "level", "fluency", "people")},
}
"""Numbers of any event; which of them a kind has, and in what range, stands in `sim.scenario.events`."""


class Keys:
    """The keys of a scenario, given the parameters and mechanisms of a model."""

    def __init__(self, parameters: Mapping[str, Param], mechanisms: Mapping[str, Mapping[str, Param]]) -> None:
        self.parameters, self.mechanisms = parameters, mechanisms
        self.numbers: dict[str, dict[str, Key]] = {
            "firm": {name: key_of_param(param) for name, param in FIRM.items()},
            "model": {name: key_of_param(param) for name, param in parameters.items()},
            "run": {name: key_of_param(param) for name, param in RUN.items()},
            "design": {name: key_of_coordinate(coordinate) for name, coordinate in COORDINATES.items()},
            "step": STEP_NUMBERS,
            "event": EVENT_NUMBERS,
        }
        self.others = {
            "designs": ("compare",), "off": ("mechanisms",), "run": ("equal",), "design": DESIGN_TEXTS, "step": ("coordinates", "units"),
            "event": ("kind",), **JOURNEYS,
        }  # fmt: skip

    def number(self, path: Path) -> Key | None:
        """The number at a path such as ("firm", "units") or ("design", "mine", "delegation"); None for other keys."""
        if len(path) == DEEPEST and path[0] in JOURNEYS:
            return self.numbers.get(path[2], {}).get(path[-1])
        inside = 3 if path[:1] == ("design",) else 2
        return self.numbers.get(path[0], {}).get(path[-1]) if len(path) == inside else None

    def names(self, table: Path) -> tuple[str, ...]:
        """The keys that a table may hold; the top level is ()."""
        if not table:
            return TEXTS + TABLES
        kind = table[2] if len(table) == DEEPEST - 1 and table[0] in JOURNEYS else table[0]
        return tuple(self.numbers.get(kind, {})) + self.others.get(kind, ())

    def help(self, path: Path) -> str:
        """What may stand at a path: meaning, and range with unit for a number."""
        key = self.number(path)
        short = (path[0], path[-1]) if path[:1] and path[0] in JOURNEYS else path
        return key.help if key else OTHER_MEANINGS.get(short, "")

    def suggestion(self, path: Path, now: float | None) -> str:
        """What to do about an unknown key: the nearest one in its table with its range and value, or the table it belongs in."""
        table, name = path[:-1], path[-1]
        best = nearest(name, self.names(table))
        if best is None:
            return self._other_table(name) or f"known: {', '.join(self.names(table))}"
        meant = (*table, best)
        key = self.number(meant)
        if key is None:
            return f"did you mean {dotted(meant)}?  ({self.help(meant)})" if self.help(meant) else f"did you mean {dotted(meant)}?"
        current = key.default if now is None else now
        now_text = "" if current is None else f", now {number(current)}"
        return f"did you mean {dotted(meant)}?  ({key.allowed}{now_text}: {key.meaning})"

    def _other_table(self, name: str) -> str:
        for table in (*self.numbers, *self.others):
            if table in TABLES and name in self.names((table,)):
                return f"{name} belongs in [{f'{table}.NAME' if table in (*JOURNEYS, 'design') else table}]"
        return ""

    def meant(self, path: Path) -> Path | None:
        """The known path that an unknown one is nearest to, or None."""
        best = nearest(path[-1], self.names(path[:-1]))
        return None if best is None else (*path[:-1], best)
