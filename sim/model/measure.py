"""Measure: from a finished run's records to its outcomes, over the cohort of items raised in the counted window.

Open items are censored at the end of the run; rejection, withdrawal and the like compete with going live. With a common end of
observation, the cumulative incidence of going live after Aalen & Johansen (1978) [aalen1978] is computed over the cohort's ages.
"""

from __future__ import annotations

import math

import numpy as np

from sim.core.jit import jit_allocating
from sim.model.measure_architect import measure_architecture
from sim.model.measure_counting import measure_all_live
from sim.model.measure_debt import measure_debt
from sim.model.measure_money import measure_money
from sim.model.measure_people import measure_people
from sim.model.measure_value import measure_value
from sim.model.outcomes import CAUSES, INDEX, NAMES
from sim.model.stages import (
    BUILDING,
    CHANGE,
    EXPERIMENT,
    IDEA,
    LIAISON,
    LIVE,
    OTHER_TEAM,
    REJECTED,
    REVIEW,
    WITHDRAWN,
)  # fmt: skip
from sim.model.statistics import added_up, expected_gini, fano, gini, incidence_quantile, middle

OUTCOME_COUNT = len(NAMES)
QUARTER = 60
"""Working days in a quarter."""

# Places of outcomes in a run's row, as plain numbers for the compiler.
_MEDIAN, _P85, _LEAD_MEAN = INDEX["lead_time_median"], INDEX["lead_time_p85"], INDEX["lead_time_mean"]
_DELIVERY, _FLOW, _WIP = INDEX["delivery_time_median"], INDEX["flow_efficiency"], INDEX["wip"]
_SHARES = tuple(INDEX[name] for name in ("finished_share", "rejected_share", "withdrawn_share", "open_share"))
_OPEN_AGE, _THROUGHPUT, _THROUGHPUT_DAYS = INDEX["open_age"], INDEX["throughput_items"], INDEX["throughput_days"]
_DEPLOYMENTS, _INNOVATIONS = INDEX["deployments_per_month"], INDEX["innovations_per_100_technologist_years"]
_HITS, _ACCURACY, _FANO, _GINI = (
    INDEX[name] for name in ("experiment_hit_rate", "knowledge_accuracy", "haphazardness_fano", "haphazardness_gini")
)
_COORDINATION, _BOUNDARY, _HANDOFFS = INDEX["coordination_share"], INDEX["boundary_wait_share"], INDEX["handoffs_per_item"]
_TRUST_MEAN, _TRUST_MIN, _PORTFOLIO = INDEX["trust_mean"], INDEX["trust_min"], INDEX["portfolio_value"]
_FAILURES, _RESTORE, _RUN = INDEX["change_failure_rate"], INDEX["time_to_restore"], INDEX["run_share"]
_BREACHES = INDEX["breaches_per_year"]
_CAUSE_PLACES = tuple(INDEX.get(f"days_{cause}", -1) for cause in CAUSES)


@jit_allocating
def _cohort(w, horizon, out, beyond):
    """Outcomes of the items of demand raised in the counted window."""
    firm = w.firm[0]
    ages = np.zeros(firm.raised, np.int64)
    lived = np.zeros(firm.raised, np.int64)
    delivery = np.zeros(firm.raised, np.int64)
    causes = np.zeros(len(_CAUSE_PLACES))
    ends = np.zeros(4)
    items = finished = decided = 0
    lead = handoffs = chosen = 0.0
    for item in range(firm.raised):
        row = w.items[item]
        if row.kind != CHANGE or row.raised < firm.counting_from:
            continue
        ages[items] = (row.ended if row.ended >= 0 else horizon) - row.raised
        if row.decided >= 0:
            decided += 1
            chosen += row.value * row.worth_share / row.size
        if row.stage == LIVE:
            lived[items] = 1
            delivery[finished] = row.ended - math.floor(row.begun)
            finished += 1
            lead += row.ended - row.raised
            handoffs += row.handoffs
            for cause in range(len(causes)):
                causes[cause] += row.days[cause]
        elif row.ended >= 0:
            lived[items] = 2
            ends[1] += 1 if row.stage == REJECTED else 0
            ends[2] += 1 if row.stage == WITHDRAWN else 0
        else:
            ends[3] += 1
        items += 1
    ends[0] = finished
    if items > 0:
        _quantiles(ages[:items], lived[:items], horizon - firm.counting_from, out, beyond)
        for end in range(4):
            out[_SHARES[end]] = ends[end] / items
    if decided > 0:
        out[_PORTFOLIO] = chosen / decided
    if finished > 0:
        out[_LEAD_MEAN] = lead / finished
        out[_DELIVERY] = middle(delivery[:finished])
        out[_HANDOFFS] = handoffs / finished
        for cause in range(len(causes)):
            if _CAUSE_PLACES[cause] >= 0:
                out[_CAUSE_PLACES[cause]] = causes[cause] / finished
    if lead > 0.0:
        out[_FLOW] = causes[BUILDING] / lead
        out[_BOUNDARY] = (causes[LIAISON] + causes[OTHER_TEAM] + causes[REVIEW]) / lead


@jit_allocating
def _quantiles(ages, lived, window, out, beyond):
    for place, share in ((_MEDIAN, 0.5), (_P85, 0.85)):
        age = incidence_quantile(ages, lived, share)
        if math.isnan(age):
            age = float(window)
            beyond[place] = True
        out[place] = age


@jit_allocating
def _window(w, horizon, out):
    """Outcomes of the counted window whatever the cohort: throughput, ideas, hours, releases."""
    p, firm = w.p[0], w.firm[0]
    days = horizon - firm.counting_from
    months = days / p.month_days
    live = open_items = adopted = deployments = 0
    for unit in range(len(w.units)):
        deployments += w.units[unit].deployments
    work = open_age = 0.0
    quarters = np.zeros(max(1, days // QUARTER))
    starts = np.zeros(len(w.units))
    for item in range(firm.raised):
        row = w.items[item]
        if row.kind == IDEA:
            if row.adopted > 0 and row.adopted_on >= firm.counting_from:
                adopted += 1
                begun = row.started - firm.counting_from
                if begun >= 0:
                    starts[row.unit] += 1.0
                    if begun // QUARTER < len(quarters):
                        quarters[begun // QUARTER] += 1.0
        elif row.stage == LIVE:
            if row.ended >= firm.counting_from:
                live += 1
                work += row.size
        elif row.stage < EXPERIMENT:
            open_items += 1
            open_age += horizon - row.raised
    out[_OPEN_AGE] = open_age / open_items if open_items > 0 else np.nan
    out[_THROUGHPUT] = live / months
    out[_THROUGHPUT_DAYS] = work / months
    seat_days = firm.seat_days + firm.seated * (horizon - firm.stretch_from)
    out[_INNOVATIONS] = 100.0 * adopted / (seat_days / p.year_days)
    out[_FANO] = fano(quarters) - 1.0
    scattered = int(added_up(starts))
    if scattered > 0 and len(starts) > 1:
        out[_GINI] = gini(starts) - expected_gini(scattered, len(starts))
    out[_WIP] = firm.wip_days / days
    out[_DEPLOYMENTS] = deployments / (len(w.units) * months)
    out[_BREACHES] = firm.breaches * p.year_days / days


@jit_allocating
def _rates(w, horizon, out):
    """Outcomes that are ratios of what was counted on the way."""
    p, firm = w.p[0], w.firm[0]
    if firm.experiments_done > 0:
        out[_HITS] = firm.experiments_hit / firm.experiments_done
    if firm.accuracy_readings > 0:
        out[_ACCURACY] = firm.accuracy_sum / firm.accuracy_readings
    between = firm.hours_between + p.liaisons_per_unit * p.units * (horizon - firm.stretch_from)
    out[_COORDINATION] = (firm.hours_in_step + between) / (firm.hours_total + between)
    out[_RUN] = firm.hours_run / firm.hours_total
    deployments = failures = 0
    restore = 0.0
    lowest, weight, total = np.inf, 0.0, 0.0
    for unit in range(len(w.units)):
        deployments += w.units[unit].deployments
        failures += w.units[unit].failures
        restore += w.units[unit].restore_days
        unit_weight = unit_total = 0.0
        for home in range(len(w.homes)):
            unit_weight += w.ties[unit, home].deliveries
            unit_total += w.ties[unit, home].deliveries * w.ties[unit, home].trust
        if unit_weight > 0.0:
            lowest = min(lowest, unit_total / unit_weight)
        weight += unit_weight
        total += unit_total
    if deployments > 0:
        out[_FAILURES] = failures / deployments
    if failures > 0:
        out[_RESTORE] = restore / failures
    if weight > 0.0:
        out[_TRUST_MEAN] = total / weight
        out[_TRUST_MIN] = lowest


@jit_allocating
def measure(w, horizon, out, beyond):
    """Fill one run's row of outcomes.

    horizon  days simulated, warm-up included
    out      (O,) float64, filled in the order of `outcomes.NAMES`; NaN where there is nothing to measure
    beyond   (O,) bool, set where a quantile was not reached; the outcome then is the window's length
    """
    out[:] = np.nan
    beyond[:] = False
    _cohort(w, horizon, out, beyond)
    measure_all_live(w, out)
    _window(w, horizon, out)
    _rates(w, horizon, out)
    measure_people(w, horizon, out)
    measure_debt(w, horizon, out)
    measure_architecture(w, out)
    measure_value(w, horizon, out)
    measure_money(w, horizon, out)
