"""`orgsim ablate`: which mechanisms carry the verdict? Each is switched off in turn, on the same seeds."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import analysis_options, check_folder, overrides, replicates_option, scenarios_argument
from sim.scenario.overrides import Override

EXAMPLES = """\b
Examples:
  orgsim ablate
  orgsim ablate branch_bank --replicates 50
  orgsim ablate branch_bank mobile_bank --designs partnership,pervasive --out results/ablation
Without a SCENARIO: every firm that comes with the program. Marks: <> the verdict turns; ? it is no longer sure;
! it is sure only then; ~ it moves by more than matters; o it is open as it was."""


@click.command(epilog=EXAMPLES)
@scenarios_argument
@analysis_options(replicates_option)
@click.pass_context
def ablate(
    ctx: click.Context, scenarios: tuple[str, ...], designs: str | None, replicates: int, seed: int, days: str | None,
    settings: tuple[Override, ...], workers: int | None, out: Path | None, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Switch off each mechanism in turn and see what becomes of the headline difference."""
    from sim.cli.analyses import exit_for_failures, load_to_compare, run_all, tell_document

    if out is not None:
        check_folder(out)
    given = overrides(settings, designs, days)
    loaded = [load_to_compare(name, given, "ablate") for name in _names(scenarios)]

    from sim.analysis.contrasts import case, contrasts
    from sim.analysis.deciding import what_decides
    from sim.experiment.ablation import ablations
    from sim.experiment.provenance import provenance
    from sim.model.outcomes import HEADLINE
    from sim.report.contrast_table import plain_values, text_tables
    from sim.report.write_ablation import write_ablation

    firms, words, everything = {}, [], []
    for scenario in loaded:
        variants = ablations(scenario)
        comparisons = run_all(variants, f"{scenario.name}, {len(variants)} comparisons", replicates, seed, workers, quiet)
        everything += comparisons
        cases = [case(variant.name, found, HEADLINE[0]) for variant, found in zip(variants, comparisons, strict=True)]
        firms[scenario.name] = contrasts(cases, scenario.compare)
        words += [what_decides(found, scenario.title, "without") for found in firms[scenario.name].values()]
    first = everything[0]
    made_by = provenance(first.scenario, first.designs, first.seeds.tolist(), seed, sum(one.seconds for one in everything),
                         str(first.provenance.get("command", "")))  # fmt: skip
    document: dict[str, object] = {
        "outcome": HEADLINE[0], "seed": seed, "replicates": replicates, "intervals": "simultaneous over a firm's table, 95 %",
        "differences": plain_values(firms), "words": words, "provenance": made_by,
    }  # fmt: skip
    if as_json:
        tell_document(document)
    else:
        click.echo(text_tables(firms) + "\n\n" + "\n".join(words))
    if out is not None:
        write_ablation(firms, document, out)
        if not quiet:
            click.echo(f"Saved {out}/ (ablation.csv, ablation.json, charts)", err=True)
    exit_for_failures(ctx, everything)


def _names(scenarios: tuple[str, ...]) -> list[str]:
    from sim.scenario import shipped

    return list(dict.fromkeys(scenarios)) or list(shipped.scenario_paths())
