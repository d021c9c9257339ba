"""Every chart of a comparison, in the order of the page."""

from __future__ import annotations

from sim.analysis.results import Analysis
from sim.experiment.comparison import Comparison
from sim.report.charts import Chart
from sim.report.charts.days import days_chart
from sim.report.charts.differences import differences_chart
from sim.report.charts.series import series_chart


def draw(comparison: Comparison, analysis: Analysis) -> list[Chart]:
    """Differences of the last design compared, where the days went, the months, then the other designs' differences."""
    differences = [differences_chart(analysis, second) for second in reversed(analysis.others)]
    months = series_chart(comparison, analysis.confidence)
    return [*differences[:1], days_chart(analysis), *([months] if months else []), *differences[1:]]
