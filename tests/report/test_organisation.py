"""The organisation on one day, and Mesa's own viewer on it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

import sim
from sim.report.charts.organisation import before_board, organisation_svg, seats
from tests.ground.text_of_tree import ROOT


@pytest.fixture(scope="module", params=["partnership", "pervasive"])
def model(request):
    found = sim.OrgModel("branch_bank", request.param, seed=3, collect_every=0)
    for _ in range(60):
        found.step()
    return found


def test_every_team_leader_and_liaison_is_there(model):
    rows = seats(model.world)
    assert sum(len(row.teams) for row in rows) == len(model.teams)
    assert sum(row.leader is not None for row in rows) == len(model.leaders)
    assert sum(row.liaison is not None for row in rows) == len(model.liaisons)


def test_what_is_in_hand_and_waits_is_what_the_model_has(model):
    rows = seats(model.world)
    assert sum(items for row in rows for _, items in row.teams) == sum(team.wip for team in model.teams)
    assert rows[0].name == "board"
    assert rows[0].leader == before_board(model.world)


def test_the_drawing_says_in_words_what_it_shows(model):
    drawing = organisation_svg(model)
    assert f"day {model.day}" in drawing
    assert f"{before_board(model.world)} items before the board" in drawing


def _python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
                          text=True, timeout=180)  # fmt: skip


def test_the_viewer_draws_the_model_and_draws_it_anew_after_a_day():
    """Drawn as the server draws it, without a browser: the widgets hold the drawing."""
    pytest.importorskip("solara")
    code = """
import warnings
warnings.simplefilter("ignore")  # Solara's opinion of Mesa's own components
import ipywidgets, solara
from mesa.visualization.utils import force_update
import sim.solara_app as app

model = app.OrgModel("mobile_bank", "pervasive", 1, collect_every=app.COLLECTED_EVERY)

@solara.component
def View():
    app.viewer(model, "mobile_bank", 1)

def drawn():
    widgets = ipywidgets.widgets.widget._instances.values()
    return [widget.unsafe_innerHTML for widget in widgets if "before the board" in str(getattr(widget, "unsafe_innerHTML", ""))]

box, context = solara.render(View(), handle_error=False)
assert any("day 0 of" in drawing for drawing in drawn()), drawn()
model.step()
force_update()
assert any("day 1 of" in drawing for drawing in drawn()), drawn()
assert set(app.parameters()["design"]["values"]) >= {"partnership", "pervasive"}
solara.render(app.Page(), handle_error=False)
print("drawn twice")
"""
    done = _python(code)
    assert done.stdout.strip() == "drawn twice", done.stderr[-3000:]


@pytest.mark.slow
def test_the_viewers_server_starts_and_answers():
    pytest.importorskip("solara")
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port = place.getsockname()[1]
    command = [sys.executable, "-m", "solara", "run", "sim.solara_app", "--no-open", "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True) as server:  # fmt: skip
        try:
            assert _answer(f"http://127.0.0.1:{port}/", server) == 200
        finally:
            server.terminate()


def _answer(address: str, server: subprocess.Popen[str]) -> int:
    """The server's answer, once it is up. Fails where the server ends or nobody answers for two minutes."""
    for _ in range(240):
        assert server.poll() is None, server.stdout.read() if server.stdout else ""
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return answer.status
        except OSError:
            time.sleep(0.5)
    raise AssertionError("nobody answers")
