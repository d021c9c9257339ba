"""The months: one panel a quantity, a line a design, the band an interval of each month's mean."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes

from sim.analysis.intervals import intervals_of
from sim.analysis.months import monthly
from sim.analysis.quantities import listed, plain, sentence
from sim.experiment.comparison import Comparison
from sim.model.series import SERIES as QUANTITIES
from sim.report.charts import NARROW, WIDE, Chart
from sim.report.charts.axis import round_values, tick_words, years
from sim.report.charts.canvas import Canvas, wrapped
from sim.report.charts.frame import framed
from sim.report.charts.spread import spread_apart
from sim.report.colours import QUIET, RULE, design_colours
from sim.report.comma import comma_separated
from sim.report.selection import SERIES

PANEL, HEAD, FOOT, GUTTER = 128.0, 42.0, 34.0, 32.0
AXIS, ENDS = 38.0, 104.0
"""Pixels left of a panel for its axis, and right of it for the designs' names."""

PER_CENT = ("accuracy",)


def series_chart(comparison: Comparison, confidence: float = 0.95) -> Chart | None:
    """Chart of the monthly series; None where the runs kept none."""
    if comparison.series is None or not comparison.series.shape[2]:
        return None
    intervals = intervals_of(comparison)
    bands = {name: monthly(comparison.months_of(name), confidence, intervals) for name in SERIES}
    drawing = _Drawing(comparison.designs, bands)
    months = comparison.series.shape[2]
    subtitle = (
        f"Mean of each month over {comparison.replicates} simulated histories; a month has 20 working days. Lead time is "
        "that of the items that went live in the month. Band: "
        f"{100 * confidence:g} % interval of the mean, month by month."
    )
    said = (
        _finding(comparison.designs, bands["lead_time"])
        + ". Last month: "
        + "; ".join(
            f"{QUANTITIES[name].label} " + ", ".join(f"{plain(d)} {mean[-1]:.3g}" for d, mean in zip(comparison.designs, band[0]))
            for name, band in bands.items()
        )
    )
    rows = [
        (name, design, month + 1, *(float(part[d, month]) for part in bands[name]))
        for name in SERIES
        for d, design in enumerate(comparison.designs)
        for month in range(months)
    ]
    panel = HEAD + PANEL + FOOT
    return framed(
        "months",
        _finding(comparison.designs, bands["lead_time"]),
        subtitle,
        said,
        comma_separated(("quantity", "design", "month", "mean", "low", "high"), rows),
        drawing,
        (panel * _rows(WIDE), panel * _rows(NARROW)),
    )


def plot_months(ax: Axes | None, comparison: Comparison, confidence: float = 0.95) -> Axes:
    """The same on axes of your own; on a new figure of the right size where they are None. Raises ValueError where there are no months."""
    chart = series_chart(comparison, confidence)
    if chart is None:
        raise ValueError("the runs kept no months")
    return chart.plot(ax)


def _rows(width: float) -> int:
    return -(-len(SERIES) // _columns(width))


def _columns(width: float) -> int:
    return 2 if width >= 500.0 else 1


def _finding(designs: tuple[str, ...], lead_time: tuple[np.ndarray, np.ndarray, np.ndarray]) -> str:
    """In how many months the lead time is shorter than the first design's."""
    mean = lead_time[0]
    months = int(np.isfinite(mean[0]).sum())
    if len(designs) == 1:
        return sentence(f"lead time month by month under {plain(designs[0])}")
    shorter = {plain(designs[d]): int((mean[d] < mean[0]).sum()) for d in range(len(designs) - 1, 0, -1)}
    if len(set(shorter.values())) == 1:
        parts = [f"in {min(shorter.values())} of {months} months under {listed(list(shorter))}"]
    else:
        parts = [f"in {count} of {months} months under {name}" for name, count in shorter.items()]
    return sentence(f"lead time is shorter than {plain(designs[0])}'s {listed(parts)}")


class _Drawing:
    """Draws panel after panel, row by row."""

    def __init__(self, designs: tuple[str, ...], bands: dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]) -> None:
        self.designs, self.bands = designs, bands
        self.colours = design_colours(designs)

    def __call__(self, canvas: Canvas, left: float, top: float) -> None:
        """The body with its upper left corner at (left, top)."""
        width = canvas.width - 2.0 * left
        columns = _columns(width)
        each = (width - GUTTER * (columns - 1)) / columns
        for place, name in enumerate(SERIES):
            x, y = left + (each + GUTTER) * (place % columns), top + (HEAD + PANEL + FOOT) * (place // columns)
            self._panel(canvas, name, x, y, each)

    def _panel(self, canvas: Canvas, name: str, left: float, top: float, width: float) -> None:
        about = QUANTITIES[name]
        factor, unit = (100.0, "%") if name in PER_CENT else (1.0, about.unit)
        canvas.text(left, top + 16.0, sentence(f"{about.label}, {unit}"), 13.0, bold=True)
        mean, low, high = (factor * part for part in self.bands[name])
        ticks = round_values(np.fmin(mean, low), np.fmax(mean, high))
        x0, x1, y0, y1 = left + AXIS, left + width - ENDS, top + HEAD - 10.0 + PANEL, top + HEAD - 10.0
        months = mean.shape[1]

        def across(month: int) -> float:
            return x0 + (x1 - x0) * (month / max(months - 1, 1))

        def up(value: float) -> float:
            return y0 + (y1 - y0) * (value - ticks[0]) / (ticks[-1] - ticks[0])

        for tick in ticks:
            canvas.line([(x0, up(tick)), (x1, up(tick))], RULE, 1.0)
            canvas.text(x0 - 7.0, up(tick) + 4.3, tick_words(tick, ticks), 12.0, QUIET, align="right")
        years(canvas, months, across, y0)
        for d, design in enumerate(self.designs):
            there = [m for m in range(months) if np.isfinite(mean[d, m])]
            known = [m for m in there if np.isfinite(high[d, m])]
            if len(known) > 1:
                around = [(across(m), up(high[d, m])) for m in known] + [(across(m), up(low[d, m])) for m in reversed(known)]
                canvas.area(around, self.colours[design], 0.16)
            if len(there) > 1:
                canvas.line([(across(m), up(mean[d, m])) for m in there], self.colours[design], 2.0)
            elif there:
                canvas.dot(across(there[0]), up(mean[d, there[0]]), self.colours[design])
        self._ends(canvas, mean, x1, up, (y1, y0))

    def _ends(self, canvas: Canvas, mean: np.ndarray, edge: float, up: Callable[[float], float], span: tuple[float, float]) -> None:
        """Designs' names beside the ends of their lines."""
        last = [values[np.isfinite(values)][-1] if np.isfinite(values).any() else np.nan for values in mean]
        named = [(design, up(value)) for design, value in zip(self.designs, last) if np.isfinite(value)]
        sizes = [4.0 + 14.0 * len(wrapped(plain(design), ENDS - 8.0)) for design, _ in named]
        centres = spread_apart([y for _, y in named], sizes, span[0] - 8.0, span[1] + 8.0)
        for (design, _), centre in zip(named, centres):
            lines = wrapped(plain(design), ENDS - 8.0)
            for i, line in enumerate(lines):
                canvas.text(edge + 8.0, centre + 4.3 + (i - (len(lines) - 1) / 2.0) * 14.0, line, 12.0, self.colours[design])
