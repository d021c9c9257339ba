"""Dark pages: every colour of a page has a counterpart for readers whose screen is dark, made by rule; paper stays white.

The rule turns the lightness of a colour over in OKLab (Ottosson 2020) and keeps its hue: white becomes the dark ground, ink becomes
light, and what stood out from its ground still does (a test holds the contrasts).
"""

from __future__ import annotations

import re
from functools import lru_cache

GROUND, SPAN = 0.205, 0.94
"""Lightness that white becomes, and how much lighter black becomes than that."""

COLOUR = re.compile(r"#([0-9a-fA-F]{6})\b")
STYLED = re.compile(r'(?<=style=")[^"]*(?=")|(?<=<style>).*?(?=</style>)', re.DOTALL)
STEPS = 24
"""Halvings by which the largest chroma is found that a screen can show."""

# Rows of Ottosson's matrices: linear sRGB to cone responses, their cube roots to OKLab, and both back.
_TO_CONE = (
    (0.4122214708, 0.5363325363, 0.0514459929), (0.2119034982, 0.6806995451, 0.1073969566), (0.0883024619, 0.2817188376, 0.6299787005),
)  # fmt: skip
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468), (1.9779984951, -2.4285922050, 0.4505937099), (0.0259040371, 0.7827717662, -0.8086757660),
)  # fmt: skip
_FROM_LAB = ((1.0, 0.3963377774, 0.2158037573), (1.0, -0.1055613458, -0.0638541728), (1.0, -0.0894841775, -1.2914855480))
_FROM_CONE = (
    (4.0767416621, -3.3077115913, 0.2309699292), (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)  # fmt: skip


def with_dark(html: str) -> str:
    """The page with its colours as variables, and their dark counterparts for screens that ask for them."""
    used: dict[str, None] = {}

    def variable(found: re.Match[str]) -> str:
        used[found[1].lower()] = None
        return f"var(--c{found[1].lower()},{found[0]})"

    html = STYLED.sub(lambda style: COLOUR.sub(variable, style[0]), html)
    pairs = " ".join(f"--c{colour}: {dark(f'#{colour}')};" for colour in used)
    return html.replace("</style>", f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {pairs} }} }}\n</style>", 1)


@lru_cache(maxsize=1024)
def dark(colour: str) -> str:
    """A colour's counterpart on a dark ground.

    >>> dark("#ffffff"), dark("#1a202c")
    ('#171717', '#dbe4f4')
    """
    light, a, b = _lab(colour)
    light = GROUND + (1.0 - light) * SPAN
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if _is_shown(light, middle * a, middle * b) else (low, middle)
    return "#" + "".join(f"{round(255 * _gamma(min(1.0, max(0.0, part)))):02x}" for part in _linear(light, low * a, low * b))


def _is_shown(light: float, a: float, b: float) -> bool:
    return all(-1e-6 <= part <= 1.0 + 1e-6 for part in _linear(light, a, b))


def _lab(colour: str) -> tuple[float, float, float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    light, a, b = _times(_TO_LAB, [part ** (1.0 / 3.0) for part in _times(_TO_CONE, linear)])
    return light, a, b


def _linear(light: float, a: float, b: float) -> list[float]:
    return _times(_FROM_CONE, [part * part * part for part in _times(_FROM_LAB, [light, a, b])])


def _gamma(part: float) -> float:
    return float(12.92 * part if part <= 0.0031308 else 1.055 * part ** (1.0 / 2.4) - 0.055)


def _times(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> list[float]:
    return [sum(factor * part for factor, part in zip(row, vector, strict=True)) for row in matrix]
