"""What a cell says of its field, whoever typed it; what has two readings is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory import real_schema

from cpomgen.column import Column, column_at
from cpomgen.feuille import Cell, Value
from cpomgen.saisie import Typed, same, typed
from cpomgen.scalars import Misread, read_scalar

WAYS = {
    "date": "duree.date_fin",
    "montant": "annexes.financement.sources[fir].montants.2012",
    "nombre": "annexes.financement.moyens[etp].valeurs.2012",
    "entier": "zone_intervention.population",
    "oui_non": "parties.ars[1].pilote",
    "choix": "nature",
    "finess": "parties.promoteurs[1].reseaux[1].finess",
    "siren": "parties.promoteurs[1].siren",
    "siret": "parties.promoteurs[1].siret",
    "code_postal": "parties.promoteurs[1].siege.code_postal",
    "ligne": "parties.promoteurs[1].personne_morale",
    "texte": "zone_intervention.presentation",
    "liste": "parties.promoteurs[1].reseaux[1].themes",
    "contenu": "annexes.appui_coordination.objectifs[A2.1].contenu",
    "code": "reference.dossier",
}


def column(kind: str) -> Column:
    found = column_at(real_schema().root, WAYS[kind])
    assert found is not None
    return found


def read(value: Value, kind: str, *, form: str = "", loose: bool = True) -> str:
    """Return the text that a cell gives, its texts parted by bars, or why it gives none."""
    found = typed(Cell(value, form=form, loose=loose), column(kind))
    if isinstance(found, Misread):
        return f"! {found.message} {found.remedy} {found.correct}".strip()
    return "|".join(found.texts or ())


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("31/12/2016", "date", "2016-12-31"),
        ("1/2/2016", "date", "2016-02-01"),
        ("31.12.2016", "date", "2016-12-31"),
        ("31-12-2016", "date", "2016-12-31"),
        ("2016-12-31", "date", "2016-12-31"),
        ("2016/12/31", "date", "2016-12-31"),
        ("2016-12-31 00:00:00", "date", "2016-12-31"),
        ("1er janvier 2012", "date", "2012-01-01"),
        ("12 Févr. 2012", "date", "2012-02-12"),
        ("12\u00a0août\u00a02012", "date", "2012-08-12"),
        (date(2016, 12, 31), "date", "2016-12-31"),
        ("450000", "montant", "450000.00"),
        ("450\u202f000,5 €", "montant", "450000.50"),
        ("450\u00a0000,00\u00a0€", "montant", "450000.00"),
        ("1.234.567,89 EUR", "montant", "1234567.89"),
        ("450000.50", "montant", "450000.50"),
        (Decimal("450000.5"), "montant", "450000.50"),
        ("1,5", "nombre", "1.5"),
        ("1,500", "nombre", "1.5"),
        (Decimal("1E+3"), "entier", "1000"),
        ("1 172 549", "entier", "1172549"),
        ("\u22125", "nombre", "-5"),
        ("oui", "oui_non", "oui"),
        ("NON", "oui_non", "non"),
        (True, "oui_non", "oui"),
        ("vrai", "oui_non", "oui"),
        ("complet", "choix", "complet"),
        ("Contrat  complet", "choix", "complet"),
        ("SOCLE TRANSITOIRE", "choix", "transitoire"),
        ("10000024", "finess", "010000024"),
        (Decimal(10000024), "finess", "010000024"),
        ("01 000 002 4", "finess", "010000024"),
        ("123 456 782", "siren", "123456782"),
        (Decimal(12345678200010), "siret", "12345678200010"),
        (Decimal(1000), "code_postal", "01000"),
        ("2A004", "code_postal", "2A004"),
        (" Réseau =1 ", "ligne", "Réseau =1"),
        ("=1+1", "ligne", "=1+1"),
        (Decimal("12.5"), "ligne", "12,5"),
        ("un\n\n- deux", "texte", "un\n\n- deux"),
        ("a ; b;; c", "liste", "a|b|c"),
        ("a ; b\nc", "liste", "a ; b|c"),
        ("a;b\n", "liste", "a;b"),
        ("2° ; 3°", "contenu", "2°|3°"),
        ("(vide)", "ligne", ""),
        (Decimal(12), "code", "12"),
    ],
)
def it_reads_what_people_type(value: Value, kind: str, text: str) -> None:
    assert read(value, kind) == text


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [
        ("31/12/16", "date", "deux lectures"),
        ("12/31/2016", "date", "il n'y a pas de mois 31"),
        ("31/02/2016", "date", "n'existe pas au calendrier"),
        ("2016", "date", "n'est pas une date"),
        ("40909", "date", "Si c'est le 01/01/2012"),
        (Decimal(40909), "date", "Si c'est le 01/01/2012"),
        ("1 j 2012", "date", "n'est pas une date"),
        ("3 mars", "date", "n'est pas une date"),
        ("1.234", "montant", "a deux lectures : 1234, ou 1,234"),
        ("1,234", "montant", "plus de deux décimales"),
        ("1,234.56", "montant", "n'est pas un montant"),
        ("(500)", "montant", "n'est pas un montant"),
        ("-5", "entier", ""),
        ("1,5", "entier", "n'est pas un nombre entier"),
        ("90 %", "nombre", "est un pourcentage"),
        ("peut-être", "oui_non", "n'est ni oui ni non"),
        ("complett", "choix", "vouliez-vous écrire « contrat complet »"),
        ("1,23457E+13", "siret", "des chiffres sont perdus"),
        ("1.23457E+13", "siren", "des chiffres sont perdus"),
        (date(2012, 5, 3), "ligne", "Excel a fait une date"),
        (True, "ligne", "n'est pas un texte"),
        ("un\ndeux", "ligne", "une seule ligne"),
        (date(2012, 5, 3), "contenu", "n'est pas dans la liste"),
    ],
)
def it_refuses_what_it_would_have_to_guess(value: Value, kind: str, told: str) -> None:
    found = read(value, kind)
    assert told in found
    assert found.startswith("!") or not told


def it_refuses_a_percentage_by_its_format() -> None:
    assert "est un pourcentage" in read(Decimal("0.9"), "nombre", form="0%")


def it_guesses_no_zero_of_what_excel_has_left_alone() -> None:
    assert read("1000", "code_postal", loose=False).startswith("! « 1000 » est trop court.")
    assert read("10000024", "finess", loose=False) == "010000024"


def it_tells_the_zeros_that_it_gives_back() -> None:
    told = {
        kind: typed(Cell(value, loose=True), column(kind))
        for kind, value in (("finess", "10000024"), ("code_postal", "1000"))
    }
    assert [each.told.rpartition(" : ")[2] for each in told.values() if isinstance(each, Typed)] == [
        "la clé de contrôle le confirme.",
        "rien ne le confirme, vérifiez-le.",
    ]


def it_leaves_to_the_schema_what_is_wrong_otherwise() -> None:
    assert read("12", "siren") == "12"


@pytest.mark.parametrize(
    ("old", "new", "kind", "is_same"),
    [
        ("450000", "450000.00", "montant", True),
        ("450000", "450000.01", "montant", False),
        ("« Santé »", "«\u00a0Santé\u00a0»", "ligne", True),
        ("pas un montant", "pas un montant", "montant", True),
        ("x", "y", "montant", False),
    ],
)
def it_knows_what_means_the_same(old: str, new: str, kind: str, is_same: bool) -> None:  # noqa: FBT001
    assert same(old, new, column(kind).field) is is_same


VALUES = st.one_of(
    st.text(),
    st.text("0123456789 .,-/€%eE+()\u00a0"),
    st.dates(),
    st.booleans(),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**14), max_value=10**14),
)


@settings(max_examples=120)
@given(VALUES, st.sampled_from(sorted(WAYS)), st.booleans())
def it_gives_what_the_field_takes_or_says_why_not(value: Value, kind: str, loose: bool) -> None:  # noqa: FBT001
    found = typed(Cell(value, loose=loose), column(kind))
    assert isinstance(found, Misread | Typed)
    if isinstance(found, Misread):
        assert found.message
    else:
        read = [read_scalar(text, column(kind).leaf.type) for text in found.texts or ()]
        assert not [each for each in read if isinstance(each, Misread)]
