"""Tables quoted on another page: as wide as it is, their figures whole."""

from __future__ import annotations

from sample import amounts, cell, head, paragraph

from cpomgen.citation import fitted
from cpomgen.imprime import Block, Cell, Paragraph, Row, Table, paragraphs

PORTRAIT = 9638


def on(width: int, *blocks: Block) -> list[Block]:
    return list(fitted(blocks, width))


def styles(block: Block) -> set[str]:
    return {span.style for each in paragraphs([block]) for span in each.spans}


def it_leaves_paragraphs_and_tables_of_that_width_as_they_are() -> None:
    blocks = (paragraph("Corps", "a"), amounts())
    assert on(sum(amounts().widths), *blocks) == list(blocks)


def it_keeps_the_proportions_of_columns_to_the_last_twentieth() -> None:
    table = Table("Tableau", (1000, 2000, 4000), (head("a", "b", "c"),))
    assert on(10000, table) == [Table("Tableau", (1429, 2857, 5714), table.rows)]
    assert on(101, table) == [Table("Tableau", (14, 29, 58), table.rows)]


def it_gives_figures_the_room_they_need_and_makes_words_smaller() -> None:
    wide = Table("Tableau montants", (7000, *(1350 for _ in range(5))), amounts().rows)
    [table] = on(PORTRAIT, wide)
    assert isinstance(table, Table)
    first, *others = table.widths
    assert sum(table.widths) == PORTRAIT
    assert min(others) > 1300 > 1350 * PORTRAIT / sum(wide.widths)
    assert first > 1200
    assert styles(table) == {"Réduit"}


def it_shares_what_there_is_when_figures_lack_room_all_the_same() -> None:
    figures = Row(tuple(cell("1\u202f234\u202f567,89\u00a0€", "Cellule montant") for _ in range(12)))
    [table] = on(PORTRAIT, Table("Tableau montants", (1000,) * 12, (figures,)))
    assert isinstance(table, Table)
    assert sum(table.widths) == PORTRAIT
    assert max(table.widths) - min(table.widths) <= 1


def it_makes_nothing_smaller_where_figures_have_room() -> None:
    [table] = on(PORTRAIT, Table("Tableau montants", (9000, 1500), (Row((cell("a"), cell("10", "Cellule montant"))),)))
    assert styles(table) == {""}


def it_counts_the_figures_of_a_merged_cell_under_its_own_column() -> None:
    rows = (
        Row((Cell((Paragraph("Cellule", ()),), rowspan=2), cell("a"))),
        Row((cell("123456789012", "Cellule montant"),)),
    )
    [table] = on(4000, Table("Tableau", (2000, 500), rows))
    assert isinstance(table, Table)
    assert table.widths[1] > 1200 > 4000 / 5
