"""Review → the parts of the report that a director reads: in brief, contract by contract, type by type, to be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cpomgen.catalogued import left, regional_parts
from cpomgen.changes import HEADS, amounts
from cpomgen.chapter import chapter, in_brief, problem_entry, to_know
from cpomgen.effects import type_parts
from cpomgen.markup import Columns, Entries, Entry, Folded, Part, Sentence, Title
from cpomgen.problem import is_blocking
from cpomgen.review import Review, Reviewed
from cpomgen.standing import WANTING, Etat
from cpomgen.wording import combien, variation

if TYPE_CHECKING:
    from cpomgen.ecart import Poste
    from cpomgen.pen import Pen

OPEN = 5  # contracts whose part is not folded


def summary(review: Review, pen: Pen, *, brief: bool = False) -> Iterator[Part]:
    """Yield the report of a request, its words written with a pen; a `brief` one tells of faulty contracts alone."""
    yield Title(1, "Relecture de la demande")
    yield Sentence(f"Ce qui change depuis {pen.kept(review.base)}, jusqu'à : {pen.kept(review.head)}.")
    yield Sentence(_verdict(review, pen))
    yield from _brief(review, pen)
    if review.problems:
        yield Title(2, "Contrats signés, registre des signatures")
        yield Entries(tuple(problem_entry(each, pen) for each in review.problems))
    if review.contrats:
        yield Title(2, "Contrat par contrat")
        if brief:
            yield Sentence("Trop long pour un commentaire ; en entier : cpomgen review, sans --format.")
        for one in review.contrats:
            if brief and not one.problems.erreurs:
                continue
            parts = tuple(chapter(one, pen))
            if len(review.contrats) > OPEN and not one.problems.erreurs:
                yield Folded(f"{pen.kept(one.identifiant)} : {pen.kept(in_brief(one))}", parts)
            else:
                yield from parts
    if review.types:
        yield Title(2, "Modèles et champs")
        for each in review.types:
            yield from type_parts(each, pen)
    yield from regional_parts(review.regional, pen) if review.regional else ()
    yield from _files(review.fichiers, pen)
    yield Title(2, "Ce qu'il reste à faire")
    yield Entries(tuple(Entry(each) for each in to_do(review, pen)))


def _files(paths: Sequence[str], pen: Pen) -> Iterator[Part]:
    """Yield the names of the other files that change."""
    if paths:
        yield Title(2, "Autres fichiers du projet")
        names = Entries(tuple(Entry(pen.kept(path)) for path in paths))
        yield names if len(paths) <= OPEN else Folded(combien(len(paths), "fichier"), (names,))


def _verdict(review: Review, pen: Pen) -> str:
    """Return, in a sentence, whether the request may be merged."""
    errors = len(review.erreurs)
    if errors:
        return pen.place(f"À corriger avant de fusionner : {combien(errors, 'erreur')}.")
    if not (review.contrats or review.types or review.fichiers or review.regional):
        return "Rien ne change."
    return pen.place("Rien ne s'oppose à la fusion.")


def _brief(review: Review, pen: Pen) -> Iterator[Part]:
    """Yield the table of what changes, a line for each contract, and what all of it costs."""
    if not review.contrats:
        return
    rows = [(one.identifiant, in_brief(one), _effect(one.somme), to_know(one)) for one in review.contrats]
    if len(rows) > 1:
        rows.append(("Total", combien(len(rows), "contrat"), _effect(review.somme), "–"))
    yield Title(2, "En bref")
    heads = ("Contrat", "Ce qui change", "Effet financier", "À savoir")
    yield Columns(heads, tuple(tuple(map(pen.kept, row)) for row in rows), 2, 3)
    if len(review.contrats) > 1 and (years := review.years):
        whole = [("Tous contrats", "tous exercices", *amounts(review.somme))] if review.somme else []
        found = [("Tous contrats", str(each.exercice), *amounts(each)) for each in years]
        yield Columns(("Effet de la demande", *HEADS), tuple(tuple(map(pen.kept, row)) for row in (*found, *whole)), 2)


def _effect(somme: Poste | None) -> str:
    """Return what a change costs, signed; a dash when it costs nothing."""
    return variation(somme.ecart) if somme else "–"


def to_do(review: Review, pen: Pen) -> Iterator[str]:
    """Yield what is left to be done, sentence by sentence; one that says so when nothing is."""
    found = [*(each.remedy for each in review.problems)]
    for one in review.contrats:
        found += [f"{one.identifiant} : {each}" for each in _of_contract(one)]
    for kind in review.types:
        if kind.erreurs:
            errors = combien(len(kind.erreurs), "erreur")
            found.append(f"type {kind.type} : corrigez {errors} (voir « Modèles et champs »).")
        if kind.adoptent:
            names = ", ".join(sorted(kind.adoptent))
            found.append(f"dites dans l'exposé des avenants qui se préparent que le modèle a changé : {names}.")
    found += left(review.regional) if review.regional else ()
    yield from (pen.kept(each) for each in found or ["Rien d'autre que fusionner."])


def _of_contract(one: Reviewed) -> Iterator[str]:
    """Yield what is left to be done for a contract."""
    due = [each for each in one.problems.erreurs if each.code in WANTING]
    yield from (each.remedy for each in due)
    if errors := [each for each in one.problems.erreurs if each not in due]:
        codes = ", ".join(dict.fromkeys(each.code for each in errors))
        yield f"corrigez {combien(len(errors), 'erreur')} ({codes})."
    if waived := [each for each in one.problems.derogations if not is_blocking(each)]:
        yield f"acceptez ou refusez {combien(len(waived), 'dérogation')}."
    if one.avenant.etat is Etat.ANNONCE and not one.problems.erreurs:
        yield f"quand le texte de l'avenant n° {one.avenant.numero} est convenu : cpomgen freeze {one.identifiant}"
    if one.avenant.etat is Etat.DEPASSE:
        yield f"arrêtez de nouveau l'avenant n° {one.avenant.numero} : cpomgen freeze {one.identifiant} --reprendre"
    if one.avenant.etat is Etat.PREPARE:
        yield f"faites signer l'avenant n° {one.avenant.numero}, puis : cpomgen sign {one.identifiant} --le AAAA-MM-JJ"
