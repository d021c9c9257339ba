"""The protocol has everything that is declared, in the order of the day, and is fresh; so are sources and the record of tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.cli.main import COMMANDS
from sim.core.jit import PACKAGE
from sim.core.sources import keys_in, load_sources
from sim.core.streams import STREAMS
from sim.model import day
from sim.model.catalogue import MECHANISMS, MODULES, PARAMETERS
from sim.model.outcomes import OUTCOMES
from sim.model.state import TABLES
from sim.organisation.coordinates import COORDINATES
from sim.report import odd_page, sources_page
from sim.report.odd_code import called_mechanisms, equation_code, phases, rules
from sim.scenario.firm import FIRM

ROOT = PACKAGE.parent
DOCS = ROOT / "docs" / "model"


@pytest.fixture(scope="module")
def page() -> str:
    return odd_page.page()


def section(page: str, head: str) -> str:
    """From a heading to the next of its level or above."""
    level = head.split(" ")[0]
    start = page.index(f"\n{head}\n")
    rest = re.search(rf"^#{{1,{len(level)}}} ", page[start + 1 + len(head) :], flags=re.MULTILINE)
    return page[start : start + 1 + len(head) + (rest.start() if rest else len(page))]


@pytest.mark.parametrize("written", [odd_page, sources_page])
def test_the_page_in_docs_is_fresh(written):
    assert (ROOT / written.FILE).read_text(encoding="utf-8") == written.page(), f"run: {written.COMMAND}"


def test_the_seven_elements_stand_in_order(page):
    places = [page.index(f"\n## {number}. ") for number in range(1, 8)]
    assert places == sorted(places)
    for concept in ("Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction",
                    "Stochasticity", "Collectives", "Observation"):  # fmt: skip
        assert f"**{concept}.**" in page


@pytest.mark.parametrize("table", TABLES)
def test_every_variable_stands_in_its_entitys_table(page, table):
    there = section(page, f"### {table}")
    for name, field in TABLES[table].items():
        assert f"| `{name}` | {field.type}" in there
        assert field.meaning.replace("|", "\\|") in there


def test_every_parameter_fact_coordinate_stream_and_outcome_is_there(page):
    for name in (*FIRM, *PARAMETERS, *COORDINATES, *STREAMS, *OUTCOMES):
        assert f"| `{name}` | " in page, name


def test_every_phase_stands_in_the_order_of_the_day(page):
    places = [page.index(f"#### {name.replace('_', ' ')}\n\n{sentence}") for name, sentence, _ in phases(day)]
    assert places == sorted(places)
    schedule = section(page, "## 3. Process overview and scheduling")
    for mechanism in MODULES:
        if mechanism not in ("intervene",):  # dated steps come between days
            assert f"{mechanism}." in schedule, mechanism


def test_the_day_calls_mechanisms_in_the_order_that_the_listing_has():
    called = called_mechanisms(day)
    assert [name for name in called if name in ("demand", "translate", "decide", "build", "release", "observe")] == [
        "demand", "translate", "decide", "build", "release", "observe",
    ]  # fmt: skip


@pytest.mark.parametrize("mechanism", MODULES)
def test_every_submodel_has_its_equations_parameters_and_rules(page, mechanism):
    there = section(page, f"### {mechanism}")
    for name in MECHANISMS[mechanism]:
        assert f"| `{name}` | " in there
    for signature, _, code in rules(MODULES[mechanism]):
        assert signature.split("(")[0] in there
        assert equation_code(code) in there


def test_every_source_says_where_it_is_used():
    used = sources_page.uses()
    literature = keys_in((DOCS / "literature.md").read_text(encoding="utf-8")) | keys_in((DOCS / "TRACE.md").read_text(encoding="utf-8"))
    assert set(used) == set(load_sources())
    assert [key for key, places in used.items() if not places and key not in literature] == []
    assert literature <= set(load_sources())


@pytest.mark.parametrize("name", ["TRACE.md", "literature.md"])
def test_what_a_page_of_prose_points_to_exists(name):
    text = (DOCS / name).read_text(encoding="utf-8")
    for path in re.findall(r"`(tests/[\w/.]+)`", text):
        assert (ROOT / path).exists(), path
    for command in re.findall(r"`orgsim (\w+)", text):
        assert command in COMMANDS, command
    for link in re.findall(r"\]\((\w+\.md)\)", text):
        assert (DOCS / link).exists(), link
    for mechanism in re.findall(r"\(`(\w+)`\)", text):
        assert mechanism in MODULES, mechanism


def test_the_command_writes_the_page(tmp_path):
    file = tmp_path / "deep" / "ODD.md"
    odd_page.main([str(file)])
    assert file.read_text(encoding="utf-8").startswith("<!-- Written by `python -m sim.report.odd_page`")
    assert Path(odd_page.FILE).name == "ODD.md"
