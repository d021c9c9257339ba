"""A comparison's files: runs.parquet, series.parquet, summary.json, page.json, report.html and charts/, whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.results import Analysis
from sim.experiment.comparison import Comparison
from sim.model.outcomes import NAMES, OUTCOMES
from sim.report.summary import as_json, provenance, summary

if TYPE_CHECKING:
    import pyarrow


def write_report(comparison: Comparison, analysis: Analysis, folder: str | os.PathLike[str]) -> list[Path]:
    """Write everything into `folder` and give the files' paths, the page first.

    Files are made in a folder beside it and then moved one by one, so that a crash leaves each file old or new, never half.

    Raises OSError where the folder cannot be written.
    """
    from sim.report.charts.all import draw
    from sim.report.page import page
    from sim.report.stored.comparison import comparison_json
    from sim.report.stored.file import FILE

    target = Path(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        charts = draw(comparison, analysis)
        (made / "charts").mkdir()
        for chart in charts:
            for ending, content in chart.files.items():
                (made / "charts" / f"{chart.name}.{ending}").write_bytes(content)
            (made / "charts" / f"{chart.name}.csv").write_text(chart.csv, encoding="utf-8")
        _write_parquet(runs_table(comparison), made / "runs.parquet")
        if comparison.series is not None:
            _write_parquet(series_table(comparison), made / "series.parquet")
        (made / "summary.json").write_text(as_json(summary(comparison, analysis)), encoding="utf-8")
        (made / FILE).write_text(comparison_json(comparison, analysis), encoding="utf-8")
        (made / "report.html").write_text(page(comparison, analysis, charts), encoding="utf-8")
        return _move(made, target)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _move(made: Path, target: Path) -> list[Path]:
    """Every file to its place, the page last, since who sees the page may expect the rest."""
    files = (path.relative_to(made) for path in made.rglob("*") if path.is_file())
    names = sorted(files, key=lambda name: (name.name == "report.html", name))
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(made / name, target / name)
    return [target / name for name in reversed(names)]


def runs_table(comparison: Comparison) -> pyarrow.Table:
    """One row a run: design, seed, status, error, the outcomes, and for quantiles whether they were not reached."""
    import pyarrow

    count = len(comparison.seeds)
    errors = {(failure.design, failure.seed): failure.error for failure in comparison.failures}
    keys = [(design, int(seed)) for design in comparison.designs for seed in comparison.seeds]
    columns: dict[str, object] = {
        "design": [design for design, _ in keys],
        "seed": pyarrow.array([seed for _, seed in keys], pyarrow.int64()),
        "status": ["failed" if key in errors else "ok" for key in keys],
        "error": pyarrow.array([errors.get(key) for key in keys], pyarrow.string()),
    }
    for o, name in enumerate(NAMES):
        columns[name] = np.ascontiguousarray(comparison.outcomes[:, :, o]).reshape(len(comparison.designs) * count)
    for o, name in enumerate(NAMES):
        if OUTCOMES[name].window:
            columns[f"{name}_beyond"] = np.ascontiguousarray(comparison.beyond[:, :, o]).reshape(-1)
    return _with_provenance(pyarrow.table(columns), comparison)


def series_table(comparison: Comparison) -> pyarrow.Table:
    """One row a run and month: design, seed, month from 1, the monthly quantities."""
    import pyarrow

    assert comparison.series is not None
    designs, replicates, months, _ = comparison.series.shape
    columns: dict[str, object] = {
        "design": [design for design in comparison.designs for _ in range(replicates * months)],
        "seed": np.tile(np.repeat(comparison.seeds, months), designs),
        "month": np.tile(np.arange(1, months + 1), designs * replicates),
    }
    for name in comparison.quantities:
        columns[name] = np.ascontiguousarray(comparison.months_of(name)).reshape(-1)
    return _with_provenance(pyarrow.table(columns), comparison)


def _with_provenance(table: pyarrow.Table, comparison: Comparison) -> pyarrow.Table:
    scenario = comparison.scenario
    about = {"scenario": scenario.name, "scenario_digest": scenario.digest, "designs": list(comparison.designs), **provenance(comparison)}
    return table.replace_schema_metadata({"orgweave": json.dumps(about, ensure_ascii=False)})


def _write_parquet(table: pyarrow.Table, path: Path) -> None:
    import pyarrow.parquet

    pyarrow.parquet.write_table(table, path, compression="zstd")
