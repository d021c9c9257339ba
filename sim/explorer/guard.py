"""The guard before the server: only this machine's own page is answered, and only questions of a sane size.

Another site's page, open in the same browser, could ask 127.0.0.1 as well, under a name of its own that leads there (DNS rebinding) or by
a plain link or image. So the host asked for, the origin of the question and what the browser says of its kind are all checked
(https://www.w3.org/TR/fetch-metadata/), and nothing but GET is answered: there is nothing here to change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_QUERY = 12_000
"""Characters of an address: some hundred values and the longest path of each."""

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
OWN_SITES = ("same-origin", "none")

Refusal = tuple[int, str]


class Guard:
    """ASGI middleware: refuses what is not for this server, and puts the protecting headers on every answer.

    port  that the server listens on, on 127.0.0.1
    """

    def __init__(self, app: ASGIApp, port: int) -> None:
        self.app = app
        self.hosts = {f"127.0.0.1:{port}", f"localhost:{port}"} | ({"127.0.0.1", "localhost"} if port == 80 else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *_encoded(HEADERS)]}
            await send(message)

        found = self.refusal(scope)
        if found is None:
            await self.app(scope, receive, protected)
        else:
            await refuse(protected, *found)

    def refusal(self, scope: Scope) -> Refusal | None:
        """Status and reason where a request is not answered, or None."""
        headers = _headers(scope["headers"])
        if headers.get("host", []) not in [[host] for host in self.hosts]:
            return 421, "this server answers to 127.0.0.1 and localhost only"
        if any(origin.removeprefix("http://") not in self.hosts for origin in headers.get("origin", [])):
            return 403, "only the explorer's own page is answered"
        if not self._is_from_here(headers, scope["path"]):
            return 403, "only the explorer's own page is answered"
        if scope["method"] != "GET":
            return 405, "only GET is answered"
        if headers.get("content-length", ["0"]) != ["0"] or "transfer-encoding" in headers:
            return 413, "a question has no body"
        if len(scope["query_string"]) > LONGEST_QUERY:
            return 414, f"an address has at most {LONGEST_QUERY} characters after its question mark"
        return None

    def _is_from_here(self, headers: dict[str, list[str]], path: str) -> bool:
        """Whether the browser says that the page itself asks, or, for the page, that somebody went there."""
        site = headers.get("sec-fetch-site", ["none"])
        if all(each in OWN_SITES for each in site):
            return True
        return path == "/" and headers.get("sec-fetch-mode") == ["navigate"] and headers.get("sec-fetch-dest") == ["document"]


async def refuse(send: Send, status: int, reason: str) -> None:
    """Answer with a reason and nothing else; the connection is closed, whatever else was to come on it."""
    body = json.dumps({"error": reason}).encode()
    head = {"content-type": "application/json", "content-length": str(len(body)), "connection": "close"}
    await send({"type": "http.response.start", "status": status, "headers": _encoded(head)})
    await send({"type": "http.response.body", "body": body})


def _headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, list[str]]:
    """Name → all values given for it, both as lower-case text."""
    found: dict[str, list[str]] = {}
    for name, value in raw:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1").strip().lower())
    return found


def _encoded(headers: dict[str, Any]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), str(value).encode("latin-1")) for name, value in headers.items()]
