"""What comes with the program: files of its repository, read alike in a checkout and from an installed package."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

PROJECT = (  # what a project takes from the repository; pyproject.toml puts the same into the package
    "contracts/arespa.yaml",
    "docs/champs-*.md",  # a page for each type of contract
    "docs/erreurs.md",
    "docs/guide",
    "docs/histoire/arespa",
    "schemas",
    "templates",
)
SKELETON = "skeleton"  # what a project has of its own; a name that begins with a dot begins there with « dot- »
LEFT = ("~$", ".")  # how names begin that Word, editors and systems leave beside the files they open


def read_shipped(path: str) -> bytes:
    """Return the bytes of a file of the repository."""
    return _repository().joinpath(path).read_bytes()


def project_files() -> Mapping[str, bytes]:
    """Return the files of a new project, by path."""
    found = {re.sub(r"(^|/)dot-", r"\1.", path): content for path, content in _below(_package() / SKELETON)}
    for path in shipped_paths():
        found |= _below(_repository().joinpath(path), path)
    return dict(sorted(found.items()))


def shipped_paths() -> Iterator[str]:
    """Yield what a project takes from the repository: files and whole folders."""
    for path in PROJECT:
        folder, _, name = path.rpartition("/")
        if "*" not in name:
            yield path
            continue
        known = sorted(each.name for each in _repository().joinpath(folder).iterdir())
        yield from (f"{folder}/{each}" for each in fnmatch.filter(known, name))


def _package() -> Traversable:
    return files("cpomgen")


def _repository() -> Traversable:
    """Return what stands for the repository in the package, or the repository itself in a checkout."""
    packed = _package() / "shipped"
    return packed if packed.is_dir() else Path(__file__).parents[1]


def _below(place: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield the files that `place` is or holds, however deep, by path; `path` is that of `place`."""
    if not place.is_dir():
        yield path, place.read_bytes()
        return
    for each in place.iterdir():
        if not each.name.startswith(LEFT):
            yield from _below(each, f"{path}/{each.name}" if path else each.name)
