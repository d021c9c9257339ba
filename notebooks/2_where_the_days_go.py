# %% [markdown]
# # 2 · Where the days go
# **Aim.** You take the lead time of a change apart, day by day, and check the three laws behind it – queues, gates, pooling – against
# their formulas with the very code that simulates the firm.
#
# **Time.** Forty minutes with the exercises. The cells run for under two minutes.

# %%
import os

import sim
from sim.validation.gate import gate_wait, measured_gate_wait
from sim.validation.pooling import break_even, time_dedicated, time_pooled
from sim.validation.queues import measure_wait, wait_mmc

FAST = bool(os.environ.get("ORGSIM_FAST"))  # the project's tests run every notebook with few histories
HISTORIES = 8 if FAST else 100

# %% [markdown]
# ## The life of one item
# `sim.run` lives one history through the agents that one can look at. Here is an item that went live, with its days: every day between
# *raised* and *live* is charged to exactly one cause.

# %%
from sim.model.trace import items_table

model = sim.run("branch_bank", "partnership", seed=3, overrides=[("run.warm_up", "240"), ("run.days", "120" if FAST else "240")])
items = items_table(model).to_pandas()
causes = [column for column in items.columns if column.startswith("days_")]
done = items[(items["stage"] == "live") & (items["kind"] == "change")]
life = done.loc[done[causes].sum(axis=1).idxmax()]
print(f"Item {life['item']} of {life['size']:.0f} person-days was raised on day {life['raised']} and went live on day {life['ended']}.")
print(life[causes][life[causes] > 0].to_string())

# %% [markdown]
# ## Your prediction
# Over all finished items of the partnership: which share of the lead time is *building*, when somebody really works on the item? Write
# it as a number between 0 and 1.

# %%
my_guess_building = None

# %%
result = sim.compare("branch_bank", ["partnership", "pervasive"], replicates=HISTORIES)
flow = result.analysis.estimates["partnership"]["flow_efficiency"].mean
print(sim.check_answer(my_guess_building, flow, within=0.25))
print("Most people guess far too high: they think of the work and not of the waiting.")
assert flow < 0.2, "flow efficiency of the partnership is within the published 5 to 15 %, or near it"

# %% [markdown]
# ## The figure that matters

# %%
result.plot.days()

# %% [markdown]
# One trap: the bars hold *finished* items only. A design that finishes little, and first what is small and quick, looks good here.

# %%
for design in result.designs:
    print(f"{design}: {result.analysis.estimates[design]['finished_share'].mean:.0%} of what was raised went live in the time counted.")

# %% [markdown]
# ## Queues: the last tenth of load costs most
# One team, items arriving at random, sizes that vary: this is the queue called M/M/1. Its mean wait is ρ / (1 − ρ) times the work of an
# item, with ρ the load, the share of time that the team is busy. To check the simulator, every mechanism but the queue is switched off.

# %%
loads = (0.5, 0.7, 0.8) if FAST else (0.5, 0.6, 0.7, 0.8, 0.9)
measured = {load: measure_wait(1, load, items=2000, relative=0.10, batch=16) for load in loads}
waits = [(load, found.mean, found.half_width) for load, found in measured.items()]
formula = {load: wait_mmc(1, load) for load in loads}
sim.draw_lines(
    f"At a load of {loads[-1]:.0%} an item waits {formula[loads[-1]] / formula[loads[0]]:.0f} times as long as at {loads[0]:.0%}",
    {"one team": waits}, across="load", up="mean wait, in times the work of an item", published={"one team": formula},
    intervals="99 %",
)  # fmt: skip

# %%
for load, found in measured.items():
    print(f"load {load:.0%}: formula {formula[load]:.2f}, simulated {found.mean:.2f} ± {found.half_width:.2f} (99 %, {found.runs} runs)")
    assert abs(found.mean - formula[load]) <= 1.5 * found.half_width

# %% [markdown]
# This is why a firm that keeps all of its people busy is slow, and why asking a busy firm for a little more makes it much slower.

# %% [markdown]
# ## Gates: half the interval, whatever the board decides
# A board that meets every k days makes an item wait (k − 1) / 2 days on average, even if it says yes to everything.

# %%
for interval in (1, 5, 20):
    print(f"every {interval:2d} days: formula {gate_wait(interval):4.1f}, simulated {measured_gate_wait(interval, 60, seed=1):4.1f}")

# %% [markdown]
# ## Pooling: one big queue or many small ones?
# Ten teams can each serve one unit, or all share one queue. The shared queue wins on waiting: nobody is idle while there is work. But
# who works for everybody knows nobody's business, and takes longer for each item. The question is: how much longer may it take?

# %%
shares = [load / 20 for load in range(10, 19)]
sim.draw_lines(
    f"At half load a pool may take {break_even(10, 0.5):.0%} longer for an item; at a load of {0.9:.0%} only {break_even(10, 0.9):.0%}",
    {"ten teams": [(load, break_even(10, load)) for load in shares], "five teams": [(load, break_even(5, load)) for load in shares]},
    across="load", up="how much longer a pool may take for an item and still be as quick in all",
    dots="by the formula",
)  # fmt: skip

# %% [markdown]
# So neither structure is quicker as such. At low load, pool; where everybody is busy, even a small loss in translation hands the
# advantage to teams of one's own.

# %% [markdown]
# ## Exercise 1: from busy to very busy
# By the formula: how many times as long does an item wait for one team at a load of 0.95 as at 0.80?

# %%
my_answer_1 = None

# %% tags=["solution"]
right_1 = wait_mmc(1, 0.95) / wait_mmc(1, 0.80)
print(sim.check_answer(my_answer_1, right_1, within=0.02))
assert abs(right_1 - (0.95 / 0.05) / (0.80 / 0.20)) < 1e-9

# %% [markdown]
# ## Exercise 2: a board that meets more often
# Let the partnership's board meet every week, not every month: `overrides=[("design.partnership.board_interval", "5")]`. By the formula
# an item before the board saves `gate_wait(20) - gate_wait(5)` days. Does the median lead time of the firm fall by `"more"` than that,
# or by `"less"`? Hint: think about what stands behind the board.

# %%
my_answer_2 = ""

# %% tags=["solution"]
weekly = sim.compare("branch_bank", ["partnership", "pervasive"], HISTORIES, overrides=[("design.partnership.board_interval", "5")])
usual, often = (found.analysis.estimates["partnership"] for found in (result, weekly))
medians = [found.runs[found.runs["design"] == "partnership"].set_index("seed")["lead_time_median"] for found in (result, weekly)]
change = medians[1] - medians[0]
by_formula = gate_wait(20) - gate_wait(5)
print(sim.check_answer(my_answer_2, "more" if -change.mean() > by_formula else "less"))
half = 1.96 * change.std() / len(change) ** 0.5
print(f"By the formula {by_formula:.1f} days less; the firm's median lead time changes by {change.mean():+.1f} days (± {half:.1f}).")
for cause in ("board", "funding", "team_queue"):
    print(f"  {cause:10s} {usual[f'days_{cause}'].mean:5.1f} → {often[f'days_{cause}'].mean:5.1f} days")
print("What a gate no longer holds, the next queue does: a faster board only hands work on to teams that are busy already.")
assert often["days_board"].mean < usual["days_board"].mean

# %% [markdown]
# ## Exercise 3: pool or not?
# Ten teams at a load of 0.8; in a pool every item takes 30 % longer. Which is quicker in all, `"pool"` or `"own teams"`? Use
# `time_pooled(10, 0.8, 0.3)` and `time_dedicated(0.8)`, or say it from the chart.

# %%
my_answer_3 = ""

# %% tags=["solution"]
together, alone = time_pooled(10, 0.8, 0.3), time_dedicated(0.8)
print(sim.check_answer(my_answer_3, "pool" if together < alone else "own teams"))
print(f"Formula, in times the work of an item: pool {together:.1f}, own teams {alone:.1f} (infinite: the pool cannot keep up).")
print("`orgsim validate --only V7` simulates both at the break-even and around it.")
assert together > alone

# %% [markdown]
# ## What this model cannot tell you
# - The formulas assume steady load. Real firms have bad weeks; the firm's own demand in the simulator comes in bursts too, and then
#   formulas are only a lower bound.
# - How much longer a stranger takes for an item in *your* firm. That number decides about pooling, and it can be measured: compare how
#   long the same team takes for its own unit and for others.
#
# **Next:** [3 · Knowledge and innovation](3_knowledge_and_innovation.ipynb)
