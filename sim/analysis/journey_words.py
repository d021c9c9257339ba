"""Journey in words: the headline made from the numbers, and what is counted."""

from __future__ import annotations

from sim.analysis.curves import When
from sim.analysis.journey import Dip, Interval, Journey, Passage
from sim.analysis.quantities import apart, decimals, listed, number, per_cent, plain, sentence

MILLION = 0.001
"""Thousands in millions."""


def headline(journey: Journey) -> str:
    """The best path first, then the one named first and the worst, each with its dip, its payback and its gain."""
    ranked = sorted(journey.passages, key=lambda passage: passage.regret.mean)
    others = [passage for passage in dict.fromkeys((journey.passages[0], ranked[-1])) if passage is not ranked[0]]
    clauses = [_clause(journey, ranked[0], _is_gain(journey, ranked[0])), *(_clause(journey, passage, False) for passage in others)]
    return " ".join([_opening(journey, ranked), *(sentence(f"{clause}.") for clause in clauses)])


def _is_gain(journey: Journey, best: Passage) -> bool:
    """Whether the opening has said what the best path gains."""
    return journey.best != journey.stays and best.gain.low > 0.0


def _opening(journey: Journey, ranked: list[Passage]) -> str:
    best, within = ranked[0], f"within {journey.days:,} days"
    if journey.best == journey.stays:
        return f"No path earns more than staying {within}; {plain(best.name)} comes nearest."
    if not _is_gain(journey, best):
        return f"Whether any path earns more than staying {within} is too close to call."
    gain = f"{_size(best.gain)} million {_bracket(best.gain)} more than staying"
    if len(ranked) == 1:
        return sentence(f"{plain(best.name)} earns {gain} {within}.")
    rivals = [plain(passage.name) for passage in ranked[1:] if passage.regret.low <= 0.0]
    doubt = f", though not surely more than {listed(rivals)}" if rivals else ""
    return f"Of {len(ranked)} paths, {plain(best.name)} earns most {within}, {gain}{doubt}."


def _clause(journey: Journey, passage: Passage, is_said: bool) -> str:
    """What a path costs, when it is paid back, and what it gains unless that is said already."""
    name = plain(passage.name)
    if not passage.difference.any():
        return f"{name} changes nothing"
    cost = f"{name} costs {dip_words(passage.dip)}" if passage.dip.month else f"{name} never earns less than staying"
    paid = f"{cost} and {payback_words(journey, passage)}"
    return paid if is_said else f"{paid}; {gain_words(passage.gain)} by day {journey.days:,}"


def dip_words(dip: Dip) -> str:
    """Depth and month of a dip."""
    if dip.month is None:
        return "nothing"
    size = f"{per_cent(dip.depth.mean)} of what staying earns in month {dip.month}"
    return size if dip.is_sure else f"{size} (not surely anything)"


def payback_words(journey: Journey, passage: Passage) -> str:
    """In how many histories a path is paid back, and when in half of them."""
    share = f"is paid back in {per_cent(passage.paid)} of histories"
    if passage.median.day is None:
        return f"{share} within {journey.days:,} days"
    if passage.median.day == 0.0:
        return f"{share}, in half of them from the first day"
    return f"{share}, in half of all by day {number(passage.median.day, 0)} ({interval_of_days(journey, passage.median)})"


def gain_words(gain: Interval) -> str:
    """What has been gained or lost in the end."""
    if gain.low <= 0.0 <= gain.high:
        return f"whether it has gained or lost is too close to call {_bracket(gain)}"
    return f"it has {'gained' if gain.mean > 0 else 'lost'} {_size(gain)} million {_bracket(gain)}"


def _size(gain: Interval) -> str:
    return number(abs(MILLION * gain.mean), max(apart(MILLION * gain.low, MILLION * gain.high), decimals(MILLION * gain.mean)))


def _bracket(gain: Interval) -> str:
    low, high = MILLION * gain.low, MILLION * gain.high
    return f"({number(low, apart(low, high), True)} to {number(high, apart(low, high), True)})"


def interval_of_days(journey: Journey, when: When) -> str:
    """Between which days; an end that is not reached is said to be beyond the horizon."""
    low, high = (journey.beyond if day is None else number(day, 0) for day in (when.low, when.high))
    return low if low == high else f"{low} to {high}"


def day_words(journey: Journey, when: When) -> str:
    """A day, or that it is beyond the horizon.

    >>> from types import SimpleNamespace
    >>> day_words(SimpleNamespace(beyond="beyond 1,200"), When(None, 300.0, None))
    'beyond 1,200'
    """
    return journey.beyond if when.day is None else number(when.day, 0)


def counted(journey: Journey) -> list[str]:
    """What is counted, and what the words mean."""
    share = f"{100 * journey.confidence:g} %"
    return [
        "A month's money is what everything live earns in that month, whenever it was asked for, less all technology spend of that month: "
        "people and hiring, business hours, leaders, tools, vendors, cloud, breaches, and the bill of moving itself. What is live at the "
        "end earns on: that is the rest, and not in the months.",
        "Each path is held against staying where it begins, on the same seeds: the same firm, demand and luck. Per cent are of what "
        "staying earns in the same month. The bill of a move falls in the month of the move, so the lowest month is often the first; "
        "beside it stands the lowest month of what is earned alone.",
        f"Paid back: from that day to day {journey.days:,}, all that was lost against staying is made good. A history that is not paid "
        "back is open where it gains on staying in its last year, and else shows no sign of ever being.",
        f"Days are counted from the first counted day. Intervals ({share}) cover chance, not wrong inputs; bands hold for all months of a "
        "curve at once.",
    ]  # fmt: skip
