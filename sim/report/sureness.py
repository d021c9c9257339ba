"""How sure direction and size of the headline difference are, each in its own words."""

from __future__ import annotations

from sim.analysis.counting import doubt
from sim.analysis.quantities import clear_of_zero, decimals, number, per_cent, plain, sentence
from sim.analysis.results import Analysis, Difference
from sim.model.outcomes import HEADLINE


def sure_of(analysis: Analysis) -> list[tuple[str, str]]:
    """Direction and size of the headline difference, each in its own words: (what, how sure)."""
    found = []
    for second in reversed(analysis.others):
        lead = analysis.differences[second][HEADLINE[0]]
        found.append((f"{sentence(plain(second))}, direction", _direction(lead, bool(doubt(analysis, second)))))
        if lead.low is not None and lead.high is not None:
            found.append((f"{sentence(plain(second))}, size", _size(lead)))
    return found


def _direction(lead: Difference, is_doubtful: bool) -> str:
    """Of what the direction is sure, in words."""
    if lead.probability_better is None or lead.probability_low is None or lead.probability_high is None:
        return "unknown: no pair of runs has a return under both designs."
    words = "sure" if lead.better else "not sure"
    if is_doubtful:
        words = "depends on how it is counted"
    interval = f"{100 * lead.probability_low:.0f} to {100 * lead.probability_high:.0f} %"
    return f"{words}; a single history of this firm goes its way in {per_cent(lead.probability_better)} of cases ({interval})."


def _size(lead: Difference) -> str:
    assert lead.low is not None
    assert lead.high is not None
    places = clear_of_zero(decimals(lead.low, lead.high), lead.low, lead.high)  # returns near 1 differ by hundredths
    if lead.better is None:
        return f"between {number(lead.low, places, True)} and {number(lead.high, places, True)} earned per 1 spent, on average."
    near, far = sorted((abs(lead.low), abs(lead.high)))
    word = "less" if lead.mean < 0 else "more"
    matter = f"; under {number(lead.matters, places)} would not matter (5 % of {plain(lead.first)}'s)" if lead.matters else ""
    return f"between {number(near, places)} and {number(far, places)} {word} earned per 1 spent, on average{matter}."
