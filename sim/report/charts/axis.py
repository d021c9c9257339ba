"""Axes: round values up the side, years along the foot."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.ticker import MaxNLocator

from sim.analysis.quantities import number
from sim.report.charts.canvas import Canvas
from sim.report.colours import QUIET

MONTHS_A_YEAR = 12


def years(canvas: Canvas, months: int, across: Callable[[int], float], y: float) -> None:
    """Years under the axis; months where there is less than a year."""
    if months < MONTHS_A_YEAR:
        canvas.text(across(0), y + 18.0, f"{months} months" if months > 1 else "1 month", 12.0, QUIET)
        return
    for year in range(months // MONTHS_A_YEAR):
        middle = (across(MONTHS_A_YEAR * year) + across(MONTHS_A_YEAR * (year + 1) - 1)) / 2.0
        if months <= 5 * MONTHS_A_YEAR or year % 5 == 0:
            canvas.text(middle, y + 18.0, f"year {year + 1}", 12.0, QUIET, align="center")
        if year:
            edge = (across(MONTHS_A_YEAR * year - 1) + across(MONTHS_A_YEAR * year)) / 2.0
            canvas.line([(edge, y), (edge, y + 5.0)], QUIET)


def round_values(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Round values around the bands; from zero on where the lowest is near it."""
    finite = np.concatenate([low[np.isfinite(low)], high[np.isfinite(high)]])
    if not len(finite):
        return np.array([0.0, 1.0])
    least, most = float(finite.min()), float(finite.max())
    least = 0.0 if 0.0 <= least < 0.4 * most else least
    if least == most:
        least, most = least - 0.5, most + 0.5
    return np.asarray(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]).tick_values(least, most))


def tick_words(tick: float, ticks: np.ndarray) -> str:
    """A tick with the decimals that all of them need."""
    places = next(p for p in range(6) if np.allclose(np.round(ticks, p), ticks, rtol=0, atol=1e-9) or p == 5)
    return number(float(tick), places)
