"""Executors: who does the runs. Threads that release the interpreter's lock, so two workers start at no cost.

Results do not depend on who did a run or when: every run has its seed and its place.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

BLOCK = 8
"""Runs handed to a worker at once: a few hundredths of a second, so that nobody waits and nobody is asked too often."""


def cores() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def blocks(tasks: Sequence[Task], size: int = BLOCK) -> Iterator[Sequence[Task]]:
    """The tasks in blocks of `size`, in order."""
    return (tasks[first : first + size] for first in range(0, len(tasks), size))


def spread(work: Callable[[Task], Result], tasks: Sequence[Task], workers: int, size: int = BLOCK) -> Iterator[tuple[Task, Result]]:
    """Do `work` on every task with `workers` threads, `size` tasks at a time; gives (task, result) as blocks are done, in any order.

    One worker works in the calling thread. `work` answers for its own errors; interrupted, what has not begun is dropped.
    """
    if workers <= 1:
        yield from ((task, work(task)) for task in tasks)
        return
    pending: set[Future[list[tuple[Task, Result]]]] = set()
    waiting = blocks(tasks, size)
    with ThreadPoolExecutor(workers) as pool:
        try:
            for block in waiting:
                pending.add(pool.submit(_do, work, block))
                # Few blocks ahead of the workers: an interruption then has little to wait for.
                if len(pending) >= 2 * workers:
                    done, pending = wait(pending, return_when=FIRST_COMPLETED)
                    yield from _results(done)
            yield from _results(pending)
        except BaseException:
            for future in pending:
                future.cancel()
            raise


def _do(work: Callable[[Task], Result], block: Sequence[Task]) -> list[tuple[Task, Result]]:
    return [(task, work(task)) for task in block]


def _results(done: Iterable[Future[list[tuple[Task, Result]]]]) -> Iterator[tuple[Task, Result]]:
    for future in done:
        yield from future.result()
