"""Operations of an act → a text as they leave it: all places found first, words changed, then units in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from read_cite import Cites
from read_contrat import (
    Alinea,
    Cellule,
    Noeud,
    Partie,
    Tableau,
    Texte,
    Titre,
    UnreadableError,
    about,
    nom,
)
from read_effet import column, first_rows, insert, move, purge, remove, replace, rows
from read_lieu import Cible, Lieu, find, place, table_of
from read_mots import Retouche, retouche, sentence
from read_mots import done as edited
from read_phrase import Ajout, Amendment


class Deeds:
    """What an act does to a text: all places are found before anything is done."""

    def __init__(self, texte: Texte, annexed: dict[str, list[Noeud]]) -> None:
        self.texte = texte
        self.annexed = annexed
        self.edits: list[Retouche] = []
        self.steps: list[tuple[Amendment, Callable[[], list[Noeud]]]] = []

    def plan(self, amendment: Amendment) -> None:
        """Find the place of an operation, and hold what it will do."""
        lieu = place(self.texte, amendment.places)
        unit = amendment.unit
        cites = Cites(amendment.cited, self.texte)
        if amendment.cited and amendment.deed.split(" ")[0] not in ("rédiger", "remplacer", "insérer"):
            raise UnreadableError("a citation that is not announced")
        if amendment.deed.endswith(" mots"):
            if amendment.cited:
                raise UnreadableError("a citation that is not announced")
            self.edits.append(retouche(lieu.words, amendment))
        elif amendment.deed == "rédiger" and unit and unit.kind == "phrase":
            self.edits.append(sentence(lieu.words, unit.rank, cites.text()))
        elif amendment.deed == "rédiger" and unit and unit.kind == "intitulé":
            titre = find(lieu, unit).nodes[0]
            assert isinstance(titre, Titre)
            self.edits.append(Retouche(titre, 0, len(titre.text), cites.text()))
        else:
            self.steps.append((amendment, self._step(amendment, lieu, cites)))

    def _step(self, amendment: Amendment, lieu: Lieu, cites: Cites) -> Callable[[], list[Noeud]]:
        """Return what an operation on units does, its units found; it returns what it puts in the text."""
        deed, what, before = amendment.deed, amendment.what, amendment.before
        if deed.endswith(" annexe"):
            return self._annex(amendment, lieu)
        if amendment.unit is None:
            table = table_of(lieu)
            return lambda: first_rows(table, cites, what)
        unit = _alone(find(lieu, amendment.unit))
        to = _alone(find(lieu, amendment.to)) if amendment.to else unit
        return {
            "supprimer": lambda: remove(unit),
            "placer": lambda: move(unit, to, before=before),
            "insérer": lambda: insert(unit, what, cites, before=before),
            "insérer tableau": lambda: insert(unit, Ajout("tableau", 1), cites, before=before),
            "rédiger": lambda: rewrite(unit, cites, 1),
            "remplacer": lambda: rewrite(unit, cites, what.number),
            "remplacer tableau": lambda: rewrite(unit, cites, 1),
        }[deed]

    def _annex(self, amendment: Amendment, lieu: Lieu) -> Callable[[], list[Noeud]]:
        """Return what puts an annex of the act in the text, in the place of another or by its number."""
        assert amendment.unit is not None
        key = amendment.unit.key
        if amendment.cited or lieu.kind or key not in self.annexed:
            raise UnreadableError(f"no {key} is annexed to the act")
        nodes = self.annexed.pop(key)
        if amendment.deed == "remplacer annexe":
            unit = find(lieu, amendment.unit)
            return lambda: replace(unit, nodes)
        if any(nom(titre).key == key for partie in self.texte.parties for titre in _first(partie)):
            raise UnreadableError(f"there is an {key} already")
        return lambda: self._added(key, nodes)

    def _added(self, key: str, nodes: list[Noeud]) -> list[Noeud]:
        number = _number(key)
        later = [n for n, part in enumerate(self.texte.parties) for t in _first(part) if _number(nom(t).key) > number]
        self.texte.parties.insert(min(later, default=len(self.texte.parties)), Partie(key, nodes))
        return nodes

    def do(self) -> None:
        """Change the text."""
        if self.annexed:
            raise UnreadableError(f"annexed to the act, and in no article: {', '.join(self.annexed)}")
        edited(self.edits)
        made: list[Noeud] = [edit.alinea for edit in self.edits]
        for amendment, step in self.steps:
            with about(amendment.sentence):
                made += step()
        for partie in self.texte.parties:
            purge(partie.blocks)
        self.texte.parties[:] = [partie for partie in self.texte.parties if partie.blocks]
        left = set(map(id, _all(self.texte)))
        if any(id(node) not in left for node in made):
            raise UnreadableError("what is changed or put in the text is removed from it too")


def rewrite(unit: Cible, cites: Cites, count: int) -> list[Noeud]:
    """Put what is cited in the place of a unit, and return it."""
    if unit.kind == "colonne":
        made = column(unit, cites.column(), before=False)
        remove(_alone(unit))
        return made
    if unit.kind == "cellule":
        unit = unit._replace(kind="alinéa", nodes=tuple(unit.home))
        nodes = cites.alineas()
        if not unit.nodes:
            unit.home.extend(nodes)
            return nodes
    else:
        nodes = _cited(unit, cites, count)
    only = nodes[0]
    if len(nodes) == len(unit.nodes) == 1 and isinstance(only, Alinea):
        only.titre = getattr(unit.nodes[0], "titre", False)
    return replace(unit, nodes)


def _cited(unit: Cible, cites: Cites, count: int) -> list[Noeud]:
    first = unit.nodes[0]
    if unit.kind == "rubrique" and isinstance(first, Titre):
        return cites.extent(first.level, exact=True)
    if unit.kind == "ligne" and unit.table:
        return rows(unit.table, cites, 1)
    if unit.kind == "élément":
        return cites.items(1, titled=getattr(first, "titre", False))
    if unit.kind == "préambule":
        return cites.blocks_alone()
    return [cites.table()] if unit.kind == "tableau" else cites.alineas(count or 1)


def _alone(unit: Cible) -> Cible:
    """Return a unit that is one, or a run of alinéas."""
    if unit.kind == "colonne" and len(unit.nodes) != 1:
        raise UnreadableError("several columns are called so")
    return unit


def _first(partie: Partie) -> list[Titre]:
    return [block for block in partie.blocks[:1] if isinstance(block, Titre)]


def _number(key: str) -> int:
    match = re.fullmatch(r"annexe (\d+)", key)
    return int(match[1]) if match else 0


def _all(texte: Texte) -> Iterator[Noeud]:
    for partie in texte.parties:
        yield from _below(partie.blocks)


def _below(nodes: list[Noeud]) -> Iterator[Noeud]:
    for node in nodes:
        yield node
        if isinstance(node, Tableau):
            yield from node.columns
            yield from node.rows
            yield from _below([cell for row in node.lines_all() for cell in row.cells])
        elif isinstance(node, Cellule):
            yield from _below(node.blocks)
