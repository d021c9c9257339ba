"""What an item is in both twins written in Python, and the arithmetic that does not care who calls it."""

from __future__ import annotations

import math

from benchmarks.slice import draws
from benchmarks.slice.plan import Start

LIAISON, BOARD, TEAM_QUEUE, RELEASE, BUILDING, LIVE, REJECTED = 0, 1, 3, 6, 8, 10, 11


class Item:
    """A work item: what it is, where it is, and what its days were spent on."""

    __slots__ = (
        "begun", "charged", "credit", "data_left", "days", "decided", "ended", "engineering_left", "fidelity", "handoffs", "home", "market",
        "noise", "number", "raised", "since", "size", "speed", "stage", "technology", "unit", "value",
    )  # fmt: skip

    def __init__(self, number: int, day: int, unit: int, key: int, rules: dict[str, float]) -> None:
        self.number, self.unit, self.home, self.stage = number, unit, unit, LIAISON
        self.raised = self.since = day
        self.charged = self.decided = self.ended = -1
        self.begun, self.credit, self.handoffs, self.days = -1.0, 0.0, 0, [0] * 9
        self.fidelity, self.speed = 1.0, 1.0
        self.size = rules["size_median"] * math.exp(rules["size_log_sd"] * draws.normal(key, 0))
        self.value = self.size * draws.pareto_tailed(
            key, 1, rules["value_per_day"], rules["value_log_sd"], rules["value_tail_share"], rules["value_tail_index"]
        )
        data = 1.0 if draws.uniform(key, 3) < rules["data_work"] else 0.0
        if draws.uniform(key, 2) < rules["mixed_items"]:
            other = 0.5 * draws.uniform(key, 4)
            data = data * (1.0 - other) + (1.0 - data) * other
        self.engineering_left, self.data_left = self.size * (1.0 - data), self.size * data
        self.noise = draws.normal(key, 7)
        half = rules["belief_dimensions"] * 0.5
        self.market, self.technology = int(half * draws.uniform(key, 5)), int(half + half * draws.uniform(key, 6))

    @property
    def left(self) -> float:
        """Person-days left."""
        return self.engineering_left + self.data_left

    def charge(self, day: int, cause: int) -> None:
        """Charge the days since the last charge to a cause."""
        if day > self.since:
            self.days[cause] += day - self.since
            self.since, self.charged = day, cause

    def enter(self, day: int, stage: int) -> None:
        """Move to the next stage."""
        if self.stage <= BUILDING:
            self.charge(day, self.stage)
        self.stage = stage

    def credit_work(self, day: int, crew_day: float) -> None:
        """Charge today to building once a full crew's day has come together, and when it is finished."""
        self.credit += crew_day
        if self.left <= 0.0:
            self.credit = 0.0
        elif self.credit >= 1.0:
            self.credit -= 1.0
        else:
            return
        if self.since < day:
            self.charge(day - 1, self.stage)
            self.charge(day, BUILDING)
        elif self.charged >= 0:
            self.days[self.charged] -= 1
            self.days[BUILDING] += 1
            self.charged = BUILDING

    def worth(self, day: int, spread: float, seen: float, half_life: float) -> float:
        """Estimated value per person-day."""
        halves = (day - self.raised) / half_life
        return seen * self.value * math.exp(spread * self.noise - math.log(2.0) * halves) / self.size

    def understand(self, familiarity: float, rules: dict[str, float]) -> None:
        """Fix how much of the intent has arrived, where unit and home trust each other as on the first day."""
        lost = rules["translation_loss"] * (1.0 - familiarity) * (1.0 + rules["doubt"] * (1.0 - rules["trust_start"]))
        self.fidelity = max(0.0, 1.0 - lost)

    def meet_team(self, beliefs: list[bool], familiarity: float, rules: dict[str, float]) -> None:
        """Settle how well the team that takes the item knows unit, market and technology."""
        half, touched = int(rules["belief_dimensions"]) // 2, int(rules["touched"])
        market = sum(beliefs[(self.market + step) % half] for step in range(touched)) / touched
        technology = sum(beliefs[half + (self.technology - half + step) % half] for step in range(touched)) / touched
        self.speed = (1.0 - rules["strangeness"] * (1.0 - familiarity)) * (1.0 - rules["ignorance"] * (1.0 - technology))
        if self.begun < 0.0:
            self.fidelity *= 1.0 - rules["misjudgement"] * (1.0 - market)


def familiarity(is_own: bool, day: int, rules: dict[str, float]) -> float:
    """What unit and home share after `day` days without joint work."""
    at_first = rules["familiarity_own"] if is_own else rules["familiarity_pool"]
    return at_first * math.exp(-math.log(2.0) * day / rules["fading_half_life"])


def right_beliefs(start: Start, team: int) -> list[bool]:
    """By dimension, whether a team's belief agrees with reality."""
    right = []
    for dimension in range(int(start.rules["belief_dimensions"])):
        word, bit = dimension >> 6, 1 << (dimension & 63)
        held = start.believed if int(start.reality[word]) & bit else start.disbelieved
        right.append(bool(int(held[team][word]) & bit))
    return right
