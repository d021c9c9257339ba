"""A team of the slice as a Mesa agent."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa

from benchmarks.slice import draws
from benchmarks.slice.things import Item, familiarity

if TYPE_CHECKING:
    from benchmarks.slice.mesa_twin import BusinessUnit, OrganisationModel


class Team(mesa.Agent):
    """A team: it takes items from its unit's queues and works on them, oldest first."""

    def __init__(self, model: OrganisationModel, key: int, unit: BusinessUnit, people: float, limit: int, share: float,
                 skills: tuple[float, float], beliefs: list[bool]) -> None:  # fmt: skip
        super().__init__(model)
        self.key, self.unit, self.people, self.limit, self.share, self.skills = key, unit, people, limit, share, skills
        self.beliefs = beliefs
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
        rules = self.model.rules
        item.meet_team(self.beliefs, familiarity(item.unit == self.unit.number, self.model.day, rules), rules)
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
        key = draws.mix(draws.day_key(model.seed_number, draws.HELP, model.day), self.key)
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
                most = (time - used) * (speed * skill)
                is_done = left - most < 1e-9
                setattr(item, name, 0.0 if is_done else left - most)
                used = used + left / (speed * skill) if is_done else time
                done += left if is_done else most
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
            used = self.work_on(item, min(rest, crew * time), item.speed * factor)
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
        able = self.people * (rules["availability"] * (1.0 - rules["in_step"]) * self.share)
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
