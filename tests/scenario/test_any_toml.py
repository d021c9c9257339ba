"""Whatever stands in a file, it loads or gets one message: no other exception, whatever the text."""

from __future__ import annotations

import json
import tomllib

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sim.core.errors import InputError
from sim.organisation.coordinates import COORDINATES
from sim.scenario.firm import FIRM
from sim.scenario.places import places
from tests.scenario.loading import PARAMETERS, load

KNOWN = ["title", "about", "base", "compare", "mechanisms", "days", "warm_up", "equal", *FIRM, *COORDINATES, *PARAMETERS]
TABLES = ["firm", "designs", "design.mine", "design.partnership", "design", "model", "off", "run", "fim", "design.Bad Name", ""]
NAMES = ["partnership", "pervasive", "mine", "branch_bank", "translate", "headcount", "money", ""]

slow_is_fine = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
keys = st.sampled_from(KNOWN) | st.text(max_size=6)
scalars = (
    st.booleans().map(json.dumps)
    | st.integers(-(10**30), 10**30).map(str)
    | st.floats().map(repr)
    | (st.sampled_from(NAMES) | st.text(max_size=8)).map(lambda text: json.dumps(text, ensure_ascii=True))
    | st.sampled_from(["1979-05-27", "07:32:00", "0xff", "1e999", "-0", "''", '"""\n[firm]\nx = 1"""', "1_000"])
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]")
        | st.dictionaries(st.sampled_from(KNOWN), inner, max_size=2).map(
            lambda d: "{" + ", ".join(f"{k} = {v}" for k, v in d.items()) + "}"
        )
    ),
    max_leaves=6,
)


def _header(name: str) -> str:
    return ".".join(part if part.isidentifier() else json.dumps(part) for part in name.split(".", 1))


def _table(name: str, content: dict[str, str]) -> str:
    lines = [f"{json.dumps(key, ensure_ascii=True)} = {value}  # why" for key, value in content.items()]
    return "\n".join([f"[{_header(name)}]"] * bool(name) + lines)


documents = st.tuples(
    st.dictionaries(keys, values, max_size=2),
    st.dictionaries(st.sampled_from(TABLES[:-1]) | st.text(max_size=5).map(lambda text: text.replace(".", "")), st.dictionaries(
        keys, values, max_size=3), max_size=3),
).map(lambda parts: "\n".join([_table("", parts[0]), *(_table(name, content) for name, content in parts[1].items())]))  # fmt: skip


def _loads_or_tells(path, contents: bytes) -> None:
    path.write_bytes(contents)
    try:
        scenario = load(path)
    except InputError as error:
        told = str(error)
        assert str(path) in told
        assert all(letter.isprintable() or letter == "\n" for letter in told)
        assert len(told) < 2000
    else:
        assert len(scenario.digest) == 16


@slow_is_fine
@given(documents)
def test_any_table_of_any_values_loads_or_is_told(tmp_path, text):
    _loads_or_tells(tmp_path / "any.toml", text.encode())


@slow_is_fine
@given(documents)
def test_the_scanner_finds_every_key_that_the_parser_finds(text):
    try:
        data = tomllib.loads(text)
    except ValueError:
        return
    found = places(text)
    for key, value in data.items():
        assert (key,) in found or any(path[0] == key for path in found)
        if isinstance(value, dict):
            assert all(any(path[:2] == (key, inner) for path in found) for inner in value)


@slow_is_fine
@given(st.text(max_size=60))
@example("a = " + "[" * 5000)
@example("a = " + "9" * 5000)
@example("[firm]\nunits = 0x" + "f" * 9000)
@example("a." * 5000 + "a = 1")
@example("[firm." + "a." * 5000 + "a]\nb = 1")
@example("title = '" + "x" * 100000 + "'\n[firm]\n" + "'" + "y" * 100000 + "' = 1")
@example("[firm]\n'\x7f' = 1")
def test_any_text_loads_or_is_told(tmp_path, text):
    _loads_or_tells(tmp_path / "any.toml", text.encode("utf-8", "surrogatepass"))


@slow_is_fine
@given(st.binary(max_size=60))
def test_any_bytes_load_or_are_told(tmp_path, contents):
    _loads_or_tells(tmp_path / "any.toml", contents)


@slow_is_fine
@given(st.text(max_size=20) | st.sampled_from(["firm.units", "design.mine.base", "designs.compare"]), st.text(max_size=20) | scalars)
def test_any_override_loads_or_is_told(path, text):
    try:
        load("branch_bank", (path, text))
    except InputError as error:
        assert str(error).startswith("--set ")


@slow_is_fine
@given(st.text(max_size=20))
@example("x" * 5000)
@example("x" * 5000 + ".toml")
@example("\0.toml")
@example("\ud800.toml")
def test_any_name_loads_or_is_told(name):
    try:
        load(name)
    except InputError as error:
        assert str(error)
