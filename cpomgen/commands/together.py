"""A project in git → what branches and clones have made that cannot stand together, by contract.

Git is asked first: a contract is read only when it says that there may be something.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cpomgen.acte import TWICE
from cpomgen.doubled import Maker, Tagged, annonces, apart, repeated, signed_again, taken
from cpomgen.etiquette import etiquette
from cpomgen.gittree import GitTree, last_merge
from cpomgen.kept import Kept
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.reading import Reading
from cpomgen.repository import SERVERS, TAGS, VERSIONS, Repository, all_frozen, made, open_repository, tag_day, tag_of
from cpomgen.version import is_as_frozen

if TYPE_CHECKING:
    from cpomgen.partie import Partie
    from cpomgen.registre import Signature
    from cpomgen.schema import Schema
    from cpomgen.tree import Tree

Facts = Mapping[str, Collection["Signature"]]


def together(
    root: Path, tree: Tree, facts: Facts, problems: Mapping[str, Iterable[Problem]]
) -> dict[str, tuple[Problem, ...]]:
    """Return what cannot stand together in contracts, by id; `facts` are their signatures, `problems` theirs alone."""
    try:
        beside = _Beside(open_repository(root, Mark("contracts")), tree)
    except ProblemError:
        return {}
    twice = {name for name, each in problems.items() if any(problem.code == TWICE for problem in each)}
    return {
        name: found
        for name in problems
        if (found := tuple(beside.problems(name, tuple(facts.get(name, ())), is_twice=name in twice)))
    }


class _Beside:
    """A repository, and what it holds beside the files as they are."""

    def __init__(self, repository: Repository, tree: Tree) -> None:
        self.repository, self.tree = repository, tree
        self.merge = last_merge(repository)
        self.mixed = self.merge.mixed("contracts") if self.merge else frozenset()
        self.frozen = all_frozen(repository)
        self.kept = Kept()

    @cached_property
    def servers(self) -> dict[str, list[tuple[str, str]]]:
        """Return the servers that have a version otherwise, by contract: the tag, the name of the server."""
        found: dict[str, list[tuple[str, str]]] = {}
        theirs = self.repository.targets(SERVERS)
        ours = self.repository.targets(f"{TAGS}{VERSIONS}") if theirs else {}
        for ref, target in theirs.items():
            server, _, rest = ref.removeprefix(SERVERS).partition("/")
            version = etiquette(tag := f"{VERSIONS}{rest}")
            if version and ours.get(f"{TAGS}{tag}", target) != target:
                found.setdefault(version.identifiant, []).append((tag, server))
        return found

    def problems(self, name: str, facts: Collection[Signature], *, is_twice: bool) -> Iterator[Problem]:
        """Yield what cannot stand together of a contract; what cannot be read is told elsewhere."""
        file, signed = f"contracts/{name}.yaml", {each.version for each in facts}
        for tag, server in self.servers.get(name, ()):
            makers = self.maker(f"{TAGS}{tag}"), self.maker(f"{SERVERS}{server}/{tag.removeprefix(VERSIONS)}")
            yield apart(tag, server, makers, file, is_signed=any(_is_of(each, tag) for each in facts))
        for version, again in repeated(facts).items():
            with suppress(ProblemError):
                piece = "" if version in self.frozen.get(name, ()) else again[0].piece
                tree = self.tagged(name, version, piece)
                yield from signed_again(name, facts, again, Reading(tree).acte(name).qualites)
        with suppress(ProblemError):
            yield from self.numbers(name, file, signed, is_twice=is_twice)
        with suppress(ProblemError):
            yield from self.merged(name, file, signed)

    def numbers(self, name: str, file: str, signed: Collection[int], *, is_twice: bool) -> Iterator[Problem]:
        """Yield a problem for each number that a version already has, of another branch or merged from it."""
        versions = [each for each in self.frozen.get(name, ()) if each and (is_twice or each not in signed)]
        ours = {each: self.repository.holds(self.tagged(name, each).commit) for each in versions}
        if versions and (is_twice or not all(ours.values())):
            found, schema = self.read(self.tree, file)
            yield from taken(annonces(found, schema), [
                Tagged(each, tag := tag_of(name, each), ours[each], tag_day(self.repository, tag),
                       annonces(*self.read(self.tagged(name, each), file)))
                for each in versions
            ], signed)  # fmt: skip

    def merged(self, name: str, file: str, signed: Collection[int]) -> Iterator[Problem]:
        """Yield a problem for each item that both sides of a merge have changed, in what is not signed."""
        if self.merge is None or file not in self.mixed or self.is_signed(name, signed):
            return
        from cpomgen.fusion import Side, fusion

        now, _ = self.read(self.tree, file)
        known = (file in side.blobs("contracts") for side in self.merge)
        base, ours, theirs = (
            self.read(side, file)[0] if here else () for side, here in zip(self.merge, known, strict=True)
        )
        yield from fusion(base, (Side(self.merge.ours.name, ours), Side(self.merge.theirs.name, theirs)), now, file)

    def is_signed(self, name: str, signed: Collection[int]) -> bool:
        """Tell whether a contract is, to the sign, as it was signed."""
        last = max(signed, default=-1)
        return last in self.frozen.get(name, ()) and is_as_frozen(self.repository, self.tree, name, last)

    def tagged(self, name: str, number: int, piece: str = "") -> GitTree:
        """Return the files of a version or piece that is frozen; raise ProblemError when it has no tag here."""
        tag = tag_of(name, number, piece)
        commit = self.repository.commit(f"{TAGS}{tag}")
        if commit is None:
            raise ProblemError
        return GitTree(self.repository, commit, tag)

    def read(self, tree: Tree, file: str) -> tuple[tuple[Partie, ...], Schema]:
        """Return the parts of a contract in a tree, and its schema as it is now; raise ProblemError when unreadable."""
        from cpomgen.glance import parties, schema_of, typed

        source = typed(tree.read(file), file)
        schema = schema_of(source, self.tree, self.kept)
        return parties(source, schema), schema

    def maker(self, ref: str) -> Maker:
        """Return who made a tag, and when."""
        return Maker(*made(self.repository, ref))


def _is_of(fact: Signature, tag: str) -> bool:
    """Tell whether a fact is that something was signed which a tag freezes."""
    known = etiquette(tag)
    return known is not None and fact.version == known.number and known.piece in ("", fact.piece)
