"""Serving: from a port of this machine to a browser that shows it, until somebody stops it."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable

import uvicorn

from sim.core.errors import InputError
from sim.explorer.server import Explorer

HOST = "127.0.0.1"
"""The server is bound to this machine alone: nobody else on the network reaches it."""

USUAL_PORT = 8642
MOST_CONNECTIONS = 256
LONGEST_HEAD = 32_000
"""Bytes of a request before its body."""


def open_port(port: int | None) -> socket.socket:
    """A bound socket: on the port asked for, or on the usual one, or, where that is taken, on any free one.

    Raises InputError where a port was asked for and cannot be had.
    """
    for wanted in [USUAL_PORT, 0] if port is None else [port]:
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a server that is started again gets its port back
        try:
            found.bind((HOST, wanted))
            return found
        except OSError as error:
            found.close()
            if port is not None:
                raise InputError(f"--port {port}", f"cannot be used: {error.strerror}", "another port, or 0 for any free one") from None
    raise InputError("--port", f"no port of {HOST} is free")


def configured(explorer: Explorer, place: socket.socket) -> uvicorn.Config:
    """How the server runs on a bound socket: one process, plain HTTP, few connections, nothing logged but faults."""
    port = place.getsockname()[1]
    return uvicorn.Config(
        explorer.app(port), host=HOST, port=port, http="h11", ws="none", lifespan="off", log_level="error", access_log=False,
        server_header=False, date_header=False, limit_concurrency=MOST_CONNECTIONS, h11_max_incomplete_event_size=LONGEST_HEAD,
        timeout_keep_alive=30, timeout_graceful_shutdown=1,
    )  # fmt: skip


def serve(explorer: Explorer, place: socket.socket, ready: Callable[[], None]) -> None:
    """Answer on a bound socket until interrupted.

    ready  called once the server answers, such as to open a browser
    """
    server = _Server(configured(explorer, place), ready)
    try:
        server.run(sockets=[place])
    except KeyboardInterrupt:  # how a server is meant to be stopped
        return


class _Server(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready()


def show(address: str) -> bool:
    """Open the browser; False where there is none."""
    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False
