"""`orgsim map`: who earns more where, over any two parameters of firm, model or designs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import analysis_options, check_folder, one_scenario_argument, overrides
from sim.core.errors import InputError
from sim.scenario.overrides import Override

if TYPE_CHECKING:
    from sim.analysis.phase import Map
    from sim.experiment.comparison import Comparison
    from sim.scenario.factors import Factor
    from sim.scenario.objects import Scenario

EXAMPLES = """\b
Examples:
  orgsim map
  orgsim map branch_bank --across firm.talent_scarcity --up firm.technologists
  orgsim map branch_bank --across firm.digital_intensity --up "design.*.leader_fluency" --out results/map
  orgsim map manufacturer --by firm.change_load
The first and the last design compared are the two sides. Squares are cut in four where their corners do not say the same, so that
runs go where the boundary is."""

MOST_HALVINGS = 5
PANELS = 3


def _replicates(command: click.decorators.FC) -> click.decorators.FC:
    kind = click.IntRange(2, 1_000_000)
    text = "Simulated histories of each firm on the map, the same for all."
    return click.option("--replicates", type=kind, default=24, show_default=True, help=text)(command)


@click.command(epilog=EXAMPLES)
@one_scenario_argument
@click.option("--across", default="firm.turbulence", show_default=True, metavar="PATH", help="What is varied from left to right.")
@click.option("--up", default="firm.coupling", show_default=True, metavar="PATH", help="What is varied upwards.")
@click.option("--by", metavar="PATH", help="A third one: a map at its lowest, middle and highest plausible value.")
@click.option("--outcome", default="return_on_spend", show_default=True, help="What it is about (orgsim list outcomes).")
@click.option("--halvings", type=click.IntRange(0, MOST_HALVINGS), default=2, show_default=True,
              help="How often a square may be cut in four.")  # fmt: skip
@analysis_options(_replicates)
@click.pass_context
def map_(
    ctx: click.Context, scenario: str, across: str, up: str, by: str | None, outcome: str, halvings: int, designs: str | None,
    replicates: int, seed: int, days: str | None, settings: tuple[Override, ...], workers: int | None, out: Path | None, as_json: bool,
    quiet: bool,
) -> None:  # fmt: skip
    """Map which design is better over two parameters, and how surely."""
    from sim.cli.analyses import exit_for_failures, load_to_compare, tell_document

    if out is not None:
        check_folder(out)
    loaded = load_to_compare(scenario, overrides(settings, designs, days), "map")
    from sim.model.outcomes import OUTCOMES

    _check_outcome(outcome)
    axes = _axes({"--across": across, "--up": up, **({"--by": by} if by else {})}, loaded)

    from sim.report.phase_table import map_text, map_values, written

    bench = _Bench(loaded, outcome, replicates, seed, workers, quiet, halvings)
    maps = bench.maps(axes)
    here = bench.own(axes)
    document = {
        "scenario": loaded.name, "scenario_digest": loaded.digest, "outcome": outcome, "designs": list(bench.pair), "seed": seed,
        "replicates": replicates, **map_values(maps, here), "provenance": dict(bench.lived[0].provenance),
    }  # fmt: skip
    if as_json:
        tell_document(document)
    else:
        click.echo(map_text(maps, OUTCOMES[outcome].label, here))
    if out is not None:
        paths = written(maps, OUTCOMES[outcome].label, here, document, out)
        if not quiet:
            click.echo(f"Saved {', '.join(map(str, paths))}", err=True)
    exit_for_failures(ctx, bench.lived)


def _check_outcome(outcome: str) -> None:
    from sim.core.errors import did_you_mean
    from sim.model.outcomes import OUTCOMES

    if outcome not in OUTCOMES:
        raise InputError(f"--outcome {outcome}", "there is no such outcome", "", did_you_mean(outcome, OUTCOMES))
    if OUTCOMES[outcome].better == 0:
        raise InputError(f"--outcome {outcome}", "neither more nor less of it is better, so nobody wins in it")


def _axes(paths: dict[str, str], loaded: Scenario) -> dict[str, Factor]:
    """Option → factor over its plausible range. Raises InputError for a path that cannot be varied, or twice the same."""
    from sim.model.catalogue import MECHANISMS, PARAMETERS
    from sim.scenario.keys import Keys
    from sim.scenario.vary import Ranges, plausible_factor

    ranges = Ranges(Keys(PARAMETERS, MECHANISMS), (loaded.compare[0], loaded.compare[-1]))
    found = {option: plausible_factor(path, ranges, option) for option, path in paths.items()}
    for option, path in paths.items():
        if list(paths.values()).count(path) > 1:
            raise InputError(f"{option} {path}", "is varied twice", "each path once")
    return found


class _Bench:
    """Lives the firms of a map."""

    def __init__(self, loaded: Scenario, outcome: str, replicates: int, seed: int, workers: int | None, quiet: bool, halvings: int) -> None:
        from dataclasses import replace

        self.pair = (loaded.compare[0], loaded.compare[-1])
        self.scenario = replace(loaded, compare=self.pair)
        self.outcome, self.replicates, self.seed, self.workers, self.quiet = outcome, replicates, seed, workers, quiet
        self.halvings = halvings
        self.lived: list[Comparison] = []

    def maps(self, axes: dict[str, Factor]) -> list[Map]:
        """The map, or one for each level of the third factor."""
        third = axes.get("--by")
        if third is None:
            return [self._map(axes, self.scenario, "")]
        levels = third.grid(PANELS)
        return [self._map(axes, self._at(self.scenario, {third.path: float(level)}), f"{_label(third.path)} {float(level):.3g}")
                for level in levels]  # fmt: skip

    def own(self, axes: dict[str, Factor]) -> dict[str, object] | None:
        """What the firm itself says, with its values on the two axes; None where the designs differ in one of them."""
        from sim.analysis.phase import gap_of
        from sim.model.outcomes import OUTCOMES

        values = [self._value(axes[option].path) for option in ("--across", "--up")]
        if any(value is None for value in values):
            return None
        (earned,) = self._earned([self.scenario], "this firm")
        gap = gap_of(earned, OUTCOMES[self.outcome].better)
        return {"across": values[0], "up": values[1], "gap": gap}

    def _value(self, path: str) -> float | None:
        table, *rest = path.split(".")
        if table != "design":
            return float({"firm": self.scenario.firm, "model": self.scenario.model}.get(table, vars(self.scenario.run))[rest[0]])
        names = self.pair if rest[0] == "*" else (rest[0],)
        found = {self.scenario.designs[name].values[rest[1]] for name in names}
        return found.pop() if len(found) == 1 else None

    def _at(self, scenario: Scenario, values: dict[str, float]) -> Scenario:
        from sim.scenario.changed import changed, for_each_design

        return changed(scenario, for_each_design(values, self.pair))

    def _map(self, axes: dict[str, Factor], scenario: Scenario, title: str) -> Map:
        from sim.analysis.phase import Axis, Map, gap_of, says
        from sim.experiment.phase import nodes_a_side, refine
        from sim.model.outcomes import OUTCOMES

        better = OUTCOMES[self.outcome].better
        sides = []
        for option in ("--across", "--up"):
            factor = axes[option]
            size = nodes_a_side(self.halvings)
            values = tuple(float(factor.value(place / (size - 1)) if factor.scale != "integer" else
                                 round(factor.low + (factor.high - factor.low) * place / (size - 1))) for place in range(size))  # fmt: skip
            sides.append(Axis(factor.path, _label(factor.path), factor.unit, values))
        across, up = sides

        def measure(nodes: Sequence[tuple[int, int]]) -> list:
            firms = [self._at(scenario, {across.path: across.values[x], up.path: up.values[y]}) for x, y in nodes]
            return self._earned(firms, title or f"map, {len(nodes)} firms")

        found = refine(self.halvings, measure, lambda earned: says(gap_of(earned, better)))
        return Map(self.pair, across, up, {node: gap_of(earned, better) for node, earned in found.items()}, self.halvings, title)

    def _earned(self, firms: Sequence[Scenario], title: str) -> list:
        """(2, R) of each firm; NaN where it cannot have both designs."""
        import numpy as np

        from sim.cli.analyses import run_all
        from sim.experiment.variants import Variant
        from sim.model.outcomes import INDEX
        from sim.scenario.changed import what_is_wrong

        sensible = [number for number, firm in enumerate(firms) if not what_is_wrong(firm)]
        variants = [Variant(str(number), firms[number]) for number in sensible]
        name = f"{self.scenario.name}, {title}"
        lived = run_all(variants, name, self.replicates, self.seed, self.workers, self.quiet) if variants else []
        self.lived += lived
        found = [np.full((2, self.replicates), np.nan)] * len(firms)
        for number, comparison in zip(sensible, lived, strict=True):
            found[number] = comparison.outcomes[:, :, INDEX[self.outcome]]
        return found


def _label(path: str) -> str:
    """A path's last name in words."""
    name = path.split(".")[-1].replace("_", " ")
    return name if path.split(".")[0] != "design" or path.split(".")[1] == "*" else f"{name} of {path.split('.')[1].replace('_', ' ')}"
