"""What facts of signature make of an act, what is in force on a day as known on another, and how it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cpomgen.acte import Duree
from cpomgen.registre import Signature
from cpomgen.situation import EnCours, Etat, Signe, Situation, lignes, signe, situation

END = date(2016, 12, 31)
JUNE, DECEMBER = date(2012, 6, 18), date(2012, 12, 12)
CONTRAT = Signe(0, JUNE, date(2012, 1, 1), "", END)
AVENANT = Signe(1, DECEMBER, date(2013, 1, 1), "", date(2017, 12, 31))
SECTIONS = {"contrat": ("socle", "annexe-1", "annexe-2"), "socle": ("socle",), "annexe-2": ("annexe-2",)}
BOTH = ("directrice", "président")


def made(*facts: Signature, on: Duree | None = None, sections: dict[str, tuple[str, ...]] | None = None) -> object:
    return signe(0, facts, BOTH, sections or {}, on or Duree(date(2012, 1, 1), "", END))


def it_holds_for_signed_what_all_have_signed() -> None:
    assert made(Signature(0, JUNE)) == CONTRAT
    assert made(Signature(0, JUNE, par="président")) == EnCours(0, ("directrice",))
    both = Signature(0, JUNE, par="président"), Signature(0, DECEMBER, par="directrice")
    assert made(*both) == Signe(0, DECEMBER, date(2012, 1, 1), "", END)


def it_tells_which_sections_are_signed_apart() -> None:
    socle = Signature(0, JUNE, piece="socle")
    found = made(socle, sections=SECTIONS)
    assert found == Signe(0, JUNE, date(2012, 1, 1), "", END, ("annexe-1", "annexe-2"))
    later = made(socle, Signature(0, DECEMBER, piece="annexe-2"), sections=SECTIONS)
    assert later == Signe(0, DECEMBER, date(2012, 1, 1), "", END, ("annexe-1",))
    assert made(Signature(0, JUNE, piece="annexe-2"), sections=SECTIONS) == EnCours(0, BOTH)
    assert made(Signature(0, JUNE, piece="contrat"), sections=SECTIONS) == CONTRAT


def it_gives_an_act_effect_from_its_signature_when_it_does_not_say() -> None:
    facts = Signature(0, JUNE, piece="socle"), Signature(0, DECEMBER, piece="annexe-2")
    found = made(*facts, on=Duree(None, "", END), sections=SECTIONS)
    assert isinstance(found, Signe)
    assert (found.effet, found.le) == (JUNE, DECEMBER)
    event = made(Signature(0, JUNE), on=Duree(None, "la notification", END))
    assert event == Signe(0, JUNE, None, "la notification", END)


@pytest.mark.parametrize(
    ("au", "etat", "actes", "a_venir"),
    [
        (date(2011, 12, 31), Etat.A_VENIR, (), (CONTRAT, AVENANT)),
        (date(2012, 1, 1), Etat.EN_VIGUEUR, (CONTRAT,), (AVENANT,)),
        (date(2012, 12, 31), Etat.EN_VIGUEUR, (CONTRAT,), (AVENANT,)),
        (date(2013, 1, 1), Etat.EN_VIGUEUR, (CONTRAT, AVENANT), ()),
        (date(2017, 12, 31), Etat.EN_VIGUEUR, (CONTRAT, AVENANT), ()),
        (date(2018, 1, 1), Etat.TERMINE, (CONTRAT, AVENANT), ()),
    ],
)
def it_finds_what_is_in_force(au: date, etat: Etat, actes: tuple[Signe, ...], a_venir: tuple[Signe, ...]) -> None:
    assert situation([AVENANT, CONTRAT], au, au) == Situation(au, au, etat, actes, a_venir)


def it_knows_nothing_of_what_was_in_force_before_the_first_version_that_it_has() -> None:
    assert situation([AVENANT], JUNE, JUNE).etat is Etat.INCONNU
    assert situation([EnCours(0, BOTH)], JUNE, JUNE) == Situation(
        JUNE, JUNE, Etat.NON_SIGNE, en_cours=(EnCours(0, BOTH),)
    )


def told(*acts: Signe | EnCours, au: date = JUNE) -> str:
    return "\n".join(lignes("x", situation(acts, au, DECEMBER))).replace("\u00a0", " ")


def it_tells_what_a_lawyer_would_ask() -> None:
    assert told(CONTRAT, AVENANT) == (
        "x, au 18 juin 2012, tel que connu le 12 décembre 2012 : en vigueur dans sa version v0.\n"
        "  contrat : signé le 18 juin 2012, effet le 1er janvier 2012\n"
        "  terme : 31 décembre 2016\n"
        "  à venir : avenant n° 1 : signé le 12 décembre 2012, effet le 1er janvier 2013 (pas encore, le jour demandé)"
    )
    assert "(signé après le jour demandé : l'effet est rétroactif)" in told(CONTRAT, au=date(2012, 3, 1))
    second = replace(AVENANT, numero=2, effet=date(2012, 6, 1))
    assert "effet le 1er janvier 2013 (pas encore, le jour demandé ; le texte de la version v2 le contient déjà)\n" in (
        told(CONTRAT, AVENANT, second, au=date(2012, 7, 1))
    )
    assert ": a pris fin le 31 décembre 2016.\n" in told(CONTRAT, au=date(2018, 1, 1))
    assert "à signer : directrice, président" in told(EnCours(0, BOTH))
    assert told().endswith(": aucune version n'est signée.")
    apart = Signe(0, JUNE, None, "la notification", END, ("annexe-2",), importe=True)
    assert "v0, si cet événement est survenu : la notification." in told(apart)
    assert "signé ailleurs le 18 juin 2012, effet à cet événement : la notification ; pas encore signé : annexe-2" in (
        told(apart)
    )
