"""A paragraph of a Word template → what keeps its pictures from printing alike in both outputs, or lacks room."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from cpomgen.drawing import Fault, faults, is_picture, name_of, size_of
from cpomgen.imprime import Layout
from cpomgen.package import DOCUMENT, w
from cpomgen.word import SectionXml, WordTemplate

SIGN = "\ufffc"  # stands for one in a text
TWIP = 635  # EMU
CENTIMETRE = 360_000  # EMU
INSETS = 200  # twips: what cells leave empty on their left and their right in the PDF; Word leaves a little more
ROUNDING = 10_000  # EMU: a third of a millimetre
SHARES = {
    "header": 0.65,
    "footer": 0.5,
}  # of the margin: what header and footer have, their own distance from the text apart
REMEDY = "réduisez-la (Writer : clic droit > Propriétés ; Word : Format de l'image > Taille)"


def check_pictures(paragraph: etree._Element, template: WordTemplate) -> Iterator[Fault]:
    """Yield what is wrong with the pictures of a paragraph."""
    root = paragraph.getroottree().getroot()
    part = next(name for name, known in template.roots.items() if known is root)
    for drawing in filter(is_picture, paragraph.iter(w("drawing"))):
        yield from faults(drawing, template.package, part)
        yield from _cramped(drawing, template, part)


def flow_of(paragraph: etree._Element) -> str:
    """Return the text of a paragraph with a sign for each of its drawings."""
    return "".join(
        SIGN if each.tag == w("drawing") else each.text or "" for each in paragraph.iter(w("t"), w("drawing"))
    )


def _cramped(drawing: etree._Element, template: WordTemplate, part: str) -> Iterator[Fault]:
    """Yield that a picture is too wide or too high for its place, in the section that gives it the least room."""
    width, height = size_of(drawing)
    rooms = [_room(drawing, section, part) for section in template.sections if _is_in(drawing, section, part)]
    wide, tall = (min(sides) for sides in zip(*rooms, strict=True)) if rooms else (width, height)
    if width > wide + ROUNDING:
        message = f"{name_of(drawing)} a {_shown(width)} de large, et sa place {_shown(wide)} : elle en sortirait."
        yield Fault("CPOM328", message, f"{REMEDY}.")
    if height > tall + ROUNDING:
        message = f"{name_of(drawing)} a {_shown(height)} de haut, et sa place {_shown(tall)} : elle en sortirait."
        remedy = f"{REMEDY}." if part == DOCUMENT else f"{REMEDY}, ou agrandissez la marge de la page."
        yield Fault("CPOM328", message, remedy)


def _is_in(drawing: etree._Element, section: SectionXml, part: str) -> bool:
    if part != DOCUMENT:
        return part in (section.header, section.footer)
    return any(ancestor in section.blocks for ancestor in drawing.iterancestors())


def _room(drawing: etree._Element, section: SectionXml, part: str) -> tuple[int, int]:
    """Return the width and the height, in EMU, that a place has."""
    page = section.layout
    wide, tall = page.width - page.left - page.right, _tall(page, section, part)
    cell = next(drawing.iterancestors(w("tc")), None)
    columns = _columns(cell) if cell is not None else (1, 1)
    return round(TWIP * (wide * columns[0] / columns[1] - (INSETS if cell is not None else 0))), round(TWIP * tall)


def _tall(page: Layout, section: SectionXml, part: str) -> float:
    if part == DOCUMENT:
        return page.height - abs(page.top) - abs(page.bottom)
    return abs(page.top) * SHARES["header"] if part == section.header else abs(page.bottom) * SHARES["footer"]


def _columns(cell: etree._Element) -> tuple[int, int]:
    """Return the width of the columns of a cell, and that of its table's grid."""
    table = next(cell.iterancestors(w("tbl")))
    grid = [int(column.get(w("w"), "0")) for column in table.findall(f"{w('tblGrid')}/{w('gridCol')}")]
    before = sum(map(_span, cell.itersiblings(w("tc"), preceding=True)))
    taken = sum(grid[before : before + _span(cell)])
    return (taken, sum(grid)) if taken else (1, 1)


def _span(cell: etree._Element) -> int:
    found = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    return int(found.get(w("val"), "1")) if found is not None else 1


def _shown(size: int) -> str:
    return f"{size / CENTIMETRE:.1f} cm".replace(".", ",")
