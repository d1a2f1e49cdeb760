"""Relu × Relu → Retouches: what a hand has changed in a Word file, since cpomgen made it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from cpomgen.bare import bare, without_ids
from cpomgen.compare import compare
from cpomgen.edits import Changed, at
from cpomgen.imprime import Block, Image, Imprime, Layout, Paragraph, Section, Span, images, paragraphs
from cpomgen.lieu import Lieu
from cpomgen.operation import Action, Operation
from cpomgen.remarque import SUIVI, Nature, Placed, Relu, Remarque
from cpomgen.retouche import Retouches, Situee
from cpomgen.spots import MARGINS, spots
from cpomgen.texts import Paired, paired
from cpomgen.words import compared

PAGE = Layout(0, 0, 0, 0, 0, 0)
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
SPACES = re.compile("[ \u00a0\u2000-\u200a\u202f\t]+")
HYPHENS = re.compile("[\u2010\u2011]")
FIELDS = {"PAGE": "[numéro de la page]", "NUMPAGES": "[nombre de pages]"}


def returned(old: Relu, new: Relu, printed: Imprime | None = None) -> Retouches:
    """Return what a hand has changed; `printed` is the old text with the leaves that it comes from, when known."""
    texte = [*_body(traced(old.imprime, printed), new.imprime), *_margins(old.imprime, new.imprime)]
    situees = list(_situated(old, new))
    return Retouches(
        tuple(each for each in texte if not _is_unseen(each)),
        tuple(each for each in texte if _is_unseen(each)),
        tuple(each for each in situees if each.remarque.nature in SUIVI),
        tuple(each for each in situees if each.remarque.nature is Nature.COMMENTAIRE),
        tuple(each for each in situees if each.remarque.nature not in (*SUIVI, Nature.COMMENTAIRE)),
    )


def traced(imprime: Imprime, printed: Imprime | None) -> Imprime:
    """Return a document with the leaves that its text comes from, if it reads as printed; without them otherwise."""
    if printed is None:
        return imprime
    known = bare(printed).sections
    if [each.blocks for each in known] != [each.blocks for each in imprime.sections]:
        return imprime
    pairs = zip(imprime.sections, printed.sections, strict=True)
    return replace(imprime, sections=tuple(replace(own, blocks=without_ids(each.blocks)) for own, each in pairs))


def restamped(relu: Relu, own: str, stamp: str) -> Relu:
    """Return a file whose pages bear another fingerprint than their own: that the two differ is told elsewhere."""
    if not own or not stamp:
        return relu

    def edge(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(_respelled(each, own, stamp) if isinstance(each, Paragraph) else each for each in blocks)

    layouts = (section.layout for section in relu.imprime.sections)
    pages = [replace(each, header=edge(each.header), footer=edge(each.footer)) for each in layouts]
    pairs = zip(relu.imprime.sections, pages, strict=True)
    sections = tuple(replace(section, layout=page) for section, page in pairs)
    return replace(relu, imprime=replace(relu.imprime, sections=sections))


def _respelled(paragraph: Paragraph, old: str, new: str) -> Paragraph:
    return replace(paragraph, spans=tuple(replace(each, text=each.text.replace(old, new)) for each in paragraph.spans))


# The words


def _body(old: Imprime, new: Imprime) -> Iterator[Operation]:
    """Yield what changes in the body; section by section, unless a hand has parted or joined some."""
    if len(old.sections) == len(new.sections):
        pairs = zip(old.sections, new.sections, strict=True)
        sections = [(section, replace(other, name=section.name)) for section, other in pairs]
    else:
        sections = [(_whole(old), _whole(new))]
    before, after = (replace(old, sections=tuple(_worded(pair[side]) for pair in sections)) for side in (0, 1))
    both = paired(before, after)
    yield from (_narrowed(operation, both) for operation in compare(both))


def _whole(imprime: Imprime) -> Section:
    return Section("document", PAGE, tuple(block for section in imprime.sections for block in section.blocks))


def _margins(old: Imprime, new: Imprime) -> Iterator[Operation]:
    """Yield what changes in the headers and footers, once for all the sections that have the same."""
    seen = set()
    for rank, section in enumerate(new.sections):
        mate = old.sections[min(rank, len(old.sections) - 1)] if old.sections else Section("", PAGE, ())
        for name, kind in zip(MARGINS, ("header", "footer"), strict=True):
            sides = getattr(mate.layout, kind), getattr(section.layout, kind)
            if sides[0] != sides[1] and sides not in seen:
                seen.add(sides)
                imprimes = (Imprime("", (_worded(Section(name, PAGE, blocks)),)) for blocks in sides)
                found = compare(paired(*imprimes))
                yield from (replace(each, lieu=Lieu((), name), vers=None, paths=()) for each in found)


def _worded(section: Section) -> Section:
    """Return a section whose fields of the page are words: to take one away is a change."""
    return replace(section, blocks=tuple(_block(block) for block in section.blocks))


def _block(block: Block) -> Block:
    if isinstance(block, Paragraph):
        if not any(span.field for span in block.spans):
            return block
        spans = (Span(FIELDS[s.field.value], s.style) if s.field else s for s in block.spans)
        return replace(block, spans=tuple(spans))
    if not any(span.field for each in paragraphs((block,)) for span in each.spans):
        return block
    rows = (
        replace(row, cells=tuple(replace(cell, blocks=tuple(map(_block, cell.blocks))) for cell in row.cells))
        for row in block.rows
    )
    return replace(block, rows=tuple(rows))


def _narrowed(operation: Operation, both: Paired) -> Operation:
    """Return a change with the leaves that it touches, out of those of the paragraph."""
    edit = operation.edits[0]
    if not isinstance(edit, Changed):
        return operation
    unit = at(both.before, edit.path[:-1]).unit
    if not isinstance(unit, Paragraph):
        return operation
    return replace(operation, paths=tuple(dict.fromkeys(_touched(unit, operation.old[0], operation.new[0]))))


def _touched(paragraph: Paragraph, old: str, new: str) -> Iterator[str]:
    """Yield the paths of the leaves of a paragraph whose words are among those that change."""
    start, changed = 0, []
    for run in compared(old, new):
        if not run.is_kept:
            changed.append((start, start + len(run.old)))
        start += len(run.old)
    texts = [span.image.said if span.image else span.text for span in paragraph.spans]
    start = len(old) - sum(map(len, texts))  # after the dash of a list
    for span, text in zip(paragraph.spans, texts, strict=True):
        if span.path and any(first <= start + len(text) and start <= last for first, last in changed):
            yield span.path
        start += len(text)


def _is_unseen(operation: Operation) -> bool:
    """Tell whether a change is one of spaces, of hyphens or of signs that do not show."""
    return operation.action is Action.REMPLACER and _seen(operation.old[0]) == _seen(operation.new[0])


def _seen(text: str) -> str:
    return HYPHENS.sub("-", SPACES.sub(" ", UNSEEN.sub("", text))).strip()


# What the words do not say


def _situated(old: Relu, new: Relu) -> Iterator[Situee]:
    """Yield what is to be looked at in the new file and was not in the old one, with its place."""
    known = Counter(placed.remarque for placed in old.remarques)
    places = spots(new.imprime)
    for remarque, paragraph in (*new.remarques, *_pictures(old.imprime, new.imprime)):
        if known[remarque]:
            known[remarque] -= 1
        else:
            yield Situee(places.get(id(paragraph), ""), remarque)


def _pictures(old: Imprime, new: Imprime) -> Iterator[Placed]:
    """Yield the pictures that are not those of the old file, then those that it alone has."""
    before, after = images(old), images(new)
    for text, paragraph in _described(new, set(after) - set(before)):
        yield Placed(Remarque(Nature.IMAGE, f"ajoutée ou remplacée : {text}"), paragraph)
    for text, _ in _described(old, set(before) - set(after)):
        yield Placed(Remarque(Nature.IMAGE, f"retirée ou remplacée : {text}"), None)


def _described(imprime: Imprime, names: set[str]) -> Iterator[tuple[str, Paragraph]]:
    """Yield the words that stand for pictures of these names, each picture once, with the paragraph it is in."""
    for section in imprime.sections:
        for paragraph in paragraphs((*section.layout.header, *section.layout.footer, *section.blocks)):
            for image in _images(paragraph):
                if image.name in names:
                    names.remove(image.name)
                    yield image.words, paragraph


def _images(paragraph: Paragraph) -> Iterable[Image]:
    return (span.image for span in paragraph.spans if span.image)
