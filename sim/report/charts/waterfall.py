"""From one design's outcome to the other's, bundle by bundle: a bar for each share, begun where the one before has ended."""

from __future__ import annotations

import re

import numpy as np
from matplotlib.axes import Axes

from sim.analysis.attribution import Attribution
from sim.analysis.quantities import number, plain, scale
from sim.model.outcomes import OUTCOMES
from sim.report.attribution_table import amount, finding, lead
from sim.report.charts import Chart
from sim.report.charts.axis import round_values, tick_words
from sim.report.charts.canvas import Canvas, text_width
from sim.report.charts.differences import NO_FILE_NAME
from sim.report.charts.frame import framed
from sim.report.colours import INK, QUIET, RULE, TOO_CLOSE, design_colours, tint
from sim.report.comma import comma_separated

ROW, BAR, FOOT = 38.0, 18.0, 30.0
GAP = 10.0


def waterfall_chart(attribution: Attribution) -> Chart:
    """Chart of the first headline outcome's shares."""
    found = lead(attribution)
    about = OUTCOMES[found.outcome]
    first, second = plain(attribution.first), plain(attribution.second)
    subtitle = (
        f"{about.label.capitalize()} ({about.unit or 'pure number'}) from {first} to {second}. Each bar is a bundle's Shapley share: "
        f"what it adds on average over every order in which bundles could change, from {attribution.designs} mixed designs on the same "
        f"{found.n} seeds, for the same money. Line: 95 % interval of the share, all bundles at once. Colour: the design that a bundle "
        "speaks for; pale and grey: the interval holds zero."
    )
    said = f"{first} {_level(found.first_mean, found.outcome)}; " + "; ".join(
        f"{bundle} {amount(part.mean, found.outcome)}" for bundle, part in found.shares.items()
    ) + f"; {second} {_level(found.first_mean + found.difference, found.outcome)}"  # fmt: skip
    height = ROW * (len(attribution.bundles) + 2) + FOOT
    name = f"waterfall-{re.sub(NO_FILE_NAME, '_', attribution.second)}"
    return framed(name, finding(attribution), subtitle, said, _csv(attribution), _Drawing(attribution), (height, height))


def plot_waterfall(ax: Axes | None, attribution: Attribution) -> Axes:
    """The same on axes of your own; on a new figure of the right size where they are None."""
    return waterfall_chart(attribution).plot(ax)


def _level(value: float, outcome: str) -> str:
    return number(scale(outcome) * value, 2)


class _Drawing:
    """Draws the rows: the first design, the bundles in order, the second design."""

    def __init__(self, attribution: Attribution) -> None:
        self.attribution, self.found = attribution, lead(attribution)
        self.colours = design_colours((attribution.first, attribution.second))
        factor = scale(self.found.outcome)
        start = self.found.first_mean
        self.steps = []
        for bundle, part in self.found.shares.items():
            half = 0.0 if part.low is None or part.high is None else (part.high - part.low) / 2.0
            self.steps.append((bundle, factor * start, factor * (start + part.mean), factor * half, part.sure))
            start += part.mean
        self.ends = (factor * self.found.first_mean, factor * (self.found.first_mean + self.found.difference))
        reached = [value for _, before, after, half, _ in self.steps for value in (before, after - half, after + half)]
        bounds = np.array([0.0, *self.ends, *reached])
        self.ticks = round_values(np.array([bounds.min()]), np.array([bounds.max()]))
        self.names = [plain(attribution.first), *attribution.bundles, plain(attribution.second)]

    def __call__(self, canvas: Canvas, left: float, top: float) -> None:
        """The body with its upper left corner at (left, top)."""
        label = max(text_width(name, 13.0, bold=True) for name in self.names) + GAP
        value = max(text_width(amount(part.mean, self.found.outcome), 13.0, bold=True) for part in self.found.shares.values()) + GAP
        start, end = left + label, canvas.width - left - value
        low, high = float(self.ticks[0]), float(self.ticks[-1])

        def across(x: float) -> float:
            return start + (end - start) * (x - low) / (high - low)

        bottom = top + ROW * len(self.names)
        for tick in self.ticks.tolist():
            canvas.box(across(tick) - 0.4, top, 0.8, bottom - top, INK if tick == 0.0 else RULE)  # a box: bars lie over it, and not under
            canvas.text(across(tick), bottom + 17.0, tick_words(tick, self.ticks), 12.0, QUIET, align="center")
        self._design(canvas, self.attribution.first, self.ends[0], (left, top, across(0.0), across(self.ends[0])))
        for place, (bundle, before, after, half, sure) in enumerate(self.steps, start=1):
            y = top + ROW * place
            middle = y + ROW / 2.0
            gains = OUTCOMES[self.found.outcome].better * (after - before) > 0.0
            better = self.attribution.second if gains else self.attribution.first
            colour = self.colours[better] if sure else TOO_CLOSE
            near, far = sorted((across(before), across(after)))
            canvas.line([(across(before), y - (ROW - BAR) / 2.0), (across(before), y + (ROW + BAR) / 2.0)], QUIET, 0.9, dashes=(2.0, 2.0))
            canvas.box(near, middle - BAR / 2.0, max(far - near, 1.0), BAR, colour if sure else tint(colour, 0.35))
            if half > 0.0:
                canvas.line([(across(after - half), middle), (across(after + half), middle)], INK if sure else colour, 2.0)
            canvas.text(left, middle + 4.5, bundle, 13.0)
            canvas.text(canvas.width - left, middle + 4.5, amount((after - before) / scale(self.found.outcome), self.found.outcome), 13.0,
                        colour, bold=sure, align="right")  # fmt: skip
        last = top + ROW * (len(self.names) - 1)
        self._design(canvas, self.attribution.second, self.ends[1], (left, last, across(0.0), across(self.ends[1])))

    def _design(self, canvas: Canvas, name: str, value: float, place: tuple[float, float, float, float]) -> None:
        left, y, zero, tip = place
        colour, middle = self.colours[name], y + ROW / 2.0
        canvas.box(min(zero, tip), middle - BAR / 2.0, max(abs(tip - zero), 1.0), BAR, colour)
        canvas.text(left, middle + 4.5, plain(name), 13.0, colour, bold=True)
        canvas.text(canvas.width - left, middle + 4.5, number(value, 2), 13.0, colour, bold=True, align="right")


def _csv(attribution: Attribution) -> str:
    head = ("outcome", "first", "second", "bundle", "share", "low", "high", "alone", "last", "difference", "replicates")
    rows = (
        (name, attribution.first, attribution.second, bundle, part.mean, part.low, part.high, found.alone[bundle].mean,
         found.at_last[bundle].mean, found.difference, found.n)
        for name, found in attribution.outcomes.items() for bundle, part in found.shares.items()
    )  # fmt: skip
    return comma_separated(head, rows)
