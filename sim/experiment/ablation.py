"""Ablation: the same comparison with each mechanism off in turn. What carries a finding is what it cannot do without."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.experiment.variants import Variant
from sim.model.catalogue import MECHANISMS
from sim.scenario.changed import changed

if TYPE_CHECKING:
    from sim.scenario.objects import Scenario

ALL_ON = "all on"


def off_values(mechanism: str) -> dict[str, float]:
    """Parameter → the value that removes the mechanism's effect; empty where it cannot be switched off."""
    return {name: param.off for name, param in MECHANISMS[mechanism].items() if param.off is not None}


def switched_off(scenario: Scenario, mechanism: str) -> Scenario:
    """The scenario with one more mechanism off, as if its name stood in [off] mechanisms."""
    values = {f"model.{name}": value for name, value in off_values(mechanism).items()}
    return replace(changed(scenario, values), off=(*scenario.off, mechanism))


def ablations(scenario: Scenario) -> list[Variant]:
    """The scenario as it is, then with each mechanism off that can be and is not yet, in the order of the day."""
    able = [name for name in MECHANISMS if off_values(name) and name not in scenario.off]
    return [Variant(ALL_ON, scenario), *(Variant(name, switched_off(scenario, name)) for name in able)]
