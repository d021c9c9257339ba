"""What Python users get from a map and from a stored sweep: who is better where, in words, numbers and a chart.

    found = sim.phase_map("branch_bank", "firm.change_load", "firm.business_experts")
    print(found.text), found.plot()
    print(sim.analyse(sim.sweep("quick", "results/quick")).text)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.analysis.phase import FIRST_SURE, SECOND_SURE, SURE, Gap, Map
from sim.analysis.survey import Survey, axes_of, check_outcome
from sim.analysis.sweeps import Found
from sim.core.errors import InputError
from sim.experiment.comparison import Comparison
from sim.experiment.variants import Variant, run_variants
from sim.model.outcomes import OUTCOMES
from sim.scenario.objects import Scenario

if TYPE_CHECKING:
    import pandas

    from sim.report.charts import Chart


@dataclass(frozen=True, eq=False)
class PhaseMap:
    """Which of two designs is better over two parameters.

    map      its measured firms, and what lies between them
    outcome  what it is about
    here     the firm itself, its values on the axes and its gap; None where the designs differ in one of them
    """

    map: Map
    outcome: str
    here: Mapping[str, float | Gap] | None

    @property
    def text(self) -> str:
        """What the map says, and the map in letters."""
        from sim.report.phase_table import map_text

        return map_text([self.map], OUTCOMES[self.outcome].label, self.here)

    @property
    def surely(self) -> dict[str, float]:
        """Design → share of the map on which it is surely better: the 95 % interval of the difference is beyond zero."""
        shares, (first, second) = self.map.shares(), self.map.pair
        return {first: shares[FIRST_SURE], second: shares[SECOND_SURE]}

    def firms(self) -> pandas.DataFrame:
        """The measured firms, one row each: the two parameters by path, then the second design less the first, so that more is better.

        Columns: difference, low, high (95 % interval, each firm for itself; NaN where a firm cannot have both designs), verdict.
        """
        import pandas

        from sim.report.phase_table import WORDS

        across, up = self.map.across, self.map.up
        rows = [(across.values[x], up.values[y], gap.mean, gap.mean - gap.half(SURE), gap.mean + gap.half(SURE), WORDS[gap.kind])
                for (x, y), gap in sorted(self.map.gaps.items())]  # fmt: skip
        return pandas.DataFrame(rows, columns=[across.path, up.path, "difference", "low", "high", "verdict"])

    def plot(self) -> Chart:
        """The map: full colour is sure, light leans, hatched cannot be told, the ring is the firm itself."""
        from sim.report.phase_table import chart_of

        return chart_of([self.map], OUTCOMES[self.outcome].label, self.here)


def map_of(
    scenario: Scenario, paths: Mapping[str, str], outcome: str, halvings: int, replicates: int, seed: int, workers: int | None
) -> PhaseMap:
    """Live the firms of a map, and give it.

    paths  the two parameters: what they are called where they are wrong → path

    Raises what `sim.phase_map` raises.
    """
    if replicates < 2:
        raise ValueError(f"replicates is at least 2, or there is no interval: {replicates}")
    if halvings < 0:
        raise ValueError(f"halvings is at least 0: {halvings}")
    check_outcome(outcome, "outcome")
    if len(scenario.compare) < 2:
        raise InputError("designs", f"only {scenario.compare[0]} is compared", "two designs")

    def live(firms: Sequence[Variant], _: str) -> list[Comparison]:
        return run_variants(firms, replicates, seed, workers)

    axes = axes_of(paths, scenario)
    survey = Survey(scenario, outcome, halvings, replicates, live)
    (found,) = survey.maps(*axes)
    return PhaseMap(found, outcome, survey.own(*axes))


@dataclass(frozen=True, eq=False)
class Analysed:
    """What the difference between two designs of a stored sweep has to say."""

    found: Found

    @property
    def text(self) -> str:
        """Who is better where, what goes with the difference, and in which firms."""
        from sim.report.sweep_table import sweep_text

        return sweep_text(self.found)

    def values(self) -> dict[str, object]:
        """The same as plain values, as in `orgsim analyse --json`."""
        from sim.report.sweep_table import sweep_values

        return sweep_values(self.found)

    def plot(self) -> Chart:
        """What drives the difference: Sobol indices where the sample gives them, else Morris' effects, else rank correlations.

        Raises ValueError where the sample gives none of them.
        """
        from sim.report.charts.drivers import drivers_chart

        return drivers_chart(self.found)
