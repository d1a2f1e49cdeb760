"""Documents → out/: whole files only, old or new, and never over what someone has edited by hand."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.disk import put, unwritable
from cpomgen.lock import locked
from cpomgen.problem import Mark, Problem, ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Manifest = dict[str, tuple[str, ...]]  # path in out/ → fingerprints of what we wrote there, or were about to

MANIFEST = "manifest.json"

_WINDOWS = os.name == "nt"  # where a file open elsewhere is a refusal of permission


class Written(NamedTuple):
    """What became of the documents, by path in out/: written anew, or found there already byte for byte."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]


def write(root: Path, documents: Mapping[str, bytes], *, overwrite: bool = False) -> Written:
    """Put the documents of one contract, by path in out/: all of them, or none when one may not be replaced."""
    if any(".." in PurePosixPath(path).parts or PurePosixPath(path).is_absolute() for path in documents):
        raise ValueError(f"outside out/: {sorted(documents)}")
    kept = root / ".cpomgen"
    with _telling(""), locked(kept / "lock"), _staging(kept / "tmp") as folder:
        return _write(folder, root / "out", documents, overwrite=overwrite)


def _write(folder: Path, out: Path, documents: Mapping[str, bytes], *, overwrite: bool) -> Written:
    new = {path: _fingerprint(content) for path, content in documents.items()}
    known = _read_manifest(out)
    changed = _changed(out, new, known, overwrite=overwrite)
    staged = [(path, _stage(folder / str(index), documents[path], path)) for index, path in enumerate(changed)]
    if changed:  # said before it is done: killed in between, we still know both files for ours
        _save_manifest(folder, out, known | {path: (*known.get(path, ()), new[path]) for path in changed})
    for path, temporary in staged:
        with _telling(path):
            temporary.replace(out / path)
    settled = known | {path: (fingerprint,) for path, fingerprint in new.items()}
    if changed or settled != known:
        _save_manifest(folder, out, settled)
    return Written(tuple(changed), tuple(path for path in documents if path not in set(changed)))


def _fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _changed(out: Path, new: Mapping[str, str], known: Manifest, *, overwrite: bool) -> list[str]:
    """Return the paths to write; raise ProblemError with every file that may not be replaced."""
    changed: list[str] = []
    problems: list[Problem] = []
    for path, fingerprint in new.items():
        try:
            with _telling(path):
                if _is_to_write(out / path, path, fingerprint, None if overwrite else known.get(path, ())):
                    changed.append(path)
        except ProblemError as error:
            problems += error.problems
    if problems:
        raise ProblemError(*problems)
    return changed


def _is_to_write(target: Path, path: str, fingerprint: str, ours: tuple[str, ...] | None) -> bool:
    """Tell whether `target` lacks the new bytes; raise when it holds others than `ours` (None: never mind)."""
    found = _found(target)
    if found == fingerprint:
        return False
    if found and ours is not None and found not in ours:
        raise ProblemError(_edited(path))
    _reach(target)
    return True


def _edited(path: str) -> Problem:
    message = "ce document a été modifié depuis que cpomgen l’a écrit, ou ne vient pas de lui : il n’est pas remplacé."
    remedy = "Gardez-en une copie sous un autre nom si elle vous sert, puis relancez avec --ecraser."
    return Problem("CPOM551", Mark(f"out/{path}"), message, remedy)


def _found(target: Path) -> str | None:
    """Return the fingerprint of what stands at `target`, None when nothing does."""
    try:
        return _fingerprint(target.read_bytes())
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


def _read_manifest(out: Path) -> Manifest:
    """Return what we wrote; nothing when the manifest is missing or damaged: all is then someone else's."""
    try:
        files = json.loads((out / MANIFEST).read_bytes())["fichiers"]
        return {str(path): tuple(str(each) for each in fingerprints) for path, fingerprints in files.items()}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _save_manifest(folder: Path, out: Path, manifest: Manifest) -> None:
    content = json.dumps({"fichiers": manifest}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    temporary = _stage(folder / MANIFEST, content.encode(), MANIFEST)
    with _telling(MANIFEST):
        out.mkdir(parents=True, exist_ok=True)
        temporary.replace(out / MANIFEST)


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
