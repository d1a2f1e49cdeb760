"""What an officer calls a version of a contract (a number, a tag, a revision, a file) → the tree that it is read in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from cpomgen.etiquette import all_pieces, pieces
from cpomgen.gittree import GitTree
from cpomgen.problem import Mark, Problem, ProblemError, Severity
from cpomgen.project import contract_file
from cpomgen.registre import Signature, register_file
from cpomgen.repository import NUMBER, Repository, commit_named, frozen, open_repository, tag_day, tag_of, tag_text
from cpomgen.tree import Tree, WorkTree, as_git_keeps
from cpomgen.wording import unaccented

WITH = re.compile(r"^  ([\w.+-]+) ([\w.+-]+)$", re.MULTILINE)  # a line of a tag: a program, its version
LAST = "derniere"  # what the last version that is frozen may be called


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a contract: what it is called, its tree, the path of its file there, its number once frozen.

    `frozen` are the numbers of all its versions that are, when that is known; `piece` is the document that alone is.
    """

    identifiant: str
    name: str
    tree: Tree
    file: str
    number: int | None = None
    made_with: Mapping[str, str] = field(default_factory=dict)
    frozen: tuple[int, ...] = ()
    piece: str = ""

    @property
    def tag(self) -> str:
        """Return the name of its tag, "" when it is not frozen."""
        return "" if self.number is None else tag_of(self.identifiant, self.number, self.piece)

    @property
    def of(self) -> tuple[str, str]:
        """Return where it is read: the path of its file, the name of its commit."""
        return self.file, self.revision

    @property
    def revision(self) -> str:
        """Return the name of its commit, "" for a file."""
        return str(self.tree.commit.id) if isinstance(self.tree, GitTree) else ""

    @property
    def folder(self) -> str:
        """Return what a folder is named after it."""
        slug = re.sub("[^a-z0-9]+", "-", unaccented(self.name).lower()).strip("-")[:40].strip("-")
        return f"v{self.number}" if self.number is not None else f"version-{slug}".rstrip("-")


def aged(version: Version, engines: Mapping[str, str]) -> tuple[Problem, ...]:
    """Return a warning for a version frozen with other programs than those of today: its bytes may not be the same."""
    then = version.made_with.items()
    changed = [f"{name} {was} (ici {engines[name]})" for name, was in then if engines.get(name, was) != was]
    if not changed:
        return ()
    message = f"la version {version.name} a été arrêtée avec d'autres programmes que ceux d'ici : {', '.join(changed)}."
    remedy = "son texte est le même, ses fichiers peuvent différer ; seuls font foi ceux qui ont été signés."
    return (Problem("CPOM607", Mark(version.file), message, remedy, severity=Severity.AVERTISSEMENT),)


class Beside:
    """The files of a project as they are, and one more under the path that was typed for it."""

    def __init__(self, tree: Tree, path: str, target: Path) -> None:
        self.tree = tree
        self.path = path
        self.target = target

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raise ProblemError when it is missing or unreadable."""
        return WorkTree(self.target.parent).read(self.target.name) if path == self.path else self.tree.read(path)

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """Return the sorted stems of the files of `folder` whose names end in `suffix`."""
        return self.tree.names(folder, suffix)


def is_last(name: str) -> bool:
    """Tell whether a name is that of the last version that is frozen."""
    return unaccented(name).lower() in ("", LAST)


def open_version(
    root: Path, identifiant: str, name: str = "", folder: Path | None = None, but: Collection[int] = ()
) -> Version:
    """Return a version of a contract of the project at `root`, the last that is frozen when it has no name.

    A name is a number (`0`, `v1`), `derniere`, a tag, any revision, or the path of a file, from `folder` if given. The
    last is none of the numbers `but`, unless there is no other.
    """
    file = f"contracts/{identifiant}.yaml"
    typed = (folder or root) / name
    if name.endswith((".yaml", ".yml")) or (name and not NUMBER.fullmatch(name) and typed.is_file()):
        return Version(identifiant, name, Beside(WorkTree(root), name, typed), name)
    name = "" if is_last(name) else name
    repository = open_repository(root, Mark(file))
    if not frozen(repository, identifiant) and (not name or NUMBER.fullmatch(name)):
        contract_file(WorkTree(root), identifiant)
    if not name:
        return last_frozen(repository, identifiant, but)
    if found := NUMBER.fullmatch(name):
        return frozen_version(repository, identifiant, int(found[1]))
    numbers = {tag_of(identifiant, number): number for number in frozen(repository, identifiant)}
    if (tag := name.removeprefix("refs/tags/")) in numbers:
        return frozen_version(repository, identifiant, numbers[tag])
    for piece in pieces(repository, identifiant):
        if tag in (tag_of(identifiant, 0, piece), f"v0-{piece}"):
            return frozen_version(repository, identifiant, 0, piece)
    tree = GitTree(repository, commit_named(repository, name, Mark(file)), name)
    return Version(identifiant, name, tree, file)


def frozen_version(repository: Repository, identifiant: str, number: int, piece: str = "") -> Version:
    """Return a version that is frozen, or as it was when a piece was; raise ProblemError when it has no tag here."""
    tag, file = tag_of(identifiant, number, piece), f"contracts/{identifiant}.yaml"
    commit = repository.commit(f"refs/tags/{tag}")
    if commit is None:
        if apart := pieces(repository, identifiant) if not number else ():
            raise ProblemError(_in_part(identifiant, apart))
        known = frozen(repository, identifiant)
        told = f"versions arrêtées : {', '.join(f'v{each}' for each in known)}" if known else ""
        message = f"la version v{number} de ce contrat n'est pas ici : l'étiquette git « {tag} » manque."
        raise ProblemError(Problem("CPOM603", Mark(file), message, _wanting(repository, identifiant, told)))
    name, with_ = tag.rpartition("/")[2], dict(WITH.findall(tag_text(repository, tag)))
    return Version(identifiant, name, GitTree(repository, commit, name), file, number, with_, piece=piece)


def frozen_pieces(repository: Repository, identifiant: str) -> tuple[Version, ...]:
    """Return the pieces of a contract that are frozen apart from the whole, the first frozen first."""
    found = (frozen_version(repository, identifiant, 0, piece) for piece in pieces(repository, identifiant))
    return tuple(sorted(found, key=lambda each: (str(tag_day(repository, each.tag) or ""), each.name)))


def signed_version(repository: Repository, identifiant: str, number: int, facts: Iterable[Signature]) -> Version:
    """Return what facts on a number tell signed: that version, or the last of the pieces that they name before it is.

    Raise ProblemError when it has no tag here.
    """
    named = {each.piece for each in facts}
    apart = () if number or 0 in frozen(repository, identifiant) else frozen_pieces(repository, identifiant)
    found = [each for each in apart if each.piece in named]
    return found[-1] if found else frozen_version(repository, identifiant, number)


def _in_part(identifiant: str, apart: Sequence[str]) -> Problem:
    """Return what is told of a contract of which only some pieces are frozen, when the whole is asked for."""
    named = ", ".join(f"v0-{piece}" for piece in apart) or "aucune"
    message = f"la version v0 n'est pas arrêtée en entier ; pièces arrêtées à part : {named}."
    remedy = "nommez l'une d'elles (pour la signer : --piece) ; quand le contrat sera complet, arrêtez-le en entier : "
    remedy += f"cpomgen freeze {identifiant}"
    return Problem("CPOM609", Mark(f"contracts/{identifiant}.yaml"), message, remedy)


def is_as_frozen(repository: Repository, tree: Tree, identifiant: str, number: int) -> bool:
    """Tell whether the file of a contract is that of a frozen version; raise ProblemError when either is not here."""
    version = frozen_version(repository, identifiant, number)
    return as_git_keeps(version.tree.read(version.file)) == as_git_keeps(tree.read(version.file))


def last_frozen(repository: Repository, identifiant: str, but: Collection[int] = ()) -> Version:
    """Return the last version that is frozen; raise ProblemError when there is none, or HEAD does not come from it."""
    file, known = f"contracts/{identifiant}.yaml", frozen(repository, identifiant)
    numbers = [each for each in known if each not in but] or known
    if not numbers and (apart := pieces(repository, identifiant)):
        raise ProblemError(_in_part(identifiant, apart))
    if not numbers:
        message = "aucune version de ce contrat n'est arrêtée ici."
        raise ProblemError(Problem("CPOM603", Mark(file), message, _wanting(repository, identifiant)))
    version, tag = frozen_version(repository, identifiant, numbers[-1]), tag_of(identifiant, numbers[-1])
    commit = repository.commit(f"refs/tags/{tag}")
    if commit is None or repository.holds(commit):
        return version
    message = f"la dernière version arrêtée, v{numbers[-1]}, n'est pas dans l'histoire de la branche où vous êtes"
    if repository.is_shallow:
        why, remedy = ", dont une partie seulement est ici.", f"lancez : {repository.fetching() or 'git fetch'}"
    else:
        why = " (branche fusionnée en un seul commit, ou version d'une autre branche)."
        remedy = f"si ses textes sont bien ceux d'où vous partez, lancez : git merge -s ours {tag}"
    raise ProblemError(Problem("CPOM604", Mark(file), f"{message}{why}", remedy))


def amended_version(root: Path, identifiant: str, number: int, given_up: Collection[int]) -> Version:
    """Return the version that an avenant amends: the last frozen before it, those `given_up` left out."""
    repository = open_repository(root, Mark(f"contracts/{identifiant}.yaml"))
    earlier = [each for each in frozen(repository, identifiant) if each < max(number, 1) and each not in given_up]
    return frozen_version(repository, identifiant, earlier[-1] if earlier else max(number - 1, 0))


def earlier_versions(root: Path, version: Version, given_up: Collection[int]) -> tuple[Version, ...]:
    """Return the versions frozen before another, in order, those `given_up` left out; none when it is not frozen."""
    if version.number is None:
        return ()
    repository = open_repository(root, Mark(version.file))
    numbers = (each for each in frozen(repository, version.identifiant) if each < (version.number or 0))
    return tuple(frozen_version(repository, version.identifiant, each) for each in numbers if each not in given_up)


def check_register(repository: Repository, identifiant: str, signed: Iterable[Signature]) -> None:
    """Raise ProblemError for what a register says signed, and that has no tag here."""
    known, apart = frozen(repository, identifiant), pieces(repository, identifiant)
    problems: dict[str, Problem] = {}
    for each in signed:
        if each.version not in known and (each.version or each.piece not in apart):
            piece = "" if each.version or 0 in known else each.piece if apart else ""
            tag, ask = tag_of(identifiant, each.version, piece), repository.fetching()
            what = f"la pièce « {piece} » de la version v0" if piece else f"la version v{each.version}"
            message = f"le registre dit {what} signée, mais l'étiquette git « {tag} » n'est pas ici."
            remedy = f"lancez : {ask}" if ask else f"demandez à qui l'a arrêtée : git push <adresse de ce dépôt> {tag}"
            problems.setdefault(tag, Problem("CPOM622", each.mark or Mark(tag), message, remedy))
    if problems:
        raise ProblemError(*problems.values())


class Bindings:
    """What the contracts of a project must still say; its git is opened once."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def repository(self) -> Repository | None:
        """Return the repository of the project, None for files without git."""
        with suppress(ProblemError):
            return open_repository(self.root, Mark("contracts"))
        return None

    @cached_property
    def apart(self) -> frozenset[str]:
        """Return the contracts of which pieces are frozen apart."""
        return frozenset(all_pieces(self.repository) if self.repository else ())

    def of(self, identifiant: str, signed: Sequence[Signature]) -> tuple[Version, ...]:
        """Return what a contract must still say: its last signed version, else the pieces frozen before it is whole.

        Raise ProblemError when what a register says signed has no tag here.
        """
        try:
            repository = self.repository or open_repository(self.root, Mark(register_file(identifiant)))
        except ProblemError as error:  # files without their git are worked on too
            raise ProblemError(*(each._replace(severity=Severity.AVERTISSEMENT) for each in error.problems)) from None
        check_register(repository, identifiant, signed)
        known = frozen(repository, identifiant)
        if not known:
            return frozen_pieces(repository, identifiant)
        last = max((each.version for each in signed), default=-1)
        return (replace(frozen_version(repository, identifiant, last), frozen=known),) if last in known else ()


def _wanting(repository: Repository, identifiant: str, known: str = "") -> str:
    """Return what to do about a version that has no tag here."""
    ask = repository.fetching()
    fetch = f"si elle est arrêtée ailleurs, lancez : {ask}" if ask else ""
    return " ; ".join(filter(None, (known, fetch))) or f"arrêtez-la d'abord : cpomgen freeze {identifiant}"
