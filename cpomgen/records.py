"""Changes → JSON for a program: the same changes, the same text; amounts as texts, days AAAA-MM-JJ."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cpomgen.edits import Added, Changed, Edit, Moved, Removed, Spliced

if TYPE_CHECKING:
    from cpomgen.ecart import Ecart, Ligne, Poste, Tableau
    from cpomgen.lieu import Lieu
    from cpomgen.operation import Operation
    from cpomgen.outcome import Changes

Json = dict[str, Any]
KINDS: Mapping[type, str] = {Changed: "changé", Added: "ajouté", Removed: "retiré", Moved: "déplacé", Spliced: "suite"}


def as_json(identifiant: str, changes: Changes) -> str:
    """Return all that changes in a contract as one JSON object."""
    record = {"identifiant": identifiant, **changes_record(changes)}
    return json.dumps(record, ensure_ascii=False, indent=2)


def changes_record(changes: Changes) -> Json:
    """Return all that changes in a contract as JSON's own types."""
    return {
        "texte": [operation_record(each) for each in changes.texte],
        "champs": [ecart_record(each) for each in changes.champs],
        "finances": [_tableau(each) for each in changes.finances],
    }


def operation_record(operation: Operation) -> Json:
    """Return a change of the text as JSON's own types."""
    return {
        "action": operation.action.value,
        "unite": operation.unite.value,
        "lieu": _lieu(operation.lieu),
        "en_tete": operation.premier,
        "vers": _lieu(operation.vers) if operation.vers else None,
        "avant": list(operation.old),
        "apres": list(operation.new),
        "champs": list(operation.paths),
    }


def _lieu(lieu: Lieu) -> Json:
    return {
        "nom": str(lieu),
        "parties": list(lieu.parties),
        "tableau": lieu.tableau,
        "ligne": list(lieu.ligne),
        "colonne": lieu.colonne,
        "titre": lieu.titre,
        "alinea": lieu.alinea,
        "intitule": lieu.intitule,
    }


def _sides(edit: Edit) -> tuple[Any, Any]:
    """Return what an edit is about, before and after: a value, an item, a position."""
    match edit:
        case Added():
            return None, edit.item
        case Removed():
            return edit.item, None
        case Moved():
            return edit.at, edit.to
        case _:
            return edit.old, edit.new


def ecart_record(ecart: Ecart) -> Json:
    """Return a change of a field as JSON's own types."""
    before, after = _sides(ecart.edit)
    return {
        "genre": KINDS[type(ecart.edit)],
        "champ": ecart.path,
        "lieu": ecart.lieu,
        "avant": _plain(before),
        "apres": _plain(after),
        "modification": ecart.modification,
        "imprime": ecart.imprime,
    }


def _tableau(tableau: Tableau) -> Json:
    return {
        "role": tableau.role,
        "libelle": tableau.libelle,
        "lignes": [_ligne(each) for each in tableau.lignes],
        "total": _ligne(tableau.total),
    }


def _ligne(ligne: Ligne) -> Json:
    return {
        "id": ligne.id,
        "libelle": ligne.libelle,
        "exercices": {str(poste.exercice): poste_record(poste) for poste in ligne.postes},
        "total": poste_record(ligne.total),
    }


def poste_record(poste: Poste) -> Json:
    """Return an amount before and after, and their difference, as JSON's own types."""
    return {"avant": _plain(poste.avant), "apres": _plain(poste.apres), "ecart": _plain(poste.ecart)}


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON's own types
    if isinstance(value, dict):
        return {str(name): _plain(child) for name, child in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(child) for child in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value
