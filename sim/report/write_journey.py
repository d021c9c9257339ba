"""A journey's files: report.html, charts, runs.parquet, series.parquet, summary.json and page.json, each file whole or as it was."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sim.analysis.journey import Journey
from sim.experiment.comparison import Comparison
from sim.report.beside import StoredJourney
from sim.report.colours import design_colours
from sim.report.summary import as_json
from sim.report.write import runs_table, series_table
from sim.report.write_ablation import put

if TYPE_CHECKING:
    import pyarrow


def write_journey(
    comparison: Comparison, journey: Journey, document: Mapping[str, object], about: dict[str, str], target: str,
    folder: str | os.PathLike[str],
) -> list[Path]:  # fmt: skip
    """Write everything into `folder` and give the files' paths; the page comes last, since who sees it may expect the rest.

    document  what summary.json holds
    about     path → what it does
    target    design whose colour the paths have

    Raises OSError where the folder cannot be written.
    """
    from sim.report.charts.journey import journey_chart
    from sim.report.journey_page import journey_page
    from sim.report.stored.file import FILE
    from sim.report.stored.ways import journey_json

    chart = journey_chart(journey, design_colours([target])[target])
    files = {f"charts/{chart.name}.{ending}": content for ending, content in chart.files.items()}
    files[f"charts/{chart.name}.csv"] = chart.csv.encode()
    for name, table in (("runs", runs_table(comparison)), ("series", series_table(comparison))):
        files[f"{name}.parquet"] = parquet(table.rename_columns(["path", *table.column_names[1:]]))
    files["summary.json"] = as_json(document).encode()
    files[FILE] = journey_json(comparison, StoredJourney(journey, target, about)).encode()
    files["report.html"] = journey_page(comparison, journey, [chart], about).encode()
    return [put(Path(folder) / name, content) for name, content in files.items()]


def parquet(table: pyarrow.Table) -> bytes:
    """A table as the bytes of a Parquet file."""
    import pyarrow.parquet

    sheet = io.BytesIO()
    pyarrow.parquet.write_table(table, sheet, compression="zstd")
    return sheet.getvalue()
