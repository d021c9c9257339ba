"""Status: how far a sweep is, for the terminal and, as status.json, for other tools."""

from __future__ import annotations

import json
import os
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field

from sim.experiment.sweep.store import Store

WRITE_SECONDS = 1.0
RUNNING, FINISHED, INTERRUPTED, STOPPED = "running", "finished", "interrupted", "stopped"


@dataclass
class Status:
    """How far it is.

    total, kept     runs in all, and of them those that were there before
    done            runs there are now, those kept included
    failed, refused runs that went wrong, and firms that cannot have the design
    ages            chunk in work → seconds since it was begun
    deaths          workers that died
    remade          files of chunks that were damaged and are made again
    """

    total: int
    shard: str = ""
    kept: int = 0
    done: int = 0
    failed: int = 0
    refused: int = 0
    deaths: int = 0
    remade: list[str] = field(default_factory=list)
    ages: dict[int, float] = field(default_factory=dict)
    state: str = RUNNING
    started: float = field(default_factory=time.time)
    written: float = 0.0

    @property
    def seconds(self) -> float:
        return time.time() - self.started

    @property
    def rate(self) -> float:
        """Runs a second since this process took the sweep up."""
        return (self.done - self.kept) / max(self.seconds, 1e-9)

    @property
    def seconds_left(self) -> float | None:
        """Seconds to go at this rate; None before the first chunk."""
        return (self.total - self.done) / self.rate if self.done > self.kept else None

    def document(self) -> dict[str, object]:
        left = self.seconds_left
        return {
            "state": self.state, "runs": self.total, "done": self.done, "kept": self.kept, "failed": self.failed, "refused": self.refused,
            "runs_per_second": round(self.rate, 2), "seconds": round(self.seconds, 1),
            "seconds_left": None if left is None else round(left, 1), "worker_deaths": self.deaths, "remade": self.remade,
            "chunks_in_work": {str(number): round(age, 1) for number, age in self.ages.items()}, "shard": self.shard,
            "process": os.getpid(), "host": socket.gethostname(), "updated": time.strftime("%Y-%m-%dT%H:%M:%S"),
        }  # fmt: skip

    def write(self, store: Store, at_once: bool = False) -> None:
        """Write status.json, at most once a second; a full disk does not stop the sweep here."""
        now = time.monotonic()
        if at_once or now - self.written >= WRITE_SECONDS:
            self.written = now
            name = f"status-{self.shard}.json" if self.shard else "status.json"
            with suppress(OSError):
                store.put(name, (json.dumps(self.document(), indent=1) + "\n").encode())
