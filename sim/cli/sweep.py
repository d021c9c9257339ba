"""`orgsim sweep`: a plan of many runs, stored in a folder, going on where it stopped."""

from __future__ import annotations

import json
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from sim.cli.options import LARGEST_SEED, MOST_REPLICATES, overrides, quiet_option, set_option, workers_option
from sim.core.errors import InputError
from sim.scenario import shipped
from sim.scenario.overrides import Override

if TYPE_CHECKING:
    from sim.experiment.sweep.crew import Crew
    from sim.experiment.sweep.plan import Plan
    from sim.experiment.sweep.status import Status

FAILED_RUNS, INTERRUPTED, MOST_SHARDS = 1, 130, 1_000_000
FIRST_POINTS = 5

EXAMPLES = """\b
Examples:
  orgsim sweep quick
  orgsim check design_space
  orgsim sweep my_sweep.toml --out results/mine --workers 8
  orgsim sweep my_sweep.toml --out /shared/mine --shard 3/40
  orgsim sweep --watch results/mine
  orgsim results results/mine
A sweep always goes on: finished chunks in the folder are kept, whatever stopped it."""


def _complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    names = [CompletionItem(name) for name in shipped.sweep_paths() if name.startswith(incomplete)]
    return names or [CompletionItem(incomplete, type="file")]


def _shard(ctx: click.Context, parameter: click.Parameter, text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    match = re.fullmatch(r"(\d{1,7})/(\d{1,7})", text.strip())
    if not match or not 1 <= int(match[1]) <= int(match[2]) <= MOST_SHARDS:
        raise InputError(
            f"--shard {text}", "is not a part of a whole", "I/N: the I-th of N shards, I from 1 to N", "for example: --shard 3/40"
        )
    return int(match[1]), int(match[2])


@click.command(epilog=EXAMPLES)
@click.argument("sweep", metavar="[SWEEP]", required=False, shell_complete=_complete)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Folder of the results.  [default: results/SWEEP]"
)
@click.option(
    "--replicates", type=click.IntRange(1, MOST_REPLICATES), help="Histories of each point, instead of the file's; more later keeps all."
)
@click.option("--seed", type=click.IntRange(0, LARGEST_SEED), help="Master seed, instead of the file's.")
@click.option("--designs", metavar="A,B,…", help="Designs, instead of the file's; the first is the reference.")
@click.option("--days", metavar="N", help="Working days that are counted, 240 a year.")
@set_option
@click.option("--independent", is_flag=True, help="Seeds of its own for each point, instead of common random numbers.")
@workers_option
@click.option("--shard", metavar="I/N", callback=_shard, help="Do every N-th chunk only, for job arrays; shards may share a folder.")
@click.option("--cluster", metavar="ADDRESS", help="Scheduler of a Dask cluster: tls://HOST:PORT.")
@click.option("--certificates", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
              help="Folder with ca.pem, cert.pem and key.pem for the cluster.")  # fmt: skip
@click.option("--plain-tcp", is_flag=True, help="Allow a cluster on another machine without TLS, on a network of your own.")
@click.option(
    "--limit", type=click.FloatRange(1, 1e7), default=900.0, show_default=True, metavar="SECONDS", help="What one chunk may take."
)
@click.option("--dry-run", is_flag=True, help="Say what would be run, and the first points; run nothing.")
@click.option(
    "--watch", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Show how far the sweep in a folder is, until it ends."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout, and nothing else.")
@quiet_option
@click.pass_context
def sweep(
    ctx: click.Context, sweep: str | None, out: Path | None, replicates: int | None, seed: int | None, designs: str | None,
    days: str | None, settings: tuple[Override, ...], independent: bool, workers: int | None, shard: tuple[int, int] | None,
    cluster: str | None, certificates: Path | None, plain_tcp: bool, limit: float, dry_run: bool, watch: Path | None, as_json: bool,
    quiet: bool,
) -> None:  # fmt: skip
    """Run a plan of many runs and store every one of them; go on where an earlier session stopped."""
    if watch is not None:
        from sim.cli.sweep_view import watch_folder

        ctx.exit(watch_folder(watch))
    if sweep is None:
        raise InputError("orgsim sweep", "which sweep?", f"a TOML file, or one that is shipped: {', '.join(shipped.sweep_paths())}")
    if cluster is not None and (shard is not None or workers is not None):
        raise InputError(f"--cluster {cluster}", "has workers of its own", "--cluster, or --shard and --workers")

    from sim.api import load_sweep
    from sim.experiment.sweep.preparing import plan_for

    loaded = load_sweep(sweep, overrides(settings, None, days), [name.strip() for name in (designs or "").split(",") if name.strip()],
                        replicates, seed, independent)  # fmt: skip
    folder = out or Path("results") / loaded.name
    plan = plan_for(loaded, folder)
    if dry_run:
        from sim.cli.sweep_view import plan_text, plan_values

        click.echo(json.dumps(plan_values(plan), indent=2, ensure_ascii=False) if as_json else plan_text(plan, FIRST_POINTS))
        return
    code = _live(plan, folder, _crew(plan, folder, workers, cluster, certificates, plain_tcp), shard, limit, as_json, quiet)
    ctx.exit(code)


def _crew(
    plan: Plan, folder: Path, workers: int | None, cluster: str | None, certificates: Path | None, plain: bool
) -> Callable[[], AbstractContextManager[Crew]]:
    """What makes the crew that was asked for: the machine's processors where nothing was."""
    if cluster is not None:
        from sim.experiment.sweep.cluster import check_address, dask_crew

        check_address(cluster, plain)
        return lambda: dask_crew(plan, folder, cluster, certificates, plain)
    from sim.experiment.executors import cores
    from sim.experiment.sweep.crew import Local

    return lambda: nullcontext(Local(plan, folder, min(workers or cores(), plan.chunks)))


@contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    """SIGTERM ends a sweep as Ctrl-C does: at once, with its status written."""

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _live(
    plan: Plan, folder: Path, crew: Callable[[], AbstractContextManager[Crew]], shard: tuple[int, int] | None, limit: float, as_json: bool,
    quiet: bool,
) -> int:  # fmt: skip
    """Run the plan, tell how it went, and give the exit code."""
    from sim.cli.progress import Progress
    from sim.experiment.sweep.engine import DiskFull, run_sweep
    from sim.model.kernel import is_compiled

    if not quiet and not is_compiled() and not plan.runner:
        click.echo("The model is compiled once on this machine; that takes about half a minute.", err=True)
    bar = Progress(plan.sweep.name, quiet)
    started = time.perf_counter()
    seen: list[Status] = []

    def tell(status: Status) -> None:
        if not seen:
            seen.append(status)
            if status.remade and not quiet:
                click.echo("".join(f"damaged, made again: {text}\n" for text in status.remade), err=True, nl=False)
        bar.before = status.kept  # what was there before says nothing of how fast it goes
        bar.tell(status.done, status.total)

    try:
        with _terminated_as_interrupted():
            status = run_sweep(plan, folder, crew, shard, tell, limit)
    except KeyboardInterrupt:
        done = f"{seen[0].done:,} of {seen[0].total:,} runs are kept" if seen else "nothing was begun"
        click.echo(f"\ninterrupted: {done} in {folder}; the same command goes on", err=True)
        return INTERRUPTED
    except DiskFull as error:
        click.echo(f"error: --out {folder}: {error}\n  {seen[0].done if seen else 0:,} runs are kept\n"
                   "  make room, and the same command goes on", err=True)  # fmt: skip
        return FAILED_RUNS
    bar.end(time.perf_counter() - started)
    from sim.cli.sweep_view import told, told_values

    click.echo(json.dumps(told_values(plan, folder, status), indent=2, ensure_ascii=False) if as_json else told(plan, folder, status))
    return FAILED_RUNS if status.failed else 0
