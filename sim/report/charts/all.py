"""Every chart of a comparison, in the order of the page."""

from __future__ import annotations

from sim.analysis.results import Analysis
from sim.experiment.comparison import Comparison
from sim.report.attribution_table import moving
from sim.report.charts import Chart
from sim.report.charts.days import days_chart
from sim.report.charts.differences import differences_chart
from sim.report.charts.series import series_chart
from sim.report.charts.waterfall import waterfall_chart


def draw(comparison: Comparison, analysis: Analysis) -> list[Chart]:
    """Differences of the last design compared, what each bundle contributes where that was asked for, where the days went, the months,
    then the other designs' differences."""
    differences = [differences_chart(analysis, second) for second in reversed(analysis.others)]
    months = series_chart(comparison, analysis.confidence)
    shares = [waterfall_chart(each) for each in reversed(analysis.attributions) if len(moving(each)) > 1]
    return [*differences[:1], *shares, days_chart(analysis), *([months] if months else []), *differences[1:]]
