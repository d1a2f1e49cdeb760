"""What rules find in a small contract, complete and sound, with a few lines of it changed; quick, for many cases."""

from __future__ import annotations

from examined import changed
from memory import real_schema, source

from cpomgen.examine import Dossier, examine
from cpomgen.problem import Problem
from cpomgen.resolve import resolve
from cpomgen.rules import contenu, financement, parties, suivi
from cpomgen.validate import validate

MODULES = (contenu, financement, parties, suivi)  # other rules have tests and contracts of their own
CODES = {"CPOM401", *(each.code for module in MODULES for each in (*module.COMMON, *module.SERVICES))}
STIPULE = frozenset({"annualite", "reprise", "procedure"})
PETIT = """\
type: cpom_type
identifiant: essai
nature: complet
parties:
  ars:
    - id: ars
      nom: agence régionale de santé de Bretagne
      signataires: [{id: dg, qualite: directrice générale, genre: f}]
  promoteurs:
    - id: asso
      personne_morale: Association pour l'appui
      genre: f
      forme_juridique: association régie par la loi du 1er juillet 1901
      siege: {code_postal: "35000", commune: Rennes}
      habilitation: {acte: délibération, date: 2012-05-22}
      reseaux: [{id: appui, nom: Appui}]
      signataires: [{id: pdt, qualite: président, genre: m}]
zone_intervention:
  population: 30
  territoires: [{id: t1, nom: Nord, population: 10}, {id: t2, nom: Sud, population: 20}]
duree: {date_effet: 2012-01-01, date_fin: 2013-12-31, date_conclusion: 2012-06-18, effet_retroactif: Convenu.}
orientations: [{id: O1, intitule: Couvrir la région, prs: [volet ambulatoire]}]
annexes:
  orientations_strategiques:
    objectifs:
      - id: A1
        orientation: O1
        contenu: [1°, 2°, 3°, 4°, 5°, 6°]
        strategique: Couvrir
        operationnels:
          - id: A1.1
            libelle: Ouvrir
            actions: [{id: A1.1-a, libelle: Recruter, pilote: direction, echeance: 2012-12-31}]
            indicateurs:
              - id: I1
                libelle: Part couverte
                type: resultat
                mode_de_calcul: couverts / tous × 100
                unite: "%"
                valeurs_cibles: {2013: 90}
                source: rapport d'activité
  appui_coordination:
    objectifs:
      - id: A2
        strategique: Répondre
        operationnels:
          - id: A2.1
            libelle: Agir
            actions: [{id: A2.1-a, libelle: Agir, pilote: direction, echeance: 2012-12-31}]
            indicateurs:
              - {id: I2, libelle: Délai, type: activite, definition: D, unite: j, source: S, valeurs_cibles: {2013: 1}}
  articulation_acteurs:
    objectifs:
      - id: A3
        strategique: Répondre
        operationnels:
          - id: A3.1
            libelle: Agir
            actions: [{id: A3.1-a, libelle: Agir, pilote: direction, echeance: 2012-12-31}]
            indicateurs:
              - {id: I3, libelle: Délai, type: activite, definition: D, unite: j, source: S, valeurs_cibles: {2013: 1}}
  financement:
    sources:
      - {id: fir, libelle: FIR, nature: fir, statut: previsionnel, montants: {2012: 10.00, 2013: 20.00}}
    versement: En deux fois.
    utilisation: Pour l'appui seul.
    justificatifs: Les comptes.
    contreparties: L'agence paie.
    prestations_derogatoires:
      - id: psy
        acte: consultation psychologique
        profession: psychologue
        motif: Non remboursée.
        plafond: 5.00
        date_fin: 2012-12-31
        montants: {2012: 5.00}
  documentaire:
    pieces:
      - {id: projet, nature: projet_sante, intitule: Projet, date: 2011-11-30}
      - {id: accord, nature: accord_ars, neant: aucun}
      - {id: financier, nature: accord_financier, neant: aucun}
      - {id: dossier, nature: dossier_promoteur, intitule: Dossier}
suivi:
  membres: [la direction du réseau]
  rapport_etape: {delai: un mois}
  lettre_observations: {delai: un mois}
sanctions: [{id: s1, portee: Annexe 4, manquement: M., mesure: Reprise des sommes.}]
clauses_particulieres:
  - {id: c1, article: annexe_4, texte: Clause.}
  - {id: c2, article: autonome, intitule: Communication, texte: Clause.}
"""


def dossier(*changes: tuple[str, str], settled: bool = False, stipule: frozenset[str] = STIPULE) -> Dossier:
    """Return the contract, once it is changed, as rules see it."""
    contrat = resolve(validate(source(changed(*changes, text=PETIT)), real_schema()), real_schema())
    return Dossier(contrat, real_schema(), settled, stipule=stipule)


def problems(*changes: tuple[str, str], settled: bool = False, stipule: frozenset[str] = STIPULE) -> list[Problem]:
    """Return what is wrong in it: what its schema says, then what rules say."""
    made = dossier(*changes, settled=settled, stipule=stipule)
    return [*made.contrat.problems, *(each for each in examine(made) if each.code in CODES)]


def told(*changes: tuple[str, str], settled: bool = False, stipule: frozenset[str] = STIPULE) -> list[str]:
    """Return what is said of it: severity, code and sentence of each problem."""
    found = problems(*changes, settled=settled, stipule=stipule)
    return [f"{each.severity.value} {each.code} : {each.message}" for each in found]


def codes(*changes: tuple[str, str], settled: bool = False, stipule: frozenset[str] = STIPULE) -> list[str]:
    """Return the codes of what is wrong."""
    return [each.code for each in problems(*changes, settled=settled, stipule=stipule)]
