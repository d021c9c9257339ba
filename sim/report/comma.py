"""Comma-separated values as text: the data behind a figure."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence


def comma_separated(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Head and rows as CSV; numbers with six significant figures, nothing where there is no number."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return sheet.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, float):
        return f"{value:.6g}" if math.isfinite(value) else ""
    return "" if value is None else value
