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
from sim.experiment.sweep.store import Damaged, Entry, Store
from sim.experiment.sweep.suspects import Suspects, limit_of

LIMIT_SECONDS = 900.0
"""A chunk is made to take seconds: a quarter of an hour is a run that never ends."""

WAIT_SECONDS = 0.5
Shard = tuple[int, int]


class DiskFull(Exception):
    """A chunk could not be written; everything finished before is kept."""


def run_sweep(
    plan: Plan,
    folder: Path,
    crew: Callable[[], AbstractContextManager[Crew]],
    shard: Shard | None = None,
    tell: Callable[[Status], None] | None = None,
    limit: float = LIMIT_SECONDS,
    order: Callable[[Sequence[int]], Iterable[int]] = iter,
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
        numbers = range(plan.chunks) if shard is None else range(shard[0] - 1, plan.chunks, shard[1])
        status = Status(sum(map(plan.runs_of, numbers)), name)
        todo = deque(_missing(plan, store, order(numbers), status))
        session = _Session(plan, store, status, limit, f"manifest-{name}.jsonl" if name else "manifest.jsonl")
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


def _missing(plan: Plan, store: Store, numbers: Iterable[int], status: Status) -> list[Job]:
    """Jobs for the chunks that are not there, are damaged, or hold failed runs; the rest is counted as kept."""
    jobs = []
    for number in numbers:
        key = plan.key(number)
        try:
            entry = store.verified(key, plan.sweep.series)
        except Damaged as error:
            status.remade.append(str(error))
            with suppress(OSError):
                store.path(key).unlink()
            entry = None
        if entry is None:
            jobs.append(Job(number))
            continue
        again = entry.failed > 0
        if again:
            jobs.append(Job(number, retry=True))
        status.kept += entry.rows - entry.failed
        status.done += entry.rows - entry.failed
        status.refused += entry.refused
    return jobs


class _Session:
    """One session of living a plan's missing chunks."""

    def __init__(self, plan: Plan, store: Store, status: Status, limit: float, manifest: str) -> None:
        self.plan, self.store, self.status, self.limit, self.manifest = plan, store, status, limit, manifest
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
        return []

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
