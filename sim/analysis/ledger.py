"""The ledger: every claim on every firm, in how many firms of an ensemble it holds, and what it fails on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sim.analysis.claims.claim import NEITHER, NOT_RUN, REFUTED, Claim, Everybody, Judged
from sim.analysis.claims.effect import FAILS, HOLDS, Effect, Part
from sim.analysis.superiority import wilson_interval

SUPPORTED, MIXED, UNDECIDED = "supported", "mixed", "open"
MOST, FEW = 0.8, 0.2
"""A claim is supported where it holds in at least this share of an ensemble, refuted where in at most that even if all firms on which
its runs bear out neither were added to those."""


@dataclass(frozen=True)
class Share:
    """In how many of an ensemble's firms a claim holds, with an interval, in how many it is refuted, and the word for it."""

    holds: int
    refuted: int
    n: int
    low: float
    high: float
    word: str


@dataclass(frozen=True)
class Survey:
    """What came out over the firms of an ensemble.

    about   what the runs have in common, the ensemble's folder and its firms' number among it
    shares  claim's key → in how many of them it holds
    worst   claim's key → the one firm, with one condition, that speaks most against it; empty where it holds on all
    """

    about: Mapping[str, object]
    shares: Mapping[str, Share]
    worst: Mapping[str, Mapping[str, Judged]]


@dataclass(frozen=True)
class Ledger:
    """What came out.

    firms   names in order
    cells   claim's key → firm → what was found
    about   what the cells have in common: replicates, seed, model_digest and the like; other cells are not put beside them
    survey  what an ensemble says of the same claims, where one was asked
    """

    firms: tuple[str, ...]
    cells: Mapping[str, Mapping[str, Judged]]
    about: Mapping[str, object] = field(default_factory=dict)
    survey: Survey | None = None

    @property
    def keys(self) -> list[str]:
        """Of every claim that was run on a firm or on an ensemble, in the order in which they were declared."""
        return sorted({*self.cells, *(self.survey.shares if self.survey else ())}, key=lambda key: int(key[1:]))


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
    """Both ledgers in one, the new one's cells first; the new one alone where the old one is about something else.

    What an ensemble said stays as long as model and settings are the same.
    """
    survey = new.survey or (old.survey if old.survey and _same_ground(old.survey.about, new.about) else None)
    if dict(old.about) != dict(new.about):
        return replace(new, survey=survey)
    firms = (*old.firms, *(name for name in new.firms if name not in old.firms))
    cells = {key: {**old.cells.get(key, {}), **_run(new.cells.get(key, {}))} for key in {*old.cells, *new.cells}}
    return Ledger(firms, {key: cells[key] for key in Ledger(firms, cells).keys}, new.about, survey)


def survey_of(ledger: Ledger) -> Survey:
    """The shares of a ledger whose firms are an ensemble's."""
    shares = {key: found for key, cells in ledger.cells.items() if (found := share(cells))}
    return Survey(ledger.about, shares, {key: _worst(ledger.cells[key]) for key in shares})


def _worst(cells: Mapping[str, Judged]) -> dict[str, Judged]:
    found = exception(cells)
    if found is None:
        return {}
    name, part = found
    return {name: replace(cells[name], parts=(part,) if part else ())}


def surveyed(old: Ledger | None, found: Survey) -> Ledger:
    """A ledger with what an ensemble says; one of another model or of other settings is left out, as is what another ensemble said."""
    if old is None or (old.cells and not _same_ground(old.about, found.about)):
        return Ledger((), {}, {}, found)
    before = old.survey
    if before is None or dict(before.about) != dict(found.about):
        return replace(old, survey=found)
    return replace(old, survey=Survey(found.about, {**before.shares, **found.shares}, {**before.worst, **found.worst}))


def _same_ground(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    return all(one.get(name) == other.get(name) for name in ("model_digest", "settings"))


def _run(cells: Mapping[str, Judged]) -> dict[str, Judged]:
    return {name: cell for name, cell in cells.items() if cell.verdict != NOT_RUN}


def share(cells: Mapping[str, Judged], confidence: float = 0.95) -> Share | None:
    """Over the firms on which a claim was run; None where on none."""
    run = [cell.verdict for cell in cells.values() if cell.verdict != NOT_RUN]
    if not run:
        return None
    holds, refuted, n = run.count(HOLDS), run.count(REFUTED), len(run)
    return Share(holds, refuted, n, *wilson_interval(holds / n, n, confidence), _word(holds / n, refuted / n))


def _word(holds: float, refuted: float) -> str:
    if holds >= MOST:
        return SUPPORTED
    if 1.0 - refuted <= FEW:
        return REFUTED
    return MIXED if holds > FEW and refuted > FEW else UNDECIDED


def exception(cells: Mapping[str, Judged]) -> tuple[str, Part | None] | None:
    """(firm, the condition that does not hold there) of what speaks most against a claim; None where it holds wherever it was run."""
    for verdict, state in ((REFUTED, FAILS), (NEITHER, FAILS), (NEITHER, "open"), (REFUTED, "open")):
        for name, cell in cells.items():
            parts = [part for part in cell.parts if part.decides and part.state == state]
            if cell.verdict == verdict and parts:
                return name, parts[0]
    others = [name for name, cell in cells.items() if cell.verdict in (REFUTED, NEITHER)]
    return (others[0], None) if others else None


def survey_values(found: Survey) -> dict[str, object]:
    """What an ensemble says, as plain values."""
    claims = {
        key: {**vars(shared), "worst": {name: cell_values(cell) for name, cell in found.worst.get(key, {}).items()}}
        for key, shared in found.shares.items()
    }
    return {"about": dict(found.about), "claims": claims}


def survey_from(values: Mapping[str, object]) -> Survey:
    """What `survey_values` wrote. Raises KeyError or TypeError for something else."""
    claims: Mapping[str, Mapping[str, Any]] = values["claims"]  # type: ignore[assignment]
    shares = {key: Share(**{name: entry[name] for name in Share.__dataclass_fields__}) for key, entry in claims.items()}
    worst = {key: {name: cell_of(cell) for name, cell in entry["worst"].items()} for key, entry in claims.items()}
    return Survey(dict(values["about"]), shares, worst)  # type: ignore[call-overload]


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
