"""Journeys as a table in the terminal, as rows of the page, and as values for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from sim.analysis.curves import When
from sim.analysis.journey import Dip, Interval, Journey, Passage
from sim.analysis.journey_words import MILLION, counted, day_words, headline, interval_of_days
from sim.analysis.quantities import apart, decimals, number, per_cent, plain
from sim.experiment.comparison import Comparison
from sim.report.columns import in_columns
from sim.report.summary import provenance

HEADS = (
    "path", "lowest month", "of earnings alone", "level back, day", "paid back in", "half of all by day", "gain, million",
    "with the rest, million", "regret, million",
)  # fmt: skip
COLUMNS = ("path", "lowest month", "level back", "paid back", "open", "never", "half of all paid back by", "gain, million", "regret")


def rows(journey: Journey) -> list[dict[str, tuple[str, str]]]:
    """One row a path: head → (value, what stands under it)."""
    return [dict(zip(HEADS, _cells(journey, passage), strict=True)) for passage in journey.passages]


def _cells(journey: Journey, passage: Passage) -> list[tuple[str, str]]:
    left = [f"{word} {per_cent(share)}" for word, share in (("open", passage.open), ("never", passage.never)) if share]
    return [
        (plain(passage.name), ""), _dip(passage.dip), _dip(passage.earnings), _day(journey, passage.back),
        (per_cent(passage.paid), ", ".join(left)), _day(journey, passage.median), _money(passage.gain, True),
        _money(passage.with_rest, True), _money(passage.regret, False),
    ]  # fmt: skip


def _dip(dip: Dip) -> tuple[str, str]:
    if dip.month is None:
        return "none", ""
    places = decimals(100.0 * dip.depth.mean)
    size, low, high = (number(-100.0 * value, places) for value in (dip.depth.mean, dip.depth.low, dip.depth.high))
    return f"{size} %", f"in month {dip.month}, {high} to {low}"


def _day(journey: Journey, when: When) -> tuple[str, str]:
    bracket = interval_of_days(journey, when)
    value = day_words(journey, when)
    return value, "" if bracket == value else bracket


def _money(value: Interval, signed: bool) -> tuple[str, str]:
    if value.mean == value.low == value.high:
        return number(MILLION * value.mean, 1, signed), ""
    places = apart(MILLION * value.low, MILLION * value.high)
    mean, low, high = (number(MILLION * part, places, signed) for part in (value.mean, value.low, value.high))
    return mean, f"{low} to {high}"


def table_text(journey: Journey) -> str:
    """A line a path as aligned text, in brackets the intervals of what decides; all of them stand in the page and in JSON."""
    lines = [list(COLUMNS), *(_line(journey, passage) for passage in journey.passages)]
    return "\n".join([*in_columns(lines), f"  {staying_words(journey)}"])


def _line(journey: Journey, passage: Passage) -> list[str]:
    size, month = _dip(passage.dip)[0], f" in {passage.dip.month}" if passage.dip.month else ""
    shares = [per_cent(share) for share in (passage.paid, passage.open, passage.never)]
    brackets = [f"{value} ({under})" if under else value for value, under in (_day(journey, passage.median), _money(passage.gain, True))]
    return [plain(passage.name), size + month, day_words(journey, passage.back), *shares, *brackets, _money(passage.regret, False)[0]]


def staying_words(journey: Journey) -> str:
    """What staying loses against the best path."""
    if journey.best == journey.stays:
        return "No path gains on staying, on average."
    value, bracket = _money(journey.staying, False)
    return f"Staying has a regret of {value} million ({bracket}): what the best path gains on it."


def document(comparison: Comparison, journey: Journey) -> dict[str, object]:
    """The result as plain values; money in thousand, shares from 0 to 1, days beyond the horizon None."""
    return {
        "scenario": comparison.scenario.name, "scenario_digest": comparison.scenario.digest, "days": journey.days,
        "replicates": comparison.replicates, "pairs": journey.n, "seed": comparison.provenance.get("seed"), "headline": headline(journey),
        "best": journey.best, "paths": {passage.name: _values(passage) for passage in journey.passages},
        journey.stays: {"regret": asdict(journey.staying), "earned_a_month": journey.level.tolist()},
        "counted": counted(journey),
        "failures": [{"path": f.design, "seed": f.seed, "error": f.error} for f in comparison.failures],
        "provenance": provenance(comparison),
    }  # fmt: skip


def _values(passage: Passage) -> Mapping[str, object]:
    plain_fields = ("dip", "earnings", "back", "made_good", "median", "last_year", "gain", "with_rest", "regret")
    shares = {name: getattr(passage, name) for name in ("paid", "paid_low", "paid_high", "open", "never")}
    curves = {
        name: {end: line.tolist() for end, line in zip(("mean", "low", "high"), getattr(passage, name), strict=True)}
        for name in ("difference", "cumulated")
    }
    return {**{name: asdict(getattr(passage, name)) for name in plain_fields}, **shares, "months": curves}
