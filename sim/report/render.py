"""From what a page holds to its HTML: the templates, what they may call, and the dark colours."""

from __future__ import annotations

import base64
import importlib.resources
import re
from collections.abc import Mapping

import jinja2
from markupsafe import Markup, escape

from sim.analysis.quantities import plain, sentence
from sim.report.charts.canvas import FONTS
from sim.report.dark import with_dark

OWN_FONT = re.compile(r" font-family: [^;\"]*;?")
"""A drawing inside a page has the page's font."""


def rendered(template: str, colours: Mapping[str, str], content: Mapping[str, object]) -> str:
    """The page as HTML text. colours: design → its colour, in which its name stands wherever it is said."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_source), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters |= {
        "plain": plain, "sentence": sentence, "named": lambda text: named(str(text), colours), "data_url": data_url,
        "drawing": lambda svg: Markup(OWN_FONT.sub("", svg)),
    }  # fmt: skip
    return with_dark(environment.get_template(template).render(fonts=Markup(FONTS), **content).lstrip())


def _source(name: str) -> str:
    return importlib.resources.files("sim.report").joinpath("templates").joinpath(name).read_text(encoding="utf-8")


def named(text: str, colours: Mapping[str, str]) -> Markup:
    """The text with every design's name in its colour."""
    text = text.replace(" %", "\u00a0%")
    if not colours:
        return escape(text)
    lookup = {str(escape(plain(design))).lower(): colour for design, colour in colours.items()}
    longest_first = "|".join(re.escape(name) for name in sorted(lookup, key=len, reverse=True))

    def coloured(found: re.Match[str]) -> str:
        return f'<span class="design" style="color:{lookup[found[0].lower()]}">{found[0]}</span>'

    return Markup(re.sub(rf"(?<!\w)(?:{longest_first})(?!\w)", coloured, str(escape(text)), flags=re.IGNORECASE))


def data_url(text: str, kind: str = "text/csv") -> str:
    """A text as an address that holds it."""
    return f"data:{kind};charset=utf-8;base64,{base64.b64encode(text.encode()).decode()}"
