"""The server: which address is answered by what. Every answer is made from the address alone; nothing is kept, and no file is read.

What makes the answers of a view is loaded with its first question, or ahead of it: the page itself needs none of it and is sent before.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import partial
from importlib import resources
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

import sim
from sim.core.errors import InputError
from sim.experiment.comparison import Comparison
from sim.explorer.ahead import Ahead
from sim.explorer.desk import Busy, Desk
from sim.explorer.guard import Guard
from sim.explorer.limits import check_limits
from sim.explorer.question import STAGES, Question, compared
from sim.explorer.runs import Superseded
from sim.explorer.sliders import page_facts
from sim.explorer.state import State, read_state
from sim.scenario.objects import Scenario

KINDS = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
LINES = "application/x-ndjson"
BUSY = "too many questions at once; ask again in a moment"
PAGE = "page"
"""Field of an address that names the browser's page: its new question ends its old one."""


def static_files() -> dict[str, tuple[bytes, str]]:
    """Name → (content, media type) of what the page is made of. Only what is listed here is ever sent, so no path leads elsewhere."""
    folder = resources.files("sim.explorer").joinpath("static")
    found = {}
    for file in folder.iterdir():
        kind = KINDS.get(file.name.rpartition(".")[2])
        if kind:
            found[file.name] = (file.read_bytes(), kind)
    return found


class Explorer:
    """One explorer: its scenarios, its memory of runs, and its desk.

    ahead  its scenarios and remembered runs, and how many threads share a comparison's runs
    """

    def __init__(self, ahead: Ahead) -> None:
        self.ahead, self.scenarios, self.memory, self.workers = ahead, ahead.scenarios, ahead.memory, ahead.workers
        self.desk, self.files = Desk(), static_files()

    def app(self, port: int) -> ASGIApp:
        """The whole server, behind its guard, for one port of 127.0.0.1."""
        routes = [
            Route("/", self.index),
            Route("/static/{name}", self.static),
            Route("/api/alive", self.alive),
            Route("/api/facts", self.facts),
            Route("/api/compare", self.compare),
            Route("/api/watch", self.watch),
            Route("/api/map", self.map),
            Route("/api/scenario.toml", self.toml),
            Route("/api/runs.csv", self.csv),
        ]
        handlers: Any = {InputError: wrong_input, Busy: too_busy, 404: not_found}
        return Guard(Starlette(routes=routes, exception_handlers=handlers), port)

    async def index(self, request: Request) -> Response:
        return self._file("index.html")

    async def static(self, request: Request) -> Response:
        return self._file(request.path_params["name"])

    def _file(self, name: str) -> Response:
        if name not in self.files:
            return not_found_answer()
        content, kind = self.files[name]
        return Response(content, media_type=kind)

    async def alive(self, request: Request) -> Response:
        return JSONResponse({"version": sim.__version__, "questions": self.desk.questions})

    async def facts(self, request: Request) -> Response:
        state, _ = read_state(request.query_params.multi_items(), self.scenarios)
        scenario, given = await run_in_threadpool(self.load, state)
        return JSONResponse(page_facts(state, scenario, given, list(self.scenarios.sources)))

    def load(self, state: State) -> tuple[Scenario, Scenario]:
        """The scenario as the state sets it, within the page's limits, and with nothing changed. Raises InputError."""
        scenario, given = self.scenarios.load(state), self.scenarios.as_given(state.scenario)
        check_limits(state.settings, scenario, given)
        return scenario, given

    async def compare(self, request: Request) -> Response:
        """Compare, stage by stage, a line of JSON each."""
        state, more = read_state(request.query_params.multi_items(), self.scenarios, (PAGE,))
        ticket = self.desk.ticket(more.get(PAGE, ""), "compare")
        scenario, _ = await run_in_threadpool(self.load, state)

        async def lines() -> AsyncGenerator[str, None]:
            async with self.desk.question(ticket) as stop:
                self.ahead.asked.set()
                question = await self.desk.do(lambda: Question(scenario, state.seed, self.memory, stop, self.workers), stop)
                for pairs in question.stages():
                    # Told before the next runs begin: side by side they take the interpreter, and a processor, from each other.
                    found = await self.desk.do(partial(question.compared, pairs), stop)
                    yield await self.desk.do(partial(self._told, state, found), stop)
                    self.ahead.drawn.set()

        return Lines(lines())

    def _told(self, state: State, found: Comparison) -> str:
        from sim.explorer.answers import answer

        return line(answer(found, self.scenarios.command(state, found.replicates)))

    async def watch(self, request: Request) -> Response:
        """One history of both designs, day by day, in one line."""
        state, more = read_state(request.query_params.multi_items(), self.scenarios, (PAGE,))
        ticket = self.desk.ticket(more.get(PAGE, ""), "watch")
        scenario, _ = await run_in_threadpool(self.load, state)

        async def lines() -> AsyncGenerator[str, None]:
            async with self.desk.question(ticket) as stop:
                yield await self.desk.do(lambda: line(self._history(state, scenario, stop)), stop)

        return Lines(lines())

    def _history(self, state: State, scenario: Scenario, stop: Any) -> dict[str, object]:
        from sim.explorer.record import record

        found = record(scenario, state.seed, stop)
        return {**found, "command": self.scenarios.run_commands(state, found["seed"])}

    async def map(self, request: Request) -> Response:
        """Who earns more at each point of two numbers, a line a point."""
        from sim.explorer.phase import PAIRS, Axis, head, outline_first, point_answer

        state, more = read_state(request.query_params.multi_items(), self.scenarios, (PAGE, "x", "y"))
        ticket = self.desk.ticket(more.get(PAGE, ""), "map")
        scenario, given = await run_in_threadpool(self.load, state)
        x, y = (Axis(more.get(name, usual), given, name) for name, usual in (("x", "firm.turbulence"), ("y", "firm.change_load")))
        if x.path == y.path:
            raise InputError("y", "is the same number as x", "two different ones")

        async def lines() -> AsyncGenerator[str, None]:
            async with self.desk.question(ticket) as stop:
                yield line({**head(scenario, x, y), "command": self.scenarios.map_command(state, x.path, y.path, PAIRS)})
                for point in outline_first(len(x.values), len(y.values)):
                    work = partial(point_answer, state, self.scenarios, (x, y), point, self.memory, stop, self.workers)
                    yield line(await self.desk.do(work, stop))

        return Lines(lines())

    async def toml(self, request: Request) -> Response:
        from sim.explorer.export import scenario_toml

        state, _ = read_state(request.query_params.multi_items(), self.scenarios)
        scenario, _ = await run_in_threadpool(self.load, state)
        text = scenario_toml(scenario, self.scenarios.command(state, STAGES[-1]))
        return attachment(text, "scenario.toml", "application/toml")

    async def csv(self, request: Request) -> Response:
        from sim.explorer.export import runs_csv

        state, _ = read_state(request.query_params.multi_items(), self.scenarios)
        scenario, _ = await run_in_threadpool(self.load, state)
        async with self.desk.question(self.desk.ticket("", "csv")) as stop:
            work = partial(compared, scenario, STAGES[-1], state.seed, self.memory, stop, self.workers)
            try:
                found = await self.desk.do(work, stop)
            except Superseded:  # the server is stopping
                return JSONResponse({"error": BUSY}, 503)
        return attachment(runs_csv(found), "runs.csv", "text/csv")


def line(message: dict[str, object]) -> str:
    """A message as one line of JSON; what is no number is refused rather than written as NaN."""
    return json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


class Lines(Response):
    """An answer in lines of JSON, sent as they are made; where the browser goes away, what makes them is cancelled at once."""

    def __init__(self, lines: AsyncGenerator[str, None]) -> None:
        super().__init__(media_type=LINES)
        del self.headers["content-length"]
        self.lines = lines

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        sending = asyncio.ensure_future(self._send(send))
        leaving = asyncio.ensure_future(_gone(receive))
        try:
            await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sending, leaving):
                task.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)

    async def _send(self, send: Any) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        try:
            async with aclosing(self.lines) as lines:  # what works ahead for it ends with it
                async for each in lines:
                    await send({"type": "http.response.body", "body": each.encode(), "more_body": True})
        except (Superseded, Busy, InputError) as error:
            words = str(error) if isinstance(error, InputError) else "superseded" if isinstance(error, Superseded) else BUSY
            await send({"type": "http.response.body", "body": line({"error": words}).encode(), "more_body": True})
        await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Any) -> None:
    """Until the browser is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


def attachment(text: str, name: str, kind: str) -> Response:
    """Text that the browser saves as a file."""
    return PlainTextResponse(text, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def not_found_answer() -> Response:
    return JSONResponse({"error": "there is nothing at this address"}, 404)


async def not_found(request: Request, error: Exception) -> Response:
    return not_found_answer()


async def wrong_input(request: Request, error: Exception) -> Response:
    assert isinstance(error, InputError)
    parts = {"error": f"{error.where}: {error.found}" if error.where else error.found, "allowed": error.allowed, "remedy": error.remedy}
    return JSONResponse(parts, 400)


async def too_busy(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": BUSY}, 503, {"retry-after": "1"})
