"""What the text of a Word file does not say by itself, and that who reads it again must know: a value, in French."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cpomgen.imprime import Imprime, Paragraph


class Nature(Enum):
    """What it is; the value is the French words."""

    INSERTION = "insertion"
    SUPPRESSION = "suppression"
    DEPLACEMENT_DE = "déplacement, d’ici"
    DEPLACEMENT_VERS = "déplacement, vers ici"
    MISE_EN_FORME = "mise en forme"
    COMMENTAIRE = "commentaire"
    NOTE = "note"
    ZONE = "zone de texte"
    IMAGE = "image"
    OBJET = "objet incorporé"
    BARRE = "texte barré"
    MASQUE = "texte masqué"
    BLANC = "texte écrit en blanc"
    SURLIGNE = "texte surligné"
    NUMEROTATION = "numérotation automatique"
    CHAMP = "texte calculé par Word"
    LIEN = "lien vers"
    AUTRE = "contenu que cpomgen ne lit pas"


SUIVI = (
    Nature.INSERTION, Nature.SUPPRESSION, Nature.DEPLACEMENT_DE, Nature.DEPLACEMENT_VERS, Nature.MISE_EN_FORME,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remarque:
    """What is to be looked at, with the words it is about; for a comment, its words, then those it is `on`.

    `author` and `day` are those that Word noted, the day as AAAA-MM-JJ.
    """

    nature: Nature
    text: str = ""
    author: str = ""
    day: str = ""
    on: str = ""


class Placed(NamedTuple):
    """Something to be looked at, and the paragraph it is in or comes before; None for the file as a whole."""

    remarque: Remarque
    paragraph: Paragraph | None


@dataclass(frozen=True, slots=True)
class Relu:
    """A Word file read again: as it reads, what is to be looked at, the data of the contract that it carries."""

    imprime: Imprime
    remarques: tuple[Placed, ...]
    donnees: str
