"""The slice as one writes it in Mesa: agents with attributes and methods, lists, agents_by_type, a DataCollector."""

from __future__ import annotations

import math

import mesa

from benchmarks.slice import draws
from benchmarks.slice.mesa_team import Team
from benchmarks.slice.plan import SERIES, Start
from benchmarks.slice.things import BOARD, BUILDING, LIVE, REJECTED, RELEASE, TEAM_QUEUE, Item, familiarity, right_beliefs


class BusinessUnit(mesa.Agent):
    """A unit: it raises items, decides on small ones, and is the home of its own teams."""

    def __init__(self, model: OrganisationModel, number: int, people: float, pace: float, spread: float) -> None:
        super().__init__(model)
        self.number, self.people, self.pace, self.spread = number, people, pace, spread
        self.rate = self.load = self.time_today = self.run_given = 0.0
        self.teams: list[Team] = []
        self.waiting: list[list[Item]] = [[], []]
        self.proposals: list[Item] = []
        self.aboard: list[Item] = []

    def raise_items(self) -> None:
        """Raise today's items."""
        model, day = self.model, self.model.day
        key = draws.mix(draws.day_key(model.seed_number, draws.DEMAND_ITEM, day), self.number)
        count = draws.poisson(draws.mix(draws.day_key(model.seed_number, draws.DEMAND_COUNT, day), self.number), self.rate)
        for place in range(count):
            item = Item(len(model.items), day, self.number, draws.mix(key, place), model.rules)
            model.items.append(item)
            self.load += item.left
            item.understand(familiarity(True, day, model.rules), model.rules)
            model.move(item, BOARD)
            (self.proposals if item.size <= model.rules["own_authority"] else model.board.agenda).append(item)

    def decide(self) -> None:
        """The unit's leader decides on what is small."""
        rules = self.model.rules
        seen = 1.0 - rules["spillover"] * (1.0 - rules["joint_goals"])
        for item in self.proposals:
            if item.worth(self.model.day, self.spread, seen, rules["value_half_life"]) < rules["hurdle"] * rules["wage"]:
                self.model.reject(item)
            else:
                self.model.approve(item)
        self.proposals = []

    def settle_pace(self) -> None:
        """In the evening, the pace follows the teams' time."""
        self.pace += (self.time_today - self.pace) / self.model.rules["pace_days"]
        self.time_today = 0.0

    def take_run_work(self, person_days: float) -> None:
        """Take run work that the unit's teams will share."""
        self.run_given += person_days / self.people

    def hand_out(self) -> None:
        """Share run work among the unit's teams."""
        for team in self.teams:
            team.run_backlog += team.people * self.run_given
        self.run_given = 0.0

    def release(self) -> None:
        """Let the unit's release leave."""
        if not self.aboard:
            return
        model, rules = self.model, self.model.rules
        for item in self.aboard:
            model.move(item, LIVE)
            item.ended = model.day
        home, count = model.units[self.aboard[-1].home], len(self.aboard)
        self.aboard = []
        home.take_run_work(rules["release_effort"] * (1.0 - rules["automation"]))
        chance = 1.0 - (1.0 - rules["base_failure"]) * math.exp(-rules["batch_risk"] * (count - 1))
        if draws.uniform(draws.day_key(model.seed_number, draws.RELEASE, model.day), self.number) < chance:
            home.take_run_work(rules["restore_effort"])
            model.failures += 1


class Board(mesa.Agent):
    """The board, which meets from time to time."""

    def __init__(self, model: OrganisationModel, spread: float) -> None:
        super().__init__(model)
        self.spread, self.next_meeting = spread, model.rules["next_board"]
        self.agenda: list[Item] = []

    def meet(self) -> None:
        """Decide on the best of what waits, within agenda and capacity."""
        model, rules = self.model, self.model.rules
        if model.day < self.next_meeting:
            return
        before = math.floor(rules["agenda_rate"] * self.next_meeting)
        self.next_meeting += max(1.0, rules["board_interval"])
        places = math.floor(rules["agenda_rate"] * self.next_meeting) - before
        share = rules["meeting_hours"] * len(model.units) / rules["people"]
        for team in model.agents_by_type[Team]:
            team.duty += share * team.people
        capacity = 0.0
        for unit in model.units:
            capacity += unit.pace
        worth = {item: item.worth(model.day, self.spread, 1.0, rules["value_half_life"]) for item in self.agenda}
        good = [item for item in self.agenda if worth[item] >= rules["hurdle"] * rules["wage"]]
        for item in self.agenda:
            if worth[item] < rules["hurdle"] * rules["wage"]:
                model.reject(item)
        self.agenda = []
        taken = 0
        for item in sorted(good, key=lambda item: (-worth[item], item.number)):
            if taken < places and model.committed <= rules["commit_days"] * capacity:
                model.approve(item)
                taken += 1
            else:
                self.agenda.append(item)


class OrganisationModel(mesa.Model):
    """The whole slice."""

    def __init__(self, start: Start) -> None:
        super().__init__(seed=start.seed)
        self.seed_number, self.rules, self.day = start.seed, dict(start.rules), 0
        self.next_train = self.rules["next_train"]
        self.items: list[Item] = []
        self.approved: list[Item] = []
        self.built: list[Item] = []
        self.stages = dict.fromkeys((BOARD, TEAM_QUEUE, RELEASE, LIVE, REJECTED), 0)
        self.in_hand = self.failures = 0
        self.committed = self.hours_items = self.hours_run = 0.0
        self.units = [
            BusinessUnit(self, number, float(people), float(start.home_pace[number]), float(start.estimate_sd[number]))
            for number, people in enumerate(start.home_people)
        ]
        self.board = Board(self, float(start.estimate_sd[-1]))
        for number, people in enumerate(start.team_people):
            Team(self, int(start.team_key[number]), self.units[start.team_home[number]], float(people), int(start.team_limit[number]),
                 float(start.team_share[number]), tuple(map(float, start.team_skill[number])), right_beliefs(start, number))  # fmt: skip
        self.datacollector = mesa.DataCollector(model_reporters={
            "raised": lambda m: len(m.items), "at the gate": lambda m: m.stages[BOARD],
            "in queue": lambda m: m.stages[TEAM_QUEUE] - m.in_hand, "in hand": "in_hand", "built": lambda m: m.stages[RELEASE],
            "live": lambda m: m.stages[LIVE], "rejected": lambda m: m.stages[REJECTED], "failures": "failures",
            "work done": "hours_items", "run work done": "hours_run", "committed": "committed",
        })  # fmt: skip

    def move(self, item: Item, stage: int) -> None:
        """Move an item to its next stage."""
        if item.stage in self.stages:
            self.stages[item.stage] -= 1
        self.stages[stage] += 1
        item.enter(self.day, stage)

    def approve(self, item: Item) -> None:
        """Say yes."""
        item.charge(self.day, BOARD)
        item.decided = self.day
        self.committed += item.size
        self.approved.append(item)

    def reject(self, item: Item) -> None:
        """Say no."""
        self.units[item.home].load -= item.left
        self.move(item, REJECTED)
        item.ended = self.day

    def turn_month(self) -> None:
        """Draw the month's demand."""
        rules, units = self.rules, len(self.units)
        key = draws.day_key(self.seed_number, draws.DEMAND_RATE, self.day)
        shared = draws.normal(key, units)
        size = rules["size_median"] * math.exp(0.5 * rules["size_log_sd"] * rules["size_log_sd"])
        for unit in self.units:
            z = math.sqrt(rules["demand_correlation"]) * shared
            z = z + math.sqrt(1.0 - rules["demand_correlation"]) * draws.normal(key, unit.number)
            factor = math.exp(rules["burstiness"] * z - 0.5 * rules["burstiness"] * rules["burstiness"])
            unit.rate = rules["change_load"] * rules["technologists"] / (units * size) * factor

    def step(self) -> None:
        """One day."""
        if self.day % int(self.rules["month_days"]) == 0:
            self.turn_month()
        self.agents_by_type[BusinessUnit].do("raise_items")
        self.agents_by_type[BusinessUnit].do("decide")
        self.agents_by_type[Board].do("meet")
        for item in self.approved:
            self.move(item, TEAM_QUEUE)
            self.units[item.home].waiting[item.data_left > item.engineering_left].append(item)
        self.approved = []
        self.agents_by_type[Team].do("build")
        self.agents_by_type[BusinessUnit].do("settle_pace")
        for item in self.built:
            self.committed -= item.size
            self.move(item, RELEASE)
            self.units[item.unit].aboard.append(item)
        self.built = []
        if self.day >= self.next_train:
            self.next_train += max(1.0, self.rules["release_interval"])
            self.agents_by_type[BusinessUnit].do("release")
        self.agents_by_type[BusinessUnit].do("hand_out")
        self.datacollector.collect(self)
        self.day += 1

    def run(self, days: int) -> list[list[float]]:
        """Run for `days` days; gives the daily series."""
        for _ in range(days):
            self.step()
        collected = self.datacollector.model_vars
        series = [[*row, 0.0, 0.0] for row in zip(*(collected[name] for name in SERIES[:-2]))]
        intent = 0.0
        for item in self.items:  # one after the other: newer versions of Python round sum() better
            intent += item.fidelity
        series[-1][-1] = intent
        series[-1][-2] = sum(item.days[BUILDING] for item in self.items)
        return series
