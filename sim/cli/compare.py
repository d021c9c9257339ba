"""`orgsim compare`: the main job. Designs on one firm, with the same money, the same demand and the same luck."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import (
    check_folder,
    days_option,
    designs_option,
    equal_option,
    json_option,
    out_option,
    overrides,
    precision_options,
    quiet_option,
    replicates_option,
    scenario_argument,
    seed_option,
    set_option,
    workers_option,
)  # fmt: skip
from sim.core.errors import InputError
from sim.scenario.overrides import Override

if TYPE_CHECKING:
    from sim.analysis.results import Analysis
    from sim.experiment.comparison import Comparison, Failure
    from sim.experiment.precision import Precision
    from sim.model.kernel import Run
    from sim.scenario.objects import Scenario

FAILED_RUNS = 1

EXAMPLES = """\b
Examples:
  orgsim compare branch_bank
  orgsim compare branch_bank --designs partnership,pervasive --replicates 50
  orgsim compare my_bank.toml --set firm.turbulence=1 --out results/turbulent
  orgsim compare mobile_bank --json
  orgsim compare branch_bank --precision 0.02
  orgsim compare branch_bank --precision 1 --outcome boundary_wait_share --max-replicates 2000
  orgsim compare branch_bank --precision 3 --of share
  orgsim compare branch_bank --equal headcount
  orgsim compare branch_bank --conventions
  orgsim compare branch_bank --attribute --replicates 50
  orgsim compare branch_bank --ensemble results/ensemble
  orgsim compare branch_bank --agents my_agents.py --replicates 20"""


@click.command(epilog=EXAMPLES)
@scenario_argument
@designs_option
@replicates_option
@precision_options
@seed_option
@days_option
@equal_option
@set_option
@workers_option
@click.option("--agents", metavar="FILE.py", help="Python file with your own agents: every run then goes through Mesa, one at a time.")
@click.option("--conventions", is_flag=True, help="The headline differences under each way of counting too.")
@click.option("--attribute", is_flag=True, help="What each bundle of a design contributes: the 32 designs that mix the two, run too.")
@click.option("--ensemble", type=click.Path(path_type=Path), metavar="DIR",
              help="Folder of firms like yours, counted by `orgsim winners`: the headline says in how many of them.")  # fmt: skip
@out_option
@json_option
@quiet_option
@click.pass_context
def compare(
    ctx: click.Context, scenario: str, designs: str | None, replicates: int, precision: str | None, outcome: str | None, of: str | None,
    max_replicates: str | None, seed: int, days: str | None, equal: str | None, settings: tuple[Override, ...], workers: int | None,
    agents: str | None, conventions: bool, attribute: bool, ensemble: Path | None, out: Path | None, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Compare designs on one firm: same money, same demand, same luck."""
    from sim.api import load_scenario
    from sim.cli.precision import asked

    loaded = load_scenario(scenario, overrides(settings, designs, days, equal))
    for option, is_asked, what in (("--conventions", conventions, "other ways of counting"), ("--attribute", attribute, "mixed designs")):
        if is_asked and agents is not None:
            raise InputError(f"{option} with --agents", f"{what} are run by the model's own agents", "one of the two")
    is_given = ctx.get_parameter_source("replicates") is not click.core.ParameterSource.DEFAULT
    options = {"--precision": precision, "--outcome": outcome, "--of": of, "--max-replicates": max_replicates}
    wanted = asked(loaded, options, is_given)
    if attribute:
        _mixes_make_sense(loaded)
    over_firms = _over_firms(ensemble, loaded) if ensemble is not None else ""
    simulate = _own_agents(loaded, agents) if agents is not None else None
    if out is not None:
        check_folder(out)
    comparison = _run(loaded, wanted or replicates, seed, workers, simulate, quiet)

    from sim.analysis.paired import analyse

    analysis = replace(analyse(comparison), over_firms=over_firms)
    if conventions and len(loaded.compare) > 1:
        analysis = _count_otherwise(loaded, comparison, analysis, seed, workers, quiet)
    failures = comparison.failures
    if attribute and len(loaded.compare) > 1:
        analysis, failures = _share_out(comparison, analysis, workers, quiet)
    if out is not None:
        analysis = _read_assumptions(comparison, analysis, out)
    if as_json:
        from sim.report.summary import as_json as document
        from sim.report.summary import summary

        click.echo(document(summary(comparison, analysis)), nl=False)
    else:
        from sim.cli.compare_view import render

        render(comparison, analysis)
    if out is not None:
        _save(comparison, analysis, out, quiet)
    if failures:
        _tell_failures(failures)
        ctx.exit(FAILED_RUNS)


def _over_firms(ensemble: Path, loaded: Scenario) -> str:
    """In how many firms like this one the designs earn more, as `orgsim winners` counted it."""
    from sim.analysis.winners import firms_sentence, only
    from sim.core.jit import model_digest
    from sim.report.winners_table import read_winners

    found, provenance = read_winners(ensemble, loaded.compare)
    if provenance.get("model_digest") != model_digest():
        click.echo(f"--ensemble {ensemble}: counted with model {provenance.get('model_digest')}, this is {model_digest()}", err=True)
    return firms_sentence(only(found, loaded.compare))


def _run(
    loaded: Scenario, wanted: int | Precision, seed: int, workers: int | None, simulate: Callable[[str, int], Run] | None, quiet: bool
) -> Comparison:
    """The comparison, of as many replicates as are wanted or as the precision takes that is wanted."""
    from sim.cli.progress import Progress
    from sim.experiment.compare import compare as run_comparison
    from sim.experiment.compare import compile_now
    from sim.experiment.until import compare_until
    from sim.model.kernel import is_compiled

    if not quiet:
        firm = loaded.firm
        click.echo(f"{loaded.name} · {firm['units']:.0f} units · {firm['technologists']:.0f} technologists · "
                   f"{loaded.run.days} days counted after {loaded.run.warm_up} · equal {loaded.run.equal} · seed {seed}",
                   err=True)  # fmt: skip
        if not is_compiled():
            click.echo("The model is compiled once on this machine; that takes about half a minute.", err=True)
    if simulate is None:
        compile_now()  # before the clock of the runs starts, and once for all workers
    command = shlex.join(["orgsim", *sys.argv[1:]])
    if isinstance(wanted, int):
        progress = Progress(f"{wanted} pairs", quiet)
        comparison = run_comparison(loaded, wanted, seed, workers, simulate, progress.tell, command)
    else:
        progress = Progress("until it is precise", quiet)
        comparison = compare_until(loaded, wanted, seed, workers, simulate, progress.tell, command)
    progress.end(comparison.seconds)
    return comparison


def _count_otherwise(loaded: Scenario, comparison: Comparison, analysis: Analysis, seed: int, workers: int | None, quiet: bool) -> Analysis:
    """The analysis with the headline differences under each way of counting; only what is set otherwise is run anew."""
    from sim.analysis.counting import counted
    from sim.cli.progress import Progress
    from sim.experiment.conventions import conventions, variants_of
    from sim.experiment.variants import run_variants

    ways = conventions(loaded)
    (_, *more), places = variants_of(loaded, ways)
    progress = Progress(f"{len(more)} ways of counting", quiet)
    runs = [comparison, *run_variants(more, comparison.replicates, seed, workers, progress.tell)]
    progress.end(sum(one.seconds for one in runs[1:]))
    return replace(analysis, counted=counted(analysis, ways, [runs[place] for place in places]))


def _mixes_make_sense(loaded: Scenario) -> None:
    """Say before the runs, and not after them, that a mix cannot be had. Raises InputError where one cannot."""
    from sim.experiment.attribution import mixes_of

    for second in loaded.compare[1:]:
        mixes_of(loaded, second)


def _share_out(comparison: Comparison, analysis: Analysis, workers: int | None, quiet: bool) -> tuple[Analysis, tuple[Failure, ...]]:
    """(the analysis with what each bundle contributes to each difference, the failures of all runs)."""
    from sim.analysis.attribution import attribute
    from sim.cli.progress import Progress
    from sim.experiment.attribution import live_mixes
    from sim.organisation.coordinates import BUNDLES

    found, failures = [], comparison.failures
    for second in analysis.others:
        progress = Progress(f"mixes of {comparison.designs[0]} and {second}", quiet)
        mixes = live_mixes(comparison, second, workers, progress.tell)
        if mixes.designs > 2:
            progress.end(mixes.seconds)
        pair = (mixes.first, second)
        found.append(attribute(pair, BUNDLES, mixes.outcomes, mixes.beyond, mixes.designs, confidence=analysis.confidence))
        failures += mixes.failures
    return replace(analysis, attributions=tuple(found)), failures


def _read_assumptions(comparison: Comparison, analysis: Analysis, out: Path) -> Analysis:
    """The analysis with what an earlier `orgsim robust --assumptions --out` found, where that is about the same scenario."""
    from sim.report.assumption_table import stored

    hangs_on, assumptions, fault = stored(out, comparison, analysis)
    if fault:
        click.echo(fault, err=True)
    return replace(analysis, hangs_on=hangs_on, assumptions=assumptions)


def _own_agents(loaded: Scenario, file: str) -> Callable[[str, int], Run]:
    from sim.model.student import load_agents, mesa_run

    own = load_agents(file)
    return lambda design, seed: mesa_run(loaded, design, seed, own)


def _save(comparison: Comparison, analysis: object, out: Path, quiet: bool) -> None:
    from sim.report.write import write_report

    try:
        write_report(comparison, analysis, out)  # type: ignore[arg-type]
    except OSError as error:
        raise InputError(f"--out {out}", f"cannot be written: {error.strerror or error}", remedy="the table above is complete") from None
    if not quiet:
        click.echo(f"Saved {out}{os.sep} (report.html, charts, runs.parquet, series.parquet, summary.json)", err=True)


def _tell_failures(failures: tuple[Failure, ...]) -> None:
    first = failures[0]
    click.echo(f"{len(failures)} runs failed; the first, {first.design} with seed {first.seed}:\n{first.error}", err=True)
