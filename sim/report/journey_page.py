"""The page of a journey: every path against staying."""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.journey import Journey
from sim.analysis.journey_words import counted, headline
from sim.experiment.comparison import Comparison
from sim.report.charts import Chart
from sim.report.journey_table import rows, staying_words
from sim.report.ways_page import Table, ways_page


def journey_page(comparison: Comparison, journey: Journey, charts: Sequence[Chart], about: dict[str, str]) -> str:
    """The page as HTML text. about: path → what it does, in a sentence."""
    table = Table("Path by path", note(journey), rows(journey), staying_words(journey))
    return ways_page(comparison, _kicker(comparison, journey), headline(journey), about, charts, table, counted(journey))


def note(journey: Journey) -> str:
    """What stands in the table."""
    return (f"Under each number its {100 * journey.confidence:g} % interval over {journey.n} histories. Under the share paid back, the "
            "rest: open gains on staying in its last year, never does not.")  # fmt: skip


def _kicker(comparison: Comparison, journey: Journey) -> str:
    """What was simulated, in a line."""
    scenario = comparison.scenario
    firm = f"{scenario.firm['units']:g} business units, {scenario.firm['technologists']:g} technologists"
    return f"Simulated transition · {scenario.title}: {firm} · {journey.days:,} days · {journey.n} histories on each path and of staying"
