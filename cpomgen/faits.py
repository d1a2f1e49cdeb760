"""What a value of a choice may mean to the program, whatever code a schema gives it: a schema says so in `faits`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

COMPLET, SOCLE_SEUL = "contrat_complet", "socle_seul"
NON_DETERMINE, CHIFFRE = "montant_non_determine", "montant_attendu"
FIR, FIQCS = "fonds_intervention_regional", "fonds_qualite_coordination"
RESULTAT = "mesure_un_resultat"
PROJET_SANTE, ACCORD_ARS, ACCORD_FINANCIER = "piece_projet_de_sante", "piece_accords_agence", "piece_accords_financiers"
DECISION, ENGAGEMENT = "piece_decision_attributive", "piece_engagement_republicain"
ARTICLE_PROPRE = "clause_article_propre"
RESEAU = "structure_reseau_de_sante"
HORS_ETABLISSEMENT = "titulaire_hors_etablissement"

FAITS: Mapping[str, str] = MappingProxyType(
    {
        COMPLET: "le contrat a tout ce qu'un contrat de ce type comporte",
        SOCLE_SEUL: "le contrat est signé sans annexe, dans l'attente de l'avenant qui les ajoute",
        NON_DETERMINE: "le financement n'est pas connu : il n'a aucun montant",
        CHIFFRE: "le financement est connu ou prévu : il a des montants",
        FIR: "la source est le fonds d'intervention régional",
        FIQCS: "la source est le fonds d'intervention pour la qualité et la coordination des soins",
        RESULTAT: "l'indicateur mesure ce qui est obtenu, non ce qui est fait",
        PROJET_SANTE: "la pièce est le projet de santé",
        ACCORD_ARS: "la pièce est la liste des accords et contrats en cours avec l'agence",
        ACCORD_FINANCIER: "la pièce est un accord financier avec un autre organisme",
        DECISION: "la pièce est une décision attributive",
        ENGAGEMENT: "la pièce est un contrat d'engagement républicain",
        ARTICLE_PROPRE: "la clause fait un article à elle seule",
        RESEAU: "la structure est un réseau de santé, que le droit a remplacé par d'autres",
        HORS_ETABLISSEMENT: "la partie est titulaire d'une autorisation sans être un établissement de santé",
    }
)
