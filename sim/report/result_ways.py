"""What Python users get from paths and from interventions: the runs, what they show in words and numbers, and the chart.

    way = sim.transition("branch_bank", ["at_once", "by_unit"])
    moves = sim.intervene("branch_bank")
    print(way.headline), print(moves.text)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.analysis.journey import Journey
from sim.analysis.moves import Effects
from sim.experiment.comparison import Comparison
from sim.experiment.moves import Moves
from sim.report.colours import design_colours

if TYPE_CHECKING:
    import pandas

    from sim.report.charts import Chart
    from sim.scenario.journeys import Intervention, Transition


@dataclass(frozen=True, eq=False)
class Way:
    """Paths from one design to another, held against staying.

    comparison   the runs; its designs are staying and the paths
    transitions  name → path
    journey      what they show
    """

    comparison: Comparison
    transitions: Mapping[str, Transition]
    journey: Journey

    @property
    def headline(self) -> str:
        """The finding in a few sentences."""
        from sim.analysis.journey_words import headline

        return headline(self.journey)

    @property
    def text(self) -> str:
        """Dip, break-even, payback and gain of every path, as a table in plain text."""
        from sim.report.journey_table import table_text

        return table_text(self.journey)

    def months(self) -> pandas.DataFrame:
        """What a path nets less what staying does, one row a month, one column a path   [thousand]."""
        import pandas

        found = {passage.name: passage.difference[0] for passage in self.journey.passages}
        return pandas.DataFrame(found, index=pandas.RangeIndex(1, len(self.journey.level) + 1, name="month"))

    def plot(self) -> Chart:
        """A block for each path: the months against staying, and what they add up to."""
        from sim.report.charts.journey import journey_chart

        target = next(iter(self.transitions.values())).target
        return journey_chart(self.journey, design_colours([target])[target])


@dataclass(frozen=True, eq=False)
class Interventions:
    """Interventions held against doing nothing.

    runs           in both views: from their day, and once settled
    interventions  name → what is done
    effects        what they show
    """

    runs: Moves
    interventions: Mapping[str, Intervention]
    effects: Effects

    @property
    def headline(self) -> str:
        """The finding in a few sentences."""
        from sim.analysis.moves_words import headline

        return headline(self.effects)

    @property
    def text(self) -> str:
        """Every move's effect, as a table in plain text."""
        from sim.report.moves_table import text_table

        return text_table(self.effects)

    def table(self) -> pandas.DataFrame:
        """What each move does to the return on spend, one row a move: settled effect, interval, kind and size in a word."""
        import pandas

        rows = [(move.effect.mean, move.effect.low, move.effect.high, "usual" if move.usual else "alternative", move.size)
                for move in self.effects.moves]  # fmt: skip
        names = pandas.Index([move.name for move in self.effects.moves], name="move")
        return pandas.DataFrame(rows, columns=["effect", "low", "high", "kind", "size"], index=names)

    def plot(self) -> Chart:
        """Both views side by side, one row a move."""
        from sim.report.charts.moves import moves_chart

        design = self.effects.other
        return moves_chart(self.effects, design_colours([design])[design])
