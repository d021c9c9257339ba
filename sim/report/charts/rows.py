"""Rows of the chart of differences: every value as a share of the first design's, turned so that right means the second is better."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.analysis.quantities import NOTHING, apart, bounded, number, per_cent, plain, scale, sentence, with_unit
from sim.analysis.results import NO_DIFFERENCE, Analysis, Difference
from sim.model.outcomes import GROUPS, OUTCOMES
from sim.report.colours import TOO_CLOSE
from sim.report.selection import CHART, FIRST, by_group
from sim.report.table import places_of

LIMITS = (10.0, 20.0, 40.0, 60.0, 80.0, 100.0)
"""Where the axis may end, in per cent."""

COVERED = 0.85
"""Share of the rows that the axis must hold; the rest are arrows, or one extreme row would squeeze all others."""


@dataclass(frozen=True)
class Row:
    """One difference as drawn.

    place, low, high  per cent of the first design's mean, right is better; None where there is nothing to place
    colour            of the better design, grey where the interval holds zero
    note              what stands beside the dot
    """

    outcome: str
    label: str
    raw: str
    place: float | None
    low: float | None
    high: float | None
    colour: str
    sure: bool
    note: str


def grouped_rows(analysis: Analysis, second: str, colours: dict[str, str]) -> list[tuple[str, list[Row]]]:
    """(group's title, its rows: what the headline speaks of, then the second design's largest gain first)."""
    names = tuple(name for name in CHART if name in analysis.outcomes)
    groups = []
    for group, members in by_group(names).items():
        rows = [row(analysis.differences[second][name], colours) for name in members]
        groups.append((GROUPS[group], sorted(rows, key=lambda r: (_place_of(r.outcome), _rank(r, colours[second])), reverse=True)))
    return groups


def _place_of(outcome: str) -> int:
    """Higher for what stands at the head of its group; 0 for all that is sorted by its gain."""
    return len(FIRST) - FIRST.index(outcome) if outcome in FIRST else 0


def _rank(row: Row, gain: str) -> float:
    """Where a row stands in its group: by its place, or at an end where only its direction is known."""
    if row.place is not None:
        return row.place
    return 0.0 if not row.sure else math.inf if row.colour == gain else -math.inf


def row(difference: Difference, colours: dict[str, str]) -> Row:
    """One difference as a row."""
    outcome = OUTCOMES[difference.outcome]
    raw = raw_values(difference)
    colour = colours[difference.better] if difference.better else TOO_CLOSE
    if difference.low is None or difference.high is None:
        note = f"not reached in {per_cent(difference.beyond_share)} of runs" if difference.beyond else "no interval"
        if difference.better:
            note = f"{plain(difference.better)}; size unknown"
        return Row(difference.outcome, outcome.label, raw, None, None, None, colour, difference.sure, note)
    if not difference.first_mean:
        side = math.copysign(math.inf, outcome.better * difference.mean) if difference.mean else 0.0
        return Row(difference.outcome, outcome.label, raw, side, side, side, colour, difference.sure, "from 0" if side else "same")
    turn = 100.0 * outcome.better / abs(difference.first_mean)
    low, high = sorted((turn * difference.low, turn * difference.high))
    return Row(
        difference.outcome,
        outcome.label,
        raw,
        turn * difference.mean,
        low,
        high,
        colour,
        difference.sure,
        _note(difference, abs(turn * difference.mean)),
    )


def _note(difference: Difference, size: float) -> str:
    if difference.sure:
        return f"{number(size, 0 if size >= 9.5 else 1)} %"
    return "hardly differs" if difference.verdict == NO_DIFFERENCE else "too close"


def raw_values(difference: Difference) -> str:
    """ "61 → 47 days": first and second as the table prints them, with more decimals where they would look the same."""
    factor = scale(difference.outcome)
    first, second = factor * difference.first_mean, factor * difference.second_mean
    places = max(places_of(difference), apart(first, second) if difference.sure else 0)
    one, other = number(first, places), number(second, places)
    one, other = bounded(one, difference.first_beyond_share), bounded(other, difference.second_beyond_share)
    if one == other and difference.first_beyond_share and difference.second_beyond_share:
        return with_unit(f"both {one}", difference.outcome)
    return with_unit(f"{one} → {other}", difference.outcome) if difference.n else NOTHING


def limit(rows: list[Row]) -> float:
    """Where the axis ends: the smallest of LIMITS that holds most rows with their intervals."""
    sizes = sorted(max(abs(row.low or 0.0), abs(row.high or 0.0)) for row in rows if row.place is not None)
    if not sizes:
        return LIMITS[0]
    needed = sizes[min(len(sizes) - 1, math.ceil(COVERED * len(sizes)) - 1)]
    return next((end for end in LIMITS if end >= needed), LIMITS[-1])


def count(rows: list[Row], analysis: Analysis, second: str) -> str:
    """The finding: on how many outcomes which design is better."""
    verdicts = [analysis.differences[second][row.outcome].better for row in rows]
    for_second, for_first = verdicts.count(second), verdicts.count(analysis.first)
    open_ones = len(rows) - for_second - for_first
    name, first = plain(second), plain(analysis.first)
    if not for_second and not for_first:
        return sentence(f"between {name} and {first} none of {len(rows)} outcomes is sure")
    verb = "is too close or hardly differs" if open_ones == 1 else "are too close or hardly differ"
    rest = f"; {open_ones} {verb}" if open_ones else ""
    if for_second >= for_first:
        return sentence(f"{name} is better on {for_second} of {len(rows)} outcomes, {first} on {for_first or 'none'}{rest}")
    return sentence(f"{first} is better on {for_first} of {len(rows)} outcomes, {name} on {for_second or 'none'}{rest}")
