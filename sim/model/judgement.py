"""Judgement: how far leaders' estimates of value are off, and how much of it their own choices keep."""

from __future__ import annotations

from sim.core.jit import jit, jit_apart


@jit
def estimate_spread(log_sd, fluency_slope, fluency, visibility_slope, visibility):
    """Standard deviation of the logarithm of a leader's estimate.

    >>> estimate_spread(1.0, 0.4, 0.5, 0.25, 0.0)
    0.8
    """
    return log_sd * (1.0 - fluency_slope * fluency) * (1.0 - visibility_slope * visibility)


@jit
def value_kept(drift, fluency):
    """Share of its value that work keeps which a leader of this fluency lets teams choose.

    >>> value_kept(0.2, 1.0), value_kept(0.2, 0.5)
    (1.0, 0.9)
    """
    return 1.0 - drift * (1.0 - fluency)


@jit_apart
def judge(w, leader):
    """Let a leader's judgement follow fluency, and what can be seen of work elsewhere."""
    me = w.leaders[leader]
    p = w.p[1 + me.unit]
    me.estimate_sd = estimate_spread(p.estimate_log_sd, p.fluency_slope, me.fluency, p.visibility_slope, p.visibility)
    me.kept = value_kept(p.drift, me.fluency)
