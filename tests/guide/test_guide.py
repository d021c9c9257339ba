"""The guide: it is built without a warning, every link and anchor of its pages leads somewhere, and what it tells to type exists."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
import pytest

from sim.cli.main import main
from sim.model.outcomes import NAMES
from tests.ground.text_of_tree import ROOT, project_files

PAGES = [path for path in project_files() if path.is_relative_to(ROOT / "docs") and path.suffix == ".md"]
WRITTEN = [path for path in PAGES if path.parent.name != "model"]
"""Pages that somebody writes, and no command."""


class Links(HTMLParser):
    """What a page points to, and the names that it can be pointed to by."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.names |= {found[key] for key in ("id", "name") if found.get(key)}
        key = {"a": "href", "link": "href", "img": "src", "script": "src"}.get(tag)
        if key and found.get(key):
            self.targets.append(found[key])


@pytest.fixture(scope="module")
def guide(tmp_path_factory) -> Path:
    """The built guide."""
    folder = tmp_path_factory.mktemp("guide")
    place = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=place, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-4000:]
    return folder


def test_every_link_and_anchor_leads_somewhere(guide):
    pages = {path: Links(path.read_text(encoding="utf-8")) for path in guide.rglob("*.html") if path.name != "404.html"}
    assert len(pages) > 30
    dead = []
    for path, page in pages.items():
        for target in page.targets:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            place = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            place = place / "index.html" if place.is_dir() else place
            if not place.is_file():
                dead.append(f"{path.relative_to(guide)}: {target}")
            elif parts.fragment and place in pages and unquote(parts.fragment) not in pages[place].names:
                dead.append(f"{path.relative_to(guide)}: {target} (no such heading)")
    assert not dead


def test_nothing_is_fetched_from_elsewhere(guide):
    fetched = re.compile(r'<(?:script|img|link)[^>]+(?:src|href)="?(?:https?:)?//[^">\s]+')
    found = {f"{path.name}: {match}" for path in guide.rglob("*.html") for match in fetched.findall(path.read_text(encoding="utf-8"))}
    assert not {one for one in found if 'rel="canonical"' not in one}


def test_every_page_is_in_the_guide(guide):
    missing = [path.name for path in PAGES if not (guide / path.relative_to(ROOT / "docs").with_suffix(".html")).is_file()]
    assert not missing


def test_the_reference_is_the_programs(guide):
    commands = (guide / "reference/commands.html").read_text(encoding="utf-8")
    assert all(f"orgsim {name}" in commands for name in main.list_commands(click.Context(main)))
    outcomes = (guide / "reference/outcomes.html").read_text(encoding="utf-8")
    assert all(name in outcomes for name in NAMES)
    python = (guide / "reference/python.html").read_text(encoding="utf-8")
    assert all(name in python for name in ("sim.compare", "sim.transition", "sim.OrgModel", "differences("))


def test_solutions_are_folded_and_drawings_say_what_they_show(guide):
    for path in (guide / "notebooks").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert text.count('<details class="success">') >= 3, path.name
        drawings = re.findall(r'<img alt="([^"]*)" src="[^"]+\.svg"', text)
        assert drawings, path.name
        assert all(len(words) > 20 for words in drawings), path.name


def _blocks(language: str) -> list[tuple[str, str]]:
    """(page, text) of every block in a language on pages that somebody writes."""
    found = re.compile(rf"^```{language}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return [(path.name, block) for path in WRITTEN for block in found.findall(path.read_text(encoding="utf-8"))]


COMMANDS = sorted({(page, line.split(" #")[0].strip()) for page, block in _blocks("sh") for line in block.splitlines() if line.strip()})


@pytest.mark.parametrize(("page", "command"), COMMANDS, ids=lambda value: value)
def test_a_command_of_the_guide_is_one_that_there_is(page, command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "certs").mkdir()  # the one thing that a command of the guide asks to be there
    words = shlex.split(command)
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
    elif words[0] == "orgsim":
        found = main.get_command(click.Context(main), words[1])
        assert found is not None, words[1]
        found.make_context(words[1], words[2:], resilient_parsing=False).close()
    else:
        assert words[0] in ("python", ".venv/bin/pip", ".venv/bin/jupyter", "pip", "gcc", "sudo"), command


@pytest.mark.parametrize(("page", "block"), _blocks("python"), ids=lambda value: value[:30])
def test_python_of_the_guide_is_python(page, block):
    compile(block, page, "exec")


@pytest.mark.parametrize(("page", "block"), _blocks("toml"), ids=lambda value: value[:30])
def test_toml_of_the_guide_is_a_scenario_a_sweep_or_a_piece_of_one(page, block, tmp_path):
    from sim.api import load_scenario, load_sweep

    path, told = tmp_path / "mine.toml", tomllib.loads(block)
    path.write_text(block, encoding="utf-8")
    if "vary" in told and "scenario" in told:
        load_sweep(path)
    elif "base" in told:
        load_scenario(path)
    else:
        assert told, "a piece of a file"
