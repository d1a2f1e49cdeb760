"""A contract that is ready, its repository → the annotated tag of a version to sign; or why it cannot be frozen."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.acte import Acte
from cpomgen.etiquette import pieces
from cpomgen.gittree import GitTree
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.repository import Repository, frozen, put_tag, tag_day, tag_of
from cpomgen.tree import as_git_keeps
from cpomgen.wording import jour

if TYPE_CHECKING:
    from cpomgen.registre import Signature
    from cpomgen.tree import Tree


class Stamp(NamedTuple):
    """When a version is frozen, by whom (name, address), with which programs."""

    on: date
    who: tuple[str, str]
    engines: Mapping[str, str]


class Frozen(NamedTuple):
    """A version that is frozen, or a piece of it: its tag, its number; whether it replaces one."""

    tag: str
    number: int
    again: bool = False
    piece: str = ""


def check_free(repository: Repository, acte: Acte, signed: Collection[Signature], *, again: bool = False) -> None:
    """Raise ProblemError when a version may not be frozen, whatever its files are: it is already, or it is signed."""
    _refuse(_in_the_way(repository, acte, signed, again=again))


def check_pieces(
    repository: Repository, acte: Acte, signed: Collection[Signature], names: Sequence[str], *, again: bool = False
) -> None:
    """Raise ProblemError when pieces of a contract may not be frozen before the others, whatever its files are."""
    _refuse(_amending(repository, acte))
    _refuse(each for name in names for each in _before_whole(repository, acte, signed, name, again=again))


def freeze_pieces(
    repository: Repository, disk: Tree, acte: Acte, names: Sequence[str], stamp: Stamp
) -> tuple[Frozen, ...]:
    """Put the tag of each piece on the last commit; raise ProblemError when that does not hold all its files."""
    known = pieces(repository, acte.identifiant)
    _refuse(uncommitted(repository, disk, acte))
    how = "arrêté pour signature avant les autres pièces"
    return tuple(_put(repository, acte, stamp, how, name)._replace(again=name in known) for name in names)


def freeze(repository: Repository, disk: Tree, acte: Acte, stamp: Stamp) -> Frozen:
    """Put the tag of a version on the last commit; raise ProblemError when that does not hold all its files."""
    already = acte.number in frozen(repository, acte.identifiant)
    _refuse(uncommitted(repository, disk, acte))
    return _put(repository, acte, stamp, "arrêté pour signature")._replace(again=already)


def bring_in(repository: Repository, disk: Tree, acte: Acte, stamp: Stamp) -> Frozen:
    """Put the tag of a version signed elsewhere on the last commit, as it is; raise ProblemError if it has one."""
    if acte.number in frozen(repository, acte.identifiant):
        message = f"la version v{acte.number} est déjà arrêtée ici : elle n'est pas à reprendre d'ailleurs."
        remedy = f"si elle a été signée : cpomgen sign {acte.identifiant} --version {acte.number} --le {stamp.on}"
        raise ProblemError(Problem("CPOM616", Mark(f"contracts/{acte.identifiant}.yaml"), message, remedy))
    if apart := pieces(repository, acte.identifiant) if not acte.number else ():
        message = f"des pièces de ce contrat sont déjà arrêtées ici ({', '.join(apart)}) : il n'est pas à reprendre."
        remedy = f"arrêtez ce qui reste : cpomgen freeze {acte.identifiant} ; puis inscrivez les signatures une à une."
        raise ProblemError(Problem("CPOM616", Mark(f"contracts/{acte.identifiant}.yaml"), message, remedy))
    _refuse(uncommitted(repository, disk, acte))
    return _put(repository, acte, stamp, "signé ailleurs, repris tel quel")


def _put(repository: Repository, acte: Acte, stamp: Stamp, how: str, piece: str = "") -> Frozen:
    tag = tag_of(acte.identifiant, acte.number, piece)
    made = "".join(f"  {name} {number}\n" for name, number in stamp.engines.items())
    text = f"{told(acte)}{f', {piece}' if piece else ''}, {how}\n\nFait avec :\n{made}"
    put_tag(repository, tag, text, stamp.who, datetime.combine(stamp.on, time(12), UTC))
    return Frozen(tag, acte.number, piece=piece)


def check_amends(acte: Acte, articles: int) -> None:
    """Raise ProblemError for an avenant that would amend nothing."""
    if articles == 0:
        message = f"l'avenant n° {acte.number} ne modifierait rien : le texte est celui de la version d'avant."
        remedy = "changez le contrat, ou retirez cet avenant de ceux qu'il annonce."
        raise ProblemError(Problem("CPOM618", Mark(f"contracts/{acte.identifiant}.yaml"), message, remedy))


def check_unsigned(identifiant: str, number: int, signed: Collection[Signature]) -> None:
    """Raise ProblemError for an avenant that is signed: what the project holds now is no longer its text."""
    if any(each.version == number for each in signed):
        message = f"l'avenant n° {number} est signé, et le contrat n'en annonce pas d'autre."
        remedy = f"pour son acte : cpomgen avenant {identifiant} --version {number} ; pour le suivant, annoncez-le."
        raise ProblemError(Problem("CPOM619", Mark(f"contracts/{identifiant}.yaml"), message, remedy))


def told(acte: Acte) -> str:
    """Return what a version is called in a sentence."""
    return f"Contrat {acte.identifiant}, {f'avenant n° {acte.number}' if acte.number else 'v0'}"


def uncommitted(repository: Repository, disk: Tree, acte: Acte) -> Iterator[Problem]:
    """Yield a problem for each file of a version that is not, as it is on disk, in the last commit."""
    head = repository.head()
    git = GitTree(repository, head, "HEAD") if head is not None else None
    folders = dict.fromkeys(path.rpartition("/")[0] for path in acte.files if path.startswith("templates/"))
    more = (f"{folder}/{name}" for folder in folders for name in (git.names(folder, "") if git else ()))
    for path in dict.fromkeys((*acte.files, *more)):
        if git is None or _content(git, path) != _content(disk, path):
            message = "ce fichier n'est pas, tel qu'il est ici, dans le dernier enregistrement de git (commit)."
            remedy = f'enregistrez-le : git add {path}, puis git commit -m "ce qui change"'
            yield Problem("CPOM611", Mark(path), message, remedy)


def _content(tree: Tree, path: str) -> bytes | None:
    """Return the bytes of a file, None when it is not there."""
    try:
        return as_git_keeps(tree.read(path))
    except ProblemError:
        return None


def _in_the_way(repository: Repository, acte: Acte, signed: Collection[Signature], *, again: bool) -> Iterator[Problem]:
    """Yield what forbids to freeze a version, whatever its files are."""
    file = f"contracts/{acte.identifiant}.yaml"
    number, known = acte.number, frozen(repository, acte.identifiant)
    name, apart = f"la version v{number}", () if number else pieces(repository, acte.identifiant)
    if any(each.version == number and each.piece not in apart for each in signed):
        message = f"{name} a déjà été signée : elle ne change plus."
        remedy = "un contrat signé change par avenant : annoncez-le sous « avenants », avec son numéro."
        yield Problem("CPOM613", Mark(file), message, remedy)
    elif number in known and not again:
        yield _already(repository, acte, name)
    earlier = [each for each in known if each < number]
    if number and not earlier and pieces(repository, acte.identifiant):
        yield _too_early(acte)
    elif number and not any(each.version in earlier for each in signed):
        message = f"l'avenant n° {number} modifierait un contrat dont aucune version n'est encore signée."
        remedy = f"si le contrat l'est, dites-le : cpomgen sign {acte.identifiant} --version 0 --le AAAA-MM-JJ"
        remedy += f", ou, s'il a été signé ailleurs : cpomgen import-signed {acte.identifiant} --le AAAA-MM-JJ"
        yield Problem("CPOM615", Mark(file), message, remedy)


def _amending(repository: Repository, acte: Acte) -> Iterator[Problem]:
    """Yield what forbids to freeze pieces of a contract that announces an avenant."""
    if acte.number and 0 in frozen(repository, acte.identifiant):
        message = f"l'avenant n° {acte.number} s'arrête d'un seul tenant : aucune de ses pièces ne précède les autres."
        remedy = f"arrêtez-le en entier : cpomgen freeze {acte.identifiant}"
        yield Problem("CPOM628", Mark(f"contracts/{acte.identifiant}.yaml"), message, remedy)
    elif acte.number:
        yield _too_early(acte)


def _too_early(acte: Acte) -> Problem:
    """Return what is told of an avenant to a contract that is not whole yet."""
    message = f"l'avenant n° {acte.number} modifierait un contrat dont toutes les pièces ne sont pas arrêtées."
    remedy = "tant que le contrat n'est pas entier, ce qui n'est pas arrêté change sans avenant : retirez-le, puis "
    remedy += f"arrêtez ce qui reste : cpomgen freeze {acte.identifiant}"
    return Problem("CPOM629", Mark(f"contracts/{acte.identifiant}.yaml"), message, remedy)


def _before_whole(
    repository: Repository, acte: Acte, signed: Collection[Signature], name: str, *, again: bool
) -> Iterator[Problem]:
    """Yield what forbids to freeze a piece before the others."""
    mark = Mark(f"contracts/{acte.identifiant}.yaml")
    if 0 in frozen(repository, acte.identifiant):
        message = f"la version v0 est arrêtée en entier, la pièce « {name} » avec elle."
        remedy = "elle change par avenant une fois signée ; si personne ne l'a signée, arrêtez le tout de nouveau : "
        yield Problem("CPOM636", mark, message, f"{remedy}cpomgen freeze {acte.identifiant} --reprendre")
    elif any(not each.version and each.piece in ("", name) for each in signed):
        message = f"la pièce « {name} » a déjà été signée : elle ne change plus."
        remedy = f"une fois toutes les pièces arrêtées (cpomgen freeze {acte.identifiant}), elle changera par avenant."
        yield Problem("CPOM613", mark, message, remedy)
    elif name in pieces(repository, acte.identifiant) and not again:
        yield _already(repository, acte, f"la pièce « {name} »", name)


def _already(repository: Repository, acte: Acte, what: str, piece: str = "") -> Problem:
    """Return what is told of a version that is frozen already, or of a piece."""
    day = tag_day(repository, tag_of(acte.identifiant, acte.number, piece))
    message = f"{what} est déjà arrêtée{f', depuis le {jour(day)}' if day else ''}."
    remedy = "pour l'arrêter de nouveau, tant que personne ne l'a signée, ajoutez --reprendre."
    return Problem("CPOM612", Mark(f"contracts/{acte.identifiant}.yaml"), message, remedy)


def _refuse(problems: Iterator[Problem]) -> None:
    if found := tuple(problems):
        raise ProblemError(*found)
