from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from acte_lu import SOCLE, Line, acte, becomes, contrat, said, table
from read_contrat import UnreadableError

A3 = SOCLE["article 3"]
LIST = A3[3:5]
TABLE = A3[5]
FIRST = "Le contrat est conclu pour cinq ans."


def a3(start: int, stop: int, *lines: Line) -> dict[str, Any]:
    """Return article 3 with other lines from one to another."""
    return {"article_3": (*A3[:start], *lines, *A3[stop:])}


def a2(start: int, stop: int, *lines: Line) -> dict[str, Any]:
    return {"article_2": (*SOCLE["article 2"][:start], *lines, *SOCLE["article 2"][stop:])}


ONE: dict[str, tuple[str | tuple[Line, ...], dict[str, Any]]] = {
    "words replaced in an alinéa": (
        "À l’article 3, au a), au premier alinéa, le mot : « annuelle » est remplacé par le mot : « semestrielle ».",
        a3(2, 3, "La revue est semestrielle :"),
    ),
    "a date replaced": (
        "À l’article 1er, au premier alinéa, la date : « 1er janvier » est remplacée par la date : « 3 mai ».",
        {"article_1": (SOCLE["article 1"][0], str(SOCLE["article 1"][1]).replace("1er janvier", "3 mai"))},
    ),
    "words of the contract between guillemets": (
        "À l’orientation n° 1, au premier alinéa, les mots : « , “l’Ouest” » sont remplacés par les mots : « : “Y” ».",
        a2(3, 4, "Deux bassins: « Y » et “l’Est”, ne sont pas couverts."),
    ),
    "words replaced in a heading": (
        "À l’article 3, au a), à l’intitulé, le mot : « revue » est remplacé par les mots : « revue annuelle ».",
        a3(1, 2, "h4 a) La revue annuelle"),
    ),
    "words inserted after others": (
        "À l’article 3, au b), au premier alinéa, après le mot : « rapport », est inséré le mot : « annuel ».",
        a3(8, 9, "Un rapport annuel est remis."),
    ),
    "words inserted after others, beginning with a sign": (
        "À l’article 3, au b), au premier alinéa, après le mot : « remis », sont insérés les mots : « , en juin ».",
        a3(8, 9, "Un rapport est remis, en juin."),
    ),
    "words inserted before others": (
        "À l’article 3, au b), au premier alinéa, avant le mot : « remis », est inséré le mot : « toujours ».",
        a3(8, 9, "Un rapport est toujours remis."),
    ),
    "words removed": (
        "Au titre 2, à l’article 3, au b), au premier alinéa, les mots : « est remis » sont supprimés.",
        a3(8, 9, "Un rapport."),
    ),
    "words removed at the beginning": (
        "À l’article 3, au b), au premier alinéa, le mot : « Un » est supprimé.",
        a3(8, 9, "rapport est remis."),
    ),
    "a sentence": (
        ("À l’article 1er, au premier alinéa, la première phrase est ainsi rédigée :", "« Il dure quatre ans. »"),
        {"article_1": (SOCLE["article 1"][0], str(SOCLE["article 1"][1]).replace(FIRST, "Il dure quatre ans."))},
    ),
    "a sentence that a figure does not end": (
        ("À l’article 1er, au premier alinéa, la deuxième phrase est ainsi rédigée :", "« Il prend effet demain. »"),
        {"article_1": (SOCLE["article 1"][0], f"{FIRST} Il prend effet demain.")},
    ),
    "an alinéa of the préambule": (
        ("Au préambule, le deuxième alinéa est ainsi rédigé :", "« Vu le code, modifié ; »"),
        {"préambule": ("h1 Contrat", "Vu le code, modifié ;", "Vu la loi ;")},
    ),
    "a heading of the préambule": (
        "Au préambule, au premier alinéa, le mot : « Contrat » est remplacé par le mot : « Convention ».",
        {"préambule": ("h1 Convention", "Vu le code ;", "Vu la loi ;")},
    ),
    "the préambule": (
        ("Le préambule est ainsi rédigé :", "t « Convention", "« Vu la loi ; »"),
        {"préambule": ("h1 Convention", "Vu la loi ;")},
    ),
    "an alinéa, a list item": (
        ("À l’article 3, au a), le deuxième alinéa est ainsi rédigé :", "« – deux représentants de l’agence ; »"),
        a3(3, 4, "- deux représentants de l’agence ;"),
    ),
    "a heading rewritten": (
        ("À l’article 3, au a), l’intitulé est ainsi rédigé :", "t « a) La revue annuelle »"),
        a3(1, 2, "h4 a) La revue annuelle"),
    ),
    "a lettered rubrique rewritten": (
        ("À l’article 3, le b) est ainsi rédigé :", "t « b) Le bilan", "« Un bilan est fait. »"),
        a3(7, 9, "h4 b) Le bilan", "Un bilan est fait."),
    ),
    "an article rewritten, with a table at its end": (
        (
            "L’article 2 est ainsi rédigé :",
            "t « Article 2 – Les priorités",
            "« Elles sont deux : »",
            table("Un | Deux", "a | b"),
        ),
        {"article_2": ("h3 Article 2 – Les priorités", "Elles sont deux :", table("Un | Deux", "a | b"))},
    ),
    "an article rewritten, with a table in it": (
        (
            "L’article 2 est ainsi rédigé :",
            "t « Article 2 – Les priorités",
            table("Un | Deux", "a | b"),
            "« Elles sont deux. »",
        ),
        {"article_2": ("h3 Article 2 – Les priorités", table("Un | Deux", "a | b"), "Elles sont deux.")},
    ),
    "an annex rewritten": (
        ("L’annexe 1 est ainsi rédigée :", "t « Annexe 1 – Objectifs", "« Néant. »"),
        {"annexe_1": ("h1 Annexe 1 – Objectifs", "Néant.")},
    ),
    "several alinéas by others": (
        (
            "À l’article 3, au a), les premier à troisième alinéas sont remplacés par un alinéa ainsi rédigé :",
            "« Elle est préparée. »",
        ),
        a3(2, 5, "Elle est préparée."),
    ),
    "two alinéas by three": (
        (
            "À l’article 3, au a), les deuxième et troisième alinéas sont remplacés par trois alinéas ainsi rédigés :",
            "« – un ;",
            "« – deux ;",
            "« – trois. »",
        ),
        a3(3, 5, "- un ;", "- deux ;", "- trois."),
    ),
    "an alinéa by two": (
        (
            "À l’article 3, au b), le premier alinéa est remplacé par deux alinéas ainsi rédigés :",
            "« Un bilan est fait.",
            "« Il est remis. »",
        ),
        a3(8, 9, "Un bilan est fait.", "Il est remis."),
    ),
    "an alinéa after another": (
        (
            "À l’article 3, au a), après le troisième alinéa, est inséré un alinéa ainsi rédigé :",
            "« Elle est publique. »",
        ),
        a3(5, 5, "Elle est publique."),
    ),
    "alinéas before the first": (
        (
            "À l’article 3, au a), avant le premier alinéa, sont insérés deux alinéas ainsi rédigés :",
            "« Un.",
            "« Deux. »",
        ),
        a3(2, 2, "Un.", "Deux."),
    ),
    "an alinéa after a table": (
        ("À l’article 3, au a), après le tableau, est inséré un alinéa ainsi rédigé :", "« Un. »"),
        a3(6, 6, "Un."),
    ),
    "an alinéa after a heading": (
        ("À l’article 3, après l’intitulé, est inséré un alinéa ainsi rédigé :", "« Un. »"),
        a3(1, 1, "Un."),
    ),
    "a lettered rubrique": (
        ("À l’article 3, après le a), est inséré un b) ainsi rédigé :", "t « b) Le bilan", "« Il est fait. »"),
        a3(7, 7, "h4 b) Le bilan", "Il est fait."),
    ),
    "two lettered rubriques": (
        (
            "À l’article 3, après le b), sont insérés un c) et un d) ainsi rédigés :",
            "t « c) Le bilan",
            "« Il est fait.",
            "t « d) La suite »",
        ),
        a3(9, 9, "h4 c) Le bilan", "Il est fait.", "h4 d) La suite"),
    ),
    "an article": (
        ("Après l’article 2, est inséré un article 2 bis ainsi rédigé :", "t « Article 2 bis – La suite", "« Un. »"),
        {"article_2": (*SOCLE["article 2"], "h3 Article 2 bis – La suite", "Un.")},
    ),
    "a rubrique after another": (
        (
            "À l’annexe 1, après la rubrique « Objectifs », est insérée une rubrique ainsi rédigée :",
            "t « Moyens",
            "« Deux postes. »",
        ),
        {
            "annexe_1": (
                "h1 Annexe 1 – Orientations",
                "h2 Objectifs",
                "Ils sont trois.",
                "h2 Moyens",
                "Deux postes.",
                "h2 Recentrage",
                "Il est fait.",
            )
        },
    ),
    "a rubrique after an alinéa": (
        (
            "À l’article 1er, après le premier alinéa, est inséré un a) ainsi rédigé :",
            "t « a) Le cadre »",
        ),
        {"article_1": (*SOCLE["article 1"], "h4 a) Le cadre")},
    ),
    "a rubrique after a heading": (
        ("À l’article 1er, après l’intitulé, est insérée une rubrique ainsi rédigée :", "t « Rappel", "« Un. »"),
        {"article_1": (SOCLE["article 1"][0], "h4 Rappel", "Un.", SOCLE["article 1"][1])},
    ),
    "a table": (
        ("À l’article 1er, après le premier alinéa, est inséré le tableau suivant :", table("A | B", "a | b")),
        {"article_1": (*SOCLE["article 1"], table("A | B", "a | b"))},
    ),
    "an alinéa removed": (
        "À l’article 3, au a), le deuxième alinéa est supprimé.",
        a3(3, 4),
    ),
    "two alinéas removed": (
        "À l’article 3, au a), les deuxième et troisième alinéas sont supprimés.",
        a3(3, 5),
    ),
    "alinéas removed, on both sides of a table": (
        "À l’article 3, au a), les deuxième à quatrième alinéas sont supprimés.",
        a3(3, 7, TABLE),
    ),
    "a rubrique removed": (
        "À l’annexe 1, la rubrique « Objectifs » est supprimée.",
        {"annexe_1": ("h1 Annexe 1 – Orientations", "h2 Recentrage", "Il est fait.")},
    ),
    "a rubrique removed by its rank": ("À l’article 2, la quatrième rubrique est supprimée.", a2(8, 10)),
    "words at a rubrique found by its rank": (
        "À l’article 2, à la quatrième rubrique, au premier alinéa, le mot : « guide » est supprimé.",
        a2(9, 10, "Le ne l’est pas."),
    ),
    "a table removed": ("À l’article 3, au a), le tableau est supprimé.", a3(5, 6)),
    "a table replaced": (
        ("À l’article 3, au a), le tableau est remplacé par le tableau suivant :", table("A | B", "a | b")),
        a3(5, 6, table("A | B", "a | b")),
    ),
    "an annex removed": ("L’annexe 1 est supprimée.", {"annexe_1": ()}),
    "an alinéa placed elsewhere": (
        "À l’article 3, au a), le troisième alinéa est placé avant le deuxième alinéa.",
        a3(3, 5, A3[4], A3[3]),
    ),
    "a rubrique placed elsewhere": (
        "À l’article 3, le a) est placé après le b).",
        a3(1, 9, *A3[7:9], *A3[1:7]),
    ),
    "an article placed elsewhere": (
        "L’article 1er est placé après l’article 2.",
        {"article_1": (), "article_2": (*SOCLE["article 2"], *SOCLE["article 1"])},
    ),
}


@pytest.mark.parametrize(("lines", "expected"), ONE.values(), ids=ONE)
def it_reads_what_a_sentence_does(lines: str | tuple[Line, ...], expected: dict[str, Any]) -> None:
    assert said(**expected) != said()
    assert becomes(acte(*([lines] if isinstance(lines, str) else lines))) == said(**expected)


LEVELS: dict[str, tuple[tuple[Line, ...], dict[str, Any]]] = {
    "places gathered from the levels over a sentence": (
        (
            "L’article 3 est ainsi modifié :",
            "1° Au a) :",
            "a) Au premier alinéa, le mot : « annuelle » est remplacé par le mot : « mensuelle » ;",
            "b) Le deuxième alinéa est supprimé ;",
            "2° Au b), au premier alinéa, le mot : « rapport » est remplacé par le mot : « bilan ».",
        ),
        a3(2, 9, "La revue est mensuelle :", *A3[4:8], "Un bilan est remis."),
    ),
    "several operations in a sentence of the third level": (
        (
            "L’article 3 est ainsi modifié :",
            "1° Le a) est ainsi modifié :",
            "a) Au premier alinéa :",
            "– le mot : « La » est remplacé par le mot : « Toute » ; le mot : « annuelle » est supprimé ;",
            "– après le mot : « revue », est inséré le mot : « utile » ;",
            "b) Après le tableau, est inséré un alinéa ainsi rédigé :",
            "« Un. » ;",
            "2° Le b) est supprimé.",
        ),
        a3(2, 9, "Toute revue utile est :", *A3[3:6], "Un.", A3[6]),
    ),
    "whole sentences one after the other": (
        (
            "À l’article 3, au b), au premier alinéa, le mot : « rapport » est remplacé par le mot : « bilan ».",
            "À l’article 3, le a) est supprimé.",
        ),
        a3(1, 9, A3[7], "Un bilan est remis."),
    ),
    "places of the text before the act, whatever it does": (
        (
            "À l’article 3, au a) :",
            "1° Le premier alinéa est supprimé ;",
            "2° Après le premier alinéa, est inséré un alinéa ainsi rédigé :",
            "« Zéro. »",
            "3° Le deuxième alinéa est ainsi rédigé :",
            "« – un ; »",
            "4° Après le deuxième alinéa, est inséré un alinéa ainsi rédigé :",
            "« – deux. »",
            "5° Le troisième alinéa est supprimé.",
        ),
        a3(2, 5, "Zéro.", "- un ;", "- deux."),
    ),
    "what is put beside a unit, nearer than what was put there before": (
        (
            "À l’article 3, au b) :",
            "1° Après le premier alinéa, est inséré un alinéa ainsi rédigé :",
            "« Un. »",
            "2° Après le premier alinéa, sont insérés deux alinéas ainsi rédigés :",
            "« Deux.",
            "« Trois. »",
        ),
        a3(9, 9, "Deux.", "Trois.", "Un."),
    ),
    "alinéas of the préambule, the first one too": (
        (
            "Le préambule est ainsi modifié :",
            "1° Le premier alinéa est supprimé ;",
            "2° Le deuxième alinéa est ainsi rédigé :",
            "« Vu le code, modifié ; »",
            "3° Après le troisième alinéa, est inséré un alinéa ainsi rédigé :",
            "« Vu le décret ; »",
        ),
        {"préambule": ("Vu le code, modifié ;", "Vu la loi ;", "Vu le décret ;")},
    ),
    "an empty alinéa": (
        ("À l’article 3, au b), le premier alinéa est ainsi rédigé :", "« »"),
        a3(8, 9, ""),
    ),
    "what is put at the end of a rubrique, before the one that follows": (
        (
            "À l’article 3 :",
            "1° Après le b), est inséré un c) ainsi rédigé :",
            "t « c) La suite »",
            "2° Au b), après le premier alinéa, est inséré un alinéa ainsi rédigé :",
            "« Un. »",
            "3° Au a), après le quatrième alinéa, est inséré un alinéa ainsi rédigé :",
            "« Deux. »",
            "4° Le b) est placé avant le a).",
        ),
        a3(1, 9, *A3[7:9], "Un.", *A3[1:7], "Deux.", "h4 c) La suite"),
    ),
}


@pytest.mark.parametrize(("lines", "expected"), LEVELS.values(), ids=LEVELS)
def it_reads_the_levels_of_an_article(lines: tuple[Line, ...], expected: dict[str, Any]) -> None:
    assert becomes(acte(*lines)) == said(**expected)


def it_reads_no_article_but_those_that_amend() -> None:
    assert becomes(acte("L’annexe 1 est supprimée.", titre="Suppression de l’annexe 1")) == said(annexe_1=())
    assert becomes(acte("L’annexe 1 est supprimée.", titre="Autres stipulations")) == said()


ANNEXE = ("h1 Annexe 4 – Financement", "Sans objet.")


def it_reads_an_annex_annexed_to_the_act() -> None:
    act = acte("L’annexe 4 est remplacée par l’annexe 4 annexée au présent avenant.", annexes=(ANNEXE,))
    assert becomes(act) == said(annexe_4=ANNEXE)


def it_puts_a_new_annex_in_its_place_by_its_number() -> None:
    new = ("h1 Annexe 2 – Territoire", "Néant.")
    act = acte(
        "Il est ajouté au contrat une annexe 2, annexée au présent avenant.",
        titre="Ajout de l’annexe 2",
        annexes=(new,),
    )
    assert becomes(act) == said(annexe_2=new)


def it_calls_a_part_of_a_contract_without_numbers_by_its_title() -> None:
    old = contrat(
        préambule=(),
        titre_1=(),
        article_1=("h1 Objet", "Un."),
        titre_2=(),
        article_2=("h1 Durée", "Deux."),
        article_3=(),
    )
    act = acte("À la rubrique « Durée », au premier alinéa, le mot : « Deux » est remplacé par le mot : « Trois ».")
    assert becomes(act, old)[0] == [("titre", "Objet"), "Un.", ("titre", "Durée"), "Trois."]


REFUSED: dict[str, tuple[str, tuple[Line, ...]]] = {
    "words that stand twice": (
        "the words stand 2 times: Il",
        ("À l’article 1er, au premier alinéa, le mot : « Il » est supprimé.",),
    ),
    "words that stand nowhere": (
        "the words stand 0 times: bilan",
        ("À l’article 3, au b), au premier alinéa, le mot : « bilan » est supprimé.",),
    ),
    "a part of a word": (
        "the words stand 0 times: Un rap",
        ("À l’article 3, au b), au premier alinéa, les mots : « Un rap » sont supprimés.",),
    ),
    "an article that is not there": (
        "rubrique article 9: none found",
        ("À l’article 9, au premier alinéa, le mot : « Un » est supprimé.",),
    ),
    "an alinéa that is not there": (
        "alinéa: there are 1, rank 2 is asked for",
        ("À l’article 3, au b), au deuxième alinéa, le mot : « Un » est supprimé.",),
    ),
    "an annex that is not joined": (
        "no annexe 4 is annexed",
        ("L’annexe 4 est remplacée par l’annexe 4 annexée au présent avenant.",),
    ),
    "a rubrique that is there twice": (
        "rubrique Portée: 2 found",
        ("À l’article 2, la rubrique « Portée » est supprimée.",),
    ),
    "a rubrique of another article": (
        "rubrique Portée: none found",
        ("À l’article 1er, la rubrique « Portée » est supprimée.",),
    ),
    "a numbered heading called by its text": (
        "rubrique Article 3 – Le suivi: none found",
        ("La rubrique « Article 3 – Le suivi » est supprimée.",),
    ),
    "no alinéa": (
        "the place is neither an alinéa, nor a heading, an item or a cell",
        ("À l’article 3, au b), le mot : « Un » est supprimé.",),
    ),
    "words after the operation": (
        "no operation is worded so",
        ("À l’article 3, le b) est supprimé, sauf avis contraire.",),
    ),
    "a sentence without its end": ("does not end as it should", ("À l’article 3, le b) est supprimé",)),
    "a citation without its end": (
        "guillemets that do not answer each other",
        ("À l’article 3, au b), le premier alinéa est ainsi rédigé :", "« Un."),
    ),
    "a citation whose last guillemet is not parted": (
        "guillemets that do not answer each other",
        ("À l’article 3, au b), le premier alinéa est ainsi rédigé :", "« Un.»"),
    ),
    "a citation that ends too soon": (
        "guillemets that do not answer each other",
        (
            "À l’article 3, au b), le premier alinéa est remplacé par deux alinéas ainsi rédigés :",
            "« Un. »",
            "« Deux. »",
        ),
    ),
    "a citation that nothing announces": (
        "does not end as it should",
        ("À l’article 3, le b) est supprimé.", "« Un. »"),
    ),
    "a citation that is missing": (
        "does not end as it should",
        ("À l’article 3, au b), le premier alinéa est ainsi rédigé :",),
    ),
    "more paragraphs than announced": (
        "2 alinéas are announced, 3 cited",
        (
            "À l’article 3, au b), le premier alinéa est remplacé par deux alinéas ainsi rédigés :",
            "« Un.",
            "« Deux.",
            "« Trois. »",
        ),
    ),
    "another rubrique than announced": (
        "c): d) cited",
        ("À l’article 3, après le b), est inséré un c) ainsi rédigé :", "t « d) La suite »"),
    ),
    "a rubrique without its heading": (
        "a heading should be cited first",
        ("À l’article 3, le b) est ainsi rédigé :", "« Un. »"),
    ),
    "a level that nothing is over": ("nothing stands over this level", ("1° L’article 3 est supprimé.",)),
    "several operations at another level": (
        "no operation is worded so",
        ("À l’article 3 :", "1° Le a) est supprimé ; le b) est supprimé."),
    ),
    "an operation over others": (
        "no place: l’article 3 est supprimé",
        ("L’article 3 est supprimé :", "1° Le a) est supprimé."),
    ),
    "a place from the part to the whole": (
        "no paragraph has a rank here",
        ("Au premier alinéa, à l’article 3, le mot : « Un » est supprimé.",),
    ),
    "a unit changed twice": ("changed twice", ("L’article 3 est supprimé.", "À l’article 3, le b) est supprimé.")),
    "words changed in what is removed": (
        "is removed from it too",
        ("À l’article 3, au b), au premier alinéa, le mot : « Un » est supprimé.", "L’article 3 est supprimé."),
    ),
    "words changed twice": (
        "changed twice: Un rapport est remis.",
        (
            "À l’article 3, au b), au premier alinéa, les mots : « Un rapport » sont supprimés.",
            "À l’article 3, au b), au premier alinéa, les mots : « rapport est » sont supprimés.",
        ),
    ),
    "alinéas put in what is removed": (
        "changed twice",
        (
            "À l’article 3, au b), après le premier alinéa, est inséré un alinéa ainsi rédigé :",
            "« Un. »",
            "À l’article 3, le b) est supprimé.",
        ),
    ),
    "alinéas put in what is gone": (
        "no such place is left",
        (
            "À l’article 3, le b) est supprimé.",
            "À l’article 3, au b), après le premier alinéa, est inséré un alinéa ainsi rédigé :",
            "« Un. »",
        ),
    ),
    "a sentence that is none": ("no operation is worded so", ("Les parties se réunissent chaque année.",)),
    "ranks that do not follow": (
        "ranks that do not follow each other",
        ("À l’article 3, au a), les premier et troisième alinéas sont supprimés.",),
    ),
    "a guillemet alone": (
        "guillemets that do not answer each other",
        ("À l’article 3, au b), au premier alinéa, le mot : « Un est supprimé.",),
    ),
    "words in a guillemet of another kind": (
        "no unit is called so",
        ("À l’article 3, au b), au premier alinéa, le mot : “Un” est supprimé.",),
    ),
    "an intitulé of nothing": ("no heading is named", ("L’intitulé est supprimé.",)),
    "a row that is not there": (
        "ligne: there are 2, rank 3 is asked for",
        ("Au titre 2, au tableau, la troisième ligne est supprimée.",),
    ),
}


@pytest.mark.parametrize(("why", "lines"), REFUSED.values(), ids=REFUSED)
def it_refuses_what_is_not_plain(why: str, lines: tuple[Line, ...]) -> None:
    with pytest.raises(UnreadableError, match=re.escape(why)):
        becomes(acte(*lines))


def it_says_in_which_sentence() -> None:
    with pytest.raises(UnreadableError, match=r"there are 1, rank 2 is asked for – in: À l’article 3, au b\), le deux"):
        becomes(acte("À l’article 3, au b), le deuxième alinéa est supprimé."))


def it_refuses_an_annex_that_no_article_puts_in_the_contract() -> None:
    with pytest.raises(UnreadableError, match="annexed to the act, and in no article: annexe 4"):
        becomes(acte("L’annexe 1 est supprimée.", annexes=(ANNEXE,)))


def it_refuses_an_annex_that_is_there_already() -> None:
    act = acte("Il est ajouté au contrat une annexe 4, annexée au présent avenant.", annexes=(ANNEXE,))
    with pytest.raises(UnreadableError, match="there is an annexe 4 already"):
        becomes(act)


def it_reads_with_no_more_of_the_package_than_its_values() -> None:
    waiting, seen, taken = ["read_acte", "read_word"], set[str](), set[str]()
    folder = Path(__file__).parent
    while waiting:
        name = waiting.pop()
        seen.add(name)
        tree = ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))
        named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        named |= {each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names}
        taken |= {each for each in named if each.startswith("cpomgen")}
        waiting += [each for each in named if (folder / f"{each}.py").is_file() and each not in seen]
    assert {"read_lieu", "read_deeds", "word_text"} <= seen
    assert taken == {"cpomgen.imprime"}
