"""Where compiled code is kept: a folder of its own for every state of the sources, and only ours to write."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import numba
import numpy as np
import pytest

from sim.core.jit import COMPILED, COMPILING, PACKAGE, cache_folder, entry, jit, model_digest, sources_digest

digest_now = sources_digest.__wrapped__
"""The digest, without the memory that a process keeps of it."""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the package's ground, free to be changed."""
    package = tmp_path / "sim"
    shutil.copytree(PACKAGE / "core", package / "core", ignore=shutil.ignore_patterns("__pycache__"))
    return package


def test_a_copy_of_the_sources_has_the_digest_of_the_original(copied):
    assert digest_now(("core",), copied) == digest_now(("core",), PACKAGE)


def test_changing_one_character_of_a_source_changes_the_digest(copied):
    before = digest_now(("core",), copied)
    source = copied / "core" / "errors.py"
    source.write_text(source.read_text(encoding="utf-8") + "#", encoding="utf-8")
    assert digest_now(("core",), copied) != before


def test_renaming_a_source_changes_the_digest(copied):
    before = digest_now(("core",), copied)
    (copied / "core" / "errors.py").rename(copied / "core" / "faults.py")
    assert digest_now(("core",), copied) != before


def test_the_digest_of_the_model_is_sixteen_hexadecimal_digits():
    assert len(model_digest()) == 16
    assert int(model_digest(), 16) >= 0


@pytest.mark.skipif(bool(os.environ.get("NUMBA_CACHE_DIR")), reason="a cache folder has been asked for")
def test_compiled_code_goes_to_the_folder_that_carries_the_digest():
    jit(lambda x: -x)
    assert str(cache_folder()) == numba.config.CACHE_DIR
    assert sources_digest(COMPILING) in cache_folder().name


def test_nothing_is_compiled_outside_the_folders_whose_sources_the_digest_covers():
    """Or changed sources there could meet code that was compiled from the old ones."""
    compiling = re.compile(r"from sim\.core\.jit import [^\n]*\b(jit|jit_\w+|entry)\b|numba\.n?jit")
    found = {path.relative_to(PACKAGE).parts[0] for path in PACKAGE.rglob("*.py") if compiling.search(path.read_text(encoding="utf-8"))}
    assert found <= set(COMPILING)
    assert "validation" in found


@pytest.mark.skipif(not COMPILED, reason="nothing is kept with the compiler off")
def test_it_does_not_matter_that_numba_was_imported_first(tmp_path):
    program = "import numba; from sim.core import streams; streams.stream_key(1, 2)"
    environment = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    environment |= {"XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(PACKAGE.parent)}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True, timeout=300)
    assert list(tmp_path.glob("orgweave/*/*/streams.stream_key-*.nbi"))


ROOTS = """
from sim.core.jit import entry, jit

@jit
def root(x):
    if x < 0.0:
        raise ValueError("below nought")
    return x**0.5

@jit
def twice(w, x):
    return 2.0 * root(x)

@entry
def sum_of_roots(w, x):
    return root(x) + twice(w, x)

answers = [root(4.0), sum_of_roots((1.0, 2.0), 4.0)]
for call in (root, lambda x: sum_of_roots((1.0, 2.0), x)):
    try:
        call(-1.0)
    except ValueError as error:
        answers.append(str(error))
print(answers, sum(one.stats.cache_hits.total() for one in (root, sum_of_roots)))
"""


@pytest.mark.skipif(not COMPILED, reason="nothing is kept with the compiler off")
def test_code_from_the_cache_answers_as_the_one_just_compiled_and_raises_what_it_raises(tmp_path):
    (tmp_path / "roots.py").write_text(ROOTS, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    environment |= {"XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(PACKAGE.parent)}
    command = [sys.executable, str(tmp_path / "roots.py")]
    answered = [subprocess.run(command, env=environment, check=True, timeout=300, capture_output=True, text=True).stdout for _ in range(2)]
    expected = "[2.0, 6.0, 'below nought', 'below nought']"
    assert [text.strip() for text in answered] == [f"{expected} 0", f"{expected} 2"]


@pytest.mark.skipif(not COMPILED, reason="nothing is kept with the compiler off")
def test_the_fields_of_a_record_do_not_make_the_names_of_compiled_code_long():
    record = np.zeros(3, np.dtype([(f"field_{number}", float) for number in range(500)]))
    first = entry(lambda rows: rows[0].field_0 + rows[1].field_499)
    assert first(record) == 0.0
    (compiled,) = first.overloads.values()
    assert len(compiled.fndesc.mangled_name) < 300


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for temporary files of the test's own, and a cache folder that cannot be made."""
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    cache_folder.cache_clear()
    yield tmp_path
    cache_folder.cache_clear()


def test_without_a_cache_folder_a_temporary_one_serves_again_and_again(temporary):
    first = cache_folder()
    cache_folder.cache_clear()
    assert cache_folder() == first
    assert first.is_relative_to(temporary)


@pytest.mark.skipif(os.name == "nt", reason="Windows gives each user a temporary folder")
def test_a_temporary_cache_that_others_can_write_is_not_used(temporary):
    open_to_all = cache_folder().parent
    open_to_all.chmod(0o777)
    cache_folder.cache_clear()
    chosen = cache_folder().parent
    assert chosen != open_to_all
    assert stat.S_IMODE(chosen.stat().st_mode) == 0o700
