"""A project in git, a revision → what a pull request changes: its two trees, the files that differ, what it froze."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cpomgen.etiquette import Etiquette, all_pieces, etiquette
from cpomgen.gittree import GitTree
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.repository import TAGS, VERSIONS, Repository, all_frozen, commit_named, open_repository, reading_git
from cpomgen.tree import Moment, Tree, WorkTree

if TYPE_CHECKING:
    from pathlib import Path

    from cpomgen.repository import Commit

MAIN = ("refs/remotes/origin/HEAD", "origin/main", "origin/master", "main", "master")
Numbers = Mapping[str, tuple[int, ...]]  # of versions, by contract
HERE = "copie de travail"
MADE = ("out/", ".cpomgen/")  # what the program writes, where git does not leave it out


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks to be merged: the project before and after, and what they call both sides.

    `paths` are those of the files that differ, `frozen` the numbers of all versions by contract, `apart` the pieces
    that are frozen before the whole, `added` the versions and pieces that the request froze.
    """

    before: Tree
    after: Tree
    base: str
    commit: str
    head: str
    paths: tuple[str, ...]
    frozen: Numbers = field(default_factory=dict)
    apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    added: Mapping[str, tuple[Etiquette, ...]] = field(default_factory=dict)


class Still(Moment):
    """A tree as it is when it is first asked: hundreds of contracts ask for the same names."""

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        self.listed: dict[tuple[str, str], tuple[str, ...]] = {}

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """Return the sorted stems of the files of `folder` whose names end in `suffix`."""
        if (folder, suffix) not in self.listed:
            self.listed[folder, suffix] = super().names(folder, suffix)
        return self.listed[folder, suffix]


class Earlier:
    """The files of a project where a request begins; those that it leaves as they are come from the later tree."""

    def __init__(self, tree: Tree, later: Tree, differing: frozenset[str]) -> None:
        self.tree = tree
        self.later = later
        self.differing = differing

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raise ProblemError when it is missing, or is no plain file."""
        return (self.tree if path in self.differing else self.later).read(path)

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """Return the sorted stems of the files of `folder` whose names end in `suffix`."""
        return self.tree.names(folder, suffix)


def open_request(root: Path, base: str = "", head: str = "") -> Request:
    """Return what differs from a revision, that of the main branch without a name, to another, or to the disk.

    What others have merged since into `base` is left out: a request begins at the last commit that both sides share.
    """
    repository = open_repository(root, Mark("contracts"))
    last = commit_named(repository, head, Mark("--head")) if head else repository.head()
    if last is None:
        message, remedy = "ce dépôt n'a pas encore de version enregistrée.", 'faites-en une : git commit -m "début".'
        raise ProblemError(Problem("CPOM650", Mark("--base"), message, remedy))
    name, commit = (base, commit_named(repository, base, Mark("--base"))) if base else _main(repository)
    with reading_git(_apart(repository, name)):
        start = repository.common(commit, last)
        if start is None:
            raise ProblemError(_apart(repository, name))
        paths = repository.differing(start, last if head else None)
        made = repository.between(start, last)
    after = Still(GitTree(repository, last, head) if head else WorkTree(root))
    before = Still(Earlier(GitTree(repository, start, name), after, frozenset(paths)))
    kept = tuple(path for path in paths if not path.startswith(MADE))
    frozen = all_frozen(repository), all_pieces(repository), _added(repository, made)
    return Request(before, after, name, str(start.id), head or HERE, kept, *frozen)


def _main(repository: Repository) -> tuple[str, Commit]:
    """Return the main branch, as people call it, and its last commit; raise ProblemError when none is found."""
    for name in MAIN:
        if found := repository.commit(name):
            return name.removeprefix("refs/remotes/"), found
    fetch = f"lancez : {repository.fetching()} ; puis " if repository.is_copy else ""
    message = f"on ne trouve pas la branche principale (cherchées : {', '.join(MAIN[1:])})."
    remedy = f"{fetch}dites d'où part la demande : cpomgen review --base REVISION"
    raise ProblemError(Problem("CPOM650", Mark("--base"), message, remedy))


def _apart(repository: Repository, name: str) -> Problem:
    """Return what is told when the history that two sides share is not here."""
    message = f"git ne trouve pas ici le point de départ commun avec « {name} »"
    if repository.is_shallow:
        why, remedy = " : l'historique n'est ici qu'en partie.", f"lancez : {repository.fetching() or 'git fetch'}"
    else:
        why, remedy = ".", "donnez par --base une révision dont votre branche est partie ; sinon, lancez : git fsck"
    return Problem("CPOM651", Mark("--base"), f"{message}{why}", remedy)


def _added(repository: Repository, made: frozenset[str]) -> dict[str, tuple[Etiquette, ...]]:
    """Return what is frozen by tags of commits that the request made, by contract: pieces before the whole."""
    found: dict[str, list[Etiquette]] = {}
    for tag in repository.tags(VERSIONS) if made else ():
        each, commit = etiquette(tag), repository.commit(f"{TAGS}{tag}")
        if each and commit is not None and str(commit.id) in made:
            found.setdefault(each.identifiant, []).append(each)
    return {name: tuple(sorted(some, key=lambda one: (one.number, not one.piece))) for name, some in found.items()}
