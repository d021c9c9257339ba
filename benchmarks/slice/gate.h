/* What the business asks for, and who decides on it. */
#pragma once
#include "firm.h"
#include "streams.h"

/* Demand */
static void turn_month(Firm *firm, int day) {
    Rules *p = &firm->rules;
    uint64_t key = day_key(firm->seed, DEMAND_RATE, day);
    double shared = normal(key, firm->units);
    double mean = p->change_load * p->technologists / (firm->units * (p->size_median * exp(0.5 * p->size_log_sd * p->size_log_sd)));
    for (int unit = 0; unit < firm->units; unit++) {
        double z = sqrt(p->demand_correlation) * shared + sqrt(1.0 - p->demand_correlation) * normal(key, unit);
        firm->unit[unit].rate = mean * exp(p->burstiness * z - 0.5 * p->burstiness * p->burstiness);
    }
}

static int new_item(Firm *firm, int day, int unit, uint64_t key) {
    Rules *p = &firm->rules;
    int item = firm->raised++;
    Item *row = &firm->item[item];
    row->key = key;
    row->stage = LIAISON;
    row->unit = unit;
    row->raised = row->since = day;
    row->charged = row->next = row->home = row->decided = row->ended = NONE;
    row->begun = -1.0;
    row->fidelity = 1.0;
#if LOOKS
    row->team = NONE;
#endif
    row->size = p->size_median * exp(p->size_log_sd * normal(key, 0));
    row->value = row->size * pareto_tailed(key, 1, p->value_per_day, p->value_log_sd, p->value_tail_share, p->value_tail_index);
    double data = uniform(key, 3) < p->data_work ? 1.0 : 0.0;
    if (uniform(key, 2) < p->mixed_items) {
        double other = 0.5 * uniform(key, 4);
        data = data * (1.0 - other) + (1.0 - data) * other;
    }
    row->left[0] = row->size * (1.0 - data);
    row->left[1] = row->size * data;
    row->noise = normal(key, 7);
    double half = p->belief_dimensions * 0.5;
    row->market = (int)(half * uniform(key, 5));
    row->technology = (int)(half + half * uniform(key, 6));
    firm->stage_count[LIAISON]++;
    return item;
}

static void raise_items(Firm *firm, int unit, int day) {
    int count = poisson(mix(day_key(firm->seed, DEMAND_COUNT, day), unit), firm->unit[unit].rate);
    uint64_t key = mix(day_key(firm->seed, DEMAND_ITEM, day), unit);
    for (int number = 0; number < count; number++) join(firm, &firm->fresh, new_item(firm, day, unit, mix(key, number)));
}

static void hand_in(Firm *firm, int day) {
    for (int item; (item = leave(firm, &firm->fresh)) >= 0;) {
        Item *row = &firm->item[item];
        take_on(firm, row, row->unit);
        Rules *p = &firm->rules;
        double strange = 1.0 - familiarity(firm, row->unit, row->home, day);
        double lost = p->translation_loss * strange * (1.0 + p->doubt * (1.0 - firm->tie[row->unit * firm->units + row->home].trust));
        row->fidelity = 1.0 - lost > 0.0 ? 1.0 - lost : 0.0;
        enter(firm, row, day, BOARD);
        join(firm, row->size <= firm->rules.own_authority ? &firm->unit[row->unit].before_leader : &firm->board, item);
    }
}

/* Gate */
static inline double estimate(Firm *firm, Item *row, int day, int leader, double seen) {
    double halves = (day - row->raised) / firm->rules.value_half_life;
    return seen * row->value * exp(firm->estimate_sd[leader] * row->noise - log(2.0) * halves) / row->size;
}

static void reject(Firm *firm, Item *row, int day) {
    count_load(firm, row, -1.0);
    enter(firm, row, day, REJECTED);
    row->ended = day;
}

static void approve(Firm *firm, int item, int day) {
    Item *row = &firm->item[item];
    charge(row, day, BOARD);
    row->decided = day;
    firm->committed += row->size;
    join(firm, &firm->approved, item);
}

static void decide_locally(Firm *firm, int unit, int day) {
    Rules *p = &firm->rules;
    double seen = 1.0 - p->spillover * (1.0 - p->joint_goals);
    for (int item; (item = leave(firm, &firm->unit[unit].before_leader)) >= 0;) {
        if (estimate(firm, &firm->item[item], day, unit, seen) < p->hurdle * p->wage) reject(firm, &firm->item[item], day);
        else approve(firm, item, day);
    }
}

static void sort_by_rank(int32_t *agenda, double *rank, int count) {
    for (int gap = count / 2; gap > 0; gap /= 2)
        for (int i = gap; i < count; i++) {
            int item = agenda[i], j = i;
            double value = rank[i];
            while (j >= gap && (rank[j - gap] < value || (rank[j - gap] == value && agenda[j - gap] > item))) {
                agenda[j] = agenda[j - gap];
                rank[j] = rank[j - gap];
                j -= gap;
            }
            agenda[j] = item;
            rank[j] = value;
        }
}

static void meet(Firm *firm, int day) {
    Rules *p = &firm->rules;
    double before = floor(p->agenda_rate * p->next_board);
    p->next_board += p->board_interval > 1.0 ? p->board_interval : 1.0;
    double places = floor(p->agenda_rate * p->next_board) - before, pace = 0.0;
    double share = p->meeting_hours * firm->units / p->people;
    for (int team = 0; team < firm->teams; team++) firm->team[team].duty += share * firm->team[team].people;
    for (int home = 0; home < firm->units; home++) pace += firm->home[home].pace;
    int count = 0, taken = 0;
    for (int item; (item = leave(firm, &firm->board)) >= 0;) {
        double value = estimate(firm, &firm->item[item], day, firm->units, 1.0);
        if (value < p->hurdle * p->wage) reject(firm, &firm->item[item], day);
        else {
            firm->agenda[count] = item;
            firm->rank[count++] = value;
        }
    }
    sort_by_rank(firm->agenda, firm->rank, count);
    for (int place = 0; place < count; place++) {
        if (taken + 1 <= places && firm->committed <= p->commit_days * pace) {
            approve(firm, firm->agenda[place], day);
            taken++;
        } else join(firm, &firm->board, firm->agenda[place]);
    }
}

static void decide(Firm *firm, int day) {
    for (int unit = 0; unit < firm->units; unit++) decide_locally(firm, unit, day);
    if (day >= firm->rules.next_board) meet(firm, day);
    for (int item; (item = leave(firm, &firm->approved)) >= 0;) {
        Item *row = &firm->item[item];
        enter(firm, row, day, TEAM_QUEUE);
        join_by_rank(firm, &firm->home[row->home].waiting[main_specialism(row)], item);
    }
}
