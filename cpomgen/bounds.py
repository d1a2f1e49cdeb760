"""XML of a Word template → problems of its sizes: what no page could hold, no reader could finish."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from cpomgen.package import w
from cpomgen.problem import Mark, Problem

MAX_ELEMENTS = 200_000  # the template of a contract of forty pages has six thousand
MAX_PARAGRAPHS = 10_000
MAX_SIGNS = 20_000  # of a paragraph
MAX_TABLES = 5  # one within another
MAX_DRAWINGS = 100
WIDEST = 31680  # twips: 22 inches, Word's own limit
MOST_COLUMNS = 63  # Word's own limit
TOKEN = re.compile(r"Zq([0-9]+)qZ")  # what pandoc.py writes for a tag: no author may
WHOLE = re.compile(r"-?[0-9]{1,6}")
SIZES: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "pgSz": {"w": (500, WIDEST), "h": (500, WIDEST)},
    "pgMar": dict.fromkeys(("top", "right", "bottom", "left"), (-WIDEST, WIDEST)),
    "gridCol": {"w": (0, WIDEST)},
    "gridSpan": {"val": (1, MOST_COLUMNS)},
}
BLANK = {"pgMar": "0", "gridSpan": "1"}  # what an attribute left out means; others must be there


def check_bounds(roots: Mapping[str, etree._Element], file: str) -> list[Problem]:
    """Return what is wrong with the sizes of a template's body, headers and footers."""
    elements = sum(1 for root in roots.values() for _ in root.iter())
    paragraphs = sum(1 for root in roots.values() for _ in root.iter(w("p")))
    if elements > MAX_ELEMENTS or paragraphs > MAX_PARAGRAPHS:
        return [_problem(file, name="", message=f"ce modèle est démesuré : {paragraphs} paragraphes.")]
    drawings = sum(1 for root in roots.values() for _ in root.iter(w("drawing")))
    if drawings > MAX_DRAWINGS:
        return [_problem(file, name="", message=f"ce modèle a {drawings} images et dessins, {MAX_DRAWINGS} au plus.")]
    return [_problem(file, name, message) for name, root in roots.items() for message in _messages(root)]


def _problem(file: str, name: str, message: str) -> Problem:
    place = name.rpartition("/")[2].removesuffix(".xml")
    remedy = "corrigez-le dans Word, puis enregistrez-le au format .docx."
    return Problem("CPOM307", Mark(file, place=place), message, remedy)


def _messages(root: etree._Element) -> Iterator[str]:
    """Yield what is wrong in one part, each thing once."""
    yield from dict.fromkeys(_sizes(root))
    yield from dict.fromkeys(_pages(root))
    if any(sum(1 for _ in table.iterancestors(w("tbl"))) >= MAX_TABLES for table in root.iter(w("tbl"))):
        yield f"plus de {MAX_TABLES} tableaux sont placés les uns dans les autres."
    if any(cell.find(w("p")) is None for cell in root.iter(w("tc"))):
        yield "une cellule n'a pas de paragraphe."
    if any(next(text.iterancestors(w("p")), None) is None for text in root.iter(w("t"))):
        yield "un texte se trouve hors de tout paragraphe."
    for paragraph in root.iter(w("p")):
        text = "".join(text.text or "" for text in paragraph.iter(w("t")))
        if len(text) > MAX_SIGNS:
            yield f"un paragraphe a {len(text)} signes, {MAX_SIGNS} au plus : « {text[:40]}… »."
        if found := TOKEN.search(text):
            yield f"« {found[0][:40]} » a un sens pour cpomgen, et ne peut pas être un texte."


def _sizes(root: etree._Element) -> Iterator[str]:
    for name, attributes in SIZES.items():
        for element in root.iter(w(name)):
            for attribute, (least, most) in attributes.items():
                found = element.get(w(attribute), BLANK.get(name, ""))
                if not WHOLE.fullmatch(found) or not least <= int(found) <= most:
                    yield f"une mesure n'est pas possible ({name}, {attribute} : « {found[:20]} »)."


def _pages(root: etree._Element) -> Iterator[str]:
    """Yield the pages that their margins leave no room on, once their sizes are known to be sizes."""
    for section in root.iter(w("sectPr")):
        size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
        if size is None or margins is None or any(_sizes(section)):
            continue
        for whole, edges in (("w", ("left", "right")), ("h", ("top", "bottom"))):
            room = int(size.get(w(whole), "0")) - sum(abs(int(margins.get(w(edge), "0"))) for edge in edges)
            if room < SIZES["pgSz"]["w"][0]:
                yield "les marges d'une page n'y laissent pas de place."
    for table in root.iter(w("tbl")):
        if len(table.findall(f"{w('tblGrid')}/{w('gridCol')}")) > MOST_COLUMNS:
            yield f"un tableau a plus de {MOST_COLUMNS} colonnes."
