"""The store of a sweep: one folder, one Parquet file a chunk, each written whole or not at all.

    plan.json        what the runs are, with versions and digests
    sweep.toml       the sweep as its author wrote it
    points.parquet   point → values
    chunks/ab/KEY.parquet, KEY.series.parquet   rows of a chunk; the name says what decides them
    manifest*.jsonl  chunk by chunk the checksum of its file: saves reading, and can be rebuilt from the files
    status*.json     how far it is, for other tools

A chunk is written under a temporary name, synced, renamed, and the folder is synced: after a crash it is there whole or not there. Its
metadata hold a digest of its decoded columns, so that it can be verified without the manifest.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.sweep.living import FAILED, REFUSED, STATUS, Rows
from sim.experiment.sweep.plan import Plan
from sim.model.outcomes import OUTCOMES
from sim.model.series import NAMES as SERIES

if TYPE_CHECKING:
    import pyarrow

CHUNKS, POINTS, PLAN, TEXT = "chunks", "points.parquet", "plan.json", "sweep.toml"
ENDING, SERIES_ENDING = ".parquet", ".series.parquet"
CONTENT = b"orgweave.content"
ROW_NAMES = {"monthly": "month", "daily": "day"}


@dataclass(frozen=True)
class Entry:
    """What is known of a chunk's file: its key, checksum of its bytes, rows, failed and refused runs."""

    key: str
    sha256: str
    rows: int
    failed: int
    refused: int

    def line(self) -> str:
        return json.dumps(vars(self))


class Damaged(Exception):
    """A chunk's file that is not what was written."""


@dataclass
class Store:
    """The folder of a sweep's results. Reading needs no lock: files appear whole."""

    folder: Path
    entries: dict[str, Entry] = field(default_factory=dict)

    def path(self, key: str, ending: str = ENDING) -> Path:
        """Where the chunk of a key lies."""
        return self.folder / CHUNKS / key[:2] / f"{key}{ending}"

    def put(self, name: str, content: bytes) -> None:
        """Write a small file, whole or not at all. Raises OSError."""
        put(self.folder / name, content)

    def write(self, plan: Plan, number: int, rows: Rows) -> Entry:
        """Write a chunk and give its entry. Raises OSError where the disk is full or the folder gone."""
        key = plan.key(number)
        if rows.series is not None:
            put_table(series_table(plan, rows), self.path(key, SERIES_ENDING))
        sha256 = put_table(runs_table(plan, rows), self.path(key))
        failed, refused = (int((rows.status == STATUS.index(what)).sum()) for what in (FAILED, REFUSED))
        return Entry(key, sha256, len(rows.point), failed, refused)

    def note(self, entry: Entry, name: str = "manifest.jsonl") -> None:
        """Remember an entry; a full disk costs the manifest's line only, never the chunk."""
        self.entries[entry.key] = entry
        with suppress(OSError), (self.folder / name).open("a", encoding="utf-8") as file:
            file.write(entry.line() + "\n")

    def recall(self) -> None:
        """Read the manifests; lines that a crash has cut are passed over."""
        for path in sorted(self.folder.glob("manifest*.jsonl")):
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                with suppress(ValueError, TypeError):
                    entry = Entry(**json.loads(line))
                    self.entries[entry.key] = entry

    def verified(self, key: str, series: bool = False) -> Entry | None:
        """The entry of a chunk whose file is whole; None where there is none. Raises Damaged where it is not what was written."""
        path = self.path(key)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        if series and not self.path(key, SERIES_ENDING).exists():
            return None
        sha256 = hashlib.sha256(content).hexdigest()
        known = self.entries.get(key)
        if known is not None and known.sha256 == sha256:
            return known
        # A chunk whose failed runs were tried again is another file, and its line may not be written yet.
        if known is not None and not known.failed:
            raise Damaged(f"{path}: its bytes are not those that were written")
        entry = _entry_of(path, key, sha256)
        self.entries[key] = entry
        return entry

    def read(self, key: str) -> pyarrow.Table:
        """Rows of a chunk, verified. Raises Damaged, FileNotFoundError."""
        return read_table(self.path(key))

    def sweep_up(self) -> None:
        """Remove what crashes have left half written."""
        for path in self.folder.rglob(".half-*"):
            with suppress(OSError):
                path.unlink()


def _entry_of(path: Path, key: str, sha256: str) -> Entry:
    table = read_table(path)
    status = table.column("status").to_pylist()
    return Entry(key, sha256, table.num_rows, status.count(FAILED), status.count(REFUSED))


def read_table(path: Path) -> pyarrow.Table:
    """A chunk's table, its decoded columns held against the digest in its metadata. Raises Damaged, FileNotFoundError."""
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.read_table(path, page_checksum_verification=True, partitioning=None)
        promised = (table.schema.metadata or {}).get(CONTENT, b"").decode()
        found = content_digest(table)
    except FileNotFoundError:
        raise
    except (pyarrow.ArrowException, OSError, ValueError, UnicodeDecodeError) as error:
        raise Damaged(f"{path}: {str(error).splitlines()[0]}") from None
    if found != promised:
        raise Damaged(f"{path}: its content is not what was written")
    return table


def put(path: Path, content: bytes) -> None:
    """Write a file under a temporary name, sync it, rename it, sync its folder. Raises OSError; what is half written is removed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.parent / f".half-{os.getpid()}-{path.name}"
    try:
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, path)
    except BaseException:
        with suppress(OSError):
            half.unlink()
        raise
    with suppress(OSError):  # some file systems cannot sync a folder
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def put_table(table: pyarrow.Table, path: Path) -> str:
    """Write a table as Parquet, with the digest of its content; gives the SHA-256 of the file's bytes. Raises OSError."""
    import pyarrow
    import pyarrow.parquet

    table = table.replace_schema_metadata({CONTENT: content_digest(table).encode()})
    floats = [name for name in table.column_names if pyarrow.types.is_floating(table.schema.field(name).type)]
    sink = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(
        table, sink, compression="zstd", write_page_checksum=True,
        use_dictionary=[name for name in table.column_names if name not in floats],
        use_byte_stream_split=floats, store_schema=True,
    )  # fmt: skip
    content = sink.getvalue().to_pybytes()
    put(path, content)
    return hashlib.sha256(content).hexdigest()


def runs_table(plan: Plan, rows: Rows) -> pyarrow.Table:
    """One row a run: point, design, replicate, seed, status, error, the outcomes, and for quantiles whether they were not reached."""
    import pyarrow

    columns: dict[str, object] = {
        "point": rows.point,
        "design": _names(rows.design, plan.designs),
        "replicate": rows.replicate,
        "seed": rows.seed,
        "status": _names(rows.status, STATUS),
        "error": pyarrow.array([text or None for text in rows.error], pyarrow.string()),
    }
    for place, name in enumerate(plan.sweep.outcomes):
        columns[name] = canonical(rows.outcomes[:, place])
    for place, name in enumerate(plan.sweep.outcomes):
        if OUTCOMES[name].window:
            columns[f"{name}_beyond"] = np.ascontiguousarray(rows.beyond[:, place])
    return pyarrow.table(columns)


def series_table(plan: Plan, rows: Rows) -> pyarrow.Table:
    """One row a run and month or day: point, design, replicate, month or day from 1, the quantities."""
    import pyarrow

    assert rows.series is not None
    count, months, _ = rows.series.shape
    columns: dict[str, object] = {
        "point": np.repeat(rows.point, months),
        "design": _names(np.repeat(rows.design, months), plan.designs),
        "replicate": np.repeat(rows.replicate, months),
        ROW_NAMES[plan.sweep.series]: np.tile(np.arange(1, months + 1, dtype=np.int16), count),
    }
    for place, name in enumerate(SERIES):
        columns[name] = canonical(rows.series[:, :, place].reshape(-1))
    return pyarrow.table(columns)


def _names(places: np.ndarray, names: tuple[str, ...]) -> pyarrow.Array:
    import pyarrow

    return pyarrow.DictionaryArray.from_arrays(pyarrow.array(places, pyarrow.int8()), pyarrow.array(list(names)))


def canonical(values: np.ndarray) -> np.ndarray:
    """Values with one NaN, whatever bits it had."""
    return np.where(np.isnan(values), np.nan, values)


def decoded_columns(table: pyarrow.Table) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every column: numbers as they lie in memory, texts with a zero byte after each."""
    import pyarrow

    for name in table.column_names:
        column = table.column(name)
        if pyarrow.types.is_floating(column.type):
            yield name, canonical(column.to_numpy()).tobytes()
        elif pyarrow.types.is_integer(column.type) or pyarrow.types.is_boolean(column.type):
            yield name, np.ascontiguousarray(column.to_numpy().astype(np.int64)).tobytes()
        else:
            yield name, b"".join((text or "").encode() + b"\0" for text in column.to_pylist())


def content_digest(table: pyarrow.Table) -> str:
    """Hex digest over the decoded columns, which no version of a library and no compression changes."""
    digest = hashlib.sha256(f"{table.num_rows}".encode())
    for name, content in decoded_columns(table):
        digest.update(f"\n{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def points_table(plan: Plan) -> pyarrow.Table:
    """One row a point: its number, and its value on each path."""
    import pyarrow

    columns: dict[str, object] = {"point": np.arange(len(plan.points), dtype=np.int32)}
    for place, factor in enumerate(plan.sweep.factors):
        values = plan.points[:, place]
        columns[factor.path] = values if factor.is_number else pyarrow.array([factor.values[int(value)] for value in values])
    return pyarrow.table(columns)


def plan_document(plan: Plan, versions: Mapping[str, object]) -> dict[str, object]:
    """plan.json: everything that a reader, or the next session, wants to know of the plan."""
    sweep = plan.sweep
    return {
        "name": sweep.name, "title": sweep.title, "about": sweep.about, "hash": plan.hash, "replicates": plan.replicates,
        "points": len(plan.points), "runs": plan.runs, "chunk_points": plan.chunk_points, "chunk_replicates": plan.chunk_replicates,
        "replicate_edges": list(plan.edges),
        "chunks": [plan.key(number) for number in range(plan.chunks)], "runner": plan.runner, **sweep.about_it(), **versions,
    }  # fmt: skip
