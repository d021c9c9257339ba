"""The page of single moves: every intervention against doing nothing."""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.moves import Effects
from sim.analysis.moves_words import counted, headline
from sim.experiment.comparison import Comparison
from sim.report.charts import Chart
from sim.report.moves_table import LEGEND, rows
from sim.report.ways_page import Table, ways_page


def moves_page(settled: Comparison, effects: Effects, charts: Sequence[Chart]) -> str:
    """The page as HTML text."""
    scenario = settled.scenario
    kicker = (
        f"Simulated interventions · {scenario.title}: {scenario.firm['units']:g} business units, "
        f"{scenario.firm['technologists']:g} technologists · {scenario.run.days:,} days · {effects.n} histories of each and of doing "
        "nothing"
    )
    table = Table("Move by move", note(effects), rows(effects))
    about = {move.name: move.about for move in effects.moves}
    return ways_page(settled, kicker, headline(effects), about, charts, table, counted(effects))


def note(effects: Effects) -> str:
    """What stands in the table."""
    share = f"{100 * effects.confidence:g} %"
    return f"Under the return its {share} interval over {effects.n} histories; the other outcomes once settled. {LEGEND}"
