"""`orgsim free-goods`: which coordinates raise the return on nearly every firm of an ensemble, as if they cost nothing."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.matching import firms_of
from sim.cli.options import (
    check_bases,
    check_folder,
    ensemble_option,
    json_option,
    one_scenario_argument,
    out_option,
    overrides,
    quiet_option,
    seed_option,
    set_option,
    workers_option,
)  # fmt: skip
from sim.scenario.overrides import Override

EXAMPLES = """\b
Examples:
  orgsim free-goods
  orgsim free-goods --ensemble results/mine --at pervasive
  orgsim free-goods --firms 300 --replicates 8
Each coordinate goes from one end of its range to the other at each base design, all else alike and for the base's money. The firms are
the first of those of `orgsim ensemble --out DIR` or `orgsim fit TARGETS --out DIR`, which were listed before any other design was run."""

BASES = ("partnership", "pervasive")


@click.command("free-goods", epilog=EXAMPLES)
@one_scenario_argument
@ensemble_option
@click.option("--firms", "most", type=click.IntRange(min=1), default=100, show_default=True, help="How many of them, spread evenly.")
@click.option("--at", "bases", metavar="DESIGN", multiple=True, help="Base design (repeatable).  [default: partnership, pervasive]")
@click.option("--replicates", type=click.IntRange(1, 1_000_000), default=4, show_default=True,
              help="Histories of every firm, each lived through at both ends.")  # fmt: skip
@seed_option
@set_option
@workers_option
@out_option
@json_option
@quiet_option
@click.pass_context
def free_goods(
    ctx: click.Context, scenario: str, folder: Path, most: int, bases: tuple[str, ...], replicates: int, seed: int,
    settings: tuple[Override, ...], workers: int | None, out: Path | None, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Move each coordinate from end to end on every firm of an ensemble and count where the return rises."""
    from sim.api import load_scenario
    from sim.cli.analyses import command_line, exit_for, tell_document

    ensemble = firms_of(folder, quiet)
    if out is not None:
        check_folder(out)
    loaded = load_scenario(scenario, overrides(settings))
    check_bases(loaded, bases)

    from sim.analysis.free_goods import FREE, goods
    from sim.cli.progress import Progress
    from sim.core.jit import model_digest
    from sim.experiment.compare import compile_now
    from sim.experiment.free_goods import move_on
    from sim.report.free_goods_table import free_goods_text, free_goods_values
    from sim.report.summary import as_json as written
    from sim.report.write_ablation import put

    compile_now()
    firms = [firm for _, firm in ensemble.spread(most)]
    progress = Progress(f"{len(firms)} firms", quiet)
    moved = move_on(loaded, firms, tuple(dict.fromkeys(bases)) or BASES, replicates, seed, workers, progress.tell)
    found = goods(moved)
    document: dict[str, object] = {
        "scenario": loaded.name, "scenario_digest": loaded.digest, "outcome": "return_on_spend", "firms": len(firms), "seed": seed,
        "replicates": replicates, "free_from": FREE, "coordinates": free_goods_values(found),
        "provenance": {"command": command_line(), "model_digest": model_digest(), "ensemble_plan": ensemble.told("plan_hash")},
    }  # fmt: skip
    if as_json:
        tell_document(document)
    else:
        click.echo(free_goods_text(found, len(firms)))
    if out is not None:
        path = put(out / "free_goods.json", written(document).encode())
        if not quiet:
            click.echo(f"Saved {path}", err=True)
    exit_for(ctx, moved.failures)
