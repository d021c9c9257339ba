"""Rules for every file: short, introduced in its first lines, and free of any machine's paths."""

from __future__ import annotations

import re

import pytest

from tests.ground.text_of_tree import ROOT, project_files, text_files

LONGEST = 300
CODE = {".py", ".js", ".css", ".html", ".sh"}
INTRODUCED = {
    ".py": re.compile(r'\A(#!.*\n)?\s*([rR]?"""\S|# \S)'),
    ".toml": re.compile(r"\A# \S"),
    ".js": re.compile(r"\A(//|/\*)"),
    ".css": re.compile(r"\A/\*"),
}
# Written in pieces, so that this file does not hold what it forbids.
FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.])/(?:root|work|home" + r"|Users)/\w"),
    "a package registry's host": re.compile("|".join(("pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npm", "deb" + r"\.debian"))),
    "an address with a password": re.compile(r"://[^/\s:]+:[^/\s@]+" + "@"),
}


def _own_code():
    """Files that are written here: sim, tests, benchmarks and scenarios, without what is vendored."""
    folders = ("sim", "tests", "benchmarks", "scenarios", "notebooks", "scripts")
    return [(path, text) for path, text in text_files() if path.parts[0] in folders and "vendor" not in path.parts]


def test_the_project_has_files():
    assert len(project_files()) > 20
    assert ROOT / "pyproject.toml" in project_files()


def test_no_code_file_is_longer_than_three_hundred_lines():
    long = {str(path): text.count("\n") for path, text in _own_code() if path.suffix in CODE and text.count("\n") > LONGEST}
    assert not long, f"these files want to be split: {long}"


def test_every_file_says_in_its_first_lines_what_lives_there():
    silent = [str(path) for path, text in _own_code() if path.suffix in INTRODUCED and not INTRODUCED[path.suffix].match(text)]
    assert not silent, f"these files begin without a docstring or a comment: {silent}"


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what):
    pattern = FORBIDDEN[what]
    found = [f"{path}: {match.group()}" for path, text in text_files() for match in pattern.finditer(text)]
    assert not found, f"{what}: {found[:10]}"


@pytest.mark.parametrize("script", ["scripts/python", "scripts/environment", "scripts/chromium", "scripts/other-python", ".ci/run"])
def test_scripts_can_be_run_and_say_what_they_do(script):
    path = ROOT / script
    assert path.stat().st_mode & 0o111, f"{script} is not executable"
    first, second = path.read_text().splitlines()[:2]
    assert first == "#!/usr/bin/env bash"
    assert second.startswith("# ")
