"""New files → a project: all of them or none, and never over one that is there."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from cpomgen.disk import put, unwritable
from cpomgen.problem import Mark, Problem, ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Created(NamedTuple):
    """What became of the files, by path: made, or found there already byte for byte."""

    made: tuple[str, ...]
    unchanged: tuple[str, ...]


def create(root: Path, files: Mapping[str, bytes], *, shown: str = "") -> Created:
    """Make files, by path below `root`, and `root` itself; raise ProblemError, nothing made, when one may not be.

    A file that is there with the same bytes is left alone. `shown` is what its owner calls `root`, when it is told.
    """
    if any(".." in PurePosixPath(path).parts or PurePosixPath(path).is_absolute() for path in files):
        raise ValueError(f"outside the project: {sorted(files)}")
    with _telling(shown or str(root)):
        if not root.is_dir():
            _refuse_file(root, shown or str(root))
            _make_root(root, files, shown)
            return Created(tuple(files), ())
    missing = _missing(root, files, shown)
    with _undone() as made:
        _fill(root, {path: files[path] for path in missing}, shown, made)
    return Created(missing, tuple(path for path in files if path not in set(missing)))


def _make_root(root: Path, files: Mapping[str, bytes], shown: str) -> None:
    """Make `root` whole beside its place, then put it there: killed in between, there is no half of it."""
    with _undone() as made:
        draft = root.with_name(f".cpomgen-{uuid4().hex[:8]}")
        _make_folder(draft, made)
        _fill(draft, files, shown, made)
        draft.rename(root)


def _fill(root: Path, files: Mapping[str, bytes], shown: str, made: list[Path]) -> None:
    for path, content in files.items():
        target, name = root / path, _named(shown, path)
        with _telling(name):
            _make_folder(target.parent, made)
            made.append(target)
            try:
                _place(target, content)
            except FileExistsError:  # since we looked
                made.pop()
                raise ProblemError(_taken(name)) from None


def _place(target: Path, content: bytes) -> None:
    """Put a new file in its place, whole at once; raise FileExistsError when something is there."""
    draft = target.with_name(f".cpomgen-{uuid4().hex[:8]}")
    try:
        put(draft, content, "xb")
        _name(draft, target)
    finally:
        with suppress(OSError):
            draft.unlink()


def _name(draft: Path, target: Path) -> None:
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:  # a disk where a file has one name
        put(target, draft.read_bytes(), "xb")


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it that are missing, each noted in `made`."""
    above = [each for each in (folder, *folder.parents) if not each.is_dir()]
    for each in reversed(above):
        each.mkdir()
        made.append(each)


@contextmanager
def _undone() -> Iterator[list[Path]]:
    """Give a list for what is made, in order; take it all away if something goes wrong."""
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        raise


def _missing(root: Path, files: Mapping[str, bytes], shown: str) -> tuple[str, ...]:
    """Return the files to make; raise ProblemError with everything that is in their way."""
    missing: list[str] = []
    problems: dict[Problem, None] = {}  # once each: a file that many folders stop at
    for path, content in files.items():
        try:
            with _telling(_named(shown, path)):
                if _is_missing(root, path, content, shown):
                    missing.append(path)
        except ProblemError as error:
            problems |= dict.fromkeys(error.problems)
    if problems:
        raise ProblemError(*problems)
    return tuple(missing)


def _is_missing(root: Path, path: str, content: bytes, shown: str) -> bool:
    """Tell whether nothing is at `path`; raise ProblemError when what is there, or above it, is not `content`."""
    target = root / path
    for folder in PurePosixPath(path).parents:
        if not (root / folder).is_dir():
            _refuse_file(root / folder, _named(shown, str(folder)))
    if target.is_dir():
        message = "un dossier porte le nom de ce fichier : rien n’est créé."
        raise ProblemError(Problem("CPOM554", Mark(_named(shown, path)), message, "Renommez ou déplacez ce dossier."))
    if not os.path.lexists(target):
        return True
    if not target.is_file() or target.read_bytes() != content:
        raise ProblemError(_taken(_named(shown, path)))
    return False


def _refuse_file(folder: Path, name: str) -> None:
    """Raise ProblemError when something that is no folder has the name of one to be made."""
    if os.path.lexists(folder):
        message = "un fichier porte le nom de ce dossier : rien n’est créé."
        raise ProblemError(Problem("CPOM554", Mark(name), message, "Renommez ou déplacez ce fichier."))


def _taken(name: str) -> Problem:
    message = "ce fichier existe déjà, avec un autre contenu : il n’est pas remplacé, et rien n’est créé."
    return Problem("CPOM554", Mark(name), message, "Renommez-le ou déplacez-le, puis relancez.")


def _named(shown: str, path: str) -> str:
    return f"{shown}/{path}" if shown else path


@contextmanager
def _telling(name: str) -> Iterator[None]:
    """Turn an error of the system into a problem at `name`."""
    try:
        yield
    except OSError as error:
        raise ProblemError(unwritable(error, Mark(name))) from None
