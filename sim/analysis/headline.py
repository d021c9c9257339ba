"""The headline: one sentence made by rule from the data, about delivery speed first, naming every comparison.

wins       the second design delivers sooner, and no other headline outcome speaks against it
loses      it delivers later, and no other headline outcome speaks for it
mixed      headline outcomes that are sure point both ways
too close  whether it delivers sooner is not sure, in the usual or in another way of counting, or the difference does not matter
depends    sure as it is usually counted, but another way of counting turns it: no headline is stronger than its weakest convention
nothing    nothing can be said: one run, no finished work, or too many runs that do not reach the median
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.analysis.counting import doubt, doubt_in_words, hangs_in_words
from sim.analysis.quantities import days, listed, per_cent, plain, sentence
from sim.analysis.results import BEYOND_LIMIT, NO_DIFFERENCE, Analysis, Difference
from sim.model.outcomes import HEADLINE

WINS, LOSES, MIXED, TOO_CLOSE, NOTHING = "wins", "loses", "mixed", "too close", "nothing can be said"
DEPENDS = "depends on how it is counted"
LEAD = HEADLINE[0]

PHRASES = {
    "innovations_per_100_technologist_years": ("innovates more", "innovates less"),
    "boundary_wait_share": ("waits less at boundaries", "waits more at boundaries"),
}
"""What a design does that is better, or worse, than the first on a headline outcome."""


@dataclass(frozen=True)
class Headline:
    """The finding in words.

    title   the finding, one sentence without a full stop
    chance  in how many simulated histories, and why a size is not known; empty where there is no comparison
    kinds   second design → one of the six words above
    hangs   on which assumptions the verdicts hang; empty where nobody looked
    """

    title: str
    chance: str
    kinds: dict[str, str]
    hangs: str = ""

    @property
    def sentence(self) -> str:
        """Finding, chance and what it hangs on, as the command line prints them."""
        return " ".join(part for part in (f"{self.title}.", self.chance, self.hangs) if part)


def headline(analysis: Analysis) -> Headline:
    """Headline of an analysis; the surest and largest differences come first."""
    first = plain(analysis.first)
    if not analysis.others:
        half = analysis.estimates[analysis.first][LEAD]
        if not half.n:
            return Headline(f"Under {first} no work goes live in the time simulated", "", {})
        if half.beyond_share > BEYOND_LIMIT:
            share = per_cent(half.beyond_share)
            return Headline(f"Under {first} half of the work is not live when the time is up, in {share} of runs", "", {})
        return Headline(f"Under {first} half of all work is live within {days(half.mean)}; no other design was compared", "", {})
    ordered = sorted(analysis.others, key=lambda design: _rank(analysis.differences[design][LEAD]))
    clauses = [_clause(analysis, design, opening=design == ordered[0]) for design in ordered]
    kinds = {design: kind(analysis, design) for design in analysis.others}
    return Headline(sentence("; ".join(clauses)), _chance(analysis, ordered), kinds, hangs_in_words(analysis))


def kind(analysis: Analysis, second: str) -> str:
    """Which of the six words describes the second design against the first."""
    lead = analysis.differences[second][LEAD]
    if lead.low is None and not lead.sure:
        return NOTHING
    if lead.better is None:
        return TOO_CLOSE
    if found := doubt(analysis, second):
        return DEPENDS if found.turned else TOO_CLOSE
    winners = {analysis.differences[second][outcome].better for outcome in HEADLINE} - {None}
    if len(winners) > 1:
        return MIXED
    return WINS if lead.better == second else LOSES


def _rank(lead: Difference) -> tuple[int, float]:
    """Sure differences before others, large before small, those about which nothing can be said last."""
    if lead.sure:
        return 0, -abs(lead.mean)
    return (2 if lead.low is None else 1), -abs(lead.mean)


def _clause(analysis: Analysis, second: str, opening: bool) -> str:
    """What there is to say about one comparison; the opening clause names the first design too."""
    lead = analysis.differences[second][LEAD]
    if doubt(analysis, second):
        return doubt_in_words(analysis, second)
    name, than = plain(second), f" than {plain(lead.first)}" if opening else ""
    if lead.low is None and not lead.sure:
        return f"nothing can be said about {name}{'' if not opening else f' against {plain(lead.first)}'}"
    if lead.sure:
        word = "sooner" if lead.better == second else "later"
        little = ", less than matters" if lead.is_small else ""
        how_much = f"{days(lead.mean)} " if lead.low is not None else ""
        clause = f"{name} {'delivers ' if opening else ''}{how_much}{word}{than}{little}"
        if lead.low is None:
            clause += ", by how much is not known"
    elif lead.verdict == NO_DIFFERENCE:
        clause = f"{name} delivers about as soon as {plain(lead.first)}"
    else:
        clause = f"whether {name} delivers sooner than {plain(lead.first)} is too close to call"
    asides = _asides(analysis, second, lead)
    return f"{clause}, but {'it ' if not lead.sure and lead.verdict != NO_DIFFERENCE else ''}{listed(asides)}" if asides else clause


def _asides(analysis: Analysis, second: str, lead: Difference) -> list[str]:
    """The sure headline outcomes that do not point the way that the lead time points."""
    found = []
    for outcome, (gain, loss) in PHRASES.items():
        difference = analysis.differences[second][outcome]
        if difference.better is not None and difference.better != lead.better and not difference.is_small:
            found.append(gain if difference.better == second else loss)
    return found


def why_nothing(difference: Difference) -> str:
    """Why a difference has no interval."""
    if not difference.n:
        return "no pair of runs has a value for both designs"
    if difference.beyond:
        slow = difference.first if difference.first_beyond_share >= difference.second_beyond_share else difference.second
        return f"under {plain(slow)} half of the work is not live when the time is up, in {per_cent(difference.beyond_share)} of runs"
    return "one pair of runs shows no spread"


def _chance(analysis: Analysis, ordered: list[str]) -> str:
    """Why a size is not known, and in what share of simulated histories each other design is the faster one."""
    parts: list[str] = []
    for design in ordered:
        lead = analysis.differences[design][LEAD]
        if lead.probability_better is None or lead.probability_low is None or lead.probability_high is None or lead.n < 2:
            continue
        opening = f"{plain(design)} is the faster one in" if not parts else f"{plain(design)} in"
        histories = " of simulated histories of this firm" if not parts else ""
        interval = f"{100 * lead.probability_low:.0f} to {100 * lead.probability_high:.0f} %"
        parts.append(f"{opening} {per_cent(lead.probability_better)}{histories} ({interval})")
    reasons = dict.fromkeys(why_nothing(analysis.differences[d][LEAD]) for d in ordered if analysis.differences[d][LEAD].low is None)
    sentences = [*reasons, *([", ".join(parts)] if parts else [])]
    return " ".join(sentence(f"{text}.") for text in sentences)
