"""`orgsim teeth`: do the forces that theory names bite? The slope of the headline difference as each of them grows."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import analysis_options, check_folder, few_replicates_option, one_scenario_argument, overrides
from sim.scenario.overrides import Override

EXAMPLES = """\b
Examples:
  orgsim teeth
  orgsim teeth mobile_bank --designs partnership,pervasive --replicates 200
A slope is what the second design gains (+) or loses (−) on the first from the weakest to the strongest level of the force, all
else as it is; the intervals of all slopes hold at once. Theory's sign follows from the coordinate that the force hurts."""


@click.command(epilog=EXAMPLES)
@one_scenario_argument
@analysis_options(few_replicates_option)
@click.pass_context
def teeth(
    ctx: click.Context, scenario: str, designs: str | None, replicates: int, seed: int, days: str | None,
    settings: tuple[Override, ...], workers: int | None, out: Path | None, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Let each counter-force grow and measure what it does to the headline difference."""
    from sim.cli.analyses import exit_for_failures, load_to_compare, run_all, tell_document

    if out is not None:
        check_folder(out)
    loaded = load_to_compare(scenario, overrides(settings, designs, days), "teeth")

    from sim.analysis.slopes import Grown, slopes
    from sim.experiment.teeth import forces, growing
    from sim.model.outcomes import HEADLINE
    from sim.report.slope_table import slope_values, slopes_text
    from sim.report.summary import as_json as written
    from sim.report.write_ablation import put

    there = forces()
    variants = [list(growing(loaded, force)) for force in there]
    every = [one for many in variants for one in many]
    comparisons = run_all(every, f"{loaded.name}, {len(there)} forces", replicates, seed, workers, quiet)
    left = iter(comparisons)
    grown = [
        Grown(force.name, tuple(force.levels()), tuple(next(left) for _ in many),
              {second: force.expected(loaded, loaded.compare[0], second) for second in loaded.compare[1:]})
        for force, many in zip(there, variants, strict=True)
    ]  # fmt: skip
    found = slopes(grown, HEADLINE[0])
    document: dict[str, object] = {
        "scenario": loaded.name, "outcome": HEADLINE[0], "seed": seed, "replicates": replicates,
        "intervals": "simultaneous over all slopes, 95 %", "slopes": slope_values(found, there),
        "provenance": dict(comparisons[0].provenance),
    }  # fmt: skip
    if as_json:
        tell_document(document)
    else:
        click.echo(slopes_text(found, there, HEADLINE[0]))
    if out is not None:
        path = put(out / "teeth.json", written(document).encode())
        if not quiet:
            click.echo(f"Saved {path}", err=True)
    exit_for_failures(ctx, comparisons)
