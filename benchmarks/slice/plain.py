"""The slice in plain Python: objects and lists, no array library, written for speed where that costs no clarity."""

from __future__ import annotations

import math
from collections import deque

from benchmarks.slice import draws
from benchmarks.slice.plain_parts import Team, Unit
from benchmarks.slice.plan import Start
from benchmarks.slice.things import BOARD, BUILDING, LIVE, REJECTED, RELEASE, TEAM_QUEUE, Item, familiarity


class Firm:
    """The whole slice."""

    def __init__(self, start: Start) -> None:
        self.seed, self.rules = start.seed, dict(start.rules)
        self.teams = [Team(number, start) for number in range(len(start.team_people))]
        self.units = [Unit(number, start, self.teams) for number in range(len(start.home_people))]
        self.board_spread = float(start.estimate_sd[-1])
        self.next_board, self.next_train = self.rules["next_board"], self.rules["next_train"]
        self.items: list[Item] = []
        self.board: list[Item] = []
        self.built: list[Item] = []
        self.queued = self.in_hand = self.ready = self.live = self.rejected = self.failures = 0
        self.committed = self.hours_items = self.hours_run = 0.0

    def run(self, days: int) -> list[list[float]]:
        """Run for `days` days; gives the daily series."""
        series = []
        for day in range(days):
            self.raise_items(day)
            self.decide(day)
            for team in self.teams:
                self.build(team, day)
            for unit in self.units:
                unit.pace += (unit.time_today - unit.pace) / self.rules["pace_days"]
                unit.time_today = 0.0
            self.evening(day)
            waiting = len(self.items) - self.queued - self.in_hand - self.ready - self.live - self.rejected
            series.append([
                len(self.items), waiting, self.queued, self.in_hand, self.ready, self.live, self.rejected, self.failures,
                self.hours_items, self.hours_run, self.committed, 0.0, 0.0,
            ])  # fmt: skip
        intent = 0.0
        for item in self.items:  # one after the other: newer versions of Python round sum() better
            intent += item.fidelity
        series[-1][11] = sum(item.days[BUILDING] for item in self.items)
        series[-1][12] = intent
        return series

    def turn_month(self, day: int) -> None:
        """Draw the month's demand."""
        rules, units = self.rules, self.units
        key = draws.day_key(self.seed, draws.DEMAND_RATE, day)
        shared = draws.normal(key, len(units))
        size = rules["size_median"] * math.exp(0.5 * rules["size_log_sd"] * rules["size_log_sd"])
        mean = rules["change_load"] * rules["technologists"] / (len(units) * size)
        common, burst = rules["demand_correlation"], rules["burstiness"]
        for number, unit in enumerate(units):
            z = math.sqrt(common) * shared + math.sqrt(1.0 - common) * draws.normal(key, number)
            unit.rate = mean * math.exp(burst * z - 0.5 * burst * burst)

    def raise_items(self, day: int) -> None:
        """Units raise items, which go to be decided."""
        if day % int(self.rules["month_days"]) == 0:
            self.turn_month(day)
        counts, items = draws.day_key(self.seed, draws.DEMAND_COUNT, day), draws.day_key(self.seed, draws.DEMAND_ITEM, day)
        for number, unit in enumerate(self.units):
            key = draws.mix(items, number)
            for place in range(draws.poisson(draws.mix(counts, number), unit.rate)):
                item = Item(len(self.items), day, number, draws.mix(key, place), self.rules)
                self.items.append(item)
                unit.load += item.left
                item.understand(familiarity(True, day, self.rules), self.rules)
                item.enter(day, BOARD)
                (unit.proposals if item.size <= self.rules["own_authority"] else self.board).append(item)

    def decide(self, day: int) -> None:
        """Leaders decide on what is small, the board on the rest when it meets; what is approved waits for a team."""
        rules = self.rules
        seen = 1.0 - rules["spillover"] * (1.0 - rules["joint_goals"])
        hurdle, half_life = rules["hurdle"] * rules["wage"], rules["value_half_life"]
        approved: list[Item] = []
        for unit in self.units:
            for item in unit.proposals:
                if item.worth(day, unit.spread, seen, half_life) < hurdle:
                    self.reject(item, day)
                else:
                    self.approve(item, day, approved)
            unit.proposals.clear()
        if day >= self.next_board:
            self.meet(day, hurdle, approved)
        for item in approved:
            item.enter(day, TEAM_QUEUE)
            self.units[item.home].waiting[item.data_left > item.engineering_left].append(item)
        self.queued += len(approved)

    def meet(self, day: int, hurdle: float, approved: list[Item]) -> None:
        """A meeting of the board."""
        rules = self.rules
        before = math.floor(rules["agenda_rate"] * self.next_board)
        self.next_board += max(1.0, rules["board_interval"])
        places = math.floor(rules["agenda_rate"] * self.next_board) - before
        share = rules["meeting_hours"] * len(self.units) / rules["people"]
        for team in self.teams:
            team.duty += share * team.people
        pace = 0.0
        for unit in self.units:
            pace += unit.pace
        ranked = []
        for item in self.board:
            value = item.worth(day, self.board_spread, 1.0, rules["value_half_life"])
            if value < hurdle:
                self.reject(item, day)
            else:
                ranked.append((-value, item.number, item))
        ranked.sort()
        self.board = []
        taken = 0
        for _, _, item in ranked:
            if taken < places and self.committed <= rules["commit_days"] * pace:
                self.approve(item, day, approved)
                taken += 1
            else:
                self.board.append(item)

    def approve(self, item: Item, day: int, approved: list[Item]) -> None:
        """Say yes."""
        item.charge(day, BOARD)
        item.decided = day
        self.committed += item.size
        approved.append(item)

    def reject(self, item: Item, day: int) -> None:
        """Say no."""
        self.units[item.home].load -= item.left
        item.enter(day, REJECTED)
        item.ended = day
        self.rejected += 1

    def oldest_waiting(self, team: Team, unit: Unit) -> deque[Item] | None:
        """The queue whose first item was raised first, of those that the team can work on."""
        best = None
        for queue, skill in zip(unit.waiting, team.skills):
            if queue and skill > 0.0 and (best is None or queue[0].number < best[0].number):
                best = queue
        return best

    def take(self, team: Team, queue: deque[Item], day: int) -> None:
        """Take the first of a queue in hand."""
        item = queue.popleft()
        team.hand.append(item)
        self.queued -= 1
        self.in_hand += 1
        item.meet_team(team.beliefs, familiarity(item.unit == team.home, day, self.rules), self.rules)
        if item.home != team.home:
            item.handoffs += 1
            self.units[item.home].load -= item.left
            item.home = team.home
            self.units[item.home].load += item.left

    def fill_hand(self, team: Team, day: int) -> None:
        """Take items up to the limit, but leave to a freer colleague what they can do."""
        unit, hand = self.units[team.home], team.hand
        while len(hand) < team.limit:
            queue = self.oldest_waiting(team, unit)
            if queue is None:
                return
            if hand:
                place = queue[0].data_left > queue[0].engineering_left
                have = len(hand)
                for other in unit.teams:
                    if len(other.hand) < have and len(other.hand) < other.limit and other.skills[place] > 0.0:
                        return
            self.take(team, queue, day)

    def offer_help(self, team: Team, day: int) -> None:
        """An idle team asks one other unit."""
        units = len(self.units)
        key = draws.mix(draws.day_key(self.seed, draws.HELP, day), team.key)
        if draws.uniform(key, 0) < self.rules["self_organisation"] * self.rules["other_units"]:
            queue = self.oldest_waiting(team, self.units[(team.home + 1 + draws.choice(key, 1, units - 1)) % units])
            if queue is not None:
                self.take(team, queue, day)

    def work_on(self, team: Team, item: Item, time: float, speed: float) -> float:
        """Spend up to `time` on an item; gives the time used."""
        used = done = 0.0
        if team.skills[0] > 0.0 and item.engineering_left > 0.0 and used < time:
            rate = speed * team.skills[0]
            left, most = item.engineering_left, (time - used) * rate
            if left - most < 1e-9:
                item.engineering_left = 0.0
                used += left / rate
                done += left
            else:
                item.engineering_left = left - most
                used = time
                done += most
        if team.skills[1] > 0.0 and item.data_left > 0.0 and used < time:
            rate = speed * team.skills[1]
            left, most = item.data_left, (time - used) * rate
            if left - most < 1e-9:
                item.data_left = 0.0
                used += left / rate
                done += left
            else:
                item.data_left = left - most
                used = time
                done += most
        self.units[item.home].load -= done
        return min(used, time)

    def work_through(self, team: Team, day: int, first: int, able: float, rest: float, time: float) -> float:
        """Go once through the items in hand; gives the time left."""
        rules, hand = self.rules, team.hand
        crew = min(1.0, rules["crew_limit"] / team.people)
        streams = 2.0 * len(hand) / team.people
        factor = 1.0 if streams <= 1.0 else math.exp(math.log(1.0 - rules["switching_loss"]) * (streams - 1.0))
        slot = first
        while slot < len(hand) and rest > 0.0:
            item = hand[slot]
            if item.begun < 0.0:
                item.begun = day + (1.0 - rest / time)
            used = self.work_on(team, item, min(rest, crew * time), item.speed * factor)
            rest -= used
            item.credit_work(day, min(1.0, used / (crew * able)))
            if item.engineering_left <= 0.0 and item.data_left <= 0.0:
                del hand[slot]
                self.in_hand -= 1
                self.built.append(item)
            else:
                slot += 1
        return rest

    def build(self, team: Team, day: int) -> None:
        """One team's day."""
        rules = self.rules
        able = team.people * (rules["availability"] * (1.0 - rules["in_step"]) * team.share)
        run = min(team.run_backlog, rules["run_cap"] * able)
        team.run_backlog -= run
        meetings = min(team.duty, able - run)
        team.duty -= meetings
        self.hours_run += run
        rest = time = able - run - meetings
        self.units[team.home].time_today += time
        first = 0
        self.fill_hand(team, day)
        while first < len(team.hand) and rest > 0.0:
            rest = self.work_through(team, day, first, able, rest, time)
            first = len(team.hand)
            if rest > 0.0:
                self.fill_hand(team, day)
        if rest > 0.0 and len(team.hand) < team.limit:
            self.offer_help(team, day)
            rest = self.work_through(team, day, first, able, rest, time)
        self.hours_items += time - rest

    def evening(self, day: int) -> None:
        """What was built waits for the release, which leaves when it is due."""
        for item in self.built:
            self.committed -= item.size
            item.enter(day, RELEASE)
            self.units[item.unit].aboard.append(item)
        self.ready += len(self.built)
        self.built.clear()
        if day >= self.next_train:
            self.next_train += max(1.0, self.rules["release_interval"])
            for number in range(len(self.units)):
                self.release(number, day)
        for unit in self.units:
            unit.hand_out()

    def release(self, number: int, day: int) -> None:
        """One unit's release."""
        rules, aboard = self.rules, self.units[number].aboard
        if not aboard:
            return
        for item in aboard:
            item.enter(day, LIVE)
            item.ended = day
        home, count = aboard[-1].home, len(aboard)
        self.live += count
        self.ready -= count
        aboard.clear()
        self.give_run_work(home, rules["release_effort"] * (1.0 - rules["automation"]))
        chance = 1.0 - (1.0 - rules["base_failure"]) * math.exp(-rules["batch_risk"] * (count - 1))
        if draws.uniform(draws.day_key(self.seed, draws.RELEASE, day), number) < chance:
            self.give_run_work(home, rules["restore_effort"])
            self.failures += 1

    def give_run_work(self, home: int, person_days: float) -> None:
        """Give run work to a home's teams."""
        unit = self.units[home]
        unit.run_given += person_days / unit.people
