"""`orgsim claims`: the article's claims as tests, on every shipped firm or on the firms of an ensemble."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.matching import firms_of
from sim.cli.options import check_folder, json_option, out_option, overrides, quiet_option, seed_option, set_option, workers_option
from sim.core.errors import InputError
from sim.scenario.overrides import Override

if TYPE_CHECKING:
    from sim.analysis.claims.claim import Claim
    from sim.analysis.ledger import Ledger
    from sim.experiment.claims import Lived
    from sim.experiment.comparison import Failure
    from sim.experiment.ways import Firm

USUAL, QUICK = 24, 4
ARCHETYPES = ("branch_bank", "manufacturer", "mobile_bank", "online_retailer", "parcel_carrier")
"""The article's kinds of firm; the shipped firms that were sought out for one design's sake are none of them."""

EXAMPLES = """\b
Examples:
  orgsim claims --quick
  orgsim claims --only A4 --firms branch_bank,mobile_bank
  orgsim claims --out docs/model
  orgsim claims --ensemble results/ensemble --most 60 --replicates 12 --out docs/model
With --out DIR the ledger is written to DIR/claims.md and DIR/claims.json; a ledger that is there, of the same model, replicates and
seed, is added to, so that firms and claims may be run one after the other; what an ensemble says is put beside what is there."""


@click.command(epilog=EXAMPLES)
@click.option("--firms", metavar="A,B", help="Scenarios to test on.  [default: the five archetypes]")
@click.option("--only", "keys", metavar="ID", multiple=True, help="Claim to test, such as A4 (repeatable).  [default: all]")
@click.option("--ensemble", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Folder with draws.csv: the firms of an ensemble, on the one scenario of --firms.")  # fmt: skip
@click.option("--most", type=click.IntRange(1), metavar="N",
              help="Of an ensemble so many firms, spread evenly over those that were kept.  [default: all]")  # fmt: skip
@click.option("--replicates", type=click.IntRange(2, 100_000), help=f"Simulated histories of each firm.  [default: {USUAL}]")
@click.option("--quick", is_flag=True, help=f"{QUICK} histories: a look at what is asked, hardly anything is sure.")
@seed_option
@set_option
@workers_option
@out_option
@json_option
@quiet_option
@click.pass_context
def claims(
    ctx: click.Context, firms: str | None, keys: tuple[str, ...], ensemble: Path | None, most: int | None, replicates: int | None,
    quick: bool, seed: int, settings: tuple[Override, ...], workers: int | None, out: Path | None, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Test the article's claims: which hold on which firm, which are refuted, and what is the main exception."""
    from sim.analysis.claims.declared import chosen
    from sim.analysis.ledger import survey_of
    from sim.cli.analyses import FAILED_RUNS, command_line, tell_document
    from sim.report.claims_table import document, ledger_text

    if out is not None:
        check_folder(out)
    asked = chosen(keys)
    tested = _firms(firms, ensemble, most, settings, quiet)
    earlier = _earlier(out)  # now, and not after the runs, it is seen whether it can be read
    count = replicates or (QUICK if quick else USUAL)
    started = time.perf_counter()
    told: dict[str, object] = {"settings": [f"{path}={text}" for path, text, *_ in settings]}
    if ensemble is not None:
        told |= {"ensemble": str(ensemble), "firms": len(tested)}
    ledger, failures = _run(asked, tested, count, seed, workers, quiet, told)
    if ensemble is not None:
        ledger = replace(ledger, survey=survey_of(ledger))
    kept = _joined(earlier, ledger, out, quiet)
    about = {"last_command": command_line(), "last_seconds": round(time.perf_counter() - started, 1)}
    if as_json:
        tell_document(document(kept if ensemble is None else ledger, about))
    else:
        click.echo(ledger_text(kept if ensemble is None else replace(ledger, cells={}), 100))
    if out is not None:
        _write(kept, document(kept, about), out, quiet)
    if failures:
        first = failures[0]
        click.echo(f"{len(failures)} runs failed; the first, {first.design} with seed {first.seed}:\n{first.error}", err=True)
        ctx.exit(FAILED_RUNS)


def _joined(earlier: Ledger | None, found: Ledger, out: Path | None, quiet: bool) -> Ledger:
    """What is kept: what was found, with the ledger that was there; of an ensemble what it says, and not its firms one by one."""
    from sim.analysis.ledger import added, surveyed

    if found.survey is not None:
        kept = surveyed(earlier, found.survey)
        lost = earlier is not None and kept.cells != earlier.cells
    else:
        kept = added(earlier, found) if earlier is not None else found
        lost = earlier is not None and bool(earlier.cells) and dict(earlier.about) != dict(found.about)
    if lost and not quiet:
        click.echo(f"The ledger in {out} is of another model, seed, number of histories or other settings, and is replaced.", err=True)
    return kept


def _firms(names: str | None, ensemble: Path | None, most: int | None, settings: tuple[Override, ...], quiet: bool) -> list[Firm]:
    from sim.api import load_interventions, load_transitions
    from sim.experiment.ways import Firm
    from sim.scenario.between import SHIPPED as WAYS
    from sim.scenario.changed import changed
    from sim.scenario.interventions import SHIPPED as CHAIRS

    if most is not None and ensemble is None:
        raise InputError(f"--most {most}", "is a number of firms of an ensemble", "beside --ensemble")
    kept = None if ensemble is None else firms_of(ensemble, quiet)
    wanted = [name.strip() for name in names.split(",") if name.strip()] if names else list(ARCHETYPES)
    if not wanted:
        raise InputError(f"--firms {names}", "names no firm", "scenarios between commas")
    if kept is not None and names is None:
        wanted = [str(kept.provenance.get("scenario", wanted[0]))]
    if kept is not None and len(wanted) != 1:
        raise InputError(f"--firms {names}", "an ensemble is drawn on one scenario", "one scenario, beside --ensemble")
    given, (_, chairs), (_, ways) = overrides(settings), load_interventions(CHAIRS), load_transitions(WAYS)
    found = []
    for name in dict.fromkeys(wanted):
        scenario, _ = load_interventions(name, overrides=given)
        own = Firm(scenario.name, scenario, chairs, ways)
        if kept is None:
            found.append(own)
        else:
            found += [replace(own, name=f"firm {number}", scenario=changed(scenario, values)) for number, values in kept.spread(most)]
    return found


def _run(
    asked: Sequence[Claim], firms: Sequence[Firm], replicates: int, seed: int, workers: int | None, quiet: bool, told: Mapping[str, object]
) -> tuple[Ledger, list[Failure]]:
    """(the ledger, runs that failed); a claim that cannot be lived on a firm is not run there, and says why."""
    from sim.analysis.ledger import judge_all
    from sim.cli.progress import Progress
    from sim.core.jit import model_digest
    from sim.experiment.claims import live_firm, possible
    from sim.experiment.compare import compile_now

    compile_now()
    lived: dict[str, Lived] = {}
    notes: dict[tuple[str, str], str] = {}
    for firm in firms:
        faults = possible(firm, {way for claim in asked for way in claim.asks})
        for claim in asked:
            why = [faults[way] for way in claim.asks if way in faults]
            if why:
                notes[claim.key, firm.name] = why[0]
        ways = {way for claim in asked if (claim.key, firm.name) not in notes for way in claim.asks}
        progress = Progress(f"{firm.name}, {len(ways)} ways", quiet)
        started = time.perf_counter()
        lived[firm.name] = live_firm(firm, ways, replicates, seed, workers, progress.tell)
        progress.end(time.perf_counter() - started)
    about = {"replicates": replicates, "seed": seed, "confidence": 0.95, "model_digest": model_digest(), **told}
    return judge_all(asked, lived, notes, about), [failure for each in lived.values() for failure in each.failures]


def _earlier(out: Path | None) -> Ledger | None:
    """The ledger that is there already. Raises InputError where the file is none."""
    from sim.report.claims_table import JSON, read_ledger

    return read_ledger(out / JSON) if out is not None and (out / JSON).exists() else None


def page_command(out: Path) -> str:
    """The command that makes a page in one go, however it was made."""
    return f"orgsim claims --out {out}"


def _write(ledger: Ledger, found: dict[str, object], out: Path, quiet: bool) -> None:
    from sim.report.claims_table import JSON, PAGE, page
    from sim.report.summary import as_json
    from sim.report.write_ablation import put

    for name, text in ((JSON, as_json(found)), (PAGE, page(ledger, page_command(out)))):
        path = put(out / name, text.encode())
        if not quiet:
            click.echo(f"Saved {path}", err=True)
