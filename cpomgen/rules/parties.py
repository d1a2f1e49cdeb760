"""Rules on parties: who signs and by what right, who is named twice, what a promoteur owes because of what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cpomgen.faits import ENGAGEMENT, RESEAU
from cpomgen.problem import Origin
from cpomgen.rules.dossier import Dossier, Place
from cpomgen.rules.mots import folded
from cpomgen.rules.rule import Binds, Found, rule
from cpomgen.rules.signature import act_day, told_of_act
from cpomgen.wording import enumere, jour

DIRECTOR = re.compile(r"(l[ea] )?(direct(eur|rice) generale?|dg)\b(?! (adjointe?|deleguee?)\b)")
ASSOCIATION = re.compile(r"\b(association|fondation)s?\b")
PERSON = re.compile(r"\b(?:MM?\.|Mmes?|Mlle|Drs?\.?|Prs?\.?|Monsieur|Madame|Docteure?|Professeure?) (?=[A-ZÀ-Þ])")
ADDED = {  # what the template writes before a name of each role; a capital may open the name itself
    "nom_ars": re.compile(r"(?:l[’']|la )\s*(?=\S)", re.IGNORECASE),
    "personne_morale": re.compile(r"(?:l[’']|l[ea] )\s*(?=\S)"),
    "qualite": re.compile(r"(?:l[’']|l[ea] )\s*(?=\S)", re.IGNORECASE),
    "qualite_delegant": re.compile(r"(?:l[’']|l[ea] )\s*(?=\S)", re.IGNORECASE),
}
NETWORK = re.compile(r"(?:l[ea] )?r[ée]seau (?:de santé )?\s*(?=\S)", re.IGNORECASE)
ENGAGED = date(2022, 1, 2)  # décret n° 2021-1947, published the day before
DAC_ONLY = date(2022, 7, 24)  # three years after loi n° 2019-774
ARS_LAW = "L. 1435-3 CSP"


@rule("CPOM441", "agence sans sa direction générale", Origin.LOI, ARS_LAW, binds=Binds.ARRETE)
def director_signs(dossier: Dossier) -> Iterator[Found]:
    """Ask that each agency sign by its director general, or by somebody who has a delegation."""
    for ars in dossier.items("ars"):
        signing = list(ars.items("signataires")) if ars.is_read("qualite") else []
        named = all(signatory.one("qualite") for signatory in signing)  # who has none is told already
        if signing and named and not any(map(_engages, signing)):
            message = f"ni la direction générale de {ars.label}, ni une personne qu'elle ait déléguée, ne signe."
            written = f"{dossier.name('qualite')}: directrice générale"
            remedy = f"donnez à l'un des signataires une délégation, ou écrivez {written}."
            yield Found(ars.one("signataires"), message, remedy)


def _engages(signatory: Place) -> bool:
    delegation = signatory.one("delegation")
    return bool(DIRECTOR.match(folded(signatory.text("qualite"))) or delegation or delegation.is_blank)


@rule("CPOM442", "délégation qui ne vaut pas au jour de la signature", None, binds=Binds.ARRETE)
def delegation_in_force(dossier: Dossier) -> Iterator[Found]:
    """Refuse a delegation given after the contract, or its last avenant, is signed, or ended before."""
    signature = act_day(dossier)
    for place in dossier.every("delegation"):
        first, last = place.day("date_delegation"), place.day("fin_delegation")
        if first and last and last < first:
            yield Found(place.one("fin_delegation"), f"la délégation finit le {jour(last)}, avant sa date.")
        elif signature and first and first > signature:
            message = f"la délégation, du {jour(first)}, est postérieure à {told_of_act(dossier)}."
            yield Found(place.one("date_delegation"), message, "citez une délégation déjà publiée ce jour-là.")
        elif signature and last and last < signature:
            message = f"la délégation a pris fin le {jour(last)}, avant {told_of_act(dossier)}."
            yield Found(place.one("fin_delegation"), message, "citez la délégation en vigueur ce jour-là.")


@rule("CPOM443", "délégation sans date", None, binds=Binds.ARRETE, waivable=True)
def delegation_dated(dossier: Dossier) -> Iterator[Found]:
    """Ask for the date of a delegation."""
    for place in dossier.every("delegation"):
        if not place.one("date_delegation"):
            remedy = f"ajoutez {dossier.name('date_delegation')}: AAAA-MM-JJ, la date de l'acte publié."
            yield Found(
                place.gap("date_delegation"),
                "sans sa date, on ne sait pas si la délégation vaut au jour de la signature.",
                remedy,
            )


@rule("CPOM444", "habilitation à signer", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def promoteur_may_sign(dossier: Dossier) -> Iterator[Found]:
    """Warn of an habilitation that follows the signature; of none, once the contract is settled."""
    signature = act_day(dossier)
    for promoteur in dossier.items("promoteurs"):
        day = promoteur.day("date_habilitation")
        if day and signature and day > signature:
            message = f"l'habilitation de {promoteur.label}, du {jour(day)}, est postérieure à {told_of_act(dossier)}."
            remedy = "reportez la signature, ou citez l'acte qui l'a précédée."
            yield Found(promoteur.one("date_habilitation"), message, remedy)
        elif dossier.settled and not promoteur.one("habilitation"):
            message = f"rien ne dit quel acte autorise la signature de {promoteur.label}."
            yield Found(
                promoteur, message, f"demandez-lui la délibération, et citez-la en {dossier.name('habilitation')}."
            )


@rule("CPOM445", "agence pilote", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def one_agency_leads(dossier: Dossier) -> Iterator[Found]:
    """Warn unless exactly one of several agencies leads."""
    agencies = list(dossier.items("ars"))
    leading = [each for each in agencies if each.one("ars_pilote")]
    if len(agencies) < 2 or not dossier.root.is_read("ars_pilote"):  # noqa: PLR2004 - one needs no leader
        return
    if not leading:
        message = f"{len(agencies)} agences concluent le contrat, aucune ne le conduit."
        yield Found(
            dossier.one("ars"),
            message,
            f"écrivez {dossier.name('ars_pilote')}: oui pour celle qui reçoit les documents des autres parties.",
        )
    for second in leading[1:]:
        message = f"{leading[0].label} est déjà l'agence pilote : {second.label} ne peut l'être aussi."
        yield Found(second.one("ars_pilote"), message, "n'en gardez qu'une.")


@rule("CPOM446", "partie nommée deux fois", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def named_once(dossier: Dossier) -> Iterator[Found]:
    """Warn of an agency, a promoteur or a network of one promoteur that is there twice."""
    yield from _twice(dossier.items("ars"), "nom_ars", "cette agence est déjà partie au contrat.")
    yield from _twice(dossier.items("promoteurs"), "siren", "une personne de même SIREN est déjà partie au contrat.")
    yield from _twice(dossier.items("promoteurs"), "personne_morale", "ce nom est déjà celui d'une partie au contrat.")
    for promoteur in dossier.items("promoteurs"):
        yield from _twice(promoteur.items("reseaux"), "nom_reseau", "ce nom est déjà donné pour la même partie.")


def _twice(items: Iterator[Place], role: str, why: str) -> Iterator[Found]:
    seen: set[str] = set()
    for each in items:
        name = folded(each.text(role))
        if name and name in seen:
            yield Found(each.one(role), f"{each.label} : {why}", "gardez l'un des deux.")
        seen.add(name)


@rule(
    "CPOM447", "réseau de santé après juillet 2022", Origin.LOI, "article 23 de la loi n° 2019-774 du 24 juillet 2019",
    binds=Binds.JAMAIS, waivable=True, uncertain=True,
)  # fmt: skip
def reseau_became_dac(dossier: Dossier) -> Iterator[Found]:
    """Warn of a réseau that contracts after such networks joined a DAC, or became a DSR."""
    day, networks = dossier.conclusion, list(dossier.items("reseaux"))
    named = dossier.root.is_read("structure")
    if networks and named and day and day > DAC_ONLY and is_reseau(dossier):
        names = enumere([each.label for each in networks])
        message = f"les réseaux de santé devaient rejoindre un dispositif d'appui avant le {jour(DAC_ONLY)} : {names}."
        kinds = "d'un DAC, d'un DSR, d'un centre ou d'une maison de santé"
        remedy = f"s'il s'agit {kinds}, dites-le en « structure » des parties."
        yield Found(networks[0], message, remedy)


@rule(
    "CPOM448", "contrat d'engagement républicain", Origin.LOI,
    "article 10-1 de la loi n° 2000-321 du 12 avril 2000 ; décret n° 2021-1947 du 31 décembre 2021", binds=Binds.ARRETE,
)  # fmt: skip
def association_engages(dossier: Dossier) -> Iterator[Found]:
    """Ask an association or a foundation, since 2022, for its contrat d'engagement républicain."""
    day = dossier.conclusion
    known = any(place.means(ENGAGEMENT) for place in dossier.every("nature_piece"))
    if not day or day < ENGAGED or known or not dossier.is_complete or not dossier.root.is_read("nature_piece"):
        return
    for promoteur in dossier.items("promoteurs"):
        if ASSOCIATION.search(folded(promoteur.text("forme_juridique"))):
            message = f"{promoteur.label} doit avoir souscrit le contrat d'engagement républicain : il n'est pas joint."
            written = dossier.written("nature_piece", ENGAGEMENT)
            remedy = f"ajoutez aux pièces {written}, avec intitule et date, ou neant et la raison."
            yield Found(dossier.one("pieces"), message, remedy)


@rule("CPOM449", "personne nommée au lieu d'une fonction", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def functions_not_persons(dossier: Dossier) -> Iterator[Found]:
    """Warn of a person's name where a function outlives those who hold it."""
    for place in (*dossier.every("pilote_action"), *dossier.items("membres_revue")):
        if PERSON.search(str(place.value)):
            message = f"« {place.value} » nomme une personne, qui peut changer avant la fin du contrat."
            yield Found(place, message, "écrivez sa fonction.")


def is_reseau(dossier: Dossier) -> bool:
    """Tell whether what the contract is for is a réseau de santé, as it is when the contract leaves that out."""
    kind = dossier.one("structure")
    return dossier.knows("structure") and (not kind or kind.means(RESEAU))


@rule("CPOM450", "article que le document ajoute", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def no_article_twice(dossier: Dossier) -> Iterator[Found]:
    """Warn of a name written with the article, or with the words for its kind, that the template writes before it."""
    for role, added in {**ADDED, **_added(dossier)}.items():
        for place in dossier.every(role):
            if extra := added.match(str(place.value)):
                message = f"le document ajoute déjà « {extra[0].strip()} » : il se lirait deux fois."
                yield Found(place, message, f"écrivez {place.field.name}: {str(place.value)[extra.end() :]}")


def _added(dossier: Dossier) -> dict[str, re.Pattern[str]]:
    """Return what the template writes before the name of a structure: its kind, when contracts of this type tell it."""
    if is_reseau(dossier):
        return {"nom_reseau": NETWORK}
    words, _, sigle = str(getattr(dossier.one("structure").value, "libelle", "")).rstrip(")").partition(" (")
    names = "|".join(re.escape(name) for name in (words, sigle) if name)
    return {"nom_reseau": re.compile(rf"(?:l[ea] )?(?:{names})\s+(?=\S)", re.IGNORECASE)} if names else {}


COMMON = (delegation_in_force, delegation_dated, one_agency_leads, named_once, functions_not_persons, no_article_twice)
SERVICES = (director_signs, promoteur_may_sign, reseau_became_dac, association_engages)
