"""Preparing a results folder: the plan's own files are put there once, and a folder that holds something else is refused."""

from __future__ import annotations

import json
import platform
from pathlib import Path

import numpy as np

import sim
from sim.core.errors import InputError
from sim.core.jit import COMPILED, model_digest
from sim.experiment.sweep.plan import Plan, draw_up_plan
from sim.experiment.sweep.store import PLAN, POINTS, TEXT, Store
from sim.experiment.sweep.tables import plan_document, points_table, put_table
from sim.scenario.sweep import Sweep

DIFFERENCES = ("scenarios", "designs", "factors", "sample", "seed", "independent", "outcomes", "series", "numbers", "precision",
               "runner", "model_digest")  # fmt: skip
"""What a plan's hash is made of, in the order in which a difference is told."""

WANTED: dict[str, type | tuple[type, ...]] = {
    "hash": str, "name": str, "title": str, "chunks": list, "designs": list, "outcomes": list, "factors": list, "sample": dict,
    "replicate_edges": list, "points": int, "replicates": int, "runs": int, "chunk_points": int, "chunk_replicates": int, "seed": int,
    "series": str, "precision": (dict, type(None)), "model_digest": str, "version": str,
}  # fmt: skip
"""What readers take from plan.json, and what it is."""

REMEDY = "the sweep that belongs here writes it again"


def read_plan(folder: Path) -> dict[str, object] | None:
    """plan.json of a results folder; None where there is none. Raises InputError where it cannot be read."""
    try:
        found = json.loads((folder / PLAN).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise InputError(str(folder / PLAN), f"cannot be read: {error}", "", REMEDY) from None
    if not isinstance(found, dict):
        raise InputError(str(folder / PLAN), "is not the plan of a sweep", "", REMEDY)
    for name, kind in WANTED.items():
        if not isinstance(found.get(name), kind):
            raise InputError(str(folder / PLAN), f"is not the whole plan of a sweep: {name} is missing or changed", "", REMEDY)
    return found


def plan_for(sweep: Sweep, folder: Path | None, runner: str = "") -> Plan:
    """The plan of a sweep, with the chunks of the folder's own plan where it has one: they keep their names when replicates are added."""
    held = None if folder is None else _readable(folder)
    sizes = [held.get(name) if held else None for name in ("chunk_points", "chunk_replicates")]
    chunk = (int(sizes[0]), int(sizes[1])) if all(isinstance(size, int) and size > 0 for size in sizes) else None  # type: ignore[call-overload]
    return draw_up_plan(sweep, runner, chunk)


def _readable(folder: Path) -> dict[str, object] | None:
    try:
        return read_plan(folder)
    except InputError:  # the plan was lost or cut: it is written again, and every chunk that fits it is kept
        return None


def prepare(plan: Plan, folder: Path, beside_others: bool) -> None:
    """Make the folder ready for a plan.

    beside_others  whether other shards may be doing the same: what is there already is left alone

    Raises InputError where the folder holds another plan or other things, or cannot be written.
    """
    held = _readable(folder) if folder.exists() else None
    if held is not None and held["hash"] != plan.hash:
        raise InputError(f"--out {folder}", f"holds the results of another plan: {_difference(held, plan)}",
                         "an empty folder, or that of this sweep")  # fmt: skip
    if held is None and folder.exists() and not _may_be_filled(folder):
        raise InputError(f"--out {folder}", "holds other things and no sweep", "an empty folder, or that of this sweep")
    if held is not None and beside_others and held.get("replicates") == plan.replicates:
        return
    versions = {"model_digest": model_digest(), "version": sim.__version__, "python": platform.python_version(), "numpy": np.__version__,
                "compiled": COMPILED}  # fmt: skip
    store = Store(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        store.put(TEXT, plan.sweep.text.encode())
        put_table(points_table(plan), folder / POINTS)
        store.put(PLAN, (json.dumps(plan_document(plan, versions), indent=1) + "\n").encode())
    except OSError as error:
        raise InputError(f"--out {folder}", f"cannot be written: {error.strerror or error}", "a folder that exists or can be made, and has "
                         "room") from None  # fmt: skip


def _may_be_filled(folder: Path) -> bool:
    """Whether a folder without a plan is empty, or all that is left of a sweep."""
    ours = {TEXT, POINTS, PLAN, "chunks", "lock"}
    prefixes = ("manifest", "status", "lock", ".half-")
    try:
        return all(path.name in ours or path.name.startswith(prefixes) for path in folder.iterdir())
    except NotADirectoryError:
        raise InputError(f"--out {folder}", "is a file, not a folder") from None
    except OSError as error:
        raise InputError(f"--out {folder}", f"cannot be read: {error.strerror or error}") from None


def _difference(held: dict[str, object], plan: Plan) -> str:
    """What makes a folder's plan another one, in words."""
    ours = json.loads(json.dumps(plan_document(plan, {"model_digest": model_digest()})))
    if "numbers" not in held:
        return "stored by an earlier version, in double precision; it can be read and not gone on with"
    differing = [name for name in DIFFERENCES if held.get(name) != ours.get(name)]
    if differing == ["model_digest"]:
        return "the same sweep, run by another version of the model"
    if differing == ["numbers"]:
        return f"the same sweep, stored in {held['numbers']} precision and not in {plan.sweep.numbers}"
    name = f"{held.get('name')}, " if held.get("name") != plan.sweep.name else ""
    return f"{name}with other {', '.join(name.replace('_', ' ') for name in differing) or 'points'}"
