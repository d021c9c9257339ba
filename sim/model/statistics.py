"""Statistics of one run's records: quantiles of a censored cohort, medians, inequality and scatter of counts."""

from __future__ import annotations

import math

import numpy as np

from sim.core.jit import jit, jit_allocating

# Ages are whole days, so they are counted instead of sorted. NumPy's sums and means are written out: with them, loading
# the compiled kernel imports SciPy's linear algebra, a quarter of a second of every start.


@jit_allocating
def count_ages(ages, lived, kind):
    """How many of a cohort have each age, from 0 to the largest, among those that are `kind` (0: all of them)."""
    longest = 0
    for age in ages:
        longest = max(longest, age)
    counts = np.zeros(longest + 1, np.int64)
    for item in range(len(ages)):
        if kind == 0 or lived[item] == kind:
            counts[ages[item]] += 1
    return counts


@jit_allocating
def incidence_quantile(ages, lived, share):
    """Age by which `share` of a cohort is live, from its cumulative incidence; NaN where that is never reached.

    ages   (n,)  days observed of each item: to live, to another end, or to the end of the run
    lived  (n,)  1 live, 2 ended otherwise, 0 still open
    Aalen–Johansen with one competing risk: at each age, incidence grows by (event-free share before) · (live ÷ at risk).
    """
    every, live, other = count_ages(ages, lived, 0), count_ages(ages, lived, 1), count_ages(ages, lived, 2)
    at_risk = len(ages)
    free, incidence = 1.0, 0.0
    for age in range(len(every)):
        if every[age] > 0:
            incidence += free * live[age] / at_risk
            free *= 1.0 - (live[age] + other[age]) / at_risk
            at_risk -= every[age]
            if incidence >= share - 1e-12:
                return float(age)
    return np.nan


@jit_allocating
def middle(ages):
    """Median of whole days: the mean of the two in the middle where their number is even.

    >>> middle(np.array([4, 1, 2])), middle(np.array([4, 1, 2, 3]))
    (2.0, 2.5)
    """
    counts = count_ages(ages, ages, 0)
    lower, upper = (len(ages) - 1) // 2, len(ages) // 2
    passed = 0
    total = 0.0
    for age in range(len(counts)):
        if passed <= lower < passed + counts[age]:
            total += age
        if passed <= upper < passed + counts[age]:
            total += age
        passed += counts[age]
    return total / 2.0


@jit
def added_up(counts):
    """Sum of numbers, in their order."""
    added = 0.0
    for count in counts:
        added += count
    return added


@jit_allocating
def expected_gini(count, places):
    """Gini coefficient that `count` things scattered at random over `places` show on average.

    From the mean difference of two cells of a multinomial: with m things in both, E|2B − m| for B ~ Bin(m, ½) is
    m · C(m − 1, ⌊(m − 1) / 2⌋) · 2^(1 − m).
    """
    share = 2.0 / places
    mean_difference = 0.0
    for m in range(1, count + 1):
        log_weight = math.lgamma(count + 1.0) - math.lgamma(m + 1.0) - math.lgamma(count - m + 1.0) + m * math.log(share)
        if share < 1.0:
            log_weight += (count - m) * math.log(1.0 - share)
        elif m < count:
            continue
        half = (m - 1) // 2
        log_spread = math.lgamma(float(m)) - math.lgamma(half + 1.0) - math.lgamma(m - half + 0.0) + (1 - m) * math.log(2.0)
        mean_difference += m * math.exp(log_weight + log_spread)
    return (places - 1) * mean_difference / (2.0 * count)


@jit_allocating
def gini(counts):
    """Gini coefficient of non-negative counts; NaN where all are 0."""
    total = 0.0
    difference = 0.0
    for first in counts:
        total += first
        for second in counts:
            difference += abs(first - second)
    return difference / (2.0 * len(counts) * total) if total > 0.0 else np.nan


@jit_allocating
def fano(counts):
    """Variance (n − 1) over mean of counts; 1 on average for random scattering, NaN where all are 0 or there is one count."""
    mean = added_up(counts) / len(counts)
    if mean == 0.0 or len(counts) < 2:
        return np.nan
    squares = 0.0
    for count in counts:
        squares += (count - mean) * (count - mean)
    return squares / (len(counts) - 1) / mean
