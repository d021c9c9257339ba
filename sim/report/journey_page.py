"""The page of a journey: one file, no script, no request, in the look of the page of a comparison."""

from __future__ import annotations

import importlib.resources
from collections.abc import Sequence

import jinja2
from markupsafe import Markup

from sim.analysis.journey import Journey
from sim.analysis.journey_words import counted, headline
from sim.analysis.quantities import plain, sentence
from sim.experiment.comparison import Comparison
from sim.report.charts import Chart
from sim.report.charts.canvas import FONTS
from sim.report.colours import TOO_CLOSE
from sim.report.journey_table import rows, staying_words
from sim.report.page import data_url, foot

TEMPLATES = importlib.resources.files("sim.report").joinpath("templates")


def journey_page(comparison: Comparison, journey: Journey, charts: Sequence[Chart], about: dict[str, str]) -> str:
    """The page as HTML text. about: path → what it does, in a sentence."""
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
    environment.filters |= {"plain": plain, "sentence": sentence, "safe_svg": Markup, "data_url": data_url}
    title, _, lead = headline(journey).partition(". ")
    return environment.from_string(TEMPLATES.joinpath("transition.html.j2").read_text(encoding="utf-8")).render(
        style=_style(environment), title=f"{title}.", lead=lead, kicker=_kicker(comparison, journey), about=about, charts=charts,
        rows=rows(journey), staying=staying_words(journey), counted=counted(journey), foot=foot(comparison),
        command=comparison.provenance.get("command", ""), share=f"{100 * journey.confidence:g} %", pairs=journey.n,
    )  # fmt: skip


def _style(environment: jinja2.Environment) -> Markup:
    """The style of the page of a comparison, so that there is one look."""
    source = TEMPLATES.joinpath("report.html.j2").read_text(encoding="utf-8")
    style = source.partition("<style>")[2].partition("</style>")[0]
    return Markup(environment.from_string(style).render(fonts=Markup(FONTS), grey=TOO_CLOSE))


def _kicker(comparison: Comparison, journey: Journey) -> str:
    """What was simulated, in a line."""
    scenario = comparison.scenario
    firm = f"{scenario.firm['units']:g} business units, {scenario.firm['technologists']:g} technologists"
    return f"Simulated transition · {scenario.title}: {firm} · {journey.days:,} days · {journey.n} histories on each path and of staying"
