"""March (1991), figure 1, out of the mechanism that the firm learns by."""

import pytest

from sim.validation.march import PUBLISHED, equilibrium_knowledge

CORNERS = [(0.1, 0.1), (0.1, 0.9), (0.9, 0.1), (0.9, 0.9)]


@pytest.mark.parametrize(("p1", "p2"), CORNERS)
def test_equilibrium_knowledge_is_near_the_published_corners(p1, p2):
    knowledge, error = equilibrium_knowledge(p1, p2, 150)
    assert knowledge == pytest.approx(PUBLISHED[p1, p2], abs=0.015 + 3.0 * error)


def test_slow_socialisation_wins_where_the_code_learns_fast():
    assert equilibrium_knowledge(0.1, 0.9, 100)[0] > equilibrium_knowledge(0.9, 0.9, 100)[0] + 0.1
