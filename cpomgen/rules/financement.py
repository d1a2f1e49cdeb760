"""Rules on money: what goes with a promise of it, what a dérogatoire act may be paid, amounts that contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from cpomgen.contrat import Fiche
from cpomgen.problem import Origin
from cpomgen.rules.dossier import Dossier, Place
from cpomgen.rules.mots import folded
from cpomgen.rules.rule import Binds, Found, rule
from cpomgen.wording import enumere, jour, montant

TERMS = {
    "versement": "les modalités de versement ne sont pas fixées.",
    "utilisation": "les conditions d'utilisation des sommes ne sont pas fixées.",
    "justificatifs": "les pièces justificatives à produire ne sont pas dites.",
}
PAID_ALREADY = re.compile(r"\b(coordinations?|coordonner|mci|migs?|missions? d interet general|forfaits? ald)\b")
UNKNOWN = "non_determine"  # status of a source without amounts
MONEY_LAW = "article 10 de la loi n° 2000-321 du 12 avril 2000 ; R. 1435-30 CSP"
ACTS_LAW = "L. 162-45 CSS"


def _amounts(place: Place) -> Fiche | None:
    """Return the amounts of a source or of an act, by exercise; None when it has none."""
    value = place.one("montants").value
    return value if isinstance(value, Fiche) and value else None


def _promising(dossier: Dossier) -> Place | None:
    """Return the list of sources when money is promised there."""
    promised = any(map(_amounts, dossier.items("sources")))
    return dossier.one("sources") if promised else None


@rule("CPOM461", "argent promis sans ses conditions", Origin.LOI, MONEY_LAW, binds=Binds.ARRETE)
def money_has_terms(dossier: Dossier) -> Iterator[Found]:
    """Ask, where money is promised, how it is paid, what it is for, what accounts for it."""
    promise = _promising(dossier)
    for role, message in TERMS.items():
        if promise and not dossier.one(role):
            name = dossier.one(role).field.name
            yield Found(promise, f"de l'argent est promis, et {message}", f"remplissez {name} dans la même annexe.")


@rule(
    "CPOM462",
    "réserve de l'annualité budgétaire",
    Origin.MODELE,
    "annexe 4",
    binds=Binds.JAMAIS,
    waivable=True,
)
def money_is_voted_each_year(dossier: Dossier) -> Iterator[Found]:
    """Ask that money for years to come be promised under reserve of each year's budget."""
    promise = _promising(dossier)
    if promise and "annualite" not in dossier.stipule and not dossier.one("reserve_annualite"):
        message = "rien ne réserve l'annualité budgétaire : les montants des exercices à venir paraissent acquis."
        yield Found(promise, message, "remplissez reserve_annualite.")


@rule("CPOM463", "reprise des fonds", Origin.REGLEMENT, "R. 6114-17 CSP", binds=Binds.ARRETE)
def money_comes_back(dossier: Dossier) -> Iterator[Found]:
    """Ask for a clause on taking back what was paid."""
    if "reprise" not in dossier.stipule and not dossier.one("sort_fonds"):
        message = "rien ne dit ce que deviennent les sommes versées pour des engagements non tenus."
        yield Found(dossier.one("sort_fonds"), message, "remplissez sort_fonds, dans la rubrique resiliation.")


@rule(
    "CPOM464", "contreparties de l'agence", Origin.MODELE, "annexe 4",
    binds=Binds.JAMAIS, waivable=True,
)  # fmt: skip
def money_has_counterparts(dossier: Dossier) -> Iterator[Found]:
    """Warn of money whose counterparts are not told."""
    promise = _promising(dossier)
    if promise and not dossier.one("contreparties"):
        message = "rien ne dit à quoi l'agence s'oblige en regard des engagements du promoteur."
        yield Found(promise, message, "remplissez contreparties dans la même annexe.")


@rule(
    "CPOM465", "acte dérogatoire déjà payé par ailleurs", Origin.LOI, ACTS_LAW,
    binds=Binds.JAMAIS, waivable=True, uncertain=True,
)  # fmt: skip
def acts_are_paid_once(dossier: Dossier) -> Iterator[Found]:
    """Warn of an act that seems to be coordination, paid otherwise already."""
    for place in dossier.every("acte"):
        if found := PAID_ALREADY.search(folded(str(place.value))):
            message = f"l'acte « {place.value} » paraît déjà payé à un autre titre (« {found[0]} »)."
            remedy = "une prestation dérogatoire ne rémunère pas une coordination financée par ailleurs : vérifiez."
            yield Found(place, message, remedy)


@rule(
    "CPOM466", "acte dérogatoire sans fin ou sans plafond", Origin.LOI, ACTS_LAW,
    binds=Binds.JAMAIS, waivable=True, uncertain=True,
)  # fmt: skip
def acts_are_bounded(dossier: Dossier) -> Iterator[Found]:
    """Warn of an act that has no last day, or no ceiling."""
    for act in dossier.items("prestations"):
        parts = (("plafond", "plafond"), ("fin_prestation", "date de fin"))
        if lacks := [(act.one(role).field.name, told) for role, told in parts if not act.one(role)]:
            message = f"une prestation dérogatoire est limitée en durée et en montant : {act.label} n'a pas de"
            remedy = f"ajoutez {enumere([name for name, _ in lacks])}."
            yield Found(act, f"{message} {' ni de '.join(told for _, told in lacks)}.", remedy)


@rule("CPOM467", "acte dérogatoire au-delà du contrat", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def acts_end_with_the_contract(dossier: Dossier) -> Iterator[Found]:
    """Warn of an act that may be paid after the contract has ended."""
    fin = dossier.fin
    for place in dossier.every("fin_prestation"):
        if fin and place.value > fin:
            message = f"la prestation finit le {jour(place.value)}, après le contrat, qui finit le {jour(fin)}."
            yield Found(place, message, f"écrivez {place.field.name}: {fin}, ou plus tôt.")


@rule("CPOM468", "montant au-delà du plafond ou de la fin d'un acte", None, binds=Binds.ARRETE, waivable=True)
def acts_keep_to_their_bounds(dossier: Dossier) -> Iterator[Found]:
    """Refuse an amount above the ceiling of its act, or for an exercise that begins after its last day."""
    for act in dossier.items("prestations"):
        ceiling, last = act.one("plafond").value, act.day("fin_prestation")
        for year, amount in (_amounts(act) or {}).items():
            if not isinstance(amount, Decimal):
                continue
            place = dossier.at(f"{act.one('montants').path}.{year}")
            told = f"{act.label} : {montant(amount)} sont prévus en {year}"
            if isinstance(ceiling, Decimal) and amount > ceiling:
                yield Found(place, f"{told}, pour un plafond annuel de {montant(ceiling)}.", "corrigez l'un des deux.")
            if last and amount and year > last.year:
                yield Found(place, f"{told}, après la fin de l'acte, le {jour(last)}.", "corrigez l'un des deux.")


@rule("CPOM469", "exercice sans montant", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def each_exercise_has_money(dossier: Dossier) -> Iterator[Found]:
    """Warn of exercises for which no source has an amount, when others have."""
    promise = _promising(dossier)
    funded = {year for source in dossier.items("sources") for year in _amounts(source) or ()}
    empty = [str(year) for year in dossier.contrat.exercices if year not in funded]
    if promise and empty and dossier.root.is_read("montants"):
        those = f"les exercices {enumere(empty)} n'ont" if empty[1:] else f"l'exercice {empty[0]} n'a"
        message = f"{those} de montant dans aucune source de financement."
        yield Found(promise, message, "complétez les montants ; 0.00 si rien n'est prévu.")


@rule("CPOM470", "statut et montants d'une source", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def status_agrees_with_amounts(dossier: Dossier) -> Iterator[Found]:
    """Warn of a source not determined that has amounts, and of one that is said to be and has none."""
    for source in dossier.items("sources"):
        status, place, amounts = source.text("statut_source"), source.one("statut_source"), source.one("montants")
        if status == UNKNOWN and amounts:
            message = f"la source {source.label} est dite non déterminée, et elle a des montants."
            yield Found(place, message, "écrivez statut: previsionnel, ou retirez les montants.")
        elif status and status != UNKNOWN and not amounts:
            message = f"la source {source.label} n'a pas de montant : le document la dira « non déterminé »."
            yield Found(place, message, f"ajoutez ses montants, ou écrivez statut: {UNKNOWN}.")


COMMON = (acts_keep_to_their_bounds, each_exercise_has_money, status_agrees_with_amounts)
SERVICES = (
    money_has_terms,
    money_is_voted_each_year,
    money_comes_back,
    money_has_counterparts,
    acts_are_paid_once,
    acts_are_bounded,
    acts_end_with_the_contract,
)
