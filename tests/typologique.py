"""The small project of tests/essai.py, whose contracts have their annex by typology: due, possible, excluded."""

from __future__ import annotations

from essai import CONTRACT, MODELE, SCHEMA
from memory import Files

CHOIX = """\
  sorte:
    type: choix
    allowed: [seul, plusieurs, libre]
    meta: {libelle: Sorte, imprime: false, libelles: {seul: une activité, plusieurs: des activités}}
"""
TABLE = """\
typologies:
  selon: sorte
  lecture: Une colonne pour chaque sorte.
  pieces:
    annexe: {seul: due, plusieurs: exclue, libre: si_applicable}
"""
SCHEMA_TYPE = SCHEMA.replace("  annexe:", f"{CHOIX}  annexe:")
MODELE_TYPE = MODELE + TABLE
ANNEXE = "annexe: Le texte de l'annexe.\n"


def files(contrat: str, modele: str = MODELE_TYPE) -> Files:
    """Return the project of a contract, with its manifest or another."""
    schema, manifeste = "schemas/essai.yaml", "templates/essai/modele.yaml"
    return Files({schema: SCHEMA_TYPE, manifeste: modele, "contracts/essai.yaml": contrat})


def contract(sorte: str = "seul", annexe: str = ANNEXE) -> str:
    """Return a contract of a typology, with its annex or without."""
    return f"{CONTRACT}sorte: {sorte}\n{annexe}"
