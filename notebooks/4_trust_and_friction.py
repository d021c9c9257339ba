# %% [markdown]
# # 4 · Trust and friction
# **Aim.** You follow trust between units and those who deliver to them, day by day, and find out what friction between units is made of
# in either design, and which frictions a design only swaps for others.
#
# **Time.** Forty minutes with the exercises. The cells run for under two minutes.

# %%
import os

import sim
from sim.model.intent import fidelity
from sim.model.mechanisms.trust import trust_after

FAST = bool(os.environ.get("ORGSIM_FAST"))  # the project's tests run every notebook with few histories
HISTORIES = 8 if FAST else 100

# %% [markdown]
# ## The rule
# A promise that is kept closes a part of the gap to full trust; a broken one takes a part of what there is. The promise is what the
# supplier itself usually manages for that size of work: trust measures reliability, not speed.

# %%
scenario = sim.load_scenario("branch_bank")
gain, loss = (scenario.model[name] for name in ("trust_gain", "trust_loss"))
print(f"A kept promise adds {gain:.0%} of what is missing; a broken one takes {loss:.0%} of what is there.")


def settles_at(kept_share: float) -> float:
    """Where trust settles if this share of promises is kept: the gain of a kept one, weighed, against the loss of a broken one."""
    return kept_share * gain / (kept_share * gain + (1.0 - kept_share) * loss)


shares = [number / 20 for number in range(10, 21)]
few, many = 0.8, 0.95
sim.draw_lines(
    f"Trust settles at {settles_at(few):.2f} where {few:.0%} of promises are kept, and at {settles_at(many):.2f} with {many:.0%}",
    {"trust": [(share, settles_at(share)) for share in shares]}, across="share of promises kept", up="where trust settles, 0 to 1",
    dots="by the rule",
)  # fmt: skip

# %% [markdown]
# Where does it start to matter? With little trust, talk is guarded, and less of what was meant arrives with those who build:

# %%
for trust in (0.2, 0.6, 1.0):
    arrives = fidelity(scenario.model["translation_loss"], scenario.model["liaison_skill"], 0.3, scenario.model["doubt"], trust)
    print(f"trust {trust:.1f}: {arrives:.0%} of the intent reaches a home that hardly knows the unit, with a liaison between them")

# %% [markdown]
# ## Your prediction
# In which design is the *lowest* trust of any unit in its suppliers higher? And in which do people spend a larger share of their hours on
# keeping in step with each other (coordination)?

# %%
my_guess_trust = ""  # "partnership" or "pervasive"
my_guess_coordination = ""

# %%
result = sim.compare("branch_bank", ["partnership", "pervasive"], replicates=HISTORIES)
kinds = ["trust_mean", "trust_min", "coordination_share", "boundary_wait_share", "handoffs_per_item", "escalations_per_month",
         "duplicated_work_share", "shadow_share"]  # fmt: skip
frictions = result.differences(outcomes=kinds)
lowest, talk = (result.difference(name) for name in ("trust_min", "coordination_share"))
print("higher lowest trust:", sim.check_answer(my_guess_trust, result.designs[int(lowest.mean > 0)]))
print("more coordination:  ", sim.check_answer(my_guess_coordination, result.designs[int(talk.mean > 0)]))
assert talk.low > 0.0, "who sits apart must agree with each other: coordination is the pervasive design's price"

# %%
frictions[["label", "first", "second", "difference", "low", "high", "better"]].round(3)

# %% [markdown]
# Read the last column: neither design is without friction. One waits at boundaries; the other talks across them.

# %% [markdown]
# ## The figure that matters
# Trust as it moves, one history through the agents of the model, month by month.

# %%
days = [("run.warm_up", "120"), ("run.days", "120" if FAST else "480")]
courses = {}
for design in ("partnership", "pervasive"):
    model = sim.run("branch_bank", design, seed=5, overrides=days)
    frame = model.datacollector.get_model_vars_dataframe()
    courses[design] = [(row["day"] / 20, row["trust"]) for _, row in frame.iterrows() if row["trust"] == row["trust"]]
sim.draw_lines("Trust of units in those who deliver to them, in one history", courses, across="month", up="mean trust, 0 to 1")

# %% [markdown]
# One history is an anecdote. The averages stand in the table above.

# %% [markdown]
# ## Exercise 1: a spiral by hand
# Trust stands at 0.6. Two promises are broken, then three are kept. Where does it stand? Use `trust_after(trust, kept, gain, loss)`, or
# paper.

# %%
my_answer_1 = None

# %% tags=["solution"]
trust = 0.6
for kept in (False, False, True, True, True):
    trust = trust_after(trust, kept, gain, loss)
print(sim.check_answer(my_answer_1, float(trust), within=0.01))
by_hand = 1 - (1 - 0.6 * (1 - loss) ** 2) * (1 - gain) ** 3
assert abs(trust - by_hand) < 1e-12
print("Three kept promises do not make two broken ones good.")
assert trust < 0.6

# %% [markdown]
# ## Exercise 2: forgiving units
# Let a broken promise weigh no more than a kept one, under both designs: `overrides=[("model.trust_loss", str(gain))]`. Does the mean
# trust in the *partnership* become `"higher"` or `"lower"`? And does its return on spend change by more than matters: `"yes"` or `"no"`?

# %%
my_answer_trust = ""
my_answer_return = ""

# %% tags=["solution"]
forgiving = sim.compare("branch_bank", ["partnership", "pervasive"], HISTORIES, overrides=[("model.trust_loss", str(gain))])
before, after = (one.analysis.estimates["partnership"] for one in (result, forgiving))
print("trust:", sim.check_answer(my_answer_trust, "higher" if after["trust_mean"].mean > before["trust_mean"].mean else "lower"))
moved = abs(after["return_on_spend"].mean - before["return_on_spend"].mean)
matters = 0.05 * before["return_on_spend"].mean
print("return:", sim.check_answer(my_answer_return, "yes" if moved > matters else "no"))
print(f"trust {before['trust_mean'].mean:.2f} → {after['trust_mean'].mean:.2f}")
print(f"return moves by {moved:.3f}; what matters begins at {matters:.3f}")
assert after["trust_mean"].mean > before["trust_mean"].mean

# %% [markdown]
# ## Exercise 3: who is built around?
# A unit that waits long for somebody whom it does not trust builds something around it (shadow work). Under which design is more of what
# was raised built around: `"partnership"` or `"pervasive"`? Check with `overrides=[("off.mechanisms", "shadow")]` that off means gone.

# %%
my_answer_3 = ""

# %% tags=["solution"]
without = sim.compare("branch_bank", ["partnership", "pervasive"], HISTORIES, overrides=[("off.mechanisms", "shadow")])
around = {design: result.analysis.estimates[design]["shadow_share"].mean for design in result.designs}
print(sim.check_answer(my_answer_3, max(around, key=around.get)))
print(", ".join(f"{design}: {share:.1%} of what was raised was built around" for design, share in around.items()))
print("Units also build around colleagues next door, where these have more to do than they can and nobody turns the work down.")
assert all(without.analysis.estimates[design]["shadow_share"].mean == 0.0 for design in without.designs), "off means gone"

# %% [markdown]
# ## What this model cannot tell you
# - What trust is. Here it is a number that follows promises; between people it also follows character, history and fairness.
# - How much a broken promise weighs in your firm. That it weighs more than a kept one is known; the ratio is an assumption that is swept.
# - Politics: nobody here breaks a promise on purpose.
#
# **Next:** [5 · When does partnership win?](5_when_does_partnership_win.ipynb)
