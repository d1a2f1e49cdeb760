"""What a person does by hand in the Word template, by the words of the guide → the file as they leave it.

Each was done once in LibreOffice Writer; what Writer itself adds to a file is the business of tests/test_restyle.py.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lxml import etree

from cpomgen.package import W, pack, unpack, w

GABARIT = "templates/cpom_type/contrat.docx"
DOCUMENT = "word/document.xml"


def _text(element: etree._Element) -> str:
    return "".join(found.text or "" for found in element.iter(w("t")))


def _paragraph(style: str, text: str = "", inside: str = "") -> etree._Element:
    """Return a paragraph of a style, by the id that Word gives it."""
    words = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else inside
    return etree.fromstring(f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{words}</w:p>')


def _edited(folder: Path, edit: Callable[[etree._Element], None], more: dict[str, bytes] | None = None) -> None:
    target = folder / GABARIT
    parts = dict(unpack(target.read_bytes(), GABARIT).parts)
    root = etree.fromstring(parts[DOCUMENT])
    edit(root)
    parts[DOCUMENT] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    for name, content in (more or {}).items():
        parts[name] = content(parts) if callable(content) else content
    target.write_bytes(pack(parts))


def _starting(root: etree._Element, words: str) -> etree._Element:
    """Return the only paragraph whose text holds these words."""
    found = [each for each in root.iter(w("p")) if words in _text(each)]
    assert len(found) == 1, f"{len(found)} × {words!r}"
    return found[0]


def change_sentence(folder: Path) -> None:
    """Change the sentence that opens the contract."""

    def edit(root: etree._Element) -> None:
        paragraph = _starting(root, "Il a été convenu ce qui suit")
        text = next(paragraph.iter(w("t")))
        text.text = (text.text or "").replace("Il a été convenu ce", "Les parties sont convenues de ce")

    _edited(folder, edit)


def add_article(folder: Path) -> None:
    """Add an article, its quotes turned by autocorrection."""

    def edit(root: etree._Element) -> None:
        title = _starting(root, "– La résiliation du contrat")
        number = "{{ «\u00a0donnees\u00a0» | numero(«\u00a0article\u00a0») }}"
        title.addprevious(_paragraph("Titre3", f"Article {number} – La protection des données"))
        text = "Les parties n’échangent, pour le suivi du contrat, aucune donnée de santé à caractère personnel."
        title.addprevious(_paragraph("Corps", text))

    _edited(folder, edit)


def add_column(folder: Path) -> None:
    """Add a column to the table of territories."""

    def edit(root: etree._Element) -> None:
        table = next(_starting(root, "{%tr for t in zone_intervention").iterancestors(w("tbl")))
        filled = [
            _paragraph("Balise", "{%p if t.superficie is number %}"),
            _paragraph("Cellulemontant", "{{ t.superficie | nombre }}"),
            _paragraph("Balise", "{%p else %}"),
            _paragraph("Cellulemontant", "–"),
            _paragraph("Balise", "{%p endif %}"),
        ]
        contents = [
            [_paragraph("Celluleentetemontant", "Superficie (km²)")],
            [_paragraph("Balise")],
            filled,
            [_paragraph("Balise")],
        ]
        for row, content in zip(table.findall(w("tr")), contents, strict=True):
            cell = etree.SubElement(row, w("tc"))
            etree.SubElement(etree.SubElement(cell, w("tcPr")), w("tcW"), {w("w"): "1500", w("type"): "dxa"})
            cell.extend(content)
        grid = table.find(w("tblGrid"))
        assert grid is not None
        etree.SubElement(grid, w("gridCol"), {w("w"): "1500"})

    _edited(folder, edit)


GESTURES: dict[str, Callable[[Path], None]] = {
    "la phrase est changée": change_sentence,
    "un article est ajouté": add_article,
    "une colonne est ajoutée": add_column,
}
