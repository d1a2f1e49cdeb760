# ruff: noqa: E501 - sentences of acts, whole
from __future__ import annotations

import pytest
from excerpts import alinea, expected
from sample import paragraph

from cpomgen.amendment import Amendement, cited
from cpomgen.designation import Nom, heading_nom
from cpomgen.levels import laid

ARTICLE, ANNEXE = heading_nom("Article 3 – Suivi"), heading_nom("Annexe 1 – Orientations")
CITE = cited([paragraph("Corps", "Un."), paragraph("Corps", "Deux.")])


def lines(partie: Nom | None, *found: Amendement) -> list[str]:
    return [line for each in laid(partie, found) for line in alinea(each)]


def deed(*words: str, cite: bool = False) -> Amendement:
    *lieux, geste = words
    return Amendement(tuple(lieux), geste, CITE if cite else ())


CASES = {
    "one thing": (ARTICLE, [deed("au a)", "le x est y")], "À l’article 3, au a), le x est y."),
    "one thing, in a feminine part": (ANNEXE, [deed("le x est y")], "À l’annexe 1, le x est y."),
    "one thing, with a citation": (
        ARTICLE,
        [deed("au a)", "le x est ainsi rédigé\u00a0:", cite=True)],
        ("À l’article 3, au a), le x est ainsi rédigé :\n> « Un.\n> « Deux. »"),
    ),
    "the part itself": (ARTICLE, [deed("l’article 3 est y")], "L’article 3 est y."),
    "several things": (
        ARTICLE,
        [deed("au a)", "A"), deed("au b)", "B")],
        ("L’article 3 est ainsi modifié :\n  1° Au a), A ;\n  2° Au b), B."),
    ),
    "several things, in a feminine part": (
        ANNEXE,
        [deed("x", "A"), deed("y", "B")],
        ("L’annexe 1 est ainsi modifiée :\n  1° X, A ;\n  2° Y, B."),
    ),
    "a place that all share": (
        ANNEXE,
        [deed("au tableau", "à la ligne", "A"), deed("au tableau", "à la colonne", "B")],
        ("À l’annexe 1, au tableau :\n  1° À la ligne, A ;\n  2° À la colonne, B."),
    ),
    "a place that some share": (
        ARTICLE,
        [deed("au a)", "au premier", "A"), deed("au a)", "au deuxième", "B"), deed("au b)", "C")],
        (
            "L’article 3 est ainsi modifié :\n"
            "  1° Au a) :\n"
            "    a) Au premier, A ;\n"
            "    b) Au deuxième, B ;\n"
            "  2° Au b), C."
        ),
    ),
    "places within places": (
        ARTICLE,
        [deed("au a)", "x", "A"), deed("au a)", "x", "B"), deed("au a)", "y", "C"), deed("au b)", "D")],
        (
            "L’article 3 est ainsi modifié :\n"
            "  1° Au a) :\n"
            "    a) X :\n"
            "      – A ;\n"
            "      – B ;\n"
            "    b) Y, C ;\n"
            "  2° Au b), D."
        ),
    ),
    "no deeper than dashes, in as few words as it takes": (
        ARTICLE,
        [
            deed("au a)", "x", "y", "z", "A"),
            deed("au a)", "x", "y", "z", "B"),
            deed("au a)", "x", "C"),
            deed("au a)", "D"),
            deed("au b)", "E"),
        ],
        (
            "L’article 3 est ainsi modifié :\n"
            "  1° Au a) :\n"
            "    a) X, y, z :\n"
            "      – A ;\n"
            "      – B ;\n"
            "    b) X, C ;\n"
            "    c) D ;\n"
            "  2° Au b), E."
        ),
    ),
    "a citation among others": (
        ARTICLE,
        [deed("au a)", "le x est ainsi rédigé\u00a0:", cite=True), deed("au b)", "B")],
        (
            "L’article 3 est ainsi modifié :\n  1° Au a), le x est ainsi rédigé :\n> « Un.\n> « Deux. » ;\n  2° Au b), B."
        ),
    ),
    "a citation that comes last": (
        ARTICLE,
        [deed("au b)", "B"), deed("au a)", "le x est ainsi rédigé\u00a0:", cite=True)],
        ("L’article 3 est ainsi modifié :\n  1° Au b), B ;\n  2° Au a), le x est ainsi rédigé :\n> « Un.\n> « Deux. »"),
    ),
}


@pytest.mark.parametrize(("partie", "found", "act"), CASES.values(), ids=CASES)
def it_lays_what_is_done_by_level(partie: Nom, found: list[Amendement], act: str) -> None:
    assert lines(partie, *found) == expected(act)


def it_goes_on_after_z() -> None:
    found = [deed("au a)", f"au {n}", "A") for n in range(28)]
    said = lines(ARTICLE, *found, deed("au b)", "B"))
    assert [line.strip().partition(")")[0] for line in said[26:31]] == ["y", "z", "aa", "ab", "2°\u00a0Au b"]


def it_says_whole_parts_in_sentences_of_their_own() -> None:
    said = lines(None, deed("il est ajouté au contrat une annexe 2, annexée au présent avenant"))
    assert said == ["Il est ajouté au contrat une annexe 2, annexée au présent avenant."]
