"""Rules on money: what goes with a promise of it, what a dérogatoire act may be paid, amounts that contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cpomgen.contrat import Fiche
from cpomgen.problem import Origin
from cpomgen.rules.dossier import Dossier, Place
from cpomgen.rules.mots import folded
from cpomgen.rules.rule import Binds, Found, rule
from cpomgen.wording import enumere

TERMS = {
    "versement": "les modalités de versement ne sont pas fixées.",
    "utilisation": "les conditions d'utilisation des sommes ne sont pas fixées.",
    "justificatifs": "les pièces justificatives à produire ne sont pas dites.",
}
PAID_ALREADY = re.compile(r"\b(coordinations?|coordonner|mci|migs?|missions? d interet general|forfaits? ald)\b")
LEAST = 30  # days of an exercise that call for money
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
    None,  # an amount that no budget has voted cannot be promised without it, whatever text says so
    "modèle de contrat, annexe 4",
    binds=Binds.ARRETE,
    waivable=True,
)
def money_is_voted_each_year(dossier: Dossier) -> Iterator[Found]:
    """Ask that money for years to come be promised under reserve of each year's budget."""
    promise = _promising(dossier)
    if promise and "annualite" not in dossier.stipule and not dossier.one("reserve_annualite"):
        message = "rien ne réserve l'annualité budgétaire : les montants des exercices à venir paraissent acquis."
        yield Found(promise, message, f"remplissez {dossier.name('reserve_annualite')}.")


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
        if lacks := [(role, told) for role, told in parts if not act.one(role)]:
            message = f"une prestation dérogatoire est limitée en durée et en montant : {act.label} n'a pas de"
            remedy = f"ajoutez {enumere([act.one(role).field.name for role, _ in lacks])}."
            gap = act.gap(*(role for role, _ in lacks))
            yield Found(gap, f"{message} {' ni de '.join(told for _, told in lacks)}.", remedy)


@rule("CPOM469", "exercice sans montant", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def each_exercise_has_money(dossier: Dossier) -> Iterator[Found]:
    """Warn of exercises for which no source has an amount, when others have."""
    promise, effet, fin = _promising(dossier), dossier.effet, dossier.fin
    funded = {year for source in dossier.items("sources") for year in _amounts(source) or ()}
    touched = [year for year in dossier.contrat.exercices if _days_of(year, effet, fin) >= LEAST]
    empty = [str(year) for year in touched if year not in funded]
    if promise and empty and dossier.root.is_read("montants"):
        those = f"les exercices {enumere(empty)} n'ont" if empty[1:] else f"l'exercice {empty[0]} n'a"
        message = f"{those} de montant dans aucune source de financement."
        yield Found(promise, message, "complétez les montants ; 0.00 si rien n'est prévu.")


def _days_of(year: int, effet: date | None, fin: date | None) -> int:
    """Return how many days of an exercise the contract covers, all those before its end when it has no first day."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return (min(fin or last, last) - max(effet or first, first)).days + 1


COMMON = (each_exercise_has_money,)
SERVICES = (
    money_has_terms,
    money_is_voted_each_year,
    money_comes_back,
    money_has_counterparts,
    acts_are_paid_once,
    acts_are_bounded,
)
