"""Trace: every item's life and every agent's day of one Mesa run, as Parquet files.

    items.parquet     one row an item: all fields, days by cause, stage and kind in words
    teams.parquet, liaisons.parquet, leaders.parquet   one row an agent and day: what the mechanisms write, evening by
                      evening, and the items that wait for a liaison
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.model.fields.field import SPECIALISMS
from sim.model.outcomes import CAUSES
from sim.model.stages import STAGES
from sim.model.state import TABLES

if TYPE_CHECKING:
    import pyarrow

    from sim.model.mesa_model import OrgModel

KINDS = ("change", "idea")
ELEMENTS = {"left": SPECIALISMS, "days": CAUSES}
"""Names of the elements of nested fields of an item; each becomes a column of its own."""

DAILY = {
    table: tuple(name for name, field in TABLES[table].items() if field.owner != "structure" and not field.shape)
    for table in ("teams", "liaisons", "leaders")
}
"""What is noted of each agent every evening: the single numbers that a mechanism writes."""


class Trace:
    """What agents were like each evening of a model that is stepped from its first day; columns of (days, agents) arrays."""

    def __init__(self, model: OrgModel) -> None:
        self.model = model
        self.days = 0
        self.noted = {
            table: {name: np.zeros((model.horizon, len(getattr(model.world, table))), getattr(model.world, table).dtype[name])
                    for name in names}
            for table, names in DAILY.items()
        }  # fmt: skip
        self.noted["liaisons"]["waiting"] = np.zeros((model.horizon, len(model.world.liaisons)), np.int32)

    def note(self) -> None:
        """Note the evening of the day that has just ended."""
        world = self.model.world
        for table, columns in self.noted.items():
            for name, values in columns.items():
                source = getattr(world, table)
                values[self.days] = world.lines["count"][source["line"]] if name == "waiting" else source[name]
        self.days += 1

    def tables(self) -> dict[str, pyarrow.Table]:
        """Each file's content by its name."""
        import pyarrow

        found = {"items": items_table(self.model)}
        for table, columns in self.noted.items():
            many = len(getattr(self.model.world, table))
            rows = {"day": np.repeat(np.arange(self.days, dtype=np.int32), many),
                    table.removesuffix("s"): np.tile(np.arange(many, dtype=np.int32), self.days)}  # fmt: skip
            rows |= {name: values[: self.days].ravel() for name, values in columns.items()}
            found[table] = pyarrow.table(rows)
        return found

    def write(self, folder: str | os.PathLike[str]) -> list[Path]:
        """Write every table into a folder, each file whole or not at all; gives the paths. Raises OSError where that fails."""
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        return [_write(table, target / f"{name}.parquet") for name, table in self.tables().items()]


def items_table(model: OrgModel) -> pyarrow.Table:
    """One row an item raised so far, in the order of raising; nested fields that have names for their elements are spread out."""
    import pyarrow

    items = model.world.items[: model.world.firm[0].raised]
    stage_names = {number: name for name, number in STAGES.items()}
    columns: dict[str, object] = {"item": np.arange(len(items), dtype=np.int32)}
    for name, field in TABLES["items"].items():
        values = np.ascontiguousarray(items[name])
        if name == "stage":
            columns[name] = [stage_names[number] for number in values.tolist()]
        elif name == "kind":
            columns[name] = [KINDS[number] for number in values.tolist()]
        elif field.shape:
            columns |= {f"{name}_{element}": np.ascontiguousarray(values[:, place]) for place, element in enumerate(ELEMENTS[name])}
        else:
            columns[name] = values
    return pyarrow.table(columns)


def _write(table: pyarrow.Table, path: Path) -> Path:
    import pyarrow.parquet

    made = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        pyarrow.parquet.write_table(table, made, compression="zstd")
        os.replace(made, path)
    finally:
        made.unlink(missing_ok=True)
    return path
