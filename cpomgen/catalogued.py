"""What a request changes in the catalogue of a region → its part of the report, and what it leaves to be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from cpomgen.changes import champ
from cpomgen.chapter import folded, problem_entry
from cpomgen.effects import listed, named
from cpomgen.markup import Entry, Part, Sentence, Title
from cpomgen.project import CAMPAGNE
from cpomgen.regional import key_of
from cpomgen.standing import WANTING, Etat
from cpomgen.wording import combien

if TYPE_CHECKING:
    from cpomgen.pen import Pen
    from cpomgen.regional import Portee, Regional

BOUND = {  # of contracts that the catalogue of the region changes once they are signed
    Etat.A_ANNONCER: "Signés, que ce changement oblige à amender, et qui n'annoncent aucun avenant",
    Etat.PLUSIEURS: "Signés, qui annoncent plusieurs avenants à la fois",
    Etat.ANNONCE: "Signés, que l'avenant annoncé mettra à jour",
    Etat.PREPARE: "Signés, dont l'avenant est arrêté",
    Etat.DEPASSE: "Signés, dont l'avenant était arrêté, et serait à arrêter de nouveau",
    Etat.INCONNU: "Signés, dont le texte signé ne se lit pas ici",
}


def regional_parts(one: Regional, pen: Pen) -> Iterator[Part]:
    """Yield the part of the report that is about the catalogue of the region: each change once, its contracts."""
    yield Title(2, "Catalogue régional")
    if one.portees is None:
        yield Sentence(f"{pen.kept(CAMPAGNE)} n'est pas comparé : il n'était pas là, n'y est plus, ou ne se lit pas.")
    elif not one.portees:
        yield Sentence(f"{pen.kept(CAMPAGNE)} change, mais rien de ce qu'il dit : ordre, commentaires, mise en page.")
    entries = [_portee(each, pen) for each in one.portees or ()]
    yield from folded(entries, combien(len(entries), "changement"), "Ce qui change")
    yield from listed(one.contrats, "qui y renvoient" if one.contrats[1:] else "qui y renvoie", pen)
    yield from _bound(one, pen)
    others = [each for each in one.problems if each.code not in WANTING]
    told = (problem_entry(each, pen) for each in others)
    entries = [
        entry._replace(text=f"{pen.kept(each.mark.file)} : {entry.text}")
        for each, entry in zip(others, told, strict=True)
    ]
    yield from folded(entries, combien(len(entries), "problème"), "Ce qui ne va plus")


def _portee(portee: Portee, pen: Pen) -> Entry:
    """Return a change of the catalogue, with how many contracts it reaches."""
    name, ecart = key_of(portee.ecart)[1], portee.ecart
    told = champ(replace(ecart, lieu=f"{ecart.lieu} ({name})") if name else ecart, pen)
    return Entry(f"{told} ; {combien(len(portee.contrats), 'contrat') if portee.contrats else 'aucun contrat'}")


def _bound(one: Regional, pen: Pen) -> Iterator[Part]:
    """Yield the contracts that are signed, or frozen to be, by where they stand."""
    for etat, told in BOUND.items():
        numbers = {each.identifiant: each.avenant.numero for each in one.atteints if each.avenant.etat is etat}
        found = [f"{name} (avenant n° {number})" if number else name for name, number in sorted(numbers.items())]
        if found:
            yield Sentence(f"{told} : {named(found, pen)}.")
    if frozen := [f"{each.identifiant} (v{each.arretee})" for each in one.atteints if each.arretee is not None]:
        yield Sentence(f"Arrêtés pour signature, avec l'ancienne définition : {named(frozen, pen)}.")


def left(one: Regional) -> Iterator[str]:
    """Yield what is left to be done, once for all contracts."""
    by_etat = {etat: _in(one, etat) for etat in BOUND}
    if names := by_etat[Etat.A_ANNONCER]:
        yield (
            f"catalogue régional : annoncez un avenant dans {names} ; ou laissez cette définition comme elle était, et "
            "donnez la nouvelle sous un autre identifiant, pour les contrats à venir."
        )
    if names := by_etat[Etat.PLUSIEURS]:
        yield f"catalogue régional : ne laissez qu'un avenant à venir dans {names}."
    if names := by_etat[Etat.DEPASSE]:
        yield f"catalogue régional : arrêtez de nouveau l'avenant de {names} (cpomgen freeze --reprendre)."
    if names := ", ".join(sorted(each.identifiant for each in one.atteints if each.arretee is not None)):
        yield (
            f"catalogue régional : {names}, déjà arrêté ou arrêtés pour signature, n'auront la nouvelle définition "
            "qu'arrêtés de nouveau (cpomgen freeze --reprendre)."
        )
    if errors := [each for each in one.erreurs if each.code not in WANTING]:
        yield f"catalogue régional : corrigez {combien(len(errors), 'erreur')} (voir « Catalogue régional »)."


def _in(one: Regional, etat: Etat) -> str:
    return ", ".join(sorted(each.identifiant for each in one.atteints if each.avenant.etat is etat))
