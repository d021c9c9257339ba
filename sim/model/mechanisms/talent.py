"""Talent: people leave, their posts stand empty until somebody is found, and newcomers take time to be of use.

    leaves with probability         turnover · (1 − ownership_pull · autonomy) · (1 + scarcity_pull · talent_scarcity) · T / year_days
    an empty post is filled with probability  T / (T + lead),   of the newcomers T / (T + onboarding_days) are newcomers no more
    lead = hire_days · (1 + scarcity_slope · talent_scarcity) · (1 + specialist_slope · d)
    productive people = present − (newcomer_loss + mentoring) · onboarding,  present = people − vacant,  at least 0
    covered = 1 − key_person · min(1, vacant / (people · data_work)),  data science in mixed teams only

T           learning_interval: days between two looks                                        [days]
autonomy    mean of delegation and self_organisation                                         [0, 1]
lead        mean days until a post is filled, whatever T                                     [days]
d           data scientists among the team: all, data_work of a mixed team, or none          [0, 1]
onboarding  newcomers who do not know their way yet; they go first-order, as in the source   [people]

So vacancies settle at h · lead / (1 + h · lead) of the posts, h the daily chance to leave, and that is where a run begins.
Who leaves is drawn per team and head; a newcomer holds fresh beliefs in place of a head's share of the team's. Newcomers at half
productivity, assimilated in about 80 days, at a fifth to a quarter of a veteran's time: Abdel-Hamid & Madnick (1991) [abdelhamid1991].
Counter-force: scarcity favours the pool, where a missing specialist's colleagues cover; autonomy makes people stay.
Prices: cross_functionality (key persons). Off: all of these at 0, and whoever leaves is replaced at once by somebody as good;
where the firm's turnover is 0, nobody leaves.
"""

from __future__ import annotations

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.core.streams import ATTRITION, TURNOVER, day_key, entity_key, mix, uniform
from sim.model.beliefs import hold_fresh
from sim.model.present import people_present, productive

PARAMETERS = parameters(
    ownership_pull=Param(0.3, "share of leaving that full autonomy prevents", "share", 0.05, 0.5,
                         "assumption: autonomy is a moderate antecedent of turnover in published meta-analyses (recalled)", off=0.0,
                         maximum=1),
    scarcity_pull=Param(0.5, "how much more people leave where talent is wholly scarce", "share", 0.1, 1.0,
                        "assumption: who is sought after is asked", off=0.0),
    hire_days=Param(60.0, "days until a post is filled where talent is plentiful", "days", 30, 120,
                    "assumption: a quarter of search and notice", off=0.0),
    scarcity_slope=Param(1.0, "how much longer that takes where talent is wholly scarce", "share", 0.3, 2.0, "assumption: twice as long",
                         off=0.0),
    specialist_slope=Param(0.5, "how much longer that takes for data scientists", "share", 0.1, 1.0, "assumption: half as long again",
                           off=0.0),
    newcomer_loss=Param(0.5, "productivity that a newcomer lacks", "share", 0.3, 0.7, "abdelhamid1991: newcomers at half productivity",
                        off=0.0, maximum=1),
    onboarding_days=Param(80.0, "mean days until a newcomer is one no more", "days", 40, 120,
                          "abdelhamid1991: about 80 working days to assimilate", off=0.0),
    mentoring=Param(0.22, "veterans' time that a newcomer takes", "share", 0.15, 0.30, "abdelhamid1991: 20 to 25 % of a veteran's time",
                    off=0.0, maximum=1),
    key_person=Param(0.3, "skill that goes when posts as many as its data scientists are vacant in a mixed team", "share", 0.1, 0.6,
                     "assumption: the one who is missing may be the one who knew", off=0.0, maximum=0.9),
    hire_cost=Param(40.0, "cost of finding a newcomer", "wages of a day", 15, 80, "assumption: a sixth of a year's pay", off=0.0),
)  # fmt: skip


@jit
def leave_chance(turnover, pull, autonomy, scarcity_pull, scarcity, years):
    """Probability that somebody leaves within `years`, a small part of one.

    >>> round(leave_chance(0.1, 0.5, 1.0, 1.0, 0.0, 0.1), 6), round(leave_chance(0.1, 0.0, 1.0, 1.0, 0.5, 0.1), 6)
    (0.005, 0.015)
    """
    return min(1.0, turnover * (1.0 - pull * autonomy) * (1.0 + scarcity_pull * scarcity) * years)


@jit
def passing(interval, mean_days):
    """Share of those who wait that pass at each look, so that they wait `mean_days` on average.

    >>> passing(20.0, 60.0), passing(20.0, 0.0)
    (0.25, 1.0)
    """
    return interval / (interval + mean_days)


@jit
def hiring_time(days, scarcity_slope, scarcity, specialist_slope, data):
    """Mean days until a post is filled in a team of which the share `data` are data scientists.

    >>> hiring_time(60.0, 1.0, 0.5, 0.5, 1.0)
    135.0
    """
    return days * (1.0 + scarcity_slope * scarcity) * (1.0 + specialist_slope * data)


@jit
def skill_covered(key_person, vacant, holders):
    """Share of a specialism's skill that those present cover, with `vacant` posts and `holders` who hold it when all are there.

    >>> skill_covered(0.4, 1.0, 2.0), skill_covered(0.4, 3.0, 2.0)
    (0.8, 0.6)
    """
    return 1.0 - key_person * (min(vacant, holders) / holders if holders > 0.0 else 0.0)


@jit
def leaving(p):
    """Probability that somebody leaves between two looks."""
    autonomy = 0.5 * (p.delegation + p.self_organisation)
    years = p.learning_interval / p.year_days
    return leave_chance(p.turnover, p.ownership_pull, autonomy, p.scarcity_pull, p.talent_scarcity, years)


@jit
def hiring_days(p, row):
    """Mean days until a post of this team is filled."""
    data = 0.0
    if row.skill[1] > 0.0:
        data = p.data_work if row.skill[0] > 0.0 else 1.0
    return hiring_time(p.hire_days, p.scarcity_slope, p.talent_scarcity, p.specialist_slope, data)


@jit
def heads_of(people):
    """Whole people that a team is made of; each stands for an equal part of its posts.

    >>> heads_of(7.6), heads_of(0.3)
    (8, 1)
    """
    return max(1, int(people + 0.5))


@jit
def cover_skill(p, row):
    """Say what a team's people cover of its data science: in a mixed team, whoever is missing may be the one who knew."""
    row.covered[1] = 1.0
    if row.skill[0] > 0.0 and row.skill[1] > 0.0:
        row.covered[1] = skill_covered(p.key_person, row.vacant, row.people * p.data_work)


@jit_apart
def count_present(w):
    """Add up who is missing in each home, and what enabling teams can do."""
    p = w.p[0]
    posts = 0.0
    missing = 0.0
    for home in range(len(w.homes)):
        w.homes[home].vacant = 0.0
    for team in range(len(w.teams)):
        row = w.teams[team]
        w.homes[row.home].vacant += row.vacant
        if w.homes[row.home].builds == 0:
            posts += row.people
            missing += row.people - productive(people_present(row), row.onboarding, p.newcomer_loss, p.mentoring)
    w.firm[0].enabling_present = 1.0 - missing / posts if posts > 0.0 else 1.0


@jit_apart
def begin_staff(w):
    """Before the first morning: vacancies are drawn and newcomers set as they are in the long run."""
    p = w.p[0]
    key = day_key(w.firm[0].seed, ATTRITION, 0)
    chance = leaving(p)
    for team in range(len(w.teams)):
        row = w.teams[team]
        heads = heads_of(row.people)
        unfilled = chance * hiring_days(p, row)
        empty = unfilled / (p.learning_interval + unfilled)
        gone = 0
        for head in range(heads):
            if uniform(entity_key(key, row.key), head) < empty:
                gone += 1
        row.vacant = gone * (row.people / heads)
        unready = chance * p.onboarding_days
        row.onboarding = people_present(row) * unready / (p.learning_interval + unready)
        cover_skill(p, row)
    count_present(w)


@jit
def leavers_of(w, team, day, here):
    """How many of the `here` heads who are there leave a team today."""
    chance = leaving(w.p[1 + w.homes[w.teams[team].home].unit])
    key = entity_key(day_key(w.firm[0].seed, TURNOVER, day), w.teams[team].key)
    leavers = 0
    for head in range(here):
        if uniform(key, head) < chance:
            leavers += 1
    return leavers


@jit
def hires_of(w, team, day, heads, empty):
    """How many of a team's empty posts are filled today; each newcomer's beliefs replace a head's share of the team's."""
    p = w.p[0]
    key = entity_key(day_key(w.firm[0].seed, ATTRITION, day + 1), w.teams[team].key)
    chance = passing(p.learning_interval, hiring_days(p, w.teams[team]))
    hires = 0
    for post in range(empty):
        if uniform(key, post) < chance:
            hires += 1
            newcomer = mix(key, heads + post)
            for dimension in range(int(p.belief_dimensions)):
                if uniform(newcomer, dimension) * heads < 1.0:
                    hold_fresh(w, team, dimension, mix(newcomer, dimension))
    return hires


@jit_apart
def act(w, team, day):
    """Let people leave one team and newcomers come; what newcomers have learned since the last look is told off."""
    p = w.p[0]
    firm = w.firm[0]
    row = w.teams[team]
    heads = heads_of(row.people)
    each = row.people / heads
    empty = int(row.vacant / each + 0.5)
    here = max(0, heads - empty)
    leavers = leavers_of(w, team, day, here)
    empty += leavers
    hires = hires_of(w, team, day, heads, empty)
    stayed = 1.0 - leavers / here if here > 0 else 0.0
    still_new = 1.0 - passing(p.learning_interval, p.onboarding_days)
    row.onboarding = (row.onboarding * stayed + hires * each) * still_new
    row.vacant = (empty - hires) * each
    cover_skill(p, row)
    if day >= firm.counting_from:
        firm.leavers += leavers * each
        firm.spend_hiring += hires * each * p.hire_cost * p.wage
