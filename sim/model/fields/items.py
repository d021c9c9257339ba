"""Fields of work items."""

from __future__ import annotations

from sim.model.fields.field import CAUSE_COUNT, SPECIALISMS, field

ITEM = {
    "kind": field("i4", "kind", "change or idea", "demand"),
    "stage": field("i4", "stage", "where the item is in its life", "every stage's mechanism"),
    "unit": field("i4", "row of units", "unit that raised it", "demand"),
    "raised": field("i4", "day", "day it was raised", "demand"),
    "key": field("i8", "key", "key of the item's own random numbers", "demand"),
    "size": field("f8", "person-days", "work it takes a fully skilled crew", "demand"),
    "value": field("f8", "thousand", "value it would earn if live on the day it was raised", "demand"),
    "left": field("f8", "person-days", "work left in each specialism", "build", len(SPECIALISMS)),
    "rework_left": field("f8", "person-days", "mending left before release", "rework"),
    "line": field("i4", "row of lines", "queue it waits in, −1 for none", "lines"),
    "next": field("i4", "row of items", "next in that queue, −1 for none", "lines"),
    "home": field("i4", "row of homes", "home that has taken it on, −1 before", "route"),
    "team": field("i4", "row of teams", "team that has it in hand, −1 for none", "build"),
    "since": field("i4", "day", "last day that has been charged to a cause", "life"),
    "charged": field("i4", "cause", "cause of that day, −1 for none", "life"),
    "credit": field("f8", "crew-days", "effort received towards the next building day", "build"),
    "days": field("i4", "days", "days by cause", "life", CAUSE_COUNT),
    "fidelity": field("f8", "share", "how much of the intent reached those who build", "translate"),
    "noise": field("f8", "log", "error of estimates of its value, in standard deviations", "demand"),
    "speed": field("f8", "share", "speed at which the team that has it in hand works on it", "build"),
    "checked": field("i4", "0 or 1", "1 once it has been looked at for missed intent", "rework"),
    "decided": field("i4", "day", "day of the decision to do it, −1 before", "decide"),
    "funded": field("i4", "0 or 1", "1 where project money pays for it", "fund"),
    "begun": field("f8", "day", "moment of the first work, with the fraction of the day, −1 before", "build"),
    "ended": field("i4", "day", "day it went live or ended otherwise, −1 before", "life"),
    "missed": field("i4", "count", "agreements that were missed", "coordinate"),
    "handoffs": field("i4", "count", "times it changed hands", "every stage's mechanism"),
    "tech_belief": field("i4", "dimension", "technology belief an idea rests on, first touched dimension of a change", "demand"),
    "market_belief": field("i4", "dimension", "market belief an idea rests on, first touched dimension of a change", "demand"),
    "rests_on": field("i4", "0 to 3", "reality of the two beliefs when the idea was found: market + 2 · technology", "innovate"),
    "started": field("i4", "day", "day the experiment began that found it, −1 for change", "innovate"),
    "adopted": field("i4", "0 or 1", "1 for an idea that went live while what it rests on was true", "observe"),
}
