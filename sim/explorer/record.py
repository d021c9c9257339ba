"""Record: one simulated history of each design, item by item and day by day, for Watch to play.

The kernel lives the days; after each one it is noted which items have moved. Nothing here decides anything.
"""

from __future__ import annotations

import threading
from typing import Any

import numpy as np

from sim.experiment.compare import blueprints, run_seeds
from sim.explorer.runs import Superseded
from sim.explorer.sliders import label
from sim.model.begin import MONTH, Blueprint, begin
from sim.model.fields.field import DATES
from sim.model.kernel import run_days
from sim.model.stages import BOARD, CHANGE, STAGES
from sim.model.world import World
from sim.scenario.objects import Scenario

LONGEST = 480
"""Days that are recorded at most: two years, which a browser plays in a few minutes."""

EVERY = 5
"""Days between two notes of what teams, leaders and units are like."""

WAITS, AT_LEADER, FOR_A_DATE = 0, 1, 2
"""How an item waits where it is: in line or in hand; for its unit's leader; for a date that is set (an agreement, a review)."""

Event = tuple[int, int, int, int, int]
"""day, stage, home, team, how: what holds from that evening on; home and team are rows, −1 for none."""


def record(scenario: Scenario, seed: int, stop: threading.Event) -> dict[str, Any]:
    """Both designs of a scenario through the first counted days of one history, as plain values.

    seed  as in `orgsim compare --seed`; the history is its first one
    Raises Superseded once `stop` is set.
    """
    first = scenario.run.warm_up
    last = first + min(LONGEST, scenario.run.days)
    history = int(run_seeds(seed, 1)[0])
    tapes = [_Tape(plan, history, first) for plan in blueprints(scenario, scenario.compare)]
    for tape in tapes:
        tape.play(last, stop)
    numbers = _numbers(tapes)
    return {
        "first": first, "last": last, "month": MONTH, "every": EVERY, "seed": history, "stages": dict(STAGES),
        "designs": [tape.told(name, numbers) for name, tape in zip(scenario.compare, tapes, strict=True)],
    }  # fmt: skip


def _numbers(tapes: list[_Tape]) -> dict[tuple[int, int], int]:
    """(kind, key) → a number, the same for the same request under both designs."""
    found: dict[tuple[int, int], int] = {}
    for tape in tapes:
        for row in range(tape.world.firm[0].raised):
            found.setdefault(_name(tape.world, row), len(found) + 1)
    return found


def _name(world: World, row: int) -> tuple[int, int]:
    item = world.items[row]
    return int(item.kind), int(item.key)


class _Tape:
    """One design's history: its world, and what has been noted of it."""

    def __init__(self, plan: Blueprint, seed: int, first: int) -> None:
        self.plan, self.first = plan, first
        self.world = begin(plan, seed)
        self.events: dict[int, list[Event]] = {}
        self.dates: dict[str, list[int]] = {"board": [], "window": [], "train": []}
        self.notes: dict[str, list[list[float]]] = {
            "trust": [],
            "vacant": [],
            "run_backlog": [],
            "duty": [],
            "attention": [],
            "troubles": [],
        }
        self._known = np.full((len(self.world.items), 4), -9, np.int32)

    def play(self, last: int, stop: threading.Event) -> None:
        """Live to the morning of day `last`, and note each evening from the day before the first one."""
        run_days(self.world, 0, self.first)
        self._note_items(self.first - 1)
        for day in range(self.first, last):
            if stop.is_set():
                raise Superseded
            before = self._next_dates()
            run_days(self.world, day, day + 1)
            for name, date in self._next_dates().items():
                if date != before[name]:
                    self.dates[name].append(day)
            self._note_items(day)
            if (day - self.first) % EVERY == 0:
                self._note_agents()

    def _next_dates(self) -> dict[str, float]:
        firm = self.world.firm[0]
        return {"board": firm.next_board, "window": firm.next_window, "train": firm.next_train}

    def _note_items(self, day: int) -> None:
        """Note every item whose place has changed since yesterday; on the first evening, those that are open."""
        world, raised = self.world, self.world.firm[0].raised
        items = world.items[:raised]
        lines, dates = items["line"], world.firm[0].dates_line
        of_leaders = np.isin(lines, world.leaders["line"][:-1]) & (items["stage"] == BOARD)
        how = np.where(of_leaders, AT_LEADER, np.where((lines >= dates) & (lines < dates + DATES), FOR_A_DATE, WAITS))
        now = np.stack([items["stage"], items["home"], items["team"], how.astype(np.int32)], axis=1)
        moved = (now != self._known[:raised]).any(axis=1)
        if day < self.first:
            moved &= items["ended"] < 0
        for row in np.flatnonzero(moved).tolist():
            self.events.setdefault(row, []).append((day, *now[row].tolist()))
        self._known[:raised] = now

    def _note_agents(self) -> None:
        world = self.world
        self.notes["trust"].append(_rounded(_trust(world)))
        for name in ("vacant", "run_backlog", "duty"):
            self.notes[name].append(_rounded(world.teams[name]))
        self.notes["attention"].append(_rounded(world.leaders["attention"]))
        self.notes["troubles"].append(_rounded(world.leaders["escalations"]))

    def told(self, name: str, numbers: dict[tuple[int, int], int]) -> dict[str, object]:
        """All of it as plain values."""
        world, values = self.world, self.plan.values
        return {
            "name": name,
            "label": label(name),
            "technologists": round(float(world.firm[0].seated), 1),
            "board_interval": values["board_interval"],
            "funding_interval": values["funding_interval"],
            "release_interval": values["release_interval"],
            "liaisons": [int(each.unit) for each in world.liaisons],
            "homes": [
                {"unit": int(home.unit), "people": round(float(home.people), 1), "teams": int(home.teams), "first": int(home.first_team),
                 "builds": bool(home.builds), "specialism": plan.specialism}
                for home, plan in zip(world.homes, self.plan.structure.homes, strict=True)
            ],
            "units": len(world.units),
            "dates": self.dates,
            "notes": self.notes,
            "items": [self._item(row, numbers) for row in sorted(self.events)],
        }  # fmt: skip

    def _item(self, row: int, numbers: dict[tuple[int, int], int]) -> list[object]:
        """[number, unit, raised, is a change, size, value, [days, stages, homes, teams and hows of its events, one after the other]]."""
        item = self.world.items[row]
        flat = [part for event in self.events[row] for part in event]
        return [numbers[_name(self.world, row)], int(item.unit), int(item.raised), int(item.kind == CHANGE), round(float(item.size), 1),
                round(float(item.value), 1), flat]  # fmt: skip


def _trust(world: World) -> np.ndarray:
    """Each unit's trust in the homes that build for it, weighted by what they have delivered; plain mean before anything is."""
    ties = world.ties
    builds = world.homes["builds"] > 0
    weight = np.where(builds, np.maximum(ties["deliveries"], 1e-9), 0.0)
    found: np.ndarray = (ties["trust"] * weight).sum(axis=1) / weight.sum(axis=1)
    return found


def _rounded(values: np.ndarray) -> list[float]:
    return [round(float(value), 2) for value in values]
