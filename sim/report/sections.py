"""Sections of the executive page: what answers each of its four questions, and which command answers what nobody has asked yet."""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.counting import hangs_rows
from sim.analysis.phase import in_words, where_it_turns
from sim.analysis.quantities import plain, sentence
from sim.analysis.results import Analysis
from sim.analysis.winners import firms_sentence
from sim.experiment.comparison import Comparison
from sim.model.outcomes import OUTCOMES
from sim.report.analysis_sections import why_blocks
from sim.report.attribution_table import HEADS, block, moving
from sim.report.beside import Beside, StoredMap
from sim.report.blocks import Block, Counting, Figure, Grid, Section, Shares, Words
from sim.report.charts import Chart
from sim.report.charts.phase_map import phase_map
from sim.report.claims_table import claim_rows
from sim.report.cost import cost_blocks
from sim.report.counting_table import counting_lines
from sim.report.sureness import sure_of
from sim.report.sweep_sections import beside_blocks
from sim.report.winners_table import HEAD, causes_in_words, winner_rows

QUESTIONS = {
    "which": "Which is better for a firm like this one?",
    "why": "Why?",
    "sure": "How sure?",
    "cost": "What would it cost to get there?",
}

Missing = list[tuple[str, str]]


def named_in_commands(comparison: Comparison) -> str:
    """What commands call the scenario: its name, or its file."""
    return comparison.scenario.name if comparison.scenario.origin == "shipped" else comparison.scenario.origin


def why(comparison: Comparison, analysis: Analysis, charts: Sequence[Chart], beside: Beside) -> Section:
    """Why: what each bundle contributes, where the days went, the months, and what drives the difference over a sweep."""
    by_start = {start: [Figure(chart) for chart in charts if chart.name.startswith(start)] for start in ("waterfall", "days", "months")}
    shown = {each.second: block(each) for each in analysis.attributions if len(moving(each)) > 1}
    blocks: list[Block] = [*by_start["waterfall"]]
    if shown:
        note = (
            "Shapley shares: what a bundle adds on average over every order in which the bundles could change. They add up to the "
            f"difference. Alone: everything else as under {plain(analysis.first)}. Last: everything else is the second design's already. "
            f"Intervals ({100 * analysis.confidence:g} %) of shares hold all at once; in brackets, the interval holds zero."
        )
        blocks.append(Shares(analysis.first, HEADS, shown, note))
    missing: Missing = []
    if analysis.others and not analysis.attributions:
        command = f"orgsim compare {named_in_commands(comparison)} --attribute --out DIR"
        missing.append(("What each bundle of the design contributes was not asked; this measures it", command))
    return Section("why", QUESTIONS["why"], [*blocks, *by_start["days"], *by_start["months"], *why_blocks(beside.analyses)], missing)


def how_sure(comparison: Comparison, analysis: Analysis, beside: Beside) -> Section:
    """How sure: direction and size, other ways of counting, assumptions, the map, firms of the ensemble, claims."""
    name = named_in_commands(comparison)
    blocks: list[Block] = []
    missing: Missing = []
    points = [(f"{what}:", how) for what, how in sure_of(analysis)]
    note = "Chance: how far other histories of the same firm would differ. Doubt about the inputs is another thing; it follows below."
    if points:
        blocks.append(Words("Direction and size", points=points, note=note, key="direction"))
    if analysis.counted:
        blocks.append(_counting(analysis))
    elif analysis.others:
        missing.append(("Other ways of counting were not tried; this does", f"orgsim compare {name} --conventions --out DIR"))
    if analysis.assumptions:
        blocks.append(_hanging(analysis))
    elif analysis.others:
        command = f"orgsim robust {name} --assumptions --out DIR"
        missing.append(("Which assumptions the verdict hangs on was not looked at; this tells", command))
    sure, lacking = beside_sure(name, beside, comparison.scenario.name, bool(analysis.over_firms))
    return Section("sure", QUESTIONS["sure"], [*blocks, *sure], [*missing, *lacking])


def beside_sure(name: str, beside: Beside, firm: str = "", is_counted: bool = False) -> tuple[list[Block], Missing]:
    """What other commands say of how sure it is, and what none of them was asked.

    name        of the scenario in commands
    firm        whose claims are told; those of all firms where it is none of the ledger's
    is_counted  whether the firms like this one are counted in the headline already
    """
    blocks: list[Block] = []
    missing: Missing = []
    if beside.rechecks:
        blocks.append(Words("Run again in ways that should not matter", points=[("", text) for text in beside.rechecks], key="rechecks"))
    for found in beside.maps:
        blocks += _map(found)
    if not beside.maps:
        missing.append(("Where which design is better was not mapped; this maps it", f"orgsim map {name} --out DIR"))
    for results in beside.sweeps:
        blocks += beside_blocks(results)
    if beside.winners is not None:
        below = [firms_sentence(beside.winners), *causes_in_words(beside.winners)]
        caption = f"Return on spend over {beside.winners.firms} firms like this one"
        heads = [sentence(head) for head in HEAD]
        blocks.append(Grid(caption, heads, winner_rows(beside.winners), "paths", "Firms like this one", below=below, key="firms"))
    elif not is_counted:
        missing.append(("In how many firms like this one it holds was not counted; this does", f"orgsim winners {name}"))
    if beside.ledger is not None:
        heads, rows, caption = claim_rows(beside.ledger, firm)
        blocks.append(Grid(caption, heads, rows, "list", "The article's claims as tests", key="claims"))
    else:
        missing.append(("The article's claims were not tested; this does", f"orgsim claims --firms {name} --out DIR"))
    return blocks, missing


def _counting(analysis: Analysis) -> Counting:
    note = (
        "The same runs, or the same seeds, under other ways of counting that somebody could defend; intervals "
        f"({100 * analysis.confidence:g} %) are as wide in standard errors as in the table of outcomes. The headline is no stronger than "
        "the weakest of them."
    )
    return Counting(analysis.first, analysis.others, counting_lines(analysis), note)


def _hanging(analysis: Analysis) -> Words:
    note = (
        "Numbers without a published source, each at the low and the high end of its plausible range, one at a time. Only those that turn "
        "a verdict or make it unsure are listed."
    )
    rows = hangs_rows(analysis)
    texts = [] if rows else [f"No end of any of {analysis.assumptions} assumptions changes a verdict, one at a time."]
    return Words("What the verdict hangs on", texts, rows, note, "hanging")


def _map(found: StoredMap) -> list[Block]:
    label = OUTCOMES[found.outcome].label
    measured, full = (sum(count) for count in zip(*((len(each.gaps), each.size * each.size) for each in found.maps), strict=True))
    chart = phase_map("phase_map", found.maps, label, found.here, f"{measured} firms measured, {full} on the whole grid.")
    said = [in_words(found.maps, label), *(where_it_turns(each) for each in found.maps), *([found.own] if found.own else [])]
    return [Figure(chart), Words("What the map says", said, key="map")]


def at_what_cost(comparison: Comparison, beside: Beside) -> Section:
    """What it would cost to get there: the paths, and single moves."""
    return Section("cost", QUESTIONS["cost"], cost_blocks(beside), missing_cost(named_in_commands(comparison), beside))


def missing_cost(name: str, beside: Beside) -> Missing:
    """What nobody has asked of the way there; name: of the scenario in commands."""
    missing: Missing = []
    if not beside.journeys:
        what = "The way there was not walked; this measures what it costs and when it is paid back"
        missing.append((what, f"orgsim transition {name} --out DIR"))
    if not beside.moves:
        missing.append(("Single moves were not held against doing nothing; this does", f"orgsim intervene {name} --out DIR"))
    return missing
