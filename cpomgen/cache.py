"""What takes long to make of files → kept on this machine from one run to the next, by the content it is made of.

It is kept in the user's own folder of caches, and not in the project, which may come from somebody else: what is read
there is code, that of compiled templates.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

from platformdirs import user_cache_path

from cpomgen.disk import swap
from cpomgen.engines import engines, program

Made = TypeVar("Made")

MOST = 48  # files, of less than a megabyte
DIGEST = 32  # bytes


def recalled(name: str, content: bytes, make: Callable[[], Made]) -> Made:
    """Return what `make` makes of a content, as it was made before on this machine, by the same programs, if it was."""
    folder = _folder()
    if folder is None:
        return make()
    path = folder / hashlib.sha256(programs() + name.encode() + b"\0" + content).hexdigest()
    found = _read(path)
    if found is not None:
        with suppress(Exception):  # whatever is wrong in it, it is made again
            kept: Made = pickle.loads(found)  # noqa: S301 - the folder is the user's own, and nobody else writes in it
            return kept
    made = make()
    _keep(path, made)
    return made


@cache
def programs() -> bytes:
    """Return what stands for all that a value may have been made with."""
    said = [f"{name} {version}" for name, version in engines().items()]
    return hashlib.sha256("\n".join((program(), sys.version, *said)).encode()).digest()


def place() -> Path:
    """Return the folder of the user's caches that is ours."""
    return user_cache_path("cpomgen", appauthor=False)


def _folder() -> Path | None:
    """Return the folder of caches, None where there is none that is the user's alone."""
    try:
        folder = place()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except (OSError, RuntimeError):
        return None
    if sys.platform != "win32" and (found.st_uid != os.getuid() or found.st_mode & 0o022):
        return None
    return folder


def _read(path: Path) -> bytes | None:
    """Return what a file of the cache holds, None when there is none, or it is damaged."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return content[DIGEST:] if hashlib.sha256(content[DIGEST:]).digest() == content[:DIGEST] else None


def _keep(path: Path, made: object) -> None:
    """Keep a value; where the disk refuses, it is made again the next time."""
    content = pickle.dumps(made, 5)
    with suppress(OSError):
        swap(path, hashlib.sha256(content).digest() + content)
        files = sorted(path.parent.iterdir(), key=lambda each: each.stat().st_mtime)
        for old in files[:-MOST]:
            old.unlink(missing_ok=True)
