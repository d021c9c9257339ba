"""`orgsim winners`: in how many firms like yours each design earns most, over an ensemble that was kept before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.matching import firms_of
from sim.cli.options import (
    check_folder,
    designs_option,
    ensemble_option,
    json_option,
    one_scenario_argument,
    overrides,
    quiet_option,
    seed_option,
    set_option,
    workers_option,
)  # fmt: skip
from sim.core.errors import InputError
from sim.scenario.overrides import Override

if TYPE_CHECKING:
    from sim.experiment.comparison import Failure
    from sim.experiment.kept import Ensemble
    from sim.scenario.objects import Scenario

EXAMPLES = """\b
Examples:
  orgsim winners
  orgsim winners --ensemble results/mine --replicates 8
  orgsim winners branch_bank --designs partnership,federated,pervasive
  orgsim winners --parts 60
The firms are those of `orgsim ensemble --out DIR` or `orgsim fit TARGETS --out DIR`: listed before any other design was run. The result
is written beside them, and `orgsim compare SCENARIO --ensemble DIR` says it in its headline."""

ABLATED = 6
"""Firms on which mechanisms are switched off to find out why a design earns most nowhere."""


@click.command(epilog=EXAMPLES)
@one_scenario_argument
@ensemble_option
@designs_option
@click.option("--replicates", type=click.IntRange(2, 1_000_000), default=4, show_default=True,
              help="Histories of every firm, each lived through under every design.")  # fmt: skip
@click.option("--parts", type=click.IntRange(2), metavar="N",
              help="Tell instead, on N of the firms, which part of their numbers moves the lead away from the scenario's.")  # fmt: skip
@seed_option
@set_option
@workers_option
@json_option
@quiet_option
@click.pass_context
def winners(
    ctx: click.Context, scenario: str, folder: Path, designs: str | None, replicates: int, parts: int | None, seed: int,
    settings: tuple[Override, ...], workers: int | None, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Count on how many firms of an ensemble each design earns most."""
    from sim.cli.analyses import command_line, exit_for, load_to_compare, tell_document
    from sim.core.jit import model_digest

    ensemble = firms_of(folder, quiet)
    check_folder(folder)
    loaded = load_to_compare(scenario, overrides(settings, designs), "winners")
    if ensemble.told("design") != loaded.compare[0]:
        raise InputError(f"--ensemble {folder}", f"was drawn for {ensemble.told('design')}, and {loaded.compare[0]} is compared first",
                         "the first design is the one that the firms have now")  # fmt: skip

    provenance = {"command": command_line(), "model_digest": model_digest(), "ensemble_plan": ensemble.told("plan_hash"), "seed": seed,
                  "replicates": replicates}  # fmt: skip
    if parts is not None:
        exit_for(ctx, _tell_parts(loaded, ensemble, parts, replicates, seed, workers, as_json, quiet, provenance))
        return

    from sim.analysis.winners import cause, what_goes_with
    from sim.analysis.winners import winners as counted
    from sim.cli.progress import Progress
    from sim.experiment.compare import compile_now
    from sim.experiment.winners import live_on, live_without
    from sim.report.summary import as_json as written
    from sim.report.winners_table import FILE, TABLE, winners_csv, winners_text, winners_values
    from sim.report.write_ablation import put

    compile_now()
    progress = Progress(f"{len(ensemble.firms)} firms", quiet)
    lived = live_on(loaded, ensemble.firms, replicates, seed, workers, progress.tell)
    found = counted(lived)
    losers = [design for design, share in found.most.items() if not share.count]
    if losers:
        progress = Progress(f"why {', '.join(losers)} earns most nowhere", quiet)
        without = live_without(loaded, ensemble.firms[:ABLATED], replicates, seed, workers, progress.tell)
        found = counted(lived, {design: cause(without, found.designs, design) for design in losers})
    going = what_goes_with(lived, ensemble.firms)
    document = {**winners_values(found), "goes_with": {design: [vars(one) for one in numbers] for design, numbers in going.items()},
                "provenance": provenance}  # fmt: skip
    if as_json:
        tell_document(document)
    else:
        click.echo(winners_text(found, going))
    paths = [put(folder / FILE, written(document).encode()), put(folder / TABLE, winners_csv(lived).encode())]
    if not quiet:
        click.echo(f"Saved {', '.join(map(str, paths))}", err=True)
    exit_for(ctx, lived.failures)


def _tell_parts(
    loaded: Scenario, ensemble: Ensemble, most: int, replicates: int, seed: int, workers: int | None, as_json: bool, quiet: bool,
    provenance: Mapping[str, object],
) -> list[Failure]:  # fmt: skip
    """Which part of the firms' numbers moves each later design's lead; gives the runs that failed."""
    from sim.analysis.parts import part_leads
    from sim.cli.analyses import tell_document
    from sim.cli.progress import Progress
    from sim.experiment.compare import compile_now
    from sim.experiment.parts import live_parts, parts_of
    from sim.report.parts_table import FILE, parts_text, parts_values
    from sim.report.summary import as_json as written
    from sim.report.write_ablation import put

    compile_now()
    firms = [firm for _, firm in ensemble.spread(most)]
    sizes = {part: len(drawn) for part, drawn in parts_of(list(firms[0])).items()}
    lived = live_parts(loaded, firms, replicates, seed, workers, Progress(f"{len(firms)} firms", quiet, "parts").tell)
    first, *later = loaded.compare
    found = {design: part_leads(lived, design) for design in later}
    document = {"designs": {design: parts_values(*leads, sizes) for design, leads in found.items()}, "provenance": provenance}
    if as_json:
        tell_document(document)
    else:
        click.echo("\n\n".join(parts_text(design, first, loaded.name, *leads, sizes) for design, leads in found.items()))
    path = put(ensemble.folder / FILE, written(document).encode())
    if not quiet:
        click.echo(f"Saved {path}", err=True)
    return [failure for one in lived.values() for failure in one.failures]
