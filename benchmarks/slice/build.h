/* What a team does in a day, and how what it built is released. */
#pragma once
#include "firm.h"
#include "streams.h"

/* Hands */
static inline double present(Team *me) {
#if LOOKS
    return me->people - me->vacant > 0.0 ? me->people - me->vacant : 0.0;
#else
    return me->people;
#endif
}

static inline int goes_before(Firm *firm, int item, int other) {
#if LOOKS
    double rank = firm->item[item].rank, than = firm->item[other].rank;
    if (rank != than) return rank > than;
#endif
    return item < other;
}

static inline Line *next_waiting(Firm *firm, Team *me, int home) {
    Line *best = NULL;
    for (int s = 0; s < SPECIALISMS; s++) {
        Line *line = &firm->home[home].waiting[s];
        if (me->skill[s] > 0.0 && first_in(firm, line) >= 0 && (!best || goes_before(firm, line->head, best->head))) best = line;
    }
    return best;
}

static inline void change_wip(Firm *firm, Team *me, int change) {
    int before = me->wip;
    me->wip = before + change;
    firm->in_hand += change;
#if LOOKS
    int32_t *free = firm->home[me->home].free;
    if (present(me) > 0.0)
        for (int s = 0; s < SPECIALISMS; s++)
            if (me->skill[s] > 0.0) {
                if (before < me->limit) free[s * SLOTS + before]--;
                if (me->wip < me->limit) free[s * SLOTS + me->wip]++;
            }
#else
    (void)before;
#endif
}

/* Each morning: who could take another item, and what meetings are owed */
static void recount(Firm *firm) {
#if LOOKS
    for (Home *row = firm->home, *end = row + firm->units; row < end; row++) {
        row->duty_owed = 0.0;
        for (int slot = 0; slot < SPECIALISMS * SLOTS; slot++) row->free[slot] = 0;
    }
    for (Team *me = firm->team, *end = me + firm->teams; me < end; me++) {
        Home *home = &firm->home[me->home];
        home->duty_owed += me->duty;
        if (me->wip < me->limit && present(me) > 0.0)
            for (int s = 0; s < SPECIALISMS; s++)
                if (me->skill[s] > 0.0) home->free[s * SLOTS + me->wip]++;
    }
#else
    (void)firm;
#endif
}

static double share_right(Firm *firm, Team *me, int first, int kind) {
    int half = (int)firm->rules.belief_dimensions / 2, right = 0;
    int touched = (int)firm->rules.touched < half ? (int)firm->rules.touched : half;
    for (int step = 0; step < touched; step++) {
        int dimension = kind * half + (first - kind * half + step) % half, word = dimension >> 6;
        uint64_t bit = (uint64_t)1 << (dimension & 63);
        right += (firm->reality[word] & bit ? me->believed[word] & bit : me->disbelieved[word] & bit) != 0;
    }
    return (double)right / touched;
}

static void take_in_hand(Firm *firm, Team *me, Line *line, int day) {
    int item = leave(firm, line);
    Item *row = &firm->item[item];
    Rules *p = &firm->rules;
    me->hand[me->wip] = item;
    change_wip(firm, me, 1);
#if LOOKS
    row->team = me - firm->team;
#endif
    double market = share_right(firm, me, row->market, 0), technology = share_right(firm, me, row->technology, 1);
    double known = familiarity(firm, row->unit, me->home, day);
    row->speed = (1.0 - p->strangeness * (1.0 - known)) * (1.0 - p->ignorance * (1.0 - technology));
#if LOOKS
    row->speed /= 1.0 + p->debt_drag * firm->unit[row->unit].debt;
    if (row->begun < 0.0) row->fidelity *= 1.0 - (1.0 - p->vendor_fidelity) * firm->home[me->home].bought_share;
#endif
    if (row->begun < 0.0) row->fidelity *= 1.0 - p->misjudgement * (1.0 - market);
    if (row->home != me->home) {
        row->handoffs++;
        take_on(firm, row, me->home);
    }
}

static int freer_colleague(Firm *firm, Team *me, int specialism) {
    Home *home = &firm->home[me->home];
#if LOOKS
    int freer = 0;
    for (int wip = 0; wip < me->wip; wip++) freer += home->free[specialism * SLOTS + wip];
    return freer > 0;
#else
    for (Team *other = firm->team + home->first_team, *end = other + home->teams; other < end; other++)
        if (other->wip < me->wip && other->wip < other->limit && other->skill[specialism] > 0.0) return 1;
    return 0;
#endif
}

static inline void fill_hand(Firm *firm, Team *me, int day) {
    while (me->wip < me->limit) {
        Line *line = next_waiting(firm, me, me->home);
        if (!line || (me->wip > 0 && freer_colleague(firm, me, main_specialism(&firm->item[line->head])))) return;
        take_in_hand(firm, me, line, day);
    }
}

static void offer_help(Firm *firm, int team, int day) {
    Team *me = &firm->team[team];
    uint64_t key = mix(day_key(firm->seed, HELP, day), me->key);
    if (firm->units > 1 && uniform(key, 0) < firm->rules.self_organisation * firm->rules.other_units) {
        Line *line = next_waiting(firm, me, (me->home + 1 + choice(key, 1, firm->units - 1)) % firm->units);
        if (line) take_in_hand(firm, me, line, day);
    }
}

static inline double work_on(Firm *firm, Team *me, Item *row, double time, double speed) {
    double used = 0.0, done = 0.0;
#if LOOKS
    if (row->rework_left > 0.0) {
        double step = row->rework_left < time * speed ? row->rework_left : time * speed;
        row->rework_left -= step;
        used += step / speed;
        done += step;
    }
#endif
    for (int s = 0; s < SPECIALISMS; s++)
        if (me->skill[s] > 0.0 && row->left[s] > 0.0 && used < time) {
            double rate = speed * me->skill[s];
#if LOOKS
            rate *= me->covered[s];
#endif
            double most = (time - used) * rate, left = row->left[s], step = most;
            if (left - most < 1e-9) {
                row->left[s] = 0.0;
                used += left / rate;
                step = left;
            } else {
                row->left[s] = left - most;
                used = time;
            }
            done += step;
#if LOOKS
            firm->home[row->home].load_of[s] -= step;
#endif
        }
    firm->home[row->home].load -= done;
    return used < time ? used : time;
}

static inline void credit(Item *row, int day, double crew_day, int finished) {
    row->credit += crew_day;
    if (finished) row->credit = 0.0;
    else if (row->credit >= 1.0) row->credit -= 1.0;
    else return;
    recharge_today(row, day, LOOKS && row->stage == REWORK ? REWORK : BUILDING);
}

static double work_through(Firm *firm, Team *me, int day, int first, double able, double rest, double time) {
    Rules *p = &firm->rules;
    double heads = present(me);
#if LOOKS
    heads += me->vendors;
#endif
    double crew = p->crew_limit / heads < 1.0 ? p->crew_limit / heads : 1.0;
    double streams = 2.0 * me->wip / heads;
    double factor = streams <= 1.0 ? 1.0 : exp(log(1.0 - p->switching_loss) * (streams - 1.0));
    int slot = first;
    while (slot < me->wip && rest > 0.0) {
        int item = me->hand[slot];
        Item *row = &firm->item[item];
        if (row->begun < 0.0) row->begun = day + (1.0 - rest / time);
        double used = work_on(firm, me, row, rest < crew * time ? rest : crew * time, row->speed * factor);
        rest -= used;
        double effort = used / (crew * able);
        int finished = work_left(row) <= 0.0;
        credit(row, day, effort < 1.0 ? effort : 1.0, finished);
#if LOOKS
        finished = row->rework_left + (me->skill[0] > 0.0 ? row->left[0] : 0.0) + (me->skill[1] > 0.0 ? row->left[1] : 0.0) <= 0.0;
#endif
        if (finished) {
#if LOOKS
            row->team = NONE;
#endif
            change_wip(firm, me, -1);
            for (int place = slot; place < me->wip; place++) me->hand[place] = me->hand[place + 1];
            join(firm, &firm->built, item);
        } else slot++;
    }
    return rest;
}

static void build(Firm *firm, int team, int day) {
    Rules *p = &firm->rules;
    Team *me = &firm->team[team];
#if LOOKS
    Home *home = &firm->home[me->home];
    double heads = me->people + me->experts + me->vendors, kept = 1.0 - p->overhead * heads * heads;
    me->share = kept > 0.0 ? kept : 0.0;
    double worth = present(me) - (p->newcomer_loss + p->mentoring) * me->onboarding;
    double paid = present(me) * p->availability;
    double able = (worth > 0.0 ? worth : 0.0) * (p->availability * (1.0 - p->in_step) * (me->share * (1.0 - me->unsettled)));
    me->run_backlog += me->people * home->run_today;
#else
    double paid = me->people * p->availability, able = me->people * (p->availability * (1.0 - p->in_step) * me->share);
#endif
    double run = me->run_backlog < p->run_cap * able ? me->run_backlog : p->run_cap * able;
    me->run_backlog -= run;
    double meetings = me->duty < able - run ? me->duty : able - run;
    me->duty -= meetings;
    double time = able - run - meetings;
    int counted = !LOOKS || day >= p->counting_from;
    if (counted) {
        firm->hours_total += paid;
        firm->hours_run += run;
        firm->hours_in_step += paid * p->in_step + meetings;
    }
#if LOOKS
    if (home->builds > 0 && p->repay_share > 0.0) {
        double mending = p->repay_share * able < time ? p->repay_share * able : time;
        home->repaid += mending;
        firm->hours_repaid += counted * mending;
        time -= mending;
    }
    if (home->changes.count > 0) {
        double change = p->change_cap * time;
        firm->hours_change += counted * change;
        time -= change;
    }
    if (me->experiment_share > 0.0) {
        double experiments = me->experiment_share * able < time ? me->experiment_share * able : time;
        me->experiment_effort += experiments;
        firm->hours_experiments += counted * experiments;
        time -= experiments;
    }
    if (me->vendors > 0.0) {
        double bought = me->vendors * p->availability * me->share;
        home->bought_today += bought;
        firm->hours_vendors += counted * bought;
        able += bought;
        time += bought;
    }
    if (home->builds == 0 || present(me) <= 0.0) return;
#endif
    double rest = time;
    firm->home[me->home].time_today += time;
    int first = 0;
    fill_hand(firm, me, day);
    while (first < me->wip && rest > 0.0) {
        rest = work_through(firm, me, day, first, able, rest, time);
        first = me->wip;
        if (rest > 0.0) fill_hand(firm, me, day);
    }
    if (rest > 0.0 && me->wip < me->limit) {
        offer_help(firm, team, day);
        rest = work_through(firm, me, day, first, able, rest, time);
    }
    me->idle += rest;
    me->busy += time - rest;
    if (counted) firm->hours_items += time - rest;
}

/* Release */
static void release(Firm *firm, int unit, int day) {
    Rules *p = &firm->rules;
    Unit *row = &firm->unit[unit];
    int count = 0, home = NONE;
    for (int item; (item = leave(firm, &row->aboard)) >= 0; count++) {
        home = firm->item[item].home;
        enter(firm, &firm->item[item], day, LIVE);
        firm->item[item].ended = day;
        join(firm, &firm->delivered, item);
    }
    if (count == 0) return;
    give_run_work(firm, home, p->release_effort * (1.0 - p->automation));
    firm->deployments++;
    row->deployments++;
    double chance = 1.0 - (1.0 - p->base_failure) * exp(-p->batch_risk * (count - 1));
    if (uniform(day_key(firm->seed, FAILED_CHANGE, day), unit) < chance) {
        give_run_work(firm, home, p->restore_effort);
        firm->failures++;
        row->failures++;
        row->restore_days += p->restore_effort / (firm->home[home].people * p->availability * p->run_cap);
    }
}
