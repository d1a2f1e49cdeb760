"""A small project on disk for tests: one type of contract, one template of two sections, one contract."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from memory import ROOT
from wordfile import PAGE, Xml, end, paragraph, properties, run, word

CONTRACT = """\
type: essai
identifiant: essai
nom: Réseau d'essai
dossier: DOS/1
duree: {date_effet: 2012-01-01, date_fin: 2013-12-31}
"""
SCHEMA = """\
type: essai
regime: aucun
libelle: Essai
champs:
  type: {type: code, required: true, meta: {libelle: Type, imprime: false}}
  identifiant: {type: code, required: true, meta: {libelle: Identifiant, imprime: false, role: identifiant}}
  nom: {type: ligne, required: true, meta: {libelle: Nom, aide: Le nom du réseau.}}
  dossier: {type: code, meta: {libelle: Dossier, imprime: false, modification: interne}}
  annexe: {type: texte, meta: {libelle: Annexe}}
  echeance: {type: date, meta: {libelle: Échéance, role: echeance, imprime: false}}
  derogations:
    type: list
    meta: {libelle: Dérogations, role: derogations, imprime: false}
    schema:
      type: dict
      schema:
        regle: {type: code, required: true, meta: {libelle: Règle, role: regle_ecartee}}
        fondement: {type: ligne, required: true, meta: {libelle: Fondement, role: fondement_derogation}}
  duree:
    type: dict
    meta: {libelle: Durée}
    schema:
      date_effet: {type: date, meta: {libelle: Effet, role: date_effet}}
      date_fin: {type: date, meta: {libelle: Fin, role: date_fin}}
"""
MODELE = """\
type: essai
gabarit: gabarit.docx
style: style.typ
titre: "Contrat {{ exercices | first }} – {{ nom }}"
sections:
  - nom: socle
  - nom: annexe
    condition: annexe
documents:
  - {nom: contrat, sections: [socle, annexe]}
  - {nom: socle, titre: Socle, sections: [socle]}
  - {nom: annexe, titre: Annexe, sections: [annexe]}
"""


def gabarit(*blocks: str, media: Mapping[str, bytes] | None = None) -> bytes:
    """Return the template: these blocks after the title, then the annex on its own page."""
    return word(
        paragraph("Contrat", style="heading 1"),
        *(blocks or ("{{ nom }}, du {{ duree.date_effet }} au {{ duree.date_fin }}.",)),
        end(properties(header="header1", footer="footer1")),
        paragraph("Annexe", style="heading 1"),
        "{{ annexe }}",
        last=properties(header="header2", landscape=True),
        media=media,
        parts={
            "header1": paragraph("{{ edition.mention }}", style="header"),
            "header2": paragraph("{{ edition.mention }} annexe", style="header"),
            "footer1": paragraph(run("{{ nom }} · {{ version }} · page "), Xml(PAGE), style="footer"),
        },
    )


def project(root: Path, contracts: Mapping[str, str] | None = None, template: bytes | None = None) -> Path:
    """Write the project below `root`, with these contracts by id, and return `root`."""
    files: dict[str, str | bytes] = {
        "schemas/essai.yaml": SCHEMA,
        "templates/essai/modele.yaml": MODELE,
        "templates/essai/gabarit.docx": template or gabarit(),
        "templates/essai/style.typ": (ROOT / "templates/cpom_type/style.typ").read_bytes(),
    }
    files |= {f"contracts/{name}.yaml": text for name, text in (contracts or {"essai": CONTRACT}).items()}
    put(root, files)
    (root / "contracts").mkdir(exist_ok=True)
    return root


def put(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below `root`, and return `root`."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return root
