"""Assumptions, one at a time: every number without a published source at the low and the high end of its plausible range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.core.parameters import Param
from sim.experiment.variants import Variant
from sim.model.catalogue import MECHANISMS
from sim.scenario.changed import changed, what_is_wrong
from sim.scenario.firm import FIRM

if TYPE_CHECKING:
    from sim.scenario.objects import Scenario

AS_IT_IS = "as it is"


@dataclass(frozen=True)
class Level:
    """One assumption at one end of its range.

    path    "firm.NAME" or "model.NAME"
    param   its declaration
    value   what it is set to      [param.unit]
    usual   what the scenario has  [param.unit]
    """

    path: str
    param: Param
    value: float
    usual: float

    @property
    def name(self) -> str:
        """ "firm.turbulence = 1.5"."""
        return f"{self.path} = {self.value:g}"


def assumed(scenario: Scenario) -> Iterator[tuple[str, Param, float]]:
    """(path, declaration, the scenario's value) of every assumption that something reads: not of what is switched off."""
    for name, param in FIRM.items():
        if param.is_assumption:
            yield f"firm.{name}", param, scenario.firm[name]
    for mechanism, table in MECHANISMS.items():
        for name, param in table.items():
            if param.is_assumption and mechanism not in scenario.off:
                yield f"model.{name}", param, scenario.model[name]


def levels(scenario: Scenario) -> list[Level]:
    """Both ends of every assumption; an end at which the scenario already stands is left out."""
    found = [Level(path, param, end, usual) for path, param, usual in assumed(scenario) for end in (param.low, param.high)]
    return [level for level in found if level.value != level.usual]


def one_at_a_time(scenario: Scenario) -> tuple[list[Variant], list[Level], list[tuple[Level, str]]]:
    """(the scenario as it is and each level, the levels in the same order, the levels that make no sense here and why)."""
    variants, kept, senseless = [Variant(AS_IT_IS, scenario)], [], []
    for level in levels(scenario):
        other = changed(scenario, {level.path: level.value})
        fault = what_is_wrong(other)
        if fault:
            senseless.append((level, fault))
        else:
            variants.append(Variant(level.name, other))
            kept.append(level)
    return variants, kept, senseless
