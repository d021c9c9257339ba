"""What each move does to the return, from its day and once it has settled: one row a move, the usual ones first."""

from __future__ import annotations

import math

from matplotlib.axes import Axes

from sim.analysis.moves import Effects, Move
from sim.analysis.moves_words import change_words, surely
from sim.analysis.quantities import decimals, number, plain, scale, sentence
from sim.analysis.results import Difference
from sim.model.outcomes import HEADLINE, OUTCOMES
from sim.report.charts import Chart
from sim.report.charts.ablation import Side
from sim.report.charts.canvas import Canvas, text_width
from sim.report.charts.frame import framed
from sim.report.colours import INK, QUIET, RULE, TOO_CLOSE
from sim.report.comma import comma_separated
from sim.report.moves_table import GROUPS

ROW, GROUP, HEAD, FOOT, GUTTER = 25.0, 30.0, 26.0, 30.0, 22.0
VALUES = 54.0
"""Column of values at a panel's right."""
LEAST_SIDE_BY_SIDE = 500.0
PANELS = (("from its day", "at_once"), ("settled, from a year after", "settled"))


def moves_chart(effects: Effects, colour: str) -> Chart:
    """Chart of every move's effect on the first headline outcome. colour: of what surely changes it."""
    label = OUTCOMES[HEADLINE[0]].label
    drawing = _Drawing(effects, colour)
    sure = [move for move in effects.moves if surely(move.effect)]
    title = (
        f"{len(sure)} of {len(effects.moves)} moves surely change {label} by more than matters, once settled"
        if sure else f"No move surely changes {label} by more than matters, once settled"
    )  # fmt: skip
    subtitle = (
        f"Change of {label} against doing nothing: mean of {effects.n} pairs of simulated histories; right: more. Line: 95 % interval, all "
        f"rows and outcomes of a panel at once. Hollow and grey: the interval holds zero. Dashes: {plain(effects.other)} from the start."
    )
    said = "; ".join(f"{plain(move.name)} {change_words(move.effect)}" for move in effects.moves)
    return framed("moves", title, subtitle, said, _csv(effects), drawing, (drawing.height(720.0), drawing.height(328.0)))


def plot_moves(ax: Axes | None, effects: Effects, colour: str) -> Axes:
    """The same on axes of your own; on a new figure of the right size where they are None."""
    return moves_chart(effects, colour).plot(ax)


class _Drawing:
    """Draws both panels, side by side where there is room, the second below the first where there is not."""

    def __init__(self, effects: Effects, colour: str) -> None:
        self.effects, self.colour = effects, colour
        self.groups = [(title, [move for move in effects.moves if move.usual == usual]) for usual, title in GROUPS]
        self.labels = max(text_width(plain(move.name), 13.0) for move in effects.moves) + 14.0
        self.end = _end([difference for move in effects.moves for difference in (move.at_once[HEADLINE[0]], move.effect)])

    def height(self, width: float) -> float:
        """Pixels of the whole body."""
        return self._panel_height() * (1 if width >= LEAST_SIDE_BY_SIDE else len(PANELS))

    def _panel_height(self) -> float:
        rows = sum(GROUP + ROW * len(moves) for _, moves in self.groups if moves)
        return HEAD + rows + FOOT

    def __call__(self, canvas: Canvas, left: float, top: float) -> None:
        """The body with its upper left corner at (left, top)."""
        width = canvas.width - 2.0 * left
        beside = width >= LEAST_SIDE_BY_SIDE
        each = (width - self.labels - (GUTTER if beside else 0.0)) / (len(PANELS) if beside else 1)
        for place, (words, view) in enumerate(PANELS):
            x = left + self.labels + (each + GUTTER) * (place if beside else 0)
            y = top + (0.0 if beside else self._panel_height() * place)
            self._panel(canvas, words, view, (x, y, each), left if not beside or not place else None)

    def _panel(self, canvas: Canvas, words: str, view: str, place: tuple[float, float, float], labels: float | None) -> None:
        x, top, width = place
        reach = (width - VALUES) / 2.0
        middle, bottom = x + reach, top + self._panel_height() - FOOT
        side = Side(canvas, middle, reach, self.end, scale(HEADLINE[0]))
        canvas.text(x, top + 14.0, sentence(words), 13.0, bold=True)
        canvas.line([(middle, top + HEAD), (middle, bottom)], INK, 1.0)
        whole = self.effects.yardstick[HEADLINE[0]]
        if view == "settled" and abs(side.turned(whole.mean)) <= self.end:
            at = side.place(whole.mean)
            canvas.line([(at, top + HEAD), (at, bottom)], QUIET, 1.0, dashes=(3.0, 3.0))
        y = top + HEAD
        for title, moves in self.groups:
            if not moves:
                continue
            if labels is not None:
                canvas.text(labels, y + 19.0, title, 12.0, QUIET, bold=True)
            y += GROUP
            for move in moves:
                canvas.line([(labels if labels is not None else x, y), (x + width, y)], RULE, 0.7)
                if labels is not None:
                    canvas.text(labels, y + 17.0, plain(move.name), 13.0)
                self._row(side, move, getattr(move, view)[HEADLINE[0]], y + ROW / 2.0)
                y += ROW
        for towards in (-1, 1):
            value = towards * self.end / 2.0
            canvas.text(middle + towards * 0.47 * reach, bottom + 17.0, number(value, decimals(value), True), 12.0, QUIET, align="center")
        canvas.text(middle, bottom + 17.0, "0", 12.0, QUIET, align="center")

    def _row(self, side: Side, move: Move, difference: Difference, y: float) -> None:
        colour = self.colour if difference.sure else TOO_CLOSE
        side.canvas.text(side.middle + side.reach + 6.0, y + 4.5, change_words(difference), 12.0, colour, bold=bool(surely(difference)))
        if difference.low is None or difference.high is None:
            return
        low, high = side.place(difference.low), side.place(difference.high)
        if high - low > 0.5:
            side.canvas.line([(low, y), (high, y)], colour, 2.2)
        for bound in (difference.low, difference.high):
            if abs(side.turned(bound)) > side.end:
                towards = 1 if side.turned(bound) > 0 else -1
                side.canvas.arrow(side.middle + towards * (side.reach - 3.0), y, towards, colour)
        if abs(side.turned(difference.mean)) <= side.end:
            side.canvas.dot(side.place(difference.mean), y, colour, 4.6, hollow=not difference.sure)


def _end(found: list[Difference]) -> float:
    """Where the axis ends: the smallest round number that holds all intervals."""
    bounds = [abs(bound) for each in found for bound in (each.low, each.high) if bound is not None]
    needed = scale(HEADLINE[0]) * max(bounds, default=1.0)
    power = 10.0 ** math.floor(math.log10(needed)) if needed > 0.0 else 1.0
    return next(step * power for step in (1.0, 2.0, 4.0, 6.0, 10.0) if step * power >= needed * (1.0 - 1e-9))


def _csv(effects: Effects) -> str:
    head = ("move", "usual", "view", "outcome", "difference", "low", "high", "verdict", "pairs")
    rows = (
        (move.name, move.usual, view, name, d.mean, d.low, d.high, d.verdict, d.n)
        for move in effects.moves
        for _, view in PANELS
        for name, d in getattr(move, view).items()
    )
    return comma_separated(head, rows)
