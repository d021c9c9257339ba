"""Answers of Compare: what one stage of a comparison says, as plain values; the numbers are those of `orgsim compare --json`."""

from __future__ import annotations

import math
from dataclasses import asdict

import numpy as np

from sim.analysis.headline import headline
from sim.analysis.intervals import intervals_of
from sim.analysis.months import monthly
from sim.analysis.paired import analyse
from sim.analysis.results import Analysis
from sim.experiment.comparison import Comparison
from sim.explorer.question import STAGES
from sim.explorer.shades import pair_colours
from sim.model.outcomes import CAUSE_LABELS, CAUSES
from sim.model.series import NAMES
from sim.model.series import SERIES as QUANTITIES
from sim.report.charts.rows import count, grouped_rows, limit
from sim.report.selection import SERIES
from sim.report.summary import summary
from sim.report.table import rows as table_rows

FAR = 1e6
"""Stands for a place beyond every axis, where the first design's mean is 0 [per cent]."""


def answer(comparison: Comparison, command: str) -> dict[str, object]:
    """One stage of Compare: headline, chart of differences, table, days and months, and the whole document beside them."""
    analysis = analyse(comparison)
    words = headline(analysis)
    pairs = comparison.replicates
    return {
        "pairs": pairs,
        "settled": pairs >= STAGES[-1],
        "command": command,
        "title": f"{words.title}.",
        "rest": " ".join(part for part in (words.chance, words.hangs) if part),
        **drawn_differences(analysis),
        "table": [asdict(row) for row in table_rows(analysis, analysis.others[0])],
        "days": days(analysis),
        "series": series(comparison, analysis.confidence),
        "summary": summary(comparison, analysis),
    }


def drawn_differences(analysis: Analysis) -> dict[str, object]:
    """Rows of the chart of differences, in groups, the axis's end and the finding; places are per cent of the first design's value."""
    second = analysis.others[0]
    groups = grouped_rows(analysis, second, pair_colours(analysis.designs))
    rows = [row for _, members in groups for row in members]
    found = []
    for title, members in groups:
        shown = [
            {
                "outcome": row.outcome, "label": row.label, "raw": row.raw, "note": row.note, "sure": row.sure,
                "place": _finite(row.place), "low": _finite(row.low), "high": _finite(row.high),
                "better": analysis.differences[second][row.outcome].better,
            }
            for row in members
        ]  # fmt: skip
        found.append({"title": title, "rows": shown})
    return {"groups": found, "axis": limit(rows), "finding": f"{count(rows, analysis, second)}."}


def days(analysis: Analysis) -> list[dict[str, object]]:
    """Mean days of finished items by cause, one row a cause, one value a design [days]."""
    return [
        {"cause": cause, "label": CAUSE_LABELS[cause],
         "values": [_finite(analysis.estimates[design][f"days_{cause}"].mean) or 0.0 for design in analysis.designs]}
        for cause in CAUSES
    ]  # fmt: skip


def series(comparison: Comparison, confidence: float) -> list[dict[str, object]]:
    """Mean, low and high of each month of each quantity, (designs, months) each."""
    found: list[dict[str, object]] = []
    if comparison.series is None or not comparison.series.shape[2]:
        return found
    intervals = intervals_of(comparison)
    for name in SERIES:
        mean, low, high = monthly(comparison.series[..., NAMES.index(name)], confidence, intervals)
        quantity = QUANTITIES[name]
        found.append({"name": name, "label": quantity.label, "unit": quantity.unit, "meaning": quantity.meaning,
                      "mean": _rounded(mean), "low": _rounded(low), "high": _rounded(high)})  # fmt: skip
    return found


def _rounded(values: np.ndarray) -> list[list[float | None]]:
    """Values as drawn: six significant figures are more than a screen has pixels."""
    return [[float(f"{value:.6g}") if math.isfinite(value) else None for value in row] for row in values]


def _finite(value: float | None) -> float | None:
    if value is None or math.isnan(value):
        return None
    return max(-FAR, min(FAR, float(value)))
