"""The ledger of claims: for the terminal, as a page of the documentation, and as one JSON document."""

from __future__ import annotations

import json
import math
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.analysis.claims.claim import NOT_RUN, VERDICTS, Claim, Judged
from sim.analysis.claims.declared import CLAIMS
from sim.analysis.claims.effect import Effect
from sim.analysis.ledger import Ledger, Share, cell_of, cell_values, exception, share
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
    """A share of the ensemble with the word for it."""
    return f"{found.word}: {found.holds} of {found.n} ({100 * found.low:.0f} to {100 * found.high:.0f} %)"


def ledger_text(ledger: Ledger, width: int, is_ensemble: bool) -> str:
    """The ledger as plain text: a block a claim, a line a firm, or of an ensemble its shares only."""
    lines = []
    for key, cells in ledger.cells.items():
        claim = _OF[key]
        lines += [textwrap.fill(f"{key}  {claim.claim}", width, subsequent_indent="     ")]
        for label, text in (("test", claim.test), ("holds if", claim.holds), ("refuted if", claim.refuted)):
            lines += textwrap.wrap(f"{label}: {text}", width, initial_indent="     ", subsequent_indent="       ")
        found = share(cells)
        if is_ensemble:
            lines += [f"     share of the ensemble: {share_words(found) if found else NOT_RUN}"]
        else:
            names = max(len(plain(name)) for name in cells)
            lines += [f"     {plain(name).ljust(names)}  {cell.verdict.ljust(7)}  {_first(cell)}" for name, cell in cells.items()]
        lines += textwrap.wrap(f"main exception: {exception_words(cells)}", width, initial_indent="     ", subsequent_indent="       ")
        lines += [""]
    return "\n".join([*lines, "Intervals (95 %) of one claim on one firm hold all at once. Neither: the runs bear out neither of the two."])


def _first(cell: Judged) -> str:
    return effect_words(cell.parts[0].effect) if cell.parts else cell.note


def document(ledger: Ledger, is_ensemble: bool, provenance: Mapping[str, object]) -> dict[str, object]:
    """The ledger as plain values, from which `read_ledger` makes it again."""
    claims = []
    for key, cells in ledger.cells.items():
        claim = _OF[key]
        found = share(cells) if is_ensemble else None
        claims.append({
            "id": key, "claim": claim.claim, "test": claim.test, "holds_if": claim.holds, "refuted_if": claim.refuted,
            "firms": {name: cell_values(cell) for name, cell in cells.items()},
            "ensemble": vars(found) if found else None, "main_exception": exception_words(cells),
        })  # fmt: skip
    return {"about": dict(ledger.about), "firms": list(ledger.firms), "claims": claims, "provenance": dict(provenance)}


def read_ledger(path: Path) -> Ledger:
    """A ledger from its JSON. Raises InputError where the file is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        cells = {entry["id"]: {name: cell_of(cell) for name, cell in entry["firms"].items()} for entry in found["claims"]}
        return Ledger(tuple(found["firms"]), cells, found["about"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(str(path), f"is not a ledger of claims: {error}", remedy="another folder for --out, or remove the file") from None


def page(ledger: Ledger, is_ensemble: bool, command: str) -> str:
    """The ledger as Markdown: what came out at a glance, then every claim with its test and every condition on every firm."""
    about = ledger.about
    lines = [
        "# The article's claims as tests", "",
        "What the article on the two models says, each claim as a test that was declared before it was run (`sim/analysis/claims/`). "
        "Whatever came out is shown. The firms are the shipped ones: a verdict is about their simulated histories, not about firms that "
        "there are; the share of an ensemble is what would speak of these.", "",
        f"Made by `{command}`: {about.get('replicates')} histories of each firm under each way, seed {about.get('seed')}, model "
        f"{about.get('model_digest')}. Intervals (95 %) of one claim on one firm hold all at once.", "",
    ]  # fmt: skip
    firms = [] if is_ensemble else sorted(ledger.firms)
    head = ["", "claim", *map(plain, firms), "share of the plausible ensemble", "main exception"]
    lines += [_row(head), _row(["---"] * len(head))]
    for key, cells in ledger.cells.items():
        found = share(cells)
        shared = share_words(found) if is_ensemble and found else "not run"
        verdicts = [cells[name].verdict if name in cells else NOT_RUN for name in firms]
        lines.append(_row([key, _OF[key].claim, *verdicts, shared, exception_words(cells)]))
    lines.append("")
    for key, cells in ledger.cells.items():
        lines += _section(_OF[key], cells, is_ensemble)
    return "\n".join(lines).rstrip() + "\n"


def claim_rows(ledger: Ledger, firm: str, is_ensemble: bool) -> tuple[list[str], list[list[str]], str]:
    """(heads, a row a claim, caption): verdict on one firm with what was measured, or counts over all where the firm is none of them."""
    about, is_there = ledger.about, firm in ledger.firms and not is_ensemble
    caption = f"{about.get('replicates')} histories of each firm under each way, seed {about.get('seed')}"
    rows = []
    for key, cells in ledger.cells.items():
        found = share(cells)
        if is_there:
            cell = cells.get(firm, Judged(NOT_RUN))
            rows.append([f"{key}: {_OF[key].claim}", cell.verdict, _first(cell).replace("_", " ") or NOTHING])
        else:
            said = share_words(found) if is_ensemble and found else counts(cells)
            rows.append([f"{key}: {_OF[key].claim}", said or NOT_RUN, exception_words(cells).replace("_", " ")])
    heads = ["Claim", f"On {plain(firm)}", "First measure"] if is_there else ["Claim", "Over the firms", "Main exception"]
    return heads, rows, caption


def _section(claim: Claim, cells: Mapping[str, Judged], is_ensemble: bool) -> list[str]:
    rule = f"{sentence(claim.test)}. *Holds* if {claim.holds}. *Refuted* if {claim.refuted}."
    lines = [f"## {claim.key}: {claim.claim}", "", f"{rule} {sentence(counts(cells))}.", ""]
    if is_ensemble:
        return lines
    lines += [_row(["firm", "verdict", "conditions"]), _row(["---"] * 3)]
    for name, cell in sorted(cells.items()):
        said = listed_conditions(cell) if cell.parts else cell.note
        lines.append(_row([plain(name), cell.verdict, said]))
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
