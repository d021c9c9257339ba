"""The catalogue: all mechanisms in the order of the day, and all their parameters by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sim.core.parameters import Param
from sim.model.mechanisms import (
    adopt,
    architect,
    build,
    cloud,
    coordinate,
    debt,
    decide,
    demand,
    fund,
    innovate,
    intervene,
    lead,
    learn,
    observe,
    release,
    reorganise,
    review,
    rework,
    route,
    shadow,
    spend,
    talent,
    translate,
    trust,
    vendors,
)

MODULES = MappingProxyType({
    module.__name__.rpartition(".")[2]: module for module in (
        demand, route, translate, decide, shadow, fund, coordinate, build, rework, review, release, adopt, debt, learn,
        architect, innovate, trust, lead, talent, vendors, cloud, reorganise, intervene, spend, observe,
    )
})  # fmt: skip

MECHANISMS: Mapping[str, Mapping[str, Param]] = MappingProxyType({name: module.PARAMETERS for name, module in MODULES.items()})
PARAMETERS: Mapping[str, Param] = MappingProxyType({key: param for table in MECHANISMS.values() for key, param in table.items()})

if len(PARAMETERS) != sum(map(len, MECHANISMS.values())):
    raise ValueError("two mechanisms declare a parameter of the same name")
