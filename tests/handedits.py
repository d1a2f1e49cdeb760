"""What a hand may do to a Word file: edits of its XML, as Word writes them, each with the words that must be told."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from random import Random

from lxml import etree

from cpomgen.package import RELATIONSHIPS, W, pack, unpack, w

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDS = ("sauf accord contraire", "Zyx", "à titre gracieux", "1 000 €", "nul & <non> avenu")
TRACK = {w("author"): "Me Durand", w("date"): "2026-03-12T10:00:00Z", w("id"): "77"}
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
DOCUMENT = "word/document.xml"


Edit = Callable[["Hand"], list[str]]


class Hand:
    """A Word file being edited: `told` is what the list of differences must hold."""

    def __init__(self, word: bytes, seed: int) -> None:
        self.parts = dict(unpack(word, "contrat.docx").parts)
        self.random = Random(seed)  # noqa: S311 - for the same edit each time
        self.roots = {
            name: etree.fromstring(self.parts[name])
            for name in sorted(self.parts)
            if name == DOCUMENT or name.startswith(("word/header", "word/footer"))
        }
        self.words = self.random.choice(WORDS)

    @property
    def body(self) -> etree._Element:
        return self.roots[DOCUMENT][0]

    def word(self) -> bytes:
        """Return the file, edited."""
        return pack(self.parts | {name: etree.tostring(root) for name, root in self.roots.items()})

    def pick(self, *names: str, within: str = "") -> etree._Element:
        """Return an element of one of these names, with words, in a part of the file or in any."""
        roots = [self.roots[within]] if within else list(self.roots.values())
        found = [each for root in roots for name in names for each in root.iter(w(name)) if _says(each)]
        return self.random.choice(found)

    def add(self, kind: str, inner: str) -> None:
        """Add a part of notes or of comments to the file."""
        name = f"word/{kind}.xml"
        self.parts[name] = f"<w:{kind} {NAMESPACES}>{inner}</w:{kind}>".encode()
        rels = etree.fromstring(self.parts["word/_rels/document.xml.rels"])
        target = {"Id": f"main-{kind}", "Type": f"{OFFICE}/{kind}", "Target": f"{kind}.xml"}
        etree.SubElement(rels, f"{{{RELATIONSHIPS}}}Relationship", target)
        self.parts["word/_rels/document.xml.rels"] = etree.tostring(rels)


def _says(element: etree._Element) -> bool:
    """Tell whether an element has words that are no number of a page."""
    texts = [each for each in element.iter(w("t")) if (each.text or "").strip()]
    return any(next(each.iterancestors(w("fldSimple")), None) is None and not _in_field(each) for each in texts)


def _in_field(text: etree._Element) -> bool:
    run = text.getparent()
    assert run is not None
    marks = [
        mark.get(w("fldCharType")) for each in run.itersiblings(preceding=True) for mark in each.iter(w("fldChar"))
    ]
    return bool(marks) and marks[0] != "end"


def xml(text: str) -> etree._Element:
    """Return an element of WordprocessingML."""
    return etree.fromstring(f"<root {NAMESPACES}>{text}</root>")[0]


def run(words: str, form: str = "") -> etree._Element:
    """Return a run."""
    found = xml(f"<w:r><w:rPr>{form}</w:rPr><w:t xml:space='preserve'/></w:r>")
    found[1].text = words
    return found


def words_of(element: etree._Element) -> list[str]:
    """Return the words of an element; those of a number of a page are none."""
    return " ".join(text.text or "" for text in element.iter(w("t"))).split()


VALUES = ("", "x", "-1", "9999999999", "continue", "restart", "begin", "end", "separate", "id-header1", "1.5")


def spoil(hand: Hand) -> None:
    """Do to the XML of a file what no word processor does."""
    elements = [each for root in hand.roots.values() for each in root.iter()][1:]
    spoilt, other = hand.random.choice(elements), hand.random.choice(elements)
    match hand.random.randrange(4):
        case 0 if spoilt.getparent() is not None:
            spoilt.getparent().remove(spoilt)  # type: ignore[union-attr]
        case 1:
            spoilt.tag = other.tag
        case 2:
            other.append(deepcopy(spoilt))
        case _:
            name = hand.random.choice(["val", "w", "id", "fldCharType", "type", "instr"])
            spoilt.set(w(name), hand.random.choice(VALUES))


def types(hand: Hand) -> list[str]:
    text = hand.pick("t")
    at = hand.random.randint(0, len(text.text or ""))
    text.text = f"{(text.text or '')[:at]} {hand.words} {(text.text or '')[at:]}"
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return hand.words.split()


def rubs_out(hand: Hand) -> list[str]:
    text = hand.pick("t")
    gone, text.text = (text.text or "").split(), ""
    return gone


def changes_a_digit(hand: Hand) -> list[str]:
    found = [each for root in hand.roots.values() for each in root.iter(w("t")) if "2\u202f000" in (each.text or "")]
    text = hand.random.choice(found)
    text.text = (text.text or "").replace("2\u202f000", "9\u202f000")
    return ["9\u202f000"]


def loosens_a_space(hand: Hand) -> list[str]:
    found = [each for root in hand.roots.values() for each in root.iter(w("t")) if "\u00a0" in (each.text or "")]
    text = hand.random.choice(found)
    text.text = (text.text or "").replace("\u00a0", " ", 1)
    return ["[-⍽-]{+␣+}"]


def adds_a_paragraph(hand: Hand) -> list[str]:
    made = xml("<w:p></w:p>")
    made.append(run(hand.words))
    hand.pick("p").addnext(made)
    return hand.words.split()


def takes_a_paragraph(hand: Hand) -> list[str]:
    gone = hand.random.choice([each for each in hand.body if each.tag == w("p") and _says(each)])
    hand.body.remove(gone)
    return words_of(gone)


def adds_a_row(hand: Hand) -> list[str]:
    row = hand.pick("tr")
    made = deepcopy(row)
    for rank, text in enumerate(made.iter(w("t"))):
        text.text = hand.words if rank == 0 else "autre"
    row.addnext(made)
    return hand.words.split()


def takes_a_row(hand: Hand) -> list[str]:
    row = hand.pick("tr")
    row.getparent().remove(row)  # type: ignore[union-attr]
    return words_of(row)


def adds_with_tracking(hand: Hand) -> list[str]:
    made = etree.Element(w("ins"), TRACK)
    made.append(run(hand.words))
    hand.pick("r").addnext(made)
    return [*hand.words.split(), "Me Durand"]


def takes_with_tracking(hand: Hand) -> list[str]:
    gone = hand.pick("r")
    words = words_of(gone)
    made = etree.Element(w("del"), TRACK)
    gone.addprevious(made)
    made.append(gone)
    for text in gone.iter(w("t")):
        text.tag = w("delText")
    return [*words, "Me Durand"]


def takes_a_row_with_tracking(hand: Hand) -> list[str]:
    row = hand.pick("tr")
    properties = row.find(w("trPr"))
    assert properties is not None
    etree.SubElement(properties, w("del"), TRACK)
    return [*words_of(row), "suppression", "Me Durand"]


def joins_paragraphs_with_tracking(hand: Hand) -> list[str]:
    paragraph = hand.random.choice([each for each in list(hand.body)[:-2] if each.tag == w("p") and _says(each)])
    properties = paragraph.find(w("pPr"))
    assert properties is not None
    etree.SubElement(etree.SubElement(properties, w("rPr")), w("del"), TRACK)
    return ["¶", "Me Durand"]


def comments(hand: Hand) -> list[str]:
    first = hand.pick("r", within=DOCUMENT)
    first.addprevious(xml('<w:commentRangeStart w:id="5"></w:commentRangeStart>'))
    first.addnext(xml('<w:r><w:commentReference w:id="5"/></w:r>'))
    first.addnext(xml('<w:commentRangeEnd w:id="5"></w:commentRangeEnd>'))
    author = 'w:author="Me Durand" w:date="2026-03-12T10:00:00Z"'
    hand.add("comments", f'<w:comment w:id="5" {author}><w:p><w:r><w:t>À revoir.</w:t></w:r></w:p></w:comment>')
    return ["À revoir.", "Me Durand", *words_of(first)]


def adds_a_note(hand: Hand) -> list[str]:
    kind = hand.random.choice(["footnote", "endnote"])
    hand.add(f"{kind}s", f'<w:{kind} w:id="5"><w:p><w:r><w:t>Sous réserve.</w:t></w:r></w:p></w:{kind}>')
    hand.pick("r", within=DOCUMENT).addnext(xml(f'<w:r><w:{kind}Reference w:id="5"/></w:r>'))
    return ["Sous réserve."]


def adds_a_box(hand: Hand) -> list[str]:
    box = "<w:txbxContent><w:p><w:r><w:t>Encadré.</w:t></w:r></w:p></w:txbxContent>"
    hand.pick("r").addnext(
        xml(
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
            f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )
    )
    return ["Encadré."]


def hides(hand: Hand) -> list[str]:
    made = run(hand.words, "<w:vanish/>")
    hand.pick("r").addnext(made)
    return [*hand.words.split(), "texte masqué"]


def strikes_out(hand: Hand) -> list[str]:
    struck = hand.pick("r")
    properties = struck.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        struck.insert(0, properties)
    etree.SubElement(properties, w(hand.random.choice(["strike", "dstrike"])))
    return ["texte barré", *words_of(struck)]


def wraps(hand: Hand) -> list[str]:
    """Type within a control, a link, a smart tag, one in another."""
    names = ["hyperlink", "smartTag", "sdtContent", "customXml", "bdo"]
    made = run(hand.words)
    for name in hand.random.sample(names, 2):
        outer = etree.Element(w(name))
        outer.append(made)
        made = outer
        if name == "sdtContent":
            made = etree.Element(w("sdt"))
            made.append(outer)
    hand.pick("r").addnext(made)
    return hand.words.split()


def computes(hand: Hand) -> list[str]:
    last = hand.pick("r")
    for piece in (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "<w:r><w:instrText> DATE </w:instrText></w:r>",
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "<w:r><w:t>1er avril</w:t></w:r>",
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ):  # fmt: skip
        made = xml(piece)
        last.addnext(made)
        last = made
    return ["1er avril", "texte calculé par Word : « DATE »"]


def draws_a_formula(hand: Hand) -> list[str]:
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    made = etree.fromstring(
        f'<m:oMathPara xmlns:m="{namespace}"><m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath></m:oMathPara>'
    )
    hand.random.choice([each for each in hand.body if each.tag == w("p")]).addprevious(made)
    return ["x=2"]


def parts_a_section(hand: Hand) -> list[str]:
    made = xml("<w:p><w:pPr><w:sectPr/></w:pPr></w:p>")
    made.append(run(hand.words))
    hand.random.choice([each for each in hand.body if each.tag == w("p")]).addprevious(made)
    return hand.words.split()


def writes_across_the_page(hand: Hand) -> list[str]:
    shape = '<v:shape><v:textpath string="CONFIDENTIEL"/></v:shape>'
    hand.pick("r", within="word/header1.xml").addnext(xml(f"<w:r><w:pict>{shape}</w:pict></w:r>"))
    return ["CONFIDENTIEL", "en-tête"]


def embeds(hand: Hand) -> list[str]:
    hand.pick("r").addnext(xml('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'))
    hand.parts["word/embeddings/classeur.xlsx"] = b"PK"
    return ["objet incorporé : « Excel.Sheet.12 »", "word/embeddings/classeur.xlsx"]


def adds_a_picture(hand: Hand) -> list[str]:
    hand.pick("r").addnext(xml('<w:r><w:drawing><a:blip r:embed="image9"/></w:drawing></w:r>'))
    return ["image : « ajoutée ou remplacée : sans description »"]


def links(hand: Hand) -> list[str]:
    rels = etree.fromstring(hand.parts["word/_rels/document.xml.rels"])
    target = {"Id": "l", "Type": f"{OFFICE}/hyperlink", "Target": "https://exemple.fr", "TargetMode": "External"}
    etree.SubElement(rels, f"{{{RELATIONSHIPS}}}Relationship", target)
    hand.parts["word/_rels/document.xml.rels"] = etree.tostring(rels)
    return ["lien vers : « https://exemple.fr »"]


EDITS: tuple[Edit, ...] = (
    types, rubs_out, changes_a_digit, loosens_a_space, adds_a_paragraph, takes_a_paragraph, adds_a_row, takes_a_row,
    adds_with_tracking, takes_with_tracking, takes_a_row_with_tracking, joins_paragraphs_with_tracking, comments,
    adds_a_note, adds_a_box, hides, strikes_out, wraps, computes, draws_a_formula, parts_a_section,
    writes_across_the_page, embeds, adds_a_picture, links,
)  # fmt: skip
