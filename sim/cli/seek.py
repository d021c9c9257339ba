"""`orgsim seek`: where does the one design earn more, and where does the other? Looked for with equal effort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import analysis_options, check_folder, one_scenario_argument, overrides, search_replicates_option
from sim.core.errors import InputError
from sim.scenario.overrides import Override

if TYPE_CHECKING:
    import numpy as np

    from sim.analysis.seek import Found, Separator
    from sim.experiment.comparison import Comparison
    from sim.experiment.seek import Firm, Search
    from sim.experiment.variants import Variant
    from sim.scenario.objects import Scenario

EXAMPLES = """\b
Examples:
  orgsim seek
  orgsim seek parcel_carrier --points 64 --rounds 3
  orgsim seek branch_bank --designs federated,pervasive --out results/seek
The first and the last design compared are the two sides. Every number of the firm is searched inside its plausible range. The firms
that are found are judged on histories that nothing was chosen with, twenty times as many as each firm of the search has."""

CHECKED, ABLATED, JUDGED = 4, 6, 20
"""Times the histories of the search: where numbers go back, where mechanisms go off, and where the found firms are judged."""

MOST_POINTS = 100_000


@click.command(epilog=EXAMPLES)
@one_scenario_argument
@click.option("--points", type=click.IntRange(1, MOST_POINTS), default=128, show_default=True,
              help="Firms spread over all that is plausible, tried for both sides.")  # fmt: skip
@click.option("--rounds", type=click.IntRange(0, MOST_POINTS), default=6, show_default=True,
              help="Rounds of 16 further firms for either side, around its best ones.")  # fmt: skip
@analysis_options(search_replicates_option)
@click.pass_context
def seek(
    ctx: click.Context, scenario: str, points: int, rounds: int, designs: str | None, replicates: int, seed: int, days: str | None,
    settings: tuple[Override, ...], workers: int | None, out: Path | None, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Search all firms for those on which either design earns most more than the other."""
    from sim.cli.analyses import command_line, exit_for_failures, load_to_compare, tell_document

    if replicates < 2:
        raise InputError(f"--replicates {replicates}", "one history has no interval", "2 or more")
    if out is not None:
        check_folder(out)
    loaded = load_to_compare(scenario, overrides(settings, designs, days), "seek")
    pair = replace(loaded, compare=(loaded.compare[0], loaded.compare[-1]))

    from sim.analysis.seek import Sought, separators, shares
    from sim.experiment.seek import search
    from sim.model.outcomes import HEADLINE
    from sim.report.seek_table import seek_text, seek_values
    from sim.report.write_seek import scenario_file, write_seek

    bench = Bench(pair, replicates, seed, workers, quiet)
    tried = search(bench.makes_sense, bench.earned, points, rounds, seed)
    apart = separators(tried.spread)
    sought = Sought(tried, shares(tried.spread, pair.compare), apart, _judge(bench, tried, apart), pair.firm)
    document: dict[str, object] = {
        "scenario": pair.name, "scenario_digest": pair.digest, "outcome": HEADLINE[0], "designs": list(pair.compare), "seed": seed,
        "replicates": replicates, "rounds": rounds, "intervals": "of the found leads, both at once, 95 %; of the map, each firm for itself",
        **seek_values(sought), "provenance": dict(bench.lived[0].provenance),
    }  # fmt: skip
    if as_json:
        tell_document(document)
    else:
        click.echo(seek_text(sought))
    if out is not None:
        files = {f"{one.design}_earns_more.toml": scenario_file(one, pair, command_line()) for one in sought.found}
        paths = write_seek(files, document, out)
        if not quiet:
            click.echo(f"Saved {', '.join(map(str, paths))}", err=True)
    exit_for_failures(ctx, bench.lived)


@dataclass
class Bench:
    """Where firms are tried: the two designs of a scenario, lived on one firm after another.

    pair   the scenario, with the two sides as its designs
    lived  every comparison so far
    """

    pair: Scenario
    replicates: int
    seed: int
    workers: int | None
    quiet: bool
    lived: list[Comparison] = field(default_factory=list)

    def on(self, firm: Firm) -> Scenario:
        """The scenario with another firm."""
        from sim.scenario.changed import changed

        return changed(self.pair, {f"firm.{name}": value for name, value in firm.items() if value != self.pair.firm[name]})

    def makes_sense(self, firm: Firm) -> bool:
        """Whether the designs can be had on this firm."""
        from sim.scenario.changed import what_is_wrong

        return not what_is_wrong(self.on(firm))

    def earned(self, title: str, firms: Sequence[Firm]) -> list[np.ndarray]:
        """What either design earns on each firm, on the seeds of the search."""
        return self.earnings(self.run(title, [self.on(firm) for firm in firms], 1, 0))

    @staticmethod
    def earnings(comparisons: Sequence[Comparison]) -> list[np.ndarray]:
        """(2, R) of each comparison."""
        from sim.model.outcomes import HEADLINE, INDEX

        return [found.outcomes[:, :, INDEX[HEADLINE[0]]] for found in comparisons]

    def run(self, title: str, scenarios: Sequence[Scenario], times: int, fresh: int, quiet: bool = False) -> list[Comparison]:
        """Live the scenarios on `times` the search's histories; `fresh` other than 0 for seeds of their own."""
        from sim.experiment.variants import Variant

        return self.run_variants(title, [Variant(str(number), one) for number, one in enumerate(scenarios)], times, fresh, quiet)

    def run_variants(self, title: str, variants: Sequence[Variant], times: int, fresh: int, quiet: bool = False) -> list[Comparison]:
        """The same for variants."""
        from sim.cli.analyses import run_all

        name, silent = f"{self.pair.name}, {title}", quiet or self.quiet
        found = run_all(variants, name, times * self.replicates, self.seed + fresh, self.workers, silent)
        self.lived += found
        return found


def _judge(bench: Bench, tried: Search, apart: Sequence[Separator]) -> list[Found]:
    """The firm of either side in few numbers, with its lead on fresh seeds and what carries it."""
    from sim.analysis.seek import Found, carriers, design_of, judged
    from sim.experiment.ablation import ablations
    from sim.experiment.seek import FIRST, SECOND

    sides, designs = (FIRST, SECOND), bench.pair.compare
    small = {side: _in_few_numbers(bench, side, tried.best(side).firm) for side in sides}
    whole = {side: bench.on(tried.best(side).firm) for side in sides}
    lived = bench.run("the found firms", [*whole.values(), *small.values()], JUDGED, 2)
    differences = judged(lived, designs)
    found = []
    for number, side in enumerate(sides):
        variants = ablations(small[side])
        without = bench.run_variants(f"mechanisms off, side {number + 1} of 2", variants, ABLATED, 2)
        by_name = {variant.name: one for variant, one in zip(variants, without, strict=True)}
        fields = tuple(one.name for one in apart if small[side].firm[one.name] != bench.pair.firm[one.name])
        found.append(Found(side, design_of(side, designs), small[side], fields, differences[number], differences[number + len(sides)],
                           carriers(side, by_name, designs)))  # fmt: skip
    return found


def _in_few_numbers(bench: Bench, side: int, firm: Firm) -> Scenario:
    """The found firm with as many numbers back where the search began as leave surely half of its lead."""
    from sim.analysis.seek import by_loss, half_is_left
    from sim.experiment.seek import fewest

    title = f"numbers that go back, side {1 if side < 0 else 2} of 2"
    usual = bench.pair.firm
    alone = {name: {**firm, name: usual[name]} for name, value in firm.items() if value != usual[name]}
    alone = {name: other for name, other in alone.items() if bench.makes_sense(other)}
    before, *each = bench.earnings(bench.run(title, [bench.on(other) for other in (firm, *alone.values())], CHECKED, 1))

    def holds(other: Firm) -> bool:
        if not bench.makes_sense(other):
            return False
        (after,) = bench.earnings(bench.run(title, [bench.on(other)], CHECKED, 1, True))
        return half_is_left(side, before, after, bench.pair.compare)

    return bench.on(fewest(firm, usual, by_loss(side, before, dict(zip(alone, each, strict=True))), holds))
