"""Operations on units of a text, their places found → the text changed, in the order of the act.

What is gone stays where it was until all is done, so that the place of an operation is that of the old text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from read_cite import Cites
from read_contrat import (
    Alinea,
    Cellule,
    Colonne,
    Ligne,
    Noeud,
    Tableau,
    Titre,
    UnreadableError,
)
from read_lieu import Cible
from read_phrase import Ajout

WHOLE = ("rubrique", "élément", "préambule")  # units that others can be put within


def span(unit: Cible) -> tuple[int, int]:
    """Return where a unit begins and ends now, with what stands for it and what was put within it."""
    members = set(map(id, unit.nodes))
    key = unit.nodes[0] if unit.kind in WHOLE else None
    found = [n for n, each in enumerate(unit.home) if _is_of(each, members, key)]
    if not found:
        raise UnreadableError("the unit is no longer there")
    return found[0], found[-1] + 1


def _is_of(node: Noeud, members: set[int], key: Noeud | None) -> bool:
    own = id(node) in members and (key is None or key.moved or not node.moved)
    return own or any(id(each) in members for each in node.of) or _is_within(node, key)


def _is_within(node: Noeud, key: Noeud | None) -> bool:
    return key is not None and any(each is key for each in node.within)


def insert(unit: Cible, what: Ajout, cites: Cites, *, before: bool) -> list[Noeud]:
    """Put what is cited before or after a unit, and return it."""
    if unit.kind == "colonne":
        return column(unit, cites.column(what), before=before)
    nodes = _cited(unit, what, cites)
    within = unit.within
    if isinstance(nodes[0], Titre):
        level = nodes[0].level
        within = tuple(each for each in within if isinstance(each, Titre) and each.level < level)
    put(unit, nodes, within, before=before)
    return nodes


def _cited(unit: Cible, what: Ajout, cites: Cites) -> list[Noeud]:
    """Return what is cited as nodes that can stand beside a unit; raise UnreadableError when it cannot."""
    beside = {
        "alinéa": ("alinéa", "tableau", "intitulé"),
        "tableau": ("alinéa", "tableau", "intitulé"),
        "rubrique": ("rubrique", "alinéa", "tableau", "intitulé", "préambule"),
        "ligne": ("ligne",),
        "élément": ("élément",),
    }
    if unit.kind not in beside.get(what.noun, ()):
        raise UnreadableError(f"{what.noun} beside {unit.kind}")
    if what.noun == "ligne":
        assert unit.table is not None
        return rows(unit.table, cites, what.number)
    if what.noun == "élément":
        return cites.items(what.number, titled=any(isinstance(each, Alinea) and each.titre for each in unit.home))
    if what.noun == "rubrique":
        return cites.rubriques(what, _level(unit), exact=unit.kind == "rubrique")
    return [cites.table()] if what.noun == "tableau" else cites.alineas(what.number)


def _level(unit: Cible) -> int:
    """Return the level of a heading put beside a unit."""
    if unit.kind == "rubrique" and isinstance(unit.nodes[0], Titre):
        return unit.nodes[0].level
    return 1 + max((each.level for each in unit.within if isinstance(each, Titre)), default=0)


def put(unit: Cible, nodes: Sequence[Noeud], within: tuple[Noeud, ...], *, before: bool) -> None:
    """Put nodes before or after a unit."""
    if any(each.closed for each in within) or (unit.kind == "intitulé" and before):
        raise UnreadableError("no such place is left")
    for node in nodes:
        node.new, node.within = True, within
    start, end = span(unit)
    position = start if before else end
    unit.home[position:position] = nodes


def remove(unit: Cible) -> list[Noeud]:
    """Take a unit away."""
    if unit.kind == "cellule" or not unit.nodes:
        raise UnreadableError(f"{unit.kind} cannot be removed")
    key = unit.nodes[0] if unit.kind in WHOLE else None
    if any(node.gone for node in unit.nodes) or any(_is_within(node, key) for node in unit.home if not node.gone):
        raise UnreadableError("changed twice")
    for node in unit.nodes:
        node.gone = True
    unit.nodes[0].closed = key is not None
    return []


def replace(unit: Cible, nodes: list[Noeud]) -> list[Noeud]:
    """Put nodes in the place of a unit whose paragraphs follow each other."""
    start, end = span(unit)
    known = {*map(id, unit.nodes)}
    if any(id(each) not in known and not each.gone for each in unit.home[start:end]):
        raise UnreadableError("what is replaced is not in one piece, or is changed twice")
    remove(unit)
    for node in nodes:
        node.new, node.of, node.within = True, unit.nodes, unit.within
    unit.home[end:end] = nodes
    return nodes


def move(unit: Cible, to: Cible, *, before: bool) -> list[Noeud]:
    """Place a unit elsewhere in the same list, or in another of the same kind."""
    alike = unit.kind == to.kind or (unit.kind, to.kind) in (("alinéa", "tableau"), ("alinéa", "intitulé"))
    if not alike or unit.kind not in ("ligne", "alinéa", "élément", "rubrique") or unit.table is not to.table:
        raise UnreadableError(f"{unit.kind} cannot be placed beside {to.kind}")
    if any(node in unit.nodes for node in to.nodes) or any(node.gone for node in unit.nodes):
        raise UnreadableError("no such place")
    start, end = span(unit)
    nodes = unit.home[start:end]
    known = {*map(id, unit.nodes)}
    if unit.kind != "rubrique" and any(not _is_of(each, known, unit.nodes[0]) and not each.gone for each in nodes):
        raise UnreadableError("what is placed elsewhere is not in one piece")
    del unit.home[start:end]
    for node in nodes:
        node.moved = True
        node.within = (*(each for each in node.within if each in unit.nodes), *to.within)
    start, end = span(to)
    position = start if before else end
    to.home[position:position] = nodes
    return nodes


# Rows and columns


def rows(table: Tableau, cites: Cites, count: int) -> list[Noeud]:
    """Return the rows cited, a cell for each column that is left."""
    live = [n for n, column in enumerate(table.columns) if not column.gone]
    found = cites.rows(count)
    made: list[Noeud] = []
    for row in found:
        if len(row.cells) != len(live) or row.header:
            raise UnreadableError(f"a row of {len(row.cells)} cells in a table of {len(live)} columns")
        cells = [Cellule([]) for _ in table.columns]
        for n, cell in zip(live, row.cells, strict=True):
            cells[n] = cell
        made.append(Ligne(cells))
    return made


def first_rows(table: Tableau, cites: Cites, what: Ajout) -> list[Noeud]:
    """Put rows in a table that has none, and return them."""
    if table.lines(header=False):
        raise UnreadableError("the table has rows: say which one they come after")
    if what.noun != "ligne":
        raise UnreadableError("nothing says where")
    made = rows(table, cites, what.number)
    for node in made:
        node.new = True
    table.rows += made
    return made


def column(unit: Cible, cells: Sequence[Cellule], *, before: bool) -> list[Noeud]:
    """Put a column before or after another, a cell in each row that is left, and return it."""
    table = unit.table
    if table is None or len(unit.nodes) != 1:
        raise UnreadableError("several columns are called so")
    live = [row for row in table.rows if isinstance(row, Ligne) and not row.gone]
    if len(live) != len(cells):
        raise UnreadableError(f"{len(cells)} cells for {len(live)} rows")
    start, end = span(unit)
    position = start if before else end
    made = Colonne(new=True)
    table.columns.insert(position, made)
    coming = iter(cells)
    for row in table.rows:
        assert isinstance(row, Ligne)
        row.cells.insert(position, Cellule([]) if row.gone else next(coming))
    return [made]


def purge(blocks: list[Noeud]) -> None:
    """Take away what is gone, and make one of what a merged cell and a new row or column say alike."""
    blocks[:] = [block for block in blocks if not block.gone]
    for block in blocks:
        if isinstance(block, Tableau):
            block.rows[:] = [row for row in block.rows if not row.gone]
            for row in block.rows:
                assert isinstance(row, Ligne)
                row.cells[:] = [cell for n, cell in enumerate(row.cells) if not block.columns[n].gone]
            block.columns[:] = [column for column in block.columns if not column.gone]
            for cell in {id(cell): cell for row in block.lines_all() for cell in row.cells}.values():
                purge(cell.blocks)
            _merge(block)


def _merge(table: Tableau) -> None:
    lines = table.lines_all()
    for n, row in enumerate(lines):
        for m, cell in enumerate(row.cells):
            if row.new:
                above_below = [lines[k].cells[m] for k in (n - 1, n + 1) if 0 <= k < len(lines)]
                row.cells[m] = _alike(cell, above_below, [line.cells[m] for line in lines])
            elif table.columns[m].new:
                beside = [row.cells[k] for k in (m - 1, m + 1) if 0 <= k < len(row.cells)]
                row.cells[m] = _alike(cell, beside, row.cells)


def _alike(cell: Cellule, beside: Iterable[Cellule], run: Sequence[Cellule]) -> Cellule:
    """Return the merged cell beside that says what a new cell says, or the cell."""
    for other in beside:
        if other is not cell and sum(each is other for each in run) > 1 and other.words == cell.words:
            return other
    return cell
