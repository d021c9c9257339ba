"""The page of ways through time, journeys or single moves: one file, no script, no request, in the look of the page of a comparison."""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import jinja2
from markupsafe import Markup

from sim.analysis.quantities import plain, sentence
from sim.experiment.comparison import Comparison
from sim.report.charts import Chart
from sim.report.charts.canvas import FONTS
from sim.report.colours import TOO_CLOSE
from sim.report.page import data_url, foot

TEMPLATES = importlib.resources.files("sim.report").joinpath("templates")


@dataclass(frozen=True)
class Table:
    """The page's table: a title, what stands in it, its rows (head → value and what stands under it), a sentence below."""

    title: str
    note: str
    rows: Sequence[Mapping[str, tuple[str, str]]]
    foot: str = ""


def ways_page(
    comparison: Comparison, kicker: str, headline: str, about: Mapping[str, str], charts: Sequence[Chart], table: Table,
    counted: Sequence[str],
) -> str:  # fmt: skip
    """The page as HTML text. about: way → what it is, in a sentence; the headline's first sentence is the title."""
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
    environment.filters |= {"plain": plain, "sentence": sentence, "safe_svg": Markup, "data_url": data_url}
    title, _, lead = headline.partition(". ")
    return environment.from_string(TEMPLATES.joinpath("ways.html.j2").read_text(encoding="utf-8")).render(
        style=_style(environment), title=f"{title.rstrip('.')}.", lead=lead, kicker=kicker, about=about, charts=charts, rows=table.rows,
        table_title=table.title, table_note=table.note, table_foot=table.foot, counted=counted, foot=foot(comparison),
        command=comparison.provenance.get("command", ""),
    )  # fmt: skip


def _style(environment: jinja2.Environment) -> Markup:
    """The style of the page of a comparison, so that there is one look."""
    source = TEMPLATES.joinpath("report.html.j2").read_text(encoding="utf-8")
    style = source.partition("<style>")[2].partition("</style>")[0]
    return Markup(environment.from_string(style).render(fonts=Markup(FONTS), grey=TOO_CLOSE))
