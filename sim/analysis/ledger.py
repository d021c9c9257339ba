"""The ledger: every claim on every firm, in how many firms of an ensemble it holds, and what it fails on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sim.analysis.claims.claim import NEITHER, NOT_RUN, REFUTED, Claim, Everybody, Judged
from sim.analysis.claims.effect import FAILS, HOLDS, Effect, Part
from sim.analysis.superiority import wilson_interval

SUPPORTED, MIXED = "supported", "mixed"
MOST, FEW = 0.8, 0.2
"""A claim is supported where it holds in at least this share of an ensemble, refuted where in at most that."""


@dataclass(frozen=True)
class Ledger:
    """What came out.

    firms  names in order
    cells  claim's key → firm → what was found
    about  what the cells have in common: replicates, seed, model_digest and the like; other cells are not put beside them
    """

    firms: tuple[str, ...]
    cells: Mapping[str, Mapping[str, Judged]]
    about: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Share:
    """In how many of an ensemble's firms a claim holds, with an interval and the word for it."""

    holds: int
    n: int
    low: float
    high: float
    word: str


def judge_all(claims: Sequence[Claim], everybody: Everybody, notes: Mapping[tuple[str, str], str], about: Mapping[str, object]) -> Ledger:
    """Every claim on every firm. notes: (claim's key, firm) → why it could not be lived there."""
    firms = tuple(everybody)
    cells = {}
    for claim in claims:
        there = {name: lived for name, lived in everybody.items() if (claim.key, name) not in notes}
        cells[claim.key] = {
            name: claim.on(there[name], there) if name in there else Judged(NOT_RUN, note=notes[claim.key, name]) for name in firms
        }
    return Ledger(firms, cells, about)


def added(old: Ledger, new: Ledger) -> Ledger:
    """Both ledgers in one, the new one's cells first; the new one alone where the old one is about something else."""
    if dict(old.about) != dict(new.about):
        return new
    firms = (*old.firms, *(name for name in new.firms if name not in old.firms))
    keys = sorted({*old.cells, *new.cells}, key=lambda key: int(key[1:]))
    return Ledger(firms, {key: {**old.cells.get(key, {}), **_run(new.cells.get(key, {}))} for key in keys}, new.about)


def _run(cells: Mapping[str, Judged]) -> dict[str, Judged]:
    return {name: cell for name, cell in cells.items() if cell.verdict != NOT_RUN}


def share(cells: Mapping[str, Judged], confidence: float = 0.95) -> Share | None:
    """Over the firms on which a claim was run; None where on none."""
    run = [cell.verdict for cell in cells.values() if cell.verdict != NOT_RUN]
    if not run:
        return None
    holds = run.count(HOLDS)
    part = holds / len(run)
    word = SUPPORTED if part >= MOST else REFUTED if part <= FEW else MIXED
    return Share(holds, len(run), *wilson_interval(part, len(run), confidence), word)


def exception(cells: Mapping[str, Judged]) -> tuple[str, Part | None] | None:
    """(firm, the condition that does not hold there) of what speaks most against a claim; None where it holds wherever it was run."""
    for verdict, state in ((REFUTED, FAILS), (NEITHER, FAILS), (NEITHER, "open"), (REFUTED, "open")):
        for name, cell in cells.items():
            parts = [part for part in cell.parts if part.decides and part.state == state]
            if cell.verdict == verdict and parts:
                return name, parts[0]
    others = [name for name, cell in cells.items() if cell.verdict in (REFUTED, NEITHER)]
    return (others[0], None) if others else None


def cell_values(cell: Judged) -> dict[str, object]:
    """A cell as plain values; what is without bound is "inf" or "-inf"."""
    parts = [{**_effect_values(part.effect), "state": part.state, "decides": part.decides} for part in cell.parts]
    return {"verdict": cell.verdict, "note": cell.note, "parts": parts}


def _effect_values(effect: Effect) -> dict[str, object]:
    return {name: _plain(value) if isinstance(value, float) else value for name, value in vars(effect).items()}


def _plain(value: float) -> float | str | None:
    return None if math.isnan(value) else value if math.isfinite(value) else "inf" if value > 0 else "-inf"


def cell_of(values: Mapping[str, object]) -> Judged:
    """The cell that `cell_values` wrote. Raises KeyError or TypeError for something else."""
    found = []
    for entry in values["parts"]:  # type: ignore[attr-defined]
        numbers = {name: _number(entry[name]) for name in ("low", "high")}
        mean, matters = (math.nan if entry[name] is None else float(entry[name]) for name in ("mean", "matters"))
        effect = Effect(entry["name"], entry["outcome"], mean, numbers["low"], numbers["high"], matters, entry["n"])
        found.append(Part(effect, entry["state"], entry["decides"]))
    return Judged(str(values["verdict"]), tuple(found), str(values["note"]))


def _number(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]
