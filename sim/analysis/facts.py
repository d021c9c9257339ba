"""Four facts, one for each group that the headline speaks of: what each design reaches, and what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.quantities import (
    PER_CENT,
    apart,
    bounded,
    clear_of_zero,
    decimals,
    label_with_unit,
    number,
    plain,
    printed_unit,
    scale,
    sentence,
    with_unit,
)
from sim.analysis.results import Analysis, Difference
from sim.model.outcomes import GROUPS, HEADLINE, OUTCOMES

PURE = ("excess", "0 to 1")
"""How the units of pure numbers begin; they are not said behind a number."""

MADE_OF = {"return_on_spend": ("benefits_money", "cost_total")}
"""Headline outcome → outcomes that it is made of, which stand beside it."""


@dataclass(frozen=True)
class Fact:
    """One group's fact.

    values  design → its mean as printed, in order of comparison
    better  second design → the better of the pair, or None where that is not sure
    text    the differences in a sentence or two
    """

    group: str
    outcome: str
    values: dict[str, str]
    better: dict[str, str | None]
    text: str

    @property
    def title(self) -> str:
        """The group in words."""
        return GROUPS[self.group]

    @property
    def label(self) -> str:
        """The outcome in words."""
        return OUTCOMES[self.outcome].label

    @property
    def meaning(self) -> str:
        """The outcome in a sentence."""
        return sentence(OUTCOMES[self.outcome].meaning)


def facts(analysis: Analysis) -> list[Fact]:
    """A fact for each headline outcome."""
    return [_fact(analysis, outcome) for outcome in HEADLINE]


def _fact(analysis: Analysis, outcome: str) -> Fact:
    factor = scale(outcome)
    means = {design: factor * analysis.estimates[design][outcome].mean for design in analysis.designs}
    places = three_figures(*means.values())
    values = {
        design: with_unit(bounded(number(mean, places), analysis.estimates[design][outcome].beyond_share), outcome)
        for design, mean in means.items()
    }
    differences = {design: analysis.differences[design][outcome] for design in analysis.others}
    parts = [difference_in_words(difference) for difference in differences.values()]
    against = _strongest_against(analysis, outcome)
    if against is not None:
        parts.append(_but(against))
    text = " ".join(sentence(f"{part}.") for part in parts)
    return Fact(OUTCOMES[outcome].group, outcome, values, {design: d.better for design, d in differences.items()}, text)


def three_figures(*values: float) -> int:
    """Decimals of levels that stand alone: a difference of a few hundredths between levels near 1 has to be seen in them.

    >>> three_figures(0.92, 1.1), three_figures(16.5, 5.8), three_figures(201.0)
    (2, 1, 0)
    """
    largest = max((abs(value) for value in values if np.isfinite(value)), default=0.0)
    return 2 if 0.0 < largest < 10.0 else decimals(*values)


def made_of(analysis: Analysis) -> dict[str, dict[str, str]]:
    """What the first headline outcome is made of: label with unit → design → its mean as printed, the outcome itself last."""
    rows = {}
    for outcome in (*MADE_OF[HEADLINE[0]], HEADLINE[0]):
        means = {design: scale(outcome) * analysis.estimates[design][outcome].mean for design in analysis.designs}
        places = max(1, three_figures(*means.values()))  # so that the return can be computed again
        rows[sentence(label_with_unit(outcome))] = {design: number(mean, places) for design, mean in means.items()}
    return rows


def difference_in_words(difference: Difference) -> str:
    """ "pervasive: 14.1 days less (11.8 to 16.4 days less)", or that it is too close."""
    name, outcome = plain(difference.second), difference.outcome
    if difference.low is None or difference.high is None:
        if difference.better is None:
            return f"{name}: nothing can be said"
        return f"{name}: {'better' if difference.better == difference.second else 'worse'}, by how much is not known"
    factor = scale(outcome)
    mean, low, high = (factor * value for value in (difference.mean, difference.low, difference.high))
    places = clear_of_zero(decimals(mean, high - low), low, high)
    unit = " points" if OUTCOMES[outcome].unit == PER_CENT else with_unit("", outcome)
    if not difference.sure:
        return f"{name}: {difference.verdict} ({number(low, places, True)} to {number(high, places, True)}{unit})"
    near, far = sorted((abs(low), abs(high)))
    word = "more" if mean > 0 else "less"
    return f"{name}: {number(abs(mean), places)}{unit} {word} ({number(near, places)} to {number(far, places)})"


def _strongest_against(analysis: Analysis, outcome: str) -> Difference | None:
    """The largest sure difference of the outcome's group that points the other way than the outcome does, over all comparisons."""
    group = OUTCOMES[outcome].group
    found = []
    for design in analysis.others:
        lead = analysis.differences[design][outcome]
        for name, difference in analysis.differences[design].items():
            opposes = lead.better is not None and difference.better not in (None, lead.better)
            if (
                opposes
                and OUTCOMES[name].group == group
                and not difference.is_small
                and difference.low is not None
                and difference.first_mean
            ):
                found.append(difference)
    return max(found, key=lambda d: abs(d.mean / d.first_mean), default=None)


def _but(difference: Difference) -> str:
    """The opposing difference in a sentence."""
    factor, outcome = scale(difference.outcome), OUTCOMES[difference.outcome]
    places = apart(factor * difference.first_mean, factor * difference.second_mean)
    first, second = (number(factor * value, places) for value in (difference.first_mean, difference.second_mean))
    unit = "" if outcome.unit.startswith(PURE) else f" {printed_unit(difference.outcome)}"
    return f"but under {plain(difference.second)}: {outcome.label} {second}{unit} instead of {first}"
