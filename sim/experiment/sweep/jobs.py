"""Jobs: what a worker is asked for and what it answers. Answers are small: a chunk goes to the disk, not through a pipe."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from sim.experiment.sweep.living import Rows, live_chunk
from sim.experiment.sweep.plan import Plan
from sim.experiment.sweep.store import Entry, Store
from sim.experiment.sweep.tables import Damaged

CHUNK, PROBE = "chunk", "probe"
DONE, DIED, DISK, ERROR = "done", "died", "disk", "error"


@dataclass(frozen=True)
class Job:
    """A chunk to live and store; or, with a span, some of its rows to live only, to find the run that kills its worker.

    number  of the chunk in the plan
    skip    (row, why) of the runs that are not lived but failed
    retry   whether only the failed runs of the stored chunk are lived again
    span    rows from the first up to, not including, the second
    """

    number: int
    skip: tuple[tuple[int, str], ...] = ()
    retry: bool = False
    span: tuple[int, int] | None = None


@dataclass(frozen=True)
class Answer:
    """What became of a job.

    kind     DONE; DIED where its worker did, or took too long; DISK where the chunk could not be written; ERROR for what cannot be
    entry    of the chunk, where it was stored
    seconds  that it took
    text     what went wrong
    """

    job: Job
    kind: str
    entry: Entry | None = None
    seconds: float = 0.0
    text: str = ""


def work(plan: Plan, folder: Path, job: Job) -> Answer:
    """Do a job in this process."""
    started = time.perf_counter()
    if job.span is not None:
        live_chunk(plan, job.number, dict(job.skip), span=job.span)
        return Answer(job, DONE, None, time.perf_counter() - started)
    store = Store(folder)
    rows = live_chunk(plan, job.number, dict(job.skip), _stored(plan, store, job.number) if job.retry else None)
    try:
        entry = store.write(plan, job.number, rows)
    except OSError as error:
        return Answer(job, DISK, None, time.perf_counter() - started, f"{error.strerror or error}")
    return Answer(job, DONE, entry, time.perf_counter() - started)


def _stored(plan: Plan, store: Store, number: int) -> Rows | None:
    """The rows of a stored chunk; None where it cannot be read, and is then made anew."""
    from sim.experiment.sweep.reading import rows_of

    try:
        return rows_of(plan, store, number)
    except (Damaged, OSError):
        return None
