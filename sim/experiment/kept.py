"""Kept: the firms of an ensemble as a table of numbers, written so that the same firms give the same bytes, and read again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.core.errors import InputError, did_you_mean
from sim.model.catalogue import PARAMETERS
from sim.scenario.firm import FIRM

if TYPE_CHECKING:
    from sim.core.parameters import Param
    from sim.experiment.problem import Drawn

DRAWS, PROVENANCE = "draws.csv", "provenance.json"
REMEDY = "orgsim ensemble SCENARIO --out DIR makes one"


@dataclass(frozen=True)
class Ensemble:
    """An ensemble that was kept.

    folder      where it stands
    firms       of each: path → value
    provenance  what made it: scenario, design, model_digest, plan_hash, seed and more
    """

    folder: Path
    firms: tuple[Mapping[str, float], ...]
    provenance: Mapping[str, object]

    def spread(self, most: int | None = None) -> list[tuple[int, Mapping[str, float]]]:
        """(number from 1, firm) of so many firms, spread evenly over those that were kept, since early waves find others than late ones;
        all where None.

        >>> [number for number, _ in Ensemble(Path("."), ({},) * 10, {}).spread(4)]
        [1, 3, 6, 8]
        """
        whole = len(self.firms)
        asked = min(most or whole, whole)
        return [(place * whole // asked + 1, self.firms[place * whole // asked]) for place in range(asked)]

    def told(self, name: str) -> str:
        """One entry of the provenance as text; "unknown" where it is not there."""
        return str(self.provenance.get(name, "unknown"))


def as_csv(kept: Sequence[Drawn]) -> str:
    """One row a firm: its number, the wave that found it, and every number drawn by its path, with the two digits that it has."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    paths = list(kept[0].point) if kept else []
    rows.writerow(["number", "wave", *paths])
    rows.writerows([number, one.wave, *(f"{one.point[path]:g}" for path in paths)] for number, one in enumerate(kept, start=1))
    return text.getvalue()


def read_ensemble(folder: Path) -> Ensemble:
    """The ensemble in a folder.

    Raises InputError where there is none, or its numbers are not ones of the model.
    """
    try:
        text = (folder / DRAWS).read_text(encoding="utf-8")
        provenance = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"--ensemble {folder}", f"{error.filename} cannot be read: {error.strerror}", remedy=REMEDY) from None
    except ValueError as error:
        raise InputError(f"--ensemble {folder}", f"is not what an ensemble's files are: {error}", remedy=REMEDY) from None
    if not isinstance(provenance, dict):
        raise InputError(str(folder / PROVENANCE), "is not one JSON object", remedy=REMEDY)
    return Ensemble(folder, tuple(_firms(folder / DRAWS, text)), provenance)


def _firms(path: Path, text: str) -> list[dict[str, float]]:
    head, *rows = list(csv.reader(io.StringIO(text))) or [[]]
    known: dict[str, Param] = {**{f"firm.{name}": param for name, param in FIRM.items()},
                               **{f"model.{name}": param for name, param in PARAMETERS.items()}}  # fmt: skip
    for name in head[2:]:
        if name not in known:
            raise InputError(f"{path}:1", f"there is no {name}", remedy=did_you_mean(name, known))
    if head[:2] != ["number", "wave"] or not rows:
        raise InputError(f"{path}:1", "holds no firms", "a row a firm: number, wave, then paths", REMEDY)
    return [_firm(path, line, head[2:], row[2:], known) for line, row in enumerate(rows, start=2)]


def _firm(path: Path, line: int, names: Sequence[str], texts: Sequence[str], known: Mapping[str, Param]) -> dict[str, float]:
    if len(texts) != len(names):
        raise InputError(f"{path}:{line}", f"has {len(texts)} numbers", f"{len(names)}, as the first line has names")
    firm = {}
    for name, text in zip(names, texts, strict=True):
        try:
            firm[name] = float(text)
        except ValueError:
            raise InputError(f"{path}:{line}", f"{name} = {text!r} is not a number") from None
        if not known[name].least <= firm[name] <= known[name].most:
            allowed = f"{known[name].least:g} to {known[name].most:g} {known[name].unit}"
            raise InputError(f"{path}:{line}", f"{name} = {text} is outside what the model takes", allowed)
    return firm
