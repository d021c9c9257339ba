"""Hostile input: whatever is asked, the server answers in words, reads no file, stays up, and gives its memory back."""

from __future__ import annotations

import gc
import json
import socket
import threading
import time
import tracemalloc
from contextlib import suppress
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.errors import InputError
from sim.explorer.runs import Memory
from sim.explorer.state import Scenarios, read_state
from sim.model.kernel import Run
from tests.explorer.serving import SMALL, served


@pytest.fixture(scope="module")
def server():
    with served() as running:
        yield running
        assert running.json("/api/alive")["questions"] == 0, "every question has ended"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example", "[::1]", ""])
def test_another_host_is_not_answered(server, host):
    status, _, text = server.ask("/", Host=host)
    assert (status, json.loads(text)["error"]) == (421, "this server answers to 127.0.0.1 and localhost only")


def test_two_hosts_at_once_are_not_answered(server):
    assert _raw(server, f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nHost: evil.example\r\n\r\n").split()[1] in ("400", "421")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"])
def test_another_origin_is_not_answered(server, origin):
    assert server.ask("/api/alive", Origin=origin)[0] == 403


@pytest.mark.parametrize("path", ["/api/alive", "/api/compare", "/static/app.js"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_sites_page_gets_nothing(server, path, site):
    assert server.ask(path, Sec_Fetch_Site=site)[0] == 403
    assert server.ask(path, Sec_Fetch_Site=site, Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="document")[0] == 403


def test_a_link_from_elsewhere_opens_the_page_and_a_frame_does_not(server):
    assert server.ask("/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="document")[0] == 200
    assert server.ask("/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="iframe")[0] == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "BREW"])
def test_nothing_but_get_is_answered(server, method):
    assert server.ask("/api/alive", method=method)[0] == 405


def test_a_body_is_not_read(server):
    assert server.ask("/api/alive", body=b"x" * 100)[0] == 413
    head = f"POST /api/compare HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: 99999999999\r\n\r\n"
    assert _raw(server, head + "x" * 5000).split()[1] == "405"


@pytest.mark.parametrize(
    "path",
    ["/static/../server.py", "/static/..%2fserver.py", "/static/%2e%2e%2f%2e%2e%2fcore%2fsources.toml", "/static//etc/passwd",
     "/static/etc%2Fpasswd", "/../../../../etc/passwd", "/etc/passwd", "/static/", "/static/index.html%00.js", "/static/__init__.py",
     "/api", "/api/", "/api/files", "/%2e%2e/%2e%2e/etc/passwd", "/static/....//....//etc/passwd", "//etc/passwd"],
)  # fmt: skip
def test_no_path_leads_to_a_file(server, path):
    status, _, text = server.ask(path)
    assert status in (307, 404)
    assert "root:" not in text
    assert "import" not in text


@pytest.mark.parametrize("name", ["/etc/passwd", "../scenarios/firms/branch_bank.toml", "pyproject.toml", "file:///etc/passwd", "\x00"])
def test_no_scenario_but_those_listed_is_read(server, name):
    assert server.ask("/api/facts", [("scenario", name)])[0] == 400


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "1e400", "1e-400", "9" * 100, "[1]", "{a=1}", "true", "'1'", "1979-05-27",
                                  "", "\x00", "1\nfirm.wage=2", "٣", "1_0_0_0_0_0", "<script>alert(1)</script>", "[" * 100])  # fmt: skip
def test_no_text_but_a_number_is_taken_for_one(server, text):
    status, headers, told = server.ask("/api/compare", [("set", f"firm.units={text}")])
    assert status == 400
    assert headers["content-type"] == "application/json"
    assert "Traceback" not in told


def test_an_address_that_is_too_long_is_refused(server):
    assert server.ask("/api/facts?" + "a" * 20_000)[0] == 414
    assert _raw(server, f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nX: {'a' * 200_000}\r\n\r\n").split()[1] in ("400", "431")


def test_what_is_no_http_at_all_is_refused(server):
    assert _raw(server, "\x16\x03\x01 hello\r\n\r\n").split()[1] == "400"
    assert server.ask("/api/alive")[0] == 200


def test_every_answer_forbids_what_a_page_does_not_need(server):
    for path in ("/", "/static/app.js", "/api/alive", "/nowhere"):
        headers = server.ask(path)[1]
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers


@pytest.mark.slow
def test_a_hundred_dropped_questions_end_and_leave_nothing(server):
    server.lines("/api/compare", SMALL)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for number in range(100):
        fields = urlencode([*SMALL, ("seed", str(1000 + number))])
        place = socket.create_connection(("127.0.0.1", server.port))
        place.sendall(f"GET /api/compare?{fields} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
        place.close()
    _until(lambda: server.json("/api/alive")["questions"] == 0)
    assert server.lines("/api/compare", SMALL)[-1]["settled"]
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - before - server.explorer.memory.bytes
    tracemalloc.stop()
    assert grown < 5e6, f"{grown / 1e6:.1f} MB are still held"
    assert server.explorer.memory.bytes <= server.explorer.memory.most_bytes


def test_a_new_question_of_a_page_ends_its_old_one_and_leaves_other_pages_alone(server):
    answers: dict[str, list] = {}

    def ask(name, page, seed):
        answers[name] = server.lines("/api/compare", [("seed", seed), ("page", page), ("set", "run.days=240"), ("set", "run.warm_up=120")])

    threads = [threading.Thread(target=ask, args=each) for each in (("old", "mine", "31"), ("other", "theirs", "32"))]
    for each in threads:
        each.start()
    _until(lambda: server.json("/api/alive")["questions"] == 2)
    ask("new", "mine", "33")
    for each in threads:
        each.join()
    assert answers["old"][-1] == {"error": "superseded"}
    assert answers["new"][-1]["settled"]
    assert answers["other"][-1]["settled"]


def test_too_many_questions_at_once_are_turned_away_in_words(server, monkeypatch):
    monkeypatch.setattr(server.explorer.desk, "most", 0)
    status, headers, text = server.ask("/api/compare", SMALL)
    assert status == 503
    assert "ask again" in json.loads(text)["error"]
    assert headers["retry-after"] == "1"


def test_remembered_runs_take_no_more_memory_than_they_may():
    import numpy as np

    memory = Memory(most_bytes=10_000)
    for number in range(100):
        memory.put(str(number).encode(), Run(np.zeros(50), np.zeros(50, bool), np.zeros((5, 5))), 0.01)
    assert memory.bytes <= 10_000
    assert memory.get(b"99") is not None
    assert memory.get(b"0") is None


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.tuples(st.sampled_from(["set", "seed", "designs", "scenario", "equal", "x"]) | st.text(max_size=8), st.text(max_size=40)),
        max_size=5,
    )
)
def test_any_fields_make_a_state_or_an_error_in_words(fields):
    scenarios = _SCENARIOS
    try:
        state, _ = read_state(fields, scenarios)
        scenarios.load(state)
    except InputError as error:
        assert str(error).strip()


_SCENARIOS = Scenarios()


def _raw(server, text: str) -> str:
    """What the server answers to these very bytes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as place:
        with suppress(OSError):  # refused before all of it was sent: the answer stands in the buffer
            place.sendall(text.encode("latin-1"))
        got = b""
        with suppress(ConnectionResetError):
            while b"\r\n\r\n" not in got and (part := place.recv(65536)):
                got += part
    return got.decode("latin-1")


def _until(holds) -> None:
    """Wait for a condition, at most half a minute."""
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
