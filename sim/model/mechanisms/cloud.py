"""Cloud: providers do part of the infrastructure's run work at a usage price, and bring tooling for releases with them.

    done by providers = cloud_share · infra_share · run work as it arrives
    spend a day       = done · wage · cloud_price · (1 + cloud_scale · done)
    automation        = 1 − (1 − cloud_floor · cloud_share) · (1 − tooling of enabling teams)

done         run work that providers do today                                   [person-days a day]
infra_share  infrastructure's share of run work as it arrives                   [0, 1]
cloud_scale  rise of the usage price with what is bought                        [per person-day a day]

Providers take their part before enabling teams take theirs, so nothing is done twice; what providers do knows no debt and no
divergence. That bills grow with use until own machines would be cheaper: Wang & Casado (2021) [wang2021].
Counter-force: the usage price rises with scale; what leaves is paid every day, needed or not. Prices: cloud_share (spend_cloud).
Off: infra_share at 0 leaves providers nothing to do; cloud_floor at 0 leaves automation to enabling teams.
"""

from __future__ import annotations

from sim.core.jit import jit, jit_apart
from sim.core.parameters import Param, parameters

PARAMETERS = parameters(
    infra_share=Param(0.35, "run work, as it arrives, that is infrastructure's", "share", 0.20, 0.50, "assumption: a third, swept",
                      off=0.0, minimum=0, maximum=1),
    cloud_floor=Param(0.4, "share of a release's fixed work that full use of providers' tools saves", "share", 0.2, 0.7,
                      "assumption: pipelines and environments come with the service", off=0.0, minimum=0, maximum=1),
    cloud_scale=Param(0.002, "rise of the usage price with each person-day a day that is bought", "per person-day a day", 0.0, 0.005,
                      "assumption: a tenth at 50 person-days a day; at scale bills exceed own machines [wang2021]", off=0.0),
)  # fmt: skip


@jit
def provided(infra_share, cloud_share):
    """Share of all run work, as it arrives, that providers do.

    >>> provided(0.5, 0.5)
    0.25
    """
    return infra_share * cloud_share


@jit
def usage_price(price, scale, done):
    """Price of a provider's person-day, in wages, where `done` person-days a day are bought.

    >>> usage_price(1.0, 0.002, 50.0)
    1.1
    """
    return price * (1.0 + scale * done)


@jit
def floored(tooling, cloud_floor, cloud_share):
    """Share of a release's fixed work that is saved by enabling teams' tooling and providers' together.

    >>> floored(0.5, 0.4, 0.0), floored(0.0, 0.4, 1.0), round(floored(0.5, 0.4, 1.0), 9)
    (0.5, 0.4, 0.7)
    """
    return 1.0 - (1.0 - cloud_floor * cloud_share) * (1.0 - tooling)


@jit_apart
def act(w, day):
    """Providers do their part of today's run work and are paid for it; what is left is the firm's own."""
    p = w.p[0]
    firm = w.firm[0]
    share = provided(p.infra_share, p.cloud_share)
    done = 0.0
    for unit in range(len(w.units)):
        row = w.units[unit]
        done += share * row.run_arrived
        row.run_left = row.run_arrived * (1.0 - share)
    if day >= firm.counting_from:
        firm.run_provided += done
        firm.spend_cloud += done * p.wage * usage_price(p.cloud_price, p.cloud_scale, done)
