"""What `orgsim analyse` found, as its folder keeps it: page.json, analysis.json for other programs, and a chart of what drives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import sim
from sim.analysis.point_gaps import CLASSES
from sim.analysis.sweeps import Found
from sim.core.errors import InputError
from sim.experiment.sweep.results import Results
from sim.model.outcomes import OUTCOMES
from sim.report.beside import StoredAnalysis
from sim.report.stored.file import ANALYSIS, FILE, damaged, page_json, read_page_json
from sim.report.stored.plain import Unreadable, from_plain, to_plain
from sim.report.summary import as_json
from sim.report.sweep_table import sweep_values
from sim.report.write_ablation import put

JSON = "analysis.json"
FORMAT = 2
"""Of both files; raised where what they hold means something else than before."""


def analysis_values(results: Results, found: Sequence[Found]) -> dict[str, object]:
    """analysis.json, and what `orgsim analyse --json` prints."""
    plan = results.plan
    return {
        "kind": ANALYSIS, "format": FORMAT, "version": sim.__version__, "sweep": plan["name"], "scenarios": list(plan["scenarios"]),
        "hash": plan["hash"], "model_digest": plan["model_digest"], "seed": plan["seed"], "sample": plan["sample"],
        "runs": results.done, "complete": results.is_complete, "failed": results.failed,
        "differences": [sweep_values(each) for each in found],
    }  # fmt: skip


def write_analysis(results: Results, found: Sequence[Found], command: str, folder: Path) -> list[Path]:
    """Write both files and the chart of the first outcome with its data, each whole or as it was; gives their paths.

    Raises OSError where the folder cannot be written.
    """
    plan = results.plan
    kept = StoredAnalysis(str(plan["name"]), str(plan["title"]), str(plan["hash"]), results.done, len(results.missing), tuple(found))
    made_by = {"command": command, "model_digest": plan["model_digest"], "plan_hash": plan["hash"], "seed": plan["seed"]}
    content = {"format": FORMAT, "scenarios": list(plan["scenarios"]), "found": to_plain(kept)}
    page = page_json(ANALYSIS, next(iter(plan["scenarios"])), made_by, content)
    files = {**_charts(kept), JSON: as_json(analysis_values(results, found)).encode(), FILE: page.encode()}
    return [put(folder / name, content) for name, content in files.items()]


def _charts(kept: StoredAnalysis) -> dict[str, bytes]:
    """Files of the chart of what drives the outcome that a page tells first; none where the sample does not tell."""
    from sim.report.analysis_sections import in_order
    from sim.report.charts.drivers import drivers_chart
    from sim.report.driver_measures import measures_of

    first = in_order(kept)[0]
    if measures_of(first) is None:
        return {}
    chart = drivers_chart(first)
    files = {f"charts/{chart.name}.{ending}": content for ending, content in chart.files.items()}
    return {**files, f"charts/{chart.name}.csv": chart.csv.encode()}


def check_free(folder: Path) -> None:
    """Say before anything is read that a folder holds another command's page.json, which would be lost. Raises InputError."""
    if (folder / FILE).exists() and (kind := read_page_json(folder / FILE)["kind"]) != ANALYSIS:
        raise InputError(f"--out {folder}", f"holds a {kind}, of which {FILE} would be written over", "a folder of its own")


def read_analysis(path: Path, document: Mapping[str, Any]) -> StoredAnalysis:
    """An analysis from page.json. Raises InputError where it is damaged, or was written in another format."""
    if document.get("format") != FORMAT:
        fault = f"is of format {document.get('format')!r:.20}, written by version {document.get('version')!s:.20}"
        raise InputError(str(path), fault, f"format {FORMAT}", "run orgsim analyse … --out again")
    try:
        found = from_plain(StoredAnalysis, document.get("found"))
        _check(found)
    except (Unreadable, IndexError) as error:
        raise damaged(path, str(error)) from None
    return found


def _check(found: StoredAnalysis) -> None:
    """Raises Unreadable where parts do not belong together."""
    if not found.found:
        raise Unreadable("it holds no outcome")
    for each in found.found:
        if each.outcome not in OUTCOMES:
            raise Unreadable(f"there is no outcome {each.outcome!r:.40}")
        if set(each.classes) != set(CLASSES):
            raise Unreadable(f"{each.outcome} has not one share a class")
        bounds = [bound for box in each.boxes.values() for bound in box.bounds]
        bounds += [bound for leaf in (each.tree.leaves if each.tree else ()) for bound in leaf.bounds]
        if any(not 0 <= bound.factor < len(each.paths) for bound in bounds):
            raise Unreadable(f"{each.outcome} has bounds of parameters that it has not")
        if each.indices is not None and any(
            getattr(each.indices, name).shape != (len(each.factors), 1)
            for name in ("first", "first_low", "first_high", "total", "total_low", "total_high")
        ):
            raise Unreadable(f"{each.outcome} has not one index a parameter")


def scenarios_of(path: Path, document: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the scenarios that were swept. Raises InputError where they are damaged."""
    try:
        return from_plain(tuple[str, ...], document.get("scenarios"))
    except Unreadable as error:
        raise damaged(path, str(error)) from None
