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
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sim.experiment.sweep.living import FAILED, REFUSED, STATUS, Rows
from sim.experiment.sweep.plan import Plan
from sim.experiment.sweep.tables import Damaged, put, put_table, read_table, runs_table, series_table

if TYPE_CHECKING:
    import pyarrow

CHUNKS, POINTS, PLAN, TEXT = "chunks", "points.parquet", "plan.json", "sweep.toml"
ENDING, SERIES_ENDING = ".parquet", ".series.parquet"


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


