"""A fit's files: fit.md, fit.json, the firms kept, and a scenario of the nearest firm that can be run as it is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from sim.experiment.kept import DRAWS, PROVENANCE, as_csv
from sim.experiment.problem import Drawn, Matched
from sim.model.catalogue import PARAMETERS
from sim.report.summary import as_json
from sim.report.write_ablation import put
from sim.report.write_seek import toml
from sim.scenario.firm import FIRM
from sim.scenario.objects import Scenario
from sim.scenario.settings import DEFAULT_SCENARIO

SCENARIO = "your_firm.toml"


def write_fit(
    found: Matched, nearest: Drawn, usual: Scenario, page: str, values: Mapping[str, object], provenance: Mapping[str, object],
    folder: str | os.PathLike[str],
) -> list[Path]:  # fmt: skip
    """Write everything into `folder` and give the files' paths. Raises OSError where the folder cannot be written.

    The firms kept stand as an ensemble does, so that what reads one reads the other.
    """
    files = {
        "fit.md": page, "fit.json": as_json(values), DRAWS: as_csv(found.kept), PROVENANCE: as_json(provenance),
        SCENARIO: scenario_file(nearest, usual, str(provenance["command"])),
    }  # fmt: skip
    return [put(Path(folder) / name, text.encode()) for name, text in files.items()]


def scenario_file(nearest: Drawn, usual: Scenario, command: str) -> str:
    """The nearest firm as a scenario: all that differs from the default firm, each number with what it means."""
    tables: dict[str, list[str]] = {}
    for path, value in {**usual.changed, **nearest.point, "designs.compare": usual.compare}.items():
        *table, key = path.split(".")
        param = FIRM.get(key) if table == ["firm"] else PARAMETERS.get(key) if table == ["model"] else None
        if param is not None and value == param.value:
            continue
        comment = "" if param is None else f"  # {param.meaning}, {param.unit}"
        tables.setdefault(".".join(table), []).append(f"{key} = {toml(value)}{comment}")
    about = (f"Of the firms that show what yours does the one that is nearest to it, found by {command}. Many others show the same: fit.md "
             "says between what each number lies.")  # fmt: skip
    lines = [
        "# The nearest firm of a fit. Numbers of which nothing is told are as good as any other in their range.",
        'title = "Your firm"', f"about = {toml(about)}", f"base = {toml(DEFAULT_SCENARIO)}",
    ]  # fmt: skip
    for name, rows in tables.items():
        lines += ["", f"[{name}]", *rows]
    return "\n".join(lines) + "\n"
