"""The small project of tests/typologique.py, with a fiche for its annex: a rubrique with a field, a list, a choice."""

from __future__ import annotations

from pathlib import Path

from essai import MODELE, SCHEMA, put
from memory import ROOT
from typologique import CHOIX, TABLE, contract
from wordfile import end, paragraph, properties, word

ANNEXE = """\
  annexe:
    type: dict
    meta: {libelle: Annexe, aide: "Ce que l'on fait.", source: L. 1 CSP}
    schema:
      texte: {type: texte, required: true, meta: {libelle: Texte, aide: Quelques lignes., source: L. 1 CSP ; D. 2 CSP}}
      objectifs:
        type: list
        meta: {libelle: Objectifs, aide: Un par ligne.}
        schema:
          type: dict
          meta: {libelle: Objectif, aide: Peu suffisent.}
          schema:
            id: {type: code, required: true, meta: {libelle: Identifiant, imprime: false}}
            volet:
              type: choix
              allowed: [soin, appui]
              meta: {libelle: Volet, libelles: {soin: soins}}
            cibles:
              type: dict
              keysrules: {type: exercice}
              valuesrules: {type: nombre}
              meta: {libelle: Cibles, exemple: "{2012: 1}"}
            mesures:
              type: list
              meta: {libelle: Mesures}
              schema: {type: dict, meta: {libelle: Mesure}, schema: mesure}
      mesures: {type: list, meta: {libelle: Mesures}, schema: {type: dict, meta: {libelle: Mesure}, schema: mesure}}
"""
DEFINITIONS = "definitions:\n  mesure:\n    nom: {type: ligne, meta: {libelle: Nom de la mesure}}\nchamps:\n"
SCHEMA_FICHES = SCHEMA.replace(
    "  annexe: {type: texte, meta: {libelle: Annexe}}\n", f"{CHOIX}{ANNEXE}"
).replace("champs:\n", DEFINITIONS)  # fmt: skip
FICHES = """\
fiches:
  gabarit: fiche.docx
  titre: "Fiche méthodologique – {{ fiche.titre }}"
  sections: [{nom: fiche}]
  pieces:
    annexe: annexe
"""
SAID = ("nature", "aide", "exemple", "source", "rubrique")  # of a field
MODELE_FICHES = MODELE + TABLE + FICHES


def fiche(*blocks: str) -> bytes:
    """Return a template of fiches that prints all that a fiche has to say."""
    return word(
        paragraph("{{ fiche.titre }}", style="heading 1"),
        "{%p if fiche.aide %}", "{{ fiche.aide }}", "{%p endif %}",
        "{%p if fiche.source %}", "{{ fiche.source }}", "{%p endif %}",
        "{%p if fiche.typologie %}", "{{ fiche.typologie }} : {{ fiche.appel }}", "{%p endif %}",
        "{%p for r in fiche.rubriques %}",
        paragraph("{{ r.numero }} {{ r.libelle }}", style="heading 2"),
        "{%p if r.aide %}", "{{ r.aide }}", "{%p endif %}",
        "{%p for c in r.champs %}",
        "{{ c.libelle }} | " + " | ".join(f'{{{{ c.{name} | si_absent("–") }}}}' for name in SAID),
        "{%p for v in c.valeurs %}", "- {{ v.libelle }}", "{%p endfor %}",
        "{%p endfor %}", "{%p endfor %}",
        *blocks,
    )  # fmt: skip


def gabarit() -> bytes:
    """Return the template of contracts, which prints all the fields of the annex."""
    return word(
        paragraph("Contrat", style="heading 1"),
        "{{ nom }}, du {{ duree.date_effet }} au {{ duree.date_fin }}.",
        end(properties()),
        paragraph("Annexe", style="heading 1"),
        "{{ annexe.texte }}",
        "{%p for m in annexe.mesures %}", "{{ m.nom }}", "{%p endfor %}",
        "{%p for o in annexe.objectifs %}",
        "{{ o.volet }}, {{ o.cibles[2012] }}",
        "{%p for m in o.mesures %}", "{{ m.nom }}", "{%p endfor %}",
        "{%p endfor %}",
        last=properties(),
    )  # fmt: skip


def files(modele: str = MODELE_FICHES, template: bytes | None = None, sorte: str = "libre") -> dict[str, str | bytes]:
    """Return the files of the project, whose fiches are printed with this template."""
    return {
        "schemas/essai.yaml": SCHEMA_FICHES,
        "templates/essai/modele.yaml": modele,
        "templates/essai/gabarit.docx": gabarit(),
        "templates/essai/fiche.docx": template or fiche(),
        "templates/essai/style.typ": (ROOT / "templates/cpom_type/style.typ").read_bytes(),
        "contracts/essai.yaml": contract(sorte, ""),
    }


def written(root: Path) -> Path:
    """Write the project below `root`, and return `root`."""
    return put(root, files())
