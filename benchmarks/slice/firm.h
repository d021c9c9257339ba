/* The state of the slice, its queues, and an item's life.

   Compiled with -DLOOKS=1 the twin also looks at everything that the model's rules look at in queues, in hands and in a team's day, though
   the slice has none of it: vacancies, newcomers, vendors, mending, changes, experiments, ranks, who has given up, who could take more. */
#pragma once
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#ifndef LOOKS
#define LOOKS 0
#endif

enum { SPECIALISMS = 2, SLOTS = 12, CAUSES = 9, STAGES = 17, COLUMNS = 13, NONE = -1 };
enum { LIAISON = 0, BOARD = 1, TEAM_QUEUE = 3, RELEASE = 6, REWORK = 7, BUILDING = 8, LIVE = 10, REJECTED = 11 };
enum { DEMAND_RATE = 2, DEMAND_COUNT = 3, DEMAND_ITEM = 4, HELP = 9, FAILED_CHANGE = 17 };

typedef struct {
    double availability, in_step, run_cap, crew_limit, switching_loss, pace_days, self_organisation, other_units, board_interval,
        agenda_rate, commit_days, meeting_hours, hurdle, wage, value_half_life, spillover, joint_goals, own_authority,
        release_interval, release_effort, automation, base_failure, batch_risk, restore_effort, data_work, mixed_items, size_median,
        size_log_sd, value_per_day, value_log_sd, value_tail_share, value_tail_index, belief_dimensions, change_load, technologists,
        demand_correlation, burstiness, month_days, people, next_board, next_train,
        strangeness, ignorance, misjudgement, touched, translation_loss, doubt, trust_start, familiarity_own, familiarity_pool,
        fading_half_life, overhead, newcomer_loss, mentoring, repay_share, change_cap, debt_drag, vendor_fidelity, ranked_queues, counting_from;
} Rules;

typedef struct { int32_t head, tail, count; } Line;

typedef struct {
    int32_t stage, unit, raised, next, home, since, charged, decided, ended, handoffs, market, technology;
    int64_t key;
    double size, value, left[SPECIALISMS], credit, noise, begun, fidelity, speed;
    int32_t days[CAUSES];
#if LOOKS
    int32_t team;
    const Line *line;
    double rank, rework_left;
#endif
} Item;

typedef struct {
    double people, skill[SPECIALISMS], share, run_backlog, duty, idle, busy;
    int64_t key;
    int32_t home, limit, wip, hand[SLOTS];
    uint64_t believed[2], disbelieved[2];
#if LOOKS
    double experts, vacant, onboarding, vendors, unsettled, experiment_share, experiment_effort, covered[SPECIALISMS];
#endif
} Team;

typedef struct {
    double people, load, pace, time_today, run_given;
    int32_t first_team, teams;
    Line waiting[SPECIALISMS];
#if LOOKS
    double duty_owed, duty_given, run_today, load_of[SPECIALISMS], repaid, bought_today, bought_share;
    int32_t builds, free[SPECIALISMS * SLOTS];
    Line changes;
#endif
} Home;

typedef struct {
    double rate, restore_days;
    int32_t deployments, failures;
    Line before_leader, aboard;
#if LOOKS
    double debt;
#endif
} Unit;

typedef struct {
    double familiarity, trust;
    int32_t seen;
} Tie;

typedef struct {
    Rules rules;
    uint64_t seed;
    int32_t units, teams, raised, in_hand, failures, deployments;
    double committed, hours_total, hours_run, hours_in_step, hours_items;
#if LOOKS
    double hours_repaid, hours_change, hours_experiments, hours_vendors;
#endif
    int32_t stage_count[STAGES];
    Line fresh, approved, built, board, delivered;
    Item *item;
    Team *team;
    Home *home;
    Unit *unit;
    double *estimate_sd, *rank;
    Tie *tie;
    uint64_t reality[2];
    int32_t *agenda;
} Firm;

/* Queues */
static inline void join(Firm *firm, Line *line, int item) {
    firm->item[item].next = NONE;
    if (line->head < 0) line->head = item;
    else firm->item[line->tail].next = item;
    line->tail = item;
    line->count++;
#if LOOKS
    firm->item[item].line = line;
#endif
}

static inline int first_in(Firm *firm, Line *line) {
    int item = line->head;
#if LOOKS
    while (item >= 0 && firm->item[item].line != line) item = firm->item[item].next;
    if (item != line->head) {
        line->head = item;
        if (item < 0) line->tail = NONE;
    }
#endif
    return item;
}

static inline int leave(Firm *firm, Line *line) {
    int item = first_in(firm, line);
    if (item >= 0) {
        line->head = firm->item[item].next;
        if (line->head < 0) line->tail = NONE;
        firm->item[item].next = NONE;
        line->count--;
#if LOOKS
        firm->item[item].line = NULL;
#endif
    }
    return item;
}

/* An item's life */
static inline void charge(Item *row, int day, int cause) {
    int passed = day - row->since;
    if (passed > 0) {
        row->days[cause] += passed;
        row->since = day;
        row->charged = cause;
    }
}

static inline void recharge_today(Item *row, int day, int cause) {
    if (row->since < day) {
        charge(row, day - 1, row->stage);
        charge(row, day, cause);
    } else if (row->charged >= 0) {
        row->days[row->charged]--;
        row->days[cause]++;
        row->charged = cause;
    }
}

static inline void enter(Firm *firm, Item *row, int day, int stage) {
    if (row->stage <= BUILDING) charge(row, day, row->stage);
    firm->stage_count[row->stage]--;
    firm->stage_count[stage]++;
    row->stage = stage;
}

static inline int main_specialism(Item *row) { return row->left[1] > row->left[0]; }

static inline double work_left(Item *row) {
    double left = row->left[0] + row->left[1];
#if LOOKS
    left += row->rework_left;
#endif
    return left;
}

static inline void count_load(Firm *firm, Item *row, double sign) {
    firm->home[row->home].load += sign * work_left(row);
#if LOOKS
    for (int s = 0; s < SPECIALISMS; s++) firm->home[row->home].load_of[s] += sign * row->left[s];
#endif
}

static inline void take_on(Firm *firm, Item *row, int home) {
    if (row->home >= 0) count_load(firm, row, -1.0);
    row->home = home;
    count_load(firm, row, 1.0);
}

/* Behind those of its rank and higher */
static inline void join_by_rank(Firm *firm, Line *line, int item) {
#if LOOKS
    Item *row = &firm->item[item];
    double rank = row->rank = firm->rules.ranked_queues > 0.0 ? log(row->value) - log(work_left(row)) : 0.0;
    if (line->head >= 0 && !(firm->item[line->tail].line == line && firm->item[line->tail].rank >= rank)) {
        int before = NONE, other = line->head;
        for (; other >= 0 && (firm->item[other].line != line || firm->item[other].rank >= rank); other = firm->item[other].next) before = other;
        row->line = line;
        row->next = other;
        if (before < 0) line->head = item;
        else firm->item[before].next = item;
        if (other < 0) line->tail = item;
        line->count++;
        return;
    }
#endif
    join(firm, line, item);
}

static void give_run_work(Firm *firm, int home, double person_days) {
    firm->home[home].run_given += person_days / firm->home[home].people;
}

static void hand_out(Firm *firm) {
    for (Home *row = firm->home, *end = row + firm->units; row < end; row++) {
#if LOOKS
        if (row->duty_given > 0.0) {
            for (int team = row->first_team; team < row->first_team + row->teams; team++)
                firm->team[team].duty += firm->team[team].people * row->duty_given;
            row->duty_given = 0.0;
        }
#endif
        if (row->run_given > 0.0) {
            for (int team = row->first_team; team < row->first_team + row->teams; team++)
                firm->team[team].run_backlog += firm->team[team].people * row->run_given;
            row->run_given = 0.0;
        }
    }
}

static inline double familiarity(Firm *firm, int unit, int home, int day) {
    Tie *tie = &firm->tie[unit * firm->units + home];
    return tie->familiarity * exp(-log(2.0) * (day - tie->seen) / firm->rules.fading_half_life);
}
