"""The desk: who is served when. Few jobs run at once, each page's new question ends its old one, and too many are turned away."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple, TypeVar

from sim.explorer.runs import Superseded

Result = TypeVar("Result")

AT_ONCE = 2
"""Jobs that run side by side. Each uses all processors, so two pages share them evenly; more would only wait in another place."""

MOST_QUESTIONS = 32
"""Questions under way or waiting, of all pages together."""


class Busy(Exception):
    """So many questions are under way that another one would only wait."""


class Ticket(NamedTuple):
    """Whose turn it is.

    page, view  what names a question; a page without a name stops no other
    number      in the order in which questions came in
    """

    page: str
    view: str
    number: int


class _Open(NamedTuple):
    """A question under way: its number, and the event that stops it."""

    number: int
    stop: threading.Event


class Desk:
    """Serves the questions of all pages.

    A question is named by (page, view): a new one of the same name stops the old one. Which of two is new is decided when they come in,
    since the older one's scenario may take longer to load.
    """

    def __init__(self, at_once: int = AT_ONCE, most: int = MOST_QUESTIONS) -> None:
        self.most = most
        self._places = asyncio.Semaphore(at_once)
        self._numbers = itertools.count()
        self._open: dict[tuple[str, str], _Open] = {}
        self._count = 0

    @property
    def questions(self) -> int:
        """Questions under way or waiting."""
        return self._count

    def ticket(self, page: str, view: str) -> Ticket:
        """A place in the order of questions. Raises Busy where there are too many; one that ends another never is one too many."""
        self._check_room((page, view))
        return Ticket(page, view, next(self._numbers))

    @asynccontextmanager
    async def question(self, ticket: Ticket) -> AsyncIterator[threading.Event]:
        """A question from its beginning to its end; gives the event that stops it.

        Raises Busy where there are too many by now, and Superseded where a newer one of its name is under way.
        """
        name, mine = (ticket.page, ticket.view), _Open(ticket.number, threading.Event())
        self._check_room(name)
        other = self._open.get(name) if ticket.page else None
        if other is not None:
            if other.number > mine.number:
                raise Superseded
            other.stop.set()
        self._open[name] = mine
        self._count += 1
        try:
            yield mine.stop
        finally:
            mine.stop.set()  # whoever still works for it stops at the next run
            self._count -= 1
            if self._open.get(name) is mine:
                del self._open[name]

    def _check_room(self, name: tuple[str, str]) -> None:
        if self._count >= self.most and not (name[0] and name in self._open):
            raise Busy

    async def do(self, work: Callable[[], Result], stop: threading.Event) -> Result:
        """Do a piece of work in a thread, once its turn has come. Raises Superseded where the question was stopped before or meanwhile.

        Short pieces, so that everybody's turn comes soon.
        """
        async with self._places:
            if stop.is_set():
                raise Superseded
            return await _in_thread(work, stop)


async def _in_thread(work: Callable[[], Result], stop: threading.Event) -> Result:
    """Run `work` in a thread of its own kind, carrying Superseded across: asyncio would take a BaseException for the end of everything.

    When whoever waits goes away, the work is stopped, and its place is kept until it has ended.
    """

    def guarded() -> tuple[bool, Result | None]:
        try:
            return True, work()
        except Superseded:
            return False, None

    task = asyncio.ensure_future(asyncio.to_thread(guarded))
    try:
        done, result = await asyncio.shield(task)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait([task])
        raise
    if not done:
        raise Superseded
    return result  # type: ignore[return-value]
