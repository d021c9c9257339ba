"""The page of parameters says all that the declarations say, and the tracked one is up to date."""

from __future__ import annotations

import pytest

from sim.core.jit import PACKAGE
from sim.core.parameters import Param, parameters
from sim.organisation.coordinates import COORDINATES, Coordinate
from sim.report.parameter_page import COMMAND, FILE, main, page, parameters_markdown

FIRM = parameters(units=Param(12, "business units", "units", 2, 40, "assumption: a mid-size bank"))
AXES = {
    "delegation": Coordinate(0.0, 1.0, "quantile", "what a team decides", "decision", "local sight"),
    "cloud_share": Coordinate(0.0, 0.5, "share", "run work of providers", "practice", "usage price"),
}
MECHANISMS = {
    "learn": parameters(pull=Param(0.25, "pull of the code", "share|day", -0.5, 0.75, "march1991: figure 1", off=0.0)),
    "observe": parameters(),
}


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return parameters_markdown(FIRM, AXES, MECHANISMS).splitlines()


def test_a_published_number_stands_with_unit_range_off_value_and_source(lines):
    assert "| `pull` | pull of the code | 0.25 | share\\|day | −0.5 to 0.75 | 0 | march1991: figure 1 |" in lines


def test_an_assumption_is_marked_in_its_table_and_reasoned_at_the_end(lines):
    marked = lines.index("| `units` | business units | 12 | units | 2 to 40 |  | assumption † |")
    reasoned = lines.index("| `units` | firm | 12 | units | a mid-size bank |")
    assert marked < lines.index("## Assumptions") < reasoned < lines.index("## Sources")
    assert not any(line.startswith("| `pull` | learn") for line in lines)


def test_a_coordinate_stands_with_bundle_and_price(lines):
    assert "| `delegation` | what a team decides | 0 to 1 | quantile | decision | local sight |" in lines
    assert "| `cloud_share` | run work of providers | 0 to 0.5 | share | practice | usage price |" in lines


def test_the_head_counts_numbers_assumptions_and_coordinates(lines):
    assert any("2 numbers" in line and "1 are assumptions" in line and "2 coordinates" in line for line in lines)


def test_a_mechanism_without_numbers_says_so(lines):
    assert lines[lines.index("### observe") + 2] == "No numbers of its own."


def test_only_sources_that_a_number_names_are_listed(lines):
    listed = lines[lines.index("## Sources") :]
    assert sum("`march1991`" in line for line in listed) == 1
    assert not any("`fang2010`" in line for line in listed)


def test_a_number_with_an_unknown_source_has_no_page():
    unknown = {"learn": parameters(pull=Param(0.2, "pull", "share", 0.1, 0.3, "nobody1999: page 1"))}
    with pytest.raises(KeyError, match="nobody1999"):
        parameters_markdown(FIRM, AXES, unknown)


def test_every_row_has_as_many_cells_as_its_header():
    width = 0
    for line in page().splitlines():
        if line.startswith(("| name", "| key")):
            width = line.count("|")
        if line.startswith("|"):
            assert line.replace("\\|", "").count("|") == width, line


def test_the_module_writes_the_page_to_the_file_named(tmp_path):
    main([str(tmp_path / "new" / "page.md")])
    assert (tmp_path / "new" / "page.md").read_text(encoding="utf-8") == page()


def test_the_tracked_page_is_up_to_date():
    assert (PACKAGE.parent / FILE).read_text(encoding="utf-8") == page(), f"write it anew: {COMMAND}"


def test_the_page_names_every_coordinate_and_parameter():
    from sim.model.catalogue import PARAMETERS
    from sim.scenario import firm

    text = page()
    missing = [name for table in (firm.FIRM, COORDINATES, PARAMETERS) for name in table if f"| `{name}` |" not in text]
    assert missing == []
