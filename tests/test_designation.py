from __future__ import annotations

import pytest
from excerpts import typo

from cpomgen.designation import Nom, column_nom, heading_nom, named, ordinal, quoted, ranked, second_rank

HEADINGS = {
    "Article 1er – Objet": ("l’article 1er", "à l’article 1er", "de l’article 1er"),
    "Article 12 – Suivi": ("l’article 12", "à l’article 12", "de l’article 12"),
    "Annexe 4 – Financement": ("l’annexe 4", "à l’annexe 4", "de l’annexe 4"),
    "Titre 2 – Mise en œuvre": ("le titre 2", "au titre 2", "du titre 2"),
    "Titre II – Mise en œuvre": ("le titre II", "au titre II", "du titre II"),
    "Partie 3 – Moyens": ("la partie 3", "à la partie 3", "de la partie 3"),
    "Orientation n° 2 – Former": ("l’orientation n° 2", "à l’orientation n° 2", "de l’orientation n° 2"),
    "Objectif 3 – Former": ("l’objectif 3", "à l’objectif 3", "de l’objectif 3"),
    "Action 3 – Former": ("l’action 3", "à l’action 3", "de l’action 3"),
    "a) Le suivi annuel": ("le a)", "au a)", "du a)"),
    "i) Le suivi annuel": ("le i)", "au i)", "du i)"),
    "1° Le suivi annuel": ("le 1°", "au 1°", "du 1°"),
    "Les moyens": ("la rubrique « Les moyens »", "à la rubrique « Les moyens »", "de la rubrique « Les moyens »"),
    "Le « panier » de soins": (
        "la rubrique « Le “panier” de soins »",
        "à la rubrique « Le “panier” de soins »",
        "de la rubrique « Le “panier” de soins »",
    ),
    "Article 3": ("la rubrique « Article 3 »", "à la rubrique « Article 3 »", "de la rubrique « Article 3 »"),
    "Les moyens\net les fins": (
        "la rubrique « Les moyens et les fins »",
        "à la rubrique « Les moyens et les fins »",
        "de la rubrique « Les moyens et les fins »",
    ),
}


@pytest.mark.parametrize(("heading", "calls"), HEADINGS.items(), ids=lambda each: each if isinstance(each, str) else "")
def it_calls_what_a_heading_opens(heading: str, calls: tuple[str, str, str]) -> None:
    found = heading_nom(heading)
    assert (found.le, found.au, found.du) == tuple(map(typo, calls))


@pytest.mark.parametrize(
    ("nom", "done"),
    [
        (heading_nom("Article 3 – Suivi"), "l’article 3 est remplacé"),
        (heading_nom("Annexe 3 – Suivi"), "l’annexe 3 est remplacée"),
        (heading_nom("Action 3 – Suivi"), "l’action 3 est remplacée"),
        (heading_nom("a) Suivi"), "le a) est remplacé"),
        (heading_nom("Suivi"), "la rubrique « Suivi » est remplacée"),
        (named("action", "Ouvrir", "f"), "l’action « Ouvrir » est remplacée"),
        (named("objectif opérationnel", "Ouvrir"), "l’objectif opérationnel « Ouvrir » est remplacé"),
        (ranked(8, "alinéa"), "le huitième alinéa est remplacé"),
        (ranked(11, "alinéa"), "le onzième alinéa est remplacé"),
        (ranked(11, "ligne", "f"), "la onzième ligne est remplacée"),
        (Nom("en-tête"), "l’en-tête est remplacé"),
    ],
)
def it_agrees_what_is_done_to_a_unit(nom: Nom, done: str) -> None:
    assert nom.done("remplacé") == typo(done)


@pytest.mark.parametrize(
    ("rank", "genre", "words"),
    [(1, "m", "premier"), (1, "f", "première"), (2, "f", "deuxième"), (16, "m", "seizième"), (17, "m", "17e")],
)
def it_says_ranks_in_words_up_to_sixteen(rank: int, genre: str, words: str) -> None:
    assert ordinal(rank, genre) == words


@pytest.mark.parametrize(
    ("rank", "place"), [(1, "au premier alinéa"), (11, "au onzième alinéa"), (17, "au 17e alinéa")]
)
def it_gives_a_rank_as_a_place(rank: int, place: str) -> None:
    assert ranked(rank, "alinéa").au == place


def it_says_in_which_column_a_cell_is() -> None:
    found = column_nom("Plan d’actions")
    assert (found.au, found.le) == (typo("dans la colonne « Plan d’actions »"), typo("la colonne « Plan d’actions »"))


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("le « bassin »", "le “bassin”"),
        ("le «\u00a0bassin\u00a0»", "le “bassin”"),
        ("le «\u202fbassin\u202f»", "le “bassin”"),
        ("le «bassin»", "le “bassin”"),
        ("le “bassin”", "le “bassin”"),
        ("le bassin", "le bassin"),
    ],
)
def it_makes_inner_guillemets_those_of_a_second_rank(text: str, inside: str) -> None:
    assert second_rank(text) == inside
    assert quoted(text) == f"«\u00a0{inside}\u00a0»"
