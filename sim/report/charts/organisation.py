"""The organisation on one day of a Mesa run: who sits where, what they have in hand, and what waits before whom.

A row a home, after one for the board, which the technology leader chairs: its leader, its liaison, what waits for its teams, and the
teams. Numbers inside are items; a team that has none in hand is hollow. Purple waits, grey is being built.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from sim.model.fields.field import SPECIALISMS
from sim.report.charts.canvas import Canvas, wrapped
from sim.report.charts.frame import on_axes
from sim.report.colours import BUILDING, INK, QUIET, RULE, WAITING, text_on

WIDTH, MARGIN, HEAD, ROW = 430.0, 8.0, 46.0, 30.0
"""The viewer gives half of its page to a drawing."""
NAME, LEADER, LIAISON, QUEUE, TEAMS = 0.0, 132.0, 178.0, 222.0, 274.0
"""Where columns begin, in pixels from the left margin."""
GAP = 24.0
LARGEST, SMALLEST_TEAM = 10.0, 5.0
"""Radius of a team of eight and more, and of the smallest."""
WHOLE_TEAM = 8.0


@dataclass(frozen=True)
class Seats:
    """One home and those around it.

    name       in words
    leader     items that wait for the leader of its unit; None where it belongs to no unit
    liaison    items that wait for the unit's liaison; None where nobody translates
    waiting    items that wait for its teams
    teams      (people, items in hand) of each team
    """

    name: str
    leader: int | None
    liaison: int | None
    waiting: int
    teams: tuple[tuple[float, int], ...]


def seats(world: Any) -> list[Seats]:
    """The board, then the homes of a world in their order; homes outside the units are left out where they have no team."""
    count = world.lines["count"]
    found = [Seats("board", before_board(world), None, 0, ())]
    for home in world.homes:
        belongs = home["unit"] >= 0
        leader = liaison = None
        if belongs:
            unit = world.units[home["unit"]]
            leader = int(count[world.leaders["line"][unit["leader"]]])
            liaison = int(count[world.liaisons["line"][unit["liaison"]]]) if unit["liaison"] >= 0 else None
        rows = range(home["first_team"], home["first_team"] + home["teams"])
        teams = tuple((float(world.teams["people"][row]), int(world.teams["wip"][row])) for row in rows)
        if teams or belongs:
            waiting = int(count[home["line"] : home["line"] + len(SPECIALISMS)].sum()) if home["builds"] else 0
            found.append(Seats(_name(home), leader, liaison, waiting, teams))
    return found


def _name(home: Any) -> str:
    if home["unit"] >= 0:
        return f"unit {home['unit'] + 1}"
    if not home["builds"]:
        return "enabling teams"
    return f"IT unit, {SPECIALISMS[int(home['holders'].argmax())].replace('_', ' ')}"


def before_board(world: Any) -> int:
    """Items that wait for the board."""
    return int(world.lines["count"][world.firm[0].board_line])


def organisation_svg(model: Any) -> str:
    """The organisation of a Mesa model as it stands, as an <svg> element that says in words what it shows."""
    drawing = _Drawing(model)
    canvas = Canvas(WIDTH, drawing.height)
    drawing(canvas, 0.0, 0.0)
    return canvas.svg("organisation", drawing.said)


def plot_organisation(ax: Axes | None, model: Any) -> Axes:
    """The same on axes of your own; on a new figure of the right size where they are None."""
    drawing = _Drawing(model)
    size = (WIDTH, drawing.height)
    return on_axes(ax, drawing, size, size)


class _Drawing:
    """Draws what is to be seen in words, then a row a home."""

    def __init__(self, model: Any) -> None:
        self.rows = seats(model.world)
        self.said = sentence(model, self.rows)
        self.lines = [max(1, -(-len(row.teams) // _a_line())) for row in self.rows]
        self.heading = wrapped(self.said, WIDTH - 2.0 * MARGIN, 13.0, bold=True)
        self.height = HEAD + 18.0 * len(self.heading) + sum(self.lines) * ROW + MARGIN

    def __call__(self, canvas: Canvas, left: float, top: float) -> None:
        """The body with its upper left corner at (left, top), which is (0, 0): rows have fixed columns."""
        y = HEAD + 18.0 * len(self.heading)
        for place, words in enumerate(self.heading):
            canvas.text(MARGIN, 18.0 * (place + 1), words, 13.0, INK, bold=True)
        for start, word in ((LEADER, "leader"), (LIAISON, "liaison"), (QUEUE, "waiting"), (TEAMS, "teams: in hand")):
            canvas.text(MARGIN + start, y - 18.0, word, 12.0, QUIET)
        for row, many in zip(self.rows, self.lines, strict=True):
            canvas.line([(MARGIN, y - 8.0), (WIDTH - MARGIN, y - 8.0)], RULE, 0.8)
            _draw(canvas, row, y)
            y += many * ROW


def sentence(model: Any, rows: list[Seats]) -> str:
    """What is to be seen, in words."""
    in_hand = sum(items for row in rows for _, items in row.teams)
    waiting = sum(row.waiting for row in rows)
    when = f"{model.design.replace('_', ' ')}, day {model.day:,} of {model.horizon:,}"
    return f"{when}: {before_board(model.world)} items before the board, {waiting} wait for a team, {in_hand} in hand"


def _a_line() -> int:
    """Teams that stand in one line."""
    return int((WIDTH - 2.0 * MARGIN - TEAMS) / GAP)


def _draw(canvas: Canvas, row: Seats, y: float) -> None:
    middle = y + 9.0
    canvas.text(MARGIN + NAME, middle + 4.5, row.name, 13.0)
    for start, waiting, colour in ((LEADER, row.leader, WAITING["board"]), (LIAISON, row.liaison, WAITING["liaison"])):
        if waiting is not None:
            _square(canvas, MARGIN + start + 8.0, middle, waiting, colour)
    if row.waiting:
        _square(canvas, MARGIN + QUEUE + 8.0, middle, row.waiting, WAITING["team_queue"])
    for place, (people, items) in enumerate(row.teams):
        x = MARGIN + TEAMS + LARGEST + GAP * (place % _a_line())
        radius = max(SMALLEST_TEAM, LARGEST * min(1.0, people / WHOLE_TEAM) ** 0.5)
        at = middle + ROW * (place // _a_line())
        canvas.dot(x, at, BUILDING if items else QUIET, radius, hollow=not items)
        if items:
            canvas.text(x, at + 4.3, str(items), 12.0, INK, align="center")


def _square(canvas: Canvas, x: float, y: float, items: int, colour: str) -> None:
    """A square with how many wait inside; pale where nobody does."""
    canvas.box(x - 11.0, y - 10.0, 22.0, 20.0, colour if items else RULE)
    if items:
        canvas.text(x, y + 4.3, str(items), 12.0, text_on(colour), align="center")
