"""What officers are told to look at again in an act: each warning where there is cause for it, and only there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from examined import ARESPA, KEPT, Project, changed
from memory import ROOT
from petit import PETIT

from cpomgen import amending
from cpomgen.advise import advise
from cpomgen.manifeste import Manifeste
from cpomgen.outcome import Projet
from cpomgen.problem import Problem, is_blocking
from cpomgen.reading import Reading
from cpomgen.registre import Signature
from cpomgen.tree import WorkTree
from cpomgen.version import Version

FILE = "contracts/essai.yaml"
SIGNED = date(2012, 6, 18)
AVENANT = """\
avenants:
  - numero: 1
    objet: Essai
    motifs: [environnement]
    date_effet: 2013-03-01
    date: 2013-02-04
"""
NO_DAY, NO_EFFECT = ("    date: 2013-02-04\n", ""), ("    date_effet: 2013-03-01\n", "")
NO_REASON = ("    motifs: [environnement]\n", "")
MONEY = ("environnement", "financement")
MEMBRES = ("membres: [la direction du réseau]", "membres: [la direction et la présidence du réseau]")
VERSEMENT = ("versement: En deux fois.", "versement: En trois fois.")
FIR = "montants: {2012: 10.00, 2013: 20.00}"
FIR_2012, FIR_2013 = (FIR, FIR.replace("10.00", "9.00")), (FIR, FIR.replace("20.00", "17.50"))
PIECE = "- {id: d2013, nature: decision_attributive, intitule: Décision 2013, date: 2013-01-15, opposable: non}\n"
DECISION = ("- {id: dossier,", f"{PIECE}      - {{id: dossier,")
RECRUTER = "libelle: Recruter, pilote: direction, echeance: 2012-12-31"
FORMER = "{id: A1.1-b, libelle: Former, pilote: direction, echeance: 2013-01-31}"
SOURCE = "      - {id: etat, libelle: État, nature: etat, statut: previsionnel, montants: {2012: 4.00, 2013: 4.00}}\n"
OUVRIR = "libelle: Ouvrir en 2012 les secteurs du Nord Haute-Saône et du Haut-Jura"
UNIT = 'unite: "%"\n                valeurs_cibles: {2013: 90}'
NINE = "valeurs_cibles: {2012: 9, 2013: 9}"
ELEVEN = (NINE, NINE.replace(": 9", ": 11"))
DEADLINES = (
    ("echeance: 2012-06-30", "echeance: 2013-06-30"),
    ("echeance: 2012-09-30", "echeance: 2013-09-30"),
    ("secteur\n                echeance: 2012-12-31", "secteur\n                echeance: 2013-12-31"),
)


def projet(
    *changes: tuple[str, str], avenant: str = AVENANT, base: str = PETIT, signed: tuple[Signature, ...] = ()
) -> tuple[Projet, Reading]:
    """Return the act that changes a contract so, and what reads it."""
    name = "arespa" if "identifiant: arespa" in base else "essai"
    file, disk = f"contracts/{name}.yaml", WorkTree(ROOT)
    before, after = (Project({file: text}, disk) for text in (base, changed(*changes, text=base) + avenant))
    reading = Reading(after, KEPT)
    return replace(amending.project(Version(name, "v0", before, file), reading, name, 1), signed=signed), reading


def advised(
    *changes: tuple[str, str], avenant: str = AVENANT, base: str = PETIT, signed: tuple[Signature, ...] = ()
) -> list[Problem]:
    """Return what is said of an act."""
    return list(amending.advice(*projet(*changes, avenant=avenant, base=base, signed=signed)))


def said(*changes: tuple[str, str], avenant: str = AVENANT, base: str = PETIT) -> list[str]:
    """Return the code and the sentence of what is said of an act."""
    found = advised(*changes, avenant=avenant, base=base)
    return [f"{each.code} : {each.message}".replace("\u00a0", " ") for each in found]


def announced(*changes: tuple[str, str]) -> str:
    """Return the avenant, some of its words replaced."""
    return changed(*changes, text=AVENANT)


def recruited(day: str) -> tuple[str, str]:
    """Return what moves a deadline."""
    return RECRUTER, RECRUTER.replace("2012-12-31", day)


def line_of(text: str) -> int:
    """Return the line of the small contract that has a text."""
    return next(n for n, line in enumerate(PETIT.splitlines(), 1) if text in line)


def it_says_nothing_of_an_act_without_fault() -> None:
    assert said(MEMBRES, VERSEMENT, FIR_2013) == []


def it_warns_and_no_more() -> None:
    [problem] = advised(MEMBRES, avenant=announced(MONEY))
    assert not is_blocking(problem)
    assert problem.source == "usage"


# A part to word in some way


def it_says_which_part_to_word_does_not_change() -> None:
    def asked(part: str) -> list[str]:
        wording = f"    mode_redaction: [{{partie: {part}, mode: remplacement}}]\n"
        return [each.remedy for each in advised(MEMBRES, VERSEMENT, avenant=AVENANT + wording)]

    assert asked("Annexe 4") == asked("annexe-4") == []
    assert asked("anexe 4") == ["vouliez-vous écrire « annexe 4 » ?"]
    [remedy] = asked("préambule")
    assert remedy.startswith("parties qu'il modifie : article ")
    assert remedy.endswith(", annexe 4.")


# A change without its reason


def it_says_which_parts_no_reason_covers() -> None:
    assert said(VERSEMENT, avenant=announced(MONEY)) == []
    [problem] = advised(VERSEMENT, MEMBRES, avenant=announced(MONEY))
    message = "aucun motif invoqué ne couvre ce que l'avenant change à l'article 3."
    assert (problem.code, problem.message.replace("\u00a0", " ")) == ("CPOM643", message)
    assert str(problem.mark) == f"{FILE}:{line_of('membres:')}:13"
    assert problem.remedy == (
        "motifs qui le couvrent : environnement, orientations_nationales, ou nommez dans l'exposé un cas qui en "
        "dispense : fusion, transfert, changement de promoteur, erreur."
    )


def it_tells_the_preamble_from_the_articles() -> None:
    party = ("personne_morale: Association pour l'appui", "personne_morale: Association pour les soins")
    found = said(party, avenant=announced(MONEY))
    assert "CPOM643 : aucun motif invoqué ne couvre ce que l'avenant change au préambule." in found


def it_takes_one_reason_among_several() -> None:
    both = announced(("environnement", "financement, orientations_nationales"))
    assert said(MEMBRES, VERSEMENT, avenant=both) == []


def it_says_once_that_no_reason_is_invoked() -> None:
    found = said(MEMBRES, VERSEMENT, avenant=announced(NO_REASON))
    assert found == ["CPOM643 : l'avenant n° 1 n'invoque aucun motif."]


@pytest.mark.parametrize(
    "expose",
    [
        "Rectification d'une erreur matérielle.",
        "Après la FUSION des\n      réseaux.",
        "Un changement de\n      promoteur.",
    ],
)
def it_needs_no_reason_in_the_cases_that_the_contract_sets_apart(expose: str) -> None:
    assert said(MEMBRES, avenant=announced((NO_REASON[0], f"    expose: |\n      {expose}\n"))) == []


def it_does_not_take_another_word_for_such_a_case() -> None:
    avenant = announced((NO_REASON[0], "    expose: La diffusion du rapport change.\n"))
    assert [each.code for each in advised(MEMBRES, avenant=avenant)] == ["CPOM643"]


def it_asks_no_reason_where_the_type_has_none() -> None:
    act, _ = projet(MEMBRES, avenant=announced(NO_REASON))
    assert advise(act, Manifeste()) == ()


# An annex that is not signed


def it_says_that_a_part_is_not_signed_when_others_are() -> None:
    signed = (Signature(0, SIGNED, "socle"), Signature(0, SIGNED, "annexe-1", par="président"))
    [problem] = advised(VERSEMENT, MEMBRES, signed=signed)
    message = "l'avenant modifie l'annexe 4, qu'aucune signature ne couvre (pièces signées : annexe-1, socle)."
    assert (problem.code, problem.message.replace("\u00a0", " ")) == ("CPOM644", message)
    assert str(problem.mark).startswith(f"{FILE}:{line_of('versement:')}:")
    assert problem.remedy.endswith(": cpomgen sign essai --version 0 --piece annexe-4 --le AAAA-MM-JJ")


@pytest.mark.parametrize(
    "signed",
    [
        (),
        (Signature(0, SIGNED),),
        (Signature(0, SIGNED, "socle"), Signature(0, SIGNED, "annexe-4")),
        (Signature(0, SIGNED, "contrat"),),
        (Signature(1, SIGNED, "socle"),),
    ],
)
def it_says_nothing_of_what_is_signed_nor_when_nothing_is(signed: tuple[Signature, ...]) -> None:
    assert advised(VERSEMENT, signed=signed) == []


def it_says_nothing_of_an_annex_that_the_act_brings() -> None:
    act, reading = projet(VERSEMENT, signed=(Signature(0, SIGNED, "socle"),))
    assert [each.code for each in amending.advice(act, reading)] == ["CPOM644"]
    before = act.old.imprime.slice("", ("socle", "annexe-1"))
    assert amending.advice(replace(act, old=replace(act.old, imprime=before)), reading) == ()


# An exercise that is over


def it_says_that_a_past_exercise_is_reduced() -> None:
    [problem] = advised(FIR_2012)
    assert problem.code == "CPOM645"
    assert problem.message.replace("\u00a0", " ") == (
        "« FIR » : le montant de 2012, 10,00 €, est ramené à 9,00 €, et l'exercice sera passé quand l'avenant sera "
        "signé, le 4 février 2013."
    )
    assert str(problem.mark).startswith(f"{FILE}:{line_of('{id: fir')}:")


@pytest.mark.parametrize(
    ("amounts", "changes"),
    [
        ("{2012: 11.00, 2013: 20.00}", []),
        ("{2012: 10.00, 2013: 1.00}", []),
        ("{2012: 9.00, 2013: 20.00}", [("date: 2013-02-04", "date: 2012-12-20")]),
        ("{2012: 9.00, 2013: 20.00}", [NO_DAY, ("2013-03-01", "2012-11-01")]),
        ("{2012: 9.00, 2013: 20.00}", [NO_DAY, NO_EFFECT]),
    ],
)
def it_says_nothing_of_more_money_nor_of_an_exercise_that_goes_on(amounts: str, changes: list[tuple[str, str]]) -> None:
    assert said((FIR, f"montants: {amounts}"), avenant=announced(*changes)) == []


def it_takes_the_effect_when_the_day_of_signature_is_unknown() -> None:
    [found] = said(FIR_2012, avenant=announced(NO_DAY))
    assert found.endswith("quand l'avenant sera en vigueur, le 1er mars 2013.")


@pytest.mark.parametrize("changes", [[NO_DAY, NO_EFFECT], [NO_DAY, ("2013-03-01", "2012-11-01")]])
def it_knows_that_an_avenant_is_signed_after_what_it_amends(changes: list[tuple[str, str]]) -> None:
    signed = (Signature(0, SIGNED), Signature(0, date(2013, 1, 15), par="président"), Signature(1, date(2014, 1, 1)))
    [problem] = advised(FIR_2012, avenant=announced(*changes), signed=signed)
    told = problem.message.replace("\u00a0", " ")
    assert told.endswith("quand l'avenant sera signé, au plus tôt le 15 janvier 2013.")


def it_says_that_a_past_amount_goes_with_its_source() -> None:
    [found] = said((SOURCE, ""), base=changed(("    versement:", f"{SOURCE}    versement:"), text=PETIT))
    assert found.startswith("CPOM645 : « État » : le montant de 2012, 4,00 €, est supprimé, ")


# A text made false


def it_says_that_a_label_holds_the_year_that_all_its_deadlines_leave() -> None:
    [problem] = advised(*DEADLINES, base=ARESPA)
    assert problem.code == "CPOM646"
    assert problem.message.replace("\u00a0", " ") == (
        "annexe 1 : « Ouvrir en 2012 les secteurs du Nord Haute-Saône et du Haut-Jura » dit encore « 2012 », et "
        "l'avenant met « 2013 » à la place."
    )
    assert problem.mark.line == ARESPA[: ARESPA.index(OUVRIR)].count("\n") + 1


def it_says_nothing_of_a_year_that_one_deadline_keeps() -> None:
    assert [each for each in said(*DEADLINES[:2], base=ARESPA) if "CPOM646" in each] == []


def it_says_nothing_of_a_label_that_changes_too() -> None:
    assert said(*DEADLINES, (OUVRIR, OUVRIR.replace("2012", "2013")), base=ARESPA) == []


def it_says_nothing_of_a_deadline_that_is_put_off_in_its_year() -> None:
    avenant = announced(("date_effet: 2013-03-01", "date_effet: 2012-09-01"), ("2013-02-04", "2012-08-20"))
    assert said(("echeance: 2012-06-30", "echeance: 2012-10-31"), base=ARESPA, avenant=avenant) == []


def labelled(label: str) -> str:
    """Return the contract with an objective so named, whose indicator counts nine basins."""
    return changed(
        ("libelle: Ouvrir", f"libelle: {label}"), (UNIT, f"unite: bassins\n                {NINE}"), text=PETIT
    )


@pytest.mark.parametrize("number", ["neuf bassins", "9 bassins"])
def it_says_that_a_label_holds_the_figure_of_a_target_that_changes(number: str) -> None:
    [found] = said(ELEVEN, base=labelled(f"Ouvrir les {number} de vie"))
    label = f"« Ouvrir les {number} de vie »"
    assert found.endswith(f"{label} dit encore « {number} », et l'avenant met « 11 bassins » à la place.")


@pytest.mark.parametrize(
    "label", ["Ouvrir 9 secteurs", "Ouvrir 19 bassins", "Ouvrir 9,5 bassins", "Loi n° 2012-9 bassins"]
)
def it_says_nothing_of_another_figure_nor_of_the_figure_of_something_else(label: str) -> None:
    assert said(ELEVEN, base=labelled(label)) == []


def it_says_nothing_of_a_figure_that_one_exercise_keeps() -> None:
    assert said((NINE, "valeurs_cibles: {2012: 9, 2013: 11}"), base=labelled("Ouvrir neuf bassins")) == []


def it_says_that_a_label_holds_a_date_that_changes_in_its_row() -> None:
    dated = RECRUTER.replace("Recruter", "Recruter au 31 décembre 2012")
    base = changed((RECRUTER, dated), text=PETIT)
    [found] = said((dated, dated.replace("2012-12-31", "2013-03-31")), base=base)
    assert found.startswith("CPOM646 : annexe 1 : « Recruter au 31 décembre 2012 » dit encore « 31 décembre 2012 », ")
    assert found.endswith("et l'avenant met « 31 mars 2013 » à la place.")


def it_says_that_a_label_holds_an_amount_that_changes_in_its_row() -> None:
    base = changed(("libelle: FIR", 'libelle: "FIR (20,00 € en 2013)"'), text=PETIT)
    [found] = said(FIR_2013, base=base)
    assert found.endswith("« FIR (20,00 € en 2013) » dit encore « 20,00 € », et l'avenant met « 17,50 € » à la place.")


def it_reads_a_heading_with_what_it_opens() -> None:
    clause = "{id: c2, article: autonome, intitule: Les 3 rapports, texte: Le promoteur remet 3 rapports par an.}"
    base = changed(("{id: c2, article: autonome, intitule: Communication, texte: Clause.}", clause), text=PETIT)
    [found] = said(("remet 3 rapports", "remet quatre rapports"), base=base)
    assert found.startswith("CPOM646 : article 8 : « Les 3 rapports » dit encore « 3 rapports », ")
    assert found.endswith(" et l'avenant met « quatre rapports » à la place.")
    assert said(("remet 3 rapports", "ne remet plus de rapports"), base=base) == []


# Deadlines


def it_says_that_a_deadline_comes_before_the_effect() -> None:
    [problem] = advised(recruited("2013-02-28"))
    assert problem.code == "CPOM647"
    assert problem.message.replace("\u00a0", " ") == (
        "annexe 1 : « Recruter » a pour nouvelle échéance le 28 février 2013, avant l'effet de l'avenant, le 1er mars "
        "2013."
    )
    assert problem.mark.line == line_of("libelle: Recruter")
    assert problem.remedy == "fixez-la au plus tôt au 2013-03-01, ou gardez l'échéance signée."


def it_says_nothing_of_a_deadline_after_the_effect_nor_of_one_that_stays() -> None:
    assert said(recruited("2013-03-01")) == []
    assert said(("libelle: Recruter,", "libelle: Recruter et former,")) == []


def it_says_that_an_action_comes_with_a_deadline_already_past() -> None:
    [found] = said(("[{id: A1.1-a,", f"[{FORMER}, {{id: A1.1-a,"))
    assert found.startswith("CPOM647 : annexe 1 : « Former » a pour nouvelle échéance le 31 janvier 2013, ")


def it_counts_deadlines_from_the_signature_when_no_effect_is_given() -> None:
    [found] = said(recruited("2013-01-31"), avenant=announced(NO_EFFECT))
    assert found.endswith("avant l'effet de l'avenant, le 4 février 2013.")
    assert said(recruited("2013-01-31"), avenant=announced(NO_EFFECT, NO_DAY)) == []


# Décisions attributives, and the exposé


def it_names_the_decision_that_the_act_makes_stale() -> None:
    [problem] = advised(FIR_2013, base=changed(DECISION, text=PETIT))
    assert problem.code == "CPOM648"
    assert problem.message.replace("\u00a0", " ") == (
        "la décision attributive de financement du 15 janvier 2013 (« Décision 2013 ») n'est plus conforme au contrat "
        ": l'avenant change des montants de 2013."
    )
    assert problem.mark.line == line_of("- {id: dossier,")


def it_says_nothing_of_the_decision_of_another_exercise() -> None:
    earlier = (DECISION[0], DECISION[1].replace("2013", "2012"))
    assert said(FIR_2013, base=changed(earlier, text=PETIT)) == []


@pytest.mark.parametrize("amount", ["25 euros", "2,60 €", "1 000,00 €", "19.5 €", "30,01 €"])
def it_says_that_the_expose_has_an_amount_of_its_own(amount: str) -> None:
    [found] = said(FIR_2013, avenant=AVENANT + f"    expose: Le financement est porté à {amount}.\n")
    assert found.startswith("CPOM649 : l'exposé parle de ")
    assert found.endswith(" ni un montant d'avant l'avenant, ni un montant d'après, ni l'écart entre les deux.")


@pytest.mark.parametrize(
    "amount", ["20 €", "17,50 euros", "2,50 €", "30,00 €", "27,5 €", "5 € de plafond", "21 %", "2013"]
)
def it_says_nothing_of_amounts_before_and_after_of_sums_nor_of_differences(amount: str) -> None:
    assert said(FIR_2013, avenant=AVENANT + f"    expose: Le financement est porté à {amount}.\n") == []


def it_says_that_the_expose_has_an_amount_when_none_changes() -> None:
    [problem] = advised(MEMBRES, avenant=AVENANT + "    expose: L'agence verse 1 234 567,89 € de plus.\n")
    assert problem.code == "CPOM649"
    assert str(problem.mark) == f"{FILE}:{PETIT.count(chr(10)) + 7}:5"
    assert "1\u202f234\u202f567,89" in problem.message


# All of it


def it_tells_all_in_the_order_of_the_file() -> None:
    base = changed(DECISION, ("libelle: Ouvrir", "libelle: Ouvrir en 2012"), text=PETIT)
    found = advised(
        recruited("2013-02-28"),
        (FIR, "montants: {2012: 9.00, 2013: 21.00}"),
        MEMBRES,
        base=base,
        avenant=announced(MONEY) + "    expose: L'agence verse 99 € de plus.\n",
        signed=(Signature(0, SIGNED, "socle"), Signature(0, SIGNED, "annexe-1")),
    )
    assert {each.code[4:] for each in found} == {"643", "644", "645", "646", "647", "648", "649"}
    assert [each.mark.line for each in found] == sorted(each.mark.line for each in found)
    assert not any(map(is_blocking, found))
