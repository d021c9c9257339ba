"""The desk: who is served when. Few jobs run at once, each page's new question ends its old one, and too many are turned away."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, TypeVar

from sim.explorer.runs import Superseded

Found = TypeVar("Found")
Result = TypeVar("Result")

AT_ONCE = 2
"""Jobs that run side by side. Each uses all processors, so two pages share them evenly; more would only wait in another place."""

MOST_QUESTIONS = 32
"""Questions under way or waiting, of all pages together."""


class Busy(Exception):
    """So many questions are under way that another one would only wait."""


class Desk:
    """Serves the questions of all pages.

    A question is named by (page, view): a new one of the same name stops the old one.
    """

    def __init__(self, at_once: int = AT_ONCE, most: int = MOST_QUESTIONS) -> None:
        self.most = most
        self._places = asyncio.Semaphore(at_once)
        self._open: dict[tuple[str, str], threading.Event] = {}
        self._count = 0

    @property
    def questions(self) -> int:
        """Questions under way or waiting."""
        return self._count

    @asynccontextmanager
    async def question(self, page: str, view: str) -> AsyncIterator[threading.Event]:
        """A question from its asking to its end; gives the event that stops it. Raises Busy where there are too many."""
        name, stop = (page, view), threading.Event()
        self.check_room(page, view)
        if page and name in self._open:
            self._open[name].set()
        self._open[name] = stop
        self._count += 1
        try:
            yield stop
        finally:
            stop.set()  # whoever still works for it stops at the next run
            self._count -= 1
            if self._open.get(name) is stop:
                del self._open[name]

    def check_room(self, page: str, view: str) -> None:
        """Raise Busy where a new question would be one too many; one that ends another never is."""
        if self._count >= self.most and not (page and (page, view) in self._open):
            raise Busy

    async def do(self, work: Callable[[], Result], stop: threading.Event) -> Result:
        """Do a piece of work in a thread, once its turn has come. Raises Superseded where the question was stopped before or meanwhile.

        Short pieces, so that everybody's turn comes soon.
        """
        async with self._places:
            if stop.is_set():
                raise Superseded
            return await _in_thread(work, stop)

    async def one_ahead(
        self, works: Sequence[Callable[[], Found]], tell: Callable[[Found], Result], stop: threading.Event
    ) -> AsyncGenerator[Result, None]:
        """What `tell` makes of each piece of work, in order. The next piece begins while the last one is told and sent: telling is one
        thread's work, and the other processors would wait for it."""
        under_way: set[asyncio.Task[Any]] = set()

        def begin(work: Callable[[], Any]) -> asyncio.Task[Any]:
            under_way.add(task := asyncio.ensure_future(self.do(work, stop)))
            return task

        try:
            made = begin(works[0])
            for following in (*works[1:], None):
                told = begin(partial(tell, await made))  # before the next piece: where places are few, it has the first
                if following is not None:
                    made = begin(following)
                yield await told
        finally:
            stop.set()
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)


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
