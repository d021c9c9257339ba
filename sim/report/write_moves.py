"""The files of single moves: report.html, charts, runs.parquet, summary.json and page.json, each file whole or as it was."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from sim.analysis.moves import Effects
from sim.experiment.moves import Moves
from sim.report.colours import design_colours
from sim.report.summary import as_json
from sim.report.write import runs_table
from sim.report.write_ablation import put
from sim.report.write_journey import parquet


def write_moves(runs: Moves, effects: Effects, document: Mapping[str, object], folder: str | os.PathLike[str]) -> list[Path]:
    """Write everything into `folder` and give the files' paths; the page comes last, since who sees it may expect the rest.

    Raises OSError where the folder cannot be written.
    """
    import pyarrow

    from sim.report.charts.moves import moves_chart
    from sim.report.moves_page import moves_page
    from sim.report.stored.file import FILE
    from sim.report.stored.ways import moves_json

    chart = moves_chart(effects, design_colours([effects.other])[effects.other])
    files = {f"charts/{chart.name}.{ending}": content for ending, content in chart.files.items()}
    files[f"charts/{chart.name}.csv"] = chart.csv.encode()
    tables = []
    for view, comparison in (("from its day", runs.at_once), ("settled", runs.settled)):
        table = runs_table(comparison)
        tables.append(table.rename_columns(["move", *table.column_names[1:]]).append_column("view", pyarrow.array([view] * len(table))))
    files["runs.parquet"] = parquet(pyarrow.concat_tables(tables))
    files["summary.json"] = as_json(document).encode()
    files[FILE] = moves_json(runs.settled, effects).encode()
    files["report.html"] = moves_page(runs.settled, effects, [chart]).encode()
    return [put(Path(folder) / name, content) for name, content in files.items()]
