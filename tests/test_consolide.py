"""The text as avenants make it: which passage was amended by which, told in its own numbering; what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from excerpts import AMOUNTS, ARTICLE, MERGED, ROWS, document, row, texts, with_block
from histoire import in_silence
from sample import cell, head, paragraph
from test_enact import OBJET, STATE
from word_text import lines, read_sections

from cpomgen import amending, pipeline
from cpomgen.acte import Avenant
from cpomgen.compare import compare
from cpomgen.consolidate import consolidate
from cpomgen.contrat import Fiche
from cpomgen.edition import Edition
from cpomgen.grid import said
from cpomgen.imprime import Block, Imprime, Row, Table
from cpomgen.outcome import Changes, Options, Projet
from cpomgen.package import pack
from cpomgen.problem import Mark
from cpomgen.reading import Reading
from cpomgen.registre import Signature
from cpomgen.repository import open_repository
from cpomgen.retrace import Etape, retrace
from cpomgen.texts import paired
from cpomgen.version import Version, amended_version, earlier_versions, frozen_version


def plain(text: object) -> str:
    """Return a text, its no-break spaces made plain."""
    return str(text).replace("\u00a0", " ")


def steps(*imprimes: Imprime) -> list[Etape]:
    """Return what each text changed in the one before it."""
    pairs = [paired(*both) for both in pairwise(imprimes)]
    return [Etape(number, both, compare(both)) for number, both in enumerate(pairs, 1)]


def told(*imprimes: Imprime) -> list[str]:
    """Return the passages that were amended, each with what became of it, by which avenant."""
    return [
        f"{each.action.value} {each.numero}{f' puis {each.retire}' if each.retire else ''} : {each.lieu}"
        for each in retrace(steps(*imprimes))
    ]


FOUR = paragraph("Corps", "Le contrat est conclu pour quatre ans.")
THREE = paragraph("Corps", "Le contrat est conclu pour trois ans.")
FIRST = paragraph("Corps", "Les parties se concertent.")


def renumbered(*blocks: Block) -> tuple[Block, ...]:
    """Return blocks, those of articles numbered one more."""
    names = {"Article 1er": "Article 2", "Article 2": "Article 3"}
    found = []
    for block in blocks:
        text = said(block) if block.style == "heading 3" else ""
        name = next((old for old in names if text.startswith(f"{old} –")), "")
        found.append(paragraph("heading 3", text.replace(name, names[name], 1)) if name else block)
    return tuple(found)


def with_article(*blocks: Block) -> tuple[Block, ...]:
    """Return the socle with a new article before the first one, which moves the numbers of the others."""
    new = (paragraph("heading 3", "Article 1er – La concertation"), FIRST)
    return (*blocks[:4], *new, *renumbered(*blocks[4:]))


CASES: dict[str, tuple[Sequence[Sequence[Block]], list[str]]] = {
    "nothing": ((ARTICLE, ARTICLE), []),
    "a passage": ((ARTICLE, with_block(5, FOUR)), ["remplacer 1 : article 1er"]),
    "a passage twice": (
        (ARTICLE, with_block(5, FOUR), with_block(5, THREE)),
        ["remplacer 1 : article 1er", "remplacer 2 : article 1er"],
    ),
    "a passage removed since": (
        (ARTICLE, with_block(13, FIRST), with_block(12, over=2)),
        [
            "remplacer 1 puis 2 : article 2, b) Le rapport",
            "supprimer 2 : article 2, b) Le rapport",
        ],
    ),
    "a passage whose article has another number since": (
        (ARTICLE, with_block(5, FOUR), with_article(*with_block(5, FOUR))),
        [
            "insérer 2 : article 1er",
            "remplacer 1 : article 2",
        ],
    ),
    "in the order of the text, not of the avenants": (
        (ARTICLE, with_block(13, FIRST), (*with_block(5, FOUR)[:13], FIRST)),
        ["remplacer 2 : article 1er", "remplacer 1 : article 2, b) Le rapport"],
    ),
    "what is gone, where it stood": (
        (ARTICLE, with_block(2, over=1), (*with_block(2, over=1)[:4], FOUR, *with_block(2, over=1)[5:])),
        ["supprimer 1 : préambule, troisième alinéa", "remplacer 2 : article 1er"],
    ),
    "paragraphs that come together": (
        (ARTICLE, with_block(11, *(paragraph("Corps", f"Alinéa {each}.") for each in "abc"), ARTICLE[11], over=1)),
        ["insérer 1 : article 2, a) Le suivi annuel, troisième à cinquième alinéas"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def it_tells_which_avenant_amended_which_passage(name: str) -> None:
    chain, expected = CASES[name]
    found = [each for each in told(*(document(*blocks) for blocks in chain)) if "intitulé" not in each]
    assert found == expected


def table(*rows: Row, columns: tuple[str, ...] = ("Source", "2012", "2013")) -> Imprime:
    """Return a document whose annex has a table of amounts."""
    return document(*ARTICLE, annex=texts(Table("Tableau", (1,) * len(columns), (head(*columns), *rows))))


SOURCES = "annexe 1, tableau « Objectifs »"


def it_tells_the_columns_of_a_row_together() -> None:
    new = table(row("FIR", "11", "31", id="s[fir]"), *ROWS[1:])
    assert told(table(*ROWS), new) == [f"remplacer 1 : {SOURCES}, ligne « FIR », colonnes « 2012 » et « 2013 »"]


def it_follows_a_row_that_is_amended_then_moved_down() -> None:
    amended = table(row("FIR", "11", "30", id="s[fir]"), *ROWS[1:])
    after = table(row("Ville", "1", "1", id="s[ville]"), row("FIR", "11", "30", id="s[fir]"), *ROWS[1:])
    assert told(table(*ROWS), amended, after) == [
        f"insérer 2 : {SOURCES}, ligne « Ville »",
        f"remplacer 1 : {SOURCES}, ligne « FIR », colonne « 2012 »",
    ]


def it_tells_a_row_that_comes_then_goes() -> None:
    with_row = table(*ROWS[:2], row("Ville", "1", "1", id="s[ville]"), ROWS[2])
    assert told(table(*ROWS), with_row, table(*ROWS)) == [
        f"insérer 1 puis 2 : {SOURCES}, ligne « Ville »",
        f"supprimer 2 : {SOURCES}, ligne « Ville »",
    ]


def it_tells_a_column_that_comes() -> None:
    rows = tuple(Row((*each.cells, cell("5")), id=each.id) for each in ROWS)
    new = table(*rows, columns=("Source", "2012", "2013", "2014"))
    assert told(table(*ROWS), new) == [f"insérer 1 : {SOURCES}, colonne « 2014 »"]


def it_tells_a_merged_cell_once() -> None:
    first = Row((cell("Étendre", rowspan=2), *MERGED.rows[1].cells[1:]), id="o[1]")
    new = replace(MERGED, rows=(MERGED.rows[0], first, *MERGED.rows[2:]))
    olds = [document(*ARTICLE, annex=texts(each)) for each in (MERGED, new)]
    assert told(*olds) == ["remplacer 1 : annexe 1, tableau « Objectifs », ligne « Étendre », colonne « Objectif »"]


def it_tells_an_annex_that_comes_as_one() -> None:
    assert told(document(*ARTICLE), document(*ARTICLE, annex=texts(AMOUNTS))) == ["insérer 1 : annexe 1"]


def it_says_that_all_that_came_is_gone_when_a_text_comes_back() -> None:
    old, new = document(*ARTICLE), document(*with_article(*ARTICLE), annex=texts(AMOUNTS))
    came = [each for each in retrace(steps(old, new, old)) if each.numero == 1 and each.action.value == "insérer"]
    assert [each.retire for each in came] == [2] * len(came)
    assert came


DAYS = {1: date(2012, 12, 12), 2: date(2013, 6, 20)}
ANNOUNCED = tuple(Avenant(n, OBJET, dates=DAYS, effet=day, conclusion=date(2012, 6, 18)) for n, day in DAYS.items())


def closing(
    *imprimes: Imprime, base: int | None = 0, signed: tuple[Signature, ...] = (), number: int = 2, settled: bool = False
) -> Fiche:
    """Return what closes a text consolidated after the avenant of a number."""
    found = [each._replace(numero=each.numero + number - len(imprimes) + 1) for each in steps(*imprimes)]
    projet = Projet(ANNOUNCED[number - 1], STATE, STATE, Changes((), (), ()), (), signed)
    return consolidate(projet, found, ANNOUNCED, base, settled=settled)


CHAIN = (document(*ARTICLE), document(*with_block(5, FOUR)), document(*with_block(5, THREE)))
SIGNED = tuple(Signature(n, day) for n, day in DAYS.items())


@pytest.mark.parametrize(
    ("signed", "settled", "days"),
    [
        ((), False, ["12 décembre 2012", "en préparation"]),
        (SIGNED[:1], True, ["12 décembre 2012", "à signer"]),
        (SIGNED, True, ["12 décembre 2012", "20 juin 2013"]),
    ],
)
def it_dates_each_avenant(signed: tuple[Signature, ...], settled: bool, days: list[str]) -> None:  # noqa: FBT001 - a case
    found = closing(*CHAIN, signed=signed, settled=settled)
    assert [plain(each["signature"]) for each in found["passages"]] == days
    assert [plain(each["nom"]) for each in found["actes"]] == ["Contrat", "Avenant n° 1", "Avenant n° 2"]
    assert list(found["lacunes"]) == []


def it_says_what_it_does_not_know_of_a_contract_that_begins_with_a_later_version() -> None:
    [gap] = closing(*CHAIN[1:], base=1)["lacunes"]
    assert plain(gap) == (
        "Les passages modifiés par l’avenant n° 1 ne sont pas connus ici : "
        "la première version tenue ici est celle qui suit l’avenant n° 1."
    )


def it_says_what_it_does_not_know_of_a_contract_that_begins_with_a_file() -> None:
    found = closing(*CHAIN[1:], base=None)
    assert [str(each)[:43] for each in found["lacunes"]] == ["Le texte de départ est pris d’un fichier : "]


def it_tells_with_the_next_avenant_what_changed_in_a_version_that_is_missing() -> None:
    found = closing(CHAIN[0], CHAIN[2], base=0)
    assert [plain(each["avenant"]) for each in found["passages"]] == ["n° 1 et 2"]
    assert [plain(each) for each in found["lacunes"]] == [
        "Les modifications apportées par l’avenant n° 1, dont la version manque ici, sont dites avec l’avenant n° 2."
    ]


@pytest.mark.parametrize(
    ("edition", "number", "mention"),
    [
        (Edition.PROJET, 1, "PROJET"),
        (Edition.A_SIGNER, 1, ""),
        (
            Edition.CONSOLIDE,
            2,
            "Version consolidée à jour de l’avenant n° 2, établie à titre d’information ; seuls font foi",
        ),
        (Edition.CONSOLIDE_PROJET, 1, "PROJET de version consolidée à jour de l’avenant n° 1, établie à titre"),
        (Edition.CONSOLIDE, 0, "Version consolidée, établie à titre"),
    ],
)
def it_says_on_each_page_what_the_text_is(edition: Edition, number: int, mention: str) -> None:
    found = edition.mention(number).replace("\u00a0", " ")
    assert found.startswith(mention)
    assert bool(found) == bool(mention)


# The life of the examples


def projet_of(root: Path, name: str, number: int) -> tuple[Projet, Reading, tuple[Version, ...]]:
    """Return the act of a version that is frozen, what reads it, and the versions frozen before the one it amends."""
    git = open_repository(root, Mark(name))
    before, after = (frozen_version(git, name, each) for each in (number - 1, number))
    reading = Reading(after.tree)
    return amending.project(before, reading, name, number, after), reading, earlier_versions(root, before, ())


def it_retraces_the_operations_of_the_acts_themselves(history_repository: Path) -> None:
    with in_silence():
        projet, reading, earlier = projet_of(history_repository, "arespa", 2)
        found, base = amending.etapes(projet, reading, earlier)
        first, *_ = projet_of(history_repository, "arespa", 1)
    assert (base, [each.numero for each in found]) == (0, [1, 2])
    for etape, act in zip(found, (first, projet), strict=True):
        assert [str(each) for each in etape.operations] == [str(each) for each in act.changes.texte]
    passages = retrace(found)
    assert {each.numero for each in passages} == {1, 2}
    twice = "annexe 4, « Contreparties », deuxième alinéa"
    assert [each.numero for each in passages if plain(each.lieu) == twice] == [1, 2]
    assert plain(passages[0].lieu) == "article 1er, b) La zone d’intervention, deuxième alinéa"


OPTIONS = Options(Edition.CONSOLIDE, number=1)


def it_is_the_text_that_build_gives_of_the_version_then_the_table(history_repository: Path) -> None:
    with in_silence():
        projet, reading, earlier = projet_of(history_repository, "douaisis", 1)
        path, whole = next(amending.consolidated(projet, reading, earlier, OPTIONS, settled=True))
        built = pipeline.build_contract(reading, projet.new.contrat, replace(OPTIONS, names=("contrat",)), settled=True)
        _, alone = next(built)
        imprime, word = amending.made(projet.new, reading, OPTIONS, settled=True)
    assert path == "douaisis/avenant-1/consolide.docx"
    *text, closing = read_sections(whole)
    assert lines(text) == lines(read_sections(alone)) == lines(read_sections(pack(word.parts)))
    assert len(text) == len(imprime.sections)
    assert "Table des modifications" in "\n".join(lines([closing]))
    body, table = (plain("\n".join(lines(each))) for each in (text, [closing]))
    assert "n’est pas signé" in body
    assert "Fait à" not in body
    assert "Annexe 4, « Sources de financement », deuxième alinéa" in table


def it_prints_no_table_with_a_template_that_has_none(history_repository: Path) -> None:
    with in_silence():
        projet, reading, _ = projet_of(history_repository, "douaisis", 1)
        imprime, _ = amending.made(projet.new, reading, Options(), settled=True)
    assert "modifications" not in {each.name for each in imprime.sections}


def it_goes_back_to_the_first_version_but_those_of_abandoned_avenants(history_repository: Path) -> None:
    version = amended_version(history_repository, "arespa", 3, ())
    assert [each.number for each in earlier_versions(history_repository, version, ())] == [0, 1]
    assert [each.number for each in earlier_versions(history_repository, version, (1,))] == [0]
    assert earlier_versions(history_repository, replace(version, number=None), ()) == ()
