"""Rules between contracts of one project: the same promoteur, for the same network, is bound once at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cpomgen.problem import Origin
from cpomgen.rules.dossier import Dossier
from cpomgen.rules.mots import folded
from cpomgen.rules.rule import Binds, Found, rule
from cpomgen.voisin import Voisin
from cpomgen.wording import jour

KEYS = (("’", "'"), ("\u00a0", " "), ("\u202f", " "))


def voisin_of(dossier: Dossier) -> Voisin | None:
    """Return what other contracts need of this one; None without its dates or its parties."""
    debut, fin = dossier.effet or dossier.conclusion, dossier.fin
    couples = frozenset(_couples(dossier))
    return Voisin(dossier.contrat.identifiant, debut, fin, couples) if debut and fin and couples else None


class Sought(NamedTuple):
    """What the folded text of another contract has when it may bind the same parties: a promoteur, a network of its."""

    couples: tuple[tuple[str, tuple[str, ...]], ...]

    def is_in(self, content: str) -> bool:
        """Tell whether a contract may bind the same parties."""
        return any(who in content and any(name in content for name in names) for who, names in self.couples)


def likely_voisin(dossier: Dossier) -> Sought:
    """Return what is looked for in the texts of other contracts: names are read once, and searched in hundreds."""
    return Sought(
        tuple(
            (
                promoteur.text("siren") or as_typed(promoteur.text("personne_morale")),
                tuple(name for place in promoteur.items("reseaux") if (name := as_typed(place.text("nom_reseau")))),
            )
            for promoteur in dossier.items("promoteurs")
        )
    )


def as_typed(text: str) -> str:
    """Return a text folded to be searched: without what typography and capitals change of it."""
    folded_text = text.casefold()
    for sign, key in KEYS:  # str.translate takes a hundred times as long, and hundreds of contracts are searched
        folded_text = folded_text.replace(sign, key)
    return folded_text


def _couples(dossier: Dossier) -> Iterator[tuple[str, str]]:
    for promoteur in dossier.items("promoteurs"):
        who = promoteur.text("siren") or folded(promoteur.text("personne_morale"))
        for reseau in promoteur.items("reseaux"):
            if who and (name := folded(reseau.text("nom_reseau"))):
                yield who, name


@rule("CPOM491", "deux contrats pour les mêmes parties", Origin.USAGE, binds=Binds.JAMAIS, waivable=True)
def one_contract_at_a_time(dossier: Dossier) -> Iterator[Found]:
    """Warn of two contracts of the same promoteur, for the same network, over the same days."""
    own = voisin_of(dossier)
    for other in dossier.voisins if own else ():
        if own and own.meets(other):
            message = (
                f"le contrat « {other.identifiant} » lie déjà les mêmes parties, "
                f"du {jour(other.debut)} au {jour(other.fin)}."
            )
            yield Found(dossier.one("promoteurs"), message, "faites un avenant, ou que l'un finisse avant l'autre.")


RULES = (one_contract_at_a_time,)
