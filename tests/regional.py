"""A small type of contract that draws on the catalogue of a region, for tests: its schema, a campaign, contracts."""

from __future__ import annotations

from collections.abc import Mapping

from essai import CONTRACT, MODELE, SCHEMA, gabarit
from memory import Files
from wordfile import paragraph

from cpomgen.contrat import Contrat
from cpomgen.reading import Reading

DRAWING = """\
  mesures:
    type: list
    meta: {libelle: Mesures, role: mesures}
    schema:
      type: dict
      meta: {libelle: Mesure, genre: f, intitule_par: libelle}
      schema:
        id: {type: code, required: true, meta: {libelle: Identifiant, imprime: false, modification: interne}}
        regional:
          type: code
          meta:
            libelle: Indicateur régional
            imprime: false
            modification: interne
            catalogue: indicateurs
            definit: [libelle, unite, notes, suivi, detail]
        libelle: {type: ligne, required: true, meta: {libelle: Libellé}}
        unite: {type: choix, allowed: [jours, usagers], meta: {libelle: Unité}}
        notes: {type: list, schema: {type: ligne}, meta: {libelle: Notes, reference: prs}}
        suivi: {type: dict, schema: {par: {type: ligne, meta: {libelle: Par}}}, meta: {libelle: Suivi}}
        detail: {type: texte, meta: {libelle: Détail}}
        cible: {type: nombre, meta: {libelle: Cible}}
"""
CAMPAGNE = """\
region: Bretagne
periode: {debut: 2012-01-01, fin: 2013-12-31}
prs: [{id: srs, intitule: schéma régional}, {id: cos, intitule: cadre}]
indicateurs:
  - id: DELAI
    libelle: Délai de réponse
    unite: jours
    notes: [srs, cos]
    suivi: {par: l'agence}
  - id: FILE
    libelle: File active
"""
REFERS = "mesures: [{id: m1, regional: DELAI, cible: 3}]\n"
SPELLS = """\
mesures:
  - {id: m1, libelle: Délai de réponse, unite: jours, notes: [schéma régional, cadre], suivi: {par: l'agence}, cible: 3}
"""
BODY = (
    paragraph("{%p for m in mesures %}"),
    paragraph("{{ m.libelle }} : {{ m.cible }} {{ m.unite }}, {{ m.suivi.par }}"),
    paragraph("{%p for n in m.notes %}"),
    paragraph("{{ n }}"),
    paragraph("{%p endfor %}"),
    paragraph("{%p if m.detail %}"),
    paragraph("{{ m.detail }}"),
    paragraph("{%p endif %}"),
    paragraph("{%p endfor %}"),
    "{{ nom }}, du {{ duree.date_effet }} au {{ duree.date_fin }}.",
)


def files(more: str = REFERS, campagne: str | None = CAMPAGNE, name: str = "essai") -> dict[str, str | bytes]:
    """Return the files of a project of one contract."""
    found: dict[str, str | bytes] = {
        f"contracts/{name}.yaml": CONTRACT.replace("identifiant: essai", f"identifiant: {name}") + more,
        "schemas/essai.yaml": SCHEMA + DRAWING,
        "templates/essai/modele.yaml": MODELE,
        "templates/essai/gabarit.docx": gabarit(*BODY),
    }
    return found | ({} if campagne is None else {"campagne.yaml": campagne})


def resolved(more: str = REFERS, campagne: str | None = CAMPAGNE) -> Contrat:
    """Return the contract, with what it takes from the catalogue."""
    return Reading(Files(files(more, campagne))).resolved("essai")[0]


def tree(found: Mapping[str, str | bytes]) -> Files:
    """Return a project."""
    return Files(found)
