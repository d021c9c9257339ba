"""The slice as one writes it in Mesa: agents with attributes and methods, lists, agents_by_type, a DataCollector."""

from __future__ import annotations

import math

import mesa

from benchmarks.slice import draws
from benchmarks.slice.plan import SERIES, Start
from benchmarks.slice.things import BOARD, BUILDING, LIVE, REJECTED, RELEASE, TEAM_QUEUE, Item


class BusinessUnit(mesa.Agent):
    """A unit: it raises items, decides on small ones, and is the home of its own teams."""

    def __init__(self, model: OrganisationModel, number: int, people: float, pace: float, spread: float) -> None:
        super().__init__(model)
        self.number, self.people, self.pace, self.spread = number, people, pace, spread
        self.rate = self.load = self.time_today = 0.0
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
        """Share run work among the unit's teams."""
        for team in self.teams:
            team.run_backlog += person_days * team.people / self.people

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


class Team(mesa.Agent):
    """A team: it takes items from its unit's queues and works on them, oldest first."""

    def __init__(self, model: OrganisationModel, number: int, unit: BusinessUnit, people: float, limit: int, share: float,
                 skills: tuple[float, float]) -> None:  # fmt: skip
        super().__init__(model)
        self.number, self.unit, self.people, self.limit, self.share, self.skills = number, unit, people, limit, share, skills
        self.run_backlog = self.duty = 0.0
        self.hand: list[Item] = []
        unit.teams.append(self)

    def oldest_waiting(self, unit: BusinessUnit) -> Item | None:
        """What this team could take from a unit's queues."""
        firsts = [queue[0] for queue, skill in zip(unit.waiting, self.skills) if queue and skill > 0.0]
        return min(firsts, key=lambda item: item.number, default=None)

    def take(self, item: Item, unit: BusinessUnit) -> None:
        """Take an item in hand."""
        unit.waiting[0 if unit.waiting[0] and unit.waiting[0][0] is item else 1].pop(0)
        self.hand.append(item)
        self.model.in_hand += 1
        if unit is not self.unit:
            item.handoffs += 1
            unit.load -= item.left
            item.home = self.unit.number
            self.unit.load += item.left

    def fill_hand(self) -> None:
        """Take items up to the limit, but leave to a freer colleague what they can do."""
        while len(self.hand) < self.limit:
            item = self.oldest_waiting(self.unit)
            if item is None or (self.hand and self.has_freer_colleague(item)):
                return
            self.take(item, self.unit)

    def has_freer_colleague(self, item: Item) -> bool:
        """Whether a colleague has fewer items in hand and could take this one."""
        need = item.data_left > item.engineering_left
        return any(len(t.hand) < len(self.hand) and len(t.hand) < t.limit and t.skills[need] > 0.0 for t in self.unit.teams)

    def offer_help(self) -> None:
        """Ask one other unit for work."""
        model = self.model
        key = draws.mix(draws.day_key(model.seed_number, draws.HELP, model.day), self.number)
        if draws.uniform(key, 0) < model.rules["self_organisation"] * model.rules["other_units"]:
            units = len(model.units)
            unit = model.units[(self.unit.number + 1 + draws.choice(key, 1, units - 1)) % units]
            item = self.oldest_waiting(unit)
            if item is not None:
                self.take(item, unit)

    def work_on(self, item: Item, time: float, speed: float) -> float:
        """Spend up to `time` on an item; gives the time used."""
        used = done = 0.0
        for skill, name in zip(self.skills, ("engineering_left", "data_left")):
            left = getattr(item, name)
            if skill > 0.0 and left > 0.0 and used < time:
                step = min(left, (time - used) * (speed * skill))
                if left - step < 1e-9:
                    step = left
                setattr(item, name, left - step)
                used += step / (speed * skill)
                done += step
        self.model.units[item.home].load -= done
        return min(used, time)

    def work_through(self, first: int, able: float, rest: float, time: float) -> float:
        """Go once through the items in hand; gives the time left."""
        model, rules = self.model, self.model.rules
        crew = min(1.0, rules["crew_limit"] / self.people)
        streams = 2.0 * len(self.hand) / self.people
        factor = 1.0 if streams <= 1.0 else math.exp(math.log(1.0 - rules["switching_loss"]) * (streams - 1.0))
        for item in self.hand[first:]:
            if rest <= 0.0:
                break
            if item.begun < 0.0:
                item.begun = model.day + (1.0 - rest / time)
            used = self.work_on(item, min(rest, crew * time), factor)
            rest -= used
            item.credit_work(model.day, min(1.0, used / (crew * able)))
            if item.left <= 0.0:
                self.hand.remove(item)
                model.in_hand -= 1
                model.built.append(item)
        return rest

    def build(self) -> None:
        """Spend the day."""
        rules = self.model.rules
        able = self.people * rules["availability"] * (1.0 - rules["in_step"]) * self.share
        run = min(self.run_backlog, rules["run_cap"] * able)
        self.run_backlog -= run
        meetings = min(self.duty, able - run)
        self.duty -= meetings
        self.model.hours_run += run
        rest = time = able - run - meetings
        self.unit.time_today += time
        first = 0
        self.fill_hand()
        while first < len(self.hand) and rest > 0.0:
            rest = self.work_through(first, able, rest, time)
            first = len(self.hand)
            if rest > 0.0:
                self.fill_hand()
        if rest > 0.0 and len(self.hand) < self.limit:
            self.offer_help()
            rest = self.work_through(first, able, rest, time)
        self.model.hours_items += time - rest


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
            Team(self, number, self.units[start.team_home[number]], float(people), int(start.team_limit[number]),
                 float(start.team_share[number]), tuple(map(float, start.team_skill[number])))  # fmt: skip
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
        self.datacollector.collect(self)
        self.day += 1

    def run(self, days: int) -> list[list[float]]:
        """Run for `days` days; gives the daily series."""
        for _ in range(days):
            self.step()
        collected = self.datacollector.model_vars
        series = [[*row, 0.0] for row in zip(*(collected[name] for name in SERIES[:-1]))]
        series[-1][-1] = sum(item.days[BUILDING] for item in self.items)
        return series
