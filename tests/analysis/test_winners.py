"""Who wins on how many firms: counted right, said in fifths, and a share of nothing explained."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.winners import Share, cause, firms_sentence, in_words, only, what_goes_with, winners
from sim.experiment.ablation import ALL_ON
from sim.experiment.winners import Lived
from sim.report.winners_table import winners_text

DESIGNS = ("partnership", "modern_partnership", "pervasive")


def lived(returns: np.ndarray, chance: float = 0.01) -> Lived:
    """Firms whose designs earn `returns` (F, D), with little chance."""
    noise = chance * np.random.default_rng(1).normal(size=(*returns.shape, 6))
    return Lived(DESIGNS, np.arange(1, len(returns) + 1), returns[:, :, None] + noise, (99,), ())


def returns(firms: int = 100) -> np.ndarray:
    """Modern partnership best on the first 30 firms, pervasive on the others; partnership nowhere, and second on the last ten."""
    found = np.tile([1.0, 1.2, 1.5], (firms, 1))
    found[:30, 2] = 1.1
    found[-10:, 1] = 0.8
    return found


def test_who_earns_most_and_more_is_counted():
    found = winners(lived(returns()))
    assert {design: share.count for design, share in found.most.items()} == {"partnership": 0, "modern_partnership": 30, "pervasive": 70}
    duel = found.duels["modern_partnership"]
    assert (duel.more.count, duel.surely, duel.surely_less) == (90, 90, 10)
    assert duel.middle == pytest.approx(0.2, abs=0.02)
    assert (found.firms, found.senseless) == (100, 1)


def test_what_is_not_sure_is_not_called_sure():
    found = winners(lived(np.full((50, 3), 1.0), chance=1.0))
    assert found.duels["pervasive"].surely + found.duels["pervasive"].surely_less < 12
    assert 10 < found.duels["pervasive"].more.count < 40


def test_firms_whose_runs_failed_have_no_verdict():
    some = lived(returns())
    some.earned[:20, 1] = np.nan
    some.earned[20, 0, 0] = np.nan  # one history of one design: the others still count
    assert winners(some).firms == 80
    some.earned[:] = np.nan
    with pytest.raises(ValueError, match="no firm"):
        winners(some)


def test_the_sentence_names_fifths_with_an_interval():
    assert firms_sentence(winners(lived(returns()))) == (
        "Modern partnership earns more than partnership in 90 % of firms like yours (83 to 94 %); "
        "pervasive earns more in 100 % "
        "(96 to 100 %)."
    )
    assert in_words(Share(240, 300)) == "in 4 of 5 firms like yours (75 to 84 %)"
    assert in_words(Share(0, 300)) == "in 0 % of firms like yours (0 to 1 %)"
    few = only(winners(lived(returns())), ("partnership", "pervasive"))
    assert "modern" not in firms_sentence(few)


def test_a_share_of_nothing_has_its_cause():
    usual = returns(8)
    without_pull = usual.copy()
    without_pull[:, 0] += 1.0
    without = {ALL_ON: usual, "translate": without_pull, "debt": usual - 0.1}
    found = cause(without, DESIGNS, "partnership")
    assert (found.mechanism, found.wins, found.tried) == ("translate", 8, 8)
    assert found.lift == pytest.approx(1.0)
    assert cause({ALL_ON: usual, "debt": usual}, DESIGNS, "partnership").mechanism is None


def test_what_goes_with_a_lead_is_found_and_nothing_else():
    generator = np.random.default_rng(5)
    names = ("firm.units", "firm.coupling", "firm.wage")
    firms = [dict(zip(names, row, strict=True)) for row in generator.random((100, 3)).tolist()]
    earned = np.array([[1.0, 1.2, 1.5 - firm["firm.units"]] for firm in firms])
    found = what_goes_with(Lived(DESIGNS, np.arange(1, 101), lived(earned).earned, (), ()), firms)
    assert [(one.name, one.correlation < -0.9) for one in found["pervasive"]] == [("firm.units", True)]
    assert found["modern_partnership"] == []
    text = winners_text(winners(lived(earned)), found)
    assert "units: business units" in text
    assert "Nothing that differs between the firms surely goes with modern partnership's lead over partnership." in text
