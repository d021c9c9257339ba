"""Levers: each coordinate of a design moved from one end of its range to the other, all else as a base design has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sim.experiment.variants import Variant
from sim.organisation.coordinates import COORDINATES
from sim.scenario.changed import what_is_wrong
from sim.scenario.objects import FrozenMap

if TYPE_CHECKING:
    from sim.scenario.objects import Scenario

BASES = ("partnership", "federated", "pervasive")
"""Where levers are moved if nothing is said: at both ends of the title, and half way."""

LOW, HIGH = "low", "high"


@dataclass(frozen=True)
class Lever:
    """One coordinate moved at one base design.

    low, high  the values between which it is moved       [unit of the coordinate]
    """

    coordinate: str
    base: str
    low: float
    high: float

    @property
    def name(self) -> str:
        """What is moved, and where."""
        return f"{self.coordinate} at {self.base}"


def levers(scenario: Scenario, bases: Sequence[str] = BASES) -> Iterator[tuple[Lever, Variant]]:
    """Every coordinate at every base that has the firm make sense at both ends, with the comparison that shows what it does.

    The comparison has three designs: the base, which sets what there is to spend, and the coordinate at its two ends.
    """
    for base in bases:
        for coordinate, axis in COORDINATES.items():
            design = scenario.designs[base]
            ends = {
                name: replace(design, name=name, values=FrozenMap({**design.values, coordinate: value}))
                for name, value in ((LOW, axis.low), (HIGH, axis.high))
            }
            moved = replace(scenario, designs=FrozenMap({base: design, **ends}), compare=(base, LOW, HIGH))
            if not what_is_wrong(moved):
                lever = Lever(coordinate, base, axis.low, axis.high)
                yield lever, Variant(lever.name, moved)
