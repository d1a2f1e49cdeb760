"""Review → JSON for a program: the same report, the same text; amounts as texts, days AAAA-MM-JJ.

The shape is stable: names are added, none is taken away or changes its meaning. docs/relecture.md tells it in French.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cpomgen.pen import PLAIN
from cpomgen.records import Json, changes_record, ecart_record, operation_record, poste_record
from cpomgen.report import fields
from cpomgen.summary import to_do

if TYPE_CHECKING:
    from cpomgen.affected import Affected
    from cpomgen.ecart import Poste
    from cpomgen.regional import Regional
    from cpomgen.registre import Signature
    from cpomgen.review import Problems, Review, Reviewed


def as_json(review: Review) -> str:
    """Return the whole report as one JSON object."""
    record = {
        "base": review.base,
        "revision": review.commit,
        "tete": review.head,
        "fusionnable": not review.erreurs,
        "problemes": [fields(each) for each in review.problems],
        "montants": _amounts(review.somme),
        "exercices": {str(each.exercice): poste_record(each) for each in review.years},
        "contrats": [_contract(each) for each in review.contrats],
        "types": [_type(each) for each in review.types],
        "catalogue": _regional(review.regional) if review.regional else None,
        "autres_fichiers": list(review.fichiers),
        "a_faire": list(to_do(review, PLAIN)),
    }
    return json.dumps(record, ensure_ascii=False, indent=2)


def _contract(one: Reviewed) -> Json:
    return {
        "identifiant": one.identifiant,
        "sort": one.sort.value,
        "titre": one.titre or None,
        "auparavant": one.auparavant or None,
        "changements": changes_record(one.changes) if one.changes is not None else None,
        "changements_du_modele": one.shared,
        "montants": _amounts(one.somme),
        "problemes": _problems(one.problems),
        "avenant": {"etat": one.avenant.etat.value, "numero": one.avenant.numero, "version_signee": one.avenant.signee},
        "versions_arretees": [each.number for each in one.arretees if not each.piece],
        "pieces_arretees": [each.piece for each in one.arretees if each.piece],
        "signatures": [_signature(each) for each in one.signatures],
    }


def _problems(problems: Problems) -> Json:
    return {
        "nouveaux": [fields(each) for each in problems.nouveaux],
        "disparus": [fields(each) for each in problems.disparus],
        "derogations": [fields(each) for each in problems.derogations],
        "derogations_retirees": [fields(each) for each in problems.retirees],
        "erreurs": [fields(each) for each in problems.erreurs],
    }


def _signature(each: Signature) -> Json:
    return {"version": each.version, "le": each.le.isoformat(), "piece": each.piece or None, "par": each.par or None}


def _amounts(somme: Poste | None) -> Json | None:
    return poste_record(somme) if somme else None


def _type(one: Affected) -> Json:
    groups = [
        {
            "lieu": groupe.lieu,
            "contrats": list(groupe.contrats),
            "formes": [
                {"changement": operation_record(forme.operation), "contrats": list(forme.contrats)}
                for forme in groupe.formes
            ],
        }
        for groupe in one.groupes
    ]
    return {
        "type": one.type,
        "fichiers": list(one.fichiers),
        "contrats": one.contrats,
        "comparable": one.comparable,
        "imprimes": one.imprimes,
        "touches": list(one.touches),
        "groupes": groups,
        "gardent_leurs_clauses": [each._asdict() | {"piece": each.piece or None} for each in one.gardent],
        "les_recoivent_par_avenant": dict(one.adoptent or {}),
        "non_imprimes": list(one.muets),
        "problemes": [fields(each) for each in one.problems],
    }


def _regional(one: Regional) -> Json:
    portees = None if one.portees is None else [
        {"changement": ecart_record(each.ecart), "contrats": list(each.contrats)} for each in one.portees
    ]  # fmt: skip
    bound = [
        {"identifiant": name, "etat": avenant.etat.value, "numero": avenant.numero, "version_arretee": frozen}
        for name, avenant, frozen in one.atteints
    ]
    return {"changements": portees, "signes": bound, "problemes": [fields(each) for each in one.problems]}
