"""The way there: for each path the months against staying, and under them what they add up to."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes

from sim.analysis.curves import When
from sim.analysis.journey import Journey, Passage
from sim.analysis.journey_words import MILLION, day_words, interval_of_days
from sim.analysis.quantities import MINUS, number, per_cent, plain, sentence
from sim.report.charts import NARROW, WIDE, Chart
from sim.report.charts.axis import round_values, tick_words, years
from sim.report.charts.canvas import Canvas, wrapped
from sim.report.charts.frame import framed
from sim.report.colours import INK, QUIET, RULE
from sim.report.comma import comma_separated

NAME, WORDS, PANEL, FOOT, GUTTER = 24.0, 44.0, 96.0, 30.0, 36.0
AXIS, EDGE = 42.0, 8.0
TAIL = 4.0
"""Per cent of the bands' points at either end that may lie off the scale: the bill of a move would hide all other months."""


def journey_chart(journey: Journey, colour: str) -> Chart:
    """A block for each path: its monthly difference with dip and break-even, its cumulated difference with payback."""
    drawing = _Drawing(journey, colour)
    share = f"{100 * journey.confidence:g} %"
    subtitle = (
        f"Money earned less spend, path less staying, over {journey.n} simulated histories; a month has {journey.month} working days. "
        f"Zero is staying. Dot: the lowest month; an arrow where it is off the scale. Bar on the zero line: between which days the mean "
        f"is back. Band: {share} interval, all months at once."
    )
    said = "; ".join(f"{plain(each.name)}: {_month_words(journey, each)}; {_sum_words(journey, each)}" for each in journey.passages)
    rows = [
        (passage.name, month + 1, *passage.difference[:, month], 100.0 * passage.difference[0, month] / journey.level[month],
         *passage.cumulated[:, month])
        for passage in journey.passages for month in range(len(journey.level))
    ]  # fmt: skip
    head = ("path", "month", "difference", "low", "high", "per_cent_of_staying", "cumulated", "cumulated_low", "cumulated_high")
    count = len(journey.passages)
    heights = [_block() * -(-count // _columns(width)) for width in (WIDE, NARROW)]
    return framed("transition", _finding(journey), subtitle, said, comma_separated(head, rows), drawing, (heights[0], heights[1]))


def plot_journey(ax: Axes | None, journey: Journey, colour: str) -> Axes:
    """The same on axes of your own; on a new figure of the right size where they are None."""
    return journey_chart(journey, colour).plot(ax)


def _finding(journey: Journey) -> str:
    """Which path is paid back soonest, and how far apart the lowest months are."""
    paid = [passage for passage in journey.passages if passage.median.day is not None]
    if not paid:
        return f"No path is paid back in half of the histories within {journey.days:,} days"
    late = len(journey.passages) - len(paid)
    soonest = min(paid, key=lambda passage: passage.median.day or 0.0)
    when = "from the first day" if not soonest.median.day else f"by day {number(soonest.median.day, 0)}"
    if len(journey.passages) == 1:
        return sentence(f"{plain(soonest.name)} is paid back in half of the histories {when}")
    rest = f"; {late} of {len(journey.passages)} {'is' if late == 1 else 'are'} not by day {journey.days:,}" if late else ""
    return sentence(f"{plain(soonest.name)} is paid back soonest, in half of the histories {when}{rest}")


def _month_words(journey: Journey, passage: Passage) -> str:
    dip = passage.dip
    lowest = f"lowest {MINUS}{per_cent(dip.depth.mean)} in month {dip.month}" if dip.month else "never below staying"
    return f"by month: {lowest}, level back {_when(journey, passage.back)}"


def _sum_words(journey: Journey, passage: Passage) -> str:
    return f"added up, million: loss made good {_when(journey, passage.made_good)}"


def _when(journey: Journey, when: When) -> str:
    if when.day == 0.0:
        return "from the first day"
    words = day_words(journey, when)
    bracket = interval_of_days(journey, when)
    return f"day {words}" + (f" ({bracket})" if bracket != words else "")


def _block() -> float:
    return NAME + 2.0 * (WORDS + PANEL) + FOOT + 18.0


def _columns(width: float) -> int:
    return 2 if width >= 500.0 else 1


class _Drawing:
    """Draws block after block, row by row; all blocks share their scales."""

    def __init__(self, journey: Journey, colour: str) -> None:
        self.journey, self.colour = journey, colour
        self.shares = {each.name: 100.0 * each.difference / journey.level for each in journey.passages}
        self.sums = {each.name: MILLION * each.cumulated for each in journey.passages}
        inside = np.percentile(np.concatenate([each[1:].ravel() for each in self.shares.values()]), [TAIL, 100.0 - TAIL])
        self.scales = (_scale(*inside), _scale(*_ends(list(self.sums.values()))))

    def __call__(self, canvas: Canvas, left: float, top: float) -> None:
        """The body with its upper left corner at (left, top)."""
        width = canvas.width - 2.0 * left
        columns = _columns(width)
        each = (width - GUTTER * (columns - 1)) / columns
        for place, passage in enumerate(self.journey.passages):
            self._path(canvas, passage, left + (each + GUTTER) * (place % columns), top + _block() * (place // columns), each)

    def _path(self, canvas: Canvas, passage: Passage, left: float, top: float, width: float) -> None:
        canvas.text(left, top + 16.0, sentence(plain(passage.name)), 14.0, bold=True)
        share, added = self.shares[passage.name], self.sums[passage.name]
        y = top + NAME
        self._panel(canvas, (_month_words(self.journey, passage), "%"), share, self.scales[0], passage.back, (left, y, width))
        if passage.dip.month:
            self._dip(canvas, share[0], passage.dip.month - 1, (left, y, width))
        y += WORDS + PANEL
        self._panel(canvas, (_sum_words(self.journey, passage), "million"), added, self.scales[1], passage.made_good, (left, y, width))
        years(canvas, share.shape[1], self._across(left, width), y + WORDS + PANEL)

    def _across(self, left: float, width: float) -> Callable[[float], float]:
        months = len(self.journey.level)
        return lambda month: left + AXIS + (width - AXIS - EDGE) * (month + 1.0) / months

    def _panel(
        self, canvas: Canvas, words: tuple[str, str], curve: np.ndarray, ticks: np.ndarray, when: When, place: tuple[float, float, float]
    ) -> None:
        left, top, width = place
        for row, line in enumerate(wrapped(sentence(words[0]), width)[:2]):
            canvas.text(left, top + 12.0 + 15.0 * row, line, 12.0, QUIET)
        up, across = _up(ticks, top), self._across(left, width)
        x0, x1 = left + AXIS, left + width - EDGE
        for tick in ticks:
            canvas.line([(x0, up(tick)), (x1, up(tick))], INK if tick == 0.0 else RULE, 1.0)
            canvas.text(x0 - 6.0, up(tick) + 4.3, tick_words(tick, ticks) + (" %" if words[1] == "%" else ""), 12.0, QUIET, align="right")
        low, high = (np.clip(curve[end], ticks[0], ticks[-1]) for end in (1, 2))
        months = range(curve.shape[1])
        canvas.area([(across(m), up(high[m])) for m in months] + [(across(m), up(low[m])) for m in reversed(months)], self.colour, 0.16)
        canvas.line([(across(m), up(float(np.clip(curve[0, m], ticks[0], ticks[-1])))) for m in months], self.colour, 2.0)
        self._when(canvas, when, across, up(0.0))

    def _when(self, canvas: Canvas, when: When, across: Callable[[float], float], zero: float) -> None:
        """The day on which a curve is back at zero, on the zero line with its interval; an arrow where that passes the horizon."""
        if when.day == when.low == when.high == 0.0:
            return
        last = float(self.journey.days)

        def at(day: float | None) -> float:
            return across((last if day is None else day) / self.journey.month - 1.0)

        if when.low is not None:
            canvas.line([(at(when.low), zero), (at(when.high), zero)], INK, 4.0)
        if when.high is None:
            canvas.arrow(at(None), zero, 1, INK)
        if when.day:
            canvas.dot(at(when.day), zero, INK, 4.5, hollow=True)

    def _dip(self, canvas: Canvas, curve: np.ndarray, month: int, place: tuple[float, float, float]) -> None:
        """The lowest month: a dot, or an arrow down at the panel's foot where it lies below."""
        left, top, width = place
        ticks = self.scales[0]
        x, up = self._across(left, width)(month), _up(ticks, top)
        if curve[month] >= ticks[0]:
            canvas.dot(x, up(float(curve[month])), self.colour)
            return
        foot = up(float(ticks[0]))
        canvas.area([(x - 4.5, foot - 1.0), (x + 4.5, foot - 1.0), (x, foot + 8.0)], self.colour)
        side, align = (8.0, "left") if 2 * month < len(curve) else (-8.0, "right")
        canvas.text(x + side, foot - 4.0, f"{number(float(curve[month]), 0)} %", 12.0, self.colour, align=align)


def _up(ticks: np.ndarray, top: float) -> Callable[[float], float]:
    foot, head = top + WORDS + PANEL - 14.0, top + WORDS
    return lambda value: foot + (head - foot) * (value - ticks[0]) / (ticks[-1] - ticks[0])


def _ends(curves: list[np.ndarray]) -> tuple[float, float]:
    return float(min(curve.min() for curve in curves)), float(max(curve.max() for curve in curves))


def _scale(low: float, high: float) -> np.ndarray:
    """Round values from low to high, zero among them."""
    ticks = round_values(np.array([min(low, 0.0)]), np.array([max(high, 0.0)]))
    return np.where(np.abs(ticks) < 1e-9, 0.0, ticks)
