"""Two Word files that cpomgen made, whatever of → the second, with what tells it from the first tracked in it.

Nothing is known of their contracts: sections answer each other by their first heading, rows by their words.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from cpomgen.align import Unit, mates
from cpomgen.imprime import Imprime
from cpomgen.package import EPOCH, Package
from cpomgen.problem import ProblemError
from cpomgen.redline import Made, redline, untrue
from cpomgen.reread import CORE, reread
from cpomgen.revision import Reviser

MODIFIED = "{http://purl.org/dc/terms/}modified"


def overlay(old: Package, new: Package, by: Reviser) -> bytes:
    """Return the second file as the redline of both; raise ProblemError when a hand has changed one of them."""
    before, after = _read(old), _read(new)
    return redline(Made(before, old), Made(_named_after(before, after), new), by)


def dated(package: Package) -> datetime:
    """Return when a Word file says that it was last changed; the first day that a zip can bear when it does not."""
    found = package.root(CORE).findtext(MODIFIED, "") if CORE in package.parts else ""
    with suppress(ValueError):
        return datetime.fromisoformat(found).astimezone(UTC)
    return datetime(*EPOCH, tzinfo=UTC)


def _read(package: Package) -> Imprime:
    """Return a file as it reads; raise ProblemError when it holds what no file of ours does: changes, comments."""
    found = reread(package)
    if found.remarques:
        raise ProblemError(untrue(package.file))
    return found.imprime


def _named_after(old: Imprime, new: Imprime) -> Imprime:
    """Return a document whose sections have the names of those that they were."""
    names = [[Unit("section", "", section.name) for section in each.sections] for each in (old, new)]
    found = mates(names[0], names[1])
    if len(found) == len(names[1]) - 1 == len(names[0]) - 1:  # only one has another heading
        (last,), (first,) = (set(range(len(names[1]))) - kept for kept in (set(found), set(found.values())))
        found[last] = first
    taken = {section.name for section in old.sections}
    known = {n: old.sections[rank].name for n, rank in found.items()}
    others = {n: f"{each.name} *" if each.name in taken else each.name for n, each in enumerate(new.sections)}
    named = {**others, **known}
    return replace(new, sections=tuple(replace(each, name=named[n]) for n, each in enumerate(new.sections)))
