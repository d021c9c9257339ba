"""The page of ways through time, journeys or single moves: one file, no script, no request, in the look of the page of a comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.experiment.comparison import Comparison
from sim.report.charts import Chart
from sim.report.foot import foot
from sim.report.render import rendered


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
    title, _, lead = headline.partition(". ")
    content = {
        "title": f"{title.rstrip('.')}.", "lead": lead, "kicker": kicker, "about": about, "charts": charts, "rows": table.rows,
        "table_title": table.title, "table_note": table.note, "table_foot": table.foot, "counted": counted, "foot": foot(comparison),
        "command": comparison.provenance.get("command", ""),
    }  # fmt: skip
    return rendered("ways.html.j2", {}, content)
