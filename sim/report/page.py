"""The one page: everything inline, no script, no request; it reads, prints and travels as a single file."""

from __future__ import annotations

import base64
import importlib.resources
import re
from collections.abc import Sequence

import jinja2
from markupsafe import Markup, escape

from sim.analysis.counting import doubt, hangs_rows
from sim.analysis.facts import facts, made_of
from sim.analysis.headline import headline
from sim.analysis.notes import LEFT_OUT, money, notes, period
from sim.analysis.quantities import clear_of_zero, decimals, listed, number, per_cent, plain, sentence
from sim.analysis.results import Analysis, Difference
from sim.experiment.comparison import Comparison
from sim.model.outcomes import HEADLINE
from sim.report.attribution_table import HEADS, block, moving
from sim.report.charts import Chart
from sim.report.charts.canvas import FONTS
from sim.report.colours import TOO_CLOSE, design_colours
from sim.report.counting_table import counting_lines
from sim.report.summary import first_seed
from sim.report.table import rows, where_the_days_went


def page(comparison: Comparison, analysis: Analysis, charts: Sequence[Chart]) -> str:
    """The page as HTML text; charts in their order."""
    colours = design_colours(analysis.designs)
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
    environment.filters |= {
        "plain": plain,
        "sentence": sentence,
        "named": lambda text: _named(text, colours),
        "safe_svg": Markup,
        "data_url": data_url,
    }
    source = importlib.resources.files("sim.report").joinpath("templates/report.html.j2").read_text(encoding="utf-8")
    return environment.from_string(source).render(
        fonts=Markup(FONTS),
        colours=colours,
        grey=TOO_CLOSE,
        scenario=comparison.scenario,
        analysis=analysis,
        charts=charts,
        headline=headline(analysis),
        facts=facts(analysis),
        made_of=made_of(analysis),
        kicker=_kicker(comparison),
        about=_about(comparison, analysis),
        tables={second: rows(analysis, second) for second in analysis.others},
        whole={second: rows(analysis, second, analysis.outcomes) for second in analysis.others},
        sure=_sure(analysis),
        counting=counting_lines(analysis),
        hanging=hangs_rows(analysis),
        shared_out={each.second: block(each) for each in analysis.attributions if len(moving(each)) > 1},
        shares_heads=HEADS,
        money=money(comparison),
        notes=[note for note in notes(comparison, analysis) if note not in money(comparison)],
        left_out=LEFT_OUT,
        went=where_the_days_went(analysis),
        foot=foot(comparison),
        command=comparison.provenance.get("command", ""),
        share=f"{100 * analysis.confidence:g} %",
    )


def _kicker(comparison: Comparison) -> str:
    """What was simulated, in a line."""
    scenario = comparison.scenario
    firm = f"{scenario.firm['units']:g} business units, {scenario.firm['technologists']:g} technologists"
    return f"Simulated comparison · {scenario.title}: {firm} · {period(comparison)} · {comparison.replicates} histories under each design"


def _about(comparison: Comparison, analysis: Analysis) -> list[tuple[str, str]]:
    """Design and what it stands for."""
    return [(design, comparison.scenario.designs[design].about.strip()) for design in analysis.designs]


def _sure(analysis: Analysis) -> list[tuple[str, str]]:
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


def foot(comparison: Comparison) -> str:
    """Version, seed, number of pairs and digests: what it takes to make the same page again."""
    known, scenario = comparison.provenance, comparison.scenario
    parts = [
        f"OrgWeave {known.get('version', '')}".strip(),
        f"seed {first_seed(comparison)}",
        f"{comparison.replicates} pairs",
        f"{scenario.run.days} days after {scenario.run.warm_up} of warm-up",
        f"scenario {scenario.name}, digest {scenario.digest}",
    ]
    parts += [f"{key.replace('_', ' ')} {known[key]}" for key in ("model_digest", "plan_hash") if known.get(key)]
    versions = [f"{name} {known[key]}" for key, name in (("python", "Python"), ("numpy", "NumPy"), ("numba", "Numba")) if known.get(key)]
    return " · ".join([*parts, *([listed(versions)] if versions else [])])


def _named(text: str, colours: dict[str, str]) -> Markup:
    """The text with every design's name in its colour."""
    names = {plain(design): colour for design, colour in colours.items()}
    longest_first = "|".join(re.escape(str(escape(name))) for name in sorted(names, key=len, reverse=True))
    lookup = {str(escape(name)).lower(): colour for name, colour in names.items()}

    def coloured(found: re.Match[str]) -> str:
        return f'<span class="design" style="color:{lookup[found[0].lower()]}">{found[0]}</span>'

    text = text.replace(" %", "\u00a0%")
    return Markup(re.sub(rf"(?<!\w)(?:{longest_first})(?!\w)", coloured, str(escape(text)), flags=re.IGNORECASE))


def data_url(text: str) -> str:
    """CSV as an address that holds it."""
    return "data:text/csv;charset=utf-8;base64," + base64.b64encode(text.encode()).decode()
