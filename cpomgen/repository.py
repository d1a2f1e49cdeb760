"""The folder of a project → its git repository: commits by the name that people give them, tags, ancestors, blobs."""

from __future__ import annotations

import re
from bisect import bisect_left
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pygit2
from pygit2.enums import DiffOption, ObjectType, Option, SortMode

from cpomgen.problem import Mark, Problem, ProblemError, nearest
from cpomgen.source import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

# On a shared disk the owner of the files is somebody else. We read blobs: nothing of a repository is run.
pygit2.option(Option.SET_OWNER_VALIDATION, False)

TAGS = "refs/tags/"
VERSIONS = "cpom/"  # what the tags of versions begin with
VERSION = re.compile(rf"{VERSIONS}(?P<identifiant>[^/]+)/v(?P<number>0|[1-9]\d{{0,2}})")
NUMBER = re.compile(r"v?(\d{1,3})", re.IGNORECASE)  # longer, it is the short name of a commit
SERVERS = "refs/cpomgen/"  # where the versions of each server are kept apart, by its name, when git is asked to
Commit = pygit2.Commit


class Repository:
    """The git repository that a project is in; it may be a linked worktree or a submodule, the project a subfolder."""

    def __init__(self, root: Path) -> None:
        found = pygit2.discover_repository(str(root))
        if not found:
            raise pygit2.GitError(str(root))
        self.git = pygit2.Repository(found)
        self.prefix = root.resolve().relative_to(Path(self.git.workdir).resolve()).as_posix()

    def commit(self, name: str) -> pygit2.Commit | None:
        """Return the commit that a tag, a branch or any revision names; None when it names none."""
        try:
            return self.git.revparse_single(name).peel(pygit2.Commit)
        except (KeyError, ValueError, pygit2.GitError):
            return None

    def tag(self, name: str) -> pygit2.Tag | None:
        """Return an annotated tag, None when there is none of that name."""
        try:
            found = self.git.revparse_single(f"{TAGS}{name}")
        except (KeyError, ValueError, pygit2.GitError):
            return None
        return found if isinstance(found, pygit2.Tag) else None

    def tags(self, start: str = "") -> tuple[str, ...]:
        """Return the names of the tags that begin so, in order."""
        first, last = (bisect_left(self.names, f"{TAGS}{start}{end}") for end in ("", "\U0010ffff"))
        return tuple(name.removeprefix(TAGS) for name in self.names[first:last])

    @cached_property
    def names(self) -> list[str]:
        """Return the names of all references, in order; git takes its time to list them."""
        return sorted(self.git.references)

    def known(self) -> tuple[str, ...]:
        """Return the names of tags and branches, as people type them."""
        return (*self.tags(), *self.git.branches, "HEAD")

    def head(self) -> pygit2.Commit | None:
        """Return the last commit, None before the first one."""
        return self.commit("HEAD")

    def common(self, commit: pygit2.Commit, head: pygit2.Commit) -> pygit2.Commit | None:
        """Return the last commit that the histories of two have in common, None for none, as in a shallow copy."""
        found = self.git.merge_base(commit.id, head.id)
        return self.git[found].peel(pygit2.Commit) if found else None

    def between(self, base: pygit2.Commit, head: pygit2.Commit) -> frozenset[str]:
        """Return the ids of the commits that the history of `head` has and that of `base` has not."""
        walker = self.git.walk(head.id)
        walker.hide(base.id)
        return frozenset(str(each.id) for each in walker)

    def commits(self) -> Iterator[pygit2.Commit]:
        """Yield the commits of all branches and tags, the last first."""
        walker = self.git.walk(None, SortMode.TOPOLOGICAL | SortMode.TIME)
        for name in ("HEAD", *self.git.references):
            if (commit := self.commit(name)) is not None:
                walker.push(commit.id)
        yield from walker

    def differing(self, base: pygit2.Commit, head: pygit2.Commit | None = None) -> tuple[str, ...]:
        """Return the paths of the project whose files are not those of `base`, on the disk or in another commit.

        Of the disk, git's own index tells which files it has not seen change: they are not read.
        """
        if head is not None:
            found = {path for diff in [base.tree.diff_to_tree(head.tree)] for path in _paths(diff)}
        else:
            flags = DiffOption.INCLUDE_UNTRACKED | DiffOption.RECURSE_UNTRACKED_DIRS
            self.git.index.read()
            diffs = (base.tree.diff_to_index(self.git.index), self.git.index.diff_to_workdir(flags))
            found = {path for diff in diffs for path in _paths(diff)}
        start = "" if self.prefix == "." else f"{self.prefix}/"
        return tuple(sorted(path.removeprefix(start) for path in found if path.startswith(start)))

    def holds(self, commit: pygit2.Commit) -> bool:
        """Tell whether a commit is part of the history of the last one."""
        head = self.head()
        return head is not None and (head.id == commit.id or self.git.descendant_of(head.id, commit.id))

    def committed(self, path: str) -> bytes:
        """Return the bytes of a file of the project in the last commit, nothing when it is not in it."""
        head = self.head()
        try:
            found = head.tree[(PurePosixPath(self.prefix) / path).as_posix()] if head is not None else None
        except KeyError:
            return b""
        return found.data if isinstance(found, pygit2.Blob) else b""

    @property
    def is_shallow(self) -> bool:
        """Tell whether the history was fetched in part."""
        return self.git.is_shallow

    @property
    def is_copy(self) -> bool:
        """Tell whether it has others to fetch from."""
        return bool(list(self.git.remotes.names()))

    @property
    def servers(self) -> tuple[str, ...]:
        """Return the names of those that it fetches from."""
        return tuple(filter(None, self.git.remotes.names()))

    def targets(self, start: str) -> dict[str, str]:
        """Return what references that begin so lead to: the name that git gives to a commit or to a tag."""
        return {name: str(self.git.references[name].target) for name in self.git.references if name.startswith(start)}

    def unset(self, name: str, pattern: str) -> None:
        """Take away those values of a setting that a pattern finds; there may be none."""
        with suppress(KeyError):
            self.git.config.delete_multivar(name, pattern)

    def forget(self, start: str) -> None:
        """Take away the references that begin so; there may be none."""
        for name in [each for each in self.git.references if each.startswith(start)]:
            self.git.references.delete(name)

    def fetching(self) -> str:
        """Return the command that brings the tags that are missing, empty when there is nothing to fetch from."""
        if not self.is_copy:
            return ""
        return f"git fetch {'--unshallow ' if self.is_shallow else ''}--tags"


def _paths(diff: pygit2.Diff) -> Iterator[str]:
    """Yield the paths that a diff is about."""
    for delta in diff.deltas:
        yield from (each.raw_path.decode(errors="replace") for each in (delta.old_file, delta.new_file))


def open_repository(root: Path, mark: Mark) -> Repository:
    """Return the repository of a project; raise ProblemError at `mark` when it is in none, or cannot be read."""
    try:
        return Repository(root)
    except (KeyError, ValueError, TypeError, OSError, pygit2.GitError):
        message = "ce projet n'a pas d'historique git ici, ou cet historique est illisible."
        remedy = (
            "placez-vous dans le dossier tenu par git (« git status » doit y répondre), "
            "ou donnez un fichier comme version."
        )
        raise ProblemError(Problem("CPOM601", mark, message, remedy)) from None


def commit_named(repository: Repository, name: str, mark: Mark) -> pygit2.Commit:
    """Return the commit of a revision; raise ProblemError, with the nearest name, when it names none."""
    found = repository.commit(name) if name and not name.startswith("-") else None
    if found is not None:
        return found
    ask = repository.fetching()
    other = f"si elle est ailleurs, lancez : {ask}" if ask else "« git log --oneline --all » donne les révisions."
    message = f"git ne connaît pas ici la révision « {shown(name)} », ou ce nom en désigne plusieurs."
    known = () if repository.is_shallow else repository.known()
    raise ProblemError(Problem("CPOM602", mark, message, nearest(name, known, other)))


def tag_of(identifiant: str, number: int, piece: str = "") -> str:
    """Return the tag of a version of a contract, or of a piece of it that is frozen apart."""
    return f"{VERSIONS}{identifiant}/v{number}{f'-{piece}' if piece else ''}"


def tagged(tag: str) -> tuple[str, int] | None:
    """Return the contract and the number of the version that a tag is, None for a tag of something else."""
    found = VERSION.fullmatch(tag)
    return (found["identifiant"], int(found["number"])) if found else None


def all_frozen(repository: Repository) -> dict[str, tuple[int, ...]]:
    """Return the numbers of the versions that are frozen, in order, by contract."""
    found: dict[str, list[int]] = {}
    for identifiant, number in filter(None, map(tagged, repository.tags(VERSIONS))):
        found.setdefault(identifiant, []).append(number)
    return {identifiant: tuple(sorted(numbers)) for identifiant, numbers in found.items()}


def frozen(repository: Repository, identifiant: str) -> tuple[int, ...]:
    """Return the numbers of the versions of a contract that are frozen, in order."""
    start = tag_of(identifiant, 0)[:-1]
    ends = (name.removeprefix(start) for name in repository.tags(start))
    return tuple(sorted(int(end) for end in ends if re.fullmatch(r"0|[1-9]\d{0,2}", end)))


def tag_text(repository: Repository, name: str) -> str:
    """Return what an annotated tag says, empty for another."""
    found = repository.tag(name)
    return (found.raw_message or b"").decode(errors="replace").replace("\r\n", "\n") if found else ""


def tag_day(repository: Repository, name: str) -> date | None:
    """Return the day of an annotated tag, as whoever made it counted it."""
    return made(repository, f"{TAGS}{name}")[1]


def made(repository: Repository, ref: str) -> tuple[str, date | None]:
    """Return who made an annotated tag, and the day, as they counted it; neither for another reference."""
    try:
        found = repository.git.revparse_single(ref)
    except (KeyError, ValueError, pygit2.GitError):
        return "", None
    if not isinstance(found, pygit2.Tag) or found.tagger is None:
        return "", None
    zone = timezone(timedelta(minutes=found.tagger.offset))
    return found.tagger.name, datetime.fromtimestamp(found.tagger.time, zone).date()


def put_tag(repository: Repository, name: str, text: str, who: tuple[str, str], when: datetime) -> None:
    """Put an annotated tag on the last commit, in one step, whether there is one of that name or not."""
    git, head = repository.git, repository.head()
    if head is None:
        raise ValueError("nothing is committed")
    person = pygit2.Signature(*who, int(when.timestamp()), 0)
    lines = (
        f"object {head.id}",
        "type commit",
        f"tag {name}",
        f"tagger {person.name} <{person.email}> {person.time} +0000",
    )
    made = git.write(ObjectType.TAG, "\n".join((*lines, "", text)).encode())
    git.create_reference(f"{TAGS}{name}", made, force=True)
    vars(repository).pop("names", None)


def drop_tag(repository: Repository, name: str) -> None:
    """Take a tag away; what it named stays in the history."""
    repository.git.references.delete(f"{TAGS}{name}")
    vars(repository).pop("names", None)


def identity(repository: Repository, mark: Mark) -> tuple[str, str]:
    """Return the name and the address that git puts on what is done here; raise ProblemError when it knows neither."""
    try:
        name, address = (str(repository.git.config[f"user.{each}"]).strip() for each in ("name", "email"))
        pygit2.Signature(name, address)
    except (KeyError, ValueError, pygit2.GitError):
        message = "git ne sait pas qui vous êtes : une version arrêtée porte le nom de qui l'arrête."
        remedy = 'dites-le une fois pour toutes : git config --global user.name "Prénom Nom", puis user.email de même.'
        raise ProblemError(Problem("CPOM614", mark, message, remedy)) from None
    return name, address


@contextmanager
def reading_git(problem: Problem) -> Iterator[None]:
    """Turn what git cannot read into a problem."""
    try:
        yield
    except (KeyError, ValueError, OSError, pygit2.GitError):
        raise ProblemError(problem) from None
