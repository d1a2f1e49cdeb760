from __future__ import annotations

from functools import cache

import pytest
from acte_lu import acte, contrat, rows, said
from memory import ROOT, real_schema
from read_acte import applied, read_act
from read_contrat import UnreadableError, as_lists, text_of
from read_word import imprime_of
from wordfile import PARAGRAPHS, Xml, cell, end, paragraph, properties, row, table, word

from cpomgen.edition import Edition
from cpomgen.fill import fill
from cpomgen.gabarits import read_type
from cpomgen.imprime import Block, Imprime, Paragraph
from cpomgen.load import load
from cpomgen.pipeline import print_all
from cpomgen.resolve import resolve
from cpomgen.scope import scope_of
from cpomgen.tree import WorkTree
from cpomgen.validate import validate

STYLES = (*PARAGRAPHS, "Visa", "Cellule entête", "Citation titre", "heading 3", "heading 4", "Lieu et date")


@cache
def arespa() -> tuple[Imprime, bytes]:
    """Return a real contract, and all of it in one Word file."""
    tree = WorkTree(ROOT)
    type_ = read_type(tree, "cpom_type")
    found = resolve(validate(load(tree, "contracts/arespa.yaml"), real_schema()), real_schema())
    scope = scope_of(found, type_.modele, Edition.PROJET, "0" * 64)
    imprime = print_all(type_, scope)
    return imprime, fill(type_.trame, tuple(section.nom for section in type_.modele.sections), imprime, scope, "")


def in_word(imprime: Imprime) -> bytes:
    """Return a document as a Word file, a section of it for each of its own."""
    bodies = [[_block(block) for block in section.blocks] for section in imprime.sections]
    parted = [part for body in bodies[:-1] for part in (*body, end(properties()))]
    return word(*parted, *bodies[-1], styles=STYLES)


def _block(block: Block) -> Xml:
    if isinstance(block, Paragraph):
        return paragraph(block.text, style=block.style)
    cells = [[cell(*map(_block, each.blocks), span=each.colspan) for each in line.cells] for line in block.rows]
    lines = [row(*each, header=line.header) for each, line in zip(cells, block.rows, strict=True)]
    return table(*lines, widths=[1000] * len(block.widths))


def it_reads_a_contract_in_its_word_file_as_in_its_imprime() -> None:
    imprime, file = arespa()
    assert as_lists(text_of(imprime_of(file))) == as_lists(text_of(imprime))


def it_reads_an_act_in_its_word_file() -> None:
    new = ("h1 Annexe 2 – Territoire", "Néant.")
    act = acte(
        "À l’annexe 4, au tableau :",
        "1° Après la ligne « FIR », est insérée une ligne ainsi rédigée :",
        rows("Région | 1 | 2"),
        "2° La ligne « État » est supprimée.",
        "L’annexe 1 est ainsi rédigée :",
        "t « Annexe 1 – Objectifs",
        "« – un. »",
        "Il est ajouté au contrat une annexe 2, annexée au présent avenant.",
        annexes=(new,),
    )
    file = imprime_of(in_word(act))
    old = text_of(contrat())
    assert [each._replace(cited=()) for each in read_act(file)] == [each._replace(cited=()) for each in read_act(act)]
    assert as_lists(applied(old, file)) == as_lists(applied(old, act)) != said()


def it_amends_a_real_contract() -> None:
    imprime = arespa()[0]
    old = text_of(imprime)
    act = acte(
        "À l’article 3, au a), au deuxième alinéa, les mots : « ou son représentant » sont supprimés.",
        "À l’annexe 2, à la rubrique « Objectifs, actions et indicateurs », au tableau :",
        "1° À l’objectif opérationnel « Préparer les retours à domicile avant la sortie de l’hôpital » :",
        "a) Dans la colonne « Indicateurs de suivi et d’évaluation », à l’indicateur « Retours à domicile dont "
        "le plan est prêt le jour de la sortie », au cinquième alinéa, la valeur : « 55 » est supprimée.",
        titre="Modification du contrat",
    )
    new = applied(old, act)
    found = [pair for pair in zip(flat(as_lists(old)), flat(as_lists(new)), strict=True) if pair[0] != pair[1]]
    assert [after for _, after in found] == [
        "– la directrice générale de l’agence régionale de santé\u00a0;",
        "Valeur initiale\u00a0:",
    ]
    assert as_lists(old) == as_lists(text_of(imprime))
    with pytest.raises(UnreadableError, match="the words stand 0 times: ou son représentant"):
        applied(new, act)


def flat(lists: object) -> list[object]:
    """Return what nested lists hold, in one."""
    return [each for below in lists for each in flat(below)] if isinstance(lists, list) else [lists]
