from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from excerpts import ARTICLE, document, objectifs, typo
from memory import ROOT, contract_of

from cpomgen.acte import Avenant, Decision
from cpomgen.article import ArticleModificatif
from cpomgen.contrat import Absent, Fiche, Texte
from cpomgen.designation import Nom, heading_nom
from cpomgen.ecart import Ligne as Source
from cpomgen.ecart import Poste, Tableau
from cpomgen.enact import announced, enact, modes, stale
from cpomgen.lieu import Lieu
from cpomgen.load import load
from cpomgen.modele import read_modele
from cpomgen.operation import Action, Operation, Unite
from cpomgen.outcome import Changes, Projet, State
from cpomgen.problem import ProblemError
from cpomgen.registre import Signature
from cpomgen.tree import WorkTree

STATE = State(contract_of(objectifs(), "objectifs: []\n"), objectifs(), document(*ARTICLE))
OBJET = Texte("l’objet", "avenants[1].objet")
MOTIFS = ("environnement", "orientations", "financement")
DECISIONS = (Decision("versement", date(2012, 7, 1)), Decision("", date(2013, 3, 5)))


def article(*headings: str) -> tuple[ArticleModificatif, ...]:
    """Return articles about the parts that headings open."""
    return tuple(ArticleModificatif("Modification", heading_nom(typo(each)), ()) for each in headings)


def numbered(*headings: str) -> tuple[ArticleModificatif, ...]:
    """Return articles about parts whose number is tied to its kind, as printed."""
    return article(*(each.replace(" ", "\u00a0", 1) for each in headings))


def sources(*postes: tuple[int, str | None, str | None]) -> Tableau:
    """Return amounts of one source, by exercise: before, after."""
    found = tuple(Poste(year, *(None if each is None else Decimal(each) for each in both)) for year, *both in postes)
    total = Poste(
        0,
        sum((each.avant or Decimal(0) for each in found), Decimal(0)),
        sum((each.apres or Decimal(0) for each in found), Decimal(0)),
    )
    ligne = Source("fir", "FIR", found, total)
    return Tableau(
        "Sources", "sources", tuple(each.exercice for each in found), (ligne,), Source("", "Total", found, total)
    )


def made(avenant: Avenant | None = None, **more: Any) -> Fiche:
    """Return what a template prints of an act."""
    finances, texte = more.pop("finances", ()), more.pop("texte", ())
    fields: dict[str, Any] = {"articles": (), "signed": (), **more}
    return enact(Projet(avenant or Avenant(1, OBJET), STATE, STATE, Changes(texte, (), finances), **fields), MOTIFS)


OBJETS = {
    "one part": (numbered("Article 3 – Suivi"), "l’article 3"),
    "two kinds": (numbered("Article 3 – Suivi", "Annexe 1 – A", "Annexe 4 – B"), "l’article 3 et les annexes 1 et 4"),
    "three of one kind": (numbered("Article 3 – S", "Article 5 – T", "Article 7 – U"), "les articles 3, 5 et 7"),
    "a number that is not tied": (article("Annexe 1 – A", "Annexe 4 – B"), "les annexes 1 et 4"),
    "a part twice": (numbered("Article 2 – S", "Article 2 – T", "Annexe 1 – A"), "l’article 2 et l’annexe 1"),
    "rubriques": (article("Les moyens", "La durée"), "la rubrique « Les moyens » et la rubrique « La durée »"),
    "the preamble": (
        (ArticleModificatif("M", Nom("préambule"), ()), *numbered("Titre 2 – T")),
        "le préambule et le titre 2",
    ),
}


@pytest.mark.parametrize(("articles", "said"), OBJETS.values(), ids=OBJETS)
def it_says_which_parts_are_amended(articles: tuple[ArticleModificatif, ...], said: str) -> None:
    assert str(made(articles=articles)["objets"]).replace("\u00a0", " ") == said


def it_says_by_which_dashes_of_the_revision_an_avenant_is_allowed() -> None:
    found = made(Avenant(1, OBJET, motifs=("financement", "inconnu", "environnement")), cited="4")
    assert [str(each) for each in found["motifs"]] == ["premier", "troisième"]
    assert str(found["article_revision"]) == "4"
    assert isinstance(made()["article_revision"], Absent)


def it_takes_days_from_the_register_then_from_the_contract() -> None:
    announced_days = Avenant(
        3,
        OBJET,
        conclusion=date(2012, 1, 2),
        dates={1: date(2012, 12, 1), 2: date(2013, 6, 1), 3: date(2014, 1, 1)},
    )
    signed = (Signature(0, date(2012, 6, 11)), Signature(0, date(2012, 6, 18)), Signature(1, date(2012, 12, 12)))
    found = made(announced_days, signed=signed)
    assert found["contrat_conclu"] == date(2012, 6, 18)
    assert [(each["numero"], each["date"]) for each in found["anterieurs"]] == [
        (1, date(2012, 12, 12)),
        (2, date(2013, 6, 1)),
    ]
    assert isinstance(found["contrat_complete"], Absent)
    assert made(announced_days)["contrat_conclu"] == date(2012, 1, 2)


def it_tells_when_pieces_were_signed_after_the_first() -> None:
    facts = (("socle", 11), ("socle", 18), ("annexe", 20), ("", 28))
    found = made(signed=[Signature(0, date(2012, 6, day), piece) for piece, day in facts])
    assert (found["contrat_conclu"], found["contrat_complete"]) == (date(2012, 6, 18), date(2012, 6, 28))


@pytest.mark.parametrize(
    ("effet", "signature", "deja"),
    [
        (date(2013, 7, 1), date(2013, 9, 1), True),
        (date(2013, 7, 1), date(2013, 7, 1), False),
        (None, date(2013, 7, 1), False),
        (date(2013, 7, 1), None, True),
    ],
)
def it_tells_an_effect_that_may_precede_the_signature(
    effet: date | None,
    signature: date | None,
    deja: bool,  # noqa: FBT001
) -> None:
    assert bool(made(Avenant(1, OBJET, effet=effet, signature=signature))["deja"]) is deja


def it_says_what_becomes_of_the_sum() -> None:
    found = made(finances=(sources((2012, "10", "10"), (2013, "20", "15"), (2014, None, "3")),))["finances"]
    assert [found[name] for name in ("avant", "apres", "ecart", "ecart_absolu")] == [30, 28, -2, 2]
    assert (bool(found["hausse"]), bool(found["nul"]), bool(found["plusieurs"])) == (False, False, True)
    assert str(found["exercices"]) == "2013 et 2014"
    assert isinstance(made()["finances"], Absent)


def it_lays_the_difference_by_source_and_by_exercise() -> None:
    (table,) = made(finances=(sources((2012, "10", "10"), (2013, "20", "15"), (2014, None, "3")),))["tableaux"]
    rows = [
        [str(row[name]) for name in ("source", "exercice", "avant", "apres", "ecart", "cumul")]
        for row in table["lignes"]
    ]
    assert rows[:3] == [
        [typo(text) for text in line]
        for line in (
            ["FIR", "2013", "20,00 €", "15,00 €", "−5,00 €", "−5,00 €"],
            ["FIR", "2014", "–", "3,00 €", "+3,00 €", "−2,00 €"],
            ["FIR", "tous exercices", "30,00 €", "28,00 €", "−2,00 €", "–"],
        )
    ]  # fmt: skip
    assert [row[0] for row in rows[3:]] == ["Total"] * 4
    assert [table[name] for name in ("avant", "apres", "ecart", "ecart_absolu")] == [30, 28, -2, 2]


def it_cites_decisions_when_money_changes_and_those_that_it_makes_stale() -> None:
    avenant = Avenant(1, OBJET, decisions=DECISIONS)
    money = (sources((2012, "10", "10"), (2013, "20", "15")),)
    found = made(avenant, finances=money)
    first = typo("la décision attributive de financement du 1er\u00a0juillet 2012 (versement)")
    second = "la décision attributive de financement du 5\u00a0mars 2013"
    assert [str(each) for each in found["decisions"]] == [first, second]
    assert [str(each) for each in found["perimees"]] == [second]
    assert list(made(avenant)["decisions"]) == []
    assert stale(Projet(avenant, STATE, STATE, Changes((), (), money), (), ())) == DECISIONS[1:]


def it_compares_each_place_before_and_after() -> None:
    lieu = Lieu(("article 3",), alinea=1)
    told = (
        Operation(Action.REMPLACER, Unite.ALINEA, lieu, ("Un\nan.",), ("Deux ans.",)),
        Operation(Action.SUPPRIMER, Unite.ALINEA, lieu, ("Un.",), ()),
        Operation(
            Action.DEPLACER, Unite.ALINEA, lieu, ("Un.",), ("Un.",), premier=False, vers=Lieu(("article 3",), alinea=4)
        ),
    )
    rows = [[str(row[name]) for name in ("lieu", "avant", "apres")] for row in made(texte=told)["comparatif"]]
    assert [row[1:] for row in rows] == [
        ["Un / an.", "Deux ans."],
        ["Un.", "–"],
        ["Un.", "(placé après : article 3, quatrième alinéa)"],
    ]
    assert rows[0][0] == "article 3, premier alinéa"


def it_refuses_an_avenant_that_is_not_announced() -> None:
    for number, message in (
        (0, "ce contrat n'annonce aucun avenant."),
        (2, "ce contrat n'annonce pas l'avenant n° 2."),
    ):
        with pytest.raises(ProblemError, match=message):
            announced(None, STATE, number)


def it_amends_parts_as_the_officer_asks_else_as_the_manifest_does() -> None:
    modele = read_modele(load(WorkTree(ROOT), "templates/cpom_type/modele.yaml"))
    asked = Avenant(1, OBJET, modes={"annexe 4": "remplacement", "article 3": "detail"})
    replaced = {section.nom for section in modele.sections if section.replaced}
    assert modes(asked, modele) == (frozenset({"annexe 4", *replaced}), frozenset({"article 3"}))
