# %% [markdown]
# # 6 · The journey
# **Aim.** You hold ways from one design to another against staying where you are: the dip, when it is over, when it is paid back. Then
# you hold what firms usually do instead – a new leader, a new chart, a contract – against doing nothing.
#
# **Time.** Forty minutes with the exercises. The cells run for under two minutes.

# %%
import os

import sim

HISTORIES = 6 if os.environ.get("ORGSIM_FAST") else 40  # the project's tests run every notebook with few

# %% [markdown]
# ## Ways
# The shipped ways lead from partnership to pervasive. `at_once` moves everybody on one day. `practice_first` changes engineering practice
# first, and the organisation later. `by_unit` moves one part of the firm after the other.

# %%
from sim.api import load_transitions

scenario, ways = load_transitions("branch_bank", ["at_once", "practice_first", "by_unit"])
for name, way in ways.items():
    print(f"{name}: {way.about}")
print(f"Each is followed for {scenario.run.days} working days, and held against staying on the same histories.")

# %% [markdown]
# ## Your prediction
# Which of the three has the *shallowest* dip: in which does the firm's worst month lie least below what staying would have given?

# %%
my_guess = ""  # "at_once", "practice_first" or "by_unit"

# %%
journey = sim.transition("branch_bank", ["at_once", "practice_first", "by_unit"], replicates=HISTORIES)
depth = {passage.name: passage.dip.depth.mean for passage in journey.journey.passages}
shallowest = min(depth, key=depth.get)
print(sim.check_answer(my_guess, shallowest))
print("; ".join(f"{name}: worst month {share:.0%} below staying" for name, share in depth.items()))
assert shallowest != "at_once", "to move everybody on one day costs most in its worst month"

# %% [markdown]
# ## The figure that matters
# Above each pair of panels stands a way. Upper panel: what a month brings, less what it would have brought under staying. Lower panel:
# the same, added up since the first day.

# %%
journey.plot()

# %%
print(journey.headline)

# %% [markdown]
# Two dates that are often mixed up:
#
# - **back**: a month is as good as it would have been. The deepest dip is over; a way in several steps may have more dips to come.
# - **paid back**: what was lost on the way has been made good as well. This comes later, and sometimes not at all.

# %%
for passage in journey.journey.passages:
    back = passage.back.day
    paid = passage.median.day
    print(f"{passage.name}: mean month back {'not within the time counted' if back is None else f'on day {back:.0f}'}, "
          f"paid back in half of the histories {'not within the time counted' if paid is None else f'by day {paid:.0f}'}.")  # fmt: skip

# %% [markdown]
# ## Deck chairs
# When a partnership disappoints, firms replace the leader, redraw the chart of the IT unit, or buy more. These are held against doing
# nothing, from the day of the change and once they have settled. So are changes in how work is organised. The yardstick is the other
# organisation, had it been there from the start.

# %%
names = ["better_leader", "restructured_it", "outsourcing", "funded_teams", "owners_of_change"]
moves = sim.intervene("branch_bank", names, replicates=2 * HISTORIES)
moves.plot()

# %%
print(moves.headline)
print()
print(moves.text)

# %% [markdown]
# ## Exercise 1: a new leader
# Once it has settled, does a better technology leader change the return on spend by *more*, or by *less*, than teams that own the change
# of organisation that comes with what they build (`owners_of_change`)?

# %%
my_answer_1 = ""  # "more" or "less"

# %% tags=["solution"]
table = moves.table()
leader, owners = (table.loc[name, "effect"] for name in ("better_leader", "owners_of_change"))
print(sim.check_answer(my_answer_1, "more" if leader > owners else "less"))
print(f"better leader {leader:+.3f}, owners of change {owners:+.3f} on the return per unit spent")
assert owners > leader

# %% [markdown]
# ## Exercise 2: the day of the change and the year after
# Restructuring the IT unit: is its effect in the year that it happens *worse* or *better* than once it has settled? Look at `moves.plot()`
# or at `moves.effects.moves`, where each move has `at_once` and `settled`.

# %%
my_answer_2 = ""  # "worse" or "better"

# %% tags=["solution"]
restructured = next(move for move in moves.effects.moves if move.name == "restructured_it")
first, later = restructured.at_once["return_on_spend"], restructured.settled["return_on_spend"]
print(sim.check_answer(my_answer_2, "worse" if first.mean < later.mean else "better"))
print(f"with its first year {first.mean:+.3f}, once settled {later.mean:+.3f}")
print("New teams must get to know each other: a price that is paid at once, for a gain that is near nothing.")

# %% [markdown]
# ## Exercise 3: another destination
# Take the ways to *modern partnership* instead: `sim.transition("branch_bank", ["at_once"], target="modern_partnership")`. Is the worst
# month *deeper* or *shallower* than on the way to pervasive? Why?

# %%
my_answer_3 = ""  # "deeper" or "shallower"

# %% tags=["solution"]
nearer = sim.transition("branch_bank", ["at_once"], replicates=HISTORIES, target="modern_partnership")
(passage,) = nearer.journey.passages
print(sim.check_answer(my_answer_3, "deeper" if passage.dip.depth.mean > depth["at_once"] else "shallower"))
print(f"worst month {passage.dip.depth.mean:.0%} below staying, against {depth['at_once']:.0%} on the way to pervasive")
print("Nobody changes desks: teams, units and trust stay as they are, and only tools and their cost change.")
assert passage.dip.depth.mean < depth["at_once"]

# %% [markdown]
# ## What this model cannot tell you
# - What resistance, politics and the talent of those who lead the change do. A transition here is done as it is planned.
# - Whether the firm is still asked for the same work in five years.
# - The best way: only the ways that somebody wrote down are compared. Write your own in a TOML file (`orgsim show to_pervasive` prints
#   one to begin with).
#
# **Next:** [7 · Your own mechanism and your own agent](7_your_own.ipynb)
