"""What `orgsim analyse` found of a sweep, on a page: who is better where stands under "which is better", what drives it under "why"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from sim.analysis.phase import FIRST_SURE, NOTHING, SECOND_SURE
from sim.analysis.quantities import label_with_unit, number, per_cent, plain, sentence
from sim.analysis.sweeps import Found
from sim.model.outcomes import HEADLINE, OUTCOMES
from sim.report.beside import StoredAnalysis
from sim.report.blocks import Block, File, Grid
from sim.report.comma import comma_separated
from sim.report.driver_blocks import driver_blocks, region_blocks
from sim.report.driver_measures import takes_part
from sim.report.render import data_url
from sim.report.sweep_table import label, lacking_indices

SHOWN = 6
"""Outcomes that stand open; all of them stand in a fold."""

NAMED = 3
"""Parameters that are named of an outcome."""

Told = Collection[tuple[str, str, str]]
"""(hash of the plan, second design, outcome) of what a page tells already."""


def where_blocks(analyses: Sequence[StoredAnalysis], told: Told = ()) -> list[Block]:
    """Who is better where: shares of the points, outcome by outcome, and regions for the first outcome."""
    blocks: list[Block] = []
    for place, one in enumerate(analyses):
        judged = [found for found in in_order(one) if OUTCOMES[found.outcome].better]
        if judged:
            note = (
                f"Sweep {one.sweep}, {one.runs:,} runs: {one.title}. Each point for itself: surely is where the 95 % interval of its "
                "paired difference is beyond zero. Where nothing differs, one in twenty points is sure by chance. The points are spread "
                "over what is plausible; they are no sample of firms there are."
            )
            heads = ["Outcome", "Surely better", "Surely worse", "Cannot be told", "Not possible"]
            title = f"Where {plain(judged[0].pair[1])} is better than {plain(judged[0].pair[0])}"
            blocks += _tables(title, f"Share of {judged[0].points:,} points", heads, [_shares(found) for found in judged], note,
                              f"where-{place}")  # fmt: skip
        first = in_order(one)[0]
        if (one.plan_hash, first.pair[1], first.outcome) not in told:
            blocks += region_blocks(first)
    return blocks


def why_blocks(analyses: Sequence[StoredAnalysis], told: Told = ()) -> list[Block]:
    """What drives the difference: chart and tables for the first outcome, and for each other the parameters that do most."""
    blocks: list[Block] = []
    for place, one in enumerate(analyses):
        ordered = in_order(one)
        first = ordered[0]
        if (one.plan_hash, first.pair[1], first.outcome) not in told:
            blocks += driver_blocks(first, str(place + 1))
        if len(ordered) > 1:
            heads, note = _measure(first)
            rows = [_drivers(found, len(heads)) for found in ordered]
            title = f"What drives each outcome, {plain(first.pair[1])} against {plain(first.pair[0])}"
            note = f"Sweep {one.sweep}. {note} Only parameters that surely do something are named."
            blocks += _tables(title, "What drives the difference", heads, rows, note, f"drivers-{place}")
    return blocks


def analysis_files(analyses: Sequence[StoredAnalysis]) -> list[File]:
    """Every number that was found of what drives which outcome, to save from within the page."""
    head = ("sweep", "second", "first", "outcome", "parameter", "rank_correlation", "chance_bound", "first_order", "first_low",
            "first_high", "total", "total_low", "total_high", "morris_mean", "morris_half", "morris_spread")  # fmt: skip
    rows = [(one.sweep, *reversed(found.pair), found.outcome, *row) for one in analyses for found in one.found for row in _numbers(found)]
    return [File("drivers.csv", data_url(comma_separated(head, rows)), "what drives which outcome of a sweep")] if rows else []


def in_order(one: StoredAnalysis) -> list[Found]:
    """Headline outcomes in their order, then the others as they were asked for."""
    names = [found.outcome for found in one.found]
    rank = {name: place for place, name in enumerate(dict.fromkeys([*HEADLINE, *names]))}
    return sorted(one.found, key=lambda found: rank[found.outcome])


def _tables(title: str, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], note: str, key: str) -> list[Block]:
    """A table; of many rows the first few, and all of them in a fold."""
    if len(rows) <= SHOWN + 2:
        return [Grid(caption, heads, rows, "paths", title, note, key=key)]
    fold = f"All {len(rows)} outcomes"
    return [
        Grid(caption, heads, rows[:SHOWN], "paths", title, note, key=key),
        Grid(f"{caption}: all outcomes", heads, rows, "paths", fold=fold),
    ]


def _named(outcome: str) -> str:
    """An outcome's label, with its unit where another has the same label."""
    label_of = OUTCOMES[outcome].label
    alone = sum(each.label == label_of for each in OUTCOMES.values()) == 1
    return sentence(label_of if alone else label_with_unit(outcome))


def _shares(found: Found) -> list[str]:
    shares = found.classes
    rest = 1.0 - shares[FIRST_SURE] - shares[SECOND_SURE] - shares[NOTHING]
    cells = [per_cent(share) for share in (shares[SECOND_SURE], shares[FIRST_SURE], max(rest, 0.0), shares[NOTHING])]
    return [_named(found.outcome), *cells]


def _measure(found: Found) -> tuple[list[str], str]:
    """(heads, what the numbers are) of the table of all outcomes: by what the sample gives."""
    named = ["Outcome", "Most", "Second", "Third"]
    if found.indices is not None:
        return [*named, "Would rank so again"], (
            "Numbers: total Sobol indices, the share of the difference's variance that a parameter has with all it takes part in."
        )
    if found.effects:
        return named, "Numbers: Morris' mean elementary effects over the largest of them."
    return named, "Numbers: rank correlations with the difference."


def _drivers(found: Found, width: int) -> list[str]:
    """(outcome, the parameters that do most)."""
    cells = [_named(found.outcome)]
    if lacking_indices(found):
        return [*cells, "cannot be told", *["–"] * (width - 2)]
    if found.indices is not None:
        total = found.indices.total[:, 0]
        order = [place for place in np.argsort(-np.nan_to_num(total, nan=-np.inf)) if takes_part(found.indices, int(place))]
        named = [f"{label(found.factors[place])}\u00a0{total[place]:.2f}" for place in order]
    elif found.effects:
        most = found.effects[0].mean or 1.0
        named = [f"{label(one.path)}\u00a0{one.mean / most:.2f}" for one in found.effects if one.sure]
    else:
        named = [f"{label(one.path)}\u00a0{number(one.correlation, 2, True)}" for one in found.going if one.sure]
    cells += [*named, "–", "–", "–"][:NAMED] if named else ["nothing surely", "–", "–"]
    if len(cells) < width:
        sure = found.indices is not None and not bool(found.indices.too_small_to_rank[0])
        cells.append("–" if not named else "surely" if sure else "may be chance")
    return cells


def _numbers(found: Found) -> list[tuple[object, ...]]:
    """A row a parameter; empty where a sample does not give the number."""
    going = {one.path: one for one in found.going}
    effects = {one.path: one for one in found.effects}
    rows: list[tuple[object, ...]] = []
    for place, path in enumerate(dict.fromkeys([*found.factors, *effects])):
        one, effect = going.get(path), effects.get(path)
        indices = [""] * 6
        if found.indices is not None and path in found.factors:
            indices = [getattr(found.indices, f"{name}{end}")[place, 0] for name in ("first", "total") for end in ("", "_low", "_high")]
        rows.append((path, *((one.correlation, one.bound) if one else ("", "")), *indices,
                     *((effect.mean, effect.half, effect.spread) if effect else ("", "", ""))))  # fmt: skip
    return rows
