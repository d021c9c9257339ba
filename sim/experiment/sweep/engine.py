"""The engine: from a plan and a folder to a finished folder, whatever happened before and whatever happens meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, closing, suppress
from pathlib import Path

from sim.core.errors import InputError
from sim.experiment.sweep.crew import Crew
from sim.experiment.sweep.jobs import DIED, DISK, ERROR, Answer, Job
from sim.experiment.sweep.lock import locked
from sim.experiment.sweep.plan import Plan
from sim.experiment.sweep.preparing import prepare
from sim.experiment.sweep.status import FINISHED, INTERRUPTED, STOPPED, Status
from sim.experiment.sweep.stopping import Stopping
from sim.experiment.sweep.store import Entry, Store
from sim.experiment.sweep.suspects import Suspects, limit_of
from sim.experiment.sweep.tables import Damaged

LIMIT_SECONDS = 900.0
"""A chunk is made to take seconds: a quarter of an hour is a run that never ends."""

WAIT_SECONDS = 0.5
Shard = tuple[int, int]
Order = Callable[[Sequence[int]], Iterable[int]]


class DiskFull(Exception):
    """A chunk could not be written; everything finished before is kept."""


def run_sweep(
    plan: Plan,
    folder: Path,
    crew: Callable[[], AbstractContextManager[Crew]],
    shard: Shard | None = None,
    tell: Callable[[Status], None] | None = None,
    limit: float = LIMIT_SECONDS,
    order: Order = iter,
) -> Status:
    """Live what is missing of a plan and store it in `folder`.

    crew   makes who does the jobs, inside a context that may hold a connection; called only where there is something to do
    shard  (i, N): only every N-th chunk, beginning with the i-th, i from 1
    tell   called with the status about twice a second
    limit  seconds that a chunk may take
    order  of the chunks' numbers; results do not depend on it

    Raises InputError for a folder that holds another plan or is in use, DiskFull, KeyboardInterrupt; finished chunks are then kept.
    """
    name = f"{shard[0]}-of-{shard[1]}" if shard else ""
    prepare(plan, folder, beside_others=shard is not None)
    with locked(folder, name):
        store = Store(folder)
        if not shard:
            store.sweep_up()
        store.recall()
        status = Status(0, name)
        stopping = stopping_of(plan, store)
        todo = deque(_missing(plan, store, stopping, shard, order, status))
        session = _Session(plan, store, stopping, status, limit, f"manifest-{name}.jsonl" if name else "manifest.jsonl")
        try:
            if todo:
                session.live(todo, crew, tell)
            status.state = FINISHED
        except KeyboardInterrupt:
            status.state = INTERRUPTED
            raise
        except BaseException:
            status.state = STOPPED
            raise
        finally:
            status.ages = {}
            status.write(store, at_once=True)
            if tell is not None:
                tell(status)
        return status


def stopping_of(plan: Plan, store: Store) -> Stopping:
    """Which chunks of a plan are needed: all, or as many of each point as its precision asks for."""
    asked = plan.sweep.precision
    blocks = -(-len(plan.points) // plan.chunk_points)
    return Stopping(store, [plan.key(number) for number in range(plan.chunks)], blocks, plan.edges, plan.designs,
                    *((asked.outcome, asked.half_width) if asked else ()))  # fmt: skip


def _missing(plan: Plan, store: Store, stopping: Stopping, shard: Shard | None, order: Order, status: Status) -> list[Job]:
    """Jobs for the chunks that are not there, are damaged, or hold failed runs; the rest is counted as kept."""
    jobs: list[Job] = []

    def have(number: int) -> bool:
        """Whether a chunk is there; counts it, or makes it a job."""
        key = plan.key(number)
        try:
            entry = store.verified(key, bool(plan.sweep.series))
        except Damaged as error:
            status.remade.append(str(error))
            with suppress(OSError):
                store.path(key).unlink()
            entry = None
        if entry is None:
            jobs.append(Job(number))
            return False
        if entry.failed:
            jobs.append(Job(number, retry=True))
        status.kept += entry.rows - entry.failed
        status.done += entry.rows - entry.failed
        status.refused += entry.refused
        return not entry.failed

    first, every = (shard[0] - 1, shard[1]) if shard else (0, 1)
    asked = bool(stopping.outcome)
    mine = [number for number in (range(stopping.points) if asked else range(plan.chunks)) if number % every == first]
    for number in order(mine):
        there: int | None = number
        while there is not None:
            status.total += plan.runs_of(there)
            there = stopping.after(there) if have(there) and asked else None
    return jobs


class _Session:
    """One session of living a plan's missing chunks."""

    def __init__(self, plan: Plan, store: Store, stopping: Stopping, status: Status, limit: float, manifest: str) -> None:
        self.plan, self.store, self.stopping, self.status, self.limit, self.manifest = plan, store, stopping, status, limit, manifest
        self.suspects = Suspects()

    def live(self, todo: deque[Job], crew: Callable[[], AbstractContextManager[Crew]], tell: Callable[[Status], None] | None) -> None:
        """Keep the crew busy until everything is answered."""
        out = 0
        with crew() as hands, closing(hands):
            while todo or out:
                while todo and hands.room > 0:
                    job = todo.popleft()
                    hands.submit(job, limit_of(job, self.plan.runs_of(job.number), self.limit))
                    out += 1
                for answer in hands.collect(WAIT_SECONDS):
                    out -= 1
                    todo.extendleft(self.take(answer))
                self.status.ages = hands.ages
                self.status.write(self.store)
                if tell is not None:
                    tell(self.status)

    def take(self, answer: Answer) -> list[Job]:
        """Take an answer in; gives the jobs that follow from it. Raises DiskFull, RuntimeError for a fault of ours."""
        if answer.kind == DIED:
            self.status.deaths += 1
            return self.suspects.died(answer, self.plan.runs_of(answer.job.number))
        if answer.kind == DISK:
            raise DiskFull(answer.text)
        if answer.kind == ERROR:
            raise RuntimeError(f"chunk {answer.job.number} of {self.plan.sweep.name}:\n{answer.text}")
        if answer.job.span is not None:
            return self.suspects.lived(answer.job)
        assert answer.entry is not None
        self.keep(answer.job, answer.entry)
        following = self.stopping.after(answer.job.number)
        # After a chunk that was tried again, the next one may be there already.
        if following is None or self.store.path(self.plan.key(following)).exists():
            return []
        self.status.total += self.plan.runs_of(following)
        return [Job(following)]

    def keep(self, job: Job, entry: Entry) -> None:
        """A chunk is on the disk: count it and note it."""
        if not self.store.path(entry.key).exists():
            raise InputError(f"--out {self.store.folder}", "a worker has written a chunk, and it is not here",
                             "a folder that all workers and this process see under the same name")  # fmt: skip
        before = self.store.entries.get(entry.key) if job.retry else None
        self.status.done += entry.rows - (before.rows - before.failed if before else 0)
        self.status.failed += entry.failed
        self.status.refused += entry.refused - (before.refused if before else 0)
        self.store.note(entry, self.manifest)
