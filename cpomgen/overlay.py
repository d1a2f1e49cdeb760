"""Two Word files that cpomgen made, whatever of → the second, with what tells it from the first tracked in it.

Nothing is known of their contracts: sections answer each other by their first heading, rows by their words.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from cpomgen.imprime import Imprime
from cpomgen.package import CORE, EPOCH, Package
from cpomgen.problem import ProblemError
from cpomgen.redline import Made, redline, untrue
from cpomgen.reread import reread
from cpomgen.revision import Reviser
from cpomgen.texts import named_after

APPLICATION = "docProps/app.xml"  # where other programs name themselves when they save a file; ours have none
MODIFIED = "{http://purl.org/dc/terms/}modified"


def overlay(old: Package, new: Package, by: Reviser) -> bytes:
    """Return the second file as the redline of both; raise ProblemError when a hand has changed one of them."""
    before, after = _read(old), _read(new)
    return redline(Made(before, old), Made(named_after(before, after), new), by)


def dated(package: Package) -> datetime:
    """Return when a Word file says that it was last changed; the first day that a zip can bear when it does not."""
    found = package.root(CORE).findtext(MODIFIED, "") if CORE in package.parts else ""
    with suppress(ValueError):
        return datetime.fromisoformat(found).astimezone(UTC)
    return datetime(*EPOCH, tzinfo=UTC)


def _read(package: Package) -> Imprime:
    """Return a file as it reads; raise ProblemError when it holds what no file of ours does: changes, comments.

    One that another program saved is none: its styles have other names, and refusing what changes would not bring
    the first file back.
    """
    found = reread(package)
    if found.remarques or APPLICATION in package.parts:
        raise ProblemError(untrue(package.file))
    return found.imprime
