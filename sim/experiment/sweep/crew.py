"""Crews: who does the jobs of a sweep. This process, processes of this machine, or an executor with `concurrent.futures`' shape.

A crew takes a job while it has room and gives answers as they come, in any order. A worker that dies costs its own job only: the crew
says so, and has another worker for the next.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing import connection as wires
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from sim.experiment.sweep.jobs import DIED, Answer, Job, work
from sim.experiment.sweep.plan import Plan

WORKER = "sim.experiment.sweep.worker"
STARTING_SECONDS = 600.0
"""What a worker has for its start, compiling included."""


class Crew(Protocol):
    """Who does jobs."""

    @property
    def room(self) -> int:
        """How many further jobs it takes now."""

    @property
    def ages(self) -> dict[int, float]:
        """Chunk in work → seconds since it was begun."""

    def submit(self, job: Job, limit: float) -> None:
        """Begin a job that may take `limit` seconds."""

    def collect(self, seconds: float) -> list[Answer]:
        """Answers that are there, after waiting for one at most so long."""

    def close(self) -> None:
        """End at once; jobs in work are dropped."""


class Alone:
    """This process: nothing to start, and nothing that survives a run that kills it."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan, self.folder, self.jobs = plan, folder, list[Job]()

    @property
    def room(self) -> int:
        return 1 - len(self.jobs)

    @property
    def ages(self) -> dict[int, float]:
        return {}

    def submit(self, job: Job, limit: float) -> None:
        self.jobs.append(job)

    def collect(self, seconds: float) -> list[Answer]:
        return [work(self.plan, self.folder, self.jobs.pop(0))] if self.jobs else []

    def close(self) -> None:
        self.jobs.clear()


@dataclass
class _Hand:
    """One worker process and what it is doing."""

    process: subprocess.Popen[bytes]
    wire: Connection
    ready: bool = False
    job: Job | None = None
    begun: float = 0.0
    limit: float = STARTING_SECONDS

    @property
    def late(self) -> bool:
        return (self.job is not None or not self.ready) and time.monotonic() - self.begun > self.limit


class Local:
    """Worker processes of this machine, each with a pipe of its own: who dies is known at once, and what it was doing."""

    def __init__(self, plan: Plan, folder: Path, workers: int) -> None:
        self.plan, self.folder = plan, folder
        self.hands = [self._start() for _ in range(workers)]
        self.deaths_at_start = 0

    def _start(self) -> _Hand:
        ours, theirs = Pipe()
        # The worker finds the modules that this process finds, whatever their place.
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        process = subprocess.Popen([sys.executable, "-m", WORKER, str(theirs.fileno())], pass_fds=[theirs.fileno()], env=environment,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # fmt: skip
        theirs.close()
        ours.send((self.plan, self.folder))
        return _Hand(process, ours, begun=time.monotonic())

    @property
    def processes(self) -> list[int]:
        """Process numbers of the workers."""
        return [hand.process.pid for hand in self.hands]

    @property
    def room(self) -> int:
        return sum(hand.ready and hand.job is None for hand in self.hands)

    @property
    def ages(self) -> dict[int, float]:
        now = time.monotonic()
        return {hand.job.number: now - hand.begun for hand in self.hands if hand.job is not None}

    def submit(self, job: Job, limit: float) -> None:
        hand = next(hand for hand in self.hands if hand.ready and hand.job is None)
        hand.job, hand.begun, hand.limit = job, time.monotonic(), limit
        with suppress(OSError):  # it has just died; collect finds that out
            hand.wire.send(job)

    def collect(self, seconds: float) -> list[Answer]:
        answers = []
        readable = set(wires.wait([hand.wire for hand in self.hands], seconds))
        for place, hand in enumerate(self.hands):
            if hand.wire in readable:
                try:
                    message = hand.wire.recv()
                except (EOFError, OSError):
                    answers += self._replace(place, "its worker was killed or crashed")
                    continue
                if hand.ready:
                    answers.append(message)
                    hand.job = None
                hand.ready, self.deaths_at_start = True, 0
            elif hand.late:
                answers += self._replace(place, f"took longer than {hand.limit:.0f} s")
        return answers

    def _replace(self, place: int, why: str) -> list[Answer]:
        """Another worker instead of one that is gone or too late. Raises RuntimeError where workers cannot even start."""
        hand = self.hands[place]
        _end(hand)
        if not hand.ready:
            self.deaths_at_start += 1
            if self.deaths_at_start > 2 * len(self.hands):
                raise RuntimeError("workers die while they start: see what they say above")
        self.hands[place] = self._start()
        return [Answer(hand.job, DIED, None, time.monotonic() - hand.begun, why)] if hand.job else []

    def close(self) -> None:
        for hand in self.hands:
            hand.process.terminate()
        for hand in self.hands:
            _end(hand)


def _end(hand: _Hand) -> None:
    hand.wire.close()
    hand.process.kill()
    hand.process.wait()


class Futures:
    """An executor with `concurrent.futures`' shape, such as a Dask cluster's. Its workers see the results folder as this process does."""

    def __init__(self, executor: Executor, plan: object, folder: Path, workers: Callable[[], int]) -> None:
        """plan may be what the executor turns into a Plan before it calls `work`; workers says how many there are now."""
        self.executor, self.plan, self.folder, self.workers = executor, plan, folder, workers
        self.pending: dict[Future[Answer], tuple[Job, float]] = {}

    @property
    def room(self) -> int:
        return 2 * max(1, self.workers()) - len(self.pending)

    @property
    def ages(self) -> dict[int, float]:
        now = time.monotonic()
        return {job.number: now - begun for job, begun in self.pending.values()}

    def submit(self, job: Job, limit: float) -> None:
        future: Future[Answer] = self.executor.submit(work, self.plan, self.folder, job)  # type: ignore[arg-type]
        self.pending[future] = (job, time.monotonic())

    def collect(self, seconds: float) -> list[Answer]:
        done, _ = wait(self.pending, seconds, FIRST_COMPLETED)
        answers = []
        for future in done:
            job, begun = self.pending.pop(future)
            try:
                answers.append(future.result())
            except Exception as error:  # the cluster gave the job up: its worker died, more than once
                answers.append(Answer(job, DIED, None, time.monotonic() - begun, f"{type(error).__name__}: {error}"))
        return answers

    def close(self) -> None:
        for future in self.pending:
            future.cancel()
