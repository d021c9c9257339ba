"""What each bundle contributes: for the terminal, the page and JSON."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from sim.analysis.attribution import Attributed, Attribution, Part
from sim.analysis.quantities import clear_of_zero, decimals, listed, number, per_cent, plain, printed_unit, scale, sentence
from sim.analysis.results import Analysis
from sim.model.outcomes import HEADLINE, OUTCOMES

HEADS = ("Shapley share", "alone", "last")


@dataclass(frozen=True)
class Block:
    """What is shown of one attribution.

    title     what it is about
    outcome   label of the first headline outcome, with its unit
    rows      (bundle, share, alone, last) of that outcome, the whole difference last
    heads     bundles, and the difference, over the other outcomes' columns
    others    (outcome, share of each bundle, difference); in brackets where the interval holds zero
    words     what follows from it, in sentences
    """

    title: str
    outcome: str
    rows: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]


def moving(attribution: Attribution) -> list[str]:
    """Bundles that differ between the two designs: a bundle that is equal in both contributes nothing to anything, exactly."""
    return [
        bundle for bundle in attribution.bundles
        if any(table[bundle].mean for each in attribution.outcomes.values() for table in (each.shares, each.alone, each.at_last))
    ]  # fmt: skip


def lead(attribution: Attribution) -> Attributed:
    """The attribution of the first headline outcome."""
    return attribution.outcomes[HEADLINE[0]]


def finding(attribution: Attribution) -> str:
    """Which bundles surely raise and lower the first headline outcome, the strongest first; without a full stop."""
    found = lead(attribution)
    label = OUTCOMES[found.outcome].label
    up, down = (sorted((b for b, p in found.shares.items() if p.sure and way * p.mean > 0), key=lambda b: -abs(found.shares[b].mean))
                for way in (1, -1))  # fmt: skip
    said: list[str] = []
    for bundles, one, many in ((up, "raises", "raise"), (down, "lowers", "lower")):
        if bundles:
            parts = listed([f"{bundle} ({amount(found.shares[bundle].mean, found.outcome)})" for bundle in bundles])
            said.append(f"{parts} {one if len(bundles) == 1 else many} {'it' if said else label}")
    if not said:
        return f"No bundle of {plain(attribution.second)} surely changes {label}"
    return sentence(", ".join(said))


def amount(value: float, outcome: str, places: int | None = None) -> str:
    """A signed amount in the printed unit."""
    shown = scale(outcome) * value
    return number(shown, clear_of_zero(decimals(shown), shown, shown) if places is None else places, True)


def with_interval(part: Part, outcome: str) -> str:
    """A part with its interval, where it has one."""
    if part.low is None or part.high is None or part.low == part.high:
        return amount(part.mean, outcome)
    low, high = (scale(outcome) * bound for bound in (part.low, part.high))
    places = clear_of_zero(decimals(low, high), low, high)
    return f"{amount(part.mean, outcome, places)} ({number(low, places, True)} to {number(high, places, True)})"


def block(attribution: Attribution) -> Block:
    """Everything that is shown of one attribution."""
    found, bundles = lead(attribution), attribution.bundles
    rows = [
        (bundle, *(with_interval(table[bundle], found.outcome) for table in (found.shares, found.alone, found.at_last)))
        for bundle in bundles
    ]
    pair = f"{plain(attribution.second)} less {plain(attribution.first)}"
    title = f"What each bundle contributes to {pair}: {attribution.designs} mixed designs, on the same seeds and for the same money"
    rest = [each for each in attribution.outcomes.values() if each is not found and not each.bound and each.n]
    others = [
        (_label(each.outcome), *(_cell(each.shares[bundle], each.outcome) for bundle in bundles), amount(each.difference, each.outcome))
        for each in rest
    ]
    return Block(
        title, _label(found.outcome), (*rows, ("all", amount(found.difference, found.outcome), "", "")), (*bundles, "difference"),
        tuple(others), (sentence(f"{finding(attribution)}."), *_words(attribution)),
    )  # fmt: skip


def _label(outcome: str) -> str:
    unit = printed_unit(outcome)
    return f"{OUTCOMES[outcome].label}, {unit}" if unit else OUTCOMES[outcome].label


def _cell(part: Part, outcome: str) -> str:
    words = amount(part.mean, outcome)
    return words if part.sure else f"({words})" if part.mean else number(0.0, 0)


def _words(attribution: Attribution) -> list[str]:
    """Whether bundles are complements, and what could not be attributed."""
    found = lead(attribution)
    label = OUTCOMES[found.outcome].label
    whole = found.together
    verdict = "too close to say" if not whole.sure else "complements" if whole.mean > 0 else "substitutes"
    words = []
    if len(moving(attribution)) > 1:
        beyond = f"{with_interval(whole, found.outcome)} {label} beyond the sum of what each brings alone"
        words.append(f"All bundles together bring {beyond}: {verdict}.")
        for way, what in ((1, "Worth more together, whatever the others are"), (-1, "Worth less together")):
            pairs = sorted((pair for pair, part in found.pairs.items() if part.sure and way * part.mean > 0),
                           key=lambda pair: -abs(found.pairs[pair].mean))  # fmt: skip
            if pairs:
                said = [f"{one} with {other} {with_interval(found.pairs[one, other], found.outcome)}" for one, other in pairs]
                words.append(f"{what}: {listed(said)}.")
    for each in attribution.outcomes.values():
        if each.bound:
            words.append(
                f"{sentence(OUTCOMES[each.outcome].label)} is not shared out: under some mix it is not reached in "
                f"{per_cent(each.beyond_share)} of runs, and shares of a bound would be shares of nothing."
            )
    return words


def attribution_text(analysis: Analysis, width: int) -> str:
    """Every attribution as plain text; designs that differ in one bundle only have a sentence instead of a table."""
    parts = []
    for attribution in analysis.attributions:
        different = moving(attribution)
        if len(different) <= 1:
            parts.append(_single(attribution, different))
            continue
        shown = block(attribution)
        parts += ["", textwrap.fill(shown.title, width), _table(((shown.outcome, *HEADS), *shown.rows)), ""]
        parts += [_table((("Shapley shares", *shown.heads), *shown.others)), "In brackets: the interval holds zero."]
        parts += [textwrap.fill(words, width, subsequent_indent="  ") for words in shown.words]
    return "\n".join(parts)


def _single(attribution: Attribution, different: list[str]) -> str:
    pair = f"{plain(attribution.second)} differs from {plain(attribution.first)}"
    return sentence(f"{pair} in {different[0]} alone, which has the whole difference." if different else f"{pair} in no bundle.")


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join([row[0].ljust(widths[0]), *(text.rjust(size) for text, size in zip(row[1:], widths[1:]))]) for row in rows]
    return "\n".join(f"  {line}".rstrip() for line in lines)


def attribution_values(analysis: Analysis) -> dict[str, object]:
    """"second - first" → outcome → shares and interactions, in the outcomes' units as stored."""
    return {
        f"{each.second} - {each.first}": {"designs": each.designs, "outcomes": {name: _values(a) for name, a in each.outcomes.items()}}
        for each in analysis.attributions
    }  # fmt: skip


def _values(found: Attributed) -> dict[str, object]:
    return {
        "difference": _plain(found.difference), "n": found.n, "beyond_share": found.beyond_share, "matters": _plain(found.matters),
        "shares": _table_values(found.shares), "alone": _table_values(found.alone), "last": _table_values(found.at_last),
        "interactions": {f"{one} × {other}": _part(part) for (one, other), part in found.pairs.items()}, "together": _part(found.together),
    }  # fmt: skip


def _table_values(parts: Mapping[str, Part]) -> dict[str, object]:
    return {bundle: _part(part) for bundle, part in parts.items()}


def _part(part: Part) -> dict[str, float | None]:
    return {"mean": _plain(part.mean), "low": _plain(part.low), "high": _plain(part.high)}


def _plain(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)
