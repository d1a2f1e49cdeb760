"""Documents → out/: whole files only, old or new, and never over what someone has edited by hand."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.disk import fingerprint, put, unwritable
from cpomgen.inventory import MANIFEST, Entry, Fact, Inventory, read_inventory
from cpomgen.lock import locked
from cpomgen.problem import Mark, Problem, ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_WINDOWS = os.name == "nt"  # where a file open elsewhere is a refusal of permission


class Written(NamedTuple):
    """What became of the documents, by path in out/: written anew, or found there already byte for byte."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]


def write(
    root: Path,
    documents: Mapping[str, bytes],
    facts: Mapping[str, Mapping[str, Fact]] | None = None,
    *,
    overwrite: bool = False,
) -> Written:
    """Put the documents of one contract, by path in out/: all of them, or none when one may not be replaced."""
    with depot(root, overwrite=overwrite) as found:
        done = found.put(documents, facts or {})
        if problems := found.settle():
            raise ProblemError(*problems.values())
    return done


@contextmanager
def depot(root: Path, *, overwrite: bool = False, waiting: Callable[[], object] = lambda: None) -> Iterator[Depot]:
    """Hold out/ of a project, for documents to be put there; `waiting` is called if someone else holds it."""
    kept = root / ".cpomgen"
    with ExitStack() as held:
        with _telling(""):
            held.enter_context(locked(kept / "lock", waiting))
            folder = held.enter_context(_staging(kept / "tmp"))
            found = Depot(root / "out", folder, overwrite=overwrite)
        yield found


class Aside(NamedTuple):
    """A document put aside: its file there, its fingerprint, what was known of the one in its place, what is of it."""

    file: Path
    empreinte: str
    before: Entry
    facts: Mapping[str, Fact]


class Depot:
    """Documents on their way to out/: each is put aside, whole, then all are put in their places, which is told first.

    Between `put` and `settle` out/ is as it was. Killed at any moment, the manifest knows what each file may be.
    """

    def __init__(self, out: Path, folder: Path, *, overwrite: bool) -> None:
        self.out, self.folder, self.overwrite = out, folder, overwrite
        self.inventory: Inventory = read_inventory(out)
        self.aside: dict[str, Aside] = {}
        self.count = 0

    def put(self, documents: Mapping[str, bytes], facts: Mapping[str, Mapping[str, Fact]]) -> Written:
        """Put documents aside, with what is known of each; raise ProblemError, without any, for one that may not be."""
        if any(".." in PurePosixPath(path).parts or PurePosixPath(path).is_absolute() for path in documents):
            raise ValueError(f"outside out/: {sorted(documents)}")
        new = {path: fingerprint(content) for path, content in documents.items()}
        changed = self.changed(new)
        files = {path: self.stage(documents[path], path) for path in changed}
        for path, empreinte in new.items():
            said = {**facts.get(path, {}), "taille": len(documents[path])}
            if path in files:
                self.aside[path] = Aside(files[path], empreinte, self.inventory.entry(path), said)
            else:
                self.inventory.put(path, Entry((empreinte,), said))
        return Written(tuple(changed), tuple(path for path in documents if path not in files))

    def changed(self, new: Mapping[str, str]) -> list[str]:
        """Return the paths to write; raise ProblemError with every file that may not be replaced."""
        changed: list[str] = []
        problems: list[Problem] = []
        for path, empreinte in new.items():
            ours = None if self.overwrite else self.inventory.known(path)
            try:
                with _telling(path):
                    if _is_to_write(self.out / path, path, empreinte, ours):
                        changed.append(path)
            except ProblemError as error:
                problems += error.problems
        if problems:
            raise ProblemError(*problems)
        return changed

    def stage(self, content: bytes, path: str) -> Path:
        """Return a file put aside, once it holds `content` for good on the disk."""
        self.count += 1
        return _stage(self.folder / str(self.count), content, path)

    def settle(self) -> dict[str, Problem]:
        """Put in place all that was put aside; return why some could not be, by path: those are as they were."""
        aside, self.aside = self.aside, {}
        for path, each in aside.items():  # said before it is done: killed in between, we still know both files for ours
            self.inventory.put(path, each.before.about_to_be(each.empreinte))
        refused: dict[str, Problem] = {}
        try:
            if aside:
                self.save()
            for path, each in aside.items():
                refused |= self.place(path, each)
        finally:
            for path, each in aside.items():
                if path in refused or len(self.inventory.known(path)) > 1:
                    self.inventory.put(path, each.before)
                with suppress(OSError):
                    each.file.unlink(missing_ok=True)
        self.save()
        return refused

    def place(self, path: str, aside: Aside) -> dict[str, Problem]:
        """Put a file in its place; return why it could not be."""
        try:
            with _telling(path):
                aside.file.replace(self.out / path)
        except ProblemError as error:
            return {path: error.problems[0]}
        self.inventory.put(path, Entry((aside.empreinte,), aside.facts))
        return {}

    def remove(self, paths: Iterable[str]) -> dict[str, Problem]:
        """Remove documents that we wrote; return why some are not removed: edited since, or held by the system."""
        refused: dict[str, Problem] = {}
        for path in paths:
            target = self.out / path
            try:
                with _telling(path):
                    self.check_ours(path)
                    target.unlink(missing_ok=True)
                    with suppress(OSError):  # others are in it
                        target.parent.rmdir()
                self.inventory.drop(path)
            except ProblemError as error:
                refused[path] = error.problems[0]
        self.save()
        return refused

    def check_ours(self, path: str) -> None:
        """Raise ProblemError for a document that has been edited since we wrote it."""
        found = _found(self.out / path)
        if found and not self.overwrite and found not in self.inventory.known(path):
            raise ProblemError(_edited(path, "retiré", "retirez-le vous-même, ou relancez avec --ecraser."))

    def save(self) -> None:
        """Write the manifest, if it says anything new; raise ProblemError when the disk refuses."""
        if not self.inventory.is_new:
            return
        temporary = self.stage(self.inventory.text().encode(), MANIFEST)
        with _telling(MANIFEST):
            self.out.mkdir(parents=True, exist_ok=True)
            temporary.replace(self.out / MANIFEST)
        self.inventory.is_new = False


def _is_to_write(target: Path, path: str, empreinte: str, ours: tuple[str, ...] | None) -> bool:
    """Tell whether `target` lacks the new bytes; raise when it holds others than `ours` (None: never mind)."""
    found = _found(target)
    if found == empreinte:
        return False
    if found and ours is not None and found not in ours:
        raise ProblemError(_edited(path))
    _reach(target)
    return True


REPLACED = "Gardez-en une copie sous un autre nom si elle vous sert, puis relancez avec --ecraser."


def _edited(path: str, done: str = "remplacé", remedy: str = REPLACED) -> Problem:
    message = f"ce document a été modifié depuis que cpomgen l’a écrit, ou ne vient pas de lui : il n’est pas {done}."
    return Problem("CPOM551", Mark(f"out/{path}"), message, remedy)


def _found(target: Path) -> str | None:
    """Return the fingerprint of what stands at `target`, None when nothing does."""
    try:
        return fingerprint(target.read_bytes())
    except FileNotFoundError:
        return None


def _reach(target: Path) -> None:
    """Raise OSError now if `target` could not be replaced later: no folder, or held by another program."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError), target.open("r+b"):
        pass


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Give an empty folder for temporary files, and leave none behind, even those of a run that was killed."""
    folder.mkdir(parents=True, exist_ok=True)
    _empty(folder)
    try:
        yield folder
    finally:
        _empty(folder)
        with suppress(OSError):
            folder.rmdir()


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        with suppress(OSError):
            path.unlink()


def _stage(temporary: Path, content: bytes, path: str) -> Path:
    """Return `temporary` once it holds `content` for good on the disk."""
    with _telling(path):
        put(temporary, content, "wb")
    return temporary


@contextmanager
def _telling(path: str) -> Iterator[None]:
    """Turn an error of the system into a problem at `path` in out/."""
    try:
        yield
    except OSError as error:
        raise ProblemError(_unwritable(error, path)) from None


def _unwritable(error: OSError, path: str) -> Problem:
    mark = Mark(f"out/{path}")
    if _WINDOWS and isinstance(error, PermissionError):
        remedy = (
            "S’il est ouvert dans Word ou dans un lecteur de PDF, fermez-le ; sinon, vérifiez vos droits. Relancez."
        )
        return Problem("CPOM552", mark, "ce document est tenu par un autre programme : il n’est pas remplacé.", remedy)
    return unwritable(error, mark)
