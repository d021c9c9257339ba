"""The scanner finds every key's line, whatever way TOML lets it be written."""

from __future__ import annotations

import pytest

from sim.scenario.places import Place, places

TEXT = '''# a comment with = and [brackets]
title = "a # in text"   # said # twice
about = """
[not.a.table]
x = 1
"""
[firm]   # the firm
units = 3
"odd key" = 4
'literal key'.inner = 5
[ design . "my design" ]
list = [ # with a comment
  1, [2, 3], "]",
]   # after the list
inline = { a = 1, b.c = "}", d = { e = [1] } }
day = 1979-05-27 07:32:00   # a date with a space
quoted = """ends with a quote""""
long = \'\'\'
it's'''


def find(*path):
    return places(TEXT + "'''\nlast = true")[path]


@pytest.mark.parametrize(("path", "line"), [
    (("title",), 2), (("about",), 3), (("firm",), 7), (("firm", "units"), 8), (("firm", "odd key"), 9),
    (("firm", "literal key", "inner"), 10), (("design", "my design"), 11), (("design", "my design", "list"), 12),
    (("design", "my design", "inline"), 15), (("design", "my design", "inline", "a"), 15), (("design", "my design", "day"), 16),
    (("design", "my design", "quoted"), 17), (("design", "my design", "long"), 18), (("design", "my design", "last"), 20),
])  # fmt: skip
def test_a_key_is_found_on_its_line(path, line):
    assert find(*path).line == line


def test_a_key_keeps_the_comment_at_the_end_of_its_line():
    assert find("title") == Place(2, "said # twice")
    assert find("design", "my design", "list").comment == "after the list"
    assert find("design", "my design", "day").comment == "a date with a space"
    assert find("firm", "units").comment == ""


def test_escapes_in_quoted_keys_are_read():
    assert places('"\\u0061\\"" = 1') == {('a"',): Place(1)}


def test_windows_line_ends_count_once():
    assert places("a = 1\r\n\r\nb = 2\r\n")[("b",)].line == 3


def test_long_dotted_keys_are_remembered_by_their_first_parts():
    assert places("a.b.c.d.e.f = 1") == {("a", "b", "c", "d", "e"): Place(1)}


def test_the_tables_of_an_array_are_numbered_and_the_array_stands_where_it_stands_first():
    found = places("[[a]]\nx = 1\n[[a]]\nx = 2  # two\n")
    assert found == {("a",): Place(1), ("a", "0"): Place(1), ("a", "0", "x"): Place(2), ("a", "1"): Place(3),
                     ("a", "1", "x"): Place(4, "two")}  # fmt: skip
