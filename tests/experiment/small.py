"""A small firm, quick to run: what the tests of analyses start from."""

from __future__ import annotations

from pathlib import Path

from sim.api import load_scenario
from sim.scenario.objects import Scenario

SMALL = (
    ("firm.units", "3"), ("firm.technologists", "24"), ("run.days", "240"), ("run.warm_up", "60"),
    ("designs.compare", "partnership,pervasive"),
)  # fmt: skip

CARRIED = """
title = "Carried by translation"
base = "mobile_bank"
[firm]
units = 3
technologists = 24
[designs]
compare = ["direct", "narrow"]
[design.direct]            # nobody stands between, but releases are rare
base = "partnership"
liaisons_per_unit = 0
release_interval = 40
[design.narrow]            # releases are daily, but every item waits for a sliver of a liaison
base = "partnership"
liaisons_per_unit = 0.05
release_interval = 1
[run]
days = 240
warm_up = 60
[off]  # units build around what waits for long, and the rest only adds noise
mechanisms = ["coordinate", "review", "adopt", "shadow", "debt", "vendors", "talent", "lead", "architect"]
"""
"""Two designs of which one is slower only because of its liaisons: without translation it is the faster one."""


def small(*overrides: tuple[str, str]) -> Scenario:
    """The small firm, with further values."""
    return load_scenario("mobile_bank", [*SMALL, *overrides])


def carried(folder: Path) -> Path:
    """The file of the scenario in which translation carries the verdict."""
    path = folder / "carried.toml"
    path.write_text(CARRIED, encoding="utf-8")
    return path


def options(*more: str) -> list[str]:
    """The small firm as options of the command line."""
    values = [word for path, value in SMALL if path != "designs.compare" for word in ("--set", f"{path}={value}")]
    return [*values,
            "--designs", "partnership,pervasive", "--replicates", "4", "--quiet", *more]  # fmt: skip
