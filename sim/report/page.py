"""The executive page of a comparison: everything inline, no script, no request; it reads, prints and travels as a single file."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sim.analysis.facts import facts, made_of
from sim.analysis.headline import headline
from sim.analysis.notes import LEFT_OUT, money, notes, period
from sim.analysis.quantities import plain, sentence
from sim.analysis.results import Analysis
from sim.experiment.comparison import Comparison
from sim.report import analysis_sections
from sim.report.beside import ALONE, Beside
from sim.report.blocks import Block, Facts, Figure, File, Grid, Numbers, Page, Section
from sim.report.charts import Chart
from sim.report.colours import design_colours
from sim.report.comma import comma_separated
from sim.report.foot import foot
from sim.report.render import data_url, rendered
from sim.report.sections import QUESTIONS, at_what_cost, how_sure, named_in_commands, why
from sim.report.summary import provenance
from sim.report.sweep_sections import swept_told
from sim.report.table import rows


def page(comparison: Comparison, analysis: Analysis, charts: Sequence[Chart], beside: Beside = ALONE) -> str:
    """The page as HTML text; charts are those of the comparison, beside is what other commands found about the same firm."""
    words, colours = headline(analysis), design_colours(analysis.designs)
    sections = [
        which(comparison, analysis, charts, beside), why(comparison, analysis, charts, beside), how_sure(comparison, analysis, beside),
        at_what_cost(comparison, beside),
    ]  # fmt: skip
    shown = Page(
        title=f"{words.title}.", kicker=_kicker(comparison), leads=[text for text in (words.firms, words.chance, words.hangs) if text],
        about={design: comparison.scenario.designs[design].about.strip() for design in analysis.designs}, colours=colours,
        sections=sections, numbers=_numbers(analysis), methods=_methods(comparison, analysis, beside),
        files=[*_files(comparison, analysis), *analysis_sections.analysis_files(beside.analyses), *chart_files(sections)],
        foot=[foot(comparison), *beside.doubts],
        commands=[str(command) for command in (comparison.provenance.get("command"), *beside.commands) if command],
    )  # fmt: skip
    return rendered("report.html.j2", colours, {"page": shown})


def which(comparison: Comparison, analysis: Analysis, charts: Sequence[Chart], beside: Beside = ALONE) -> Section:
    """Which is better: four facts, what the return is made of, all differences, and where, over a sweep that was analysed."""
    made = [(label, *values.values()) for label, values in made_of(analysis).items()]
    heads = ("Mean of a history", *(sentence(plain(design)) for design in analysis.designs))
    blocks: list[Block] = [Facts(facts(analysis)), Grid("What the return is made of", heads, made, below=money(comparison)[:1])]
    blocks += [Figure(chart) for chart in charts if chart.name.startswith("differences")]
    blocks += analysis_sections.where_blocks(beside.analyses, swept_told(beside.sweeps))
    name = named_in_commands(comparison)
    missing = [] if analysis.others else [("Only one design was run; this compares two", f"orgsim compare {name} --designs A,B")]
    return Section("which", QUESTIONS["which"], blocks, missing)


def _kicker(comparison: Comparison) -> str:
    """What was simulated, in a line."""
    scenario = comparison.scenario
    firm = f"{scenario.firm['units']:g} business units, {scenario.firm['technologists']:g} technologists"
    return f"Simulated comparison · {scenario.title}: {firm} · {period(comparison)} · {comparison.replicates} histories under each design"


def _numbers(analysis: Analysis) -> list[Block]:
    """The table of outcomes; none where one design was run alone."""
    if not analysis.others:
        return []
    tables = {second: rows(analysis, second) for second in analysis.others}
    whole = {second: rows(analysis, second, analysis.outcomes) for second in analysis.others}
    return [Numbers(analysis.first, f"{100 * analysis.confidence:g} %", tables, whole)]


def _methods(comparison: Comparison, analysis: Analysis, beside: Beside) -> dict[str, list[str]]:
    """Title → sentences on how it was made."""
    said = money(comparison)
    return {
        "What is counted, and what the intervals cover": [said[0], *(note for note in notes(comparison, analysis) if note not in said)],
        "What is equal": said[1:],
        **beside.counted,
        "What the comparison leaves out": [sentence(f"{text}.") for text in LEFT_OUT],
    }


def _files(comparison: Comparison, analysis: Analysis) -> list[File]:
    """The numbers of the page and what made them; every run stands in runs.parquet, which is not in here."""
    head = ("outcome", "second", "first", "first_mean", "second_mean", "difference", "low", "high", "pairs", "probability_better",
            "matters", "verdict", "better")  # fmt: skip
    found = [
        (d.outcome, d.second, d.first, d.first_mean, d.second_mean, d.mean, d.low, d.high, d.n, d.probability_better, d.matters, d.verdict,
         d.better)
        for second in analysis.others for d in analysis.differences[second].values()
    ]  # fmt: skip
    means = [(design, name, e.mean, e.sd, e.low, e.high, e.n, e.beyond_share) for design in analysis.designs
             for name, e in analysis.estimates[design].items()]  # fmt: skip
    made_by = json.dumps({**provenance(comparison), "scenario": comparison.scenario.name}, indent=2, ensure_ascii=False)
    csv = comma_separated(("design", "outcome", "mean", "sd", "low", "high", "runs", "beyond_share"), means)
    files = [File("designs.csv", data_url(csv), "mean, spread and interval of every outcome under every design")]
    if found:
        files.append(File("differences.csv", data_url(comma_separated(head, found)), "every outcome's paired difference"))
    return [*files, File("provenance.json", data_url(made_by, "application/json"), "command, version, seed and digests")]


def chart_files(sections: Sequence[Section]) -> list[File]:
    """The data behind every figure of the sections."""
    charts = [chart for section in sections for block in section.blocks
              for chart in ([block.chart] if isinstance(block, Figure) else getattr(block, "charts", []))]  # fmt: skip
    return [File(f"{chart.name}.csv", data_url(chart.csv), f"behind “{chart.title}”") for chart in charts]
