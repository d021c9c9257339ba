"""The catalogue: all mechanisms in the order of the day, and all their parameters by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sim.core.parameters import Param
from sim.model.mechanisms import (
    build,
    decide,
    demand,
    fund,
    innovate,
    intervene,
    learn,
    observe,
    release,
    reorganise,
    rework,
    route,
    translate,
    trust,
)

MODULES = MappingProxyType({
    "demand": demand, "route": route, "translate": translate, "decide": decide, "fund": fund, "build": build, "rework": rework,
    "release": release, "learn": learn, "innovate": innovate, "trust": trust, "reorganise": reorganise,
    "intervene": intervene, "observe": observe,
})  # fmt: skip

MECHANISMS: Mapping[str, Mapping[str, Param]] = MappingProxyType({name: module.PARAMETERS for name, module in MODULES.items()})
PARAMETERS: Mapping[str, Param] = MappingProxyType({key: param for table in MECHANISMS.values() for key, param in table.items()})

if len(PARAMETERS) != sum(map(len, MECHANISMS.values())):
    raise ValueError("two mechanisms declare a parameter of the same name")
