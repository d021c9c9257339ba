"""A real server on a real port, in a thread of the tests' own process, and plain questions to it."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import uvicorn

from sim.explorer.ahead import Ahead
from sim.explorer.serve import configured, open_port
from sim.explorer.server import Explorer

SMALL = [("set", "run.days=240"), ("set", "run.warm_up=120"), ("set", "firm.units=4"), ("set", "firm.technologists=60")]
"""A firm and a time so small that a test does not wait for them."""


class Served:
    """A running explorer."""

    def __init__(self, explorer: Explorer, port: int, stop: Callable[[], None]) -> None:
        self.explorer, self.port, self.stop = explorer, port, stop
        self.address = f"http://127.0.0.1:{port}"

    def ask(
        self, path: str, fields: list[tuple[str, str]] | None = None, *, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """Status, headers and text of one answer; names of headers with _ for -."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path + (f"?{urlencode(fields)}" if fields else ""), body, given)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
        finally:
            connection.close()

    def json(self, path: str, fields: list[tuple[str, str]] | None = None) -> Any:
        """An answer that is right, read."""
        status, _, text = self.ask(path, fields)
        assert status == 200, text
        return json.loads(text)

    def lines(self, path: str, fields: list[tuple[str, str]] | None = None) -> list[dict[str, Any]]:
        """The lines of an answer that is right, read."""
        status, _, text = self.ask(path, fields)
        assert status == 200, text
        return [json.loads(each) for each in text.splitlines()]


@contextmanager
def served(scenario: str = "branch_bank", port: int = 0) -> Iterator[Served]:
    """An explorer that answers until the block ends, or until it is stopped."""
    explorer, place = Explorer(Ahead(scenario)), open_port(port)
    server = uvicorn.Server(configured(explorer, place))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [place]})

    def stop() -> None:
        server.should_exit = True
        thread.join(30)
        place.close()
        assert not thread.is_alive()

    thread.start()
    try:
        while not server.started:
            thread.join(0.01)
        yield Served(explorer, place.getsockname()[1], stop)
    finally:
        stop()
