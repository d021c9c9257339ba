"""Fields of where agents are and what is between them: units, homes, ties and queues."""

from __future__ import annotations

from sim.model.fields.field import SIZE_CLASSES, SPECIALISMS, field

UNIT = {
    "leader": field("i4", "row of leaders", "who leads the unit", "structure"),
    "liaison": field("i4", "row of liaisons", "who translates for the unit, −1 for nobody", "structure"),
    "worth": field("f8", "factor", "lasting factor on the value of the unit's items, mean 1 over histories", "begin"),
    "appetite": field("f8", "factor", "lasting factor on what the unit asks for, mean 1 over the units", "begin"),
    "rate": field("f8", "items a day", "expected items raised a day in this month", "demand"),
    "provider": field("i4", "rows of homes", "home that supplies each specialism the unit's own home lacks", "structure", len(SPECIALISMS)),
    "run_to_home": field("f8", "share", "share of the unit's run work that its own home does", "structure"),
    "line": field("i4", "row of lines", "built items awaiting the next release", "structure"),
    "deployments": field("i4", "count", "releases that carried something, counted window", "release"),
    "failures": field("i4", "count", "releases that failed, counted window", "release"),
    "restore_days": field("f8", "days", "days to mend failed releases, summed over the counted window", "release"),
}

HOME = {
    "unit": field("i4", "row of units", "unit the home belongs to, −1 for the pool and enabling teams", "structure"),
    "people": field("f8", "people", "technologists at home here", "structure"),
    "teams": field("i4", "count", "teams at home here", "structure"),
    "first_team": field("i4", "row of teams", "first of the home's teams, which stand in a row", "structure"),
    "holders": field("i4", "count", "teams that hold each specialism", "structure", len(SPECIALISMS)),
    "expert_cover": field("f8", "share", "business knowledge at hand, of what mixed teams would have", "structure"),
    "builds": field("i4", "0 or 1", "1 for homes that build items, 0 for enabling teams", "structure"),
    "line": field("i4", "row of lines", "first of the home's queues, one a specialism", "structure"),
    "run_today": field("f8", "person-days a person", "run work that came today", "demand"),
    "load": field("f8", "person-days", "work routed here and not yet done", "route"),
    "pace": field("f8", "person-days a day", "running mean of the time the home has for items", "build"),
    "time_today": field("f8", "person-days", "time the home has for items today", "build"),
    "promise": field("f8", "days", "running 80th percentile of days from being taken on to live, by size class", "trust", SIZE_CLASSES),
    "delivered": field("i4", "count", "items delivered in the counted window", "trust"),
}

TIE = {
    "familiarity": field("f8", "share", "vocabulary and component knowledge that unit and home share, at `seen`", "translate"),
    "seen": field("i4", "day", "day of the last joint work", "translate"),
    "trust": field("f8", "share", "the unit's trust in the home's deliveries", "trust"),
    "deliveries": field("i4", "count", "items delivered in the counted window", "trust"),
}

LINE = {
    "head": field("i4", "row of items", "item that has waited longest, −1 for none", "lines"),
    "tail": field("i4", "row of items", "item that came last, −1 for none", "lines"),
    "count": field("i4", "items", "items waiting, given-up ones not counted", "lines"),
}
