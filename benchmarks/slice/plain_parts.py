"""Teams and units of the slice in plain Python."""

from __future__ import annotations

from collections import deque

from benchmarks.slice.plan import Start
from benchmarks.slice.things import Item, right_beliefs


class Team:
    """A team and what it has in hand."""

    __slots__ = ("beliefs", "duty", "hand", "home", "key", "limit", "number", "people", "run_backlog", "share", "skills")

    def __init__(self, number: int, start: Start) -> None:
        self.number, self.people, self.home = number, float(start.team_people[number]), int(start.team_home[number])
        self.key = int(start.team_key[number])
        self.limit, self.share = int(start.team_limit[number]), float(start.team_share[number])
        self.skills = tuple(map(float, start.team_skill[number]))
        self.beliefs = right_beliefs(start, number)
        self.run_backlog = self.duty = 0.0
        self.hand: list[Item] = []


class Unit:
    """A business unit, which is the home of its own teams."""

    __slots__ = ("aboard", "load", "pace", "people", "proposals", "rate", "run_given", "spread", "teams", "time_today", "waiting")

    def __init__(self, number: int, start: Start, teams: list[Team]) -> None:
        self.teams = [team for team in teams if team.home == number]
        self.people, self.pace = float(start.home_people[number]), float(start.home_pace[number])
        self.spread = float(start.estimate_sd[number])
        self.rate = self.load = self.time_today = self.run_given = 0.0
        self.waiting: tuple[deque[Item], deque[Item]] = (deque(), deque())
        self.proposals: list[Item] = []
        self.aboard: list[Item] = []

    def hand_out(self) -> None:
        """Share out among the teams what the unit was given."""
        if self.run_given > 0.0:
            for team in self.teams:
                team.run_backlog += team.people * self.run_given
            self.run_given = 0.0
