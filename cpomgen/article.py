"""The articles of an act that amend a contract: values between what words them and what prints them."""

from __future__ import annotations

from typing import NamedTuple

from cpomgen.designation import Nom
from cpomgen.imprime import Block


class Alinea(NamedTuple):
    """A sentence of an act with its number and its level (0 to 3), or a citation."""

    niveau: int
    texte: str = ""
    cite: tuple[Block, ...] = ()


class ArticleModificatif(NamedTuple):
    """An article of an act: its title, the part of the contract that it amends, its sentences, the annex it brings.

    `section` is that of the Word template which has the part.
    """

    titre: str
    partie: Nom
    alineas: tuple[Alinea, ...]
    annexe: tuple[Block, ...] = ()
    section: str = ""
