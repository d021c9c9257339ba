"""The files of the project: those under version control, or all but caches where there is no repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHES = {".git", "__pycache__", "build", "dist", "results"}


def project_files() -> list[Path]:
    """Paths of the project's files, sorted; files not yet committed count unless they are ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
        found = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        found = [path for path in ROOT.rglob("*") if not _is_cached(path)]
    return sorted(path for path in found if path.is_file())


def text_files() -> list[tuple[Path, str]]:
    """Path, relative to the project, and text of every file that is text."""
    texts = []
    for path in project_files():
        try:
            texts.append((path.relative_to(ROOT), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return texts


def _is_cached(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return any(part in CACHES or part.startswith(".venv") or part.endswith("_cache") for part in parts)
