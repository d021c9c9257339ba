"""Months: the mean of a monthly quantity over the runs of each design, with the interval of each month's mean."""

from __future__ import annotations

import numpy as np

from sim.analysis.intervals import Intervals


def monthly(values: np.ndarray, confidence: float, intervals: Intervals) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean, low and high of (D, R, M) over R, each (D, M); NaN entries are left out, NaN where there is no mean or no interval."""
    number_of = (~np.isnan(values)).sum(axis=1)
    mean = np.where(number_of > 0, np.nansum(values, axis=1) / np.maximum(number_of, 1), np.nan)
    half = np.array([intervals.alone(of_design, confidence) for of_design in values])
    return mean, mean - half, mean + half
