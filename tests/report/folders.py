"""Folders as commands write them, made from invented runs: what pages of stored results are tried on."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from sim.analysis.journey import travelled
from sim.analysis.moves import effects_of
from sim.analysis.paired import analyse
from sim.analysis.phase import Axis, Gap, Map
from sim.experiment.comparison import Comparison
from sim.experiment.phase import nodes_a_side
from sim.report.journey_table import document as journey_document
from sim.report.moves_table import document as moves_document
from sim.report.phase_table import map_values, written
from sim.report.write import write_report
from sim.report.write_journey import write_journey
from sim.report.write_moves import write_moves
from tests.analysis.journeys import journey, planted
from tests.analysis.test_moves import planted as planted_moves
from tests.report.synthetic import comparison
from tests.report.test_attribution_section import planted as attributed

ROOT = Path(__file__).resolve().parents[2]
MODEL = "5f0c2a9d41b7"
"""Digest of the model that all invented runs claim to be of."""


def bank(folder: Path, replicates: int = 40, with_shares: bool = True) -> tuple[Path, Comparison]:
    """What `orgsim compare --attribute --out` writes."""
    runs = comparison(replicates=replicates)
    write_report(runs, replace(analyse(runs), attributions=(attributed(),) if with_shares else ()), folder)
    return folder, runs


def way(folder: Path) -> Path:
    """What `orgsim transition --out` writes."""
    quick, slow = [-1900.0, -100.0, *[150.0] * 58], [-200.0] * 20 + [20.0] * 40
    runs = journey({name: planted(months, noise=90.0) for name, months in {"at_once": quick, "pilot_then_scale": slow}.items()})
    runs = replace(runs, provenance={**runs.provenance, "model_digest": MODEL})
    found, about = travelled(runs), {"at_once": "Everything on one day.", "pilot_then_scale": "One unit first."}
    write_journey(runs, found, journey_document(runs, found), about, "pervasive", folder)
    return folder


def moves(folder: Path) -> Path:
    """What `orgsim intervene --out` writes."""
    runs, about = planted_moves({"new_leader": 0.0, "outsourcing": -0.2, "embedded": 0.4, "other": 0.6}, noise=0.1)
    made_by = {"model_digest": MODEL, "command": "orgsim intervene branch_bank", "seed": 1}
    runs = replace(runs, settled=replace(runs.settled, provenance=made_by), at_once=replace(runs.at_once, provenance=made_by))
    runs = replace(runs, other="pervasive", **{
        view: replace(getattr(runs, view), designs=(*runs.settled.designs[:-1], "pervasive")) for view in ("settled", "at_once")
    })  # fmt: skip
    found = effects_of(runs, about)
    write_moves(runs, found, moves_document(runs.settled, found), folder)
    return folder


def chart(folder: Path) -> Path:
    """What `orgsim map --out` writes: pervasive is better where turbulence is low."""
    size = nodes_a_side(0)
    axes = [Axis(f"firm.{name}", name, "per year", tuple(step * place for place in range(size))) for name, step in
            (("turbulence", 0.5), ("coupling", 1.0))]  # fmt: skip
    gaps = {(x, y): Gap(0.2 - 0.1 * x + 0.01 * y, 0.02, 24) for x in range(size) for y in range(size)}
    found = [Map(("partnership", "pervasive"), axes[0], axes[1], gaps, 0)]
    here = {"across": 0.5, "up": 2.0, "gap": gaps[1, 2]}
    document = {"scenario": "branch_bank", "outcome": "return_on_spend", "designs": ["partnership", "pervasive"],
                **map_values(found, here), "provenance": {"model_digest": MODEL, "command": "orgsim map branch_bank"}}  # fmt: skip
    written(found, "return on spend", here, document, folder)
    return folder


def claims(folder: Path) -> Path:
    """The ledger of claims of the documentation."""
    folder.mkdir()
    shutil.copy(ROOT / "docs/model/claims.json", folder)
    return folder


def firms(folder: Path) -> Path:
    """The winners over the ensemble that comes with the project."""
    folder.mkdir()
    shutil.copy(ROOT / "results/ensemble/winners.json", folder)
    return folder


def everything(folder: Path) -> list[Path]:
    """A comparison with all that can stand beside it."""
    made = [make(folder / name) for name, make in (("way", way), ("moves", moves), ("map", chart), ("claims", claims), ("firms", firms))]
    return [bank(folder / "bank")[0], *made]
