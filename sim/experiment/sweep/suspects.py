"""Suspects: which run of a chunk kills its worker, found by halving.

A worker that dies once may have been killed from outside, so its chunk is simply tried again. From the second death on, halves of the
chunk are lived without storing them, and halves of the halves that die, down to single runs. What dies alone, twice, is the culprit: one
failed row. Then the chunk is lived without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sim.core.errors import InputError
from sim.experiment.sweep.jobs import Answer, Job

DEATHS_TO_SUSPECT = 2
ROUNDS = 3
"""Rounds of halving that find nobody, before the whole chunk is given up as failed."""

LEAST_SECONDS = 10.0

Span = tuple[int, int]


@dataclass
class Case:
    """What is known of one chunk whose workers die."""

    rows: int
    deaths: int = 0
    rounds: int = 0
    open: set[Span] = field(default_factory=set)
    alone: dict[int, int] = field(default_factory=dict)
    culprits: dict[int, str] = field(default_factory=dict)


class Suspects:
    """Every chunk whose workers died, and what to do next about each."""

    def __init__(self) -> None:
        self.cases: dict[int, Case] = {}

    def died(self, answer: Answer, rows: int) -> list[Job]:
        """Jobs that follow from a death; `rows` are the chunk's. Raises InputError where workers die though no run is left."""
        job = answer.job
        case = self.cases.setdefault(job.number, Case(rows))
        if job.span is None:
            case.deaths += 1
            if case.deaths < DEATHS_TO_SUSPECT:
                return [job]
            if len(job.skip) == rows:
                found = f"die even of a job without a run: {answer.text}"
                raise InputError("workers", found, "workers that can load this package and the plan",
                                 "see what they say; what is finished is kept, and the same command goes on")  # fmt: skip
            case.deaths, case.rounds = 0, case.rounds + 1
            if case.rounds > ROUNDS:
                why = f"its worker died each of {DEATHS_TO_SUSPECT * ROUNDS} times, whatever run was left out"
                return [Job(job.number, tuple((row, why) for row in range(rows)), job.retry)]
            return self._probe(case, job, (0, rows))
        case.open.discard(job.span)
        first, last = job.span
        if last - first > 1:
            return self._probe(case, job, job.span)
        case.alone[first] = case.alone.get(first, 0) + 1
        if case.alone[first] < DEATHS_TO_SUSPECT:
            case.open.add(job.span)
            return [job]
        case.culprits[first] = answer.text
        return self._next(case, job)

    def lived(self, job: Job) -> list[Job]:
        """Jobs that follow from a probe that was lived through."""
        assert job.span is not None
        case = self.cases[job.number]
        case.open.discard(job.span)
        return self._next(case, job)

    @staticmethod
    def _probe(case: Case, job: Job, span: Span) -> list[Job]:
        halves = list(_halves(span))
        case.open.update(halves)
        return [Job(job.number, tuple(case.culprits.items()), job.retry, half) for half in halves]

    @staticmethod
    def _next(case: Case, job: Job) -> list[Job]:
        if case.open:
            return []
        return [Job(job.number, tuple(sorted(case.culprits.items())), job.retry)]


def _halves(span: Span) -> Iterator[Span]:
    first, last = span
    middle = (first + last) // 2
    yield from (half for half in ((first, middle), (middle, last)) if half[0] < half[1])


def limit_of(job: Job, rows: int, limit: float) -> float:
    """Seconds that a job may take: a probe its share of the chunk's."""
    if job.span is None:
        return limit
    return max(LEAST_SECONDS, limit * (job.span[1] - job.span[0]) / rows)
