# %% [markdown]
# # 3 · Knowledge and innovation
# **Aim.** You reproduce two famous models of how organisations learn, live, with the same rules that teams in the firm follow. Then you
# ask what is left of their findings in a firm that must also deliver.
#
# **Time.** Forty-five minutes with the exercises. The cells run for under two minutes.

# %%
import os

import sim
from sim.validation.fang import LATE, knowledge
from sim.validation.march import PUBLISHED, equilibrium_knowledge
from sim.validation.march_moving import with_turnover

FAST = bool(os.environ.get("ORGSIM_FAST"))  # the project's tests run every notebook with few histories
HISTORIES = 6 if FAST else 60

# %% [markdown]
# ## March (1991): the organisation that learns too fast
# There is a truth that nobody knows: a list of things that are so or not so. Members have beliefs about them. The organisation has a
# *code* – standards, principles, "how we do it here". The code learns from the members who know more than it; the members learn from the
# code. How fast they take the code over is *socialisation*.
#
# **Your prediction.** The code learns from its best members at a good speed. Is more known in the end where newcomers take the code over
# `"fast"` or `"slow"`?

# %%
my_guess_march = ""  # "fast" or "slow"

# %%
runs = 60 if FAST else 400
rates = (0.1, 0.5, 0.9)
found = {rate: equilibrium_knowledge(rate, 0.5, runs) for rate in rates}
print(sim.check_answer(my_guess_march, "slow" if found[0.1][0] > found[0.9][0] else "fast"))
assert found[0.1][0] > found[0.9][0], "March (1991), figure 1: slow socialisation knows more"

# %%
sim.draw_lines(
    "Whoever takes the code over slowly keeps the variety that the code learns from",
    {"code learns at 0.5": [(rate, mean, 1.96 * error) for rate, (mean, error) in found.items()]},
    across="socialisation: chance a round that a member takes a belief from the code", up="knowledge at rest, 0 to 1",
    published={"code learns at 0.5": {rate: PUBLISHED[rate, 0.5] for rate in rates}},
)  # fmt: skip

# %% [markdown]
# Fast learners agree soon – on whatever the code happened to say. Then nobody is left from whom it could learn.

# %% [markdown]
# ## After Fang, Lee and Schilling (2010): islands with some bridges
# Now there is no code. Members learn from those they are linked to and who do better. They sit in small groups; a share β of all links
# goes out of the group. Beliefs pay only in blocks that are wholly right, so that half an idea is worth nothing.

# %%
links = (0.0, 0.1, 1.0) if FAST else (0.0, 0.05, 0.1, 0.2, 0.5, 1.0)
known = {share: knowledge(share, 3 if FAST else 10) for share in links}
sim.draw_lines(
    "A few links between groups know more in the end than none, and more than only such links",
    {"at rest": [(share, mean[1], 1.96 * error[1]) for share, (mean, error) in known.items()],
     "early": [(share, mean[0], 1.96 * error[0]) for share, (mean, error) in known.items()]},
    across="β: share of links that leave the group", up="share of blocks wholly right",
)  # fmt: skip

# %%
rest = {share: mean[1] for share, (mean, _) in known.items()}
best = max(rest, key=rest.get)
print(f"After {LATE} rounds the best of these is β = {best:g}, with {rest[best]:.2f}.")
print(f"With no links out it is {rest[0.0]:.2f}, with nothing but such links {rest[1.0]:.2f}.")
assert rest[best] > rest[1.0] > rest[0.0]

# %% [markdown]
# Both models say the same thing from two sides: *who talks to everybody thinks what everybody thinks*.

# %% [markdown]
# ## And in the firm?
# The code is the firm's shared principles (`principles_strength`); the links between groups are communities of practice
# (`guild_strength`). Teams also experiment, and what is true changes (`firm.turbulence`). Pervasive, with its principles from weak to
# strong:

# %%
strengths = ("0.0", "0.4", "0.8")


def with_principles(strength: str, turbulence: str = "0.3"):
    """The two designs, pervasive with principles of some strength, in a world that changes at some rate a year."""
    changes = [("design.pervasive.principles_strength", strength), ("firm.turbulence", turbulence)]
    return sim.compare("branch_bank", ["partnership", "pervasive"], replicates=HISTORIES, overrides=changes)


firms = {strength: with_principles(strength) for strength in strengths}
right = {strength: firm.analysis.estimates["pervasive"]["knowledge_accuracy"] for strength, firm in firms.items()}
for strength, estimate in right.items():
    new = firms[strength].analysis.estimates["pervasive"]["innovations_per_100_technologist_years"].mean
    earned = firms[strength].analysis.estimates["pervasive"]["return_on_spend"].mean
    print(f"principles {strength}: {estimate.mean:.1%} of beliefs right, {new:.1f} innovations per 100 person-years, return {earned:.2f}")

# %% [markdown]
# ## The figure that matters
# What teams know, against how strong the principles of pervasive are. The partnership's line is flat: its principles are its own.

# %%
lines = {}
for design in ("partnership", "pervasive"):
    estimates = {float(strength): firm.analysis.estimates[design]["knowledge_accuracy"] for strength, firm in firms.items()}
    lines[design] = [(strength, known.mean, (known.high - known.low) / 2) for strength, known in estimates.items()]
none, strong = right["0.0"].mean, right["0.8"].mean
sim.draw_lines(
    f"Pervasive teams are right in {none:.0%} of their beliefs without principles, in {strong:.0%} with strong ones",
    lines,
    across="how strong the principles of pervasive are, 0 to 1", up="share of beliefs that are right",
)  # fmt: skip

# %% [markdown]
# And what else moves? The whole comparison, with strong principles:

# %%
firms["0.8"].plot.difference()

# %% [markdown]
# ## Exercise 1: people who leave
# In March's model, let one member in ten leave in each round, and be replaced by somebody who knows nothing:
# `with_turnover(0.9, 0.1, runs)` against `with_turnover(0.9, 0.0, runs)`, for members who learn *fast* (0.9). After 20 rounds, does
# turnover leave the code knowing `"more"` or `"less"`? And for slow learners (0.1)?

# %%
my_answer_fast = ""
my_answer_slow = ""

# %% tags=["solution"]
change = {rate: with_turnover(rate, 0.1, runs)[0][0] - with_turnover(rate, 0.0, runs)[0][0] for rate in (0.1, 0.9)}
print("fast learners:", sim.check_answer(my_answer_fast, "more" if change[0.9] > 0 else "less"))
print("slow learners:", sim.check_answer(my_answer_slow, "more" if change[0.1] > 0 else "less"))
print(f"fast {change[0.9]:+.3f}, slow {change[0.1]:+.3f}: where all agree, only newcomers bring anything new.")
assert change[0.9] > change[0.1], "March (1991), figure 4: turnover helps fast learners more than slow ones"

# %% [markdown]
# ## Exercise 2: a code that learns slowly
# With fast members (0.9), which code knows more at rest: one that learns at 0.1, or one that learns at 0.9? Use
# `equilibrium_knowledge(0.9, …, runs)`. Answer `0.1` or `0.9`.

# %%
my_answer_2 = None

# %% tags=["solution"]
codes = {rate: equilibrium_knowledge(0.9, rate, runs)[0] for rate in (0.1, 0.9)}
print(sim.check_answer(my_answer_2, max(codes, key=codes.get)))
print(", ".join(f"code at {rate}: {value:.2f}" for rate, value in codes.items()))
assert codes[0.1] > codes[0.9], "March (1991), figure 1: the curves cross"

# %% [markdown]
# ## Exercise 3: a world that changes
# Let what is true change ten times as often: `with_principles("0.8", turbulence="3.0")`. Do teams of the pervasive design know `"more"`
# or `"less"` of what is true? And does the *difference* to partnership shrink, `"yes"` or `"no"`?

# %%
my_answer_3 = ""
my_answer_shrinks = ""

# %% tags=["solution"]
restless = with_principles("0.8", turbulence="3.0")
calm, stormy = (one.analysis.estimates["pervasive"]["knowledge_accuracy"].mean for one in (firms["0.8"], restless))
print(sim.check_answer(my_answer_3, "more" if stormy > calm else "less"))
print(f"{calm:.1%} of beliefs right in the calm world, {stormy:.1%} in the other.")
gaps = [one.difference("knowledge_accuracy") for one in (firms["0.8"], restless)]
print(sim.check_answer(my_answer_shrinks, "yes" if abs(gaps[1].mean) < abs(gaps[0].mean) else "no"))
print("Pervasive less partnership: " + " and ".join(f"{100 * gap.mean:+.1f} points" for gap in gaps))
assert stormy < calm

# %% [markdown]
# ## What this model cannot tell you
# - Whether an idea is good. An innovation here is a belief that an experiment found true and that the firm adopted.
# - What your people know. The share of beliefs that are right is a number of the model; nobody can measure it in a firm.
# - The papers' numbers are met where `orgsim validate --only D1` says so; the second one is *after* the paper, whose full text leaves
#   choices open that move the level.
#
# **Next:** [4 · Trust and friction](4_trust_and_friction.ipynb)
