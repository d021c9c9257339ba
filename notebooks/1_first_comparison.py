# %% [markdown]
# # 1 · A first comparison
# **Aim.** You put one firm under three designs of its technology work, read what comes out, and learn what an interval here says and
# what it does not.
#
# **Time.** Half an hour with the exercises. The cells themselves run for well under two minutes.
#
# **Before you start.** Each cell is run with Shift-Enter. Change any of them: nothing can break.

# %%
import os

import sim

HISTORIES = 16 if os.environ.get("ORGSIM_FAST") else 200  # the project's tests run every notebook with few

# %% [markdown]
# ## The firm and the question
# The *branch bank* is a made-up retail bank. Its units (payments, cards, mortgages, …) ask for changes to the software that they work
# with: *items* of work. The question of this whole project is who should do that work, and who decides about it:
#
# - **partnership**: an IT unit serves the business units. Liaisons translate, a board decides, money comes project by project.
# - **pervasive**: technologists sit in the business units, decide most things themselves, and are funded as standing teams.
# - **modern partnership**: the partnership with the newest engineering practice and nothing else changed. It is here to be fair: a new
#   tool is not a new organisation.

# %%
firm = sim.load_scenario("branch_bank")
print(f"{firm.firm['units']:.0f} units, {firm.firm['technologists']:.0f} technologists under the partnership.")
print(f"Each design lives {firm.run.warm_up} working days that are not counted, so that it settles, and then {firm.run.days} that are.")
print(f"Held equal between the designs: {firm.run.equal}.")

# %% [markdown]
# ## Your prediction
# Which of the two, `"partnership"` or `"pervasive"`, will earn more for each unit of money that is spent on technology? And which will
# deliver a typical item sooner? Write both down before you go on. A wrong guess that you wrote down teaches more than a right one that
# you did not.

# %%
my_guess_earns = ""  # "partnership" or "pervasive"
my_guess_sooner = ""

# %% [markdown]
# ## The comparison
# One *history* is one simulated run of the firm: customers change what they want, people leave, items come and go. Chance has a large
# part in it. So every design lives through many histories, and the designs share them: the first history has the same customers, the
# same demand and the same resignations under each.

# %%
result = sim.compare("branch_bank", ["partnership", "modern_partnership", "pervasive"], replicates=HISTORIES)
print(result.headline)

# %%
earning = result.difference("return_on_spend", "pervasive")
speed = result.difference("lead_time_median", "pervasive")
earns = earning.better or earning.verdict
sooner = speed.better or speed.verdict
print("Earns more:  ", sim.check_answer(my_guess_earns, earns))
print("Is sooner:   ", sim.check_answer(my_guess_sooner, sooner))

# %% [markdown]
# ## The figure that matters
# Right of the line, pervasive is better; left of it, partnership is. The bar is an interval: where the true mean difference would lie.
# Hollow and grey means that the interval holds zero, so that the histories do not say who is better.

# %%
result.plot.difference("pervasive")

# %% [markdown]
# Neither design is better at everything. That is the point of the model: every choice has a price, and a comparison that shows only one
# side of it is worth little.

# %% [markdown]
# ## What an interval says
# Take the return on spend. Each history gives one difference between pervasive and partnership, because both lived through the same one.

# %%
returns = result.runs.pivot(index="seed", columns="design", values="return_on_spend")
gap = returns["pervasive"] - returns["partnership"]
print(f"In {(gap > 0).mean():.0%} of {len(gap)} histories pervasive earns more.")
print(f"One history's difference lies between {gap.min():+.2f} and {gap.max():+.2f}.")
print(f"Its mean is {earning.mean:+.3f}, and the interval of that mean {earning.low:+.3f} to {earning.high:+.3f}.")

# %% [markdown]
# Two different things, and they are easily mixed up:
#
# - The **share of histories** says what may happen to *one* bank. With more histories it becomes better known, and no larger or smaller.
# - The **interval** says how well we know the *mean*. It shrinks with more histories, as the square root of their number does.
#
# Both speak of chance only. If the assumptions do not fit your firm, ten million histories do not help.

# %%
for histories in (len(gap) // 4, len(gap)):
    half = 1.96 * gap[:histories].std() / histories**0.5
    print(f"{histories:4d} histories: mean {gap[:histories].mean():+.3f}, one interval alone ± {half:.3f}")

# %% [markdown]
# (The chart's intervals are wider than these: they hold for all outcomes *at once*. Whoever looks at many outcomes will always find one
# that chance has lifted.)

# %% [markdown]
# ## Exercise 1: is it the organisation or the tools?
# Against partnership, who has the larger lead in return on spend: `"modern_partnership"` or `"pervasive"`? What would you tell a board
# that wants to reorganise in order to release faster?

# %%
my_answer_1 = ""

# %% tags=["solution"]
leads = {name: result.difference("return_on_spend", name).mean for name in ("modern_partnership", "pervasive")}
right_1 = max(leads, key=leads.get)
print(sim.check_answer(my_answer_1, right_1))
print("; ".join(f"{name} {lead:+.2f}" for name, lead in leads.items()))
assert leads["modern_partnership"] > 0
print("Practice alone earns more than today's partnership, without anybody changing desks. Try it before you reorganise.")

# %% [markdown]
# ## Exercise 2: what is pairing worth?
# Suppose the designs had lived through *different* histories. The variance of the difference would then be the sum of both variances.
# How many times as many histories would be needed for an interval of the same width? Compute it from `returns` and `gap`.

# %%
my_answer_2 = None

# %% tags=["solution"]
right_2 = (returns["pervasive"].var() + returns["partnership"].var()) / gap.var()
print(sim.check_answer(my_answer_2, float(right_2), within=0.05))
print("(returns['pervasive'].var() + returns['partnership'].var()) / gap.var()")
assert right_2 > 1.0, "shared luck takes something off the variance"

# %% [markdown]
# ## Exercise 3: ask for more
# Give the bank twice as much to do: the cell below runs it. Who earns more now: `"pervasive"`, `"partnership"` or `"too close"`? The firm
# is overloaded; think about who says no to work.

# %%
my_answer_3 = ""

twice = [("firm.change_load", str(2 * firm.firm["change_load"]))]
busy = sim.compare("branch_bank", ["partnership", "pervasive"], replicates=HISTORIES, overrides=twice)

# %% tags=["solution"]
swamped = busy.difference("return_on_spend")
print(sim.check_answer(my_answer_3, swamped.better or swamped.verdict))
print(f"Pervasive less partnership: {swamped.mean:+.3f} ({swamped.low:+.3f} to {swamped.high:+.3f}); it was {earning.mean:+.3f}.")
for design in busy.designs:
    refused, still_open = (busy.analysis.estimates[design][name].mean for name in ("rejected_share", "open_share"))
    print(f"{design}: turns down {refused:.0%} of what it is asked for; {still_open:.0%} is still open at the end.")
assert swamped.mean < earning.mean, "a lead that depends on not being swamped shrinks when the firm is"

# %% [markdown]
# ## What this model cannot tell you
# - Whether *your* firm is like the branch bank. Its numbers are starting points, many of them assumptions (`orgsim list parameters`).
# - What the way from one design to the other costs. That is [notebook 6](6_the_journey.ipynb).
# - Anything about competitors, prices and sales: a benefit here is what a change is worth to the firm.
#
# **Next:** [2 · Where the days go](2_where_the_days_go.ipynb)
