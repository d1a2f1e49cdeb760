"""Rules on contracts of health establishments (L. 6114-1 to L. 6114-5, D. 6114-1 to R. 6114-10 CSP), law after law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cpomgen.faits import HORS_ETABLISSEMENT
from cpomgen.problem import Origin
from cpomgen.rules import avenants, contenu, duree, financement, parties, suivi
from cpomgen.rules.dossier import Dossier, Place
from cpomgen.rules.mots import folded, lengths
from cpomgen.rules.rule import Binds, Found, rule
from cpomgen.rules.suivi import PENALTY
from cpomgen.rules.vigueur import own_texts
from cpomgen.term import later
from cpomgen.wording import jour

LAW = "L. 6114-1 CSP"
BREACH = "R. 6114-9 et R. 6114-10 CSP"
MOST = 10  # strategic objectives of a contract
CEILING = 5  # per cent of what health insurance paid in the last exercise; to be verified
MONTH, TWICE = 30, 61  # days: a formal notice lasts a month, which may be renewed once
ASKED = 12  # months before the term
SILENCE = 120  # days after which a request that is not answered is granted
SENTENCE = re.compile(r"(?<=[.;])\s+|\n")
POLE = re.compile(r"\bpôles? de santé\b")  # a proper name begins with a capital
SHARE = re.compile(r"(?P<share>\d{1,3}(?:[.,]\d+)?)\s*(?:%|p\.\s?100\b|pour cent\b)")
UNANSWERED = re.compile(r"\b(silence|(absence|defaut) d(e|une) (reponse|decision)( expresse)?)\b")
REFUSES = re.compile(r"\bvaut (decision )?(implicite )?(de )?(refus|rejet)\b")
NOTICE = re.compile(r"\bmis(e|es)? en demeure\b")


@rule("CPOM493", "plus de dix objectifs stratégiques", Origin.REGLEMENT, "D. 6114-2 CSP", binds=Binds.ARRETE)
def ten_objectives_at_most(dossier: Dossier) -> Iterator[Found]:
    """Refuse an eleventh strategic objective; one that is declined in several places, in the same words, is one."""
    told = {folded(place.text("libelle_strategique")) or place.path: place for place in dossier.items("objectifs")}
    if len(told) > MOST:
        message = f"le contrat a {len(told)} objectifs stratégiques : il n'en fixe pas plus de dix."
        yield Found(list(told.values())[MOST], message, "gardez les plus importants, ou réunissez-en.")


@rule("CPOM494", "évaluation à mi-parcours", Origin.LOI, LAW, binds=Binds.JAMAIS, waivable=True)
def evaluated_at_mid_term(dossier: Dossier) -> Iterator[Found]:
    """Warn of a contract that tells neither when nor how it is evaluated at mid-term."""
    if not dossier.one("evaluation_mi_parcours") and not dossier.one("modalites_evaluation"):
        middle = _middle(dossier)
        remedy = f"dites-en le jour ou les modalités{f' (milieu du contrat : {jour(middle)})' if middle else ''}."
        day = dossier.one("evaluation_mi_parcours")
        place = dossier.root.gap("evaluation_mi_parcours", "modalites_evaluation", otherwise=day)
        yield Found(place, "rien ne dit quand ni comment le contrat est évalué à mi-parcours.", remedy)


@rule("CPOM495", "évaluation loin du milieu", Origin.LOI, LAW, binds=Binds.JAMAIS, waivable=True, uncertain=True)
def mid_term_is_the_middle(dossier: Dossier) -> Iterator[Found]:
    """Warn of an evaluation at mid-term that falls in the first or the last third of the contract."""
    effet, fin, day = dossier.effet, dossier.fin, dossier.root.day("evaluation_mi_parcours")
    if effet and fin and day and effet <= day <= fin and not (third := (fin - effet) / 3) <= day - effet <= 2 * third:
        end = "premier" if day - effet < third else "dernier"
        message = f"l'évaluation à mi-parcours, le {jour(day)}, tombe dans le {end} tiers du contrat."
        place = dossier.one("evaluation_mi_parcours")
        yield Found(place, message, f"milieu du contrat : {place.field.name}: {_middle(dossier)}")


def _middle(dossier: Dossier) -> date | None:
    effet, fin = dossier.effet, dossier.fin
    return effet + (fin - effet) / 2 if effet and fin and effet <= fin else None


@rule(
    "CPOM496", "titulaire d'autorisation hors établissement", Origin.REGLEMENT,
    "décret n° 2025-180 du 25 février 2025", binds=Binds.ARRETE, waivable=True,
)  # fmt: skip
def establishments_alone(dossier: Dossier) -> Iterator[Found]:
    """Refuse a contract with a holder of an authorisation who is no establishment, as its schema says of a typology."""
    for place in dossier.every("typologie"):
        if place.means(HORS_ETABLISSEMENT):
            message = "depuis le 27 février 2025, seuls les établissements de santé concluent ces contrats."
            yield Found(place, message, "corrigez ce choix si la partie est un établissement, ou la date.")


@rule(
    "CPOM497", "pôle de santé", Origin.REGLEMENT, "décret n° 2025-180 du 25 février 2025",
    binds=Binds.JAMAIS, waivable=True,
)  # fmt: skip
def poles_are_gone(dossier: Dossier) -> Iterator[Found]:
    """Warn of a pôle de santé, which the code's articles on these contracts speak of no more."""
    for text in own_texts(dossier):
        if found := POLE.search(text):
            message = f"il est question de « {found[0]} » : les articles sur ces contrats n'en parlent plus."
            yield Found(dossier.at(text.path), message, "dites de quelle structure il s'agit.")


@rule("CPOM498", "demande de renouvellement tardive", Origin.LOI, LAW, binds=Binds.ARRETE)
def renewal_is_asked_a_year_before(dossier: Dossier) -> Iterator[Found]:
    """Refuse a day for asking for renewal that is less than a year before the term, or before the contract."""
    day, effet, fin = dossier.root.day("demande_renouvellement"), dossier.effet, dossier.fin
    if not day or not fin:
        return
    place, latest = dossier.one("demande_renouvellement"), later(fin, -ASKED)
    if day > latest:
        message = f"le renouvellement se demande un an avant le terme : le {jour(day)} est trop tard."
        yield Found(place, message, f"au plus tard : {place.field.name}: {latest}")
    elif effet and day < effet:
        message = f"le renouvellement serait demandé le {jour(day)}, avant que le contrat prenne effet."
        yield Found(place, message, "vérifiez les deux dates.")


@rule("CPOM499", "silence sur le renouvellement", Origin.LOI, LAW, binds=Binds.JAMAIS, waivable=True)
def silence_renews(dossier: Dossier) -> Iterator[Found]:
    """Warn of terms of renewal where silence does anything else than renew after four months."""
    for place in dossier.every("modalites_renouvellement"):
        for sentence in _sentences(place):
            told = lengths(sentence)
            if not UNANSWERED.search(folded(sentence)):
                continue
            if REFUSES.search(folded(sentence)):
                message = "le silence de l'agence vaut renouvellement ; un refus est exprès, et motivé."
                yield Found(place, message, "écrivez-le ainsi, ou laissez faire la loi.")
            elif told and SILENCE not in told:
                message = (
                    "le contrat est renouvelé après quatre mois de silence de l'agence ; ce texte dit autre chose."
                )
                yield Found(place, message, "écrivez quatre mois, ou laissez faire la loi.")


@rule("CPOM427", "pénalité sans plafond", Origin.REGLEMENT, "R. 6114-10 CSP", binds=Binds.JAMAIS, waivable=True)
def penalties_have_a_ceiling(dossier: Dossier) -> Iterator[Found]:
    """Warn of a penalty when the contract tells no ceiling of penalties."""
    penal = [each for each in dossier.items("sanctions") if PENALTY.search(folded(each.text("mesure")))]
    if penal and dossier.knows("plafond_penalite") and not dossier.one("plafond_penalite"):
        message = f"la sanction {penal[0].label} prévoit une pénalité, et le contrat n'en dit pas le plafond."
        place = dossier.root.gap("plafond_penalite", otherwise=penal[0].one("mesure"))
        yield Found(place, message, "rappelez le plafond que fixe le dernier alinéa de l'article L. 6114-1.")


@rule(
    "CPOM428", "plafond de pénalité au-delà de la loi", Origin.LOI, f"{LAW}, dernier alinéa",
    binds=Binds.JAMAIS, waivable=True, uncertain=True,
)  # fmt: skip
def ceiling_is_that_of_the_law(dossier: Dossier) -> Iterator[Found]:
    """Warn of a ceiling of penalties over five per cent."""
    for place in dossier.every("plafond_penalite"):
        shares = [float(found["share"].replace(",", ".")) for found in SHARE.finditer(str(place.value))]
        if shares and max(shares) > CEILING:
            message = (
                f"ce plafond dépasse {CEILING} % des produits reçus de l'assurance maladie au dernier exercice clos."
            )
            yield Found(place, message, "vérifiez le taux au dernier alinéa de l'article L. 6114-1.")


@rule("CPOM429", "délai de mise en demeure", Origin.REGLEMENT, BREACH, binds=Binds.JAMAIS, waivable=True)
def notice_lasts_a_month(dossier: Dossier) -> Iterator[Found]:
    """Warn of a formal notice that leaves less than a month, or more than a month renewed once."""
    for place in dossier.every("procedure"):
        for sentence in _sentences(place):
            told = lengths(sentence) if NOTICE.search(folded(sentence)) else []
            if any(not MONTH <= length <= TWICE for length in told):
                message = "la mise en demeure laisse un mois, renouvelable une fois ; ce texte dit autre chose."
                yield Found(place, message, "écrivez un mois, renouvelable une fois.")


@rule(
    "CPOM430", "objectif sans valeur cible", Origin.REGLEMENT, "D. 6114-6 CSP",
    binds=Binds.JAMAIS, waivable=True, uncertain=True,
)  # fmt: skip
def objectives_are_quantified(dossier: Dossier) -> Iterator[Found]:
    """Warn of a strategic objective none of whose indicators has a target."""
    for place in dossier.items("objectifs"):
        if place.is_read("indicateurs") and not place.one("valeurs_cibles"):
            message = f"l'objectif {place.label} n'est chiffré par aucun indicateur."
            yield Found(place.gap("valeurs_cibles"), message, "donnez à l'un de ses indicateurs une valeur cible.")


@rule(
    "CPOM437", "suivi annuel", Origin.REGLEMENT, "D. 6114-8 CSP",
    binds=Binds.JAMAIS, waivable=True, uncertain=True,
)  # fmt: skip
def followed_each_year(dossier: Dossier) -> Iterator[Found]:
    """Warn of a contract that tells nothing of the yearly report, nor of the meeting where it is discussed."""
    roles = ("delai_rapport", "membres_revue", "modalites_evaluation")
    known = [role for role in roles if dossier.knows(role)]
    if known and not any(map(dossier.one, known)):
        message = "rien ne dit quand le rapport annuel est remis, ni avec qui il est discuté."
        place = dossier.root.gap(*known, otherwise=dossier.one(known[0]))
        yield Found(place, message, "remplissez la rubrique du suivi.")


def _sentences(place: Place) -> list[str]:
    return SENTENCE.split(str(place.value))


SHARED = (  # what another module finds, and these texts ask for
    duree.five_years_at_most.under(Origin.LOI, LAW),
    duree.idle_ground_for_more_years,
    avenants.prolonged_to_five_years_at_most.under(Origin.LOI, LAW),
    parties.director_signs.under(Origin.LOI, LAW),
    parties.promoteur_may_sign,
    contenu.orientations_follow_the_region.under(Origin.LOI, "L. 6114-2 CSP").unverified,
    financement.money_has_terms.under(Origin.LOI, "L. 1435-8 et L. 6114-2 CSP").unverified,
    financement.money_is_voted_each_year.under(None, ""),
    suivi.sanctions_have_a_procedure.under(Origin.REGLEMENT, BREACH),
    suivi.objectives_are_complete.under(Origin.USAGE, ""),
    suivi.actions_have_a_pilot.under(Origin.USAGE, ""),
    suivi.indicators_can_be_measured,
    suivi.something_is_obtained,
    penalties_have_a_ceiling,
    ceiling_is_that_of_the_law,
)
# Which article asks for which of these two is read from the order of a list: to be verified.
YEARLY = (followed_each_year, objectives_are_quantified)
MID_TERM = (evaluated_at_mid_term, mid_term_is_the_middle)
RENEWAL = (renewal_is_asked_a_year_before, silence_renews)
# What is known of L. 6114-1 is its text of today: what it said before is to be verified.
DECRET_2010 = (
    *SHARED,
    *YEARLY,
    notice_lasts_a_month,
    *(each.unverified for each in RENEWAL),
)
# The ordonnance changed the law; the decree that puts it to work came in 2025, and until then the old articles stood.
ORDONNANCE_2020 = (
    *SHARED,
    *YEARLY,
    *(each.unverified for each in MID_TERM),
    notice_lasts_a_month,
    *RENEWAL,
)
# The decree clarified the delays of sanctions, nobody has told how.
DECRET_2025 = (
    *SHARED,
    ten_objectives_at_most,
    *MID_TERM,
    establishments_alone,
    poles_are_gone,
    notice_lasts_a_month.unverified,
    *RENEWAL,
)
