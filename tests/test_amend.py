# ruff: noqa: E501 - sentences of acts, whole
from __future__ import annotations

from dataclasses import replace

import pytest
from excerpts import AMOUNTS, ARTICLE, acted, document, expected, objectifs, row, with_block
from sample import LANDSCAPE, PORTRAIT, contract, head, paragraph

from cpomgen.amend import amend
from cpomgen.imprime import Block, Imprime, Section, Table
from cpomgen.texts import paired

LOREM = "Le promoteur tient à la disposition de l’agence les pièces qui justifient de l’emploi des sommes reçues."


def numbered(*articles: tuple[str, str]) -> tuple[Block, ...]:
    """Return a socle of articles, their number and title first, then their only alinéa."""
    return tuple(
        block
        for title, text in articles
        for block in (paragraph("heading 3", f"Article {title}"), paragraph("Corps", text))
    )


def annexes(*titles: str, text: str = LOREM) -> Imprime:
    """Return a socle and annexes, named by their title."""
    sections = [Section("socle", PORTRAIT, numbered(("1er – Objet", LOREM)))]
    for title in titles:
        blocks = paragraph("heading 1", title), paragraph("Corps", text)
        sections.append(Section(f"annexe-{title.split()[1]}", LANDSCAPE, blocks))
    return Imprime("", tuple(sections))


RAPPORT = "Le promoteur adresse à l’agence, avant le 30 juin de chaque année, un rapport d’activité."
AUTRE = "Une commission mixte, présidée par la directrice générale, en constate la bonne exécution."
TERME = "Le contrat prend fin à son terme, sous réserve des obligations que fait naître"
OBJET, SUIVI, FIN = (
    ("1er – Objet", LOREM),
    ("2 – Suivi", "La revue a lieu."),
    ("3 – Fin", "Il prend fin, article 2 compris."),
)
CASES: dict[str, tuple[Imprime, Imprime, str]] = {
    "an article written again when more than half of it changes": (
        document(*numbered(OBJET), paragraph("Corps", "Elle est utile."), paragraph("Corps", TERME)),
        document(*numbered(("1er – Objet", RAPPORT)), paragraph("Corps", "Elle est utile."), paragraph("Corps", AUTRE)),
        f"""
# Modification de l’article 1er
L’article 1er est ainsi rédigé :
> « Article 1er – Objet
> « {RAPPORT}
> « Elle est utile.
> « {AUTRE} »
""",
    ),
    "an article more at the end": (
        document(*numbered(OBJET, SUIVI)),
        document(*numbered(OBJET, SUIVI, FIN)),
        """
# Ajout de l’article 3
Après l’article 2, est inséré un article 3 ainsi rédigé :
> « Article 3 – Fin
> « Il prend fin, article 2 compris. »
""",
    ),
    "two articles more": (
        document(*numbered(OBJET)),
        document(*numbered(OBJET, SUIVI, FIN)),
        """
# Ajout de l’article 2 et de l’article 3
Après l’article 1er, sont insérés un article 2 et un article 3 ainsi rédigés :
> « Article 2 – Suivi
> « La revue a lieu.
> « Article 3 – Fin
> « Il prend fin, article 2 compris. »
""",
    ),
    "an article less": (
        document(*numbered(OBJET, SUIVI, FIN)),
        document(*numbered(OBJET, FIN)),
        """
# Suppression de l’article 2
L’article 2 est supprimé.
""",
    ),
    "an article in the middle, the next ones and what cites them being numbered again": (
        document(
            *numbered(OBJET, ("2 – Le suivi annuel", RAPPORT), ("3 – La fin du contrat", f"{TERME} l’article 2."))
        ),
        document(
            *numbered(
                OBJET,
                ("2 – L’évaluation des actions", "Elle a lieu deux fois par an, aux frais de l’agence."),
                ("3 – Le suivi annuel", RAPPORT),
                ("4 – La fin du contrat", f"{TERME} l’article 3."),
            )
        ),
        """
# Ajout de l’article 2
Après l’article 1er, est inséré un article 2 ainsi rédigé :
> « Article 2 – L’évaluation des actions
> « Elle a lieu deux fois par an, aux frais de l’agence. »
# Modification de l’article 2, qui devient l’article 3
À l’article 2, à l’intitulé, les mots : « Article 2 » sont remplacés par les mots : « Article 3 ».
# Modification de l’article 3, qui devient l’article 4
L’article 3 est ainsi modifié :
  1° À l’intitulé, les mots : « Article 3 » sont remplacés par les mots : « Article 4 » ;
  2° Au premier alinéa, les mots : « article 2 » sont remplacés par les mots : « article 3 ».
""",
    ),
    "an annex more": (
        annexes("Annexe 1 – Objectifs"),
        annexes("Annexe 1 – Objectifs", "Annexe 2 – Moyens"),
        f"""
# Ajout de l’annexe 2
Il est ajouté au contrat une annexe 2, annexée au présent avenant.
annexe > Annexe 2 – Moyens
annexe > {LOREM}
""",
    ),
    "an annex less": (
        annexes("Annexe 1 – Objectifs", "Annexe 2 – Moyens"),
        annexes("Annexe 1 – Objectifs"),
        """
# Suppression de l’annexe 2
L’annexe 2 est supprimée.
""",
    ),
    "an annex replaced when more than half of it changes": (
        document(*ARTICLE, annex=(AMOUNTS, *(paragraph("Corps", f"{LOREM} {n}") for n in range(2)))),
        document(*ARTICLE, annex=(paragraph("Corps", "Tout y est autre."), paragraph("Corps puce", "vraiment."))),
        """
# Remplacement de l’annexe 1
L’annexe 1 est remplacée par l’annexe 1 annexée au présent avenant.
annexe > Annexe 1 – Orientations
annexe > Tout y est autre.
annexe > – vraiment.
""",
    ),
    "the articles of the socle, then the annexes": (
        document(*ARTICLE, annex=(AMOUNTS,)),
        document(
            *with_block(5, paragraph("Corps", "Le contrat est conclu pour quatre ans.")),
            annex=(Table("T", (1, 1, 1), (*AMOUNTS.rows[:2], row("État", "25", "50", id="s[etat]"), AMOUNTS.rows[3])),),
        ),
        """
# Modification de l’article 1er
À l’article 1er, au premier alinéa, le mot : « cinq » est remplacé par le mot : « quatre ».
# Modification de l’annexe 1
À l’annexe 1, au tableau, à la ligne « État », dans la colonne « 2012 », la valeur : « 20 » est remplacée par la valeur : « 25 ».
""",
    ),
}


@pytest.mark.parametrize(("old", "new", "act"), CASES.values(), ids=CASES)
def it_amends_a_contract_part_by_part(old: Imprime, new: Imprime, act: str) -> None:
    assert acted(old, new) == expected(act)


def it_has_nothing_to_say_of_the_same_contract() -> None:
    assert amend(paired(contract(), contract()), (objectifs(), objectifs())) == ()


ANNEXED = document(*ARTICLE, annex=(AMOUNTS,))
TWICE = document(
    *ARTICLE,
    annex=(
        Table("T", (1, 1, 1), (head("Source", "2012", "2013"), row("FIR", "11", "31", id="s[fir]"), *AMOUNTS.rows[2:])),
    ),
)


@pytest.mark.parametrize("name", ["annexe 1", "annexe-1"])
def it_replaces_an_annex_when_asked(name: str) -> None:
    titre, geste, *annex = acted(ANNEXED, TWICE, whole=[name])
    assert titre == "# Remplacement de l’annexe 1"
    assert geste == "L’annexe 1 est remplacée par l’annexe 1 annexée au présent avenant."
    assert annex[1:3] == ["annexe | Source | 2012 | 2013 |", "annexe | FIR | 11 | 31 |"]


def it_leaves_out_the_signatures_of_an_annex() -> None:
    closing = (paragraph("Lieu et date", "Fait à Rennes, le"), paragraph("Signature", "La directrice"))
    old, new = (
        Imprime("", tuple(replace(each, blocks=(*each.blocks, *closing)) for each in found.sections))
        for found in (annexes("Annexe 1 – Objectifs"), annexes("Annexe 1 – Objectifs", "Annexe 2 – Suivi", text=AUTRE))
    )
    assert acted(old, new, whole=["annexe-1"]) == expected(
        f"""
# Remplacement de l’annexe 1
L’annexe 1 est remplacée par l’annexe 1 annexée au présent avenant.
annexe > Annexe 1 – Objectifs
annexe > {AUTRE}
# Ajout de l’annexe 2
Il est ajouté au contrat une annexe 2, annexée au présent avenant.
annexe > Annexe 2 – Suivi
annexe > {AUTRE}
"""
    )


def it_writes_an_article_again_when_asked() -> None:
    new = document(*with_block(5, paragraph("Corps", "Le contrat est conclu pour quatre ans.")))
    assert acted(document(*ARTICLE), new, whole=["article 1er"]) == expected(
        """
# Modification de l’article 1er
L’article 1er est ainsi rédigé :
> « Article 1er – Les fondements
> « Le contrat est conclu pour quatre ans. »
"""
    )


@pytest.mark.parametrize("whole", [[], ["article 1er"]])
def it_amends_in_detail_when_asked(whole: list[str]) -> None:
    old = document(*numbered(OBJET), paragraph("Corps", "Elle est utile."), paragraph("Corps", TERME))
    new = document(
        *numbered(("1er – Objet", RAPPORT)), paragraph("Corps", "Elle est utile."), paragraph("Corps", AUTRE)
    )
    assert acted(old, new, whole, ["article 1er"]) == expected(
        f"""
# Modification de l’article 1er
L’article 1er est ainsi modifié :
  1° Le premier alinéa est ainsi rédigé :
> « {RAPPORT} » ;
  2° Le troisième alinéa est ainsi rédigé :
> « {AUTRE} »
"""
    )
