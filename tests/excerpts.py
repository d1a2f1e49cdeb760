"""Short documents built by hand, a socle and an annex, and what an act says to turn one into the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from memory import schema_of
from sample import LANDSCAPE, PORTRAIT, cell, head, paragraph

from cpomgen.amend import amend
from cpomgen.article import Alinea, ArticleModificatif
from cpomgen.grid import said, text_of
from cpomgen.imprime import Block, Cell, Imprime, Paragraph, Row, Section, Span, Table
from cpomgen.schema import Schema
from cpomgen.texts import paired

ARTICLE = (
    paragraph("heading 1", "Contrat"),
    paragraph("Visa", "Vu le code ;"),
    paragraph("Visa", "Vu la loi ;"),
    paragraph("heading 2", "Titre 1 – Objet"),
    paragraph("heading 3", "Article 1er – Les fondements"),
    paragraph("Corps", "Le contrat est conclu pour cinq ans."),
    paragraph("heading 2", "Titre 2 – Mise en œuvre"),
    paragraph("heading 3", "Article 2 – Le suivi"),
    paragraph("heading 4", "a) Le suivi annuel"),
    paragraph("Corps", "La revue se tient chaque année."),
    paragraph("Corps puce", "au plus tard le 30\u00a0juin ;"),
    paragraph("Corps", "Elle réunit les parties."),
    paragraph("heading 4", "b) Le rapport"),
    paragraph("Corps", "Un rapport est remis."),
)
OBJECTIFS = """
objectifs:
  type: list
  meta: {libelle: Objectifs, role: objectifs}
  schema:
    type: dict
    meta: {libelle: Objectif stratégique, genre: m, intitule_par: strategique}
    schema:
      strategique: {type: ligne, meta: {libelle: Objectif stratégique}}
      operationnels:
        type: list
        meta: {libelle: Objectifs opérationnels}
        schema:
          type: dict
          meta: {libelle: Objectif opérationnel, genre: m, intitule_par: libelle}
          schema:
            libelle: {type: ligne, meta: {libelle: Libellé}}
            actions:
              type: list
              meta: {libelle: Actions}
              schema:
                type: dict
                meta: {libelle: Action, genre: f, intitule_par: libelle}
                schema: {libelle: {type: ligne, meta: {libelle: Libellé}}}
            indicateurs:
              type: list
              meta: {libelle: Indicateurs}
              schema:
                type: dict
                meta: {libelle: Indicateur, genre: m, intitule_par: libelle}
                schema: {libelle: {type: ligne, meta: {libelle: Libellé}}}
"""


def typo(text: str) -> str:
    """Return French typed with plain spaces as it is printed: no-break spaces where the act puts them."""
    text = re.sub(r"« | »| :|(?<=\d) (?=€|%)", lambda found: found[0].replace(" ", "\u00a0"), text)
    text = re.sub(r"(?<=\d) (?=\d{3}\b(?! \d{4}))", "\u202f", text).replace(" ;", "\u202f;")
    return re.sub(r"^(\d+°|[a-z]+\)|–) (?=\w)", lambda found: found[1] + "\u00a0", text)


def row(*texts: str, id: str = "") -> Row:  # noqa: A002 - the name of the field
    """Return a row of a table, one cell for each text."""
    return Row(tuple(cell(text) for text in texts), id=id)


ROWS = (row("FIR", "10", "30", id="s[fir]"), row("État", "20", "50", id="s[etat]"), row("Total", "30", "80"))
AMOUNTS = Table("Tableau", (1, 1, 1), (head("Source", "2012", "2013"), *ROWS))
MERGED = Table(
    "Tableau",
    (1, 1, 1),
    (
        head("Objectif", "Étape", "Actions"),
        Row((cell("Couvrir", rowspan=2), cell("Ouvrir"), cell("Nom\nrecruter\nformer")), id="o[1]"),
        Row((cell("Renforcer"), cell("mesurer")), id="o[2]"),
        Row((cell("Évaluer"), cell("Mesurer"), cell("agir")), id="o[3]"),
    ),
)


def document(*blocks: Block, annex: tuple[Block, ...] = ()) -> Imprime:
    """Return a document: a socle, and an annex 1 when it has blocks."""
    sections = [Section("socle", PORTRAIT, blocks)]
    head1 = paragraph("heading 1", "Annexe 1 – Orientations")
    return Imprime("", (*sections, Section("annexe-1", LANDSCAPE, (head1, *annex))) if annex else tuple(sections))


def with_block(position: int, *blocks: Block, over: int = 1) -> tuple[Block, ...]:
    """Return the socle, blocks in the place of as many as `over`."""
    return (*ARTICLE[:position], *blocks, *ARTICLE[position + over :])


def texts(table: Table) -> tuple[Block, ...]:
    """Return a table under its heading."""
    return (paragraph("heading 2", "Objectifs"), table)


# A table of objectives, whose items have names


@cache
def objectifs() -> Schema:
    """Return the schema of contracts that have objectives."""
    return schema_of(OBJECTIFS)


def named(style: str, path: str, name: str, rest: str = "") -> Paragraph:
    """Return a paragraph that opens an item: its name, then what is said of it."""
    spans = (Span(name, path=path), Span(rest)) if rest else (Span(name, path=path),)
    return Paragraph(style, spans, path.rpartition(".")[0])


def action(line: str, name: str, rest: str = "") -> Paragraph:
    """Return an action of the objective whose id is `line`; its own is the first word of its name."""
    return named("Cellule puce", f"{line}.actions[{name.partition(' ')[0]}].libelle", name, rest)


def indicateur(line: str, name: str, *details: str) -> tuple[Paragraph, ...]:
    """Return an indicator of the objective whose id is `line`: its title, then its details."""
    path = f"{line}.indicateurs[{name.partition(' ')[0]}].libelle"
    under = (Paragraph("Cellule détail", (Span(typo(each)),), path.rpartition(".")[0]) for each in details)
    return named("Cellule titre", path, name), *under


def objectif(
    number: str, strategique: str, operationnel: str, actions: str, *indicateurs: tuple[str, ...], span: int = 1
) -> Row:
    """Return a row « A1 » of objectives: its cells, the first when `span` is not 0; an action for each line."""
    line = f"objectifs[{number[0]}].operationnels[{number}]"
    first = named("Cellule titre", f"objectifs[{number[0]}].strategique", strategique)
    lines = (each.partition(",") for each in actions.split("\n") if each)
    shown = tuple(action(line, name, f"{comma}{rest}") for name, comma, rest in lines)
    measured = tuple(each for name, *details in indicateurs for each in indicateur(line, name, *details))
    second = named("Cellule", f"{line}.libelle", operationnel)
    own = tuple(Cell(blocks) for blocks in ((second,), shown or (paragraph("Cellule", "–"),), measured))
    return Row(((Cell((first,), rowspan=span), *own) if span else own), id=line)


COLUMNS = ("Objectifs stratégiques", "Objectifs opérationnels", "Plan d’actions", "Indicateurs")


def objectives(*rows: Row) -> Table:
    """Return a table of objectives."""
    return Table("Tableau objectifs", (1, 1, 1, 1), (head(*COLUMNS), *rows))


# What an act says


def acted(old: Imprime, new: Imprime, whole: Sequence[str] = (), detailed: Sequence[str] = ()) -> list[str]:
    """Return an act, a line for each title, sentence, paragraph cited (after « > ») and row of a table (in bars)."""
    found = amend(paired(old, new), (objectifs(), objectifs()), whole, detailed)
    return [line for article in found for line in _article(article)]


def _article(article: ArticleModificatif) -> Iterator[str]:
    yield f"# {article.titre}"
    for each in article.alineas:
        yield from alinea(each)
    yield from (f"annexe {line}" for line in cited(article.annexe))


def alinea(each: Alinea) -> Iterator[str]:
    """Yield the lines of a sentence, set in by its level, or of a citation."""
    if each.cite:
        yield from cited(each.cite)
    else:
        yield f"{'  ' * each.niveau}{each.texte}"


def cited(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the lines of blocks that an act cites."""
    for block in blocks:
        if isinstance(block, Table):
            for each in block.rows:
                yield f"| {' | '.join(text_of(own.blocks).replace(chr(10), ' / ') for own in each.cells)} |"
        else:
            yield f"> {said(block)}"


def expected(text: str) -> list[str]:
    """Return the lines of an act typed with plain spaces."""
    found = []
    for line in text.strip("\n").splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        found.append(indent + typo(line.lstrip()))
    return found
