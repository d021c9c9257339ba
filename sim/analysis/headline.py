"""The headline: made by rule from the data, about the return on technology spend first, naming every comparison.

wins       the second design earns more on its spend, and no other headline outcome speaks against it
loses      it earns less, and no other headline outcome speaks for it
mixed      headline outcomes that are sure point both ways
too close  whether it earns more is not sure, in the usual or in another way of counting, or the difference does not matter
depends    sure as it is usually counted, but another way of counting turns it: no headline is stronger than its weakest convention
nothing    nothing can be said: one run, or no pair of runs with a return

The title says who earns more, and in how many simulated histories; a second sentence says what comes with it: lead time,
innovations, boundaries.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.analysis.counting import doubt, doubt_in_words, hangs_in_words
from sim.analysis.quantities import days, listed, number, per_cent, plain, sentence
from sim.analysis.results import BEYOND_LIMIT, NO_DIFFERENCE, Analysis, Difference
from sim.model.outcomes import HEADLINE

WINS, LOSES, MIXED, TOO_CLOSE, NOTHING = "wins", "loses", "mixed", "too close", "nothing can be said"
DEPENDS = "depends on how it is counted"
LEAD = HEADLINE[0]
SPEED = "lead_time_median"

PHRASES = {
    "innovations_per_100_technologist_years": ("innovates more", "innovates less"),
    "boundary_wait_share": ("waits less at boundaries", "waits more at boundaries"),
}
"""What a design does that is better, or worse, than the first on a headline outcome."""

HALF = 0.5


@dataclass(frozen=True)
class Headline:
    """The finding in words.

    title   the finding, one sentence without a full stop
    chance  what comes with it, and why something is not known; empty where there is no comparison
    kinds   second design → one of the six words above
    hangs   on which assumptions the verdicts hang; empty where nobody looked
    firms   in how many firms like this one; empty where nobody looked
    """

    title: str
    chance: str
    kinds: dict[str, str]
    hangs: str = ""
    firms: str = ""

    @property
    def sentence(self) -> str:
        """Finding, over histories and over firms, what comes with it and what it hangs on, as the command line prints them."""
        return " ".join(part for part in (f"{self.title}.", self.firms, self.chance, self.hangs) if part)


def headline(analysis: Analysis) -> Headline:
    """Headline of an analysis; the surest and largest differences come first."""
    if not analysis.others:
        return Headline(_alone(analysis), "", {})
    ordered = sorted(analysis.others, key=lambda design: _rank(analysis.differences[design][LEAD]))
    clauses = [_clause(analysis, design, opening=design == ordered[0]) for design in ordered]
    kinds = {design: kind(analysis, design) for design in analysis.others}
    return Headline(sentence("; ".join(clauses)), _rest(analysis, ordered), kinds, hangs_in_words(analysis), analysis.over_firms)


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


def _alone(analysis: Analysis) -> str:
    """What one design reaches, without another."""
    first, half = plain(analysis.first), analysis.estimates[analysis.first][SPEED]
    earned = analysis.estimates[analysis.first][LEAD]
    if not half.n:
        return f"Under {first} no work goes live in the time simulated"
    if half.beyond_share > BEYOND_LIMIT:
        return f"Under {first} half of the work is not live when the time is up, in {per_cent(half.beyond_share)} of runs"
    returns = f"each unit of technology spend earns {number(earned.mean, 2)}, and " if earned.n else ""
    return f"Under {first} {returns}half of all work is live within {days(half.mean)}; no other design was compared"


def _rank(lead: Difference) -> tuple[int, float]:
    """Sure differences before others, large before small, those about which nothing can be said last."""
    if lead.sure:
        return 0, -abs(lead.mean)
    return (2 if lead.low is None else 1), -abs(lead.mean)


def _clause(analysis: Analysis, second: str, opening: bool) -> str:
    """What there is to say about the return of one design; the opening clause names the first design too."""
    lead = analysis.differences[second][LEAD]
    if doubt(analysis, second):
        return doubt_in_words(analysis, second)
    name = plain(lead.second)
    than, spend = (f" than {plain(lead.first)}", " on its technology spend") if opening else ("", "")
    if lead.low is None and not lead.sure:
        return f"nothing can be said about {name}{f' against {plain(lead.first)}' if opening else ''}"
    if lead.sure:
        little = ", less than matters" if lead.is_small else ""
        word = "more" if lead.better == lead.second else "less"
        return f"{name} earns {word}{spend}{than}{_histories(lead, opening)}{little}"
    if lead.verdict == NO_DIFFERENCE:
        return f"{name} earns about as much{spend} as {plain(lead.first)}"
    how_often = _share(lead, lead.second, opening)
    told = f": it does in {how_often}" if how_often else ""
    return f"whether {name} earns more{spend} than {plain(lead.first)} is too close to call{told}"


def _histories(lead: Difference, opening: bool) -> str:
    """In what share of simulated histories the better design is the better one."""
    assert lead.better is not None
    share = _share(lead, lead.better, opening)
    if not share or lead.probability_better is None:
        return ""
    often = lead.probability_better if lead.better == lead.second else 1.0 - lead.probability_better
    # A mean that a few histories make is said to be one.
    return f" in {share}" if often >= HALF else f" on average, though in only {share}"


def _share(lead: Difference, design: str, opening: bool) -> str:
    """Share of histories in which a design of the pair is the better one, with its interval; empty where there are too few."""
    if lead.probability_better is None or lead.probability_low is None or lead.probability_high is None or lead.n < 2:
        return ""
    share, low, high = lead.probability_better, lead.probability_low, lead.probability_high
    if design == lead.first:
        share, low, high = 1.0 - share, 1.0 - high, 1.0 - low
    histories = " of simulated histories of this firm" if opening else ""
    return f"{per_cent(share)}{histories} ({100 * low:.0f} to {100 * high:.0f} %)"


def _rest(analysis: Analysis, ordered: list[str]) -> str:
    """What comes with the return under each design, and why something is not known."""
    clauses = [clause for design in ordered if (clause := _company(analysis, design))]
    reasons = dict.fromkeys(
        why_nothing(difference)
        for outcome in (LEAD, SPEED)
        for design in ordered
        if (difference := analysis.differences[design][outcome]).low is None
    )
    return " ".join(sentence(f"{text}.") for text in [*reasons, *(["; ".join(clauses)] if clauses else [])])


def _company(analysis: Analysis, second: str) -> str:
    """Lead time, innovations and boundaries under a second design: what is good for it and what is not, joined by "but"."""
    found = analysis.differences[second]
    speed = found[SPEED]
    said: list[tuple[str | None, str]] = []  # who is better, and what the second design does
    if speed.sure:
        said.append((speed.better, _delivers(speed, second)))
    elif speed.verdict == NO_DIFFERENCE:
        said.append((None, "delivers about as soon"))
    for outcome, (gain, loss) in PHRASES.items():
        difference = found[outcome]
        if difference.better is not None and not difference.is_small:
            said.append((difference.better, gain if difference.better == second else loss))
    opening = next((better for better, _ in said if better), None)
    groups = [[text for better, text in said if (better in (None, opening)) == alike] for alike in (True, False)]
    clause = f"{plain(second)} {', but '.join(listed(group) for group in groups if group)}" if said else ""
    if speed.sure or speed.verdict == NO_DIFFERENCE or speed.low is None:
        return clause
    return f"{clause}; whether {'it' if clause else plain(second)} delivers sooner is too close to call".removeprefix("; ")


def _delivers(speed: Difference, second: str) -> str:
    """By how much a design whose lead time surely differs delivers sooner or later."""
    word = "sooner" if speed.better == second else "later"
    if speed.low is None:
        return f"delivers {word} (by how much is not known)"
    return f"delivers {days(speed.mean)} {word}{' (less than matters)' if speed.is_small else ''}"


def why_nothing(difference: Difference) -> str:
    """Why a difference has no interval."""
    if not difference.n:
        return "no pair of runs has a value for both designs"
    if difference.beyond:
        slow = difference.first if difference.first_beyond_share >= difference.second_beyond_share else difference.second
        return f"under {plain(slow)} half of the work is not live when the time is up, in {per_cent(difference.beyond_share)} of runs"
    if difference.n > 1:
        return "too few pairs of runs differ to say by how much the designs do"
    return "one pair of runs shows no spread"
