"""Units as an act calls them → the nodes of the old text that they are; one and only one, or UnreadableError."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from read_contrat import (
    Alinea,
    Cellule,
    Ligne,
    Noeud,
    Partie,
    Tableau,
    Texte,
    Titre,
    UnreadableError,
    called,
    extent,
    flat,
    items,
    nom,
    over,
    preambule,
    undashed,
    under,
    unique,
)
from read_phrase import Unite

ORDER = ("rubrique", "tableau", "ligne", "colonne", "élément", "alinéa", "intitulé")  # from the whole to the part
Kind = TypeVar("Kind")


class Cible(NamedTuple):
    """Nodes that are one unit, in the list that holds them; `within` are the first nodes of the units over it."""

    kind: str
    nodes: tuple[Noeud, ...]
    home: list[Noeud]
    within: tuple[Noeud, ...] = ()
    table: Tableau | None = None


@dataclass(frozen=True)
class Lieu:
    """Where a sentence is: what its places have said so far."""

    texte: Texte
    partie: Partie | None = None
    part: Titre | None = None
    titre: Titre | None = None  # the last heading named
    tableau: Tableau | None = None
    ligne: Ligne | None = None
    lignes: tuple[Noeud, ...] = ()  # that share the cell by which they are called
    cellule: Cellule | None = None
    element: tuple[Alinea, ...] = ()
    alinea: Alinea | Titre | None = None
    kind: str = ""

    @property
    def blocks(self) -> list[Noeud]:
        """Return what the place holds."""
        if self.partie is None:
            raise UnreadableError("no part is named")
        return extent(self.partie.blocks, self.titre) if self.titre else preambule(self.texte)

    @property
    def alineas(self) -> Sequence[Noeud]:
        """Return the paragraphs that have a rank here."""
        if self.cellule:
            return self.element or self.cellule.alineas
        if self.ligne or self.tableau or not self.partie:
            raise UnreadableError("no paragraph has a rank here")
        known = under(self.partie.blocks, self.titre) if self.titre else self.blocks
        return [block for block in known if isinstance(block, Alinea | Titre)]

    @property
    def words(self) -> Sequence[Alinea | Titre]:
        """Return the paragraphs where words are looked for."""
        if self.alinea:
            return [self.alinea]
        if self.cellule:
            return self.element or self.cellule.alineas
        raise UnreadableError("the place is neither an alinéa, nor a heading, an item or a cell")


def the_only(found: Sequence[Kind], what: str) -> Kind:
    """Return the one thing found; raise UnreadableError when there is none, or several."""
    if len(found) != 1:
        raise UnreadableError(f"{what}: {len(found) or 'none'} found")
    return found[0]


def ranked(found: Sequence[Kind], rank: int, what: str) -> Kind:
    """Return what has a rank."""
    if rank > len(found):
        raise UnreadableError(f"{what}: there are {len(found)}, rank {rank} is asked for")
    return found[rank - 1]


def enter(lieu: Lieu, unit: Unite) -> Lieu:
    """Return the place after one more word of it."""
    found = find(lieu, unit)
    if found.kind != "préambule":
        before, after = (ORDER.index(kind) if kind in ORDER else -1 for kind in (lieu.kind, found.kind))
        if after < before or (after == before and found.kind != "rubrique"):
            raise UnreadableError(f"{found.kind} below {lieu.kind}")
    elif lieu.kind:
        raise UnreadableError("the préambule is a part")
    first = found.nodes[0] if found.nodes else None
    if isinstance(first, Titre) and found.kind == "rubrique":
        lieu = replace(lieu, partie=_home(lieu.texte, found), part=lieu.part or first, titre=first)
    else:
        lieu = _entered(lieu, found)
    return replace(lieu, kind=found.kind)


def _entered(lieu: Lieu, found: Cible) -> Lieu:
    first = found.nodes[0] if found.nodes else None
    if found.kind == "préambule":
        return replace(lieu, partie=lieu.texte.parties[0])
    if found.kind == "élément":
        return replace(lieu, element=tuple(each for each in found.nodes if isinstance(each, Alinea)))
    if found.kind == "colonne":
        return replace(lieu, cellule=_cell(lieu, found))
    if isinstance(first, Tableau):
        return replace(lieu, tableau=first)
    if isinstance(first, Ligne):
        return replace(lieu, tableau=found.table, ligne=first, lignes=found.nodes)
    only = the_only(found.nodes, "alinéa")
    return replace(lieu, alinea=only if isinstance(only, Alinea | Titre) else None)


def _home(texte: Texte, found: Cible) -> Partie:
    return next(partie for partie in texte.parties if partie.blocks is found.home)


def _cell(lieu: Lieu, found: Cible) -> Cellule:
    """Return the cell of a row in a column; columns that share it are one."""
    if not lieu.ligne or not found.table:
        raise UnreadableError("a column without a row is no place")
    columns = found.table.columns
    rows = [row for row in lieu.lignes if isinstance(row, Ligne)]
    return the_only(unique(row.cells[columns.index(each)] for row in rows for each in found.nodes), "cell")


def find(lieu: Lieu, unit: Unite) -> Cible:
    """Return what a unit is, from a place."""
    if lieu.alinea and unit.kind != "intitulé":
        raise UnreadableError("an alinéa holds no unit but words and sentences")
    return FOUND[unit.kind](lieu, unit)


def _heading(lieu: Lieu, unit: Unite) -> Cible:
    """Return the extent of a heading: below the last one named, or in the whole text; by rank, below the part."""
    known = list(called(lieu.texte))
    if unit.rank and lieu.part is None:
        raise UnreadableError("a rubrique has a rank in a part alone")
    root = lieu.part if unit.rank else lieu.titre
    if lieu.partie and root:
        below = set(map(id, extent(lieu.partie.blocks, root)[1:]))
        known = [each for each in known if id(each[1]) in below]
    elif lieu.partie:
        raise UnreadableError("no heading is named in the préambule")
    if unit.rank:
        partie, titre = ranked(known, unit.rank, "rubrique")
    else:
        key = flat(unit.names[0]) if unit.kind == "rubrique" else unit.key
        partie, titre = the_only([each for each in known if nom(each[1]) == (unit.kind, key)], f"rubrique {key}")
    heads = _heads(lieu.texte, partie, titre)
    return Cible("rubrique", tuple(extent(partie.blocks, titre)), partie.blocks, heads[:-1])


def _heads(texte: Texte, partie: Partie, node: Noeud) -> tuple[Titre, ...]:
    """Return the headings over a block; those of the préambule are alinéas, they are over nothing."""
    opening = set(map(id, preambule(texte)))
    return tuple(titre for titre in over(partie.blocks, node) if id(titre) not in opening)


def _preambule(lieu: Lieu, _unit: Unite) -> Cible:
    return Cible("préambule", tuple(preambule(lieu.texte)), lieu.texte.parties[0].blocks)


def _tableau(lieu: Lieu, unit: Unite) -> Cible:
    if lieu.cellule or lieu.ligne:
        raise UnreadableError("a table in a row")
    if lieu.tableau and not unit.rank and lieu.partie:
        table = lieu.tableau
    else:
        tables = [block for block in lieu.blocks if isinstance(block, Tableau)]
        table = ranked(tables, unit.rank, "tableau") if unit.rank else the_only(tables, "tableau")
    assert lieu.partie is not None
    return Cible("tableau", (table,), lieu.partie.blocks, _over(lieu, table))


def table_of(lieu: Lieu) -> Tableau:
    """Return the table named, or the only one of the place."""
    if lieu.tableau:
        return lieu.tableau
    return the_only([block for block in lieu.blocks if isinstance(block, Tableau)], "tableau")


def _ligne(lieu: Lieu, unit: Unite) -> Cible:
    table = table_of(lieu)
    row = ranked(table.lines(header=False), unit.rank, "ligne")
    return Cible("ligne", (row,), table.rows, table=table)


def _entete(lieu: Lieu, unit: Unite) -> Cible:
    table = table_of(lieu)
    rows = table.lines(header=True)
    row = ranked(rows, unit.rank, "en-tête") if unit.rank else the_only(rows, "en-tête")
    return Cible("ligne", (row,), table.rows, table=table)


def _nomme(lieu: Lieu, unit: Unite) -> Cible:
    """Return the item so called in a cell, or the row so called in a table."""
    if lieu.cellule:
        if unit.key == "ligne":
            raise UnreadableError("a row in a cell")
        return _element(lieu.cellule, the_only(unit.names, "nom"))
    if lieu.ligne:
        raise UnreadableError("a unit in a row whose column is not named")
    table = table_of(lieu)
    rows = [row for row in table.lines(header=False) if all(_has(row, name) for name in unit.names)]
    if unit.key == "ligne" or not rows or not _shares(rows, unit.names[0]):
        rows = [the_only(rows, f"ligne {', '.join(unit.names)}")]
    return Cible("ligne", tuple(rows), table.rows, table=table)


def _shares(rows: Sequence[Ligne], name: str) -> bool:
    """Tell whether rows share a merged cell of that name, and no other rows do."""
    return any(
        all(row.cells[n] is cell for row in rows) and cell.alineas and flat(cell.alineas[0].text) == flat(name)
        for n, cell in enumerate(rows[0].cells)
    )


def _has(row: Ligne, name: str) -> bool:
    firsts = [cell.alineas[0].text for cell in row.cells if cell.alineas]
    return flat(name) in {*map(flat, firsts), *map(undashed, firsts)}


def _element(cell: Cellule, name: str) -> Cible:
    """Return the item whose first paragraph is a text; failing that, the one that begins with it."""
    known = [(undashed(item[0].text), item) for item in items(cell)]
    name = undashed(name)
    found = [item for text, item in known if text == name] or [
        item for text, item in known if text.startswith(name) and not text[len(name) :][:1].isalnum()
    ]
    return Cible("élément", tuple(the_only(found, f"élément {name}")), cell.blocks)


def _colonne(lieu: Lieu, unit: Unite) -> Cible:
    table = table_of(lieu)
    if unit.rank:
        return Cible("colonne", (ranked(table.columns, unit.rank, "colonne"),), table.columns, table=table)
    heads = table.lines(header=True)
    names = [" ".join(flat(each.text) for each in cell.alineas) for cell in heads[-1].cells] if heads else []
    found = [each for each, name in zip(table.columns, names, strict=False) if name == flat(unit.names[0])]
    if not found:
        raise UnreadableError(f"no column reads {unit.names[0]}")
    return Cible("colonne", tuple(found), table.columns, table=table)


def _alinea(lieu: Lieu, unit: Unite) -> Cible:
    known = lieu.alineas
    ranked(known, unit.last, "alinéa")
    nodes = tuple(known[unit.rank - 1 : unit.last])
    if lieu.cellule:
        return Cible("alinéa", nodes, lieu.cellule.blocks, lieu.element[:1])
    assert lieu.partie is not None
    return Cible("alinéa", nodes, lieu.partie.blocks, _over(lieu, nodes[0]))


def _over(lieu: Lieu, node: Noeud) -> tuple[Noeud, ...]:
    """Return the first nodes of what a block is in: its headings, or the préambule."""
    assert lieu.partie is not None
    return _heads(lieu.texte, lieu.partie, node) if lieu.titre else tuple(lieu.blocks[:1])


def _intitule(lieu: Lieu, _unit: Unite) -> Cible:
    if not lieu.titre or not lieu.partie or lieu.tableau:
        raise UnreadableError("no heading is named")
    return Cible("intitulé", (lieu.titre,), lieu.partie.blocks, _over(lieu, lieu.titre))


def _cellule(lieu: Lieu, _unit: Unite) -> Cible:
    if not lieu.cellule or lieu.element:
        raise UnreadableError("no cell is named")
    return Cible("cellule", (lieu.cellule,), lieu.cellule.blocks)


def _phrase(_lieu: Lieu, _unit: Unite) -> Cible:
    raise UnreadableError("a sentence is rewritten, no more")


FOUND: dict[str, Callable[[Lieu, Unite], Cible]] = {
    "numéro": _heading,
    "lettre": _heading,
    "rubrique": _heading,
    "préambule": _preambule,
    "tableau": _tableau,
    "ligne": _ligne,
    "en-tête": _entete,
    "nommé": _nomme,
    "colonne": _colonne,
    "alinéa": _alinea,
    "intitulé": _intitule,
    "cellule": _cellule,
    "phrase": _phrase,
}


def place(texte: Texte, places: Iterable[Unite]) -> Lieu:
    """Return where places lead."""
    lieu = Lieu(texte)
    for unit in places:
        lieu = enter(lieu, unit)
    return lieu
