"""`orgsim ensemble`: the firms on which the partnership does what published ranges of practice say, drawn over all that is plausible."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import (
    check_folder,
    days_option,
    json_option,
    matching_options,
    one_scenario_argument,
    out_option,
    overrides,
    quiet_option,
    seed_option,
    set_option,
    workers_option,
)  # fmt: skip
from sim.core.errors import InputError
from sim.scenario.overrides import Override

EXAMPLES = """\b
Examples:
  orgsim ensemble --out results/ensemble
  orgsim ensemble branch_bank --set firm.units=12 --keep 100
  orgsim ensemble --draws 500 --json
Every firm fact and every parameter of the model that has a plausible range is drawn over all of it; what --set gives is known, and
stays. Only the scenario's first design is run. With --out DIR: draws.csv, provenance.json and ensemble.md."""

MOST_DRAWS = 1_000_000


@click.command(epilog=EXAMPLES)
@one_scenario_argument
@click.option("--keep", type=click.IntRange(1, MOST_DRAWS), default=300, show_default=True,
              help="Firms wanted; the last wave may give more.")  # fmt: skip
@matching_options(MOST_DRAWS, 20_000)
@seed_option
@days_option
@set_option
@workers_option
@out_option
@json_option
@quiet_option
@click.pass_context
def ensemble(
    ctx: click.Context, scenario: str, keep: int, draws: int, replicates: int, seed: int, days: str | None,
    settings: tuple[Override, ...], workers: int | None, out: Path | None, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Draw the plausible ensemble: firms on which the first design meets the ranges of practice."""
    from sim.api import load_scenario
    from sim.cli.analyses import command_line, exit_for, tell_document
    from sim.cli.matching import match_firms

    if out is not None:
        check_folder(out)
    loaded = load_scenario(scenario, overrides(settings, None, days))

    from sim.analysis.matching import bindings, told
    from sim.experiment.firms import Firms
    from sim.experiment.problem import Plan, stages
    from sim.report.ensemble_page import ensemble_page
    from sim.report.write_ensemble import ensemble_values, write_ensemble
    from sim.validation.ensemble import MEASURED, given_rows, problem_of, rows_of_run

    firms = Firms(loaded, loaded.compare[0], rows_of_run, len(MEASURED), seed, workers)
    problem = problem_of(firms, tuple(setting.path for setting in settings))
    plan = Plan(keep, most=draws, stages=stages(replicates), seed=seed)
    found, provenance = match_firms(problem, plan, firms, quiet, command_line())
    if not found.kept:
        raise InputError(f"--draws {draws}", "none of so many firms meets every range", "more draws")
    binding, learned = bindings(found, given_rows(firms, found)), told(found)
    values = ensemble_values(found, binding, learned)
    if as_json:
        tell_document({"provenance": provenance, **values})
    else:
        click.echo(ensemble_page(found, binding, learned, provenance), nl=False)
    if out is not None:
        paths = write_ensemble(found, binding, learned, {**provenance, "found": values}, out)
        if not quiet:
            click.echo(f"Saved {', '.join(map(str, paths))}", err=True)
    exit_for(ctx, firms.failures)
