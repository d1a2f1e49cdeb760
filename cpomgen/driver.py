"""A project in git → git that shows its contracts, its Word templates, and knows the versions of servers; or as it was.

All is set in the repository of this machine alone, but lines of `.gitattributes`, which colleagues share: alone, they
do nothing.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.disk import swap, unwritable
from cpomgen.problem import Mark, ProblemError
from cpomgen.repository import SERVERS, TAGS, VERSIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cpomgen.repository import Repository

ATTRIBUTES = ".gitattributes"
LINES = (
    "# Un contrat se compare en lignes de français, une fois « cpomgen git install » tapé sur le poste.".encode(),
    b"contracts/*.yaml diff=cpomgen",
    b"templates/**/*.docx diff=cpomgen-word",
)
DRIVERS = {"cpomgen": "cat", "cpomgen-word": "git hash-object"}  # what git starts instead when we are gone
OPTIONS = ("textconv", "xfuncname", "cachetextconv")
CACHE = "refs/notes/textconv/cpomgen"  # where git keeps what it was told, when it is asked to
PARTS = "^[^[:space:]].*$"  # lines that name a part of a file: git shows them over what changes in it
READ = 'lire() {{ {program} -P -m cpomgen git textconv "$1" 2>/dev/null || {otherwise} "$1"; }}; lire'


class Driver(NamedTuple):
    """What git is told of contracts: the settings, by name; from where versions of others are fetched, by server."""

    options: dict[str, str]
    fetched: dict[str, str]


def driver(repository: Repository, program: str, *, cache: bool) -> Driver:
    """Return what git is to be told; `program` is the Python that cpomgen runs in.

    It starts by its path, so that git finds it wherever it is typed, and without what stands in the folder (-P): git
    starts it in files that others wrote. When it cannot start, the file is shown as it is, its name in git for Word.
    """
    options = {}
    for name, otherwise in DRIVERS.items():
        options[f"diff.{name}.textconv"] = READ.format(program=shlex.quote(program), otherwise=otherwise)
        options[f"diff.{name}.xfuncname"] = PARTS
        options |= {f"diff.{name}.cachetextconv": "true"} if cache else {}
    servers = {name: f"+{TAGS}{VERSIONS}*:{SERVERS}{name}/*" for name in repository.servers}
    return Driver(options, servers)


def install(repository: Repository, root: Path, found: Driver) -> bool:
    """Set git up, whatever of it was already; tell whether `.gitattributes` has changed."""
    uninstall_options(repository)
    repository.forget(CACHE)  # what it was told may be told otherwise now
    for name, text in found.options.items():
        repository.git.config[name] = text
    for server, refspec in found.fetched.items():
        repository.git.remotes.add_fetch(server, refspec)
    return _put_attributes(root, with_lines)


def uninstall(repository: Repository, root: Path) -> bool:
    """Set git as it was; tell whether our lines of `.gitattributes` stay, since they are in the last commit."""
    uninstall_options(repository)
    repository.forget(CACHE)
    repository.forget(SERVERS)
    if set(LINES[1:]) & set(repository.committed(ATTRIBUTES).splitlines()):
        return True
    _put_attributes(root, without_lines)
    return False


def uninstall_options(repository: Repository) -> None:
    """Take away all that `install` sets in the settings of the repository."""
    for name in (f"diff.{driver}.{option}" for driver in DRIVERS for option in OPTIONS):
        if name in repository.git.config:
            del repository.git.config[name]
    for server in repository.servers:
        repository.unset(f"remote.{server}.fetch", f":{re.escape(SERVERS)}")


def with_lines(content: bytes) -> bytes:
    """Return `.gitattributes` with our lines at its end, but those that it has."""
    here = content.splitlines()
    lacking = [line for line in LINES if line not in here] if not set(LINES[1:]) <= set(here) else []
    end = b"\r\n" if b"\r\n" in content else b"\n"
    gap = b"" if not content or content.endswith(b"\n") else end
    return content + gap + b"".join(line + end for line in lacking) if lacking else content


def without_lines(content: bytes) -> bytes:
    """Return `.gitattributes` without our lines, all else to the byte."""
    return b"".join(line for line in content.splitlines(keepends=True) if line.rstrip(b"\r\n") not in LINES)


def _put_attributes(root: Path, change: Callable[[bytes], bytes]) -> bool:
    """Change `.gitattributes`; tell whether there was anything to change."""
    path = root / ATTRIBUTES
    try:
        before = path.read_bytes() if path.exists() else b""
        after = change(before)
        if after != before:
            swap(path, after)
    except OSError as error:
        raise ProblemError(unwritable(error, Mark(ATTRIBUTES))) from None
    return after != before
