"""Manifest × names of documents → which fields of a contract those documents own, by the conditions of their sections.

A section that hangs on one field owns what is below it; the others own together all that no such section does. What
holds the fields of several sections is owned by those who own all of them; a clause, by who owns what it completes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cpomgen.manifeste import Manifeste


class Owned(NamedTuple):
    """The fields that documents own: those below their own `paths`, and the `rest`, which is below none of `all_`."""

    paths: frozenset[str] = frozenset()
    all_: frozenset[str] = frozenset()
    rest: bool = True

    def has(self, path: str) -> bool:
        """Tell whether they own a field, by its path."""
        above = [each for each in self.all_ if is_below(path, each)]
        if above:
            return max(above, key=len) in self.paths
        below = {each for each in self.all_ if path and is_below(each, path)}
        return below <= self.paths if below else self.rest

    def is_touched(self, path: str, attached: Iterable[Mapping[str, str]]) -> bool:
        """Tell whether what changes at a path is theirs, before or after.

        `attached` has, on each side, the paths of clauses and those of what they complete.
        """
        found = {whole for side in attached for clause, whole in side.items() if is_below(path, clause)}
        return any(map(self.has, found or {path}))


EVERYTHING = Owned()


def owned(manifeste: Manifeste, documents: Collection[str]) -> Owned:
    """Return what documents own; all there is for none, or for one that the manifest does not know."""
    if not documents or not set(documents) <= set(manifeste.pieces):
        return EVERYTHING
    sections = frozenset[str]().union(*(manifeste.pieces[each] for each in documents))
    paths = frozenset(manifeste.rubriques.get(each, "") for each in sections)
    return Owned(paths - {""}, frozenset(filter(None, manifeste.rubriques.values())), "" in paths)


def is_whole(manifeste: Manifeste, document: str) -> bool:
    """Tell whether a document holds whatever is in any other: it is the contract, and no piece of it."""
    return all(sections <= manifeste.pieces.get(document, frozenset()) for sections in manifeste.pieces.values())


def is_below(path: str, above: str) -> bool:
    """Tell whether a path is that of a field, or of something below it."""
    return path == above or path.startswith((f"{above}.", f"{above}["))
