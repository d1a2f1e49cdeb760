"""Source × columns → the cells of its row, as a spreadsheet shows them; and the columns that say most of contracts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from cpomgen.column import Column, Item, Step, holds_amounts, is_leaf, node_at, plain
from cpomgen.feuille import Cell, Feuille, Row
from cpomgen.scalars import Misread, read_scalar
from cpomgen.schema import Field, Schema
from cpomgen.source import Entry, Node, Scalar, Sequence, Source, is_empty
from cpomgen.source import Mapping as MappingNode

FORMS = {"montant": "#,##0.00", "entier": "#,##0", "annee": "0", "exercice": "0"}
NAME = "Contrats"  # of the sheet
PARTIES = ("ars", "promoteurs")  # roles of the lists of who concludes the contract
MOST_ITEMS = 5  # of a list of parties
MOST_IDS = 40  # of a list whose items are told by their ids


def cell_of(root: MappingNode, column: Column) -> Cell:
    """Return what the cell of a contract holds in a column; nothing when the contract has nothing there."""
    return cell(node_at(root, column.steps), column)


def cell(node: Node | None, column: Column) -> Cell:
    """Return the cell that shows a value, or the values of a list."""
    if node is None or is_empty(node) or isinstance(node, MappingNode):
        return Cell()
    if isinstance(node, Scalar):
        return Cell() if column.is_list else _scalar(node.text, column.field)
    if not column.is_list:
        return Cell()
    texts = [_called(each.text.strip(), column.leaf) for each in node.items if isinstance(each, Scalar)]
    texts = [" ".join(text.split("\n")) for text in texts if text]
    if not any(";" in text for text in texts):
        return Cell(" ; ".join(texts))
    return Cell("\n".join(texts) + ("\n" if len(texts) == 1 else ""))


def _called(text: str, field: Field) -> str:
    """Return the label of a choice, when it is that of no other; what is typed otherwise."""
    labels = [plain(label) for label in field.meta.libelles.values()]
    label = field.meta.libelles.get(text, text) if field.type == "choix" else text
    return label if label == text or labels.count(plain(label)) == 1 else text


def _scalar(text: str, field: Field) -> Cell:
    text = text.strip()
    value = read_scalar(text, field.type)
    if isinstance(value, Misread) or field.type in ("ligne", "texte", "code", "renvoi", "choix"):
        return Cell(_called(text, field))
    if isinstance(value, bool):
        return Cell("oui" if value else "non")
    if isinstance(value, Decimal):
        cents = value.quantize(Decimal("0.01")) if field.type == "montant" else value
        return Cell(cents, form=FORMS.get(field.type, ""))
    if isinstance(value, date):
        return Cell(value)
    return Cell(Decimal(value), form=FORMS.get(field.type, ""))


def tabulated(sources: Iterable[Source], columns: Mapping[str, Column], file: str) -> Feuille:
    """Return the sheet of contracts: the titles of its columns, then a row for each."""
    rows: dict[int, Row] = {1: {rank: Cell(title) for rank, title in enumerate(columns, 1)}}
    for number, source in enumerate(sources, 2):
        cells = {rank: cell_of(source.root, column) for rank, column in enumerate(columns.values(), 1)}
        rows[number] = {rank: each for rank, each in cells.items() if each}
    return Feuille(file, rows, NAME)


def usual(schema: Schema, sources: Iterable[Source]) -> list[Column]:
    """Return the columns that say most of contracts: their single values, their parties, their amounts."""
    roots = [source.root for source in sources]
    found = [column for field in schema.root.fields.values() for column in _below(field, (field.name,), roots)]
    found = [each for each in found if _is_kept(each, roots)]
    lead = [each for each in found if each.field.meta.role == "identifiant"]
    return [*lead, *(each for each in found if each not in lead)]


def _is_kept(column: Column, roots: list[MappingNode]) -> bool:
    """Tell whether a column is worth its place: one that no contract fills is not, but for a first item's."""
    items = [step for step in column.steps if isinstance(step, Item)]
    return not items or items == [Item("", 1)] or any(cell_of(root, column) for root in roots)


def _below(field: Field, steps: tuple[Step, ...], roots: list[MappingNode]) -> Iterator[Column]:
    """Yield the columns of a field and of those below it."""
    if is_leaf(field):
        yield Column(steps, field)
    elif field.item is not None:
        for item in _items(field, steps, roots):
            for child in field.item.fields.values():
                if child.name != "id" or not item.id:
                    yield from _below(child, (*steps, item, child.name), roots)
    elif field.values is not None:
        years = {entry.key.text for root in roots for entry in _entries(node_at(root, steps))}
        yield from (Column((*steps, year), field.values) for year in sorted(years) if _is_year(year))
    else:
        for child in field.fields.values():
            yield from _below(child, (*steps, child.name), roots)


def _is_year(text: str) -> bool:
    return len(text) == len("2012") and text.isdecimal() and text[0] in "12"


def _entries(node: Node | None) -> tuple[Entry, ...]:
    return node.entries if isinstance(node, MappingNode) else ()


def _items(field: Field, steps: tuple[Step, ...], roots: list[MappingNode]) -> Iterator[Item]:
    """Yield the items of a list that have columns: those of parties by rank, those with amounts by id."""
    lists = [node for root in roots if isinstance(node := node_at(root, steps), Sequence)]
    most = max((len(node.items) for node in lists), default=0)
    ranks = [Item("", rank) for rank in range(1, min(most, MOST_ITEMS) + 1)]
    if field.meta.role in PARTIES or any(isinstance(step, Item) for step in steps):
        yield from ranks or [Item("", 1)]
    elif field.item is not None and holds_amounts(field.item):
        ids = list(dict.fromkeys(_id(item) for node in lists for item in node.items))
        yield from [Item(name) for name in ids] if all(ids) and len(ids) <= MOST_IDS else ranks


def _id(node: Node) -> str:
    found = node.get("id") if isinstance(node, MappingNode) else None
    return found.text.strip() if isinstance(found, Scalar) else ""
