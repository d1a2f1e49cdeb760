"""Files to values: the templates of a type; what the real one makes of an avenant, alike in Word and PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from acte import acte, article, fiche, finances, lignes, section, tableau
from essai import project
from memory import ROOT, Files, problems_of
from pdf_text import as_read, read_paragraphs, tags
from test_laws import as_word, read_word, said

from cpomgen.citation import Citation
from cpomgen.contrat import Absent, Jour, Liste, OuiNon
from cpomgen.edition import Edition
from cpomgen.fill import fill
from cpomgen.filters import Numbers
from cpomgen.gabarits import read_acte
from cpomgen.imprime import Imprime, paragraphs
from cpomgen.kind import Type, TypeActe
from cpomgen.pipeline import print_all
from cpomgen.reading import Reading
from cpomgen.schema import walk
from cpomgen.schemas import beside_schema
from cpomgen.scope import scope_of
from cpomgen.tree import WorkTree
from cpomgen.typeset import typeset

TREE = WorkTree(ROOT)
ABSENT = Absent("acte")
NOTHING: dict[str, Any] = {
    "expose": ABSENT, "motifs": Liste(), "article_revision": ABSENT, "contrat_conclu": ABSENT, "contrat_effet": ABSENT,
    "contrat_complete": ABSENT,
    "anterieurs": Liste(), "decisions": Liste(), "perimees": Liste(), "date_effet": ABSENT, "finances": ABSENT,
    "comparatif": Liste(), "tableaux": Liste(), "annexes": Liste(),
}  # fmt: skip
BEFORE = Liste(fiche(numero=n, date=ABSENT if n == 2 else Jour(date(2012, n, 1))) for n in (1, 2, 3))
LATER = Jour(date(2012, 8, 1))
ONE = article("Modification de l’article 3", "0 À l’article 3, le mot : « a » est supprimé.")


@pytest.fixture(scope="module")
def kind() -> TypeActe:
    found = read_acte(TREE, "cpom_type")
    assert found is not None
    return found


def printed(cpom: Type, kind: TypeActe, name: str = "arespa", **changes: Any) -> tuple[dict[str, Any], Imprime]:
    """Return what the template sees of an avenant of an example, and the avenant as printed."""
    contrat, _ = Reading(TREE).resolved(name)
    seen = scope_of(contrat, cpom.modele, Edition.PROJET, "0" * 64, 2)
    changes = changes if name == "arespa" else {"articles": Liste([ONE]), **changes}
    scope = {**seen, "acte": acte(print_all(cpom, seen), **changes), "numeros": Numbers()}
    return scope, replace(print_all(kind, scope), title=kind.modele.entitled(scope))


def words(cpom: Type, kind: TypeActe, name: str = "arespa", **changes: Any) -> str:
    """Return all that an avenant says, its no-break spaces made plain."""
    return said(printed(cpom, kind, name, **changes)[1]).replace("\u00a0", " ").replace("\u202f", " ")


EXAMPLES = ("arespa", "appui-cpts", "douaisis", "grand-nancy", "socle-transitoire", "voironnais")


@pytest.mark.parametrize("changes", [{}, NOTHING], ids=["all", "nothing"])
@pytest.mark.parametrize("name", EXAMPLES)
def it_writes_avenants_that_read_alike_in_word_and_pdf(
    cpom: Type, kind: TypeActe, name: str, changes: dict[str, Any]
) -> None:
    scope, imprime = printed(cpom, kind, name, **changes)
    word = fill(kind.trame, kind.modele.names, imprime, scope, "")
    assert read_word(word) == as_word(imprime)
    pdf = typeset(imprime, kind.style, timestamp=datetime(2012, 1, 1, tzinfo=UTC))
    assert read_paragraphs(pdf) == as_read(imprime)
    titles = [each for part in imprime.sections for each in paragraphs(part.blocks) if each.style == "heading 1"]
    assert tags(pdf).count("H1") == len(titles)


CONTRACT = "Vu le contrat pluriannuel d’objectifs et de moyens"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, f"{CONTRACT} conclu le 18 juin 2012, modifié par l’avenant n° 1 du 12 décembre 2012 (ci-après dénommé"),
        (
            {"contrat_complete": LATER},
            "conclu le 18 juin 2012, dont les dernières pièces ont été signées le 1er août 2012, ",
        ),
        ({"anterieurs": BEFORE}, "modifié par les avenants n° 1 du 1er janvier 2012, n° 2 et n° 3 du 1er mars 2012 ("),
        ({"contrat_conclu": ABSENT}, f"{CONTRACT} ayant pris effet le 1er janvier 2012, modifié par"),
        (NOTHING, f"{CONTRACT} (ci-après dénommé « le contrat ») ;"),
        ({}, "En application de l’article 4 du contrat (premier et troisième tirets), le présent avenant a pour objet"),
        ({}, "a pour objet de modifier l’article 3 et les annexes 1, 2 et 4.\n"),
        ({"motifs": lignes("premier")}, "l’article 4 du contrat (premier tiret), le présent avenant"),
        ({"motifs": Liste()}, "l’article 4 du contrat, le présent avenant"),
        (NOTHING, "\nLe présent avenant a pour objet"),
        (
            {},
            "est porté de 2 060 000,00 € à 2 175 500,00 € (deux millions cent soixante-quinze mille cinq cents euros)",
        ),
        (
            {},
            "soit une augmentation de 115 500,00 € (cent quinze mille cinq cents euros) au titre des exercices 2013 et",
        ),
        ({"finances": finances(20, 10, 2013)}, "est ramené de 20,00 € à 10,00 € (dix euros), soit une diminution de"),
        ({"finances": finances(20, 10, 2013)}, "diminution de 10,00 € (dix euros) au titre de l’exercice 2013."),
        ({"finances": finances(20, 20, 2013)}, "soit 20,00 € (vingt euros), n’est pas modifié."),
        (
            {},
            "\nLa décision attributive de financement du 5 mars 2013 au titre de l’exercice 2013 est modifiée, par une",
        ),
        ({"perimees": lignes("la décision a", "la décision b")}, "\nla décision a ;\nla décision b.\n"),
        ({}, "prend effet le 1er juillet 2013. Il s’applique jusqu’au terme du contrat, le 31 décembre 2016."),
        ({"deja": OuiNon(1)}, "prend effet le 1er juillet 2013, les parties en convenant expressément"),
        ({"date_effet": ABSENT}, "prend effet à la date de sa dernière signature."),
        ({"tableaux": Liste()}, "qui présente le tableau comparatif des rédactions, est établie"),
        (
            {},
            "\nLe total passe de 824 000,00 € (huit cent vingt-quatre mille euros) à 949 500,00 €",
        ),
        ({"tableaux": Liste([tableau(10, 30)])}, "soit 20,00 € (vingt euros) de plus."),
        ({"tableaux": Liste([tableau(20, 10)])}, "soit 10,00 € (dix euros) de moins."),
        ({"tableaux": Liste([tableau(20, 20)])}, "\nLe total, soit 20,00 € (vingt euros), n’est pas modifié."),
        ({"comparatif": Liste()}, "qui présente l’écart financier par source et par exercice, est établie"),
    ],
)
def it_says_what_the_avenant_does(cpom: Type, kind: TypeActe, changes: dict[str, Any], sentence: str) -> None:
    assert sentence in words(cpom, kind, **changes)


def it_says_nothing_of_what_does_not_change(cpom: Type, kind: TypeActe) -> None:
    found = words(cpom, kind, **NOTHING)
    silent = ("Incidence financière", "Pièce jointe", "pièce jointe", "Vu la décision")
    assert [each for each in silent if each in found] == []


@pytest.mark.parametrize(
    ("count", "prevail"),
    [(1, "l’article 1er prévaut."), (2, "les articles 1er et 2 prévalent."), (3, "les articles 1er à 3 prévalent.")],
)
def it_says_which_articles_prevail_over_what_is_joined(cpom: Type, kind: TypeActe, count: int, prevail: str) -> None:
    found = words(cpom, kind, articles=Liste([ONE] * count))
    assert prevail in found
    assert f"Article {count + 3} – Autres stipulations" in found


@pytest.mark.parametrize("name", ["appui-cpts", "grand-nancy", "voironnais"])
def it_names_the_delegations_under_which_some_sign(cpom: Type, kind: TypeActe, name: str) -> None:
    delegations = re.findall(r"\nVu la délégation de signature donnée (.*) ;", words(cpom, kind, name))
    assert delegations
    assert all(re.fullmatch(r"(au|à la|à l’).* \(.*, en date du .*\)", each) for each in delegations)
    assert "Vu la délégation" not in words(cpom, kind, "arespa")


def it_prints_whole_annexes_after_the_signatures(cpom: Type, kind: TypeActe) -> None:
    scope, imprime = printed(cpom, kind)
    contract = print_all(cpom, {**scope, "numeros": Numbers()})
    assert [each.name for each in imprime.sections] == ["acte", "annexes", "piece-jointe"]
    assert section(imprime, "annexes") == section(contract, "annexe-2")
    both = Liste(fiche(citation=Citation(section(contract, name))) for name in ("annexe-2", "annexe-4"))
    assert section(printed(cpom, kind, annexes=both)[1], "annexes") == (
        *section(contract, "annexe-2"),
        *section(contract, "annexe-4"),
    )


def it_has_no_act_when_the_manifest_does_not_say(tmp_path: Path) -> None:
    assert read_acte(WorkTree(project(tmp_path)), "essai") is None


def it_judges_the_template_of_avenants_but_of_a_settled_version() -> None:
    spoilt = Files(
        {"templates/cpom_type/style.typ": TREE.read("templates/cpom_type/style.typ").replace(b'"Citation"', b'"X"')},
        TREE,
    )
    [problem] = problems_of(read_acte, spoilt, "cpom_type")
    assert (problem.code, problem.message) == ("CPOM319", "le style « Citation » n'a pas de fonction dans style.typ.")
    assert read_acte(spoilt, "cpom_type", settled=True) is not None


def it_tells_what_each_field_of_an_act_is() -> None:
    named = [(path, field) for path, field in walk(beside_schema("acte").root) if field.name]
    assert [path for path, field in named if not field.meta.libelle] == []
