"""Bytes → a file on the disk for good; what the system refuses → problems in French."""

from __future__ import annotations

import errno
import hashlib
import os
from typing import TYPE_CHECKING, Literal
from uuid import uuid4

from cpomgen.problem import Mark, Problem

if TYPE_CHECKING:
    from pathlib import Path

_REASONS = {
    errno.ENOSPC: ("le disque est plein", "Libérez de la place, puis relancez."),
    errno.EDQUOT: ("votre quota de disque est atteint", "Libérez de la place, puis relancez."),
    errno.EROFS: ("ce disque est en lecture seule", "Travaillez dans un dossier où vous pouvez écrire."),
    errno.EACCES: ("vous n’avez pas le droit d’écrire ici", "Vérifiez les droits du fichier et de son dossier."),
    errno.EPERM: ("vous n’avez pas le droit d’écrire ici", "Vérifiez les droits du fichier et de son dossier."),
    errno.ENAMETOOLONG: ("son nom est trop long", "Rapprochez le projet de la racine du disque."),
    errno.EINVAL: ("ce système n’accepte pas ce nom", "Donnez-lui un autre nom."),
    errno.EXDEV: ("out/ n’est pas sur le même disque que le projet", "Faites de out/ un dossier ordinaire du projet."),
    errno.EISDIR: ("un dossier porte déjà ce nom", "Renommez ou déplacez ce dossier."),
    errno.ENOTDIR: ("un fichier porte le nom de son dossier", "Renommez ou déplacez ce fichier."),
    errno.EEXIST: ("un fichier porte le nom de son dossier", "Renommez ou déplacez ce fichier."),
    errno.ENOENT: ("son dossier a disparu pendant l’écriture", "Relancez."),
    errno.EIO: ("le disque ne répond pas bien", "Vérifiez le disque, ou le réseau, puis relancez."),
}


def put(path: Path, content: bytes, mode: Literal["wb", "xb"]) -> None:
    """Write a file, over what `path` holds or (`xb`) only where there is nothing, and wait until the disk has it."""
    with path.open(mode) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def swap(path: Path, content: bytes) -> None:
    """Put a file in the place of another, or of none, in one step: what is there is the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".cpomgen-{uuid4().hex[:8]}")
    try:
        put(draft, content, "xb")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def fingerprint(content: bytes) -> str:
    """Return what stands for the bytes of a file (SHA-256)."""
    return hashlib.sha256(content).hexdigest()


def fingerprint_of(path: str) -> str | None:
    """Return the fingerprint of a file, None when it is not there, or cannot be read."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a Path takes as long as the hash
            return hashlib.sha256(file.read()).hexdigest()
    except OSError:
        return None


def unwritable(error: OSError, mark: Mark) -> Problem:
    """Return why the system did not let a file be written."""
    reason, remedy = _REASONS.get(error.errno or 0, (f"le système refuse, erreur {error.errno}", "Relancez."))
    return Problem("CPOM553", mark, f"écriture impossible : {reason}. Rien de ce qui existait n’est perdu.", remedy)
