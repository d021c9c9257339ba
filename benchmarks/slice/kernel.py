"""The slice from the simulator's own rules: its day, with the mechanisms outside the slice left out. No rule is written here."""

from __future__ import annotations

from sim.core.jit import entry, jit
from sim.model.homes import hand_out, recount, start, take_on
from sim.model.life import enter
from sim.model.lines import join, leave
from sim.model.mechanisms import build, decide, demand, release, translate
from sim.model.stages import BOARD, BUILDING, LIVE, REJECTED, RELEASE, TEAM_QUEUE


@jit
def slice_morning(w, day):
    """Units raise items, which go straight to their own home and from there to be decided."""
    recount(w)
    if day % int(w.p[0].month_days) == 0:
        demand.turn_month(w, day)
    for unit in range(len(w.units)):
        demand.act(w, unit, day)
    line = w.firm[0].fresh_line
    item = leave(w, line)
    while item >= 0:
        take_on(w, item, w.items[item].unit)
        translate.hand_in(w, item, day)
        item = leave(w, line)


@jit
def slice_gate(w, day):
    """Leaders and board decide; what is approved starts at once."""
    for leader in range(len(w.leaders)):
        decide.act(w, leader, day)
    line = w.firm[0].approved_line
    item = leave(w, line)
    while item >= 0:
        start(w, item, day)
        item = leave(w, line)
    hand_out(w)


@jit
def slice_evening(w, day):
    """What was built waits for the release, which leaves when it is due."""
    firm = w.firm[0]
    item = leave(w, firm.built_line)
    while item >= 0:
        firm.committed -= w.items[item].size
        enter(w, item, day, RELEASE)
        join(w, w.units[w.items[item].unit].line, item)
        item = leave(w, firm.built_line)
    if day >= firm.next_train:
        firm.next_train += max(1.0, w.p[0].release_interval)
        for unit in range(len(w.units)):
            release.act(w, unit, day)
    while leave(w, firm.delivered_line) >= 0:
        pass
    hand_out(w)


@jit
def census(w, row):
    """Write the evening's row of the series."""
    firm = w.firm[0]
    row[0] = firm.demanded
    row[1] = firm.stage_count[BOARD]
    row[2] = firm.stage_count[TEAM_QUEUE] - firm.in_hand
    row[3] = firm.in_hand
    row[4] = firm.stage_count[RELEASE]
    row[5] = firm.stage_count[LIVE]
    row[6] = firm.stage_count[REJECTED]
    row[7] = firm.failures
    row[8] = firm.hours_items
    row[9] = firm.hours_run
    row[10] = firm.committed


@entry
def run(w, days, series):
    """Run the slice for `days` days; series (days, columns) is filled; its last two columns on the last day only."""
    for day in range(days):
        slice_morning(w, day)
        slice_gate(w, day)
        for team in range(len(w.teams)):
            build.act(w, team, day)
        for home in range(len(w.homes)):
            build.settle_pace(w, home)
        slice_evening(w, day)
        census(w, series[day])
    built, intent = 0, 0.0
    for item in range(w.firm[0].raised):
        built += w.items[item].days[BUILDING]
        intent += w.items[item].fidelity
    series[days - 1, 11] = built
    series[days - 1, 12] = intent
