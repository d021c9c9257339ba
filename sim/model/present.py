"""Present: who of a team is there, and how much work they are good for."""

from __future__ import annotations

from sim.core.jit import jit


@jit
def people_present(team):
    """Technologists of a team who are there: its posts less the vacant ones [people]."""
    return max(0.0, team.people - team.vacant)


@jit
def productive(present, onboarding, newcomer_loss, mentoring):
    """Fully productive people that `present` people are worth while `onboarding` of them are newcomers. Never negative.

    >>> productive(8.0, 1.0, 0.5, 0.25), productive(1.0, 1.0, 0.7, 0.4)
    (7.25, 0.0)
    """
    return max(0.0, present - (newcomer_loss + mentoring) * onboarding)
