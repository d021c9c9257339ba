"""Export: all runs of a sweep with the values of their points, as one file, without loading all of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sim.experiment.sweep.results import Results

if TYPE_CHECKING:
    import pyarrow

CSV, PARQUET, ARROW = "csv", "parquet", "arrow"


def export_runs(found: Results, kind: str, path: Path) -> int:
    """Write runs joined with points, in the order of the plan where it is complete; gives the number of rows.

    kind  csv, parquet or arrow (the IPC file that Feather reads)
    Raises OSError where the file cannot be written; a half-written one is removed.
    """
    half = path.with_name(f".half-{path.name}")
    rows = 0
    writer = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as file:
            for table in found.joined():
                writer = writer or _writer(kind, file, table.schema)
                writer.write_table(table)
                rows += table.num_rows
            if writer is not None:
                writer.close()
        os.replace(half, path)
    finally:
        half.unlink(missing_ok=True)
    return rows


def _writer(kind: str, file: object, schema: pyarrow.Schema) -> pyarrow.parquet.ParquetWriter:
    import pyarrow.csv
    import pyarrow.ipc
    import pyarrow.parquet

    if kind == CSV:
        return pyarrow.csv.CSVWriter(file, schema)
    if kind == PARQUET:
        return pyarrow.parquet.ParquetWriter(file, schema, compression="zstd")
    return pyarrow.ipc.new_file(file, schema)
