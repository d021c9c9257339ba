"""`orgsim explore` as a process: it prints its address, answers there, and ends as it is told to."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.explorer import serve
from tests.ground.text_of_tree import ROOT


def _start(*words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sim.cli.main", "explore", *words, "--no-browser"]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_its_address_answers_there_and_ends_quietly(ending):
    with _start("branch_bank", "--port", "0") as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            with urllib.request.urlopen(f"{address}api/alive", timeout=60) as answer:
                assert json.load(answer)["questions"] == 0
            question = urllib.request.urlopen(f"{address}api/map", timeout=60)
            assert b"turbulence" in question.readline()  # it is at work when it is ended
            process.send_signal(ending)
            assert process.wait(60) in (0, -ending)
            assert process.stdout.read() == ""
            question.close()
        finally:
            process.kill()


def test_a_port_that_is_taken_is_said_so(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = CliRunner().invoke(main, ["explore", "--port", str(taken.getsockname()[1]), "--no-browser"])
    assert done.exit_code == 2
    assert "cannot be used" in done.output
    assert "Traceback" not in done.output


def test_where_the_usual_port_is_taken_another_one_is_found(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(serve, "USUAL_PORT", taken.getsockname()[1])
        with serve.open_port(None) as found:
            assert found.getsockname()[0] == "127.0.0.1"
            assert found.getsockname()[1] != taken.getsockname()[1]


@pytest.mark.parametrize(("words", "says"), [(["branch_bnak"], "did you mean branch_bank?"), (["nowhere.toml"], "nowhere.toml"),
                                             (["--port", "70000"], "65535")])  # fmt: skip
def test_wrong_input_ends_it_before_it_begins(words, says):
    done = CliRunner().invoke(main, ["explore", *words, "--no-browser"])
    assert done.exit_code == 2
    assert says in done.output
