"""What an act cites, between guillemets or as a table → nodes of a text, as many as the act says."""

from __future__ import annotations

from collections.abc import Sequence

from read_contrat import (
    Alinea,
    Cellule,
    Ligne,
    Noeud,
    Nom,
    Tableau,
    Texte,
    Titre,
    UnreadableError,
    called,
    nom,
    plain,
    read,
    tableau_of,
)
from read_phrase import Ajout

from cpomgen.imprime import Block, Paragraph, Table

ONE_COLUMN = Ajout("colonne", 1)


def is_heading(block: Block) -> bool:
    """Tell whether a block is a paragraph in a style of headings."""
    return isinstance(block, Paragraph) and "titre" in block.style.lower()


def kind_of(name: Nom) -> str:
    """Return what a heading numbers: « article », « a) »; nothing for a rubrique."""
    if name.kind == "lettre":
        return "a)" if name.key.endswith(")") else "1°" if name.key.endswith("°") else "I."
    return name.key.split(" ")[0] if name.kind == "numéro" else ""


class Cites:
    """What a sentence cites, and the text that it is cited for."""

    def __init__(self, blocks: Sequence[Block], texte: Texte) -> None:
        self.blocks = blocks
        self.levels = {kind_of(nom(titre)): titre.level for _, titre in called(texte)}

    def paragraphs(self) -> list[Paragraph]:
        """Return the citation, made of paragraphs alone."""
        found = [block for block in self.blocks if isinstance(block, Paragraph)]
        if not found or len(found) != len(self.blocks):
            raise UnreadableError("paragraphs should be cited")
        return found

    def table(self) -> Tableau:
        """Return the table cited, alone."""
        if len(self.blocks) != 1 or not isinstance(self.blocks[0], Table):
            raise UnreadableError("a table should be cited")
        return tableau_of(self.blocks[0])

    def text(self) -> str:
        """Return the one paragraph cited."""
        found = self.paragraphs()
        if len(found) != 1:
            raise UnreadableError("one paragraph should be cited")
        return plain(read(found[0]))

    def alineas(self, count: int = 0) -> list[Noeud]:
        """Return paragraphs, as many as announced (0 for any number); those of the préambule may be headings."""
        found = self.paragraphs()
        if count and len(found) != count:
            raise UnreadableError(f"{count} alinéas are announced, {len(found)} cited")
        return [Alinea(plain(read(each))) for each in found]

    def items(self, count: int, *, titled: bool) -> list[Noeud]:
        """Return the paragraphs of items."""
        marked = [is_heading(each) for each in self.paragraphs()]
        nodes = [Alinea(plain(read(each)), titre=mark) for each, mark in zip(self.paragraphs(), marked, strict=True)]
        nodes[0].titre = titled
        if (1 + sum(marked[1:]) > count) if titled else (len(nodes) != count):
            raise UnreadableError(f"{count} items are announced")
        return list(nodes)

    def extent(self, level: int, *, exact: bool) -> list[Noeud]:
        """Return a heading and what follows it; the level of the first is that of its kind in the text unless `exact`.

        Others are of the level of their kind, or the one below.
        """
        found: list[Noeud] = []
        first: Titre | None = None
        for block in self.blocks:
            if isinstance(block, Table):
                found.append(tableau_of(block))
            elif not is_heading(block):
                found.append(Alinea(plain(read(block))))
            else:
                titre = Titre(level, plain(read(block)))
                titre.level = self._level(titre, first, level, exact=exact)
                first = first or titre
                found.append(titre)
        if not found or found[0] is not first:
            raise UnreadableError("a heading should be cited first")
        return found

    def _level(self, titre: Titre, first: Titre | None, level: int, *, exact: bool) -> int:
        kind = kind_of(nom(titre))
        if first is None:
            return level if exact or not kind else self.levels.get(kind, level)
        if kind and kind == kind_of(nom(first)):
            return first.level
        known = self.levels.get(kind, 0) if kind else 0
        return known if known > first.level else first.level + 1

    def rubriques(self, what: Ajout, level: int, *, exact: bool) -> list[Noeud]:
        """Return rubriques, those announced."""
        found = self.extent(level, exact=exact)
        known = [each for each in found if isinstance(each, Titre)]
        if what.keys:
            same = [nom(each).key for each in known if each.level == known[0].level]
            if tuple(same) != what.keys:
                raise UnreadableError(f"{' et '.join(what.keys)}: {' et '.join(same)} cited")
        elif len(known) < what.number or nom(known[0]).kind != "rubrique":
            raise UnreadableError(f"{what.number} rubriques are announced")
        return found

    def rows(self, count: int) -> list[Ligne]:
        """Return rows, as many as announced."""
        found = self.table().lines_all()
        if len(found) != count:
            raise UnreadableError(f"{count} rows are announced, {len(found)} cited")
        return found

    def blocks_alone(self) -> list[Noeud]:
        """Return paragraphs and tables of the préambule."""
        found = [tableau_of(each) if isinstance(each, Table) else Alinea(plain(read(each))) for each in self.blocks]
        if not found:
            raise UnreadableError("nothing is cited")
        return list(found)

    def column(self, what: Ajout = ONE_COLUMN) -> list[Cellule]:
        """Return the cells of the one column cited, which the first cells of the rows may precede."""
        rows = self.table().lines_all()
        if what != ONE_COLUMN or {len(row.cells) for row in rows} not in ({1}, {2}):
            raise UnreadableError("one column should be cited")
        return [row.cells[-1] for row in rows]
