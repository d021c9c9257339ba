"""A comparison from the folder that `orgsim compare --out` wrote: its runs from runs.parquet, the rest from page.json, analysed anew."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.attribution import Attribution
from sim.analysis.paired import analyse
from sim.analysis.results import Analysis, Counted
from sim.core.errors import InputError
from sim.experiment.comparison import Comparison, Failure
from sim.experiment.precision import Stopped
from sim.model.outcomes import NAMES, OUTCOMES
from sim.report.selection import SERIES as SHOWN
from sim.report.stored.file import COMPARISON, FILE, damaged, page_json, read_page_json
from sim.report.stored.plain import Unreadable, from_plain, to_plain
from sim.report.stored.setting import setting_of, setting_values
from sim.report.summary import provenance

if TYPE_CHECKING:
    import pyarrow

RUNS, MONTHS = "runs.parquet", "series.parquet"


def comparison_json(comparison: Comparison, analysis: Analysis) -> str:
    """page.json of a comparison: its scenario, and what was counted from runs that are not in runs.parquet."""
    content = {
        "setting": setting_values(comparison.scenario), "seated": dict(comparison.seated), "seconds": comparison.seconds,
        "stopped": to_plain(comparison.stopped), "counted": to_plain(analysis.counted), "attributions": to_plain(analysis.attributions),
        "over_firms": analysis.over_firms, "confidence": analysis.confidence,
    }  # fmt: skip
    return page_json(COMPARISON, comparison.scenario.name, provenance(comparison), content)


def read_comparison(folder: Path) -> tuple[Comparison, Analysis]:
    """The comparison in a folder and what it shows.

    Raises InputError where a file is missing, damaged, or of other runs than the others.
    """
    path = folder / FILE
    found = read_page_json(path)
    try:
        scenario = setting_of(found["setting"])
        stopped = from_plain(Stopped, found["stopped"]) if found["stopped"] is not None else None
        counted = from_plain(tuple[Counted, ...], found["counted"])
        attributions = from_plain(tuple[Attribution, ...], found["attributions"])
        seated = from_plain(dict[str, float], found["seated"])
        seconds, confidence = from_plain(float, found["seconds"]), from_plain(float, found["confidence"])
        over_firms = from_plain(str, found["over_firms"])
    except (Unreadable, KeyError) as error:
        raise damaged(path, str(error)) from None
    made_by: dict[str, object] = found["provenance"]
    seeds, outcomes, beyond, failures = _runs(folder / RUNS, scenario.compare, made_by)
    series = _months(folder / MONTHS, len(scenario.compare), len(seeds)) if (folder / MONTHS).exists() else None
    comparison = Comparison(scenario, scenario.compare, seeds, outcomes, beyond, series, failures, seconds, made_by, seated, stopped,
                            quantities=SHOWN)  # fmt: skip
    analysis = replace(analyse(comparison, confidence), counted=counted, attributions=attributions, over_firms=over_firms)
    return comparison, analysis


def _runs(
    path: Path, designs: tuple[str, ...], made_by: dict[str, object]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, tuple[Failure, ...]]:
    """(seeds, outcomes, beyond, failures) of runs.parquet, a column at a time."""
    file = _opened(path)
    about = json.loads((file.schema_arrow.metadata or {}).get(b"orgweave", b"{}"))
    if about.get("plan_hash") != made_by.get("plan_hash"):
        raise damaged(path, f"it is of other runs than {FILE} beside it")
    wanted = [*NAMES, *(f"{name}_beyond" for name in NAMES if OUTCOMES[name].window)]
    lacking = [name for name in ("design", "seed", "status", "error", *wanted) if name not in file.schema_arrow.names]
    if lacking:
        raise damaged(path, f"it has no column {lacking[0]}")
    names, seeds = _column(file, path, "design"), _column(file, path, "seed")
    count = len(names) // len(designs)
    if list(dict.fromkeys(names)) != list(designs) or len(names) != count * len(designs):
        raise damaged(path, f"it holds not every run of {', '.join(designs)}")
    if any((seeds.reshape(len(designs), count) != seeds[:count]).ravel()):
        raise damaged(path, "its designs have other seeds")
    outcomes = np.empty((len(designs), count, len(NAMES)))
    beyond = np.zeros(outcomes.shape, bool)
    for place, name in enumerate(NAMES):
        outcomes[:, :, place] = _column(file, path, name).reshape(len(designs), count)
        if OUTCOMES[name].window:
            beyond[:, :, place] = _column(file, path, f"{name}_beyond").reshape(len(designs), count)
    failed = np.flatnonzero(_column(file, path, "status") == "failed")
    errors = _column(file, path, "error") if len(failed) else np.array([])
    failures = tuple(Failure(str(names[row]), int(seeds[row]), str(errors[row])) for row in failed)
    return seeds[:count].astype(np.int64), outcomes, beyond, failures


def _months(path: Path, designs: int, replicates: int) -> np.ndarray:
    """(D, R, M, S) of series.parquet, of the quantities that a chart shows and no others."""
    file = _opened(path)
    lacking = [name for name in SHOWN if name not in file.schema_arrow.names]
    rows = file.metadata.num_rows
    if lacking or not rows or rows % (designs * replicates):
        raise damaged(path, f"it has no column {lacking[0]}" if lacking else "it is not of as many runs as runs.parquet")
    # One quantity after the other in memory: each is read, and drawn, as one piece.
    months = np.empty((len(SHOWN), designs, replicates, rows // (designs * replicates)))
    for place, name in enumerate(SHOWN):
        months[place] = _column(file, path, name).reshape(months.shape[1:])
    return np.moveaxis(months, 0, -1)


def _opened(path: Path) -> Any:
    import pyarrow
    import pyarrow.parquet

    if not path.is_file():
        raise InputError(str(path), "is missing", "the file that the command wrote", "run the command that made its folder again")
    try:
        return pyarrow.parquet.ParquetFile(path)
    except (pyarrow.ArrowException, OSError) as error:
        raise damaged(path, str(error).splitlines()[0]) from None


def _column(file: Any, path: Path, name: str) -> np.ndarray:
    """A column as an array, whole."""
    import pyarrow

    try:
        column: pyarrow.ChunkedArray = file.read(columns=[name]).column(0)
        return np.asarray(column.to_numpy())
    except (pyarrow.ArrowException, OSError) as error:
        raise damaged(path, str(error).splitlines()[0]) from None
