"""Results: a sweep's folder as tables, without loading all of it: pandas, Arrow, SQL through DuckDB, and one hash over everything."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.errors import InputError, did_you_mean
from sim.experiment.sweep.preparing import read_plan
from sim.experiment.sweep.stopping import Stopping
from sim.experiment.sweep.store import ENDING, POINTS, SERIES_ENDING, Entry, Store
from sim.experiment.sweep.tables import NAMED, ROW_NAMES, Damaged, decoded_columns, places_of, read_table
from sim.model.series import NAMES as SERIES

if TYPE_CHECKING:
    import duckdb
    import pandas
    import pyarrow
    import pyarrow.dataset

NO_RESULT = ("error",)
"""Columns that tell of a run and are none of its results: texts of errors hold places of a machine."""


@dataclass(frozen=True, eq=False)
class Results:
    """What a folder holds of its plan.

    folder   where it lies
    plan     plan.json
    entries  of the chunks that are there, whole, by number
    missing  numbers of those that are not
    """

    folder: Path
    plan: dict[str, Any]
    entries: dict[int, Entry]
    missing: tuple[int, ...]
    store: Store = field(repr=False)

    @property
    def designs(self) -> tuple[str, ...]:
        return tuple(self.plan["designs"])

    @property
    def row_name(self) -> str:
        """What a row of the series is: a month or a day."""
        return ROW_NAMES.get(self.plan["series"], "month")

    @property
    def outcomes(self) -> tuple[str, ...]:
        return tuple(self.plan["outcomes"])

    @property
    def factors(self) -> tuple[str, ...]:
        """Paths that were varied."""
        return tuple(factor["path"] for factor in self.plan["factors"])

    @property
    def done(self) -> int:
        """Runs that are there, those that failed included."""
        return sum(entry.rows for entry in self.entries.values())

    @property
    def failed(self) -> int:
        return sum(entry.failed for entry in self.entries.values())

    @property
    def refused(self) -> int:
        """Runs of firms that cannot have the design."""
        return sum(entry.refused for entry in self.entries.values())

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def bytes(self) -> int:
        """Size of the chunks on the disk."""
        return sum(path.stat().st_size for path in self._files(ENDING))

    def _files(self, ending: str = ENDING) -> list[Path]:
        return [self.store.path(entry.key, ending) for entry in self.entries.values()]

    @cached_property
    def points(self) -> pandas.DataFrame:
        """One row a point, its number as index, one column a factor."""
        return self._read(self.folder / POINTS).to_pandas().set_index("point")

    def dataset(self, series: bool = False) -> pyarrow.dataset.Dataset:
        """Runs, or series, as an Arrow dataset, with the digits that are stored. Raises InputError where there is nothing."""
        import pyarrow.dataset

        self._something(series)
        form = pyarrow.dataset.ParquetFileFormat(dictionary_columns=set(NAMED))
        return pyarrow.dataset.dataset([str(path) for path in self._files(SERIES_ENDING if series else ENDING)], format=form)

    def runs(self, columns: Sequence[str] = (), with_points: bool = False) -> pandas.DataFrame:
        """One row a run in the plan's order: point, design, replicate, seed, status, error, outcomes; or only some columns of these.

        with_points  with the values of the factors
        """
        found = self.dataset().to_table(columns=list(columns) or None).to_pandas()
        order = [name for name in ("point", "replicate") if name in found]
        single = found.select_dtypes("float32").columns  # whose sums would lose digits
        found[single] = found[single].astype("float64")
        found = found.sort_values(order, kind="stable", ignore_index=True) if order else found
        return found.join(self.points, on="point") if with_points else found

    def array(self, outcome: str) -> np.ndarray:
        """One outcome, (D, N, R): design, point, replicate; NaN where a run is missing, failed or was refused.

        Raises InputError for an outcome that was not stored.
        """
        return self.arrays([outcome])[outcome]

    def arrays(self, outcomes: Sequence[str]) -> dict[str, np.ndarray]:
        """Outcome → its array as `array` gives it; every file is read once. Raises InputError for an outcome that was not stored."""
        for outcome in outcomes:
            if outcome not in self.outcomes:
                raise InputError(str(self.folder), f"has no outcome {outcome!r}", "", did_you_mean(outcome, self.outcomes))
        shape = (len(self.designs), int(self.plan["points"]), int(self.plan["replicates"]))
        found = {outcome: np.full(shape, np.nan) for outcome in outcomes}
        for path in self._files():
            table = self._read(path)
            design = places_of(table.column("design"), self.designs)
            where = design, table.column("point").to_numpy(), table.column("replicate").to_numpy()
            for outcome, values in found.items():
                values[where] = table.column(outcome).to_numpy()
        return found

    def connection(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection with the views `runs`, `points`, `results` (both joined) and, where stored, `series`. Nothing is loaded."""
        import duckdb

        self._something()
        self._read(self.folder / POINTS)
        found = duckdb.connect(":memory:")
        # Of numbers in single precision DuckDB gives medians, differences and products in single precision too.
        found.execute(f"CREATE VIEW runs AS SELECT * {_in_double(self.outcomes)} FROM read_parquet({_quoted(self._files())})")
        found.execute(f"CREATE VIEW points AS SELECT * FROM read_parquet({_quoted([self.folder / POINTS])})")
        found.execute("CREATE VIEW results AS SELECT * FROM runs JOIN points USING (point)")
        if self.plan["series"]:
            found.execute(f"CREATE VIEW series AS SELECT * {_in_double(SERIES)} FROM read_parquet({_quoted(self._files(SERIES_ENDING))})")
        # From here on a query reads these files and nothing else of the machine.
        found.execute(f"SET allowed_directories = {_quoted([self.folder])}")
        found.execute("SET enable_external_access = false")
        return found

    def sql(self, query: str) -> pyarrow.Table:
        """Answer a query over `runs`, `points`, `results` and `series`. Raises InputError for what DuckDB refuses."""
        import duckdb

        try:
            found = self.connection().sql(query)
            if found is None:
                raise InputError("--sql", "gives no rows", "a query: SELECT …")
            return found.to_arrow_table()
        except duckdb.Error as error:
            raise InputError("--sql", str(error).strip(), "tables: runs, points, results (both joined)"
                             f"{', series' * bool(self.plan['series'])}") from None  # fmt: skip

    def bands(self, quantity: str, shares: Sequence[float] = (0.1, 0.5, 0.9)) -> pandas.DataFrame:
        """Quantiles of a quantity of the series over all runs: point, design, month or day, one column a share. Nothing is loaded whole.

        Raises InputError for a quantity that there is none of, and where no series were stored.
        """
        if quantity not in SERIES:
            raise InputError(str(self.folder), f"has no series {quantity!r}", "", did_you_mean(quantity, SERIES))
        columns = ", ".join(f'quantile_cont("{quantity}", {share}) AS "q{share:g}"' for share in shares)
        self._something(series=True)
        query = f"SELECT point, design, {self.row_name}, {columns} FROM series GROUP BY ALL ORDER BY ALL"
        return self.sql(query).to_pandas()

    def root_hash(self) -> str:
        """Hex digest over the decoded columns of all runs in the plan's order; the same whoever made them, in which chunks and when.

        Raises InputError where runs are missing or a chunk is damaged.
        """
        if self.missing:
            raise InputError(str(self.folder), f"{len(self.missing)} chunks are missing", "", "go on with orgsim sweep")
        columns: dict[str, Any] = {}
        for table in self._in_order():
            for name, content in decoded_columns(table):
                if name not in NO_RESULT:
                    columns.setdefault(name, hashlib.sha256()).update(content)
        whole = hashlib.sha256()
        for name, digest in columns.items():
            whole.update(f"{name} {digest.hexdigest()}\n".encode())
        return whole.hexdigest()

    def _in_order(self) -> Iterator[pyarrow.Table]:
        """Tables of a block of points at a time, in the order point, replicate, design; then those of the monthly series."""
        import pyarrow

        blocks = -(-int(self.plan["points"]) // int(self.plan["chunk_points"]))
        for ending in (ENDING, SERIES_ENDING) if self.plan["series"] else (ENDING,):
            for block in range(blocks):
                there = [number for number in range(block, len(self.plan["chunks"]), blocks) if number in self.entries]
                paths = [self.store.path(self.entries[number].key, ending) for number in there]
                table = pyarrow.concat_tables([self._read(path) for path in paths]).unify_dictionaries()
                design = places_of(table.column("design"), self.designs)
                months = table.column(self.row_name).to_numpy() if self.row_name in table.column_names else np.zeros(len(design))
                yield table.take(np.lexsort((months, design, table.column("replicate").to_numpy(), table.column("point").to_numpy())))

    def joined(self) -> Iterator[pyarrow.Table]:
        """Runs with the values of their points, texts as texts, a chunk at a time."""
        import pyarrow

        self._something()
        points = self._read(self.folder / POINTS)
        for number in sorted(self.entries):
            table = self._read(self.store.path(self.entries[number].key))
            columns = {name: column.cast(pyarrow.string()) if pyarrow.types.is_dictionary(column.type) else column
                       for name, column in zip(table.column_names, table.columns, strict=True)}  # fmt: skip
            place = table.column("point")
            yield pyarrow.table({**columns, **{name: points.column(name).take(place) for name in points.column_names if name != "point"}})

    def _read(self, path: Path) -> pyarrow.Table:
        """A file of the folder, whole. Raises InputError where it is damaged or gone."""
        try:
            return read_table(path)
        except (Damaged, FileNotFoundError) as error:
            raise _damaged(self.folder, str(error)) from None

    def _something(self, series: bool = False) -> None:
        if not self.entries:
            raise InputError(str(self.folder), "no run is finished yet", "", "orgsim sweep … goes on with it")
        if series and not self.plan["series"]:
            raise InputError(str(self.folder), "has no monthly series", "series = true in the sweep's file")


def open_results(path: str | os.PathLike[str], verify: bool = True) -> Results:
    """The results in a sweep's folder, as far as they are finished.

    verify  whether every file is held against its checksum now; each is again when it is decoded

    Raises InputError where there is no sweep, or a chunk is damaged.
    """
    folder = Path(path)
    plan = read_plan(folder)
    if plan is None:
        raise InputError(str(path), "holds no sweep", "the folder that orgsim sweep wrote with --out")
    store = Store(folder)
    store.recall()
    entries, missing = {}, []
    keys: list[str] = plan["chunks"]  # type: ignore[assignment]

    def have(number: int) -> bool:
        key = keys[number]
        entry = store.entries.get(key)
        if verify or entry is None or not store.path(key).exists():
            try:
                entry = store.verified(key, bool(plan["series"]))
            except Damaged as error:
                raise _damaged(folder, str(error)) from None
        if entry is None:
            missing.append(number)
            return False
        entries[number] = entry
        return True

    stopping = _stopping(plan, store)
    for number in stopping.needed(have):
        if not stopping.outcome:
            have(number)
    return Results(folder, plan, entries, tuple(missing), store)


def _stopping(plan: dict[str, Any], store: Store) -> Stopping:
    """Which chunks the plan of a folder needs."""
    asked = plan["precision"] or {}
    blocks = -(-int(plan["points"]) // int(plan["chunk_points"]))
    return Stopping(store, plan["chunks"], blocks, plan["replicate_edges"], plan["designs"], asked.get("outcome", ""),
                    asked.get("half_width", 0.0))  # fmt: skip


def _damaged(folder: Path, text: str) -> InputError:
    return InputError(str(folder), f"a file is damaged: {text}", "", "the same orgsim sweep command makes it again")


def _in_double(names: Sequence[str]) -> str:
    """The part of a SELECT that gives some columns in double precision."""
    columns = ", ".join(f'"{name}"::DOUBLE AS "{name}"' for name in names)
    return f"REPLACE ({columns})"


def _quoted(paths: Sequence[Path]) -> str:
    names = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    return f"[{names}]"
