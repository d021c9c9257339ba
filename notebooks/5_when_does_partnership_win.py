# %% [markdown]
# # 5 · When does partnership win?
# **Aim.** You leave the one firm of the other notebooks, look at seven, then at a whole map of firms, and say in one sentence when which
# design earns more – and how much of the map is too close to say.
#
# **Time.** Forty-five minutes with the exercises. The cells run for under two minutes.

# %%
import os
from itertools import pairwise

import pandas as pd

import sim

FAST = bool(os.environ.get("ORGSIM_FAST"))  # the project's tests run every notebook with few histories
HISTORIES = 6 if FAST else 20
PAIR = ["partnership", "pervasive"]


def lead(firm: str, changes=(), histories: int = HISTORIES):
    """Pervasive less partnership on return on spend, for a firm with some values changed."""
    return sim.compare(firm, PAIR, replicates=histories, overrides=list(changes)).difference("return_on_spend")


# %% [markdown]
# ## Seven firms
# Five archetypes, and two firms that were *sought*: `orgsim seek` went through many plausible firms and kept the one that speaks
# most for either design. They show what it takes, not what is common.

# %%
firms = ["branch_bank", "mobile_bank", "manufacturer", "parcel_carrier", "online_retailer", "small_business_group", "two_product_venture"]
for name in firms:
    print(f"{name}: {sim.load_scenario(name).about.split('. ')[0].strip()}.")

# %% [markdown]
# **Your prediction.** On how many of these seven does the partnership surely earn more?

# %%
my_guess = None

# %%
leads = {name: lead(name) for name in firms}
partnership_wins = sum(found.better == "partnership" for found in leads.values())
print(sim.check_answer(my_guess, partnership_wins))
rows = [(found.first_mean, found.second_mean, found.mean, found.low, found.high, found.better or found.verdict) for found in leads.values()]
pd.DataFrame(rows, index=list(leads), columns=["partnership", "pervasive", "difference", "low", "high", "verdict"]).round(2)

# %% [markdown]
# ## A map
# Two numbers of the firm are varied: how much it is asked for (`firm.change_load`), and how many business experts a mixed team takes with
# it (`firm.business_experts`). All else is the branch bank.

# %%
loads = (0.08, 0.16, 0.24) if FAST else (0.06, 0.10, 0.14, 0.18, 0.22)
experts = (0.06, 0.24) if FAST else (0.06, 0.12, 0.18, 0.24)
grid = {
    (many, load): lead("branch_bank", [("firm.change_load", str(load)), ("firm.business_experts", str(many))])
    for many in experts
    for load in loads
}

# %% [markdown]
# ## The figure that matters
# Above zero pervasive earns more; a bar that crosses zero says nothing either way.

# %%
lines = {
    f"{many:g} experts a head": [(load, grid[many, load].mean, (grid[many, load].high - grid[many, load].low) / 2) for load in loads]
    for many in experts
}
surely = {design: sum(found.better == design for found in grid.values()) for design in PAIR}
sim.draw_lines(
    f"On {len(grid)} firms pervasive surely earns more on {surely['pervasive']}, partnership on {surely['partnership']}",
    lines, across="work asked for, person-days a day per technologist", up="return on spend, pervasive less partnership",
)  # fmt: skip

# %%
words = {load: {many: grid[many, load].better or grid[many, load].verdict for many in experts} for load in loads}
pd.DataFrame(words).rename_axis(index="business experts", columns="change load")

# %% [markdown]
# ## In a sentence
# The simplest rule one can find is a cut: *below this value pervasive, above it partnership*. Which number, cut where, agrees best with
# the sign of the difference?

# %%
points = pd.DataFrame(
    [{"business_experts": many, "change_load": load, "pervasive": found.mean > 0} for (many, load), found in grid.items()]
)


def best_cut(points: pd.DataFrame) -> tuple[str, float, float]:
    """(number, where it is cut, share of firms for which the rule is right) of the best single cut; pervasive below it."""
    found = []
    for number in ("business_experts", "change_load"):
        values = sorted(points[number].unique())
        for low, high in pairwise(values):
            found.append((number, (low + high) / 2, ((points[number] < (low + high) / 2) == points["pervasive"]).mean()))
    return max(found, key=lambda cut: cut[2])


number, where, right = best_cut(points)
always = max(points["pervasive"].mean(), 1 - points["pervasive"].mean())
print(f"Best cut: {number} at {where:g}; it is right on {right:.0%} of the firms. Saying the same of every firm is right on {always:.0%}.")

# %% [markdown]
# A rule that hardly beats "always the same" has discovered nothing. Look at both numbers before you believe a rule – this one or any
# that a consultant shows you.

# %% [markdown]
# ## Exercise 1: what is held equal?
# Designs are compared at equal *money*. Hold *people* equal instead: `[("run.equal", "headcount")]`. On the branch bank, does pervasive's
# lead `"grow"` or `"shrink"`? Who pays for that?

# %%
my_answer_1 = ""

# %% tags=["solution"]
heads = lead("branch_bank", [("run.equal", "headcount")])
money = leads["branch_bank"]
print(sim.check_answer(my_answer_1, "grow" if heads.mean > money.mean else "shrink"))
print(f"equal money {money.mean:+.3f}, equal heads {heads.mean:+.3f}")
print("Pervasive is dearer a head (experts, tools), so equal heads give it more money. `orgsim list designs --prices` shows by how much.")
assert heads.mean > money.mean

# %% [markdown]
# ## Exercise 2: what carries the small businesses' partnership?
# Give the group of small businesses the branch bank's number of units and leave all else: `lead("small_business_group", [("firm.units",
# "12")])`. Does the partnership's lead become `"larger"` or `"smaller"`?

# %%
my_answer_2 = ""

# %% tags=["solution"]
fewer = lead("small_business_group", [("firm.units", "12")])
print(sim.check_answer(my_answer_2, "larger" if fewer.mean < leads["small_business_group"].mean else "smaller"))
print(f"pervasive less partnership: {leads['small_business_group'].mean:+.3f} with its own units, {fewer.mean:+.3f} with twelve")
print("Larger units can do more of their work themselves: the pool of the partnership has less to share out.")
assert fewer.mean > leads["small_business_group"].mean

# %% [markdown]
# ## Exercise 3: too close?
# Somewhere on the map the verdict is "too close". By which factor does an interval there shrink with four times as many histories?

# %%
my_answer_3 = None

# %% tags=["solution"]
closest = min(grid, key=lambda place: abs(grid[place].mean))
values = [("firm.change_load", str(closest[1])), ("firm.business_experts", str(closest[0]))]
few, many = (lead("branch_bank", values, histories) for histories in (HISTORIES, 4 * HISTORIES))
factor = (few.high - few.low) / (many.high - many.low)
print(sim.check_answer(my_answer_3, 2.0, within=0.1))
print(f"In theory 2, the square root of four; here {factor:.1f}. With few histories an interval is wide also because its width is a guess.")
assert factor > 1.3

# %% [markdown]
# ## What this model cannot tell you
# - How common each kind of firm is. A map counts firms that are *plausible*, not firms that there are.
# - What lies off the map: two numbers were varied here. `orgsim seek` and `orgsim robust --assumptions` vary many more.
# - Which of the found firms you are. If your numbers lie near the border, the honest answer is that it does not matter much.
#
# **Next:** [6 · The journey](6_the_journey.ipynb)
