"""The terminal's table: plain text that fits the terminal and says what the analysis says."""

from __future__ import annotations

import io
import re

import numpy as np
import pytest

from sim.analysis.paired import analyse
from sim.cli.compare_view import as_text, render
from sim.model.outcomes import INDEX
from sim.report.selection import CHART, SERIES, TABLE
from sim.report.table import rows, text_table, where_the_days_went
from tests.report.synthetic import comparison


@pytest.fixture(scope="module")
def runs():
    return comparison(replicates=60)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("width", [90, 100, 110])
def test_no_line_is_longer_than_the_terminal(runs, width):
    assert max(map(len, as_text(runs, analyse(runs), width).splitlines())) <= width


def test_two_short_names_fit_eighty_columns():
    runs = comparison(replicates=60, designs=("partnership", "pervasive"))
    assert max(map(len, as_text(runs, analyse(runs), 80).splitlines())) <= 80


def test_the_headline_comes_first_then_the_table_then_the_days(runs):
    text = as_text(runs, analyse(runs))
    assert text.startswith("Pervasive earns ")
    assert text.index("return on spend") < text.index("Where the days went") < text.index("chance, not wrong inputs")


def test_values_and_difference_agree_in_what_is_printed(runs):
    for row in rows(analyse(runs), "pervasive"):
        first, second, gap = (float(text.replace("−", "-")) for text in (row.first, row.second, row.difference))
        step = 10.0 ** -len(row.first.partition(".")[2])
        assert gap == pytest.approx(second - first, abs=1.01 * step)


def test_where_the_days_went_names_the_largest_change_first(runs):
    lines = where_the_days_went(analyse(runs))
    assert len(lines) == 2
    assert re.match(r"Where the days went, partnership→pervasive: board 1[345]→1, ", lines[1])


def test_what_is_beyond_the_window_says_so(runs):
    beyond = np.zeros(runs.beyond.shape, bool)
    beyond[2, :30, INDEX["lead_time_p85"]] = True
    late = type(runs)(runs.scenario, runs.designs, runs.seeds, runs.outcomes, beyond, provenance=runs.provenance)
    text = as_text(late, analyse(late))
    assert "50 % beyond" in text
    assert "counted as 720 days there" in " ".join(text.split())


def test_pipes_get_plain_text_and_terminals_colour(runs, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    pipe, terminal = io.StringIO(), Terminal()
    render(runs, analyse(runs), pipe)
    render(runs, analyse(runs), terminal)
    assert "\x1b" not in pipe.getvalue()
    assert "\x1b" in terminal.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    quiet = Terminal()
    render(runs, analyse(runs), quiet)
    assert quiet.getvalue() == pipe.getvalue()


def test_a_single_design_has_a_table_of_its_own():
    runs = comparison(replicates=10, designs=("mine",))
    assert "lead time, median, days" in text_table(analyse(runs))


def test_selections_name_each_outcome_once():
    for selection in (CHART, TABLE, SERIES):
        assert len(set(selection)) == len(selection)
    assert set(CHART + TABLE) <= set(INDEX)
