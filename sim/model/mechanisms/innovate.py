"""Innovate: an experiment combines a technology belief and a market belief; where both are true, a new idea is found.

    one experiment each experiment_size person-days of the team's experiment budget; its result is known metrics_interval days later
    found with probability  skill · (cover + (1 − cover) · distant_insight)  if the team holds both beliefs and both are true
    failed: with probability 1 − failure_tolerance the budget falls by `penalty`, and it comes back over recovery_days;
            the team holds on to it for bad_bet · failure_tolerance · experiment_size person-days more

cover   of business experts in the team's home                                        [0, 1]

An idea found goes the way of every change, with idea_value times an item's value; it counts as an innovation when it is adopted
while what it rests on is still true, and is stopped at the next reading of the metrics when it is not. Recombination under bounded
knowledge: March (1991) [march1991]; about one idea in three helps when tested: Kohavi and others (2013) [kohavi2013].
Counter-force: where little is seen, local experiments find again what others found; most ideas fail anyway.
Prices: experiment_budget (capacity), failure_tolerance (bad bets kept), metrics_interval (readings). Off: idea_chance at 0 finds nothing.
"""

from __future__ import annotations

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.core.streams import EXPERIMENT, choice, day_key, entity_key, mix, uniform
from sim.model.beliefs import belief_of, believe, is_set, knows, reality_of
from sim.model.homes import drop, let_go
from sim.model.items import new_item
from sim.model.life import end, enter
from sim.model.lines import first_in, join, leave
from sim.model.stages import EXPERIMENT as EXPERIMENTING
from sim.model.stages import FAILED, IDEA, LIAISON, RELEASE, STOPPED

PARAMETERS = parameters(
    experiment_size=Param(5.0, "effort of one experiment", "person-days", 4, 30,
                          "assumption: two people build, try and read it within little more than a week", minimum=0.5,
                          maximum=1e6),
    idea_chance=Param(1.0, "how surely two true beliefs in skilled hands make an idea", "probability", 0.6, 1.0, "assumption: swept",
                      off=0.0),
    distant_insight=Param(0.4, "insight into the market without business experts in the team", "share", 0.2, 0.7, "assumption: swept",
                          minimum=0, maximum=1),
    idea_value=Param(3.0, "value of a found idea against an item of demand", "ratio", 1.0, 6.0,
                     "assumption: worth more than what anybody thought of asking for; most that help help little", minimum=0.01),
    penalty=Param(0.3, "share of its experiment budget that a failure costs where failure is not tolerated", "share", 0.1, 0.6,
                  "assumption: swept", off=0.0, maximum=1),
    recovery_days=Param(120.0, "days over which a cut budget comes back", "days", 60, 240, "assumption: half a year", minimum=1),
    bad_bet=Param(0.5, "effort for which a tolerated failure is kept on", "experiments", 0.2, 1.5, "assumption: swept", off=0.0),
    looks=Param(3, "combinations that a team considers before it takes one", "combinations", 1, 6, "assumption: swept", whole=True,
                minimum=1, maximum=20),
)  # fmt: skip


@jit
def insight(cover, distant):
    """Market insight of a team whose home has `cover` of the business experts it would need.

    >>> insight(1.0, 0.4), insight(0.0, 0.4)
    (1.0, 0.4)
    """
    return cover + (1.0 - cover) * distant


@jit
def choose_combination(w, team, key):
    """Two beliefs to combine: held ones if a few looks find them, and not what is seen to have been found already."""
    row = w.teams[team]
    p = w.p[1 + w.homes[row.home].unit]
    half = int(p.belief_dimensions) // 2
    market, technology = 0, half
    for look in range(int(p.looks)):
        market = choice(key, 10 + 3 * look, half)
        technology = half + choice(key, 11 + 3 * look, half)
        held = belief_of(row, market) != 0 and belief_of(row, technology) != 0
        known = w.tried[market, technology - half] > 0 and uniform(key, 12 + 3 * look) < p.visibility
        if held and not known:
            break
    return market, technology


@jit_apart
def begin_experiment(w, team, day):
    """Spend what is saved up on a new experiment."""
    me = w.teams[team]
    me.experiment_effort -= w.p[0].experiment_size
    me.experiments += 1
    key = entity_key(day_key(w.firm[0].seed, EXPERIMENT, day), w.teams[team].key)
    unit = w.homes[me.home].unit
    if unit < 0:
        unit = choice(key, 1, len(w.units))
    item = new_item(w, day, unit, mix(key, 0), IDEA, EXPERIMENTING)
    row = w.items[item]
    row.value *= w.p[0].idea_value
    row.started = day
    row.market_belief, row.tech_belief = choose_combination(w, team, key)
    join(w, me.line, item)


@jit
def succeeds(w, team, row):
    """Whether an experiment finds an idea: both beliefs true, and skill and insight enough."""
    me = w.teams[team]
    chance = w.p[0].idea_chance * max(me.skill[0], me.skill[1]) * insight(w.homes[me.home].expert_cover, w.p[0].distant_insight)
    return knows(w, team, row.market_belief) and knows(w, team, row.tech_belief) and uniform(row.key, 20) < chance


@jit
def bear_failure(w, team, row):
    """What a failed experiment costs its team."""
    me = w.teams[team]
    p = w.p[1 + w.homes[me.home].unit]
    if uniform(row.key, 21) >= p.failure_tolerance:
        me.experiment_share *= 1.0 - p.penalty
    me.experiment_effort -= p.bad_bet * p.failure_tolerance * p.experiment_size


@jit_apart
def read_result(w, team, item, day):
    """The result is known: an idea for the business, a repetition of one, or nothing. Both beliefs are now seen as they are."""
    row = w.items[item]
    firm = w.firm[0]
    half = int(w.p[0].belief_dimensions) // 2
    found = succeeds(w, team, row)
    repeated = found and w.tried[row.market_belief, row.tech_belief - half] > 0
    if day >= firm.counting_from:
        firm.experiments_done += 1
        firm.experiments_hit += 1 if found else 0
        firm.duplicates += 1 if repeated else 0
    believe(w.teams[team], row.market_belief, 1 if is_set(firm.reality, row.market_belief) else -1)
    believe(w.teams[team], row.tech_belief, 1 if is_set(firm.reality, row.tech_belief) else -1)
    if found and not repeated:
        w.tried[row.market_belief, row.tech_belief - half] = 1
        row.rests_on = reality_of(w, row)
        enter(w, item, day, LIAISON)
        # As a request it begins today: its days with the team were the experiment's.
        row.raised = day
        row.since = day
        join(w, firm.fresh_line, item)
        return
    if not found:
        bear_failure(w, team, row)
    end(w, item, day, FAILED)


@jit_apart
def stop_unsound(w, day):
    """A reading of the metrics: ideas under way that rest on what is no longer true are stopped."""
    firm = w.firm[0]
    firm.next_reading += max(1.0, w.p[0].metrics_interval)
    for place in range(firm.open_count):
        item = w.open_items[place]
        row = w.items[item]
        if row.kind == IDEA and row.ended < 0 and row.stage < RELEASE and row.home >= 0 and reality_of(w, row) != row.rests_on:
            if row.team >= 0:
                hand = w.teams[row.team].hand
                for slot in range(w.teams[row.team].wip):
                    if hand[slot] == item:
                        let_go(w, row.team, slot)
                        break
            drop(w, item, day, STOPPED)


@jit
def act(w, team, day):
    """Read results that are due, and begin an experiment where enough effort has come together."""
    me = w.teams[team]
    p = w.p[1 + w.homes[me.home].unit]
    item = first_in(w, me.line)
    while item >= 0 and day - w.items[item].started >= p.metrics_interval:
        leave(w, me.line)
        read_result(w, team, item, day)
        item = first_in(w, me.line)
    me.experiment_share += (p.experiment_budget - me.experiment_share) / p.recovery_days
    if me.experiment_effort >= p.experiment_size:
        begin_experiment(w, team, day)
