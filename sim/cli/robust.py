"""`orgsim robust`: the headline differences re-run in ways that should not matter, and with every assumption at its ends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import analysis_options, check_folder, few_replicates_option, one_scenario_argument, overrides
from sim.scenario.overrides import Override

if TYPE_CHECKING:
    from sim.experiment.comparison import Comparison
    from sim.scenario.objects import Scenario

EXAMPLES = """\b
Examples:
  orgsim robust
  orgsim robust mobile_bank --replicates 50 --json
  orgsim robust branch_bank --assumptions --replicates 40 --out results/branch_bank
Without --assumptions: the day in reverse order, twice the warm-up, another equal basis, ten other seeds. With it: every number
that no publication stands behind at both ends of its plausible range, one at a time. With --out DIR the assumptions that the
verdict hangs on are written to DIR/assumptions.json, and `orgsim compare SCENARIO --out DIR` names them in its report."""


@click.command(epilog=EXAMPLES)
@one_scenario_argument
@click.option("--assumptions", is_flag=True, help="Every assumption at its low and its high end, instead of the re-runs.")
@analysis_options(few_replicates_option)
@click.pass_context
def robust(
    ctx: click.Context, scenario: str, assumptions: bool, designs: str | None, replicates: int, seed: int, days: str | None,
    settings: tuple[Override, ...], workers: int | None, out: Path | None, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Run the headline difference again in other ways, and say on what it depends."""
    from sim.cli.analyses import exit_for_failures, load_to_compare, tell_document

    if out is not None:
        check_folder(out)
    loaded = load_to_compare(scenario, overrides(settings, designs, days), "robust")
    run = _assumptions if assumptions else _rechecks
    document, text, comparisons = run(loaded, replicates, seed, workers, quiet)
    if as_json:
        tell_document(document)
    else:
        click.echo(text)
    if out is not None:
        from sim.report.summary import as_json as written
        from sim.report.write_ablation import put

        path = put(out / ("assumptions.json" if assumptions else "robust.json"), written(document).encode())
        if not quiet:
            click.echo(f"Saved {path}", err=True)
    exit_for_failures(ctx, comparisons)


Found = tuple[dict[str, object], str, "list[Comparison]"]
"""The document, the text and the runs."""


def _rechecks(loaded: Scenario, replicates: int, seed: int, workers: int | None, quiet: bool) -> Found:
    from sim.analysis.contrasts import case, contrasts
    from sim.analysis.deciding import what_decides
    from sim.cli.analyses import run_all
    from sim.experiment.robustness import rechecks
    from sim.model.outcomes import HEADLINE
    from sim.report.contrast_table import plain_values, text_tables

    variants = rechecks(loaded, seed)
    comparisons = run_all(variants, f"{loaded.name}, {len(variants)} comparisons", replicates, seed, workers, quiet)
    cases = [case(variant.name, found, HEADLINE[0]) for variant, found in zip(variants, comparisons, strict=True)]
    firms = {loaded.name: contrasts(cases, loaded.compare)}
    words = [what_decides(found, loaded.title, "with") for found in firms[loaded.name].values()]
    document = _document(loaded, comparisons[0], replicates, seed) | {
        "intervals": "simultaneous over the table, 95 %", "differences": plain_values(firms)[loaded.name], "words": words,
    }  # fmt: skip
    return document, text_tables(firms) + "\n\n" + "\n".join(words), comparisons


def _assumptions(loaded: Scenario, replicates: int, seed: int, workers: int | None, quiet: bool) -> Found:
    from sim.analysis.contrasts import case, contrasts
    from sim.cli.analyses import run_all
    from sim.experiment.assumptions import one_at_a_time
    from sim.model.outcomes import HEADLINE
    from sim.report.assumption_table import assumption_values, assumptions_text

    variants, levels, senseless = one_at_a_time(loaded)
    comparisons = run_all(variants, f"{loaded.name}, {len(levels)} ends of assumptions", replicates, seed, workers, quiet)
    cases = [case(variant.name, found, HEADLINE[0]) for variant, found in zip(variants, comparisons, strict=True)]
    found = contrasts(cases, loaded.compare, alone=True)
    document = _document(loaded, comparisons[0], replicates, seed) | assumption_values(found, levels, senseless)
    return document, assumptions_text(found, levels, senseless, loaded.title), comparisons


def _document(loaded: Scenario, first: Comparison, replicates: int, seed: int) -> dict[str, object]:
    from sim.model.outcomes import HEADLINE

    return {
        "scenario": loaded.name, "scenario_digest": loaded.digest, "outcome": HEADLINE[0], "seed": seed, "replicates": replicates,
        "provenance": dict(first.provenance),
    }  # fmt: skip
