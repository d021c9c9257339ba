"""The scenarios and designs that come with the package: TOML files found in a checkout or in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sim.scenario.settings import DEFAULT_COMPARE

PACKAGE = Path(__file__).resolve().parent.parent


@cache
def folder() -> Path:
    """The folder that holds `firms/`, `designs/`, `journeys/` and `sweeps/`: inside the installed package, else beside it in a checkout.

    Raises FileNotFoundError where the installation is damaged.
    """
    for candidate in (PACKAGE / "_scenarios", PACKAGE.parent / "scenarios"):
        if (candidate / "designs").is_dir():
            return candidate
    raise FileNotFoundError(f"the scenarios that come with the package are not beside {PACKAGE}: install it again")


def scenario_paths() -> dict[str, Path]:
    """Name → file of every shipped scenario, by name."""
    return _paths("firms")


def journey_paths() -> dict[str, Path]:
    """Name → file of every shipped scenario of transitions or interventions on one of the shipped firms, by name."""
    return _paths("journeys")


def sweep_paths() -> dict[str, Path]:
    """Name → file of every shipped sweep, by name."""
    return _paths("sweeps")


def design_paths() -> dict[str, Path]:
    """Name → file of every shipped design (a preset): those compared by default first, the others by name."""
    paths = _paths("designs")
    return {name: paths[name] for name in [*DEFAULT_COMPARE, *paths]}


def _paths(kind: str) -> dict[str, Path]:
    return {path.stem: path for path in sorted((folder() / kind).glob("*.toml"))}
