"""Firms of an ensemble: a folder whose draws.csv has one firm a row, a column a path such as `firm.units`."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from sim.core.errors import InputError
from sim.scenario.changed import changed

if TYPE_CHECKING:
    from sim.scenario.objects import Scenario

DRAWS = "draws.csv"


def firms_of(folder: Path, scenario: Scenario) -> dict[str, Scenario]:
    """Name → the scenario with a firm's numbers, in the order of the rows.

    Raises InputError where the file cannot be read, holds no firm, or names a path that the scenario does not have.
    """
    path = folder / DRAWS
    try:
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise InputError(f"--ensemble {folder}", f"{DRAWS} cannot be read: {error.strerror or error}", f"a folder with a {DRAWS}") from None
    if not rows:
        raise InputError(str(path), "holds no firm", "a line of paths, and a line of numbers a firm")
    found = {}
    for line, row in enumerate(rows, start=2):
        try:
            values = {name: float(text) for name, text in row.items() if "." in name}
            found[f"firm {row.get('number') or line - 1}"] = changed(scenario, values)
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"{path}:{line}", f"cannot be taken over: {error}", "paths of the scenario, and numbers") from None
    return found
