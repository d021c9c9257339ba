"""A search's files: seek.json, and for either side a scenario that can be run as it is."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from sim.analysis.deciding import size_in_words
from sim.analysis.quantities import plain, sentence
from sim.analysis.seek import Found
from sim.model.outcomes import HEADLINE, OUTCOMES
from sim.report.summary import as_json
from sim.report.write_ablation import put
from sim.scenario.firm import FIRM
from sim.scenario.objects import Scenario
from sim.scenario.settings import DEFAULT_SCENARIO


def write_seek(scenarios: Mapping[str, str], document: Mapping[str, object], folder: str | os.PathLike[str]) -> list[Path]:
    """Write everything into `folder` and give the files' paths; scenarios is file name → text.

    Raises OSError where the folder cannot be written.
    """
    files = {"seek.json": as_json(document), **scenarios}
    return [put(Path(folder) / name, content.encode()) for name, content in files.items()]


def scenario_file(one: Found, usual: Scenario, command: str) -> str:
    """The found firm as a scenario: all that differs from the default firm, each number with what it was before."""
    tables: dict[str, list[str]] = {}
    # The two sides, whatever list was asked for.
    for path, value in {**one.scenario.changed, "designs.compare": one.scenario.compare}.items():
        *table, key = path.split(".")
        if table == ["firm"] and one.scenario.firm[key] == FIRM[key].value:
            continue
        tables.setdefault(".".join(table), []).append(f"{key} = {toml(value)}{_comment(key, usual) if key in one.fields else ''}")
    surely = "surely earns more" if one.sure else "earns more, though not surely"
    about = (f"A firm on which {plain(one.design)} {surely}: {OUTCOMES[HEADLINE[0]].label}, {plain(one.lead.second)} less "
             f"{plain(one.lead.first)}, is {size_in_words(one.lead)} over {one.lead.n} histories. Found by {command}, from {usual.title}, "
             f"from which it differs in {len(one.fields)} numbers, each inside its plausible range.")  # fmt: skip
    lines = [
        f"# A firm that was sought: {plain(one.design)} earns more on it.", f"title = {toml(sentence(plain(one.design)) + ' earns more')}",
        f"about = {toml(about)}", f"base = {toml(DEFAULT_SCENARIO)}",
    ]  # fmt: skip
    for name, rows in tables.items():
        lines += ["", f"[{name}]", *rows]
    return "\n".join(lines) + "\n"


def _comment(field: str, usual: Scenario) -> str:
    return f"  # {FIRM[field].meaning}, {FIRM[field].unit}; {usual.name} has {usual.firm[field]:g}"


def toml(value: object) -> str:
    """A number, text or list of texts: what JSON writes of them TOML reads. 13.0 is 13."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
