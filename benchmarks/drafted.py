"""A network → its contract, from ten pages to thirty by its size: values, as a file would have them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from random import Random
from typing import Any

from benchmarks.prose import Prose, france
from benchmarks.reseau import Reseau

FIRST, LAST = 2013, (2015, 2017)  # exercises
ANNEXES = ("orientations_strategiques", "appui_coordination", "articulation_acteurs")
TERMS = ("versement", "utilisation", "justificatifs", "contreparties")
SMALL = 0.4  # of size
COVERED = 4  # sectors, before the contract
STARTS = {"%": (20, 60), "secteurs": (1, 4)}
CONTENTS = (("1°", "3°"), ("2°", "3°"), ("4°", "6°"), ("5°",))


def drafted(reseau: Reseau, seed: int) -> dict[str, Any]:
    """Return the contract of a network."""
    return _Draft(reseau, seed).contract()


def amounts(reseau: Reseau, exercises: range) -> list[float]:
    """Return what a network is given in each exercise, in euros: its amount, then one or two per cent more or less."""
    draw = Random(f"amounts {reseau.siren}")
    found = [float(reseau.amount)]
    for _ in exercises[1:]:
        found.append(round(found[-1] * draw.choice((0.99, 1.0, 1.01, 1.02)), 2))
    return found


def exercises_of(reseau: Reseau) -> range:
    """Return the exercises of a contract: three to five of them."""
    return range(FIRST, Random(f"end {reseau.siren}").randint(*LAST) + 1)


class _Draft:
    """A contract being written: its prose, its exercises, the objects that it has not promised yet."""

    def __init__(self, reseau: Reseau, seed: int) -> None:
        draw = Random(f"{seed} contract {reseau.rank}")
        known = {
            "public": reseau.public, "commune": reseau.commune, "lieu": f"ce territoire du {reseau.place}",
            "riviere": reseau.commune.rpartition("-sur-")[2], "population": f"{draw.randrange(20, 400)} 000",
            "annee": str(draw.randrange(1998, 2010)),
        }  # fmt: skip
        self.reseau, self.size, self.draw, self.prose = reseau, reseau.size, draw, Prose(draw, known)
        self.years = exercises_of(reseau)
        self.counts = [self.upto(1, 2.6) for _ in ANNEXES]  # of objectives
        self.goals = min(self.upto(2, 5), sum(self.counts))
        self.objects = draw.sample(france()["objets"], len(france()["objets"]))

    def upto(self, least: int, most: float) -> int:
        """Return a number between two, by the size of the network and a little by chance."""
        return least + math.floor(math.pow(self.size, 1.6) * (most - least) + self.draw.random())

    def contract(self) -> dict[str, Any]:
        return {
            "type": "cpom_type",
            "identifiant": self.reseau.identifiant,
            "exemple": "Contrat composé par programme, pour mesurer. Tout y est inventé.",
            "nature": "complet",
            "reference": {"numero": f"{FIRST}-RES-{self.reseau.rank + 1:04}"},
            "parties": {"ars": [self.agence()], "promoteurs": [self.promoteur()]},
            "zone_intervention": self.zone(),
            "duree": {
                "date_effet": f"{FIRST}-01-01", "date_fin": f"{self.years[-1]}-12-31",
                "date_conclusion": f"{FIRST - 1}-12-{self.draw.randrange(3, 21):02}",
            },
            "orientations": list(self.orientations()),
            "annexes": {
                **{name: self.annexe(rank) for rank, name in enumerate(ANNEXES)},
                "financement": self.financement(),
                "documentaire": {"pieces": list(self.pieces())},
            },
            **self.closing(),
        }  # fmt: skip

    def agence(self) -> dict[str, Any]:
        feminine = self.draw.choice((True, False))
        return {
            "id": "ars",
            "nom": f"agence régionale de santé {self.reseau.region}",
            "siege": {"code_postal": f"{self.reseau.code_postal[:2]}000", "commune": self.reseau.seat},
            "signataires": [{
                "id": "ars-dg", "qualite": "directrice générale" if feminine else "directeur général",
                "genre": "f" if feminine else "m",
            }],
        }  # fmt: skip

    def promoteur(self) -> dict[str, Any]:
        feminine = self.draw.choice((True, False))
        finess = {"finess": self.reseau.finess} if self.reseau.finess else {}
        return {
            "id": "promoteur",
            "personne_morale": f"Association du réseau {self.reseau.name} du {self.reseau.place}",
            "genre": "f",
            "forme_juridique": "association régie par la loi du 1er juillet 1901",
            "siren": self.reseau.siren,
            "siege": {
                "voie": f"{self.draw.randrange(1, 80)} rue de l'Hôpital", "code_postal": self.reseau.code_postal,
                "commune": self.reseau.commune,
            },
            "habilitation": {"acte": "délibération du conseil d'administration", "date": f"{FIRST - 1}-10-16"},
            "reseaux": [{
                "id": "reseau", "nom": f"{self.reseau.name} du {self.reseau.place}",
                "themes": [f"appui aux {self.reseau.public}"], **finess,
            }],
            "signataires": [
                {
                    "id": "presidence", "qualite": "présidente" if feminine else "président",
                    "genre": "f" if feminine else "m",
                },
            ],
        }  # fmt: skip

    def zone(self) -> dict[str, Any]:
        count = self.upto(2, 9)
        return {
            "presentation": self.prose.text("zone", self.size),
            "population": int(self.prose.words["population"].replace(" ", "")),
            "territoires": [self.territoire(rank) for rank in range(count)],
        }

    def territoire(self, rank: int) -> dict[str, Any]:
        name = self.reseau.commune.partition("-sur-")[0]
        way = ("centre", "nord", "sud", "est", "ouest", "vallée", "plateau", "plaine", "forêt")[rank]
        return {
            "id": f"secteur-{rank + 1}",
            "nom": f"Secteur {rank + 1}, {way}",
            "communes": [f"{name}-{end}" for end in ("le-Haut", "le-Bas", "la-Ville")[: self.draw.randint(1, 3)]],
            "implantation": "siège de l'association" if rank == 0 else "permanence dans une maison de santé",
            "couverture": "couvert avant le contrat"
            if rank < COVERED
            else f"ouverture en {self.draw.choice(self.years)}",
        }

    def orientations(self) -> Iterator[dict[str, Any]]:
        for rank, intitule in enumerate(france()["orientations"][: self.goals], 1):
            yield {
                "id": f"O{rank}",
                "intitule": self.prose.say(intitule),
                "prs": self.prose.some(france()["prs"], self.draw.randint(1, 3)),
                "presentation": self.prose.text("orientation", self.size),
            }

    def annexe(self, rank: int) -> dict[str, Any]:
        """Return one of the first three annexes: its texts, then its objectives."""
        names = (
            ("recomposition", "recentrage", "service_rendu", "missions_prs"),
            ("criteres_inclusion", "criteres_sortie", "medecins_traitants", "modalites", "parcours"),
            ("articulation",),
        )[rank]
        fields = {"modalites": "modalites_intervention", "articulation": "presentation"}
        told = names if self.size > SMALL else names[-1:]
        texts: dict[str, Any] = {fields.get(name, name): self.prose.text(name, self.size) for name in told}
        if rank == 2:  # noqa: PLR2004 - the third annexe
            texts["dispositifs"] = list(self.dispositifs())
            texts["place_maia"] = self.prose.text("place_maia", self.size)
        pool = self.prose.some(france()["strategiques"][rank], self.counts[rank])
        objectifs = [self.objectif(f"A{rank + 1}.{number}", each, number, rank) for number, each in enumerate(pool, 1)]
        return {**texts, "objectifs": objectifs}

    def objectif(self, name: str, strategique: str, number: int, annexe: int) -> dict[str, Any]:
        count = self.upto(1, 2.7)
        return {
            "id": name,
            "orientation": f"O{1 + (sum(self.counts[:annexe]) + number - 1) % self.goals}",
            "contenu": CONTENTS[(annexe + number - 1) % len(CONTENTS)] if number > 1 else CONTENTS[annexe],
            "strategique": self.prose.say(strategique),
            "operationnels": [self.operationnel(f"{name}.{rank}") for rank in range(1, count + 1)],
        }

    def operationnel(self, name: str) -> dict[str, Any]:
        promised = self.objects.pop()
        chosen = self.prose.some(france()["actions"], self.upto(1, 2.4))
        months = self.draw.choices(("06-30", "12-31"), k=3)
        dates = sorted(f"{self.draw.choice(self.years)}-{month}" for month in months)
        actions = [
            {
                "id": f"{name}-{letter}", "libelle": self.prose.say(action, objet=promised),
                "pilote": self.draw.choice(france()["pilotes"]), "echeance": day,
            }
            for letter, action, day in zip("abc", chosen, dates, strict=False)
        ]  # fmt: skip
        pool = (
            france()["indicateurs"][2:4] if name == "A1.1.1" else france()["indicateurs"]
        )  # one of quality, of result
        drawn = self.prose.some(pool, self.upto(1, 1.4))
        indicators = [
            self.indicateur(f"I-{name}-{letter}", each, promised) for letter, each in zip("ab", drawn, strict=False)
        ]
        return {
            "id": name,
            "libelle": self.prose.say("[Développer|Organiser|Améliorer|Garantir] {objet}", objet=promised),
            "actions": actions,
            "indicateurs": indicators,
        }

    def indicateur(self, name: str, drawn: list[str], promised: str) -> dict[str, Any]:
        libelle, kind, unit, count = drawn
        start, step = self.draw.randrange(*STARTS.get(unit, (20, 300))), self.draw.randrange(1, 9)
        definition = (
            {"definition": self.prose.text("definition", self.size)} if self.draw.random() < self.size / 2 else {}
        )
        return {
            "id": name,
            "libelle": self.prose.say(libelle, objet=promised),
            "type": kind,
            **definition,
            "mode_de_calcul": count,
            "unite": unit,
            "valeur_initiale": start,
            "valeurs_cibles": {year: start + rank * step for rank, year in enumerate(self.years)},
            "source": self.draw.choice(france()["sources"]),
            "periodicite": self.draw.choice(("annuelle", "semestrielle")),
        }

    def dispositifs(self) -> Iterator[dict[str, Any]]:
        for nature, role in self.prose.some(france()["dispositifs"], self.upto(2, 12)):
            yield {
                "id": f"disp-{nature}",
                "nature": nature,
                "role_dispositif": f"{role}\n",
                "role_reseau": self.prose.say(self.draw.choice(france()["role_reseau"])) + "\n",
                "recouvrement": self.prose.say(self.draw.choice(france()["recouvrement"])) + "\n",
            }

    def financement(self) -> dict[str, Any]:
        return {
            "presentation": self.prose.text("objet_financement", self.size),
            "moyens": [
                {"id": f"moyen-{rank}", "libelle": libelle, "unite": unit, "valeurs": self.values(unit)}
                for rank, (libelle, unit) in enumerate(france()["moyens"][: self.upto(1, 5)], 1)
            ],
            "sources": list(self.sources()),
            **{
                name: self.prose.text(name, 1)
                for name in ("versement", "utilisation", "justificatifs", "contreparties")
            },
        }

    def values(self, unit: str) -> dict[int, float]:
        if unit == "ETP":
            return dict.fromkeys(self.years, max(0.5, round(self.reseau.amount / 70_000 * self.draw.random(), 1)))
        return dict.fromkeys(self.years, max(20, self.reseau.amount // 700))

    def sources(self) -> Iterator[dict[str, Any]]:
        """Yield the sources: what the first has is what the others leave of the amount of each exercise."""
        left = [round(100 * each) for each in amounts(self.reseau, self.years)]
        chosen = france()["financements"][: self.upto(1, 5)]
        for rank, (libelle, nature, statut) in reversed(list(enumerate(chosen, 1))):
            part = 1 if rank == 1 else self.draw.uniform(0.02, 0.1)
            given = [round(part * cents) for cents in left]
            left = [cents - gone for cents, gone in zip(left, given, strict=True)]
            by_year = {year: f"{cents // 100}.{cents % 100:02}" for year, cents in zip(self.years, given, strict=True)}
            yield {
                "id": f"source-{rank}", "libelle": libelle, "nature": nature, "statut": statut, "montants": by_year,
            }  # fmt: skip

    def pieces(self) -> Iterator[dict[str, Any]]:
        for nature, intitule, day in france()["pieces"]:
            yield {"id": f"piece-{nature}", "nature": nature, "intitule": intitule, "date": day, "opposable": False}
        for nature, reason in (
            ("accord_ars", "aucun autre contrat n'est en cours"),
            ("accord_financier", "aucun autre organisme n'a conclu d'accord"),
            ("decision_attributive", "la décision sera prise après la signature"),
        ):
            yield {"id": f"piece-{nature}", "nature": nature, "neant": reason}

    def closing(self) -> dict[str, Any]:
        return {
            "suivi": {
                "membres": [
                    "la direction générale de l'agence ou son représentant", "la présidence de l'association",
                    "un médecin généraliste de la zone", "un représentant des usagers",
                ],
                "calendrier": self.prose.text("calendrier", 1),
                "rapport_etape": {"delai": "un mois"},
                "lettre_observations": {"delai": "un mois"},
                "modalites": self.prose.text("evaluation", self.size),
            },
            "sanctions": [
                {
                    "id": f"sanction-{rank}", "portee": f"Annexe {rank}",
                    "manquement": self.prose.say(self.draw.choice(france()["textes"]["manquement"])) + "\n",
                    "mesure": self.draw.choice(france()["textes"]["mesure"]) + "\n",
                    "procedure": self.prose.text("procedure"),
                }
                for rank in range(1, self.upto(1, 4) + 1)
            ],
            "resiliation": {
                "preavis": self.draw.choice(("trois mois", "quatre mois", "six mois")),
                "sort_fonds": self.prose.text("sort_fonds", 1),
                "autres_cas": self.prose.text("autres_cas", 1),
            },
            "clauses_particulieres": [{
                "id": "cp-donnees", "article": "autonome", "intitule": "Dossier et secret professionnel",
                "contenu": ["6°"], "texte": self.prose.text("donnees", self.size),
            }],
        }  # fmt: skip
