"""Wrong scenarios through the whole command line: one message that names file and key, exit code 2, nothing written."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.main import main

ROOT = Path(__file__).resolve().parents[2]

NOT_ALL_COORDINATES = "tech_embedding = 0.5\ncross_functionality = 0.5\n"

WRONG = {
    "text for a number": ('[firm]\nunits = "many"\n', "bank.toml:2", "firm.units"),
    "a quoted number": ('[firm]\nwage = "0.4"\n', "bank.toml:2", "firm.wage"),
    "true for a number": ("[firm]\nunits = true\n", "bank.toml:2", "firm.units"),
    "a list for a number": ("[firm]\nunits = [3, 4]\n", "bank.toml:2", "firm.units"),
    "a table for a number": ("[firm.units]\nmany = 1\n", "bank.toml:1", "firm.units"),
    "a date for a number": ("[firm]\nunits = 2024-01-01\n", "bank.toml:2", "firm.units"),
    "a number for a table": ("firm = 3\n", "bank.toml:1", "firm"),
    "a number for a title": ("title = 3\n", "bank.toml:1", "title"),
    "a list of tables for a table": ("[[firm]]\nunits = 3\n", "bank.toml:1", "firm"),
    "not a number": ("[firm]\nturbulence = nan\n", "bank.toml:2", "firm.turbulence"),
    "infinity": ("[firm]\nturbulence = inf\n", "bank.toml:2", "firm.turbulence"),
    "minus infinity": ("[firm]\nturbulence = -inf\n", "bank.toml:2", "firm.turbulence"),
    "a float that is too large to be one": ("[firm]\nturbulence = 1e999\n", "bank.toml:2", "firm.turbulence"),
    "a whole number too large for a float": (f"[firm]\nunits = {10**400}\n", "bank.toml:2", "firm.units"),
    "a number of thousands of digits": (f"[firm]\nunits = {'9' * 5000}\n", "bank.toml", "thousands of digits"),
    "a hexadecimal giant": (f"[firm]\nunits = 0x{'f' * 5000}\n", "bank.toml:2", "firm.units"),
    "a negative count": ("[firm]\ntechnologists = -5\n", "bank.toml:2", "firm.technologists"),
    "no units": ("[firm]\nunits = 0\n", "bank.toml:2", "firm.units"),
    "no technologists": ("[firm]\ntechnologists = 0\n", "bank.toml:2", "firm.technologists"),
    "half a unit": ("[firm]\nunits = 3.5\n", "bank.toml:2", "firm.units"),
    "a share over one": ("[design.pervasive]\ndelegation = 1.2\n", "bank.toml:2", "design.pervasive.delegation"),
    "a negative share": ("[firm]\nspillover = -0.1\n", "bank.toml:2", "firm.spillover"),
    "a share above one": ("[design.pervasive]\ncloud_share = 2\n", "bank.toml:2", "design.pervasive.cloud_share"),
    "an interval under a day": ("[design.partnership]\nboard_interval = -7\n", "bank.toml:2", "design.partnership.board_interval"),
    "an unknown key": ("[firm]\nunitz = 3\n", "bank.toml:2", "firm.unitz"),
    "an unknown table": ("[frim]\nunits = 3\n", "bank.toml:1", "frim"),
    "an unknown parameter": ("[model]\nliaison_skil = 0.5\n", "bank.toml:2", "model.liaison_skil"),
    "an unknown coordinate": ("[design.partnership]\ndelegaton = 0.5\n", "bank.toml:2", "design.partnership.delegaton"),
    "a key in the wrong table": ("units = 3\n", "bank.toml:1", "units"),
    "a key with an escape sequence": ('"\\u001b[31m" = 3\n', "bank.toml:1", "unknown key"),
    "an empty key": ('"" = 3\n', "bank.toml:1", "unknown key"),
    "a parameter out of range": ("[model]\nliaison_skill = 7\n", "bank.toml:2", "model.liaison_skill"),
    "no days": ("[run]\ndays = 0\n", "bank.toml:2", "run.days"),
    "half a day": ("[run]\ndays = 0.5\n", "bank.toml:2", "run.days"),
    "too many days": ("[run]\ndays = 1_000_001\n", "bank.toml:2", "run.days"),
    "a negative warm-up": ("[run]\nwarm_up = -1\n", "bank.toml:2", "run.warm_up"),
    "days and warm-up too long together": ("[run]\ndays = 600_000\nwarm_up = 600_000\n", "bank.toml:2", "run.days + run.warm_up"),
    "a number of equals": ("[run]\nequal = 3\n", "bank.toml:2", "run.equal"),
    "equal luck": ('[run]\nequal = "luck"\n', "bank.toml:2", "run.equal"),
    "more liaisons than people": ("[firm]\ntechnologists = 30\n[design.partnership]\nliaisons_per_unit = 4\n", "bank.toml:4",
                                  "design.partnership.liaisons_per_unit"),
    "nobody left to build": ("[firm]\nunits = 100\ntechnologists = 50\n", "bank.toml", "design.partnership.liaisons_per_unit"),
    "a release that may never leave": ("[run]\ndays = 15\nwarm_up = 0\n", "bank.toml", "design.partnership.release_interval"),
    "a design without base": (f"[design.mine]\n{NOT_ALL_COORDINATES}", "bank.toml:1", "design.mine"),
    "a misspelt shipped design": ("[design.pervasiv]\ndelegation = 0.5\n", "bank.toml:1", "design.pervasive"),
    "a design that starts from an unknown one": ('[design.mine]\nbase = "pervasiv"\n', "bank.toml:2", "design.mine.base"),
    "a design that starts from itself": ('[design.mine]\nbase = "mine"\n', "bank.toml:2", "design.mine.base"),
    "a design two levels deep": ('[design.a]\nbase = "b"\n[design.b]\nbase = "pervasive"\n', "bank.toml:2", "design.a.base"),
    "designs in a circle": ('[design.a]\nbase = "b"\n[design.b]\nbase = "a"\n', "bank.toml:2", "design.a.base"),
    "a shipped design that starts from another": ('[design.partnership]\nbase = "pervasive"\n', "bank.toml:2", "design.partnership.base"),
    "a design's name with a space": ('[design."my bank"]\nbase = "pervasive"\n', "bank.toml:1", 'design."my bank"'),
    "a design's name that is too long": (f"[design.{'a' * 41}]\nbase = 'pervasive'\n", "bank.toml:1", "design." + "a" * 41),
    "a design that is a number": ("design.mine = 3\n", "bank.toml:1", "design.mine"),
    "no design to compare": ("[designs]\ncompare = []\n", "bank.toml:2", "designs.compare"),
    "an unknown design to compare": ('[designs]\ncompare = ["partnership", "pervasiv"]\n', "bank.toml:2", "designs.compare"),
    "a design compared with itself": ('[designs]\ncompare = ["pervasive", "pervasive"]\n', "bank.toml:2", "designs.compare"),
    "a text for the designs to compare": ('[designs]\ncompare = "pervasive"\n', "bank.toml:2", "designs.compare"),
    "a number among the designs to compare": ("[designs]\ncompare = [1, 2]\n", "bank.toml:2", "designs.compare"),
    "an unknown mechanism": ('[off]\nmechanisms = ["larn"]\n', "bank.toml:2", "off.mechanisms"),
    "a mechanism twice": ('[off]\nmechanisms = ["learn", "learn"]\n', "bank.toml:2", "off.mechanisms"),
    "a mechanism that is off and set": ('[model]\nsocialisation = 0.5\n[off]\nmechanisms = ["learn"]\n', "bank.toml:2",
                                        "model.socialisation"),
    "a base that does not exist": ('base = "brunch_bank"\n', "bank.toml:1", "base"),
    "a base file that does not exist": ('base = "below.toml"\n', "bank.toml:1", "base"),
    "a base that is the file itself": ('base = "bank.toml"\n', "bank.toml:1", "base"),
    "a base that is a folder": ('base = "./"\n', "bank.toml:1", "base"),
    "an empty base": ('base = ""\n', "bank.toml:1", "base"),
    "a key twice": ("[firm]\nunits = 3\nunits = 4\n", "bank.toml:3", "not valid TOML"),
    "a table twice": ("[firm]\nunits = 3\n[firm]\nwage = 1\n", "bank.toml:3", "not valid TOML"),
    "no value": ("[firm]\nunits =\n", "bank.toml:2", "not valid TOML"),
    "an open string": ('title = "Bank\n', "bank.toml:1", "not valid TOML"),
    "an open table": ("[firm\nunits = 3\n", "bank.toml:1", "not valid TOML"),
    "JSON": ('{"firm": {"units": 3}}\n', "bank.toml:1", "not valid TOML"),
    "prose": ("Twelve units and a call centre.\n", "bank.toml:1", "not valid TOML"),
    "lists in lists in lists": (f"x = {'[' * 5000}", "bank.toml", "nested too deeply"),
    "an empty file": ("", "bank.toml", "empty"),
    "a file of blanks": ("\n \n", "bank.toml", "empty"),
    "a file of the wrong size": ("# " + "x" * (1 << 20), "bank.toml", "larger than 1 MiB"),
}  # fmt: skip


def call(*arguments: object) -> tuple[int, str]:
    """Exit code and everything printed by a command line run in this process."""
    result = CliRunner().invoke(main, [*map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def refused(code: int, told: str, out: Path, *names: str) -> None:
    """Assert that a command line was refused in words, and wrote nothing."""
    assert code == 2, told
    assert told.startswith("error: ")
    assert "Traceback" not in told
    assert "\x1b" not in told
    for name in names:
        assert name in told
    assert not out.exists()


def test_there_are_at_least_forty_kinds_of_wrong():
    assert len(WRONG) >= 40


@pytest.mark.parametrize("command", ["compare", "check"])
@pytest.mark.parametrize("kind", WRONG)
def test_a_scenario_is_refused_that_holds(kind, command, tmp_path, monkeypatch):
    text, *names = WRONG[kind]
    (tmp_path / "bank.toml").write_text(text)
    monkeypatch.chdir(tmp_path)
    out = ["--out", "out"] if command == "compare" else []
    refused(*call(command, "bank.toml", *out), tmp_path / "out", *names)


@pytest.mark.parametrize(("contents", "names"), [
    (b"title = 'Caf\xe9'\n", ["bank.toml:1", "UTF-8", "0xe9"]),
    ("[firm]\nunits = 3\n".encode("utf-16"), ["bank.toml:1", "UTF-8"]),
    (b"\x7fELF\x02\x01\x01\x00\x00", ["bank.toml:1", "not valid TOML"]),
    (b"\x89PNG\r\n\x1a\n\x00\x00", ["bank.toml:1", "UTF-8"]),
    (b"\x00" * 100, ["bank.toml:1", "not valid TOML"]),
])  # fmt: skip
def test_a_file_is_refused_that_is_not_text(contents, names, tmp_path):
    (tmp_path / "bank.toml").write_bytes(contents)
    refused(*call("compare", tmp_path / "bank.toml", "--out", tmp_path / "out"), tmp_path / "out", *names)


def test_a_folder_is_refused(tmp_path):
    refused(*call("compare", tmp_path, "--out", tmp_path / "out"), tmp_path / "out", str(tmp_path), "is a directory")


@pytest.mark.parametrize("name", ["no.toml", "no/such/folder/bank.toml", "bank.toml/inside.toml", "x" * 300 + ".toml"])
def test_a_file_is_refused_that_is_not_there(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("bank.toml").write_text("[firm]\nunits = 3\n")
    refused(*call("compare", name, "--out", "out"), tmp_path / "out", name[:100])


def test_a_misspelt_name_of_a_scenario_is_answered_with_the_nearest(tmp_path):
    refused(*call("compare", "brach_bank", "--out", tmp_path / "out"), tmp_path / "out", "did you mean branch_bank?")


@pytest.mark.parametrize(("assignment", "names"), [
    ("firm.turbulance=2", ["--set firm.turbulance: unknown key", "did you mean firm.turbulence?", "now 0.3"]),
    ("firm.units", ["--set firm.units", "PATH=VALUE"]),
    ("units=3", ["--set units", "firm.KEY"]),
    ("firm.units=few", ["--set firm.units", '"few" is text']),
    ("design.pervasive.delegation=1.5", ["--set design.pervasive.delegation", "above the maximum 1"]),
    ("design.pervasiv.delegation=0.5", ["--set design.pervasiv.delegation", "did you mean design.pervasive?"]),
    ("model.nothing=1", ["--set model.nothing", "unknown key"]),
    ("off.mechanisms=larn", ["--set off.mechanisms", "did you mean learn?"]),
    ("designs.compare=pervasiv", ["--set designs.compare", "did you mean pervasive?"]),
    ("run.days=1e999", ["--set run.days", "not a finite number"]),
])  # fmt: skip
def test_a_wrong_override_is_refused(assignment, names, tmp_path):
    refused(*call("compare", "branch_bank", "--set", assignment, "--out", tmp_path / "out"), tmp_path / "out", *names)


@pytest.mark.parametrize(("options", "names"), [
    (["--designs", "pervasiv"], ["--designs", "did you mean pervasive?"]),
    (["--designs", ""], ["--designs", "empty"]),
    (["--days", "many"], ["--days", "run.days"]),
    (["--days", "-1"], ["--days", "below the minimum 1"]),
    (["--seed", "one"], ["--seed"]),
    (["--seed", "-1"], ["--seed"]),
    (["--replicates", "0"], ["--replicates"]),
    (["--replicates", "nan"], ["--replicates"]),
    (["--workers", "0"], ["--workers"]),
    (["--bogus"], ["--bogus"]),
])  # fmt: skip
def test_a_wrong_option_is_refused(options, names, tmp_path):
    refused(*call("compare", "branch_bank", *options, "--out", tmp_path / "out"), tmp_path / "out", *names)


def orgsim(*arguments: object, cwd: Path, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """A command line in a process of its own."""
    return subprocess.run([sys.executable, "-m", "sim.cli.main", *map(str, arguments)], cwd=cwd, capture_output=True, text=True,
                          preexec_fn=before, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=120)  # fmt: skip


@pytest.mark.parametrize("kind", ["an unknown key", "an empty file", "more liaisons than people"])
def test_a_process_of_its_own_is_refused_in_the_same_words(kind, tmp_path):
    text, *names = WRONG[kind]
    (tmp_path / "bank.toml").write_text(text)
    done = orgsim("compare", "bank.toml", "--out", "out", cwd=tmp_path)
    assert done.stdout == ""
    refused(done.returncode, done.stderr, tmp_path / "out", *names)


def _give_up_reading_everything() -> None:
    """Make the process that follows a root like any user: without the rights to pass over permissions (Linux)."""
    bounding_set_drop, dac_override, dac_read_search = 24, 1, 2
    for right in (dac_override, dac_read_search):
        if ctypes.CDLL(None).prctl(bounding_set_drop, right, 0, 0, 0) != 0:
            raise PermissionError("this process may not give up rights")


def test_a_file_without_permission_is_refused(tmp_path):
    path = tmp_path / "bank.toml"
    path.write_text("[firm]\nunits = 3\n")
    path.chmod(0)
    done = orgsim("compare", "bank.toml", "--out", "out", cwd=tmp_path, before=_give_up_reading_everything if os.geteuid() == 0 else None)
    refused(done.returncode, done.stderr, tmp_path / "out", "bank.toml", "permission denied")
