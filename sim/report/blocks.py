"""What a page is put together from: blocks of a few kinds, in sections that each answer a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from sim.analysis.facts import Fact
from sim.report.attribution_table import Block as Shared
from sim.report.charts import Chart
from sim.report.counting_table import Line
from sim.report.table import Cells


class Block(Protocol):
    """Anything that the template has a macro for, by its kind."""

    kind: ClassVar[str]


@dataclass(frozen=True)
class Figure:
    """A chart with its finding as title, and its data to save."""

    kind: ClassVar[str] = "figure"
    chart: Chart


@dataclass(frozen=True)
class Facts:
    """The four facts beside each other."""

    kind: ClassVar[str] = "facts"
    facts: Sequence[Fact]


@dataclass(frozen=True)
class Grid:
    """A table; look is "list" for words, "made" for numbers. fold: what stands where it is folded away; empty where it is open."""

    kind: ClassVar[str] = "grid"
    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    look: str = "made"
    title: str = ""
    note: str = ""
    below: Sequence[str] = ()
    key: str = ""
    fold: str = ""


@dataclass(frozen=True)
class Words:
    """A title, sentences, and points, of each what it is about and what is said of it."""

    kind: ClassVar[str] = "words"
    title: str
    texts: Sequence[str] = ()
    points: Sequence[tuple[str, str]] = ()
    note: str = ""
    key: str = ""


@dataclass(frozen=True)
class Ways:
    """Ways through time, journeys or single moves: chart, finding, table."""

    kind: ClassVar[str] = "ways"
    key: str
    title: str
    texts: Sequence[str]
    charts: Sequence[Chart]
    rows: Sequence[Mapping[str, tuple[str, str]]]
    caption: str
    note: str
    below: str
    about: Mapping[str, str]


@dataclass(frozen=True)
class Shares:
    """What each bundle contributes, a table a design."""

    kind: ClassVar[str] = "shares"
    first: str
    heads: Sequence[str]
    shown: Mapping[str, Shared]
    note: str


@dataclass(frozen=True)
class Counting:
    """The headline differences under each way of counting."""

    kind: ClassVar[str] = "counting"
    first: str
    others: Sequence[str]
    lines: Mapping[str, Sequence[Line]]
    note: str


@dataclass(frozen=True)
class Numbers:
    """The table of outcomes, and all of them."""

    kind: ClassVar[str] = "numbers"
    first: str
    share: str
    tables: Mapping[str, Sequence[Cells]]
    whole: Mapping[str, Sequence[Cells]]


@dataclass(frozen=True)
class Section:
    """A question with what answers it, and for what nobody has looked at, the command that does."""

    key: str
    question: str
    blocks: Sequence[Block] = ()
    missing: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class File:
    """Something to save from within the page; url holds it."""

    name: str
    url: str
    about: str


@dataclass(frozen=True)
class Page:
    """Everything that the template of the executive page shows.

    about     design → what it stands for
    colours   design → its colour
    numbers   blocks of the table of outcomes
    methods   title → sentences
    commands  that make the same again
    """

    title: str
    kicker: str
    leads: Sequence[str]
    about: Mapping[str, str]
    colours: Mapping[str, str]
    sections: Sequence[Section]
    numbers: Sequence[Block]
    methods: Mapping[str, Sequence[str]]
    files: Sequence[File]
    foot: Sequence[str]
    commands: Sequence[str] = field(default=())
