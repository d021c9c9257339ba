"""What the commands that run many comparisons share: loading, running with progress, and what is said at the end."""

from __future__ import annotations

import json
import shlex
import sys
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from sim.scenario.overrides import Override

if TYPE_CHECKING:
    from sim.experiment.comparison import Comparison, Failure
    from sim.experiment.variants import Variant
    from sim.scenario.objects import Scenario

FAILED_RUNS = 1


def load_to_compare(scenario: str, settings: Sequence[Override], command: str) -> Scenario:
    """The scenario, which must have at least two designs to compare.

    Raises InputError where it has not, or where anything about it is wrong.
    """
    from sim.api import load_scenario
    from sim.core.errors import InputError

    loaded = load_scenario(scenario, settings)
    if len(loaded.compare) < 2:
        raise InputError(f"{command} {scenario}", f"only {loaded.compare[0]} is compared", "two designs or more", "--designs A,B")
    return loaded


def run_all(variants: Sequence[Variant], title: str, replicates: int, seed: int, workers: int | None, quiet: bool) -> list[Comparison]:
    """Run every variant, with progress on stderr."""
    from sim.cli.progress import Progress
    from sim.experiment.compare import compile_now
    from sim.experiment.variants import run_variants
    from sim.model.kernel import is_compiled

    if not quiet and not is_compiled():
        click.echo("The model is compiled once on this machine; that takes about half a minute.", err=True)
    compile_now()
    started = time.perf_counter()
    progress = Progress(title, quiet)
    found = run_variants(variants, replicates, seed, workers, progress.tell, command_line())
    progress.end(time.perf_counter() - started)
    return found


def command_line() -> str:
    """The command as it was typed."""
    return shlex.join(["orgsim", *sys.argv[1:]])


def tell_document(document: Mapping[str, object]) -> None:
    """One JSON document on stdout; what is not a number is refused rather than written."""
    click.echo(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False))


def exit_for_failures(ctx: click.Context, comparisons: Sequence[Comparison]) -> None:
    """Say how many runs failed, with the first of them, and end with the code for it; nothing where none did."""
    exit_for(ctx, [failure for comparison in comparisons for failure in comparison.failures])


def exit_for(ctx: click.Context, failures: Sequence[Failure]) -> None:
    """The same for failures."""
    if failures:
        first = failures[0]
        click.echo(f"{len(failures)} runs failed; the first, {first.design} with seed {first.seed}:\n{first.error}", err=True)
        ctx.exit(FAILED_RUNS)
