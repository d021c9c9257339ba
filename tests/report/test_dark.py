"""Dark pages: every colour that is read on paper is read on a dark ground too, and colours keep their hue."""

from __future__ import annotations

import colorsys
import re

import pytest

from sim.report.colours import BUILDING, INK, PAPER, QUIET, TOO_CLOSE, WAITING, contrast, design_colours, text_on
from sim.report.dark import dark, with_dark

DESIGNS = design_colours(["partnership", "modern_partnership", "pervasive", "a", "b", "c", "d"])
READ = 4.5
"""Contrast that text has at least (WCAG 2.2, AA)."""


@pytest.mark.parametrize("colour", [INK, QUIET, TOO_CLOSE, *DESIGNS.values()])
def test_text_is_read_on_the_dark_ground(colour):
    assert contrast(dark(colour), dark(PAPER)) >= READ


@pytest.mark.parametrize("ground", [BUILDING, *WAITING.values(), *DESIGNS.values()])
def test_text_on_a_coloured_ground_is_still_read(ground):
    assert contrast(dark(text_on(ground)), dark(ground)) >= READ


@pytest.mark.parametrize("colour", [each for name, each in DESIGNS.items() if name != "c"])
def test_a_design_keeps_its_hue(colour):
    hues = [colorsys.rgb_to_hls(*(int(each[place : place + 2], 16) / 255 for place in (1, 3, 5)))[0] for each in (colour, dark(colour))]
    apart = abs(hues[0] - hues[1])
    assert min(apart, 1.0 - apart) < 0.07


def test_only_styles_are_changed_and_paper_keeps_its_colours():
    html = with_dark('<style>\na { color: #1D5FA8; }\n</style><p style="color:#C2410C">#C2410C costs</p>')
    assert "color: var(--c1d5fa8,#1D5FA8)" in html
    assert 'style="color:var(--cc2410c,#C2410C)">#C2410C costs' in html
    assert re.findall(r"@media screen and \(prefers-color-scheme: dark\) \{ :root \{ (.*?) \}", html) == [
        f"--c1d5fa8: {dark('#1D5FA8')}; --cc2410c: {dark('#C2410C')};"
    ]
