"""Fields of where agents are and what is between them: units, homes, ties and queues."""

from __future__ import annotations

from sim.model.fields.field import CHOICE_SLOTS, SIZE_CLASSES, SPECIALISMS, WIP_SLOTS, field

UNIT = {
    "leader": field("i4", "row of leaders", "who leads the unit", "structure"),
    "liaison": field("i4", "row of liaisons", "who translates for the unit, −1 for nobody", "structure"),
    "own_authority": field("f8", "person-days", "size up to which a team decides for itself on what the unit wants", "structure"),
    "worth": field("f8", "factor", "lasting factor on the value of the unit's items, mean 1 over histories", "begin"),
    "appetite": field("f8", "factor", "lasting factor on what the unit asks for, mean 1 over the units", "begin"),
    "rate": field("f8", "items a day", "expected items raised a day in this month", "demand"),
    "provider": field("i4", "rows of homes", "home that supplies each specialism the unit's own home lacks", "structure", len(SPECIALISMS)),
    "run_to_home": field("f8", "share", "share of the unit's run work that its own home does", "structure"),
    "run_arrived": field("f8", "person-days", "run work that came today, the same under every design", "demand"),
    "run_left": field("f8", "person-days", "of these, what no provider does, with what debt adds", "cloud"),
    "debt": field("f8", "years", "mending owed, in years of the product's technologists", "debt"),
    "line": field("i4", "row of lines", "built items awaiting the next release", "structure"),
    "deployments": field("i4", "count", "releases that carried something, counted window", "release"),
    "failures": field("i4", "count", "releases that failed, counted window", "release"),
    "restore_days": field("f8", "days", "days to mend failed releases, summed over the counted window", "release"),
    "choices": field("i8", "bits", "the unit's choices in the firm's architecture", "architect"),
    "planned": field("i8", "bits", "the choices it means to make in this round", "architect"),
    "epochs": field("i4", "count", "times that what each choice contributes was drawn anew", "architect", CHOICE_SLOTS),
    "fit": field("f8", "ratio", "value its changes realise, of what they would in an average architecture", "architect"),
    "part": field("f8", "sum", "what its choices contribute, when the architecture was last read", "architect"),
    "tried_part": field("f8", "sum", "the same with the choice that the centre is trying", "architect"),
    "adoption_line": field("i4", "row of lines", "live items awaiting the unit's part of their change", "structure"),
    "adopting": field("i4", "row of items", "item whose change the unit began on last, −1 for none", "adopt"),
    "shadow_backlog": field("f8", "person-days", "shadow work that the unit's capacity for change has still to make up for", "shadow"),
}

HOME = {
    "unit": field("i4", "row of units", "unit the home belongs to, −1 for the pool and enabling teams", "structure"),
    "builds": field("i4", "0 or 1", "1 for homes that build items, 0 for enabling teams", "structure"),
    "first_team": field("i4", "row of teams", "first of the home's teams, which stand in a row", "structure"),
    "teams": field("i4", "count", "teams at home here", "structure"),
    "line": field("i4", "row of lines", "first of the home's queues, one a specialism", "structure"),
    "change_line": field("i4", "row of lines", "live items awaiting the home's part of their change", "structure"),
    "people": field("f8", "people", "technologists at home here when every post is held", "structure"),
    "run_today": field("f8", "person-days a person", "run work that came today", "demand"),
    "run_given": field("f8", "person-days a person", "run work given to the home and not yet handed out to its teams", "homes"),
    "duty_given": field("f8", "person-days a person", "meetings given to the home and not yet handed out to its teams", "homes"),
    "duty_owed": field("f8", "person-days", "meetings that the home's teams owe, when they were last added up", "homes"),
    "load": field("f8", "person-days", "work routed here and not yet done", "route"),
    "load_of": field("f8", "person-days", "of these, work of each specialism, mending apart", "route", len(SPECIALISMS)),
    "time_today": field("f8", "person-days", "time the home has for items today", "build"),
    "repaid": field("f8", "person-days", "time spent on mending debt today", "build"),
    "pace": field("f8", "person-days a day", "running mean of the time the home has for items", "build"),
    "own_pace": field("f8", "person-days a day", "running mean of the time that technologists have for items", "vendors"),
    "vendors": field("f8", "people", "bought people contracted now", "vendors"),
    "bought_today": field("f8", "person-days", "vendors' time for items today", "build"),
    "bought_share": field("f8", "share", "vendors' share of the home's time for items", "vendors"),
    "vacant": field("f8", "people", "posts of the home's teams that nobody holds", "talent"),
    "holders": field("i4", "count", "teams that hold each specialism", "structure", len(SPECIALISMS)),
    "free": field("i4", "count", "teams that could take an item of each specialism, by items held", "build", len(SPECIALISMS) * WIP_SLOTS),
    "expert_cover": field("f8", "share", "business knowledge at hand, of what mixed teams would have", "structure"),
    "divergence": field("f8", "share", "share of the home's stack that strays from the firm's standard", "debt"),
    "promise": field("f8", "days", "running 80th percentile of days from being taken on to live, by size class", "trust", SIZE_CLASSES),
    "delivered": field("i4", "count", "items delivered in the counted window", "trust"),
    "support_owed": field("f8", "person-days", "run work still to come from shadow work", "shadow"),
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
