"""Tickets of a simulated firm, written as a tracker would export them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np

from sim.experiment.firms import live_whole
from sim.model.equal import blueprint_of
from sim.model.stages import CHANGE, LIVE, RETIRED
from sim.scenario.objects import Scenario

FIRST = date(2023, 1, 2)
"""A Monday."""


def day(number: int) -> str:
    """Working day from the first of the window → date."""
    return str(np.busday_offset(FIRST, number))


def write_tickets(path: Path, scenario: Scenario, design: str, seed: int) -> Path:
    """Live one history of a firm and write what was asked for in its counted window."""
    plan = blueprint_of(scenario, design)
    world = live_whole(plan, seed)[1]
    first = int(world.firm[0].counting_from)
    items = world.items[: world.firm[0].raised]
    lines = ["created,started,finished,kind,team"]
    for item in items[(items["kind"] == CHANGE) & (items["raised"] >= first)]:
        started = day(int(item["begun"]) - first) if item["begun"] >= 0 else ""
        finished = day(int(item["ended"]) - first) if item["stage"] in (LIVE, RETIRED) else ""
        lines.append(f"{day(int(item['raised']) - first)},{started},{finished},feature,unit {item['unit']}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def truth(scenario: Scenario) -> Mapping[str, float]:
    """Path → the value that a firm really has."""
    return {**{f"firm.{name}": value for name, value in scenario.firm.items()},
            **{f"model.{name}": value for name, value in scenario.model.items()}}  # fmt: skip
