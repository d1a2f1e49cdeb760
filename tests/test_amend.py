from __future__ import annotations

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


OBJET, SUIVI, FIN = (
    ("1er – Objet", LOREM),
    ("2 – Suivi", "La revue a lieu."),
    ("3 – Fin", "Il prend fin, article 2 compris."),
)
CASES: dict[str, tuple[Imprime, Imprime, str]] = {
    "an article written again when more than half of it changes": (
        document(
            *numbered(OBJET),
            paragraph(
                "Corps", "La revue annuelle se tient en présence de tous les promoteurs et de leurs mandataires."
            ),
            paragraph("Corps", "Elle est utile."),
        ),
        document(
            *numbered(
                (
                    "1er – Objet",
                    "Un contrat type est arrêté chaque automne par une commission que réunit la direction générale.",
                )
            ),
            paragraph("Corps", "Aucune séance plénière ordinaire n’aura désormais lieu, sauf nécessité."),
            paragraph("Corps", "Elle est utile."),
        ),
        """
# Modification de l’article 1er
L’article 1er est ainsi rédigé :
> « Article 1er – Objet
> « Un contrat type est arrêté chaque automne par une commission que réunit la direction générale.
> « Aucune séance plénière ordinaire n’aura désormais lieu, sauf nécessité.
> « Elle est utile. »
""",
    ),
    "an article more at the end": (
        document(*numbered(OBJET, SUIVI)),
        document(*numbered(OBJET, SUIVI, FIN)),
        """
# Ajout d’un article 3
Après l’article 2, est inséré un article 3 ainsi rédigé :
> « Article 3 – Fin
> « Il prend fin, article 2 compris. »
""",
    ),
    "two articles more": (
        document(*numbered(OBJET)),
        document(*numbered(OBJET, SUIVI, FIN)),
        """
# Ajout des articles 2 et 3
Après l’article 1er, sont insérés deux articles 2 et 3 ainsi rédigés :
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
        document(*numbered(OBJET, SUIVI, FIN)),
        document(
            *numbered(
                OBJET,
                ("2 – Évaluation", "Elle a lieu deux fois par an, aux frais de l’agence."),
                ("3 – Suivi", SUIVI[1]),
                ("4 – Fin", "Il prend fin, article 3 compris."),
            )
        ),
        """
# Ajout d’un article 2
Après l’article 1er, est inséré un article 2 ainsi rédigé :
> « Article 2 – Évaluation
> « Elle a lieu deux fois par an, aux frais de l’agence. »
# Modification de l’article 2
À l’article 2, à l’intitulé, le mot : « Article 2 » est remplacé par le mot : « Article 3 ».
""",
    ),
    "an annex more": (
        annexes("Annexe 1 – Objectifs"),
        annexes("Annexe 1 – Objectifs", "Annexe 2 – Moyens"),
        f"""
# Ajout d’une annexe 2
Il est ajouté au contrat une annexe 2, annexée au présent avenant.
annexe : > Annexe 2 – Moyens
annexe : > {LOREM}
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
annexe : > Annexe 1 – Orientations
annexe : > Tout y est autre.
annexe : > – vraiment.
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
    assert annex[1:3] == ["annexe : | Source | 2012 | 2013 |", "annexe : | FIR | 11 | 31 |"]


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


def it_amends_in_detail_when_asked() -> None:
    socle = numbered(("1er – Objet", "Cinq ans."), ("2 – Suivi", LOREM))
    old = document(*socle[:2], paragraph("Corps", "Dix ans."), *socle[2:])
    new = document(socle[0], paragraph("Corps", "Quatre mois."), paragraph("Corps", "Onze jours."), *socle[2:])
    assert acted(old, new, whole=["socle"], detailed=["article 1er"])[0:2] != acted(old, new, whole=["socle"])[0:2]
    assert acted(old, new, detailed=["article 1er"])[1] == "L’article 1er est ainsi modifié\u00a0:"
