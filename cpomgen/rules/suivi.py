"""Rules on following the contract up: the yearly review, sanctions, objectives, actions, indicators, populations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cpomgen.faits import RESULTAT
from cpomgen.problem import Origin
from cpomgen.rules.dossier import Dossier
from cpomgen.rules.mots import days, folded
from cpomgen.rules.rule import Binds, Found, rule
from cpomgen.wording import enumere, nombre

SHORTEST, LONGEST = 30, 31  # days of a month
PENALTY = re.compile(r"\b(penalites?|amendes?|astreintes?|pecuniaires?)\b")
REVIEW = "article 3"
TABLE = "annexes 1 à 3"
SAME = "deux lecteurs doivent trouver la même valeur"
TARGET = ("valeurs_cibles",)
NEEDED = (  # of an indicator, for two readers to find the same value; one of the roles is enough
    (("definition_indicateur", "mode_de_calcul"), "une définition ou un mode de calcul"),
    (("unite",), "une unité"),
    (TARGET, "une valeur cible"),
    (("source_indicateur",), "une source"),
)


@rule("CPOM481", "délais de la revue annuelle", Origin.MODELE, REVIEW, binds=Binds.JAMAIS, waivable=True)
def review_leaves_time(dossier: Dossier) -> Iterator[Found]:
    """Warn of a report handed in less than a month before the review, of a letter more than a month after it."""
    for place in dossier.every("delai_rapport"):
        if (length := days(str(place.value))) is not None and length < SHORTEST:
            message = f"le rapport d'étape n'est remis que {place.value} avant la revue : le modèle veut un mois."
            yield Found(place, message, "écrivez delai: un mois")
    for place in dossier.every("delai_lettre"):
        if (length := days(str(place.value))) is not None and length > LONGEST:
            message = (
                f"la lettre d'observations peut suivre la revue de {place.value} : le modèle veut un mois au plus."
            )
            yield Found(place, message, "écrivez delai: un mois")


@rule("CPOM482", "délai qui n'est pas une durée", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def delays_are_lengths(dossier: Dossier) -> Iterator[Found]:
    """Warn of a delay that is not a length of time alone: the template sets it in a sentence."""
    for role in ("delai_rapport", "delai_lettre", "preavis"):
        for place in dossier.every(role):
            if days(str(place.value)) is None:
                message = f"« {place.value} » n'est pas une durée seule : le document l'insère dans une phrase."
                yield Found(place, message, f"écrivez par exemple {place.field.name}: un mois")


@rule("CPOM483", "membres de la revue annuelle", Origin.MODELE, REVIEW, binds=Binds.JAMAIS, waivable=True)
def review_has_members(dossier: Dossier) -> Iterator[Found]:
    """Warn of a review whose members are not told."""
    if dossier.knows("membres_revue") and not dossier.one("membres_revue"):
        message = "rien ne dit qui participe à la revue annuelle."
        yield Found(dossier.one("membres_revue"), message, "nommez sous membres chaque fonction ou structure.")


@rule("CPOM484", "pénalité sans procédure", Origin.REGLEMENT, "R. 6114-17 CSP", binds=Binds.JAMAIS, waivable=True)
def penalties_have_a_procedure(dossier: Dossier) -> Iterator[Found]:
    """Warn of a pecuniary penalty, which the code does not know, without the procedure that the parties give it."""
    for sanction in dossier.items("sanctions"):
        found = PENALTY.search(folded(sanction.text("mesure")))
        if found and not sanction.one("procedure"):
            message = f"la sanction {sanction.label} prévoit une pénalité, que l'article R. 6114-17 ne connaît pas."
            remedy = "dites en procedure comment elle est décidée, dans quelle limite et après quelles observations."
            yield Found(sanction.one("mesure"), message, remedy)


@rule("CPOM485", "sanction sans procédure", Origin.REGLEMENT, "R. 6114-17 CSP", binds=Binds.JAMAIS, waivable=True)
def sanctions_have_a_procedure(dossier: Dossier) -> Iterator[Found]:
    """Warn of a sanction without its procedure, when the template's own text does not give one to all."""
    for sanction in dossier.items("sanctions") if "procedure" not in dossier.stipule else ():
        if not sanction.one("procedure") and not PENALTY.search(folded(sanction.text("mesure"))):
            message = f"la sanction {sanction.label} ne dit pas ce qui précède la mesure."
            yield Found(
                sanction,
                message,
                f"dites en {dossier.name('procedure')} la mise en demeure, le délai d'un mois, les observations.",
            )


@rule("CPOM486", "objectif opérationnel incomplet", Origin.MODELE, TABLE, binds=Binds.JAMAIS, waivable=True)
def objectives_are_complete(dossier: Dossier) -> Iterator[Found]:
    """Warn of an operational objective without any action, or without any indicator."""
    parts = (("actions", "d'action"), ("indicateurs", "d'indicateur"))
    for place in dossier.items("operationnels"):
        if lacks := [told for role, told in parts if not place.one(role)]:
            message = f"l'objectif opérationnel {place.label} n'a pas {' ni '.join(lacks)}."
            gap = place.gap(*(role for role, _ in parts if not place.one(role)))
            yield Found(gap, message, "ajoutez-en : c'est d'eux que la revue annuelle rend compte.")


@rule("CPOM487", "action sans pilote ou sans échéance", Origin.MODELE, TABLE, binds=Binds.JAMAIS, waivable=True)
def actions_have_a_pilot(dossier: Dossier) -> Iterator[Found]:
    """Warn of an action for which nobody answers, or that has no deadline."""
    parts = (("pilote_action", "de pilote"), ("echeance", "d'échéance"))
    for place in dossier.items("actions"):
        if lacks := [(role, told) for role, told in parts if not place.one(role)]:
            message = f"l'action {place.label} n'a pas {' ni '.join(told for _, told in lacks)}."
            names = [place.one(role).field.name for role, _ in lacks]
            yield Found(place.gap(*(role for role, _ in lacks)), message, f"ajoutez {enumere(names)}.")


@rule("CPOM488", "indicateur incomplet", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def indicators_can_be_measured(dossier: Dossier) -> Iterator[Found]:
    """Warn, once for each indicator, of what it lacks for two readers to find the same value."""
    for place in dossier.items("indicateurs"):
        lacks = [(roles, told) for roles, told in NEEDED if not any(map(place.one, roles))]
        if lacks:
            message = f"il manque à l'indicateur {place.label} {enumere([told for _, told in lacks])}."
            gap = place.gap(*(role for roles, _ in lacks for role in roles))
            aimless = [roles for roles, _ in lacks] == [TARGET]
            reason = "sans cible, rien ne dit si l'objectif est atteint" if aimless else SAME
            yield Found(gap, message, f"complétez-le : {reason}.")


@rule("CPOM489", "aucun indicateur de résultat", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def something_is_obtained(dossier: Dossier) -> Iterator[Found]:
    """Warn of a contract none of whose indicators tells a result or a quality."""
    kinds = dossier.every("type_indicateur")
    told = any(place.means(RESULTAT) for place in kinds)
    if dossier.is_complete and kinds and dossier.root.is_read("type_indicateur") and not told:
        message = "aucun indicateur n'est de résultat ni de qualité : le contrat ne mesure que ce qui est fait."
        yield Found(dossier.one("annexes"), message, "ajoutez un indicateur de ce que les personnes suivies y gagnent.")


@rule("CPOM490", "populations des territoires", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def people_are_counted_once(dossier: Dossier) -> Iterator[Found]:
    """Warn of territories that have, together, more people than the zone."""
    zone = dossier.every("population_zone")
    total = sum(place.value for place in dossier.every("population_territoire"))
    if zone and 0 <= zone[0].value < total:
        message = f"les territoires ont ensemble {nombre(total)} habitants, la zone {nombre(zone[0].value)}."
        yield Found(zone[0], message, "vérifiez les chiffres, et qu'aucune commune n'est comptée deux fois.")


COMMON = (delays_are_lengths, people_are_counted_once)
SERVICES = (
    review_leaves_time,
    review_has_members,
    penalties_have_a_procedure,
    sanctions_have_a_procedure,
    objectives_are_complete,
    actions_have_a_pilot,
    indicators_can_be_measured,
    something_is_obtained,
)
