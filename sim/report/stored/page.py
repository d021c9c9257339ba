"""The page of what is stored, and its finding for the terminal."""

from __future__ import annotations

from sim.analysis.headline import headline
from sim.report.charts.all import draw
from sim.report.page import page
from sim.report.stored.looking import Stored
from sim.report.sweep_page import sweep_page
from sim.report.sweep_sections import title, told


def page_of(stored: Stored) -> tuple[str, str]:
    """(the page as HTML text, the finding in words). Raises InputError where a sweep has nothing to show, or a file of it is damaged."""
    if stored.comparison is not None and stored.analysis is not None:
        charts = draw(stored.comparison, stored.analysis)
        return page(stored.comparison, stored.analysis, charts, stored.beside), headline(stored.analysis).sentence
    assert stored.sweep is not None
    one = told(stored.sweep)
    return sweep_page(one, stored.beside), f"{title(one)}."
