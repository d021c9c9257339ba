"""Columns of paired differences: their standard errors and how many pairs say something, undefined entries left out."""

from __future__ import annotations

import numpy as np

THIN = 12
"""Fewer pairs than this that differ from the middle one say too little about a spread: a bootstrap sample of them repeats too few
values to show the tails, and an event that rare may as well not have been seen yet."""


def unlike_the_middle(differences: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """(K,) how many defined entries differ from their column's median by more than rounding; 0 outside `columns`.

    >>> unlike_the_middle(np.array([[0.0, 1.0], [0.0, 2.0], [0.3, 4.0], [0.0, np.nan]]), np.array([True, True])).tolist()
    [1, 2]
    """
    count = np.zeros(differences.shape[1], int)
    chosen = differences[:, columns]
    # Where nothing is undefined this is the same, and many times faster.
    middle = (np.nanmedian if np.isnan(chosen).any() else np.median)(chosen, axis=0)
    # A NaN is not larger than anything, so undefined pairs do not count.
    count[columns] = (np.abs(chosen - middle) > 1e-12 * np.nanmax(np.abs(chosen), axis=0)).sum(axis=0)
    return count


def standard_errors(differences: np.ndarray) -> np.ndarray:
    """(K,) standard errors of the columns' means, NaN entries left out; 0 where all are equal or fewer than two are defined."""
    present = ~np.isnan(differences)
    number = np.maximum(present.sum(axis=0), 1)
    mean = np.where(present, differences, 0.0).sum(axis=0) / number
    squares = np.where(present, differences - mean, 0.0) ** 2
    error = np.sqrt(squares.sum(axis=0) / np.maximum(number - 1, 1) / number)
    # Equal numbers can leave a rest of rounding in their mean; it is not spread.
    return np.where(error > 1e-13 * np.abs(mean), error, 0.0)
