# %% [markdown]
# # 7 · Your own mechanism and your own agent
# **Aim.** You add a mechanism that the model does not have – people who tire – and do what makes a mechanism worth believing: you switch
# it off, you hold it against a formula, and only then you ask what it does to the firm.
#
# **Time.** An hour with the exercises. The cells run for under two minutes.

# %%
import math
import os

import numpy as np

import sim
from sim.model.path import Path
from sim.validation.queues import queue, wait_mmc

FAST = bool(os.environ.get("ORGSIM_FAST"))  # the project's tests run every notebook with few histories
HISTORIES = 2 if FAST else 12

# %% [markdown]
# ## A mechanism: a sentence, an equation, a source, an off value
# Every mechanism of the model has the same form: what it says in one sentence; an equation as a small function without side effects;
# numbers with units and a reason; a value at which it is *off*. Here is yours.
#
# > A team that has worked for d days since its last rest loses the share 1 − exp(−tiring · d) of its day. It rests on every n-th day.


# %%
def lost_share(days_since_rest: float, tiring: float) -> float:
    """Share of the day that a team loses [0, 1); tiring [1 / day]: an assumption of this notebook. Off: tiring at 0 loses nothing."""
    return 1.0 - math.exp(-tiring * days_since_rest)


assert lost_share(10, 0.0) == 0.0
assert lost_share(0, 0.05) == 0.0
assert lost_share(1, 0.05) < lost_share(2, 0.05) < 1.0

# %% [markdown]
# ## An agent that lives by it
# The agents of the model are `sim.Team`, `sim.Liaison` and `sim.Leader`. A class of your own overrides what they do; `super()` is what
# the model does. A team's fields are read and written by their names (`sim.Team.fields` lists them). `unsettled` is the share of its
# time that a team loses, to whatever reason.


# %%
class Tired(sim.Team):
    """A team that tires, and rests on every n-th day; with n = 0 it never rests."""

    tiring = 0.04
    rest_every = 5

    def build(self) -> None:
        worked = self.model.day % self.rest_every if self.rest_every else 0
        if self.rest_every and worked == self.rest_every - 1:
            return  # a day of rest: nothing is built
        self.unsettled = lost_share(worked, self.tiring)
        super().build()


# %% [markdown]
# ## Validation 1: off means gone
# With `tiring` at 0 and no rest, your class must give exactly what the model gives: not nearly the same numbers, the same numbers. The
# reference runs in the compiled kernel; yours goes through Mesa, agent by agent.


# %%
class Off(Tired):
    tiring = 0.0
    rest_every = 0


short = [("run.warm_up", "60"), ("run.days", "60" if FAST else "120")]
designs = ["partnership", "pervasive"]
reference = sim.compare("two_product_venture", designs, replicates=2, overrides=short)
switched_off = sim.compare("two_product_venture", designs, replicates=2, overrides=short, agents=[Off])
np.testing.assert_array_equal(reference.outcomes, switched_off.outcomes)
print(f"{reference.outcomes.size} numbers are the same to the last digit.")

# %% [markdown]
# ## Validation 2: a limit with a formula
# Take one team of one person with everything else off, and let it lose the same share s of *every* day. That is a server slowed down by
# 1 / (1 − s). Items that arrive at random then wait as in the queue M/M/1 whose load is ρ / (1 − s).
#
# **Your prediction.** The team is busy for half of the time, and then loses a quarter of each day. By which factor does the mean wait
# grow? Write it down before you go on.

# %%
my_guess_factor = None


# %%
class Slowed(sim.Team):
    """A team that loses the same share of every day."""

    lost = 0.25

    def build(self) -> None:
        self.unsettled = self.lost
        super().build()


def mean_wait(plan, until: int, seed: int, team: type = sim.Team) -> tuple[float, int]:
    """(mean days from raised to begun of the items raised before day `until`, how many these are)."""
    model = sim.OrgModel(path=Path(plan), seed=seed, team_class=team, collect_every=0).run()
    items = model.world.items[: model.world.firm[0].raised]
    items = items[items["raised"] < until]
    return float((items["begun"] - items["raised"]).mean()), len(items)


load, days = 0.5, 10.0  # days of work an item
busy = load / (1.0 - Slowed.lost)
counted, seeds = (20, (1,)) if FAST else (400, (1, 2))
own, _, until = queue(1, load, None, days, counted)
larger, _, _ = queue(1, busy, None, days / (1.0 - Slowed.lost), counted)  # the same arrivals, each with more work
mine = [mean_wait(own, until, seed, Slowed) for seed in seeds]
same = [mean_wait(larger, until, seed) for seed in seeds]
for (slowed, count), (grown, _) in zip(mine, same):
    print(f"{count} items: wait {slowed:.3f} days with the slowed team, {grown:.3f} days where items are larger by 1 / (1 − s)")
    assert math.isclose(slowed, grown, rel_tol=1e-6)
expected = wait_mmc(1, busy) / (1.0 - Slowed.lost) / wait_mmc(1, load)
print(f"The formula for ever more items: {expected:.2f} times as long. ", sim.check_answer(my_guess_factor, expected, within=0.1))

# %% [markdown]
# A slowed team and larger items are the same thing to the last digits: the mechanism does what its equation says. (How well the queue
# itself agrees with its formula is tested in notebook 2.)

# %% [markdown]
# ## And in the firm
# Now it may speak. A small firm, both designs, all teams tire.

# %%
longer = [("run.warm_up", "60"), ("run.days", "80" if FAST else "360")]
usual = sim.compare("two_product_venture", designs, replicates=HISTORIES, overrides=longer)
tired = sim.compare("two_product_venture", designs, replicates=HISTORIES, overrides=longer, agents=[Tired])
for design in designs:
    before, after = (one.analysis.estimates[design]["throughput_days"].mean for one in (usual, tired))
    print(f"{design}: {before:.0f} person-days of work a month went live, {after:.0f} with teams that tire ({after / before - 1:+.0%})")

# %% [markdown]
# ## The figure that matters
# What a team gives per day over a whole cycle, against how often it rests.


# %%
def given_a_day(rest_every: int, tiring: float = Tired.tiring) -> float:
    """Mean share of a day's work that a team gives, rest day included."""
    return sum(1.0 - lost_share(day, tiring) for day in range(rest_every - 1)) / rest_every


rests = range(2, 16)
best = max(rests, key=given_a_day)
sim.draw_lines(
    f"With {Tired.tiring:.0%} lost for each day worked, resting on every {best}th day gives most",
    {"a team": [(every, given_a_day(every)) for every in rests]}, across="rest on every n-th day", up="share of a day's work given",
    dots="by the equation",
)  # fmt: skip

# %% [markdown]
# ## Exercise 1: who tires faster rests more often
# Let teams tire twice as fast. On every how many-th day should they rest? Answer with a whole number.

# %%
my_answer_1 = None

# %% tags=["solution"]
right_1 = max(rests, key=lambda every: given_a_day(every, 2 * Tired.tiring))
print(sim.check_answer(my_answer_1, right_1))
assert right_1 < best

# %% [markdown]
# ## Exercise 2: is it still off?
# A colleague writes the loss as `1.0 - 0.999 * math.exp(-tiring * days_since_rest)`, "because nobody is ever fully rested". Would the test
# of *off means gone* still pass: `"yes"` or `"no"`?

# %%
my_answer_2 = ""

# %% tags=["solution"]


class NeverRested(Off):
    """Loses a thousandth even where nobody tires."""

    def build(self) -> None:
        self.unsettled = 1.0 - 0.999 * math.exp(0.0)
        sim.Team.build(self)


theirs = sim.compare("two_product_venture", designs, replicates=2, overrides=short, agents=[NeverRested])
passes = np.array_equal(theirs.outcomes, reference.outcomes, equal_nan=True)
print(sim.check_answer(my_answer_2, "yes" if passes else "no"))
assert not passes, "a test that cannot fail is none: this one notices a thousandth"

# %% [markdown]
# ## Exercise 3: an agent of another kind
# Write a liaison who translates on every second day only (`class HalfTime(sim.Liaison)`, method `translate`), and run the partnership
# with it: `sim.compare("branch_bank", designs, replicates=2, overrides=span, agents=[HalfTime])`. (Two histories of a short span: agents
# are slow.) Do items wait `"more"` or `"less"` for a liaison than before? And in the pervasive design, which has no liaisons: does anything
# change, `"yes"` or `"no"`?

# %%
span = [("run.warm_up", "60"), ("run.days", "100" if FAST else "240")]
my_answer_wait = ""
my_answer_pervasive = ""

# %% tags=["solution"]


class HalfTime(sim.Liaison):
    """Translates on even days."""

    def translate(self) -> None:
        if self.model.day % 2 == 0:
            super().translate()


full, half = (sim.compare("branch_bank", designs, replicates=2, overrides=span, agents=own) for own in (None, [HalfTime]))
waits = [one.analysis.estimates["partnership"]["days_liaison"].mean for one in (full, half)]
print(sim.check_answer(my_answer_wait, "more" if waits[1] > waits[0] else "less"), f"({waits[0]:.2f} → {waits[1]:.2f} days)")
untouched = np.array_equal(full.outcomes[1], half.outcomes[1], equal_nan=True)
print(sim.check_answer(my_answer_pervasive, "no" if untouched else "yes"))
assert waits[1] > waits[0]
assert untouched

# %% [markdown]
# ## From a notebook into the model
# What you wrote runs agent by agent, many times slower than the model's own rules. To run it a million times, it becomes a file in
# `sim/model/mechanisms/`: the same equation, compiled, with its parameters, units, ranges and sources, and one line in the day. The steps
# stand in `CONTRIBUTING.md`; the tests that it asks for are the two that you have just made.
#
# ## What this model cannot tell you
# - Whether people tire as fast as `Tired.tiring` says. That number is made up. A mechanism that passes its tests does what it says;
#   whether the world does is another question, and needs data.
# - What you did not write: nobody falls ill, leaves or makes mistakes here because of being tired.
#
# **Back to:** [1 · A first comparison](1_first_comparison.ipynb)
