"""What a person does by hand, mostly in the Word template, by the words of the guide → the files as they leave them.

Each was done once in LibreOffice Writer; what Writer itself adds to a file is the business of tests/test_restyle.py.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from lxml import etree
from picture import PIC, WP, A, png
from signed import signed

from cpomgen.package import R, W, pack, unpack, w

GABARIT = "templates/cpom_type/contrat.docx"
DOCUMENT = "word/document.xml"


def _text(element: etree._Element) -> str:
    return "".join(found.text or "" for found in element.iter(w("t")))


def _paragraph(style: str, text: str = "", inside: str = "") -> etree._Element:
    """Return a paragraph of a style, by the id that Word gives it."""
    words = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else inside
    return etree.fromstring(f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{words}</w:p>')


def _edited(
    folder: Path,
    edit: Callable[[etree._Element], None],
    new: Mapping[str, bytes] | None = None,
    changes: Mapping[str, tuple[str, str]] | None = None,
) -> None:
    """Change the body of the template, add parts to it, replace words of others once each."""
    target = folder / GABARIT
    parts = dict(unpack(target.read_bytes(), GABARIT).parts)
    root = etree.fromstring(parts[DOCUMENT])
    edit(root)
    parts[DOCUMENT] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    for name, (old, text) in (changes or {}).items():
        parts[name] = parts[name].decode().replace(old, text, 1).encode()
    parts |= new or {}
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


def add_logo(folder: Path) -> None:
    """Put a picture at the head of the contract, as Writer does once it is anchored « comme caractère »."""

    def edit(root: etree._Element) -> None:
        first = next(root.iter(w("p")))
        drawing = f"""<w:r><w:drawing xmlns:a="{A}"><wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0">
          <wp:extent cx="1440000" cy="540000"/><wp:effectExtent l="0" t="0" r="0" b="0"/>
          <wp:docPr id="1" name="Logo" descr="Logo de l’agence régionale de santé"/><wp:cNvGraphicFramePr/>
          <a:graphic><a:graphicData uri="{PIC}"><pic:pic xmlns:pic="{PIC}">
            <pic:nvPicPr><pic:cNvPr id="1" name="Logo"/><pic:cNvPicPr/></pic:nvPicPr>
            <pic:blipFill><a:blip r:embed="rIdLogo" xmlns:r="{R}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
            <pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1440000" cy="540000"/></a:xfrm>
              <a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
          </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"""
        first.addprevious(_paragraph("Corps", inside=drawing))

    target = f'<Relationship Id="rIdLogo" Type="{R}/image" Target="media/logo.png"/></Relationships>'
    _edited(
        folder,
        edit,
        {"word/media/logo.png": png(120, 45)},
        {
            "word/_rels/document.xml.rels": ("</Relationships>", target),
            "[Content_Types].xml": ("<Override ", '<Default Extension="png" ContentType="image/png"/><Override '),
        },
    )


def copy_contract(folder: Path) -> None:
    """Copy a contract as one does in a file manager."""
    shutil.copy(folder / "contracts/arespa.yaml", folder / "contracts/reseau-voisin.yaml")


def edit_document(folder: Path) -> None:
    """Change a built document, as saving it in Word does."""
    target = folder / "out/arespa/socle.docx"
    target.write_bytes(target.read_bytes() + b" ")


def send_back(folder: Path) -> None:
    """Give a document back as a lawyer does: an amount typed over, words added under tracking, one put in a comment."""
    parts = dict(unpack((folder / "out/arespa/annexe-4.docx").read_bytes(), "annexe-4.docx").parts)
    root = etree.fromstring(parts[DOCUMENT])
    amount = next(each for each in root.iter(w("t")) if (each.text or "").startswith("398"))
    amount.text = (amount.text or "").replace("398", "418")
    signed = f'xmlns:w="{W}" w:id="1" w:author="Conseil du réseau" w:date="2012-05-21T10:00:00Z"'
    clause = _starting(root, "Pour 2012, la première fraction")
    added = (
        f"<w:ins {signed}><w:r><w:t xml:space='preserve'> Tout retard porte intérêt au taux légal.</w:t></w:r></w:ins>"
    )
    clause[-1].addnext(etree.fromstring(added))
    mark = etree.fromstring(f'<w:r xmlns:w="{W}"><w:commentReference w:id="1"/></w:r>')
    clause.append(mark)
    comment = (
        f"<w:comment {signed}><w:p><w:r><w:t>Le réseau demande une avance dès janvier.</w:t></w:r></w:p></w:comment>"
    )
    parts["word/comments.xml"] = f'<w:comments xmlns:w="{W}">{comment}</w:comments>'.encode()
    target = f'<Relationship Id="rIdNotes" Type="{R}/comments" Target="comments.xml"/></Relationships>'
    relations = "word/_rels/document.xml.rels"
    parts[relations] = parts[relations].decode().replace("</Relationships>", target).encode()
    parts[DOCUMENT] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    (folder / "retour-du-reseau.docx").write_bytes(pack(parts))


def sign(folder: Path) -> None:
    """Give a PDF back signed, as the program of whoever signs it does: after its end."""
    content = (folder / "out/arespa/v0/annexe-4.pdf").read_bytes()
    (folder / "annexe-4-signee.pdf").write_bytes(signed(content))


GESTURES: dict[str, Callable[[Path], None]] = {
    "la phrase est changée": change_sentence,
    "un article est ajouté": add_article,
    "arespa est copié sous le nom reseau-voisin": copy_contract,
    "le socle est modifié à la main": edit_document,
    "l’annexe revient du réseau": send_back,
    "l’annexe revient signée": sign,
    "un logo est ajouté": add_logo,
    "une colonne est ajoutée": add_column,
}
