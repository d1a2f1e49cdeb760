"""A folder → a copy of the project in it, with one more contract, of twelve pages, written by program."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
EXERCICES = range(2012, 2017)
SENTENCE = "Le réseau appuie les professionnels de premier recours de son territoire, sans se substituer à eux. "


def project(folder: Path, objectives: int = 4) -> Path:
    """Return a copy of the project in `folder`, with a contract `mesure` of so many objectives in annexes 1 to 3."""
    for name in ("contracts", "schemas", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    text = yaml.safe_dump(contract(objectives), allow_unicode=True, sort_keys=False)
    (folder / "contracts" / "mesure.yaml").write_text(text, encoding="utf-8", newline="\n")
    return folder


def contract(objectives: int) -> dict[str, Any]:
    """Return a contract, as its file would have it."""
    return {
        "type": "cpom_type",
        "identifiant": "mesure",
        "exemple": "Contrat composé par programme, pour mesurer.",
        "nature": "complet",
        "parties": {"ars": [_ars()], "promoteurs": [_promoteur()]},
        "zone_intervention": {"presentation": SENTENCE * 3, "territoires": [_territoire(n) for n in range(4)]},
        "duree": {"date_effet": "2012-01-01", "date_fin": "2016-12-31"},
        "orientations": [{"id": "O1", "intitule": "Coordonner l'appui", "presentation": SENTENCE * 2}],
        "annexes": {
            "orientations_strategiques": {"recomposition": SENTENCE * 4, "objectifs": _objectifs(1, objectives)},
            "appui_coordination": {"parcours": SENTENCE * 4, "objectifs": _objectifs(2, objectives)},
            "articulation_acteurs": {"presentation": SENTENCE * 4, "objectifs": _objectifs(3, objectives)},
            "financement": {"sources": [_source(n) for n in range(4)]},
            "documentaire": {"pieces": [{"id": "PS", "nature": "projet_sante", "intitule": "Projet de santé"}]},
        },
    }


def _siege() -> dict[str, Any]:
    return {"voie": "1 place de la Mesure", "code_postal": "25000", "commune": "Besançon"}


def _ars() -> dict[str, Any]:
    signataire = {"id": "DG", "qualite": "directrice générale", "genre": "f"}
    return {"id": "ARS", "nom": "agence régionale de santé", "siege": _siege(), "signataires": [signataire]}


def _promoteur() -> dict[str, Any]:
    return {
        "id": "P1",
        "personne_morale": "association de la mesure",
        "genre": "f",
        "forme_juridique": "association",
        "siege": _siege(),
        "reseaux": [{"id": "R1", "nom": "réseau de la mesure"}],
        "signataires": [{"id": "PR", "qualite": "président", "genre": "m"}],
    }


def _territoire(rank: int) -> dict[str, Any]:
    return {"id": f"T{rank}", "nom": f"Bassin {rank}", "communes": ["Gray", "Dole"], "population": 10_000 + rank}


def _objectifs(annexe: int, count: int) -> list[dict[str, Any]]:
    return [_objectif(f"A{annexe}.{rank}") for rank in range(1, count + 1)]


def _objectif(name: str) -> dict[str, Any]:
    operationnels = [
        {
            "id": f"{name}.{rank}",
            "libelle": f"Étape {rank} de l'objectif {name}",
            "actions": [{"id": f"{name}.{rank}-a", "libelle": SENTENCE, "pilote": "réseau", "echeance": "2013-12-31"}],
            "indicateurs": [_indicateur(f"I-{name}.{rank}")],
        }
        for rank in (1, 2)
    ]
    return {"id": name, "orientation": "O1", "strategique": f"Objectif {name}", "operationnels": operationnels}


def _indicateur(name: str) -> dict[str, Any]:
    return {
        "id": name,
        "libelle": f"Indicateur {name}",
        "type": "resultat",
        "unite": "%",
        "valeur_initiale": 50,
        "valeurs_cibles": {year: 50 + rank for rank, year in enumerate(EXERCICES)},
    }


def _source(rank: int) -> dict[str, Any]:
    amounts = {year: f"{100_000 + rank * 1_000 + year}.50" for year in EXERCICES}
    return {
        "id": f"S{rank}",
        "libelle": f"Dotation {rank}",
        "nature": "fir",
        "statut": "previsionnel",
        "montants": amounts,
    }
