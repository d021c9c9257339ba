"""What Python users get from a comparison: its runs, what they show in words and numbers, and its charts.

    result = sim.compare("branch_bank")
    print(result.headline)
    result.differences()
    result.plot.days()
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

from sim.core.errors import did_you_mean
from sim.experiment.comparison import Comparison
from sim.model.outcomes import NAMES, OUTCOMES

if TYPE_CHECKING:
    import pandas

    from sim.analysis.results import Analysis, Difference
    from sim.report.charts import Chart

CONFIDENCE = 0.95


@dataclass(frozen=True, eq=False)
class Result(Comparison):
    """A comparison that can be asked what it shows; every field of `Comparison` is its own."""

    @cached_property
    def analysis(self) -> Analysis:
        """Estimates of every design, and paired differences from the first, whose 95 % intervals hold all at once."""
        from sim.analysis.paired import analyse

        return analyse(self, CONFIDENCE)

    @property
    def headline(self) -> str:
        """The finding in a few sentences, made by rule from the numbers."""
        from sim.analysis.headline import headline

        return headline(self.analysis).sentence

    @property
    def notes(self) -> list[str]:
        """What is counted, what is held equal and what the intervals cover, a sentence or two each."""
        from sim.analysis.notes import notes

        return notes(self, self.analysis)

    def difference(self, outcome: str, second: str | None = None) -> Difference:
        """A design less the first on one outcome, in the unit as stored (a share is 0 to 1).

        second  a design other than the first; the last one where none is given

        Raises ValueError for a name that is no outcome or no design to be compared with the first.
        """
        _known(outcome, NAMES, "outcome")
        return self.analysis.differences[_second(self, second)][outcome]

    def differences(self, second: str | None = None, outcomes: Sequence[str] = NAMES) -> pandas.DataFrame:
        """Paired differences from the first design, one row an outcome, in the unit as stored (a share is 0 to 1).

        second    a design other than the first; the last one where none is given
        outcomes  names of those wanted

        Columns: label, first, second, difference, low, high (interval; NaN where there is none), probability_better, verdict, better.

        Raises ValueError for a name that is no outcome or no design to be compared with the first.
        """
        import pandas

        found = [self.difference(name, second) for name in outcomes]
        rows = [(OUTCOMES[d.outcome].label, d.first_mean, d.second_mean, d.mean, d.low, d.high, d.probability_better, d.verdict, d.better)
                for d in found]  # fmt: skip
        columns = ["label", "first", "second", "difference", "low", "high", "probability_better", "verdict", "better"]
        return pandas.DataFrame(rows, columns=columns, index=pandas.Index(list(outcomes), name="outcome"))

    @property
    def plot(self) -> Plots:
        """The charts: `result.plot.days()`. A notebook shows what they give; `files` of it holds SVG and PNG."""
        return Plots(self)


@dataclass(frozen=True)
class Plots:
    """The charts of one comparison, each drawn when it is asked for."""

    result: Result

    def difference(self, second: str | None = None) -> Chart:
        """Paired differences of a design, the last one where none is named, from the first."""
        from sim.report.charts.differences import differences_chart

        return differences_chart(self.result.analysis, _second(self.result, second))

    def days(self) -> Chart:
        """Where the days of finished items went, a bar a design."""
        from sim.report.charts.days import days_chart

        return days_chart(self.result.analysis)

    def months(self) -> Chart:
        """The monthly series, a line a design. Raises ValueError where the runs kept none."""
        from sim.report.charts.series import series_chart

        chart = series_chart(self.result, CONFIDENCE)
        if chart is None:
            raise ValueError("the runs kept no months: at least one of 20 days is counted where run.days is 20 or more")
        return chart


def result_of(comparison: Comparison) -> Result:
    """The comparison with everything that a Result can be asked."""
    return Result(**{field.name: getattr(comparison, field.name) for field in fields(comparison)})


def _second(result: Result, name: str | None) -> str:
    others = result.designs[1:]
    if not others:
        raise ValueError(f"{result.designs[0]} was run alone: a difference needs two designs")
    if name is None:
        return others[-1]
    _known(name, others, "design compared with the first")
    return name


def _known(name: str, names: Sequence[str], what: str) -> None:
    if name not in names:
        raise ValueError(f"{name!r} is no {what}; {did_you_mean(name, names)}")
