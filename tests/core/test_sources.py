"""Every source that the package names is known, and every known source is named somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.core.jit import PACKAGE
from sim.core.sources import PROVENANCES, Source, check_keys, keys_in, keys_of, load_sources, parse_sources

PROSE = [PACKAGE.parent / "docs" / "model" / name for name in ("literature.md", "TRACE.md")]
PROSE += sorted((PACKAGE / "report" / "templates").glob("*.md"))
SOUND = '[march1991]\nreference = "March"\ntaken = "figure 1"\nprovenance = "read"\n'


def package_sources() -> Iterator[Path]:
    """The Python files of the package, of which the loader itself only shows how a key is written."""
    return (path for path in PACKAGE.rglob("*.py") if path.name != "sources.py")


def scenario_files() -> Iterator[Path]:
    return (PACKAGE.parent / "scenarios").rglob("*.toml")


def keys_in_texts() -> dict[str, set[str]]:
    """Keys in square brackets by the file that they stand in."""
    files = [*package_sources(), *scenario_files(), *PROSE]
    return {str(path.relative_to(PACKAGE.parent)): keys_in(path.read_text(encoding="utf-8")) for path in files}


def keys_of_numbers() -> dict[str, set[str]]:
    """Keys by the parameter, field of the firm or outcome that names them."""
    catalogue = pytest.importorskip("sim.model.catalogue", exc_type=ModuleNotFoundError)
    from sim.model.outcomes import OUTCOMES
    from sim.scenario.firm import FIRM

    return {name: keys_of(thing.source) for group in (FIRM, catalogue.PARAMETERS, OUTCOMES) for name, thing in group.items()}


def test_every_key_in_a_docstring_comment_or_scenario_is_known():
    for place, keys in keys_in_texts().items():
        try:
            check_keys(keys)
        except ValueError as error:
            pytest.fail(f"{place}: {error}")


def test_every_parameter_and_outcome_names_a_known_source_or_says_that_it_has_none():
    for name, keys in keys_of_numbers().items():
        try:
            check_keys(keys)
        except ValueError as error:
            pytest.fail(f"{name}: {error}")


def test_every_source_is_used():
    used = set().union(*keys_in_texts().values(), *keys_of_numbers().values())
    assert set(load_sources()) - used == set()


def test_sources_stand_in_alphabetical_order_and_cannot_be_changed():
    sources = load_sources()
    assert list(sources) == sorted(sources)
    with pytest.raises(TypeError):
        sources["new2020"] = sources["march1991"]


def test_the_year_of_a_key_stands_in_its_reference():
    for key, source in load_sources().items():
        assert key.strip("abcdefghijklmnopqrstuvwxyz") in source.reference, key


def test_an_unknown_key_is_named_with_the_nearest_known_one():
    with pytest.raises(ValueError, match=r"not in sources.toml: marsh1991 \(did you mean march1991\?\)"):
        check_keys({"marsh1991", "fang2010"})


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ("march1991: figure 1", {"march1991"}),
        ("march1991: figure 1, after [rodan2005]", {"march1991", "rodan2005"}),
        ("assumption: half of what [fang2010] has", {"fang2010"}),
        ("assumption: one in five", set()),
        ("definition", set()),
        ("survey of 2019", {"survey of 2019"}),
    ],
)
def test_the_first_word_of_a_source_is_its_key_unless_it_says_that_there_is_none(source, keys):
    assert keys_of(source) == keys


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (SOUND.replace("march1991", "march"), "not a key"),
        (SOUND.replace('"read"', '"heard"'), "provenance"),
        (SOUND.replace('"figure 1"', '" "'), "needs its taken"),
        (SOUND.replace("taken", "takes"), "has exactly"),
        (SOUND + 'page = "3"\n', "has exactly"),
        ('march1991 = "March"\n', "has exactly"),
    ],
)
def test_a_source_that_is_not_whole_is_an_error(text, fault):
    assert parse_sources(SOUND)["march1991"] == Source("March", "figure 1", "read")
    with pytest.raises(ValueError, match=fault):
        parse_sources(text)


def test_every_provenance_is_told_in_words():
    assert {source.provenance for source in load_sources().values()} <= set(PROVENANCES)
