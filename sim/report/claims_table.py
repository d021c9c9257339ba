"""The ledger of claims: for the terminal, as a page of the documentation, and as one JSON document."""

from __future__ import annotations

import json
import math
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.analysis.claims.claim import NOT_RUN, VERDICTS, Judged
from sim.analysis.claims.declared import CLAIMS
from sim.analysis.claims.effect import HOLDS, Effect
from sim.analysis.ledger import FEW, MOST, Ledger, Share, Survey, cell_of, cell_values, exception, survey_from, survey_values
from sim.analysis.quantities import NOTHING, PER_CENT, clear_of_zero, decimals, listed, number, plain, printed_unit, scale, sentence
from sim.core.errors import InputError

JSON, PAGE = "claims.json", "claims.md"
_OF = {claim.key: claim for claim in CLAIMS}


def effect_words(effect: Effect) -> str:
    """A measure's name and mean, its unit and its interval.

    >>> effect_words(Effect("waiting at boundaries", "boundary_wait_share", -0.104, -0.112, -0.095, 0.02, 20))
    'waiting at boundaries −10.4 % (−11.2 to −9.5)'
    """
    factor, unit = (scale(effect.outcome), printed_unit(effect.outcome)) if effect.outcome else (1.0, "")
    mean = factor * effect.mean
    bounds = [None if bound is None else factor * bound for bound in (effect.low, effect.high)]
    finite = [bound for bound in bounds if bound is not None and math.isfinite(bound)]
    places = 0 if not finite and mean.is_integer() else decimals(mean, *finite)
    if len(finite) == len(bounds):
        places = clear_of_zero(places, *finite)
    signed = bool(effect.outcome) or effect.mean < 0 or bool(finite and finite[0] < 0)
    unit = f" {unit}" if unit in ("days", PER_CENT) else ""
    said = f"{effect.name} {_bound(mean, places, signed)}{unit}"
    if bounds[0] is None or bounds[1] is None:
        return said
    return f"{said} ({_bound(bounds[0], places, signed)} to {_bound(bounds[1], places, signed)})"


def _bound(value: float, places: int, signed: bool) -> str:
    if math.isinf(value):
        return "beyond" if value > 0 else "unbounded"
    return number(value, places, signed)


def exception_words(cells: Mapping[str, Judged]) -> str:
    """What speaks most against a claim."""
    found = exception(cells)
    if found is None:
        return "none" if any(cell.verdict != NOT_RUN for cell in cells.values()) else NOTHING
    firm, part = found
    return f"{plain(firm)}: {effect_words(part.effect)}" if part else plain(firm)


def counts(cells: Mapping[str, Judged]) -> str:
    """In how many firms each verdict fell: `holds on 3, neither on 2`."""
    run = [cell.verdict for cell in cells.values()]
    return ", ".join(f"{verdict} on {run.count(verdict)}" for verdict in VERDICTS if verdict in run)


def share_words(found: Share) -> str:
    """A share of the ensemble with the word for it.

    >>> share_words(Share(31, 4, 60, 0.39, 0.64, "open"))
    'open: holds on 31 of 60 (39 to 64 %), refuted on 4'
    """
    bounds = f"{100 * found.low:.0f} to {100 * found.high:.0f} %"
    return f"{found.word}: holds on {found.holds} of {found.n} ({bounds}), refuted on {found.refuted}"


def share_of(survey: Survey | None, key: str) -> str:
    """What an ensemble says of a claim."""
    return share_words(survey.shares[key]) if survey and key in survey.shares else NOT_RUN


def ledger_text(ledger: Ledger, width: int) -> str:
    """The ledger as plain text: a block a claim, a line a firm, and what an ensemble says."""
    lines = []
    for key in ledger.keys:
        claim, cells = _OF[key], ledger.cells.get(key, {})
        lines += [textwrap.fill(f"{key}  {claim.claim}", width, subsequent_indent="     ")]
        for label, text in (("test", claim.test), ("holds if", claim.holds), ("refuted if", claim.refuted)):
            lines += textwrap.wrap(f"{label}: {text}", width, initial_indent="     ", subsequent_indent="       ")
        names = max((len(plain(name)) for name in cells), default=0)
        lines += [f"     {plain(name).ljust(names)}  {cell.verdict.ljust(7)}  {_first(cell)}" for name, cell in cells.items()]
        if ledger.survey:
            lines += [f"     share of the ensemble: {share_of(ledger.survey, key)}"]
        said = exception_of(ledger, key)
        lines += [*textwrap.wrap(f"main exception: {said}", width, initial_indent="     ", subsequent_indent="       "), ""]
    return "\n".join([*lines, "Intervals (95 %) of one claim on one firm hold all at once. Neither: the runs bear out neither of the two."])


def exception_of(ledger: Ledger, key: str) -> str:
    """What speaks most against a claim: on the firms by name, or in the ensemble where it holds on all of those."""
    cells = ledger.cells.get(key, {})
    worst = ledger.survey.worst.get(key, {}) if ledger.survey else {}
    if exception(cells) is None and worst:
        return exception_words(worst)
    return exception_words(cells or {"": Judged(HOLDS)})


def _first(cell: Judged) -> str:
    return effect_words(cell.parts[0].effect) if cell.parts else cell.note


def document(ledger: Ledger, provenance: Mapping[str, object]) -> dict[str, object]:
    """The ledger as plain values, from which `read_ledger` makes it again."""
    claims = []
    for key, cells in ((key, ledger.cells.get(key, {})) for key in ledger.keys):
        claim = _OF[key]
        claims.append({
            "id": key, "claim": claim.claim, "test": claim.test, "holds_if": claim.holds, "refuted_if": claim.refuted,
            "firms": {name: cell_values(cell) for name, cell in cells.items()}, "main_exception": exception_words(cells),
        })  # fmt: skip
    ensemble = survey_values(ledger.survey) if ledger.survey else None
    return {
        "about": dict(ledger.about), "firms": list(ledger.firms), "claims": claims, "ensemble": ensemble, "provenance": dict(provenance),
    }  # fmt: skip


def read_ledger(path: Path) -> Ledger:
    """A ledger from its JSON. Raises InputError where the file is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        cells = {entry["id"]: {name: cell_of(cell) for name, cell in entry["firms"].items()} for entry in found["claims"]}
        survey = survey_from(found["ensemble"]) if found.get("ensemble") else None
        return Ledger(tuple(found["firms"]), {key: there for key, there in cells.items() if there}, found["about"], survey)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(str(path), f"is not a ledger of claims: {error}", remedy="another folder for --out, or remove the file") from None


def page(ledger: Ledger, command: str) -> str:
    """The ledger as Markdown: what came out at a glance, then every claim with its test and every condition on every firm.

    command  makes the page; the ensemble's part is made by the same one with what the survey says of itself
    """
    about, survey = ledger.about, ledger.survey
    lines = [
        "# The article's claims as tests", "",
        "What the article on the two models says, each claim as a test that was declared before it was run (`sim/analysis/claims/`). "
        "Whatever came out is shown. The firms are the shipped ones: a verdict is about their simulated histories, not about firms that "
        "there are; the share of an ensemble is what would speak of these.", "",
    ]  # fmt: skip
    if ledger.cells:
        lines += [f"Made by `{command}`: {about.get('replicates')} histories of each firm under each way, seed {about.get('seed')}, model "
                  f"{about.get('model_digest')}. Intervals (95 %) of one claim on one firm hold all at once.", ""]  # fmt: skip
    if survey:
        lines += [_of_ensemble(survey, command), ""]
    firms = sorted(ledger.firms)
    head = ["", "claim", *map(plain, firms), "share of the plausible ensemble", "main exception"]
    lines += [_row(head), _row(["---"] * len(head))]
    for key in ledger.keys:
        cells = ledger.cells.get(key, {})
        verdicts = [cells[name].verdict if name in cells else NOT_RUN for name in firms]
        lines.append(_row([key, _OF[key].claim, *verdicts, share_of(survey, key), exception_of(ledger, key)]))
    lines.append("")
    for key in ledger.keys:
        lines += _section(ledger, key)
    return "\n".join(lines).rstrip() + "\n"


def _of_ensemble(survey: Survey, command: str) -> str:
    about = survey.about
    made = f"{command} --ensemble {about.get('ensemble')} --most {about.get('firms')} --replicates {about.get('replicates')}"
    return (
        f"The share of the ensemble is made by `{made}`: {about.get('firms')} firms, {about.get('replicates')} histories of each, seed "
        f"{about.get('seed')}, model {about.get('model_digest')}. A claim is supported where it holds on at least {100 * MOST:.0f} % of "
        f"them, refuted where on at most {100 * FEW:.0f} % even if every firm on which the runs bear out neither were one of those, mixed "
        "where it holds on more than a fifth and is refuted on more than a fifth, and else open: so few histories leave much open."
    )


def claim_rows(ledger: Ledger, firm: str) -> tuple[list[str], list[list[str]], str]:
    """(heads, a row a claim, caption): verdict on one firm with what was measured, or counts over all where the firm is none of them;
    what an ensemble says beside it."""
    about, survey, is_there = ledger.about, ledger.survey, firm in ledger.firms
    asked = survey.about if survey and not ledger.cells else about
    caption = f"{asked.get('replicates')} histories of each firm under each way, seed {asked.get('seed')}"
    rows = []
    for key in ledger.keys:
        cells = ledger.cells.get(key, {})
        row = [f"{key}: {_OF[key].claim}"]
        if is_there:
            cell = cells.get(firm, Judged(NOT_RUN))
            row += [cell.verdict, _first(cell).replace("_", " ") or NOTHING]
        elif cells:
            row += [counts(cells), exception_words(cells).replace("_", " ")]
        if survey:
            row += [share_of(survey, key)]
        rows.append(row)
    heads = ["Claim"]
    if ledger.cells:
        heads += [f"On {plain(firm)}", "First measure"] if is_there else ["Over the firms", "Main exception"]
    if survey:
        heads += [f"Over {survey.about.get('firms')} firms like this one"]
        caption += "" if asked is survey.about else f"; {survey.about.get('replicates')} of each firm of the ensemble"
    return heads, rows, caption


def _section(ledger: Ledger, key: str) -> list[str]:
    claim, cells = _OF[key], ledger.cells.get(key, {})
    rule = f"{sentence(claim.test)}. *Holds* if {claim.holds}. *Refuted* if {claim.refuted}."
    said = [sentence(counts(cells)) + "."] if cells else []
    if ledger.survey and key in ledger.survey.shares:
        said.append(f"Over the ensemble {share_of(ledger.survey, key)}.")
    lines = [f"## {claim.key}: {claim.claim}", "", " ".join([rule, *said]), ""]
    if not cells:
        return lines
    lines += [_row(["firm", "verdict", "conditions"]), _row(["---"] * 3)]
    for name, cell in sorted(cells.items()):
        said_of = listed_conditions(cell) if cell.parts else cell.note
        lines.append(_row([plain(name), cell.verdict, said_of]))
    return [*lines, ""]


SHOWN = 6
"""Conditions of one firm that the page spells out; the JSON holds all."""


def listed_conditions(cell: Judged) -> str:
    """Every condition with its state; of many the first ones, the rest counted."""
    said = [f"{effect_words(part.effect)}: {part.state if part.decides else 'beside'}" for part in cell.parts[:SHOWN]]
    rest = [part.state if part.decides else "beside" for part in cell.parts[SHOWN:]]
    if rest:
        said.append("further " + listed([f"{rest.count(state)} {state}" for state in dict.fromkeys(rest)]))
    return "; ".join(said)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
