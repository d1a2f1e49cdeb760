"""A fact of signature, what was frozen, the register → the register with it; or why it cannot be so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from cpomgen.acte import Acte
from cpomgen.disk import swap, unwritable
from cpomgen.problem import Mark, Problem, ProblemError, nearest
from cpomgen.registre import Signature, concluded, register_file, waiting, with_fact
from cpomgen.tree import Tree
from cpomgen.wording import jour


def record(root: Path, disk: Tree, identifiant: str, signature: Signature) -> None:
    """Write a fact at the end of the register of a contract; raise ProblemError when the disk refuses it."""
    path = register_file(identifiant)
    before = disk.read(path) if identifiant in disk.names("signatures", ".yaml") else None
    try:
        swap(root / path, with_fact(before, identifiant, signature))
    except OSError as error:
        raise ProblemError(unwritable(error, Mark(path))) from None


def check_fact(
    signature: Signature, acte: Acte, signed: Sequence[Signature], *, frozen_on: date | None, today: date
) -> None:
    """Raise ProblemError with all that keeps a fact from being true."""
    found = [*_unknown(signature, acte), *_untimely(signature, acte, signed, frozen_on or date.min, today)]
    found += _already(signature, acte, signed) if not found else ()
    if found:
        raise ProblemError(*found)


def check_imported(
    acte: Acte, signed: Sequence[Signature], problems: Iterable[Problem], *, on: date, today: date
) -> Signature:
    """Return the fact of a signature elsewhere, and what is wrong in it; raise ProblemError if untimely."""
    noted = (f"{each.code}, ligne {each.mark.line} ({each.severity.value}) : {each.message}" for each in problems)
    fact = Signature(acte.number, on, importe=True, problemes=tuple(noted))
    if found := [*_untimely(fact, acte, signed, date.min, today)]:
        raise ProblemError(*found)
    return fact


def remaining(acte: Acte, signed: Sequence[Signature], signature: Signature) -> tuple[str, ...]:
    """Return the qualities of those who have not signed the same thing, as far as the register tells."""
    same = (each for each in signed if (each.version, each.piece) == (signature.version, signature.piece))
    return waiting(same, acte.qualites)


def _unknown(signature: Signature, acte: Acte) -> Iterator[Problem]:
    mark = Mark(f"contracts/{acte.identifiant}.yaml")
    if signature.par and signature.par not in acte.qualites:
        known = ", ".join(dict.fromkeys(acte.qualites))
        message = f"personne ne signe cette version en qualité de « {signature.par} »."
        otherwise = f"qualités des signataires : {known}." if known else "ce contrat ne nomme pas ses signataires."
        yield Problem("CPOM623", mark, message, nearest(signature.par, acte.qualites, otherwise))
    if signature.piece and signature.piece not in acte.pieces:
        message = f"cette version n'a pas de pièce « {signature.piece} »."
        otherwise = f"pièces : {', '.join(acte.pieces)}."
        yield Problem("CPOM624", mark, message, nearest(signature.piece, acte.pieces, otherwise))


def _untimely(
    signature: Signature, acte: Acte, signed: Sequence[Signature], frozen_on: date, today: date
) -> Iterator[Problem]:
    """Yield why a version cannot have been signed that day."""
    earlier = {each.version for each in signed if each.version < signature.version}
    last = concluded(signed, max(earlier, default=-1))
    day, told = signature.le, f"la version v{signature.version} ne peut avoir été signée le {jour(signature.le)}"
    mark, remedy = Mark(register_file(acte.identifiant)), "vérifiez la date (--le AAAA-MM-JJ)."
    if day > today:
        yield Problem("CPOM625", mark, f"{told} : ce jour n'est pas encore venu.", remedy)
    if day < frozen_on:
        yield Problem("CPOM625", mark, f"{told} : elle a été arrêtée le {jour(frozen_on)}.", remedy)
    if last and day < last:
        yield Problem("CPOM625", mark, f"{told} : la version qu'elle modifie l'a été le {jour(last)}.", remedy)


def _already(signature: Signature, acte: Acte, signed: Sequence[Signature]) -> Iterator[Problem]:
    """Yield a problem for what the register already holds."""
    version, piece, par = signature.version, signature.piece, signature.par
    same = [each for each in signed if each.version == version and each.piece in ("", piece)]
    whole = next((each for each in same if not each.par), None)
    times = [each for each in same if each.par == par and each.piece == piece]
    found = whole or (times[-1] if par and len(times) >= acte.qualites.count(par) else None)
    if found:
        what = f" par « {found.par} »" if found.par else ""
        message = f"le registre la dit déjà signée{what}, le {jour(found.le)}."
        remedy = "il n'y a rien à ajouter ; une erreur du registre se corrige dans son fichier."
        yield Problem("CPOM626", found.mark or Mark(register_file(acte.identifiant)), message, remedy)
