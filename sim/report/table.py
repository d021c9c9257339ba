"""The table: one block a comparison, one row an outcome, as plain text for the terminal and as cells for the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.analysis.quantities import MOST_DECIMALS, NOTHING, bounded, clear_of_zero, decimals, label_with_unit, number, plain, scale
from sim.analysis.results import DIFFERS, NO_DIFFERENCE, Analysis, Difference, Estimate
from sim.model.outcomes import CAUSE_LABELS, CAUSES, OUTCOMES
from sim.report.selection import TABLE

WIDEST_LABEL = 34
NARROWEST_LABEL = 14
NARROWEST_VERDICT = 9
LEAST_STEPS = 3.0
"""An interval shows at least this many steps of its last decimal, or gets one more, up to so many."""


@dataclass(frozen=True)
class Cells:
    """One row as printed; better is the better design's name or None."""

    outcome: str
    label: str
    first: str
    second: str
    difference: str
    interval: str
    verdict: str
    better: str | None


def places_of(difference: Difference) -> int:
    """Decimals with which both values, their difference and its interval can be told apart."""
    factor = scale(difference.outcome)
    places = decimals(factor * difference.first_mean, factor * difference.second_mean)
    if difference.low is None or difference.high is None:
        return places
    low, high = factor * difference.low, factor * difference.high
    while 0.0 < high - low < LEAST_STEPS * 10.0**-places and places < MOST_DECIMALS:
        places += 1
    return clear_of_zero(places, low, high)


def cells(difference: Difference) -> Cells:
    """A difference as printed."""
    factor, places = scale(difference.outcome), places_of(difference)
    first, second, mean = (factor * value for value in (difference.first_mean, difference.second_mean, difference.mean))
    interval = NOTHING
    if difference.low is not None and difference.high is not None:
        low, high = factor * difference.low, factor * difference.high
        interval = f"({number(low, places, True)} to {number(high, places, True)})"
    elif difference.beyond:
        interval = f"{100 * difference.beyond_share:.0f} % beyond"
    one = bounded(number(first, places), difference.first_beyond_share)
    other = bounded(number(second, places), difference.second_beyond_share)
    return Cells(
        difference.outcome,
        label_with_unit(difference.outcome),
        one,
        other,
        NOTHING if difference.beyond else number(mean, places, True),
        interval,
        verdict_words(difference),
        difference.better,
    )


def verdict_words(difference: Difference) -> str:
    """The better design's name, in brackets where it is sure but less than matters; or that there is none."""
    if difference.better is not None:
        return f"({plain(difference.better)})" if difference.is_small else plain(difference.better)
    if difference.verdict == DIFFERS:
        return "differs"
    return "hardly differs" if difference.verdict == NO_DIFFERENCE else difference.verdict


def rows(analysis: Analysis, second: str, outcomes: Sequence[str] = TABLE) -> list[Cells]:
    """Rows of the second design against the first."""
    return [cells(analysis.differences[second][name]) for name in outcomes if name in analysis.outcomes]


def text_table(analysis: Analysis, width: int = 100, outcomes: Sequence[str] = TABLE) -> str:
    """All comparisons as plain text, one block each, in at most `width` columns where the designs' names allow it."""
    if not analysis.others:
        return _alone(analysis, outcomes)
    return "\n\n".join(_block(analysis, second, width, outcomes) for second in analysis.others)


def _block(analysis: Analysis, second: str, width: int, outcomes: Sequence[str]) -> str:
    found = rows(analysis, second, outcomes)
    share = f"{100 * analysis.confidence:g} %"
    name = plain(second)
    columns = [
        _column(plain(analysis.first), [row.first for row in found], right=True),
        _column(name, [row.second for row in found], right=True),
        _column("differ-", [row.difference for row in found], right=True, under="ence"),
        _column("", [row.interval for row in found], right=True, under=f"({share} interval)"),
        _column("", [row.verdict for row in found], right=False, under="better"),
    ]
    rest = sum(len(column[0]) for column in columns) + 2 * len(columns) + 2
    room = width - rest
    if room < NARROWEST_LABEL:
        columns[-1] = [_cut(text, max(NARROWEST_VERDICT, len(columns[-1][0]) + room - NARROWEST_LABEL)) for text in columns[-1]]
    labels = max(NARROWEST_LABEL, min(WIDEST_LABEL, room, max(len(row.label) for row in found)))
    columns.insert(0, ["".ljust(labels)] * 2 + [_fitting(row, labels).ljust(labels) for row in found])
    return "\n".join(("  " + "  ".join(parts)).rstrip() for parts in zip(*columns))


def _column(name: str, values: list[str], right: bool, under: str = "") -> list[str]:
    """Head in two lines and values, all of one width; a name of two words stands on both lines."""
    upper, lower = (name, under) if under else name.rsplit(" ", 1) if " " in name else ("", name)
    size = max(map(len, [upper, lower, *values]))
    return [text.rjust(size) if right else text.ljust(size) for text in [upper, lower, *values]]


def _fitting(row: Cells, size: int) -> str:
    """The row's label with its unit, without it, or cut, whichever fits first."""
    for text in (row.label, OUTCOMES[row.outcome].label):
        if len(text) <= size:
            return text
    return _cut(text, size)


def _cut(text: str, size: int) -> str:
    """The text in at most `size` characters, the last of them a sign that it was cut."""
    text = text.rstrip()
    return text if len(text) <= size else text[: size - 1].rstrip(" ,(") + "…"


def _alone(analysis: Analysis, outcomes: Sequence[str]) -> str:
    """One design without another: its means and their intervals."""
    names = [name for name in outcomes if name in analysis.outcomes]
    means, intervals = zip(*(_estimate(name, analysis.estimates[analysis.first][name]) for name in names))
    columns = [
        _column("", [label_with_unit(name) for name in names], right=False),
        _column(plain(analysis.first), list(means), right=True),
        _column("", list(intervals), right=True, under=f"({100 * analysis.confidence:g} % interval)"),
    ]
    return "\n".join(("  " + "  ".join(parts)).rstrip() for parts in zip(*columns))


def _estimate(outcome: str, estimate: Estimate) -> tuple[str, str]:
    factor = scale(outcome)
    places = decimals(factor * estimate.mean)
    if estimate.low is None or estimate.high is None:
        return number(factor * estimate.mean, places), NOTHING
    return number(factor * estimate.mean, places), f"({number(factor * estimate.low, places)} to {number(factor * estimate.high, places)})"


def where_the_days_went(analysis: Analysis) -> list[str]:
    """One line a comparison: days by cause under the first and the second design, the largest change first."""
    lines = []
    for second in analysis.others:
        pairs = {cause: analysis.differences[second][f"days_{cause}"] for cause in CAUSES}
        moved = sorted((d for d in pairs.items() if max(d[1].first_mean, d[1].second_mean) >= 0.5), key=lambda d: -abs(d[1].mean))
        if moved:
            parts = [f"{CAUSE_LABELS[cause]} {d.first_mean:.0f}→{d.second_mean:.0f}" for cause, d in moved]
            lines.append(f"Where the days went, {plain(analysis.first)}→{plain(second)}: {', '.join(parts)}")
    return lines
