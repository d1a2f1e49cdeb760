"""The programs that documents are made with, and the versions of them: told in a tag, compared later."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from cpomgen import __version__

MADE_WITH = (  # what changes the bytes of a document
    "typst", "pypandoc_binary", "docxtpl", "python-docx", "lxml", "jinja2", "num2words", "font-source-sans-pro",
    "fonttools",
)  # fmt: skip


def engines() -> dict[str, str]:
    """Return the version of each program that documents are made with."""
    return {"cpomgen": __version__} | {name: _version(name) for name in MADE_WITH} | {"zlib": zlib.ZLIB_RUNTIME_VERSION}


def digest(content: bytes, made_with: Mapping[str, str] | None = None) -> bytes:
    """Return what stands for a type of contract in fingerprints, read by the main programs of today or by others."""
    known = made_with or {}
    main = " ".join(known.get(name) or _own(name) for name in ("cpomgen", "typst", "pypandoc_binary"))
    return hashlib.sha256(content + main.encode()).digest()


def fingerprint(digested: bytes, donnees: str) -> str:
    """Return what stands for all that a document is made of: a type of contract, `digest`ed, and the data."""
    return hashlib.sha256(digested + donnees.encode()).hexdigest()


def _own(name: str) -> str:
    return __version__ if name == "cpomgen" else _installed(name)


@cache
def _installed(name: str) -> str:
    return version(name)


@cache
def program() -> str:
    """Return the fingerprint of this very program: of its code, and of what it holds beside."""
    here = Path(__file__).parent
    files = sorted(
        path for kind in ("*.py", "*.typ", "*.yaml") for path in here.rglob(kind) if path.parent.name != "shipped"
    )
    total = hashlib.sha256()
    for path in files:
        total.update(path.relative_to(here).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # vendored, or renamed
        return "inconnue"
