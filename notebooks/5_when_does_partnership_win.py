# %% [markdown]
# # 5 · When does partnership win?
# **Aim.** You leave the one firm of the other notebooks, look at seven, then at a map, then at firms drawn from six numbers at once, and
# say in one sentence when which design earns more – and how far that sentence can be trusted.
#
# **Time.** Forty-five minutes with the exercises. The cells run for under two minutes.

# %%
import os
import tempfile
from pathlib import Path

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
# Two numbers of the firm are varied over all that is plausible: how much it is asked for (`firm.change_load`), and how many business
# experts a mixed team takes with it (`firm.business_experts`). All else is the branch bank. Nobody measures every firm of such a map: it
# begins coarse, and measures more only where neighbours do not say the same.
#
# The command line has the same: `orgsim map branch_bank --across firm.change_load --up firm.business_experts`.

# %%
ACROSS, UP = "firm.change_load", "firm.business_experts"
world = sim.phase_map("branch_bank", ACROSS, UP, designs=PAIR, halvings=0 if FAST else 1, replicates=HISTORIES)

# %% [markdown]
# ## The figure that matters
# Full colour: the interval of the difference is beyond zero. Light: it leans. Hatched: it cannot be told. The ring is the branch bank.

# %%
world.plot()

# %%
print(world.text)

# %% [markdown]
# Every measured firm is a row. These are the ones that say least, however far from zero their difference looks:

# %%
firms_on_map = world.firms().dropna()
widest = (firms_on_map["high"] - firms_on_map["low"]).nlargest(5).index
firms_on_map.loc[widest].round(3)

# %% [markdown]
# ## Many numbers at once
# A map has two sides, a firm has many. A **sweep** draws firms from the whole space that some numbers span, and runs both designs on each.
# Its plan is a file; on the command line it is `orgsim sweep FILE --out DIR`, and `orgsim analyse DIR` says what is found.

# %%
NUMBERS = ("change_load", "business_experts", "turbulence", "coupling", "talent_scarcity", "digital_intensity")
plan = f"""
title = "Firms around the branch bank"
scenario = "branch_bank"
designs = ["partnership", "pervasive"]
replicates = {2 if FAST else 4}
outcomes = ["return_on_spend"]

[sample]
kind = "sobol"
points = {64 if FAST else 256}

[vary]
""" + "\n".join(f'"firm.{name}" = {{}}  # over all that is plausible' for name in NUMBERS)
print(plan)

# %% [markdown]
# **Your second prediction.** With which of these six numbers does the difference between the designs go most? Write it as it stands
# in the plan, such as `"firm.turbulence"`.

# %%
my_guess_2 = ""

# %%
with tempfile.TemporaryDirectory() as folder:
    file = Path(folder, "firms.toml")
    file.write_text(plan, encoding="utf-8")
    drawn = sim.analyse(sim.sweep(file, Path(folder, "results"), workers=0 if FAST else None))
strongest = drawn.found.going[0]
print(sim.check_answer(my_guess_2, strongest.path))
print(f"Rank correlation {strongest.correlation:+.2f}; up to {strongest.bound:.2f} may be chance.")

# %% [markdown]
# ## In a sentence
# *In which firms* is a design better? Two methods look for it: boxes (PRIM peels slices off the space until what is left is nearly
# pure) and a tree of three questions at most. Both are found on one half of the firms and judged on the other half.

# %%
print(drawn.text)

# %% [markdown]
# Before you believe a rule – this one or any that a consultant shows you – look at three things: how often it is right on firms that it
# was *not* found on, how often "always the same" is right, and how many of all cases it covers. A rule that hardly beats "always the same"
# has discovered nothing.

# %%
tree = drawn.found.tree
if tree is not None:
    print(f"The tree is right on {tree.accuracy:.0%} of the other half, saying the same of every firm on {tree.guess:.0%}.")

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
# Take the firm of the map whose difference is nearest to zero. By which factor does its interval shrink with four times as many histories?

# %%
my_answer_3 = None

# %% tags=["solution"]
closest = firms_on_map.loc[firms_on_map["difference"].abs().idxmin()]
values = [(path, str(float(closest[path]))) for path in (ACROSS, UP)]
few, many = (lead("branch_bank", values, histories) for histories in (HISTORIES, 4 * HISTORIES))
factor = (few.high - few.low) / (many.high - many.low)
print(sim.check_answer(my_answer_3, 2.0, within=0.1))
print(f"In theory 2, the square root of four; here {factor:.1f}. With few histories an interval is wide also because its width is a guess.")
assert factor > 1.3

# %% [markdown]
# ## Exercise 4: sure by chance
# The map judges each firm for itself, with intervals that miss the truth five times in a hundred. If the two designs differed *nowhere*,
# on how many firms of this map would one of them still look surely better?

# %%
my_answer_4 = None

# %% tags=["solution"]
by_chance = len(firms_on_map) * 0.05
print(sim.check_answer(my_answer_4, by_chance, within=0.15))
sure = firms_on_map["verdict"].str.endswith("surely").sum()
print(f"About {by_chance:.0f} of the {len(firms_on_map)} measured firms; here {sure} are sure.")
print("One sure firm in the midst of others proves little.")
assert sure <= len(firms_on_map)

# %% [markdown]
# ## What this model cannot tell you
# - How common each kind of firm is. A map counts firms that are *plausible*, not firms that there are.
# - What lies off the map: two and six numbers were varied here. `orgsim seek` and `orgsim robust --assumptions` vary many more.
# - Which of the found firms you are. If your numbers lie near the border, the honest answer is that it does not matter much.
#
# **Next:** [6 · The journey](6_the_journey.ipynb)
