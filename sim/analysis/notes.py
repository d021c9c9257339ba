"""What stands under every result: what was held equal, what differs between the designs, and what the intervals cover."""

from __future__ import annotations

import math

from sim.analysis.precision_words import best_in_words, ending
from sim.analysis.quantities import listed, number, per_cent, plain, sentence
from sim.analysis.results import Analysis
from sim.experiment.comparison import Comparison
from sim.model.outcomes import OUTCOMES
from sim.organisation.coordinates import COORDINATES
from sim.scenario.objects import Scenario
from sim.scenario.settings import EQUAL_HEADCOUNT, EQUAL_TECHNOLOGY

FEW = 4
"""Up to this many differing coordinates are named; more are counted."""

LEFT_OUT = (
    "the way from one design to another, and what it costs on the way: each design stands as it is from the first day to the last",
    "what each coordinate contributes to a difference: designs that differ in many respects are compared as wholes, or with "
    "--attribute by bundles",
    "competitors, prices and sales: benefits are what changes are worth to the firm, not its profit",
    "the firm outside its technology work: units, demand and regulation are the same under every design",
    "doubt about the inputs: other firms, other readings of the designs and other assumptions may give other results",
)
"""What a comparison does not say, so that nobody reads it into one."""


def notes(comparison: Comparison, analysis: Analysis) -> list[str]:
    """Sentences that belong to the result, most important first."""
    ended = [ending(analysis.stopped)] if analysis.stopped else []
    found = [*ended, *best_in_words(analysis), _chance(analysis), *money(comparison)]
    shared_out = {attribution.second for attribution in analysis.attributions}
    found += [differing(comparison.scenario, analysis.first, design, design in shared_out) for design in analysis.others]
    if comparison.failures:
        count = len(comparison.failures)
        found.append(f"{count} {'run failed and is' if count == 1 else 'runs failed and are'} left out, with the pairs they belong to.")
    beyond = [name for name in analysis.outcomes if any(analysis.estimates[d][name].beyond_share > 0 for d in analysis.designs)]
    for name in beyond:
        found.append(_beyond(analysis, name, comparison.scenario.run.days))
    return found


def money(comparison: Comparison) -> list[str]:
    """How money is counted, and what the designs have in common."""
    return [counted_money(comparison), equality(comparison)]


def _chance(analysis: Analysis) -> str:
    share = f"{100 * analysis.confidence:g} %"
    if not analysis.others:
        return f"The {share} intervals cover chance, not wrong inputs."
    return f"The intervals cover chance, not wrong inputs; those of the differences hold all at once with {share} confidence."


def counted_money(comparison: Comparison) -> str:
    """What return, benefits and spend are, in words."""
    window = period(comparison)
    return (f"Return is benefits over spend. Benefits: what the items raised in the {window} counted earn, in that time and for ever "
            f"after as they stand at its end. Spend: all that technology work costs in the {window}, that is people and hiring, hours of "
            "business people, leaders, tools, vendors, cloud and breaches.")  # fmt: skip


def period(comparison: Comparison) -> str:
    """The counted window in words: whole years where it is so many, else working days."""
    if not comparison.years.is_integer():
        return f"{comparison.scenario.run.days} working days"
    return "1 year" if comparison.years == 1 else f"{comparison.years:g} years"


def equality(comparison: Comparison) -> str:
    """What the designs have in common, what that makes of the other, and how far their real spend differs."""
    people, designs = f"{comparison.scenario.firm['technologists']:g}", comparison.designs
    spent = _residuals(comparison)
    if len(designs) == 1:
        return f"{sentence(plain(designs[0]))} has {people} technologists."
    if comparison.scenario.run.equal == EQUAL_HEADCOUNT:
        return f"Head count is equal, costs are not: every design has {people} technologists, whatever else it costs{spent}."
    seated = [f"{comparison.seated[name]:.1f} under {plain(name)}" for name in designs[1:] if name in comparison.seated]
    there = f" against {listed(seated)}" if seated else ""
    apart = ", business experts in teams apart" if comparison.scenario.run.equal == EQUAL_TECHNOLOGY else ""
    return (f"Costs are equal by plan{apart}: technologists are as many as the money of {plain(designs[0])} pays for, {people} "
            f"there{there}; demand is the same{spent}.")  # fmt: skip


def _residuals(comparison: Comparison) -> str:
    """How far each other design's real spend is from the first one's."""
    found = {name: value for name, value in comparison.residual.items() if name != comparison.designs[0] and math.isfinite(value)}
    if not found:
        return ""
    parts = [f"{number(100.0 * value, 2, True)} % under {plain(name)}" for name, value in found.items()]
    return f". What was really spent differs by {listed(parts)}"


def differing(scenario: Scenario, first: str, second: str, shared_out: bool = False) -> str:
    """In which coordinates two designs differ. shared_out: the difference is attributed to bundles."""
    one, other = scenario.designs[first].values, scenario.designs[second].values
    names = [plain(name) for name in COORDINATES if one[name] != other[name]]
    pair = f"{plain(second)} differs from {plain(first)}"
    if not names:
        return sentence(f"{pair} in nothing.")
    if len(names) <= FEW:
        return sentence(f"{pair} only in {listed(names)}.")
    said = "is said above, by bundles" if shared_out else "is not said here: --attribute says it by bundles"
    return sentence(f"{pair} in {len(names)} of {len(COORDINATES)} respects at once; how much each of them does {said}.")


def _beyond(analysis: Analysis, outcome: str, window: int) -> str:
    found = {design: analysis.estimates[design][outcome].beyond_share for design in analysis.designs}
    label = OUTCOMES[outcome].label
    if min(found.values()) == 1.0:
        return sentence(f"{label} is beyond {window} days in every run: so many items never go live.")
    shares = [
        f"{per_cent(analysis.estimates[d][outcome].beyond_share)} of runs of {plain(d)}"
        for d in analysis.designs
        if analysis.estimates[d][outcome].beyond_share > 0
    ]
    return sentence(f"{OUTCOMES[outcome].label} is beyond {window} days in {listed(shares)}, and counted as {window} days there.")
