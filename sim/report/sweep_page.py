"""The executive page of a stored sweep: the same four questions, answered over the points of its plan."""

from __future__ import annotations

import json

from sim.analysis.quantities import plain
from sim.experiment.sweep.results import Results
from sim.report import analysis_sections
from sim.report.beside import Beside
from sim.report.blocks import File, Page, Section
from sim.report.colours import design_colours
from sim.report.comma import comma_separated
from sim.report.cost import cost_blocks
from sim.report.page import chart_files
from sim.report.render import data_url, rendered
from sim.report.sections import QUESTIONS, Missing, beside_sure, missing_cost
from sim.report.sweep_sections import Told, sure_blocks, swept_told, title, which_blocks, why_blocks

NO_SWEEP = (
    "the points are spread over what is plausible: their shares are shares of a plan, not of firms that there are",
    "what the designs share at a point, and what money buys, is as in a comparison: the same firm, demand, money and luck",
    "intervals cover chance, point by point; they do not hold for all points at once",
)


def sweep_page(one: Told, beside: Beside) -> str:
    """The page as HTML text."""
    results = one.results
    plan, colours = results.plan, design_colours(results.designs)
    firm = next(iter(plan["scenarios"]))
    sure, missing = beside_sure(firm, beside)
    known = swept_told([results])
    sections = [
        Section("which", QUESTIONS["which"], [*which_blocks(one), *analysis_sections.where_blocks(beside.analyses, known)]),
        _why(one, firm, beside),
        Section("sure", QUESTIONS["sure"], [*sure_blocks(one), *sure], missing),
        Section("cost", QUESTIONS["cost"], cost_blocks(beside), missing_cost(firm, beside)),
    ]  # fmt: skip
    head = ("second", "outcome", "point", "mean_difference", "standard_error", "pairs", "class")
    rows = [(second, name, point, gap.mean, gap.error, gap.pairs, gap.kind)
            for second, outcomes in one.gaps.items() for name, gaps in outcomes.items() for point, gap in enumerate(gaps)]  # fmt: skip
    shown = {name: plan[name] for name in ("name", "title", "hash", "model_digest", "version", "seed", "points", "replicates", "sample")}
    files = [
        *([File("points.csv", data_url(comma_separated(head, rows)), "every point's difference")] if len(rows) <= MOST_ROWS else []),
        File("provenance.json", data_url(json.dumps(shown, indent=2, ensure_ascii=False), "application/json"), "plan, seed and digests"),
        *analysis_sections.analysis_files(beside.analyses),
        *chart_files(sections),
    ]  # fmt: skip
    page = Page(
        title=f"{title(one)}.", kicker=_kicker(results), leads=[text for text in (_missing(results), str(plan.get("about") or "")) if text],
        about={}, colours=colours, sections=sections, numbers=[],
        methods={"What a point is": [f"{text[0].upper()}{text[1:]}." for text in NO_SWEEP], **beside.counted},
        files=files, foot=[_foot(results), *beside.doubts], commands=[f"orgsim sweep {plan['name']}", *beside.commands],
    )  # fmt: skip
    return rendered("report.html.j2", colours, {"page": page})


MOST_ROWS = 10_000
"""Rows of the file of points that a page holds; of larger sweeps `orgsim results DIR --export csv` gives every run."""


def _why(one: Told, firm: str, beside: Beside) -> Section:
    missing: Missing = []
    driven = analysis_sections.why_blocks(beside.analyses, swept_told([one.results]))
    if len(one.results.designs) > 1:
        missing.append(("What each bundle of a design contributes is measured on one firm", f"orgsim compare {firm} --attribute --out DIR"))
    return Section("why", QUESTIONS["why"], [*why_blocks(one), *driven], missing)


def _kicker(results: Results) -> str:
    plan = results.plan
    varied = ", ".join(plain(path.split(".")[-1]) for path in results.factors)
    over = f" over {varied}" if varied else ""
    return (f"Simulated sweep · {plan['title']} · {plan['points']:,} points{over} · {plan['replicates']} histories of each under each "
            "design")  # fmt: skip


def _missing(results: Results) -> str:
    parts = []
    if results.missing:
        parts.append(f"{len(results.missing)} of {len(results.plan['chunks'])} chunks are missing; this is what the others say.")
    if results.failed:
        parts.append(f"{results.failed} runs failed and are left out.")
    return " ".join(parts)


def _foot(results: Results) -> str:
    plan = results.plan
    parts = [f"OrgWeave {plan['version']}", f"seed {plan['seed']}", f"{results.done:,} runs", f"model digest {plan['model_digest']}",
             f"plan hash {plan['hash']}"]  # fmt: skip
    return " · ".join(parts)
