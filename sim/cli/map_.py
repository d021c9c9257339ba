"""`orgsim map`: who earns more where, over any two parameters of firm, model or designs."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import analysis_options, check_folder, one_scenario_argument, overrides
from sim.scenario.overrides import Override

EXAMPLES = """\b
Examples:
  orgsim map
  orgsim map branch_bank --across firm.talent_scarcity --up firm.technologists
  orgsim map branch_bank --across firm.digital_intensity --up "design.*.leader_fluency" --out results/map
  orgsim map manufacturer --by firm.change_load
The first and the last design compared are the two sides. Squares are cut in four where their corners do not say the same, so that
runs go where the boundary is."""

MOST_HALVINGS = 5


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
    from sim.analysis.survey import Survey, axes_of, check_outcome
    from sim.cli.analyses import run_all
    from sim.model.outcomes import OUTCOMES
    from sim.report.phase_table import map_text, map_values, written

    check_outcome(outcome, "--outcome")
    axes = axes_of({"--across": across, "--up": up, **({"--by": by} if by else {})}, loaded)
    survey = Survey(loaded, outcome, halvings, replicates, lambda firms, title: run_all(firms, title, replicates, seed, workers, quiet))
    maps = survey.maps(*axes)
    here = survey.own(*axes[:2])
    document = {
        "scenario": loaded.name, "scenario_digest": loaded.digest, "outcome": outcome, "designs": list(survey.pair), "seed": seed,
        "replicates": replicates, **map_values(maps, here), "provenance": dict(survey.lived[0].provenance),
    }  # fmt: skip
    if as_json:
        tell_document(document)
    else:
        click.echo(map_text(maps, OUTCOMES[outcome].label, here))
    if out is not None:
        paths = written(maps, OUTCOMES[outcome].label, here, document, out)
        if not quiet:
            click.echo(f"Saved {', '.join(map(str, paths))}", err=True)
    exit_for_failures(ctx, survey.lived)
