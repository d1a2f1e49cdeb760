"""Contracts and acts written by hand, a line a paragraph → an Imprime of each, for tests of what reads acts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from read_acte import applied
from read_contrat import as_lists, text_of
from sample import LANDSCAPE, PORTRAIT, cell, head, paragraph

from cpomgen.imprime import Block, Imprime, Row, Section, Table

Line = str | Table
STYLES = {"h": "heading {}", "v": "Visa", "t": "Citation titre"}


def block(line: Line) -> Block:
    """Return a block: « h3 Article 3 – Objet » is a heading, « - un » an item, « t « a) La revue » a cited heading."""
    if isinstance(line, Table):
        return line
    if match := re.match(r"(h)([1-4]) |(t) ", line):
        style = STYLES[match[1] or match[3]].format(match[2] or "")
        return paragraph(style, line[match.end() :])
    if line.startswith("Fait à"):
        return paragraph("Lieu et date", line)
    return paragraph("Corps puce", line[2:]) if line.startswith("- ") else paragraph("Corps", line)


def table(columns: str, *rows: str, header: bool = True) -> Table:
    """Return a table from rows whose cells are parted by « | » and paragraphs by « / »."""
    heads = [head(*columns.split(" | "))] if header else [_row(columns)]
    return Table("Tableau", (1,) * len(columns.split(" | ")), (*heads, *map(_row, rows)))


def rows(*rows: str) -> Table:
    """Return a table of rows alone."""
    return table(*rows, header=False)


def _row(text: str) -> Row:
    return Row(tuple(cell("\n".join(each.split(" / "))) for each in text.split(" | ")))


SOCLE: Mapping[str, tuple[Line, ...]] = {
    "préambule": ("h1 Contrat", "Vu le code ;", "Vu la loi ;"),
    "titre 1": ("h2 Titre 1 – Objet",),
    "article 1": (
        "h3 Article 1er – Les fondements",
        "Le contrat est conclu pour cinq ans. Il prend effet le 1er janvier 2012. Il est renouvelable.",
    ),
    "titre 2": ("h2 Titre 2 – Mise en œuvre",),
    "article 2": (
        "h3 Article 2 – Les orientations",
        "Les orientations sont les suivantes :",
        "h4 Orientation n° 1 – Couvrir les bassins",
        "Deux bassins, « l’Ouest » et « l’Est », ne sont pas couverts.",
        "h4 Orientation n° 2 – Appuyer",
        "L’appui est polyvalent.",
        "h4 Portée",
        "Les annexes sont opposables.",
        "h4 Portée",
        "Le guide ne l’est pas.",
    ),
    "article 3": (
        "h3 Article 3 – Le suivi",
        "h4 a) La revue",
        "La revue est annuelle :",
        "- un représentant de l’agence ;",
        "- deux représentants du réseau.",
        table("Mesure | Délai", "Reversement | un mois", "Résiliation | deux mois"),
        "Elle réunit les parties.",
        "h4 b) Le rapport",
        "Un rapport est remis.",
        "Fait à Besançon, le 18 juin 2012",
        "Le président",
    ),
}
ANNEXES: Mapping[str, tuple[Line, ...]] = {
    "annexe 1": ("h1 Annexe 1 – Orientations", "h2 Objectifs", "Ils sont trois.", "h2 Recentrage", "Il est fait."),
    "annexe 4": (
        "h1 Annexe 4 – Financement",
        table("Source | 2012 | 2013", "FIR | 10 000,00 € | 30", "État | 20 | 50", "Total | 30 | 80"),
    ),
}


def contrat(**parts: Any) -> Imprime:
    """Return the contract, parts of it written again: `article_3=("h3 Article 3 – Le suivi",)`."""
    new = {name.replace("_", " "): lines for name, lines in parts.items()}
    socle = [block(line) for name, lines in SOCLE.items() for line in new.get(name, lines)]
    names = sorted({*ANNEXES, *(name for name in new if name.startswith("annexe"))})
    annexes = [(name, [block(line) for line in new.get(name, ANNEXES.get(name, ()))]) for name in names]
    sections = [Section(name, LANDSCAPE, tuple(blocks)) for name, blocks in annexes if blocks]
    return Imprime("", (Section("socle", PORTRAIT, tuple(socle)), *sections))


def acte(
    *lines: Line, titre: str = "Modification de l’article 3", annexes: tuple[tuple[Line, ...], ...] = ()
) -> Imprime:
    """Return an act of one article that amends; its guillemets are set with their no-break spaces."""
    body = ("h1 Avenant n° 1", "Vu le contrat ;", "h2 Article 1er – Objet", "Il est dit ce qui suit.")
    after = ("h2 Article 3 – Entrée en vigueur", "Il prend effet le lendemain.", "Fait à Besançon, le 3 mai", "Signé")
    joined = ("h1 Pièce jointe", "Avant, après.")
    own = (*body, f"h2 Article 2 – {titre}", *lines, *after)
    sections = (own, *annexes, joined)
    return Imprime("", tuple(Section("", PORTRAIT, tuple(block(_set(line)) for line in each)) for each in sections))


def _set(line: Line) -> Line:
    return line if isinstance(line, Table) else line.replace("« ", "«\u00a0").replace(" »", "\u00a0»")


def becomes(act: Imprime, old: Imprime | None = None) -> list[Any]:
    """Return the text of the contract after an act."""
    return as_lists(applied(text_of(old or contrat()), act))


def said(**parts: Any) -> list[Any]:
    """Return the text of the contract, parts of it written again."""
    return as_lists(text_of(contrat(**parts)))
