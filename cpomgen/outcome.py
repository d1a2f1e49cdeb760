"""What the pipeline is asked for, and what comes of it: values between a command and the stages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from cpomgen.edition import Edition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cpomgen.acte import Avenant
    from cpomgen.article import ArticleModificatif
    from cpomgen.blanks import Blank
    from cpomgen.contrat import Contrat
    from cpomgen.ecart import Ecart, Tableau
    from cpomgen.imprime import Imprime
    from cpomgen.inventory import Fact
    from cpomgen.operation import Operation
    from cpomgen.problem import Problem
    from cpomgen.registre import Signature
    from cpomgen.schema import Schema
    from cpomgen.term import Renewed
    from cpomgen.voisin import Voisin


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked for: an edition, whether documents carry the contract's data, which ones, the first first (all).

    `number` is that of the version they print, `below` a folder in that of the contract; when all are asked for, those
    of `but` are left out.
    """

    edition: Edition = Edition.PROJET
    data: bool = True
    names: tuple[str, ...] = ()
    number: int = 0
    below: str = ""
    but: tuple[str, ...] = ()

    @property
    def is_project(self) -> bool:
        """Tell whether it is for the contract as it is being written, not for a version of it."""
        return self.edition is Edition.PROJET and not self.below


class Fate(Enum):
    """What becomes of a contract in a build; the value is the French word that authors read."""

    CONSTRUIT = "construit"
    INCHANGE = "inchangé"
    CONSERVE = "conservé"
    ERREUR = "en erreur"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one contract: its documents in out/, written or found the same; what is wrong; all their paths.

    `fate` sums it up, `why` says for what reasons it was built again; `pieces` are frozen, and left as they are.
    """

    identifiant: str
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    paths: tuple[str, ...] = ()
    fate: Fate = Fate.CONSTRUIT
    why: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()

    def also(self, problems: Mapping[str, tuple[Problem, ...]]) -> Outcome:
        """Return what became of this contract, with problems found elsewhere, by contract."""
        return replace(self, problems=(*self.problems, *problems.get(self.identifiant, ())))


@dataclass(frozen=True, slots=True)
class Built:
    """What was made of one contract, not yet written: its files by path in out/, what the manifest says of each.

    `sought` are the files of the project that it was made from, or would have been; `voisin` is what other contracts
    need of it, `bug` what a fault of ours left to tell.
    """

    identifiant: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, Fact]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    sought: frozenset[str] = frozenset()
    voisin: Voisin | None = None
    bug: str = ""


@dataclass(frozen=True, slots=True)
class Started:
    """A contract that is begun: its file, the blanks to fill in it, what became of the one that it follows."""

    file: str
    blanks: tuple[Blank, ...]
    renewed: Renewed | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A contract at one moment: as its fields say it, and as it reads."""

    contrat: Contrat
    schema: Schema
    imprime: Imprime
    numeros: Mapping[str, str] = field(default_factory=dict)  # that its text gives, by the names that its template uses


@dataclass(frozen=True, slots=True)
class Changes:
    """What changes from one version of a contract to another: in its text, in its fields, in its amounts."""

    texte: tuple[Operation, ...]
    champs: tuple[Ecart, ...]
    finances: tuple[Tableau, ...]

    def __bool__(self) -> bool:
        return bool(self.texte or self.champs)


@dataclass(frozen=True, slots=True)
class Projet:
    """An act in the making: the avenant as it is announced, the contract before and after, what changes, in articles.

    `signed` is what the register holds; `base` is the number of the version before, None when it is not frozen, `cited`
    that of the article that allows to amend.
    """

    avenant: Avenant
    old: State
    new: State
    changes: Changes
    articles: tuple[ArticleModificatif, ...]
    signed: tuple[Signature, ...]
    base: int | None = None
    cited: str = ""
