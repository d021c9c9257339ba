"""The group of commands: help, misspelt commands, exit codes, pipes and colours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sim.cli import main as group

ROOT = Path(__file__).resolve().parents[2]
PLACE = {**os.environ, "PYTHONPATH": str(ROOT)}


def call(*arguments: str):
    return CliRunner().invoke(group.main, arguments)


def test_help_lists_every_command_with_examples():
    told = call("--help").output
    for command in group.COMMANDS:
        assert command in told
    assert "orgsim compare branch_bank" in told


def test_no_command_is_a_question_for_help():
    assert call().exit_code == 0
    assert call().output == call("--help").output


def test_the_version_is_printed():
    from sim import __version__

    assert call("--version").output == f"orgsim {__version__}\n"


def test_a_misspelt_command_is_answered_with_the_nearest():
    result = call("chekc", "branch_bank")
    assert result.exit_code == 2
    assert "did you mean check?" in result.output


def test_a_missing_argument_is_told_with_the_way_to_help():
    result = call("check")
    assert result.exit_code == 2
    assert result.output == "error: Missing argument 'SCENARIO'.\n  try orgsim check --help\n"


@pytest.mark.parametrize(("raised", "code"), [(KeyboardInterrupt(), 130), (click.Abort(), 130), (BrokenPipeError(), 141)])
def test_an_end_from_outside_has_its_own_exit_code(raised, code, monkeypatch):
    @click.command()
    def ends():
        raise raised

    monkeypatch.setattr(group.Commands, "get_command", lambda *_: ends)
    monkeypatch.setattr(group, "_silence", lambda: None)
    result = call("check")
    assert result.exit_code == code
    assert "Traceback" not in result.output


def test_a_command_may_give_its_own_exit_code(monkeypatch):
    monkeypatch.setattr(group.Commands, "get_command", lambda *_: click.Command("check", callback=lambda: 1))
    assert call("check").exit_code == 1


def test_a_fault_of_ours_keeps_its_traceback(monkeypatch):
    def broken():
        raise ZeroDivisionError

    monkeypatch.setattr(group.Commands, "get_command", lambda *_: click.Command("check", callback=broken))
    assert isinstance(call("check").exception, ZeroDivisionError)


def test_a_reader_that_leaves_early_is_no_fault():
    command = [sys.executable, "-c", "from sim.cli.main import main; main(['list', 'parameters'])"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=PLACE)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 141


def test_every_command_here_is_imported_only_when_it_is_called():
    code = "import sys; from sim.cli.main import main, COMMANDS\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
    code += "print([place for place, _ in COMMANDS.values() if place.split(':')[0] in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=PLACE, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(("terminal", "place", "coloured"), [
    (True, {}, True), (False, {}, False), (True, {"NO_COLOR": "1"}, False), (True, {"TERM": "dumb"}, False),
])  # fmt: skip
def test_errors_are_coloured_on_a_terminal_only(terminal, place, coloured, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in place.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    assert group._colours() is coloured
