"""Export: the page's scenario as a TOML file that `orgsim` reads, and its runs as comma-separated values."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sim.experiment.comparison import Comparison
from sim.model.outcomes import NAMES
from sim.report.comma import comma_separated
from sim.scenario.objects import Scenario


def scenario_toml(scenario: Scenario, command: str) -> str:
    """A scenario file, whole in itself: all that differs from the defaults, and the designs compared.

    command  that gives the page's numbers, noted at the head
    """
    tables: dict[str, dict[str, object]] = {}
    values: Mapping[str, object] = {**scenario.changed, "designs.compare": scenario.compare, "run.equal": scenario.run.equal}
    for path, value in values.items():
        table, _, name = path.rpartition(".")
        tables.setdefault(table, {})[name] = value
    lines = [f"# From the explorer, on {scenario.name}. The same numbers:", f"#   {command}", f"title = {_toml(scenario.title)}"]
    if scenario.about:
        lines.append(f"about = {_toml(scenario.about)}")
    for table in sorted(tables, key=lambda name: (name.startswith("design."), name)):
        lines += ["", f"[{table}]", *(f"{name} = {_toml(value)}" for name, value in tables[table].items())]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, (tuple, list)):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return repr(value)


def runs_csv(comparison: Comparison) -> str:
    """One row a run: design, seed, then every outcome as stored; nothing where there was nothing to measure."""
    rows = [
        (design, int(seed), *map(float, comparison.outcomes[d, s]))
        for d, design in enumerate(comparison.designs)
        for s, seed in enumerate(comparison.seeds)
    ]
    return comma_separated(("design", "seed", *NAMES), rows)
