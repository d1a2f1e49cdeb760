"""An avenant made by hand, in the register aimed at: what the template of avenants prints, without what words it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from cpomgen.citation import Citation
from cpomgen.contrat import Absent, Entier, Fiche, Jour, Ligne, Liste, Montant, OuiNon, Texte
from cpomgen.imprime import Block, Cell, Imprime, Paragraph, Row, Span, Table
from cpomgen.typography import typography

LEVEL = re.compile(r"^\s*([0-39])\s", re.MULTILINE)
ARTICLE_3 = """
    0 L’article 3 est ainsi modifié :
    1 1° Au premier alinéa, le mot : « annuelle » est remplacé par les mots : « qui se tient chaque semestre » ;
    1 2° Après le a), est inséré un b) ainsi rédigé :
    9
    1 3° Le dernier alinéa est supprimé.
"""
ANNEXE_1 = """
    0 L’annexe 1 est ainsi modifiée :
    1 1° Au tableau, à l’objectif opérationnel « Ouvrir deux secteurs » de l’objectif stratégique « Couvrir l’ensemble
      des bassins de vie » :
    2 a) Dans la colonne « Plan d’actions », à l’action « Installer une coordinatrice par secteur » :
    3 – la date : « 30 septembre 2013 » est remplacée par la date : « 31 décembre 2013 » ;
    3 – les mots : « du secteur » sont supprimés ;
    2 b) Dans la colonne « Indicateurs de suivi et d’évaluation », à l’indicateur « Bassins couverts », la valeur :
      « 9 » est remplacée par la valeur : « 10 » ;
    1 2° Après l’objectif opérationnel « Ouvrir deux secteurs », est insérée une ligne ainsi rédigée :
    9
    1 3° Dans la colonne « Plan d’actions », l’action « Rédiger un guide interne » est supprimée.
"""
ANNEXE_4 = """
    0 À l’annexe 4, à la rubrique « Sources de financement », le tableau est remplacé par le tableau suivant :
    9
"""
ANNEXE_2 = "0 L’annexe 2 est remplacée par l’annexe 2 annexée au présent avenant."
CITED = (
    ("Citation titre", "« b) Le suivi de la montée en charge"),
    ("Citation", "« Les parties suivent chaque trimestre l’ouverture des secteurs <nouveaux> & le recrutement."),
    ("Citation", "« Elles en tirent les conséquences “par avenant”. »"),
)
EXPOSE = """L’agence accompagne le renfort de la coordination d’appui dans les bassins les plus sollicités.

Ce renfort suppose :
- un recrutement ;
- des locaux.
"""
DECISION = "la décision attributive de financement du 5 mars 2013 au titre de l’exercice 2013"
CHANGED = (
    ("Article 3, a), premier alinéa", "revue annuelle", "revue qui se tient chaque semestre"),
    ("Annexe 1, colonne « Plan d’actions »", "30 septembre 2013", "31 décembre 2013"),
    ("Annexe 1, action « Rédiger un guide interne »", "Rédiger un guide interne, avec les médecins", ""),
)
AMOUNTS = (
    ("Coordination d’appui (FIR)", "2013", "412 000,00 €", "468 500,00 €", "56 500,00 €", "56 500,00 €"),
    ("Coordination d’appui (FIR)", "2014", "412 000,00 €", "471 000,00 €", "59 000,00 €", "115 500,00 €"),
    ("Conseil général", "2013", "–", "10 000,00 €", "10 000,00 €", "10 000,00 €"),
    ("Total", "2013", "412 000,00 €", "478 500,00 €", "66 500,00 €", "66 500,00 €"),
    ("Total", "2013 et 2014", "824 000,00 €", "949 500,00 €", "125 500,00 €", "–"),
)


def fiche(**fields: Any) -> Fiche:
    """Return fields by name."""
    return Fiche(fields, "acte")


def ligne(text: str) -> Ligne | Absent:
    """Return a line, its spaces those of French typography; nothing for none."""
    return Ligne(typography(" ".join(text.split()))) if text else Absent("acte")


def lignes(*texts: str) -> Liste:
    """Return lines."""
    return Liste(map(ligne, texts))


def article(titre: str, text: str, *citations: Citation) -> Fiche:
    """Return an article from its alineas, each after its level; the citations stand where the level is 9."""
    found, quoted = LEVEL.split(text if LEVEL.match(text) else f"\n{text}")[1:], iter(citations)
    pairs = zip(map(int, found[::2]), found[1::2], strict=True)
    return fiche(
        titre=ligne(titre),
        alineas=Liste(
            fiche(
                niveau=Entier(level),
                texte=ligne(words),
                citation=next(quoted) if level == 9 else Absent("citation"),
            )
            for level, words in pairs
        ),
    )


def section(imprime: Imprime, name: str) -> tuple[Block, ...]:
    """Return the blocks of a section of a contract as printed."""
    return next((each.blocks for each in imprime.sections if each.name == name), ())


def table(imprime: Imprime, name: str, style: str) -> Table:
    """Return the first table of a style in a section."""
    return next(each for each in section(imprime, name) if isinstance(each, Table) and each.style == style)


def inserted(imprime: Imprime) -> Table:
    """Return one row of the objectives of a contract, without its headers: what an act inserts."""
    found = table(imprime, "annexe-1", "Tableau objectifs")
    cells = tuple(Cell(cell.blocks, cell.colspan) for cell in found.rows[1].cells)
    return Table(found.style, found.widths, (Row(cells),))


def articles(imprime: Imprime) -> Iterator[Fiche]:
    """Yield articles that amend, and quote a contract as printed."""
    cited = (Paragraph(style, (Span(typography(text)),)) for style, text in CITED)
    yield article("Modification de l’article 3", ARTICLE_3, Citation(tuple(cited)))
    yield article("Modification de l’annexe 1", ANNEXE_1, Citation((inserted(imprime),)))
    yield article("Modification de l’annexe 4", ANNEXE_4, Citation((table(imprime, "annexe-4", "Tableau montants"),)))
    yield article("Remplacement de l’annexe 2", ANNEXE_2)


def somme(avant: int, apres: int) -> dict[str, Any]:
    """Return a total before and after an avenant."""
    amounts = zip(
        ("avant", "apres", "ecart", "ecart_absolu"), (avant, apres, apres - avant, abs(apres - avant)), strict=True
    )
    told = {name: Montant(Decimal(amount)) for name, amount in amounts}
    return {**told, "hausse": OuiNon(apres > avant), "nul": OuiNon(apres == avant)}


def finances(avant: int, apres: int, *exercices: int) -> Fiche:
    """Return what an avenant changes of the total."""
    years = {"exercices": ligne(" et ".join(map(str, exercices))), "plusieurs": OuiNon(len(exercices) > 1)}
    return fiche(**somme(avant, apres), **years)


def tableau(avant: int = 824_000, apres: int = 949_500) -> Fiche:
    """Return a financial table."""
    return fiche(libelle=ligne("Sources de financement"), lignes=lines(*AMOUNTS), **somme(avant, apres))


def lines(*rows: tuple[str, ...]) -> Liste:
    """Return the rows of a financial table; one whose first cell says so is a total."""
    names = ("source", "exercice", "avant", "apres", "ecart", "cumul")
    each = (dict(zip(names, map(ligne, row), strict=True)) for row in rows)
    return Liste(fiche(total=OuiNon(row["source"] == "Total"), **row) for row in each)


def acte(imprime: Imprime, **changes: Any) -> Fiche:
    """Return an avenant of a contract as printed, with other values for some of its fields."""
    fields: dict[str, Any] = {
        "numero": Entier(2),
        "objet": ligne("renfort de la coordination d’appui et report d’une échéance"),
        "expose": Texte(typography(EXPOSE)),
        "motifs": lignes("premier", "troisième"),
        "article_revision": Ligne("4"),
        "contrat_conclu": Jour(date(2012, 6, 18)),
        "contrat_complete": Absent("acte.contrat_complete"),
        "contrat_effet": Jour(date(2012, 1, 1)),
        "anterieurs": Liste([fiche(numero=Entier(1), date=Jour(date(2012, 12, 12)))]),
        "decisions": lignes(DECISION),
        "perimees": lignes(DECISION),
        "objets": ligne("l’article 3 et les annexes 1, 2 et 4"),
        "deja": OuiNon(0),
        "date_effet": Jour(date(2013, 7, 1)),
        "jusqu_au_terme": Jour(date(2016, 12, 31)),
        "finances": finances(2_060_000, 2_175_500, 2013, 2014),
        "comparatif": Liste(
            fiche(**dict(zip(("lieu", "avant", "apres"), map(ligne, row), strict=True))) for row in CHANGED
        ),
        "tableaux": Liste([tableau()]),
        "annexes": Liste([fiche(citation=Citation(section(imprime, "annexe-2")))]),
        **changes,
    }
    return fiche(**fields, **({} if "articles" in fields else {"articles": Liste(articles(imprime))}))
