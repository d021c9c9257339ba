"""State: every field of every record array, with type, unit, meaning and the mechanism that writes it.

One row an agent or thing. The kernel, the Mesa faces, the documentation and the tests all read this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from sim.model.stages import STAGE_COUNT

SPECIALISMS = ("engineering", "data_science")
"""What technologists are specialised in. Business experts bring customer experience, marketing and compliance together."""
SIZE_CLASSES = 3
CAUSE_COUNT = 9
WIP_SLOTS = 12
PEER_SLOTS = 16
WORDS = 2
"""64-bit words of a row of beliefs: up to 128 dimensions in two bit planes (believed +1, believed −1)."""


@dataclass(frozen=True)
class Field:
    """One field: NumPy type, shape of one value, unit, meaning, and who writes it ("structure" or a mechanism)."""

    type: str
    unit: str
    meaning: str
    owner: str
    shape: tuple[int, ...] = ()


def _f(type_: str, unit: str, meaning: str, owner: str, *shape: int) -> Field:
    return Field(type_, unit, meaning, owner, tuple(shape))


_TEAM = {
    "people": _f("f8", "people", "technologists in the team", "structure"),
    "experts": _f("f8", "people", "business experts in the team", "structure"),
    "home": _f("i4", "row of homes", "home whose queue the team serves", "structure"),
    "wip_limit": _f("i4", "items", "items the team takes in hand at once", "structure"),
    "skill": _f("f8", "share", "output in each specialism, 0 where the team lacks it", "structure", len(SPECIALISMS)),
    "output_share": _f("f8", "share", "share of people's time left after communication inside the team", "structure"),
    "wip": _f("i4", "items", "items in hand", "build"),
    "hand": _f("i4", "rows of items", "the items in hand, oldest first", "build", WIP_SLOTS),
    "run_backlog": _f("f8", "person-days", "run work not yet done", "build"),
    "duty": _f("f8", "person-days", "meetings and bids not yet served", "build"),
    "idle": _f("f8", "person-days", "time without work, cumulated", "build"),
    "busy": _f("f8", "person-days", "time on items, cumulated", "build"),
    "believed": _f("u8", "bits", "dimensions believed +1", "learn", WORDS),
    "disbelieved": _f("u8", "bits", "dimensions believed −1", "learn", WORDS),
    "acted": _f("u8", "bits", "action per dimension at the last taking of stock: bit set for +1", "learn", WORDS),
    "shown": _f("u8", "bits", "dimensions believed +1 at the last taking of stock", "learn", WORDS),
    "denied": _f("u8", "bits", "dimensions believed −1 at the last taking of stock", "learn", WORDS),
    "peers": _f("i4", "rows of teams", "better teams met in the last round of learning", "learn", PEER_SLOTS),
    "score": _f("f8", "net right", "sum of action × reality at the last taking of stock", "learn"),
    "experiment_share": _f("f8", "share", "share of capacity the team may spend on experiments now", "innovate"),
    "experiment_effort": _f("f8", "person-days", "effort saved up for the next experiment", "build"),
    "experiments": _f("i4", "count", "experiments begun", "innovate"),
    "line": _f("i4", "row of lines", "experiments awaiting their result", "structure"),
}

_UNIT = {
    "leader": _f("i4", "row of leaders", "who leads the unit", "structure"),
    "liaison": _f("i4", "row of liaisons", "who translates for the unit, −1 for nobody", "structure"),
    "rate": _f("f8", "items a day", "expected items raised a day in this month", "demand"),
    "provider": _f("i4", "rows of homes", "home that supplies each specialism the unit's own home lacks", "structure", len(SPECIALISMS)),
    "run_to_home": _f("f8", "share", "share of the unit's run work that its own home does", "structure"),
    "line": _f("i4", "row of lines", "built items awaiting the next release", "structure"),
    "deployments": _f("i4", "count", "releases that carried something, counted window", "release"),
    "failures": _f("i4", "count", "releases that failed, counted window", "release"),
    "restore_days": _f("f8", "days", "days to mend failed releases, summed over the counted window", "release"),
}

_HOME = {
    "unit": _f("i4", "row of units", "unit the home belongs to, −1 for the pool and enabling teams", "structure"),
    "people": _f("f8", "people", "technologists at home here", "structure"),
    "teams": _f("i4", "count", "teams at home here", "structure"),
    "first_team": _f("i4", "row of teams", "first of the home's teams, which stand in a row", "structure"),
    "holders": _f("i4", "count", "teams that hold each specialism", "structure", len(SPECIALISMS)),
    "expert_cover": _f("f8", "share", "business knowledge at hand, of what mixed teams would have", "structure"),
    "builds": _f("i4", "0 or 1", "1 for homes that build items, 0 for enabling teams", "structure"),
    "line": _f("i4", "row of lines", "first of the home's queues, one a specialism", "structure"),
    "run_today": _f("f8", "person-days a person", "run work that came today", "demand"),
    "load": _f("f8", "person-days", "work routed here and not yet done", "route"),
    "pace": _f("f8", "person-days a day", "running mean of the time the home has for items", "build"),
    "time_today": _f("f8", "person-days", "time the home has for items today", "build"),
    "promise": _f("f8", "days", "running 80th percentile of days from being taken on to live, by size class", "trust", SIZE_CLASSES),
    "delivered": _f("i4", "count", "items delivered in the counted window", "trust"),
}

_LIAISON = {
    "unit": _f("i4", "row of units", "unit served", "structure"),
    "capacity": _f("f8", "items a day", "items translated a day", "structure"),
    "skill": _f("f8", "share", "how much of the intent a liaison carries over without shared vocabulary", "structure"),
    "line": _f("i4", "row of lines", "items waiting for the liaison", "structure"),
    "credit": _f("f8", "items", "capacity at hand today", "translate"),
    "served": _f("i4", "count", "items translated", "translate"),
}

_LEADER = {
    "unit": _f("i4", "row of units", "unit led, −1 for the technology leader, who chairs the board", "structure"),
    "fluency": _f("f8", "share", "technology fluency", "structure"),
    "estimate_sd": _f("f8", "log", "standard deviation of the leader's estimates of value", "structure"),
    "line": _f("i4", "row of lines", "items to be decided on the team's own authority, or by the board", "structure"),
    "decided": _f("i4", "count", "decisions made", "decide"),
}

_TIE = {
    "familiarity": _f("f8", "share", "vocabulary and component knowledge that unit and home share, at `seen`", "translate"),
    "seen": _f("i4", "day", "day of the last joint work", "translate"),
    "trust": _f("f8", "share", "the unit's trust in the home's deliveries", "trust"),
    "deliveries": _f("i4", "count", "items delivered in the counted window", "trust"),
}

_LINE = {
    "head": _f("i4", "row of items", "item that has waited longest, −1 for none", "lines"),
    "tail": _f("i4", "row of items", "item that came last, −1 for none", "lines"),
    "count": _f("i4", "items", "items waiting, given-up ones not counted", "lines"),
}

_ITEM = {
    "kind": _f("i4", "kind", "change or idea", "demand"),
    "stage": _f("i4", "stage", "where the item is in its life", "every stage's mechanism"),
    "unit": _f("i4", "row of units", "unit that raised it", "demand"),
    "raised": _f("i4", "day", "day it was raised", "demand"),
    "key": _f("i8", "key", "key of the item's own random numbers", "demand"),
    "size": _f("f8", "person-days", "work it takes a fully skilled crew", "demand"),
    "value": _f("f8", "thousand", "value it would earn if live on the day it was raised", "demand"),
    "left": _f("f8", "person-days", "work left in each specialism", "build", len(SPECIALISMS)),
    "rework_left": _f("f8", "person-days", "mending left before release", "rework"),
    "line": _f("i4", "row of lines", "queue it waits in, −1 for none", "lines"),
    "next": _f("i4", "row of items", "next in that queue, −1 for none", "lines"),
    "home": _f("i4", "row of homes", "home that has taken it on, −1 before", "route"),
    "team": _f("i4", "row of teams", "team that has it in hand, −1 for none", "build"),
    "since": _f("i4", "day", "last day that has been charged to a cause", "life"),
    "charged": _f("i4", "cause", "cause of that day, −1 for none", "life"),
    "credit": _f("f8", "crew-days", "effort received towards the next building day", "build"),
    "days": _f("i4", "days", "days by cause", "life", CAUSE_COUNT),
    "fidelity": _f("f8", "share", "how much of the intent reached those who build", "translate"),
    "noise": _f("f8", "log", "error of estimates of its value, in standard deviations", "demand"),
    "speed": _f("f8", "share", "speed at which the team that has it in hand works on it", "build"),
    "checked": _f("i4", "0 or 1", "1 once it has been looked at for missed intent", "rework"),
    "decided": _f("i4", "day", "day of the decision to do it, −1 before", "decide"),
    "funded": _f("i4", "0 or 1", "1 where project money pays for it", "fund"),
    "begun": _f("f8", "day", "moment of the first work, with the fraction of the day, −1 before", "build"),
    "ended": _f("i4", "day", "day it went live or ended otherwise, −1 before", "life"),
    "handoffs": _f("i4", "count", "times it changed hands", "every stage's mechanism"),
    "tech_belief": _f("i4", "dimension", "technology belief an idea rests on, first touched dimension of a change", "demand"),
    "market_belief": _f("i4", "dimension", "market belief an idea rests on, first touched dimension of a change", "demand"),
    "rests_on": _f("i4", "0 to 3", "reality of the two beliefs when the idea was found: market + 2 · technology", "innovate"),
    "started": _f("i4", "day", "day the experiment began that found it, −1 for change", "innovate"),
    "adopted": _f("i4", "0 or 1", "1 for an idea that went live while what it rests on was true", "observe"),
}

_FIRM = {
    "seed": _f("i8", "number", "seed of the run", "begin"),
    "raised": _f("i4", "count", "rows of items in use", "demand"),
    "oldest_open": _f("i4", "row of items", "no row before this one is open", "observe"),
    "counting_from": _f("i4", "day", "first day that counts", "begin"),
    "next_board": _f("f8", "day", "when the board meets next", "decide"),
    "next_window": _f("f8", "day", "when project money is released next", "fund"),
    "next_train": _f("f8", "day", "when the next release leaves", "release"),
    "next_reading": _f("f8", "day", "when outcomes are measured next", "innovate"),
    "money": _f("f8", "person-days", "project money left until the next window", "fund"),
    "own_authority": _f("f8", "person-days", "size up to which a team decides for itself", "begin"),
    "in_step": _f("f8", "share", "share of everybody's time spent on keeping in step", "begin"),
    "automation": _f("f8", "share", "share of a release's fixed cost that tooling saves", "begin"),
    "enabling_run": _f("f8", "person-days a day", "run work that enabling teams do", "begin"),
    "people": _f("f8", "people", "technologists in teams", "begin"),
    "pool_people": _f("f8", "people", "technologists in the pool", "begin"),
    "small": _f("f8", "person-days", "size up to which an item is of the small class", "begin"),
    "large": _f("f8", "person-days", "size from which an item is of the large class", "begin"),
    "committed": _f("f8", "person-days", "work approved and not yet built", "decide"),
    "fresh_line": _f("i4", "row of lines", "items raised today that have no home yet", "begin"),
    "approved_line": _f("i4", "row of lines", "items decided on today", "begin"),
    "built_line": _f("i4", "row of lines", "items whose building or mending ended today", "begin"),
    "board_line": _f("i4", "row of lines", "items before the board", "begin"),
    "funding_line": _f("i4", "row of lines", "items awaiting project money", "begin"),
    "delivered_line": _f("i4", "row of lines", "items that went live today", "begin"),
    "code_plus": _f("u8", "bits", "dimensions on which the firm's principles hold +1", "learn", WORDS),
    "code_minus": _f("u8", "bits", "dimensions on which the firm's principles hold −1", "learn", WORDS),
    "reality": _f("u8", "bits", "true values: bit set for +1", "learn", WORDS),
    "mask": _f("u8", "bits", "dimensions in use", "begin", WORDS),
    "hours_total": _f("f8", "person-days", "technologists' and liaisons' time, counted window", "build"),
    "hours_run": _f("f8", "person-days", "of these, run work", "build"),
    "hours_in_step": _f("f8", "person-days", "of these, keeping in step", "build"),
    "hours_items": _f("f8", "person-days", "of these, work on items", "build"),
    "hours_experiments": _f("f8", "person-days", "of these, experiments", "build"),
    "experiments_done": _f("i4", "count", "experiments with a result, counted window", "innovate"),
    "experiments_hit": _f("i4", "count", "of these, that found something", "innovate"),
    "duplicates": _f("i4", "count", "of these, that another team had found before", "innovate"),
    "wip_days": _f("f8", "item-days", "items in teams' hands, summed over counted days", "observe"),
    "in_hand": _f("i4", "items", "items in teams' hands", "build"),
    "accuracy": _f("f8", "share", "teams' right beliefs at the last taking of stock", "learn"),
    "accuracy_sum": _f("f8", "share", "teams' right beliefs, summed over the takings of stock in the counted window", "learn"),
    "accuracy_readings": _f("i4", "count", "takings of stock in the counted window", "learn"),
    "demanded": _f("i4", "count", "items of change raised, whole run", "demand"),
    "deployments": _f("i4", "count", "releases that carried something, whole run", "release"),
    "failures": _f("i4", "count", "releases that failed, whole run", "release"),
    "demanded_before": _f("i4", "count", "of these, before this month", "observe"),
    "deployments_before": _f("i4", "count", "of these, before this month", "observe"),
    "failures_before": _f("i4", "count", "of these, before this month", "observe"),
    "stage_count": _f("i4", "items", "items by stage", "life", STAGE_COUNT),
    "stage_days": _f("i8", "item-days", "items by stage in the evening, summed over counted days", "observe", STAGE_COUNT),
}

TABLES = MappingProxyType({
    name: MappingProxyType(table) for name, table in {
        "firm": _FIRM, "units": _UNIT, "homes": _HOME, "teams": _TEAM, "liaisons": _LIAISON, "leaders": _LEADER, "ties": _TIE,
        "lines": _LINE, "items": _ITEM,
    }.items()
})  # fmt: skip


def record_type(table: str) -> np.dtype:
    """Aligned dtype of one table; unaligned records cost Numba a copy at each access."""
    return np.dtype([(name, field.type, field.shape) for name, field in TABLES[table].items()], align=True)
