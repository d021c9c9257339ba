"""What a scenario is once it is checked: frozen objects that travel to worker processes unchanged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from sim.scenario.journeys import Intervention, Transition

Value = TypeVar("Value")


class FrozenMap(Mapping[str, Value], Generic[Value]):
    """A read-only mapping that keeps its order and, unlike `MappingProxyType`, can be pickled and hashed."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, Value] | None = None) -> None:
        self._items: dict[str, Value] = dict(items or {})

    def __getitem__(self, key: str) -> Value:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return repr(self._items)

    def __reduce__(self) -> tuple[type, tuple[dict[str, Value]]]:
        return type(self), (self._items,)


@dataclass(frozen=True)
class RunSettings:
    """How long a run is, and what the designs compared have in common.

    days     working days that are counted                                     [days]
    warm_up  working days simulated before, and not counted                    [days]
    equal    what is the same for every design compared: "money" (planned spend), "technology" (the same without business
             experts) or "headcount" (technologists)
    """

    days: int = 720
    warm_up: int = 480
    equal: str = "money"


@dataclass(frozen=True)
class Design:
    """One point in the space of organisation designs.

    values   every coordinate of `sim.organisation.coordinates`, in its unit
    about    what the design stands for, in a sentence or two
    base     the design it starts from, or None
    reasons  coordinate → why it has its value, for those that give a reason
    """

    name: str
    about: str
    values: Mapping[str, float]
    base: str | None = None
    reasons: Mapping[str, str] = field(default_factory=FrozenMap, compare=False)


@dataclass(frozen=True)
class Scenario:
    """A firm, the designs to compare on it, and how to run them: everything that decides a result but the seeds.

    name     of the shipped scenario, or of the file without its ending
    origin   "shipped", or the path of the file
    base     the scenario it starts from, or None
    firm     every field of `sim.scenario.firm.FIRM`, in its unit
    designs  every design that can be named: the presets and the scenario's own
    compare  names of the designs to compare, the first being the reference; at least one
    model    every parameter of the model, mechanisms in `off` at the values that remove them
    transitions, interventions  by name; they decide nothing in a comparison of designs
    changed  path → value, for what differs from the defaults: given as overrides they make the same scenario again
    sources  path → where the value was given ("night.toml:7", "--set firm.units"), for what is not a default
    """

    name: str
    title: str
    about: str
    base: str | None
    origin: str
    firm: Mapping[str, float]
    designs: Mapping[str, Design]
    compare: tuple[str, ...]
    model: Mapping[str, float]
    off: tuple[str, ...]
    run: RunSettings
    transitions: Mapping[str, Transition] = field(default_factory=FrozenMap)
    interventions: Mapping[str, Intervention] = field(default_factory=FrozenMap)
    changed: Mapping[str, object] = field(default_factory=FrozenMap, compare=False)
    sources: Mapping[str, str] = field(default_factory=FrozenMap, compare=False)

    @property
    def digest(self) -> str:
        """Hex digest of what decides the results: values and the names of the designs compared, no other text."""
        content = {
            "firm": _numbers(self.firm),
            "designs": [[name, _numbers(self.designs[name].values)] for name in self.compare],
            "model": _numbers(self.model),
            "run": [self.run.days, self.run.warm_up, self.run.equal],
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def _numbers(values: Mapping[str, float]) -> dict[str, str]:
    """Values as text that is the same for 5 and 5.0, and exact."""
    return {name: float(value).hex() for name, value in values.items()}
