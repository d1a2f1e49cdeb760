"""What a person does by hand, mostly in the Word template, by the words of the guide → the files as they leave them.

Each was done once in LibreOffice Writer; what Writer itself adds to a file is the business of tests/test_restyle.py.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from histoire import contract
from lxml import etree
from memory import ROOT
from picture import PIC, WP, A, png
from read_acte import applied
from read_contrat import as_lists, text_of
from read_word import imprime_of
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
    where: str = GABARIT,
) -> None:
    """Change the body of a template, add parts to it, replace words of others once each."""
    target = folder / where
    parts = dict(unpack(target.read_bytes(), where).parts)
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


TYPE = ROOT / "docs/guide/ajouter-un-type.md"
OWN = "templates/contrat_fir/contrat.docx"
ACT = "templates/contrat_fir/avenant.docx"
EDGES = ("word/header1.xml", "word/footer1.xml")


def write_templates(folder: Path) -> None:
    """Keep of copies of templates what another type of contract has too, and type what the page of the guide says."""
    page = TYPE.read_text(encoding="utf-8")
    visas = re.findall(r"(?:publique à|point-virgule par)\s+`([^`]+)`", page)
    typed = re.findall(r"^\| ([\w ]+) \| `(.+)` \|$", page, re.MULTILINE)
    replaced = dict(re.findall(r"`([^`]+)`,?\s+par\s+`([^`]+)`", page.partition("Dans tout le fichier, ")[2]))

    def edit(root: etree._Element) -> None:
        _shorten_visa(root, " ".join(visas[0].split()))
        for each in root.iter(w("t")):
            each.text = _with(replaced, each.text or "")

    def edit_contract(root: etree._Element) -> None:
        kept = list(root[0])
        texts = [" ".join(_text(each).split()) for each in kept]
        breaks = [n for n, each in enumerate(kept) if each.find(f"{w('pPr')}/{w('sectPr')}") is not None]

        def at(words: str) -> int:
            return next(n for n, text in enumerate(texts) if words in text)

        first, closing = at("Titre 1 – Objet du contrat"), at("Le présent texte, établi à titre") - 1
        loi = kept[at("Vu la loi n° 2000-321")]
        _retype(loi, _text(loi).removesuffix("\u00a0;") + visas[1])
        for style, text in typed:
            kept[closing].addprevious(_paragraph(style.replace(" ", ""), text.replace(r"\|", "|")))
        cuts = [
            (at("Nature : {{ nature }}"), at("Nature : {{ nature }}")),
            (at("Structure : {{") - 1, at("Structure : {{") + 1),
            (at("Vu le code de la sécurité sociale") - 1, at("Vu le code de la sécurité sociale") + 1),
            (at("Vu le décret n° 2010-1170"), at("Vu le décret n° 2021-295") + 1),
            (first, closing - 1),
            (breaks[0] + 1, breaks[-1]),
        ]
        for each in (each for start, end in cuts for each in kept[start : end + 1]):
            root[0].remove(each)
        edit(root)

    for where, change in ((OWN, edit_contract), (ACT, edit)):
        _edited(folder, change, where=where, changes={name: edge for name in EDGES for edge in replaced.items()})


def _with(replaced: Mapping[str, str], text: str) -> str:
    for old, new in replaced.items():
        text = text.replace(old, new)
    return text


def _shorten_visa(root: etree._Element, text: str) -> None:
    _retype(next(each for each in root.iter(w("p")) if _text(each).startswith("Vu le code de la santé publique")), text)


def _retype(paragraph: etree._Element, text: str) -> None:
    """Type other words in the place of those of a paragraph."""
    first, *others = paragraph.findall(w("r"))
    for each in others:
        paragraph.remove(each)
    next(first.iter(w("t"))).text = text


def read_act(folder: Path) -> None:
    """Read the act alone, as who receives it does: the text signed first becomes that of the avenant."""
    name = "depistage-itinerant"
    act = imprime_of((folder / "out" / name / "avenant-1/avenant.docx").read_bytes())
    old, new = (imprime_of(contract(folder, name, number)) for number in (0, 1))
    assert as_lists(text_of(old)) != as_lists(text_of(new))
    assert as_lists(applied(text_of(old), act)) == as_lists(text_of(new))


GESTURES: dict[str, Callable[[Path], None]] = {
    "la phrase est changée": change_sentence,
    "un article est ajouté": add_article,
    "arespa est copié sous le nom reseau-voisin": copy_contract,
    "le socle est modifié à la main": edit_document,
    "l’annexe revient du réseau": send_back,
    "l’annexe revient signée": sign,
    "un logo est ajouté": add_logo,
    "une colonne est ajoutée": add_column,
    "les modèles sont écrits": write_templates,
    "l’acte est relu": read_act,
}
