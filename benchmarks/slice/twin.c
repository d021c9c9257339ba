/* The slice in C: the ruler. Same algorithm, same order, same arithmetic, on structs of its own. */
#include "build.h"
#include "gate.h"

static void evening(Firm *firm, int day) {
    for (int item; (item = leave(firm, &firm->built)) >= 0;) {
        Item *row = &firm->item[item];
        firm->committed -= row->size;
        enter(firm, row, day, RELEASE);
        join(firm, &firm->unit[row->unit].aboard, item);
    }
    Rules *p = &firm->rules;
    if (day >= p->next_train) {
        p->next_train += p->release_interval > 1.0 ? p->release_interval : 1.0;
        for (int unit = 0; unit < firm->units; unit++) release(firm, unit, day);
    }
    while (leave(firm, &firm->delivered) >= 0) {}
    hand_out(firm);
}

static void census(Firm *firm, double *row) {
    row[0] = firm->raised;
    row[1] = firm->stage_count[BOARD];
    row[2] = firm->stage_count[TEAM_QUEUE] - firm->in_hand;
    row[3] = firm->in_hand;
    row[4] = firm->stage_count[RELEASE];
    row[5] = firm->stage_count[LIVE];
    row[6] = firm->stage_count[REJECTED];
    row[7] = firm->failures;
    row[8] = firm->hours_items;
    row[9] = firm->hours_run;
    row[10] = firm->committed;
}

/* What Python calls */
static const Line EMPTY = {NONE, NONE, 0};

Firm *draw_up(const Rules *rules, uint64_t seed, int units, int teams, int room, const double *team_people, const int64_t *team_key,
              const int32_t *team_home, const int32_t *team_limit, const double *team_share, const double *team_skill, const double *home_people,
              const double *home_pace, const int32_t *home_first, const int32_t *home_teams, const double *estimate_sd, const uint64_t *believed,
              const uint64_t *disbelieved, const uint64_t *reality) {
    Firm *firm = calloc(1, sizeof *firm);
    firm->rules = *rules;
    firm->seed = seed;
    firm->units = units;
    firm->teams = teams;
    firm->item = calloc(room, sizeof *firm->item);
    firm->team = calloc(teams, sizeof *firm->team);
    firm->home = calloc(units, sizeof *firm->home);
    firm->unit = calloc(units, sizeof *firm->unit);
    firm->estimate_sd = calloc(units + 1, sizeof *firm->estimate_sd);
    firm->tie = calloc((size_t)units * units, sizeof *firm->tie);
    firm->rank = calloc(room, sizeof *firm->rank);
    firm->agenda = calloc(room, sizeof *firm->agenda);
    firm->fresh = firm->approved = firm->built = firm->board = firm->delivered = EMPTY;
    for (int team = 0; team < teams; team++)
        firm->team[team] = (Team){.people = team_people[team], .skill = {team_skill[2 * team], team_skill[2 * team + 1]},
                                  .share = team_share[team], .key = team_key[team], .home = team_home[team], .limit = team_limit[team],
                                  .believed = {believed[2 * team], believed[2 * team + 1]},
                                  .disbelieved = {disbelieved[2 * team], disbelieved[2 * team + 1]}};
    for (int unit = 0; unit < units; unit++) {
        firm->home[unit] = (Home){.people = home_people[unit], .pace = home_pace[unit], .first_team = home_first[unit],
                                  .teams = home_teams[unit], .waiting = {EMPTY, EMPTY}};
        firm->unit[unit] = (Unit){.before_leader = EMPTY, .aboard = EMPTY};
    }
#if LOOKS
    for (int team = 0; team < teams; team++) firm->team[team].covered[0] = firm->team[team].covered[1] = 1.0;
    for (int home = 0; home < units; home++) {
        firm->home[home].builds = 1;
        firm->home[home].changes = EMPTY;
    }
#endif
    for (int unit = 0; unit < units; unit++)
        for (int home = 0; home < units; home++)
            firm->tie[unit * units + home] =
                (Tie){.familiarity = unit == home ? rules->familiarity_own : rules->familiarity_pool, .trust = rules->trust_start};
    firm->reality[0] = reality[0];
    firm->reality[1] = reality[1];
    for (int leader = 0; leader <= units; leader++) firm->estimate_sd[leader] = estimate_sd[leader];
    return firm;
}

void run(Firm *firm, int days, double *series) {
    for (int day = 0; day < days; day++) {
        recount(firm);
        if (day % (int)firm->rules.month_days == 0) turn_month(firm, day);
        for (int unit = 0; unit < firm->units; unit++) raise_items(firm, unit, day);
        hand_in(firm, day);
        decide(firm, day);
        for (int team = 0; team < firm->teams; team++) build(firm, team, day);
        for (int home = 0; home < firm->units; home++) {
            firm->home[home].pace += (firm->home[home].time_today - firm->home[home].pace) / firm->rules.pace_days;
            firm->home[home].time_today = 0.0;
        }
        evening(firm, day);
        census(firm, series + COLUMNS * day);
    }
    int64_t built = 0;
    double intent = 0.0;
    for (int item = 0; item < firm->raised; item++) {
        built += firm->item[item].days[BUILDING];
        intent += firm->item[item].fidelity;
    }
    series[COLUMNS * (days - 1) + 11] = built;
    series[COLUMNS * (days - 1) + 12] = intent;
}

void dismiss(Firm *firm) {
    free(firm->item);
    free(firm->team);
    free(firm->home);
    free(firm->unit);
    free(firm->estimate_sd);
    free(firm->tie);
    free(firm->rank);
    free(firm->agenda);
    free(firm);
}
