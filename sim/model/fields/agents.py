"""Fields of the agents: teams, liaisons and leaders."""

from __future__ import annotations

from sim.model.fields.field import PEER_SLOTS, SPECIALISMS, WIP_SLOTS, WORDS, field

# First what every morning reads of all teams, then what building reads: three of the memory's lines of 64 bytes and not five.
TEAM = {
    "people": field("f8", "people", "technologists in the team when every post is held", "structure"),
    "vacant": field("f8", "people", "posts of the team that nobody holds", "talent"),
    "run_backlog": field("f8", "person-days", "run work not yet done", "build"),
    "duty": field("f8", "person-days", "meetings and bids not yet served", "build"),
    "skill": field("f8", "share", "output in each specialism, 0 where the team lacks it", "structure", len(SPECIALISMS)),
    "home": field("i4", "row of homes", "home whose queue the team serves", "structure"),
    "line": field("i4", "row of lines", "experiments awaiting their result", "structure"),
    "wip": field("i4", "items", "items in hand", "build"),
    "wip_limit": field("i4", "items", "items the team takes in hand at once", "structure"),
    "experts": field("f8", "people", "business experts in the team", "structure"),
    "vendors": field("f8", "people", "bought people who work with the team", "vendors"),
    "onboarding": field("f8", "people", "newcomers in the team who do not know their way yet", "talent"),
    "unsettled": field("f8", "share", "share of the team's time lost to people who are new in it", "reorganise"),
    "experiment_share": field("f8", "share", "share of capacity the team may spend on experiments now", "innovate"),
    "experiment_effort": field("f8", "person-days", "effort saved up for the next experiment", "build"),
    "covered": field("f8", "share", "of its skill in each specialism, what those who are there cover", "talent", len(SPECIALISMS)),
    "output_share": field("f8", "share", "share of people's time left after communication inside the team", "build"),
    "idle": field("f8", "person-days", "time without work, cumulated", "build"),
    "busy": field("f8", "person-days", "time on items, cumulated", "build"),
    "hand": field("i4", "rows of items", "the items in hand, oldest first", "build", WIP_SLOTS),
    "key": field("i8", "key", "names the team in draws: the same place in the same home draws alike in every design", "structure"),
    "believed": field("u8", "bits", "dimensions believed +1", "learn", WORDS),
    "disbelieved": field("u8", "bits", "dimensions believed −1", "learn", WORDS),
    "acted": field("u8", "bits", "dimensions acted on as +1 when stock was last taken", "learn", WORDS),
    "refrained": field("u8", "bits", "dimensions acted on as −1 when stock was last taken", "learn", WORDS),
    "shown": field("u8", "bits", "dimensions believed +1 at the last taking of stock", "learn", WORDS),
    "denied": field("u8", "bits", "dimensions believed −1 at the last taking of stock", "learn", WORDS),
    "peers": field("i4", "rows of teams", "better teams met in the last round of learning", "learn", PEER_SLOTS),
    "score": field("f8", "net right", "sum of action × reality at the last taking of stock", "learn"),
    "experiments": field("i4", "count", "experiments begun", "innovate"),
}

LIAISON = {
    "unit": field("i4", "row of units", "unit served", "structure"),
    "capacity": field("f8", "items a day", "items translated a day", "structure"),
    "skill": field("f8", "share", "how much of the intent a liaison carries over without shared vocabulary", "structure"),
    "line": field("i4", "row of lines", "items waiting for the liaison", "structure"),
    "credit": field("f8", "items", "capacity at hand today", "translate"),
    "served": field("i4", "count", "items translated", "translate"),
}

LEADER = {
    "unit": field("i4", "row of units", "unit led, −1 for the technology leader, who chairs the board", "structure"),
    "fluency": field("f8", "share", "technology fluency", "lead"),
    "hired": field("f8", "share", "technology fluency that leaders of this post are hired with", "structure"),
    "estimate_sd": field("f8", "log", "standard deviation of the leader's estimates of value", "lead"),
    "kept": field("f8", "share", "share of its value that work chosen on the teams' own authority keeps", "lead"),
    "attention": field("f8", "decisions", "attention left today; what was overdrawn is owed tomorrow", "lead"),
    "escalations": field("f8", "count", "troubles that wait for the leader", "lead"),
    "line": field("i4", "row of lines", "items to be decided on the team's own authority, or by the board", "structure"),
    "decided": field("i4", "count", "decisions made", "decide"),
}
