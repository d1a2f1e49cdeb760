"""Articles that amend → the act that they make, printed in a plain way; what a reader makes of it, beside what is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from drafted import PAGE
from memory import real_schema
from read_acte import amended
from read_contrat import as_lists, text_of

from cpomgen.amend import amend
from cpomgen.article import ArticleModificatif
from cpomgen.imprime import OPERATIONS, Block, Imprime, Paragraph, Section, Span
from cpomgen.texts import paired


def act_of(articles: Iterable[ArticleModificatif]) -> Imprime:
    """Return an act of these articles, its annexes after the signatures."""
    articles = tuple(articles)
    blocks = [block for number, article in enumerate(articles, 1) for block in _article(number, article)]
    closing = Paragraph("Lieu et date", (Span("Fait à Besançon"),))
    body = Section("acte", PAGE, (Paragraph("heading 1", (Span("Avenant n° 1"),)), *blocks, closing))
    return Imprime("", (body, *(Section("annexes", PAGE, each.annexe) for each in articles if each.annexe)))


def _article(number: int, article: ArticleModificatif) -> Iterator[Block]:
    name = "1er" if number == 1 else str(number)
    yield Paragraph("heading 3", (Span(f"Article {name} – {article.titre}"),))
    for alinea in article.alineas:
        if alinea.cite:
            yield from alinea.cite
        else:
            yield Paragraph(OPERATIONS[alinea.niveau], (Span(alinea.texte),))


class Relu(NamedTuple):
    """The articles of an act, the act, what a reader of it and of the old text makes, and the new text."""

    articles: tuple[ArticleModificatif, ...]
    act: Imprime
    read: list[Any]
    text: list[Any]


def read_back(old: Imprime, new: Imprime, whole: Collection[str] = (), detailed: Collection[str] = ()) -> Relu:
    """Return what an act says to who reads it alone."""
    articles = amend(paired(old, new), (real_schema(), real_schema()), whole, detailed)
    act = act_of(articles)
    return Relu(articles, act, as_lists(amended(text_of(old), act)), as_lists(text_of(new)))
