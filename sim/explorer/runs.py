"""Runs: the kernel with a memory and a way to stop, so that a moved slider is answered at once.

A design that a change does not touch is not run again, and an answer that nobody waits for any more is given up at the next run.
What comes out is what `sim.experiment.compare` gives, run for run.
"""

from __future__ import annotations

import hashlib
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from sim.model.begin import Blueprint
from sim.model.kernel import Run, run

MOST_BYTES = 32 * 2**20
"""Memory that remembered runs may take: some 6000 of three years."""


LATELY = 20
"""Runs over which the pace is averaged."""


class Superseded(BaseException):
    """Nobody waits for this answer any more. No Exception, or the run would be counted as one that failed."""


class Memory:
    """Runs by what decides them; the longest unused are forgotten first. Shared by all threads.

    pace  seconds that one processor took for a run lately, beside whatever else went on; infinite before the first
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self.pace = math.inf
        self._runs: OrderedDict[bytes, Run] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._runs)

    def __contains__(self, key: bytes) -> bool:
        """Whether the run of this key is remembered; asking does not count as using it."""
        return key in self._runs

    def get(self, key: bytes) -> Run | None:
        """The run of this key, or None."""
        with self._lock:
            found = self._runs.get(key)
            if found is not None:
                self._runs.move_to_end(key)
            return found

    def put(self, key: bytes, made: Run, seconds: float) -> None:
        """Remember a run, and forget others where there is no room; `seconds` is what it took."""
        with self._lock:
            self.pace = seconds if math.isinf(self.pace) else self.pace + (seconds - self.pace) / LATELY
            if key in self._runs:
                return
            self._runs[key] = made
            self.bytes += _size(made)
            while self.bytes > self.most_bytes and self._runs:
                _, old = self._runs.popitem(last=False)
                self.bytes -= _size(old)


def remembering(memory: Memory, stop: threading.Event) -> Callable[[Blueprint, int], Run]:
    """The kernel for `sim.experiment.compare`, which looks a run up before it makes it.

    What it returns raises Superseded once `stop` is set.
    """
    keys: dict[int, bytes] = {}  # the blueprints live as long as the comparison that asks

    def live(blueprint: Blueprint, seed: int) -> Run:
        if stop.is_set():
            raise Superseded
        if id(blueprint) not in keys:
            keys[id(blueprint)] = blueprint_key(blueprint)
        key = run_key(keys[id(blueprint)], seed)
        found = memory.get(key)
        if found is None:
            started = time.perf_counter()
            found = run(blueprint, seed)
            memory.put(key, found, time.perf_counter() - started)
        return found

    return live


def blueprint_key(blueprint: Blueprint) -> bytes:
    """Digest of everything that decides a blueprint's runs: every value, technologists seated, counted days and days before."""
    world = blueprint.world
    digest = hashlib.sha256(world.p.tobytes())
    digest.update(repr((float(world.firm[0].seated), blueprint.days, blueprint.warm_up, len(world.teams), len(world.homes))).encode())
    return digest.digest()


def run_key(blueprint: bytes, seed: int) -> bytes:
    """What decides one run: its blueprint's digest and its seed."""
    return blueprint + seed.to_bytes(8, "little")


def _size(made: Run) -> int:
    return sum(array.nbytes for array in made) + 300
