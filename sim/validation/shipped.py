"""Shipped firms and designs as blueprints and scenarios, for rows that hold on all of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sim.model.begin import Blueprint, draw_up
from sim.model.catalogue import MECHANISMS, PARAMETERS
from sim.scenario.load import load_scenario
from sim.scenario.objects import Scenario
from sim.scenario.shipped import design_paths, scenario_paths

DAYS = WARM_UP = 240


@lru_cache(maxsize=16)
def shipped(firm: str, *settings: tuple[str, ...]) -> Scenario:
    """A shipped scenario, with (path, value) pairs of its own."""
    return load_scenario(firm, parameters=PARAMETERS, mechanisms=MECHANISMS, overrides=settings)


def plan_of(firm: str, design: str, days: int = DAYS, warm_up: int = WARM_UP) -> Blueprint:
    """A shipped firm under a shipped design."""
    scenario = shipped(firm)
    return draw_up(scenario.firm, scenario.designs[design].values, scenario.model, days, warm_up)


def shipped_plans(firms: Sequence[str] | None = None) -> dict[str, Blueprint]:
    """Every firm under every design, by "firm, design"."""
    return {f"{firm}, {design}": plan_of(firm, design) for firm in firms or scenario_paths() for design in design_paths()}
