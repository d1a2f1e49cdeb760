from __future__ import annotations

import pytest
from excerpts import typo
from sample import paragraph

from cpomgen.amendment import (
    IntricateError,
    cited,
    counted,
    inserted,
    opened,
    place_id,
    plural,
    rewritten,
    size,
    unit_ids,
    worded,
)
from cpomgen.designation import Nom, heading_nom, named, ranked
from cpomgen.grid import said
from cpomgen.imprime import Paragraph, Table
from cpomgen.passage import passages
from cpomgen.texts import Item

WORDED = {
    "a word": ("Pour cinq ans.", "Pour quatre ans.", "le mot : « cinq » est remplacé par le mot : « quatre »"),
    "a word, by words": (
        "Pour toujours, en somme.",
        "Pour cinq ans, en somme.",
        "le mot : « toujours » est remplacé par les mots : « cinq ans »",
    ),
    "words, by a word": (
        "Pour cinq ans, en somme, et plus.",
        "Pour toujours, en somme, et plus.",
        "les mots : « cinq ans » sont remplacés par le mot : « toujours »",
    ),
    "an amount": (
        "Soit 10,00 € en tout.",
        "Soit 20,00 € en tout.",
        "le montant : « 10,00 € » est remplacé par le montant : « 20,00 € »",
    ),
    "a day": (
        "Le 30 juin 2013 au soir.",
        "Le 1er juillet 2013 au soir.",
        "la date : « 30 juin 2013 » est remplacée par la date : « 1er juillet 2013 »",
    ),
    "a figure": ("9", "10", "la valeur : « 9 » est remplacée par la valeur : « 10 »"),
    "an amount, by words": (
        "Soit 10,00 € en tout.",
        "Soit rien en tout.",
        "les mots : « 10,00 € » sont remplacés par le mot : « rien »",
    ),
    "a day, by an amount": (
        "Soit 30 juin 2013 en tout.",
        "Soit 10,00 € en tout.",
        "les mots : « 30 juin 2013 » sont remplacés par les mots : « 10,00 € »",
    ),
    "an elided word": (
        "Dans un délai d’un mois.",
        "Dans un délai de deux mois.",
        "les mots : « d’un » sont remplacés par les mots : « de deux »",
    ),
    "a word more": (
        "La revue se tient ici.",
        "La revue annuelle se tient ici.",
        "après le mot : « revue », est inséré le mot : « annuelle »",
    ),
    "words more": (
        "La revue se tient ici.",
        "La revue se tient ici, au mois de mai.",
        "après le mot : « ici », sont insérés les mots : « , au mois de mai »",
    ),
    "words more after an amount": (
        "Soit 10,00 € en tout.",
        "Soit 10,00 € par an en tout.",
        "après les mots : « 10,00 € », sont insérés les mots : « par an »",
    ),
    "a day more": (
        "Remis le premier jour du mois.",
        "Remis le 30 juin 2013 premier jour du mois.",
        "après le mot : « le », sont insérés les mots : « 30 juin 2013 »",
    ),
    "a word before": (
        "Agence et promoteur.",
        "Ensemble Agence et promoteur.",
        "avant le mot : « Agence », est inséré le mot : « Ensemble »",
    ),
    "words less": (
        "La revue se tient à Rennes chaque année.",
        "La revue se tient chaque année.",
        "les mots : « à Rennes » sont supprimés",
    ),
    "a word less": ("Ici même, en somme.", "Ici, en somme.", "le mot : « même » est supprimé"),
    "a day less": (
        "Remis le mardi 30 juin 2013 au soir.",
        "Remis le mardi au soir.",
        "la date : « 30 juin 2013 » est supprimée",
    ),
    "a figure less": ("Cible 2013 9 bassins", "Cible 2013 bassins", "la valeur : « 9 » est supprimée"),
    "inner guillemets": (
        "Dénommé partout « le promoteur » ici, en tout et pour tout.",
        "Dénommé partout titulaire ici, en tout et pour tout.",
        "les mots : « “le promoteur” » sont remplacés par le mot : « titulaire »",
    ),
}


@pytest.mark.parametrize(("old", "new", "sentence"), WORDED.values(), ids=WORDED)
def it_says_what_is_done_to_words(old: str, new: str, sentence: str) -> None:
    (found,) = passages(typo(old), typo(new), [typo(old)])
    assert worded(found) == typo(sentence)


@pytest.mark.parametrize(
    ("nom", "sentence"),
    [
        (heading_nom("Article 7 – Fin"), "l’article 7 est ainsi rédigé :"),
        (heading_nom("Annexe 7 – Fin"), "l’annexe 7 est ainsi rédigée :"),
        (Nom("intitulé"), "l’intitulé est ainsi rédigé :"),
        (Nom("cellule", "f"), "la cellule est ainsi rédigée :"),
        (ranked(2, "alinéa"), "le deuxième alinéa est ainsi rédigé :"),
        (ranked(2, "phrase", "f"), "la deuxième phrase est ainsi rédigée :"),
    ],
)
def it_says_that_a_unit_is_written_again(nom: Nom, sentence: str) -> None:
    assert rewritten(nom) == typo(sentence)


@pytest.mark.parametrize(
    ("where", "unit", "what", "count", "genre", "sentence"),
    [
        (
            "après",
            ranked(2, "alinéa"),
            "alinéa",
            1,
            "m",
            "après le deuxième alinéa, est inséré un alinéa ainsi rédigé :",
        ),
        (
            "avant",
            ranked(1, "alinéa"),
            "alinéa",
            2,
            "m",
            "avant le premier alinéa, sont insérés deux alinéas ainsi rédigés :",
        ),
        (
            "après",
            named("ligne", "FIR", "f"),
            "ligne",
            1,
            "f",
            "après la ligne « FIR », est insérée une ligne ainsi rédigée :",
        ),
        (
            "après",
            named("ligne", "FIR", "f"),
            "ligne",
            3,
            "f",
            "après la ligne « FIR », sont insérées trois lignes ainsi rédigées :",
        ),
        (
            "après",
            named("action", "Ouvrir", "f"),
            "action",
            21,
            "f",
            "après l’action « Ouvrir », sont insérées vingt et une actions ainsi rédigées :",
        ),
        (
            "avant",
            named("objectif opérationnel", "Ouvrir"),
            "objectif opérationnel",
            2,
            "m",
            "avant l’objectif opérationnel « Ouvrir », sont insérés deux objectifs opérationnels ainsi rédigés :",
        ),
        ("après", heading_nom("a) Suivi"), "b)", 1, "m", "après le a), est inséré un b) ainsi rédigé :"),
    ],
)
def it_says_what_is_inserted_and_where(  # noqa: PLR0913, PLR0917 - one for each thing said
    where: str, unit: Nom, what: str, count: int, genre: str, sentence: str
) -> None:
    assert inserted(where, unit, what, count, genre) == typo(sentence)


@pytest.mark.parametrize(
    ("headings", "sentence"),
    [
        (["b) Le bilan"], "après le a), est inséré un b) ainsi rédigé :"),
        (["b) Le bilan", "c) La fin"], "après le a), sont insérés un b) et un c) ainsi rédigés :"),
        (["Annexe 2 – Moyens"], "après le a), est insérée une annexe 2 ainsi rédigée :"),
        (["Annexe 2 – A", "Annexe 3 – B"], "après le a), sont insérées une annexe 2 et une annexe 3 ainsi rédigées :"),
        (["Annexe 2 – A", "Article 3 – B"], "après le a), sont insérés une annexe 2 et un article 3 ainsi rédigés :"),
        (["Les moyens"], "après le a), est insérée une rubrique ainsi rédigée :"),
        (["Les moyens", "La fin"], "après le a), sont insérées deux rubriques ainsi rédigées :"),
    ],
)
def it_says_which_headings_come(headings: list[str], sentence: str) -> None:
    assert opened("après le a)", [heading_nom(each) for each in headings]) == typo(sentence)


def it_does_not_count_headings_together_with_numbers() -> None:
    with pytest.raises(IntricateError):
        opened("après le a)", [heading_nom("b) Le bilan"), heading_nom("Les moyens")])


def it_counts_units_in_words() -> None:
    assert [counted(1, "ligne", "f"), counted(1, "alinéa"), counted(2, "alinéa")] == [
        "une ligne",
        "un alinéa",
        "deux alinéas",
    ]


@pytest.mark.parametrize(
    ("noun", "several"),
    [
        ("objectif opérationnel", "objectifs opérationnels"),
        ("orientation stratégique", "orientations stratégiques"),
        ("agence régionale de santé", "agences régionales de santé"),
        ("lieu d’accueil", "lieux d’accueil"),
        ("b)", "b)"),
    ],
)
def it_agrees_all_the_words_of_a_noun(noun: str, several: str) -> None:
    assert plural(noun) == several


def it_puts_each_paragraph_between_guillemets_and_closes_the_last() -> None:
    blocks = [
        paragraph("heading 3", "Article 7 – Fin"),
        paragraph("Corps", "Un."),
        paragraph("Corps puce", "deux « x »."),
    ]
    found = [each for each in cited(blocks) if isinstance(each, Paragraph)]
    assert [each.text for each in found] == [typo("« Article 7 – Fin"), typo("« Un."), typo("« – deux “x”. »")]
    assert [each.style for each in found] == ["Citation titre", "Citation", "Citation"]


def it_opens_guillemets_again_after_a_table() -> None:
    table = Table("Tableau", (1,), ())
    found = cited([paragraph("Corps", "Avant."), table, paragraph("Corps", "Après."), paragraph("Corps", "Fin.")])
    assert [said(each) or each for each in found] == [typo("« Avant."), table, typo("« Après."), typo("« Fin. »")]
    assert [said(each) or each for each in cited([paragraph("Corps", "Avant."), table])] == [typo("« Avant. »"), table]


def it_knows_a_unit_and_all_that_it_holds() -> None:
    inner = Item(None, id="1", texte="a")
    outer = Item(None, id="0", blocs=[inner])
    assert {id(outer), id(inner), -id(outer), -id(inner)} == unit_ids(outer)  # and their places
    assert place_id(outer) == {-id(outer)}


def it_counts_signs() -> None:
    assert size(["un deux", "", "trois"]) == 12
