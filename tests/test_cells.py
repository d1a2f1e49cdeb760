# ruff: noqa: E501 - sentences of acts, whole
from __future__ import annotations

from dataclasses import replace

import pytest
from excerpts import acted, document, expected, objectif, objectives
from sample import paragraph

from cpomgen.imprime import Imprime, Row

BASSINS = ("Bassins couverts", "Type : résultat", "Cible 2013 : 9", "Cible 2014 : 9")
DELAI = ("Délai de réponse", "Type : activité", "Cible 2013 : 5 jours")
OUVRIR = (
    "A1",
    "Couvrir les bassins",
    "Ouvrir deux secteurs",
    "Installer une coordinatrice, 30 septembre 2013\nRecruter un médecin, 30 juin 2013",
)
A1 = objectif(*OUVRIR, BASSINS, DELAI, span=2)
A2 = objectif(
    "A2",
    "",
    "Renforcer l’appui",
    "Former les équipes, 31 mars 2013\nTenir une permanence, 30 juin 2013",
    ("Part formée", "Type : moyen"),
    span=0,
)
B1 = objectif(
    "B1",
    "Évaluer les pratiques",
    "Formaliser les pratiques",
    "Rédiger un guide interne, 31 mars 2013",
    ("Guide rédigé", "Type : moyen"),
)


def annexed(*rows: Row) -> Imprime:
    return document(paragraph("Corps", "Contrat."), annex=(objectives(*rows),))


def ouvrir(actions: str = OUVRIR[3], *indicateurs: tuple[str, ...]) -> Row:
    return objectif(*OUVRIR[:3], actions, *(indicateurs or (BASSINS, DELAI)), span=2)


PLACE = "À l’annexe 1, au tableau, à l’objectif opérationnel « Ouvrir deux secteurs »"
ACTIONS, MESURES = f"{PLACE}, dans la colonne « Plan d’actions »", f"{PLACE}, dans la colonne « Indicateurs »"
CASES: dict[str, tuple[Row, str]] = {
    "a deadline": (
        ouvrir("Installer une coordinatrice, 31 décembre 2013\nRecruter un médecin, 30 juin 2013"),
        f"{ACTIONS}, à l’action « Installer une coordinatrice », la date : « 30 septembre 2013 » est remplacée par la date : « 31 décembre 2013 ».",
    ),
    "a target that is also that of another year": (
        ouvrir(OUVRIR[3], (*BASSINS[:3], "Cible 2014 : 10"), DELAI),
        f"{MESURES}, à l’indicateur « Bassins couverts », les mots : « 2014 : 9 » sont remplacés par les mots : « 2014 : 10 ».",
    ),
    "the name of an action": (
        ouvrir("Installer une infirmière, 30 septembre 2013\nRecruter un médecin, 30 juin 2013"),
        f"{ACTIONS}, à l’action « Installer une coordinatrice », le mot : « coordinatrice » est remplacé par le mot : « infirmière ».",
    ),
    "an action less": (
        ouvrir("Installer une coordinatrice, 30 septembre 2013"),
        f"{ACTIONS}, l’action « Recruter un médecin » est supprimée.",
    ),
    "an action more at the top": (
        ouvrir(f"Louer un local, 31 mars 2013\n{OUVRIR[3]}"),
        f"{ACTIONS}, avant l’action « Installer une coordinatrice », est insérée une action ainsi rédigée :\n> « – Louer un local, 31 mars 2013 ».",
    ),
    "two actions more at the end": (
        ouvrir(f"{OUVRIR[3]}\nLouer un local, 31 mars 2013\nAcheter un véhicule, 31 mars 2013"),
        f"{ACTIONS}, après l’action « Recruter un médecin », sont insérées deux actions ainsi rédigées :\n> « – Louer un local, 31 mars 2013\n> « – Acheter un véhicule, 31 mars 2013 ».",
    ),
    "an indicator less": (
        ouvrir(OUVRIR[3], BASSINS),
        f"{MESURES}, l’indicateur « Délai de réponse » est supprimé.",
    ),
    "an indicator more": (
        ouvrir(OUVRIR[3], BASSINS, DELAI, ("Satisfaction", "Type : résultat", "Cible 2013 : 80")),
        f"{MESURES}, après l’indicateur « Délai de réponse », est inséré un indicateur ainsi rédigé :\n> « Satisfaction\n> « Type : résultat\n> « Cible 2013 : 80 ».",
    ),
    "an indicator replaced": (
        ouvrir(OUVRIR[3], BASSINS, ("Satisfaction", "Type : résultat", "Cible 2013 : 80 sur 100")),
        f"{MESURES}, l’indicateur « Délai de réponse » est ainsi rédigé :\n> « Satisfaction\n> « Type : résultat\n> « Cible 2013 : 80 sur 100 ».",
    ),
    "a target more, at the end of an indicator": (
        ouvrir(OUVRIR[3], BASSINS, (*DELAI, "Cible 2014 : 3 jours")),
        f"{MESURES}, à l’indicateur « Délai de réponse », après le troisième alinéa, est inséré un alinéa ainsi rédigé :\n> « Cible 2014 : 3 jours ».",
    ),
    "a target less": (
        ouvrir(OUVRIR[3], BASSINS[:3], DELAI),
        f"{MESURES}, à l’indicateur « Bassins couverts », le quatrième alinéa est supprimé.",
    ),
    "all the actions": (
        ouvrir(""),
        f"{ACTIONS}, la cellule est ainsi rédigée :\n> « – ».",
    ),
    "the objective": (
        replace(
            A1,
            cells=(
                A1.cells[0],
                objectif("A1", "Couvrir les bassins", "Ouvrir trois secteurs", "").cells[1],
                *A1.cells[2:],
            ),
        ),
        f"{PLACE}, dans la colonne « Objectifs opérationnels », le mot : « deux » est remplacé par le mot : « trois ».",
    ),
    "the objective that rows share": (
        replace(A1, cells=(objectif("A1", "Mailler les bassins", "", "", span=2).cells[0], *A1.cells[1:])),
        "À l’annexe 1, au tableau, à l’objectif stratégique « Couvrir les bassins », dans la colonne « Objectifs stratégiques », le mot : « Couvrir » est remplacé par le mot : « Mailler ».",
    ),
}


@pytest.mark.parametrize(("new", "act"), CASES.values(), ids=CASES)
def it_amends_a_cell(new: Row, act: str) -> None:
    found = acted(annexed(A1, A2, B1), annexed(new, A2, B1))
    assert found == expected(f"# Modification de l’annexe 1\n{act}")


def it_fills_a_cell_that_was_empty() -> None:
    empty = ouvrir("")
    assert acted(annexed(empty, A2, B1), annexed(A1, A2, B1)) == expected(
        f"""
# Modification de l’annexe 1
{ACTIONS}, la cellule est ainsi rédigée :
> « – Installer une coordinatrice, 30 septembre 2013
> « – Recruter un médecin, 30 juin 2013 ».
"""
    )


def it_amends_the_only_item_of_a_cell_without_naming_it() -> None:
    new = objectif(
        "B1",
        "Évaluer les pratiques",
        "Formaliser les pratiques",
        "Rédiger un guide interne, 30 juin 2013",
        ("Guide rédigé", "Type : moyen"),
    )
    assert acted(annexed(A1, A2, B1), annexed(A1, A2, new)) == expected(
        """
# Modification de l’annexe 1
À l’annexe 1, au tableau, à l’objectif opérationnel « Formaliser les pratiques », dans la colonne « Plan d’actions », la date : « 31 mars 2013 » est remplacée par la date : « 30 juin 2013 ».
"""
    )


def it_names_an_objective_that_another_is_called_by_what_holds_it() -> None:
    twin = objectif(
        "C1",
        "Former les acteurs",
        "Formaliser les pratiques",
        "Rédiger un guide interne, 31 mars 2013",
        ("Guide rédigé", "Type : moyen"),
    )
    new = objectif(
        "C1",
        "Former les acteurs",
        "Formaliser les pratiques",
        "Rédiger un guide interne, 30 juin 2013",
        ("Guide rédigé", "Type : moyen"),
    )
    assert acted(annexed(A1, A2, B1, twin), annexed(A1, A2, B1, new)) == expected(
        """
# Modification de l’annexe 1
À l’annexe 1, au tableau, à l’objectif opérationnel « Formaliser les pratiques » de l’objectif stratégique « Former les acteurs », dans la colonne « Plan d’actions », la date : « 31 mars 2013 » est remplacée par la date : « 30 juin 2013 ».
"""
    )


def it_inserts_an_objective_whole_after_another() -> None:
    more = objectif(
        "B2", "", "Diffuser le guide", "Tenir deux réunions, 31 mars 2013", ("Réunions", "Type : moyen"), span=0
    )
    held = replace(B1, cells=(replace(B1.cells[0], rowspan=2), *B1.cells[1:]))
    assert acted(annexed(A1, A2, B1), annexed(A1, A2, held, more)) == expected(
        """
# Modification de l’annexe 1
À l’annexe 1, au tableau, après l’objectif opérationnel « Formaliser les pratiques », est insérée une ligne ainsi rédigée :
| Évaluer les pratiques | Diffuser le guide | – Tenir deux réunions, 31 mars 2013 | Réunions / Type : moyen |
"""
    )


def it_groups_what_is_done_to_one_objective() -> None:
    new = ouvrir(
        "Installer une coordinatrice, 31 décembre 2013\nRecruter un médecin, 30 juin 2013",
        (*BASSINS[:3], "Cible 2014 : 10"),
        DELAI,
    )
    assert acted(annexed(A1, A2, B1), annexed(new, A2)) == expected(
        """
# Modification de l’annexe 1
À l’annexe 1, au tableau :
  1° À l’objectif opérationnel « Ouvrir deux secteurs » :
    a) Dans la colonne « Plan d’actions », à l’action « Installer une coordinatrice », la date : « 30 septembre 2013 » est remplacée par la date : « 31 décembre 2013 » ;
    b) Dans la colonne « Indicateurs », à l’indicateur « Bassins couverts », les mots : « 2014 : 9 » sont remplacés par les mots : « 2014 : 10 » ;
  2° L’objectif opérationnel « Formaliser les pratiques » est supprimé.
"""
    )


def it_writes_a_cell_again_when_its_items_change_places() -> None:
    actions = "\n".join(reversed(OUVRIR[3].splitlines()))
    assert acted(annexed(A1, A2, B1), annexed(ouvrir(actions), A2, B1)) == expected(
        f"""
# Modification de l’annexe 1
{ACTIONS}, la cellule est ainsi rédigée :
> « – Recruter un médecin, 30 juin 2013
> « – Installer une coordinatrice, 30 septembre 2013 ».
"""
    )


MESURE = "Elle porte sur tous les bassins. {} Elle est publiée."
PRISE, NEUVE = (
    "Elle se fait au premier jour du trimestre.",
    "Nul relevé n’est demandé aux médecins qui ont cessé d’exercer.",
)


def it_writes_a_sentence_of_an_indicator_again() -> None:
    before, after = (("Délai de réponse", "Type : activité", MESURE.format(each)) for each in (PRISE, NEUVE))
    old, new = (ouvrir(OUVRIR[3], BASSINS, each) for each in (before, after))
    assert acted(annexed(old, A2, B1), annexed(new, A2, B1)) == expected(
        f"""
# Modification de l’annexe 1
{MESURES}, à l’indicateur « Délai de réponse », au troisième alinéa, la deuxième phrase est ainsi rédigée :
> « {NEUVE} »
"""
    )


def it_writes_a_sentence_of_the_only_paragraph_of_a_cell_again() -> None:
    old, new = (objectif("B1", "Évaluer", MESURE.format(each), "Agir", ("Guide",)) for each in (PRISE, NEUVE))
    [_, sentence, cited] = acted(annexed(A1, A2, old), annexed(A1, A2, new))
    assert sentence.endswith(
        expected("dans la colonne « Objectifs opérationnels », la deuxième phrase est ainsi rédigée :")[0]
    )
    assert cited == expected(f"> « {NEUVE} »")[0]
