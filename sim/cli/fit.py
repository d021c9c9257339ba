"""`orgsim fit`: your own firm. What its targets or its work items say about it, and what they cannot say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from sim.cli.options import (
    check_folder,
    json_option,
    matching_options,
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
  orgsim fit my_targets.toml --out results/mine
  orgsim fit tickets.csv --set firm.units=8 --set firm.technologists=260
  orgsim fit my_targets.toml --keep 50 --draws 2000 --json

\b
my_targets.toml:
  scenario = "branch_bank"     # what is not said is as there
  design = "partnership"       # how technology is organised now
  [known]                      # facts that are known for certain
  units = 8
  technologists = 260
  [targets]                    # outcomes (orgsim list outcomes); shares from 0 to 1
  lead_time_median = { value = 90, tolerance = 10 }
  [tickets]                    # and, or instead: work items of a tracker
  file = "tickets.csv"         # created,started,finished,kind,team: dates as 2025-03-31

With --out DIR: fit.md, the firms that show what yours does, and your_firm.toml, the nearest of them, as a scenario."""

MOST_DRAWS = 1_000_000
FEWEST = 10
"""Firms that an interval is taken of at least."""


@click.command(epilog=EXAMPLES)
@click.argument("targets", metavar="TARGETS", type=click.Path(dir_okay=True))
@click.option("--keep", type=click.IntRange(10, MOST_DRAWS), default=200, show_default=True,
              help="Firms wanted that show what yours does; the last wave may give more.")  # fmt: skip
@matching_options(MOST_DRAWS, 8000)
@seed_option
@set_option
@workers_option
@out_option
@json_option
@quiet_option
@click.pass_context
def fit(
    ctx: click.Context, targets: str, keep: int, draws: int, replicates: int, seed: int, settings: tuple[Override, ...],
    workers: int | None, out: Path | None, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Find what is known about your firm from what it shows: targets (TOML) or work items (CSV)."""
    from sim.api import load_scenario
    from sim.cli.analyses import command_line, exit_for, tell_document
    from sim.cli.matching import match_firms
    from sim.experiment.aims import read_aims

    if out is not None:
        check_folder(out)
    aims = read_aims(targets)
    known = [*aims.known, *overrides(settings)]
    loaded = load_scenario(aims.scenario, known)
    design = loaded.compare[0] if aims.design is None else aims.design
    if design not in loaded.designs:
        from sim.core.errors import did_you_mean

        raise InputError(targets, f"there is no design {design!r}", remedy=did_you_mean(design, loaded.designs))

    from sim.analysis.matching import told
    from sim.experiment.firms import Firms
    from sim.experiment.fit import nearest, problem_of, reading
    from sim.experiment.problem import Plan, stages
    from sim.report.fit_page import fit_page, fit_values
    from sim.report.write_fit import write_fit

    # A simulated firm is watched for as long as the real one was.
    days = loaded.run.days if aims.tickets is None else aims.tickets.lives.days
    watched = replace(loaded, run=replace(loaded.run, days=days))
    firms = Firms(watched, design, reading(aims.targets), len(aims.targets), seed, workers)
    problem = problem_of(firms, aims.targets, [override.path for override in known])
    plan = Plan(keep, most=draws, stages=stages(replicates), seed=seed)
    found, provenance = match_firms(problem, plan, firms, quiet, command_line())
    if len(found.kept) < FEWEST:
        raise InputError(targets, f"{len(found.kept)} of {len(found.drawn)} firms show these figures", f"{FEWEST} or more",
                         "no plausible firm shows them all at once, or more draws are needed (--draws); are tolerances too narrow, what is "
                         "[known] wrong, or shares given in per cent?")  # fmt: skip
    learned, best = told(found), nearest(found)
    values = {**fit_values(found, learned, best), "provenance": provenance}
    page = fit_page(found, learned, aims, provenance)
    if as_json:
        tell_document(values)
    else:
        click.echo(page, nl=False)
    if out is not None:
        paths = write_fit(found, best, loaded, page, values, provenance, out)
        if not quiet:
            click.echo(f"Saved {', '.join(map(str, paths))}", err=True)
    exit_for(ctx, firms.failures)
