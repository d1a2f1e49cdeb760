"""A commit → the Tree of a project as it was: blobs alone are read, nothing is checked out; the trees of a merge."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from pathlib import Path, PurePosixPath
from typing import NamedTuple, NoReturn

import pygit2
from pygit2.enums import FileMode

from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.repository import Repository, reading_git
from cpomgen.tree import MAX_BYTES, inside

MERGED = re.compile(r"[Mm]erge (?:(?:remote-tracking )?branch '([^']+)'|pull request \S+ from [^\s/]+/(\S+))")
INTO = re.compile(r" into '?(?![0-9a-f]{40}\b)([^\s']+)")  # a server merges beforehand by the names of commits
FILES = (FileMode.BLOB, FileMode.BLOB_EXECUTABLE)


class GitTree:
    """The files of a project at a commit, told as `name`; its root is a folder of the repository, `prefix`."""

    def __init__(self, repository: Repository, commit: pygit2.Commit, name: str, prefix: str | None = None) -> None:
        self.repository = repository
        self.commit = commit
        self.name = name
        self.prefix = PurePosixPath(repository.prefix if prefix is None else prefix)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raise ProblemError when it is missing, or is no plain file."""
        parts = inside(path)
        with reading_git(self._unreadable(path)):
            found = self._at(*self.prefix.parts, *parts, path=path)
            if found is None:
                remedy = "vérifiez le nom, ou donnez une version où ce fichier est déjà enregistré dans git."
                message = f"ce fichier n'existe pas dans la version « {self.name} »."
                raise ProblemError(Problem("CPOM605", Mark(path), message, remedy))
            if not isinstance(found, pygit2.Blob):
                self._refuse(path, "un dossier porte le nom de ce fichier")
            if found.size > MAX_BYTES:
                self._refuse(path, f"ce fichier a plus de {MAX_BYTES} octets")
            return found.data

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """Return the sorted stems of the files of `folder` whose names end in `suffix`."""
        with reading_git(self._unreadable(folder)):
            found = self._at(*self.prefix.parts, *PurePosixPath(folder).parts, path=folder)
            if not isinstance(found, pygit2.Tree):
                return ()
            files = ((each.raw_name or b"").decode(errors="replace") for each in found if each.filemode in FILES)
            return tuple(sorted(name.removesuffix(suffix) for name in files if name.endswith(suffix)))

    def blobs(self, folder: str) -> dict[str, str]:
        """Return the names that git gives to the bytes of the files of a folder, by path; none when it is not there."""
        with suppress(ProblemError), reading_git(self._unreadable(folder)):
            found = self._at(*self.prefix.parts, *PurePosixPath(folder).parts, path=folder)
            if isinstance(found, pygit2.Tree):
                return {f"{folder}/{each.name}": str(each.id) for each in found if each.filemode in FILES}
        return {}

    def _at(self, *parts: str, path: str) -> pygit2.Object | None:
        """Return what a path of the repository holds, None for nothing; raise ProblemError for a link or a module."""
        here: pygit2.Object = self.commit.tree
        for part in parts:
            if not isinstance(here, pygit2.Tree) or part not in here:
                return None
            here = here[part]
            if here.filemode == FileMode.LINK:
                self._refuse(path, "c'est un lien vers un autre fichier")
            if here.filemode == FileMode.COMMIT:
                self._refuse(path, "il est dans un sous-module, un autre dépôt git")
        return here

    def _refuse(self, path: str, why: str) -> NoReturn:
        message = f"dans la version « {self.name} », {why} : il n'est pas lu."
        remedy = "enregistrez dans git un fichier ordinaire à cette place."
        raise ProblemError(Problem("CPOM606", Mark(path), message, remedy))

    def _unreadable(self, path: str) -> Problem:
        """Return what is told when git does not find an object, as in a copy fetched in part."""
        ask = self.repository.fetching()
        remedy = f"lancez : {ask}, puis « git fsck »." if ask else "lancez : git fsck"
        return Problem("CPOM606", Mark(path), f"git ne peut pas lire la version « {self.name} ».", remedy)


class Recorded(NamedTuple):
    """A commit as officers read of it: its short name, its day, the first line of what it says."""

    name: str
    day: date
    subject: str


class Revision(NamedTuple):
    """Files as a commit first had them all alike: the commit, and by path the one that first had that very file."""

    tree: GitTree
    commit: Recorded
    since: Mapping[str, Recorded]
    key: tuple[str, ...]


def revisions(repository: Repository, paths: Sequence[str]) -> list[Revision]:
    """Return each state that files or folders had in the history of any branch or tag, the last first, each once.

    Those in which the first of the paths is missing are left out, and what git does not have here.
    """
    found: dict[tuple[str, ...], pygit2.Commit] = {}
    first: dict[tuple[int, str], pygit2.Commit] = {}
    prefix = PurePosixPath(repository.prefix)
    with suppress(KeyError, ValueError, pygit2.GitError):  # a history of which a part only is here
        for commit in repository.commits():
            key = tuple(_object(commit.tree, prefix / path) for path in paths)
            first |= dict.fromkeys(enumerate(key), commit)
            if key[0]:
                found[key] = commit
    return [
        Revision(
            GitTree(repository, commit, recorded(commit).name), recorded(commit),
            {path: recorded(first[place, key[place]]) for place, path in enumerate(paths) if key[place]}, key,
        )
        for key, commit in found.items()
    ]  # fmt: skip


def recorded(commit: pygit2.Commit) -> Recorded:
    """Return a commit as officers read of it, its day as whoever made it counted it."""
    zone = timezone(timedelta(minutes=commit.commit_time_offset))
    day = datetime.fromtimestamp(commit.commit_time, zone).date()
    return Recorded(str(commit.id)[:7], day, commit.message.strip().partition("\n")[0])


def _object(tree: pygit2.Tree, path: PurePosixPath) -> str:
    """Return the name that git gives to what a path holds, "" for nothing."""
    try:
        return str(tree[path.as_posix()].id)
    except KeyError:
        return ""


class Merge(NamedTuple):
    """Two sides that come together, named as their branches are, and what both come from."""

    base: GitTree
    ours: GitTree
    theirs: GitTree

    def mixed(self, folder: str) -> frozenset[str]:
        """Return the files of a folder that both sides have changed since, each in its way."""
        base, ours, theirs = (side.blobs(folder) for side in self)
        return frozenset(
            path for path in (*ours, *theirs)
            if len({base.get(path), ours.get(path), theirs.get(path)}) == len(self)
        )  # fmt: skip


def last_merge(repository: Repository) -> Merge | None:
    """Return the merge that is under way, else the one that the last commit is; None when it is neither, or unread."""
    with suppress(KeyError, ValueError, pygit2.GitError):  # a history of which a part only is here
        return _last_merge(repository)
    return None


def _last_merge(repository: Repository) -> Merge | None:
    head, coming = repository.head(), repository.commit("MERGE_HEAD")
    if head is None:
        return None
    sides = (head, coming) if coming else tuple(head.parents)
    base = repository.git.merge_base(*(side.id for side in sides)) if len(sides) == len(("ours", "theirs")) else None
    if base is None:
        return None
    said = _under_way(repository) if coming else head.message.partition("\n")[0]
    merged, into = MERGED.match(said), INTO.search(said)
    here = "" if repository.git.head_is_detached else repository.git.head.shorthand
    names = (into[1] if into else here, next(filter(None, merged.groups()), "") if merged else "")
    found = repository.git[base].peel(pygit2.Commit)
    return Merge(GitTree(repository, found, str(found.id)[:7]), *(
        GitTree(repository, side, name or _branch(repository, side)) for side, name in zip(sides, names, strict=True)
    ))  # fmt: skip


def _under_way(repository: Repository) -> str:
    """Return the first line of what git is about to say of a merge."""
    try:
        return Path(repository.git.path, "MERGE_MSG").read_text(encoding="utf-8", errors="replace").partition("\n")[0]
    except OSError:
        return ""


def _branch(repository: Repository, commit: pygit2.Commit) -> str:
    """Return the branch whose last commit it is, else its short name."""
    git = repository.git
    return next((name for name in git.branches if git.branches[name].target == commit.id), str(commit.id)[:7])
