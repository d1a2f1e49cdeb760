from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from random import Random

import pytest
from edited import Pair, pairs
from excerpts import AMOUNTS, ARTICLE, MERGED, ROWS, document, row, texts, with_block
from hypothesis import given, settings
from hypothesis import strategies as st
from memory import ROOT, real_schema, source
from read_imprime import as_read, as_tree
from sample import cell, contract, head, paragraph
from strategies import Document, as_yaml

from cpomgen.compare import compare
from cpomgen.edition import Edition
from cpomgen.edits import apply, inverse
from cpomgen.gabarits import read_type
from cpomgen.imprime import Block, Imprime, Paragraph, Row, Span, Table
from cpomgen.kind import Type
from cpomgen.operation import Operation
from cpomgen.pipeline import print_all
from cpomgen.resolve import resolve
from cpomgen.scope import scope_of
from cpomgen.texts import paired, trees
from cpomgen.tree import WorkTree
from cpomgen.validate import validate


def told(operation: Operation) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    where = f"{'en tête' if operation.premier else 'à'} : {operation.lieu}"
    return f"{operation.action.value} {operation.unite.value}", where, operation.old, operation.new


CASES: dict[str, tuple[tuple[Block, ...], list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]]] = {
    "nothing": (ARTICLE, []),
    "a word": (
        with_block(5, paragraph("Corps", "Le contrat est conclu pour quatre ans.")),
        [
            (
                "remplacer alinéa",
                "à : article 1er",
                ("Le contrat est conclu pour cinq ans.",),
                ("Le contrat est conclu pour quatre ans.",),
            )
        ],
    ),
    "a bullet": (
        with_block(10, paragraph("Corps puce", "au plus tard le 31\u00a0mai ;")),
        [
            (
                "remplacer alinéa",
                "à : article 2, a) Le suivi annuel, deuxième alinéa",
                ("– au plus tard le 30\u00a0juin ;",),
                ("– au plus tard le 31\u00a0mai ;",),
            )
        ],
    ),
    "a visa": (
        with_block(2, paragraph("Visa", "Vu le décret ;"), paragraph("Visa", "Vu la loi ;")),
        [("insérer alinéa", "à : préambule, deuxième alinéa", (), ("Vu le décret ;",))],
    ),
    "two paragraphs after a heading": (
        with_block(13, paragraph("Corps", "Il est annuel."), paragraph("Corps", "Il est bref."), ARTICLE[13]),
        [("insérer alinéa", "en tête : article 2, b) Le rapport", (), ("Il est annuel.", "Il est bref."))],
    ),
    "a paragraph left out": (
        with_block(11),
        [
            (
                "supprimer alinéa",
                "à : article 2, a) Le suivi annuel, troisième alinéa",
                ("Elle réunit les parties.",),
                (),
            )
        ],
    ),
    "a heading": (
        with_block(8, paragraph("heading 4", "a) La revue")),
        [
            (
                "remplacer alinéa",
                "à : article 2, a) Le suivi annuel, intitulé",
                ("a) Le suivi annuel",),
                ("a) La revue",),
            )
        ],
    ),
}


@pytest.mark.parametrize(("blocks", "expected"), CASES.values(), ids=CASES)
def it_tells_what_changes_in_clauses(blocks: tuple[Block, ...], expected: object) -> None:
    assert [told(each) for each in compare(paired(document(*ARTICLE), document(*blocks)))] == expected


def in_annex(old: Table, new: Table) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    return [told(each) for each in compare(paired(document(annex=texts(old)), document(annex=texts(new))))]


def it_names_a_cell_by_its_row_and_its_column() -> None:
    new = replace(
        AMOUNTS, rows=(AMOUNTS.rows[0], row("FIR", "10", "40", id="s[fir]"), *ROWS[1:2], row("Total", "30", "90"))
    )
    where = "à : annexe 1, tableau « Objectifs », ligne « {} », colonne « 2013 »"
    assert in_annex(AMOUNTS, new) == [
        ("remplacer alinéa", where.format("FIR"), ("30",), ("40",)),
        ("remplacer alinéa", where.format("Total"), ("80",), ("90",)),
    ]


def it_matches_rows_by_the_id_of_their_item() -> None:
    new = replace(AMOUNTS, rows=(AMOUNTS.rows[0], ROWS[1], row("FIR", "10", "30", id="s[autre]"), ROWS[2]))
    where = "à : annexe 1, tableau « Objectifs », ligne « {} »"
    assert in_annex(AMOUNTS, new) == [
        ("supprimer ligne", where.format("FIR"), ("FIR", "10", "30"), ()),
        ("insérer ligne", where.format("État"), (), ("FIR", "10", "30")),
    ]


def it_sees_rows_in_another_order() -> None:
    new = replace(AMOUNTS, rows=(AMOUNTS.rows[0], ROWS[1], ROWS[0], ROWS[2]))
    (found,) = compare(paired(document(annex=texts(AMOUNTS)), document(annex=texts(new))))
    assert told(found)[:2] == ("déplacer ligne", "en tête : annexe 1, tableau « Objectifs », ligne « État »")
    assert str(found.vers) == "annexe 1, tableau « Objectifs »"


def it_tells_paragraphs_that_move_together_as_one() -> None:
    first, second = (
        [Paragraph("heading 4", (Span(name),), f"o[{name}]"), Paragraph("Corps", (Span(f"De {name}."),), f"o[{name}]")]
        for name in "AB"
    )
    head3 = paragraph("heading 3", "Article 1er – Objet")
    (found,) = compare(paired(document(head3, *first, *second), document(head3, *second, *first)))
    assert (found.action.value, found.old, found.new) == ("déplacer", ("B", "De B."), ("B", "De B."))
    assert (str(found.lieu), str(found.vers)) == ("article 1er, « B », intitulé", "article 1er")


def it_sees_a_new_column_as_one() -> None:
    heads, *rows = (
        Row((*each.cells, cell(text)), each.header, each.id)
        for each, text in zip(AMOUNTS.rows, ("2014", "5", "6", "11"), strict=True)
    )
    new = Table("Tableau", (1, 1, 1, 1), (heads, *rows))
    where = "à : annexe 1, tableau « Objectifs », colonne « 2013 »"
    assert in_annex(AMOUNTS, new) == [("insérer colonne", where, (), ("2014", "5", "6", "11"))]
    where = where.replace("2013", "2014")
    assert in_annex(new, AMOUNTS) == [("supprimer colonne", where, ("2014", "5", "6", "11"), ())]


def it_tells_a_merged_cell_once() -> None:
    first = Row((cell("Mailler", rowspan=2), *MERGED.rows[1].cells[1:]), id="o[1]")
    where = "à : annexe 1, tableau « Objectifs », ligne « Couvrir », colonne « Objectif »"
    new = replace(MERGED, rows=(MERGED.rows[0], first, *MERGED.rows[2:]))
    assert in_annex(MERGED, new) == [("remplacer alinéa", where, ("Couvrir",), ("Mailler",))]


def it_tells_nothing_of_a_merged_cell_whose_first_row_goes() -> None:
    second = Row((cell("Couvrir"), *MERGED.rows[2].cells), id="o[2]")
    new = replace(MERGED, rows=(MERGED.rows[0], second, MERGED.rows[3]))
    where = "à : annexe 1, tableau « Objectifs », ligne « Couvrir », « Ouvrir »"
    assert in_annex(MERGED, new) == [("supprimer ligne", where, ("Couvrir", "Ouvrir", "Nom\nrecruter\nformer"), ())]


def it_finds_a_paragraph_of_a_cell_under_its_title() -> None:
    old, new = (
        Table("Tableau", (1, 1), (head("A", "B"), Row((cell("x"), replace(cell("x"), blocks=blocks)), id="o[1]")))
        for blocks in (
            (paragraph("Cellule titre", "Bassins"), paragraph("Détail", "Type : a"), paragraph("Détail", "Cible : 9")),
            (paragraph("Cellule titre", "Bassins"), paragraph("Détail", "Type : a"), paragraph("Détail", "Cible : 10")),
        )
    )
    ((_, where, *_),) = in_annex(old, new)
    assert where == "à : annexe 1, tableau « Objectifs », ligne « x », colonne « B », « Bassins », troisième alinéa"


def it_sees_a_part_that_comes_or_goes() -> None:
    short, long = document(*ARTICLE), document(*ARTICLE, annex=texts(AMOUNTS))
    (come,), (gone,) = compare(paired(short, long)), compare(paired(long, short))
    assert (come.action.value, come.unite.value, come.new[0]) == ("insérer", "partie", "Annexe 1 – Orientations")
    assert (gone.action.value, str(gone.lieu)) == ("supprimer", "annexe 1")


def it_says_which_leaves_a_change_comes_from() -> None:
    old, new = (
        document(Paragraph("Corps", (Span("Avant "), Span(text, path="suivi.delai"), Span("fixe", path="nom"))))
        for text in ("un mois", "deux mois")
    )
    assert compare(paired(old, new))[0].paths == ("suivi.delai",)


# Laws


@cache
def real_type() -> Type:
    return read_type(WorkTree(ROOT), "cpom_type")


def printed(text: Document) -> Imprime:
    contrat = resolve(validate(source(as_yaml(text)), real_schema()), real_schema())
    return print_all(real_type(), scope_of(contrat, real_type().modele, Edition.PROJET, "0" * 64))


def holds(old: Imprime, new: Imprime) -> None:
    """Check that operations say all that changes, and once."""
    before, after = trees(old, new)
    assert as_tree(before) == as_read(old)
    assert as_tree(after) == as_read(new)
    found = [edit for operation in compare(paired(old, new)) for edit in operation.edits]
    assert as_tree(apply(before, found)) == as_read(new)
    assert as_tree(apply(after, inverse(found))) == as_read(old)


@settings(max_examples=15, deadline=None)
@given(pairs())
def it_turns_the_old_text_of_a_contract_into_the_new_one(pair: Pair) -> None:
    old, new = map(printed, pair.documents(real_schema()))
    assert compare(paired(old, old)) == ()
    holds(old, new)


def _swapped(blocks: list[Block], random: Random) -> None:
    place = random.randrange(len(blocks))
    blocks.insert(random.randrange(len(blocks)), blocks.pop(place))


def _gone(blocks: list[Block], random: Random) -> None:
    blocks.pop(random.randrange(len(blocks)))


def _come(blocks: list[Block], random: Random) -> None:
    blocks.insert(random.randrange(len(blocks)), paragraph("Corps", f"Une clause {random.randrange(9)}."))


def _row(blocks: list[Block], random: Random) -> None:
    places = [n for n, block in enumerate(blocks) if isinstance(block, Table)]
    if places:
        n = random.choice(places)
        table = blocks[n]
        assert isinstance(table, Table)
        own = Row((cell(f"Ligne {random.randrange(9)}", colspan=len(table.widths)),), id="x[1]")
        blocks[n] = replace(table, rows=(*table.rows, own))


CHANGES: tuple[Callable[[list[Block], Random], None], ...] = (_swapped, _gone, _come, _row)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 10**6), st.integers(1, 8))
def it_sees_a_template_that_changes(seed: int, count: int) -> None:
    random = Random(seed)  # noqa: S311 - no secret
    old = contract()
    sections = list(old.sections)
    for _ in range(count):
        place = random.randrange(len(sections))
        blocks = list(sections[place].blocks)
        random.choice(CHANGES)(blocks, random)
        sections[place] = replace(sections[place], blocks=tuple(blocks))
    holds(old, replace(old, sections=tuple(sections)))
