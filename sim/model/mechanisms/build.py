"""Build: a team turns its people's day into progress on the items in hand, oldest first.

    time = productive people · availability · (1 − in step) · (1 − overhead · heads²)₊ · (1 − unsettled)
    run work first, at most run_cap of it; then meetings owed; then mending of debt; then change that the home owns;
    then experiments; the rest goes to items,
    and so does vendors' time: vendors · availability · (1 − overhead · heads²)₊
    progress = time given · skill · covered · (1 − switching_loss)^(streams − 1) · (1 − strangeness · (1 − familiarity))
               · (1 − ignorance · (1 − share of right technology beliefs touched)) / (1 + debt_drag · debt)
    streams = max(1, 2 · items in hand / heads);  one item takes the time of at most crew_limit people

productive people: those present, less what newcomers cannot do yet and what their mentors give them (talent)
unsettled  share of time lost to people who are new in the team                                 [0, 1]
in step    share of time for guilds, reporting, joint goals, coaching, measuring and principles        [0, 1]
skill      1 in a team of one specialism, 1 − depth in a team that holds all it needs       [0, 1]
covered    share of that skill which those present cover                                    [0, 1]
streams    items per person at once                                                         [1, ∞)
heads      technologists and vendors, and in keeping in step business experts as well        [people]

Teams pull from their home's queue, whoever has fewest in hand first (sim/model/hands.py); a specialism that the team lacks is
done by another team, through its queue. Communication overhead: Abdel-Hamid & Madnick
(1991) [abdelhamid1991]; switching loss: Weinberg (1992), a heuristic [weinberg1992].
Counter-force: specialists are more skilled among their own kind (depth); an idle team's help comes with less knowledge.
Prices: cross_functionality (depth), self_organisation (strangeness), visibility, guild_strength, joint_goals, leader_fluency,
metrics_interval, principles_strength (in step). Off: overhead, depth, switching_loss, strangeness at 0, availability at 1.
"""

from __future__ import annotations

import math

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters
from sim.model.changes import work_on_changes
from sim.model.hands import fill_hand, left_for, offer_help
from sim.model.homes import let_go, main_specialism, take_on, wait_at_home, work_left
from sim.model.life import enter, worked
from sim.model.lines import join
from sim.model.present import people_present, productive
from sim.model.stages import OTHER_TEAM

PARAMETERS = parameters(
    availability=Param(0.85, "share of paid days at work on anything at all", "share", 0.75, 0.95,
                       "assumption: leave, illness and administration take a seventh", off=1.0, minimum=0.01, maximum=1),
    overhead=Param(0.0006, "share of everyone's day lost to keeping in step inside the team, per squared head", "1 / person²",
                   0.0002, 0.0010, "abdelhamid1991: 1.5 % at 5 people, 6 % at 10, 24 % at 20", off=0.0),
    depth=Param(0.15, "skill lost in a team that holds every specialism", "share", 0.05, 0.30, "assumption: swept", off=0.0, maximum=1),
    switching_loss=Param(0.12, "output lost for each further item a person has at once", "share", 0.05, 0.20,
                         "weinberg1992: 10 to 20 %, a heuristic", off=0.0, maximum=0.9),
    strangeness=Param(0.2, "speed lost by those who share nothing with the unit", "share", 0.1, 0.5, "assumption: swept", off=0.0,
                      maximum=0.9),
    team_size=Param(8.0, "technologists in a team", "people", 5, 12, "assumption: a squad of nine with its owner", minimum=1, maximum=50),
    crew_limit=Param(6.0, "people who can work on one item at once", "people", 3, 9, "assumption: swept", minimum=0.1, maximum=50),
    wip_low=Param(2.0, "items in hand of a team that sets its own limits", "items", 1, 3, "assumption: swept", minimum=1, maximum=12),
    wip_high=Param(5.0, "items in hand of a team whose limits are set by others", "items", 3, 10, "assumption: swept", minimum=1,
                   maximum=12),
    run_cap=Param(0.9, "largest share of time that run work takes", "share", 0.8, 0.95, "assumption: something is always delivered",
                  minimum=0.01, maximum=1),
    pace_days=Param(20.0, "days over which a home's pace is averaged", "days", 10, 60, "assumption: a month", minimum=1, maximum=1e6),
    guild_hours=Param(0.03, "time that full communities of practice take", "share", 0.01, 0.06, "assumption: an hour or so a week",
                      off=0.0, maximum=0.5),
    reporting_hours=Param(0.03, "time that full visibility of work takes", "share", 0.01, 0.06, "assumption: an hour or so a week",
                          off=0.0, maximum=0.5),
    goal_hours=Param(0.015, "time that fully joint goals take", "share", 0.005, 0.03, "assumption: two days a quarter of everyone", off=0.0,
                     maximum=0.5),
    coaching_hours=Param(0.2, "technologists' time that a fully fluent leader takes", "persons a leader", 0.05, 0.5,
                         "assumption: a day a week", off=0.0, maximum=5),
    measuring_hours=Param(0.05, "time of one reading of the metrics", "days a person", 0.02, 0.15, "assumption: half an hour a reading",
                          off=0.0, maximum=0.5),
    principle_hours=Param(0.015, "time that full principles take: writing, teaching and keeping them", "share", 0.005, 0.03,
                          "assumption: two days a quarter of everyone, as for joint goals", off=0.0, maximum=0.5),
)  # fmt: skip


@jit
def output_share(people, overhead):
    """Share of a team's time that is left after keeping in step with each other.

    >>> round(output_share(10.0, 0.0006), 3)
    0.94
    """
    return max(0.0, 1.0 - overhead * people * people)


@jit
def in_step(guild, visibility, goals, coaching, measuring, principles):
    """Share of everybody's time that keeping in step across teams takes, at most all of it.

    >>> round(in_step(0.01, 0.02, 0.005, 0.01, 0.005, 0.01), 3)
    0.06
    """
    return min(1.0, guild + visibility + goals + coaching + measuring + principles)


@jit
def switching(loss, items, people):
    """What juggling leaves of a person's output, with `items` in hand of `people`.

    >>> switching(0.1, 2.0, 4.0), round(switching(0.1, 4.0, 4.0), 2)
    (1.0, 0.9)
    """
    streams = 2.0 * items / people
    if streams <= 1.0:
        return 1.0
    return math.exp(math.log(1.0 - loss) * (streams - 1.0))


@jit
def wip_limit(self_organisation, low, high):
    """Items in hand that a team allows itself, before rounding.

    >>> wip_limit(1.0, 2.0, 5.0), wip_limit(0.0, 2.0, 5.0)
    (2.0, 5.0)
    """
    return low * self_organisation + high * (1.0 - self_organisation)


@jit
def work_on(w, team, row, time, factor):
    """Spend up to `time` on one item; gives the time used. `factor` is what juggling leaves."""
    me = w.teams[team]
    speed = row.speed * factor
    used = 0.0
    done = 0.0
    if row.rework_left > 0.0:
        step = min(row.rework_left, time * speed)
        row.rework_left -= step
        used += step / speed
        done += step
    for specialism in range(2):
        if me.skill[specialism] > 0.0 and row.left[specialism] > 0.0 and used < time:
            rate = speed * me.skill[specialism] * me.covered[specialism]
            left = row.left[specialism]
            most = (time - used) * rate
            # A remainder that is mere rounding is done, or an item would linger a day for nothing.
            if left - most < 1e-9:
                row.left[specialism] = 0.0
                w.homes[row.home].load_of[specialism] -= left
                used += left / rate
                done += left
            else:
                row.left[specialism] = left - most
                w.homes[row.home].load_of[specialism] -= most
                used = time
                done += most
    w.homes[row.home].load -= done
    return min(used, time)


@jit_apart
def pass_on(w, team, item, day):
    """The team has done its part: the item is built, or goes to a team with the specialism that is left."""
    row = w.items[item]
    if work_left(row) <= 0.0:
        join(w, w.firm[0].built_line, item)
        return
    specialism = main_specialism(row)
    home = w.teams[team].home
    if w.homes[home].holders[specialism] == 0:
        home = w.units[row.unit].provider[specialism]
    row.handoffs += 1
    take_on(w, item, home)
    enter(w, item, day, OTHER_TEAM)
    wait_at_home(w, item, specialism)


@jit
def work_through(w, team, day, first, able, rest, time):
    """Go once through the items in hand, oldest first; gives the time left.

    first place in hand to begin at: what stands before has had its crew's share today
    able  a team's day before run work, which a full crew's share is measured by    [person-days]
    rest  time left for items now                                                   [person-days]
    time  time left for items this morning, of which one item gets a crew's share   [person-days]
    """
    p = w.p[0]
    me = w.teams[team]
    heads = people_present(me) + me.vendors
    crew = min(1.0, p.crew_limit / heads)
    factor = switching(p.switching_loss, me.wip, heads)
    slot = first
    while slot < me.wip and rest > 0.0:
        item = me.hand[slot]
        row = w.items[item]
        if row.begun < 0.0:
            row.begun = day + (1.0 - rest / time)
        used = work_on(w, team, row, min(rest, crew * time), factor)
        rest -= used
        worked(w, item, day, min(1.0, used / (crew * able)), work_left(row) <= 0.0)
        if left_for(me, row) <= 0.0:
            let_go(w, team, slot)
            pass_on(w, team, item, day)
        else:
            slot += 1
    return rest


@jit
def clear_run_work(w, team, day):
    """Spend technologists' day on what comes first: keeping in step, run work, meetings, mending of debt, owned change,
    experiments.

    Gives (able, time for items).
    """
    p = w.p[0]
    firm = w.firm[0]
    me = w.teams[team]
    home = w.homes[me.home]
    me.output_share = output_share(me.people + me.experts + me.vendors, p.overhead)
    present = people_present(me)
    paid = present * p.availability
    worth = productive(present, me.onboarding, p.newcomer_loss, p.mentoring)
    able = worth * (p.availability * (1.0 - firm.in_step) * (me.output_share * (1.0 - me.unsettled)))
    me.run_backlog += me.people * home.run_today
    run = min(me.run_backlog, p.run_cap * able)
    me.run_backlog -= run
    meetings = min(me.duty, able - run)
    me.duty -= meetings
    left = able - run - meetings
    counted = 1.0 if day >= firm.counting_from else 0.0
    if counted > 0.0:
        firm.hours_total += paid
        firm.hours_run += run
        firm.hours_in_step += paid * firm.in_step + meetings
    # What is not there takes no part in the sum: each step would wait for the one before it.
    if home.builds > 0 and p.repay_share > 0.0:
        mending = min(p.repay_share * able, left)
        home.repaid += mending
        firm.hours_repaid += counted * mending
        left -= mending
    if w.lines[home.change_line].count > 0:
        change = work_on_changes(w, me.home, day, p.change_cap * left)
        firm.hours_change += counted * change
        left -= change
    if me.experiment_share > 0.0:
        experiments = min(me.experiment_share * able, left)
        me.experiment_effort += experiments
        firm.hours_experiments += counted * experiments
        left -= experiments
    return able, left


@jit
def bought_time(w, team, day):
    """Time for items that the team's vendors, of whom there are some, bring today."""
    me = w.teams[team]
    time = me.vendors * w.p[0].availability * me.output_share
    w.homes[me.home].bought_today += time
    if day >= w.firm[0].counting_from:
        w.firm[0].hours_vendors += time
    return time


@jit
def act(w, team, day):
    """Spend one team's day."""
    me = w.teams[team]
    able, time = clear_run_work(w, team, day)
    if me.vendors > 0.0:
        bought = bought_time(w, team, day)
        able += bought
        time += bought
    w.homes[me.home].time_today += time
    if w.homes[me.home].builds == 0:
        if day >= w.firm[0].counting_from:
            w.firm[0].hours_run += time
        return
    rest = time
    first = 0
    # Vendors alone bring to an end what is in hand: an empty team would only take items from those who can work on them.
    somebody = people_present(me) > 0.0
    if somebody:
        fill_hand(w, team, day)
    while first < me.wip and rest > 0.0:
        rest = work_through(w, team, day, first, able, rest, time)
        first = me.wip
        if somebody and rest > 0.0:
            fill_hand(w, team, day)
    if somebody and rest > 0.0 and me.wip < me.wip_limit:
        offer_help(w, team, day)
        rest = work_through(w, team, day, first, able, rest, time)
    me.idle += rest
    me.busy += time - rest
    if day >= w.firm[0].counting_from:
        w.firm[0].hours_items += time - rest


@jit
def settle_pace(w, home):
    """In the evening: a home's pace follows the time its teams had for items."""
    row = w.homes[home]
    row.pace += (row.time_today - row.pace) / w.p[0].pace_days
    row.time_today = 0.0
