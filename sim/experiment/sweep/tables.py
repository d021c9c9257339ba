"""Tables: rows of a chunk as columns, Parquet files that know what they hold, and a digest over decoded columns."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.sweep.living import STATUS, STORED, Rows
from sim.experiment.sweep.plan import Plan
from sim.model.outcomes import OUTCOMES
from sim.model.series import NAMES as SERIES

if TYPE_CHECKING:
    import pyarrow

CONTENT = b"orgweave.content"
NAMED = ("design", "status")
"""Columns of few texts, each told once."""
WORTH_ZSTANDARD = 128
"""Rows from which Zstandard is worth its time: of 80 it makes a file no smaller and takes half as long again to write as LZ4, of 244 it
makes one a twentieth smaller for a few microseconds a run."""
ROW_NAMES = {"monthly": "month", "daily": "day"}


class Damaged(Exception):
    """A chunk's file that is not what was written."""


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
    outcomes = np.ascontiguousarray(rows.outcomes.T, STORED[plan.sweep.numbers])
    columns.update(zip(plan.sweep.outcomes, canonical(outcomes), strict=True))
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
    series = rows.series.astype(STORED[plan.sweep.numbers])
    for place, name in enumerate(SERIES):
        columns[name] = canonical(series[:, :, place].reshape(-1))
    return pyarrow.table(columns)


def _names(places: np.ndarray, names: tuple[str, ...]) -> pyarrow.Array:
    import pyarrow

    return pyarrow.DictionaryArray.from_arrays(pyarrow.array(places, pyarrow.int8()), pyarrow.array(list(names)))


def points_table(plan: Plan) -> pyarrow.Table:
    """One row a point: its number, and its value on each path."""
    import pyarrow

    columns: dict[str, object] = {"point": np.arange(len(plan.points), dtype=np.int32)}
    for place, factor in enumerate(plan.sweep.factors):
        values = plan.points[:, place]
        columns[factor.path] = values if factor.is_number else pyarrow.array([factor.values[int(value)] for value in values])
    return pyarrow.table(columns)


def canonical(values: np.ndarray) -> np.ndarray:
    """Values with one NaN, whatever bits it had; of the same type."""
    return np.where(np.isnan(values), values.dtype.type(np.nan), values)


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
            yield name, b"".join(_ended_texts(chunk) for chunk in column.chunks)


def _ended_texts(texts: pyarrow.Array) -> memoryview:
    """The texts one after the other, a zero byte after each; none and an empty one are the same. Raises TypeError for what is no text."""
    import pyarrow
    import pyarrow.compute

    kind = texts.type.value_type if pyarrow.types.is_dictionary(texts.type) else texts.type
    if not pyarrow.types.is_string(kind):
        raise TypeError(f"{kind} where texts are stored")
    plain = texts.cast(pyarrow.string()).fill_null("")
    ended = pyarrow.compute.binary_join_element_wise(plain, "", "\0")
    _, places, content = ended.buffers()
    first, last = np.frombuffer(places, np.int32)[[ended.offset, ended.offset + len(ended)]] if len(ended) else (0, 0)
    return memoryview(content)[first:last] if content is not None else memoryview(b"")


def places_of(column: pyarrow.ChunkedArray, names: Sequence[str]) -> np.ndarray:
    """(N,) int: the place among `names` of each text of a column. Raises ValueError for one that is not among them."""
    found = [np.zeros(0, np.intp)]
    for chunk in column.chunks:
        coded = chunk if hasattr(chunk, "indices") else chunk.dictionary_encode()
        place = np.array([names.index(name) for name in coded.dictionary.to_pylist()], np.intp)
        found.append(place[coded.indices.to_numpy()])
    return np.concatenate(found)


def content_digest(table: pyarrow.Table) -> str:
    """Hex digest over the decoded columns, which no version of a library and no compression changes."""
    digest = hashlib.sha256(f"{table.num_rows}".encode())
    for name, content in decoded_columns(table):
        digest.update(f"\n{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


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

    floats = [name for name in table.column_names if pyarrow.types.is_floating(table.schema.field(name).type)]
    counts = [name for name in table.column_names if pyarrow.types.is_integer(table.schema.field(name).type)]
    others = [name for name in table.column_names if name not in floats]
    texts = [name for name in others if name not in counts]
    encodings = dict.fromkeys(counts, "DELTA_BINARY_PACKED") | dict.fromkeys(floats, "BYTE_STREAM_SPLIT")
    sink = pyarrow.BufferOutputStream()
    # A chunk is small and has many columns, so what is told of each column weighs: a second description of the columns for Arrow took
    # 25 bytes a run of a chunk of two hundred, and each outcome's least and largest value longer to write than all the rest.
    with pyarrow.parquet.ParquetWriter(
        sink, table.schema, compression="zstd" if table.num_rows >= WORTH_ZSTANDARD else "lz4", write_page_checksum=True,
        use_dictionary=texts, write_statistics=others, column_encoding=encodings, store_schema=False,
    ) as writer:  # fmt: skip
        writer.write_table(table)
        writer.add_key_value_metadata({CONTENT: content_digest(table)})
    content = sink.getvalue().to_pybytes()
    put(path, content)
    return hashlib.sha256(content).hexdigest()


def read_table(path: Path) -> pyarrow.Table:
    """A chunk's table, its decoded columns held against the digest in its metadata. Raises Damaged, FileNotFoundError."""
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.read_table(path, page_checksum_verification=True, partitioning=None, read_dictionary=list(NAMED))
        promised = (table.schema.metadata or {}).get(CONTENT, b"").decode()
        found = content_digest(table)
    except FileNotFoundError:
        raise
    except (pyarrow.ArrowException, OSError, ValueError, TypeError, AttributeError) as error:  # a changed schema may make texts bytes
        raise Damaged(f"{path}: {str(error).splitlines()[0]}") from None
    if found != promised:
        raise Damaged(f"{path}: its content is not what was written")
    return table


def plan_document(plan: Plan, versions: Mapping[str, object]) -> dict[str, object]:
    """plan.json: everything that a reader, or the next session, wants to know of the plan."""
    sweep = plan.sweep
    return {
        "name": sweep.name, "title": sweep.title, "about": sweep.about, "hash": plan.hash, "replicates": plan.replicates,
        "points": len(plan.points), "runs": plan.runs, "chunk_points": plan.chunk_points, "chunk_replicates": plan.chunk_replicates,
        "replicate_edges": list(plan.edges),
        "chunks": [plan.key(number) for number in range(plan.chunks)], "runner": plan.runner, **sweep.about_it(), **versions,
    }  # fmt: skip
