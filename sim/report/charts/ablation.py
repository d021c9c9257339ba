"""What carries the verdict: one row a mechanism, one panel a firm, the difference that is left where the mechanism is off."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from sim.analysis.contrasts import FLIPPED, GAINED, LOST, MOVED, Contrast
from sim.analysis.deciding import by_effect, unit_of
from sim.analysis.quantities import decimals, listed, number, plain, scale, sentence
from sim.model.outcomes import OUTCOMES
from sim.report.charts import Chart
from sim.report.charts.canvas import Canvas, text_width
from sim.report.charts.differences import NO_FILE_NAME
from sim.report.charts.frame import framed
from sim.report.colours import INK, QUIET, RULE, TOO_CLOSE, design_colours, tint
from sim.report.comma import comma_separated

ROW, HEAD, FOOT = 25.0, 44.0, 34.0
VALUES = 102.0
"""Column of values at a panel's right: beside the dots they would cross lines."""
GUTTER = 18.0
LEAST_PANEL, MOST_PANELS = 196.0, 3
NAMED = 3
"""Up to this many mechanisms are named in the title; of more the rest is counted."""
COVERED = 0.85
NOTES = {FLIPPED: " turns", LOST: " unsure", GAINED: " sure", MOVED: " moves"}
TENS = 9.95
"""From here on a value has no decimals: the interval is drawn."""

Panels = Mapping[str, Sequence[Contrast]]
"""Firm → the contrasts of one pair of designs, all on first."""


def ablation_chart(panels: Panels) -> Chart:
    """Chart of one pair of designs over the firms."""
    usual = next(iter(panels.values()))[0].difference
    rows = _order(panels)
    drawing = _Drawing(panels, rows, design_colours((usual.first, usual.second)))
    about = OUTCOMES[usual.outcome]
    pairs = max(contrast.difference.n for contrasts in panels.values() for contrast in contrasts)
    subtitle = (
        f"Difference in {about.label} ({unit_of(usual.outcome) or 'pure number'}), {plain(usual.second)} less {plain(usual.first)}, with "
        f"each mechanism off in turn: mean of {pairs} pairs of simulated histories; right: {plain(usual.second)} is better. Line: 95 % "
        "interval, all rows of a firm at once. Hollow and grey: the interval holds zero. Dashes: all on."
    )
    said = "; ".join(f"{plain(firm)}: {', '.join(_said(contrast) for contrast in contrasts)}" for firm, contrasts in panels.items())
    return framed(
        f"ablation-{re.sub(NO_FILE_NAME, '_', usual.second)}", finding(panels), subtitle, said, _csv(panels), drawing,
        (drawing.height(720.0), drawing.height(328.0)),
    )  # fmt: skip


def plot_ablation(ax: Axes | None, panels: Panels) -> Axes:
    """The same on axes of your own; on a new figure of the right size where they are None."""
    return ablation_chart(panels).plot(ax)


def finding(panels: Panels) -> str:
    """What carries the verdict of each firm, in a sentence without a full stop: the strongest effect that any mechanism has on it."""
    return sentence("; ".join(_finding(plain(firm), contrasts) for firm, contrasts in panels.items()))


def _finding(firm: str, contrasts: Sequence[Contrast]) -> str:
    words = ((FLIPPED, "turns without"), (LOST, "is not sure without"), (GAINED, "is sure only without"), (MOVED, "moves without"))
    parts = [f"{word} {_some(found)}" for effect, word in words if (found := by_effect(contrasts, effect))]
    state = "verdict" if contrasts[0].difference.better else "open verdict"
    return f"{firm}'s {state} {parts[0] if parts else f'stays without any one of {len(contrasts) - 1} mechanisms'}"


def _some(names: list[str]) -> str:
    return listed(names) if len(names) <= NAMED + 1 else f"{', '.join(names[:NAMED])} and {len(names) - NAMED} more"


def _said(contrast: Contrast) -> str:
    return f"{contrast.setting} {_size(contrast)}{NOTES.get(contrast.effect, '')}"


def _size(contrast: Contrast) -> str:
    if contrast.difference.low is None:
        return "no size"
    value = scale(contrast.difference.outcome) * contrast.difference.mean
    return number(value, 0 if abs(value) >= TENS else decimals(value), signed=True)


def _label(name: str, is_first: bool) -> str:
    return name if is_first else f"no {name}"


def _order(panels: Panels) -> list[str]:
    """All on first, then what moves any firm's difference most, as a share of what all on leaves to see."""
    first = next(iter(panels.values()))[0].setting
    moved: dict[str, float] = {}
    for contrasts in panels.values():
        largest = max((abs(c.change) for c in contrasts if math.isfinite(c.change)), default=0.0) or 1.0
        for contrast in contrasts[1:]:
            moved[contrast.setting] = max(moved.get(contrast.setting, 0.0), abs(contrast.change) / largest)
    return [first, *sorted(moved, key=lambda name: -moved[name])]


def _end(contrasts: Sequence[Contrast]) -> float:
    """Where a panel's axis ends: the smallest round number that holds most rows with their intervals."""
    factor = scale(contrasts[0].difference.outcome)
    bounds = [(c.difference.low, c.difference.high) for c in contrasts]
    sizes = sorted(factor * max(abs(low), abs(high)) for low, high in bounds if low is not None and high is not None)
    needed = sizes[min(len(sizes) - 1, math.ceil(COVERED * len(sizes)) - 1)] if sizes else 1.0
    power = 10.0 ** math.floor(math.log10(needed)) if needed > 0.0 else 1.0
    return next(step * power for step in (1.0, 2.0, 4.0, 6.0, 10.0) if step * power >= needed * (1.0 - 1e-9))


class _Drawing:
    """Draws panel beside panel, and those that do not fit below."""

    def __init__(self, panels: Panels, rows: list[str], colours: dict[str, str]) -> None:
        self.panels, self.rows, self.colours = panels, rows, colours
        self.labels = max(text_width(_label(name, not place), 13.0, not place) for place, name in enumerate(rows)) + 14.0

    def columns(self, width: float) -> int:
        """Panels that fit side by side."""
        return max(1, min(len(self.panels), MOST_PANELS, int((width - self.labels) // LEAST_PANEL)))

    def height(self, width: float) -> float:
        """Pixels of the whole body."""
        blocks = math.ceil(len(self.panels) / self.columns(width))
        return blocks * (HEAD + ROW * len(self.rows) + FOOT)

    def __call__(self, canvas: Canvas, left: float, top: float) -> None:
        """The body with its upper left corner at (left, top)."""
        width = canvas.width - 2.0 * left
        columns = self.columns(width)
        each = (width - self.labels - GUTTER * (columns - 1)) / columns
        for place, (firm, contrasts) in enumerate(self.panels.items()):
            y = top + (place // columns) * (HEAD + ROW * len(self.rows) + FOOT)
            if place % columns == 0:
                self._labels(canvas, left, y + HEAD)
            self._panel(canvas, firm, contrasts, left + self.labels + (each + GUTTER) * (place % columns), y, each)

    def _labels(self, canvas: Canvas, left: float, top: float) -> None:
        for place, name in enumerate(self.rows):
            canvas.text(left, top + ROW * place + 17.0, _label(name, not place), 13.0, bold=not place)

    def _panel(self, canvas: Canvas, firm: str, contrasts: Sequence[Contrast], left: float, top: float, width: float) -> None:
        usual = contrasts[0].difference
        reach, end = (width - VALUES) / 2.0, _end(contrasts)
        middle = left + reach
        bottom = top + HEAD + ROW * len(self.rows)
        for design, start in ((usual.first, middle - reach), (usual.second, middle)):
            canvas.box(start, top + HEAD, reach, bottom - top - HEAD, tint(self.colours[design], 0.055))
        canvas.text(left, top + 15.0, sentence(plain(firm)), 13.0, INK, bold=True)
        self._sides(canvas, usual.first, usual.second, middle, reach, top + HEAD - 9.0)
        unit = unit_of(usual.outcome)
        for towards in (-1, 1):
            value = towards * (OUTCOMES[usual.outcome].better or 1) * end / 2.0
            words = number(value, 0 if value == int(value) else decimals(value), signed=True)
            if text_width(f"{words} {unit}") <= 0.8 * reach:
                words = f"{words} {unit}"
            canvas.text(middle + towards * 0.47 * reach, bottom + 17.0, words, 12.0, QUIET, align="center")
        canvas.text(middle, bottom + 17.0, "0", 12.0, QUIET, align="center")
        canvas.line([(middle, top + HEAD), (middle, bottom)], INK, 1.0)
        side = Side(canvas, middle, reach, end, scale(usual.outcome) * (OUTCOMES[usual.outcome].better or 1))
        if usual.low is not None and abs(side.turned(usual.mean)) <= end:
            x = side.place(usual.mean)
            canvas.line([(x, top + HEAD), (x, bottom)], QUIET, 1.0, dashes=(3.0, 3.0))
        known = {contrast.setting: contrast for contrast in contrasts}
        for place, name in enumerate(self.rows):
            y = top + HEAD + ROW * place
            if place:
                canvas.line([(left, y), (left + width, y)], RULE, 0.7)
            if name in known:
                self._row(side, known[name], y + ROW / 2.0)

    def _sides(self, canvas: Canvas, first: str, second: str, middle: float, reach: float, y: float) -> None:
        """Whose side is whose; the better design's name alone where there is no room for more."""
        for design, towards in ((first, -1), (second, 1)):
            long = f"{plain(design)} better"
            words = long if text_width(long, 12.0, True) < reach - 26.0 else plain(design)
            arrow = f"← {words}" if towards < 0 else f"{words} →"
            align = "right" if towards < 0 else "left"
            canvas.text(middle + 6.0 * towards, y, arrow, 12.0, self.colours[design], bold=True, align=align)

    def _row(self, side: Side, contrast: Contrast, y: float) -> None:
        difference = contrast.difference
        colour = self.colours[difference.better] if difference.better else TOO_CLOSE
        note = f"{_size(contrast)}{NOTES.get(contrast.effect, '')}"
        side.canvas.text(side.middle + side.reach + 8.0, y + 4.5, note, 12.0, colour, bold=contrast.carries)
        if difference.low is None or difference.high is None:
            return
        low, high = sorted((side.place(difference.low), side.place(difference.high)))
        at = side.place(difference.mean)
        if high - low > 0.5:
            side.canvas.line([(low, y), (high, y)], colour, 2.2)
        for bound in (difference.low, difference.high):
            if abs(side.turned(bound)) > side.end:
                towards = 1 if side.turned(bound) > 0 else -1
                side.canvas.arrow(side.middle + towards * (side.reach - 3.0), y, towards, colour)
        if abs(side.turned(difference.mean)) <= side.end:
            side.canvas.dot(at, y, colour, 4.6, hollow=difference.better is None)


class Side:
    """One panel's axis: right means that the second design is better."""

    def __init__(self, canvas: Canvas, middle: float, reach: float, end: float, turn: float) -> None:
        self.canvas, self.middle, self.reach, self.end, self.turn = canvas, middle, reach, end, turn

    def turned(self, value: float) -> float:
        """A difference in the printed unit, more being better for the second design."""
        return self.turn * value

    def place(self, value: float) -> float:
        """Pixels of a difference, kept inside the panel."""
        return self.middle + max(-1.0, min(1.0, self.turned(value) / self.end)) * self.reach * 0.94


def _csv(panels: Panels) -> str:
    head = ("scenario", "setting", "difference", "low", "high", "change", "effect", "better", "pairs")
    rows = (
        (firm, c.setting, c.difference.mean, c.difference.low, c.difference.high, c.change, c.effect, c.difference.better, c.difference.n)
        for firm, contrasts in panels.items()
        for c in contrasts
    )
    return comma_separated(head, rows)
