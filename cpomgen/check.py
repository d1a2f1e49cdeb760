"""WordTemplate → problems of its Word side: what would not print the same twice, or not print at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from cpomgen.citation import CITED, CITED_TITLE, REDUCED
from cpomgen.drawing import is_picture
from cpomgen.forms import FORMS, OBJECTS
from cpomgen.glyphs import unprintable
from cpomgen.imprime import PageField
from cpomgen.package import NUMBERING, STYLES, w
from cpomgen.pictures import check_pictures, flow_of
from cpomgen.problem import Mark, Problem
from cpomgen.tags import STRAY, TAG, Tag, read_tag, split
from cpomgen.word import WordTemplate, place

RUN_FORMS = ("rStyle", "lang", "noProof", "webHidden")
PARAGRAPH_FORMS = ("pStyle", "sectPr", "rPr", "numPr")
UNKNOWN = "le style « {} » n'a pas de fonction dans style.typ."
KEY = re.compile(r'\s*"([^"]+)"\s*:')
LOOKS = re.compile(r"#let (paragraphs|characters|tables) = \(")
TABLE_FORMS = ("shd", "tcBorders", "tblBorders", "vAlign")
FIELDS = tuple(field.value for field in PageField)


Known = Mapping[str, set[str]]


def check_word(template: WordTemplate, style: str) -> list[Problem]:
    """Return what is wrong in a Word template, in its order; `style` is the text of style.typ."""
    known = _looks(style)
    numbered = _numbered_styles(template)
    return [
        Problem(code, Mark(template.package.file, place=where), message, remedy)
        for paragraph, where in _paragraphs(template)
        for code, message, remedy in _Paragraph(template, paragraph).problems(known, numbered)
    ]


def check_lent(template: WordTemplate, lender: WordTemplate, style: str) -> list[Problem]:
    """Return a problem for each style that a template must have, and has not, to quote what another prints.

    Those are the styles of the other, and those of quoting, which style.typ must know.
    """
    used = (_Paragraph(lender, paragraph).used() for paragraph, _ in _paragraphs(lender))
    given = {name for each in used for _, name in each if name}
    has = {each.name for each in template.styles.values()}
    reduced = {smaller for name, smaller in REDUCED.items() if not name or name in given}
    own = {"paragraphs": {CITED, CITED_TITLE}, "characters": reduced}
    known, mark = _looks(style), Mark(template.package.file)
    message = "le style « {} » manque ici : un texte du contrat qui l'emploie ne pourrait être cité."
    remedy = f"copiez-le depuis {lender.package.file}, ou créez-le."
    missing = sorted(given.union(*own.values()) - has)
    unknown = sorted(name for kind, names in own.items() for name in names - known.get(kind, set()))
    return [
        *(Problem("CPOM330", mark, message.format(name), remedy) for name in missing),
        *(Problem("CPOM319", mark, UNKNOWN.format(name), "ajoutez-la : les avenants l'emploient.") for name in unknown),
    ]


def _looks(style: str) -> Known:
    """Return the names of styles that each dictionary of style.typ has."""
    known: dict[str, set[str]] = {}
    names: set[str] = set()
    for line in style.split("\n"):
        if found := LOOKS.match(line):
            names = known.setdefault(found[1], set())
        elif line.startswith(")"):
            names = set()
        elif key := KEY.match(line):
            names.add(key[1])
    return known


def _paragraphs(template: WordTemplate) -> Iterator[tuple[etree._Element, str]]:
    """Yield each paragraph with its place, headers and footers once each."""
    seen: set[str] = set()
    for rank, section in enumerate(template.sections, 1):
        runs = [(section.blocks, "")]
        for name, part in ((section.header, "en-tête"), (section.footer, "pied de page")):
            if name and name not in seen:
                seen.add(name)
                runs.append((tuple(template.roots[name]), f"{part}, "))
        for blocks, part in runs:
            found = (paragraph for block in blocks for paragraph in block.iter(w("p")))
            for number, paragraph in enumerate(found, 1):
                yield paragraph, part + place(rank, number, _text(paragraph))


def _text(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(w("t")))


def _numbered_styles(template: WordTemplate) -> set[str]:
    """Return the ids of styles that Word numbers by itself, bullets excepted."""
    package = template.package
    if NUMBERING not in package.parts:
        return set()
    numbering = package.root(NUMBERING)
    abstracts = {
        abstract.get(w("abstractNumId"))
        for abstract in numbering.findall(w("abstractNum"))
        if _val(abstract.find(f"{w('lvl')}/{w('numFmt')}")) == "bullet"
    }
    bullets = {
        number.get(w("numId"))
        for number in numbering.findall(w("num"))
        if _val(number.find(w("abstractNumId"))) in abstracts
    }
    styles = {style.get(w("styleId"), ""): style for style in package.root(STYLES).iter(w("style"))}
    return {name for name in styles if (number := _number_of(name, styles)) and number not in bullets}


def _number_of(name: str, styles: Mapping[str, etree._Element]) -> str:
    """Return the number that a style has, of its own or from those it is based on; "" for none."""
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        number = next(styles[name].iter(w("numId")), None)
        if number is not None:
            return _val(number).strip("0")
        name = _val(styles[name].find(w("basedOn")))
    return ""


def _val(element: etree._Element | None) -> str:
    return element.get(w("val"), "") if element is not None else ""


class _Paragraph:
    """One paragraph of a template, looked at from all sides."""

    def __init__(self, template: WordTemplate, paragraph: etree._Element) -> None:
        self.template = template
        self.paragraph = paragraph
        self.text = _text(paragraph)
        self.flow = flow_of(paragraph)
        self.pieces = tuple(split(self.flow.strip()))

    def problems(self, known: Known, numbered: set[str]) -> Iterator[tuple[str, str, str]]:
        """Yield the code, sentence and remedy of each problem."""
        yield from self.tags()
        yield from self.forms()
        yield from self.numbers(numbered)
        yield from self.objects()
        yield from check_pictures(self.paragraph, self.template)
        yield from self.characters()
        yield from self.styles(known)

    def tags(self) -> Iterator[tuple[str, str, str]]:
        """Yield tags that are broken, unknown, or not alone where they must be."""
        for found in TAG.findall(self.text):
            if found.startswith("{{r "):
                yield (
                    "CPOM312",
                    f"« {found} » insère du texte enrichi ou un sous-document.",
                    "imprimez une valeur : {{ … }}",
                )
            elif read_tag(found) is None:
                yield (
                    "CPOM311",
                    f"la balise « {found} » n'est pas connue.",
                    "balises : for, if, elif, else, endfor, endif, vm.",
                )
        if STRAY.search(TAG.sub(lambda tag: tag[0][2:-2], self.text)):
            yield (
                "CPOM311",
                "une balise est ouverte et n'est pas fermée, ou l'inverse.",
                "une balise s'écrit {{ … }} ou {% … %}.",
            )
        leveled = [piece for piece in self.pieces if isinstance(piece, Tag) and piece.level]
        if leveled and len(self.pieces) > 1:
            yield (
                "CPOM313",
                f"la balise « {leveled[0].shown} » a du texte à côté d'elle.",
                "laissez-la seule.",
            )

    def used(self) -> Iterator[tuple[str, str]]:
        """Yield the styles that the paragraph may print in, each after the dictionary of style.typ for its kind."""
        for run in self.paragraph.iter(w("r")):
            if style := self.template.style_of(run, "rStyle"):
                yield "characters", style
        control = any(isinstance(piece, Tag) and piece.level for piece in self.pieces)
        if self.pieces and not control:
            style = self.template.style_of(self.paragraph, "pStyle")
            yield "paragraphs", style
            is_value = len(self.pieces) == 1 and isinstance(self.pieces[0], Tag)
            if is_value and any(each.name == f"{style} puce" for each in self.template.styles.values()):
                yield "paragraphs", f"{style} puce"
        if (table := self.opened_table()) is not None:
            yield "tables", self.template.style_of(table, "tblStyle")

    def opened_table(self) -> etree._Element | None:
        """Return the table whose first paragraph this is."""
        table = next(self.paragraph.iterancestors(w("tbl")), None)
        return table if table is not None and next(table.iter(w("p"))) is self.paragraph else None

    def forms(self) -> Iterator[tuple[str, str, str]]:
        """Yield formatting that stands outside styles."""
        forms = {
            etree.QName(form).localname
            for run in self.paragraph.iter(w("r"))
            for form in run.findall(f"{w('rPr')}/*")
            if etree.QName(form).localname not in RUN_FORMS
        }
        forms |= {
            etree.QName(form).localname
            for form in self.paragraph.findall(f"{w('pPr')}/*")
            if etree.QName(form).localname not in PARAGRAPH_FORMS
        }
        if (table := self.opened_table()) is not None:
            forms |= {name for name in TABLE_FORMS if next(table.iter(w(name)), None) is not None}
        if forms:
            shown = ", ".join(sorted({FORMS.get(form, form) for form in forms}))
            yield (
                "CPOM314",
                f"mise en forme directe ({shown}) : le PDF ne la verra pas.",
                "effacez-la, employez un style.",
            )

    def numbers(self, numbered: set[str]) -> Iterator[tuple[str, str, str]]:
        """Yield numbers that Word gives by itself: they are no text, so no avenant could name them."""
        style = self.paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        if self.paragraph.find(f"{w('pPr')}/{w('numPr')}") is not None or _val(style) in numbered:
            yield "CPOM315", "numérotation automatique de Word.", 'écrivez le numéro : {{ "nom" | numero("article") }}'

    def objects(self) -> Iterator[tuple[str, str, str]]:
        """Yield things that are not text."""
        around = (*self.paragraph.iter(), *self.paragraph.iterancestors())
        names = {element.tag.rpartition("}")[2] for element in around if isinstance(element.tag, str)}
        if all(is_picture(element) for element in around if element.tag == w("drawing")):
            names.discard("drawing")
        tabs = self.paragraph.find(f"{w('r')}/{w('tab')}") is not None
        for name in sorted(names & set(OBJECTS)):
            if name != "tab" or tabs:
                yield "CPOM316", f"{OBJECTS[name]} ne passe pas du Word au PDF.", "retirez cet élément du modèle."
        for field in self.fields():
            yield (
                "CPOM316",
                f"un champ Word ({field}) ne passe pas du Word au PDF.",
                "écrivez-le, ou imprimez une valeur.",
            )

    def fields(self) -> Iterator[str]:
        """Yield the names of Word's fields that are no number of the page."""
        found = [simple.get(w("instr"), "") for simple in self.paragraph.iter(w("fldSimple"))]
        found += [text.text or "" for text in self.paragraph.iter(w("instrText"))]
        names = (instruction.split()[0] for instruction in found if instruction.strip())
        yield from (name for name in names if name not in FIELDS)

    def characters(self) -> Iterator[tuple[str, str, str]]:
        """Yield characters that no font of the PDF has, and spaces that would not read the same in both outputs."""
        static = TAG.sub("", self.text)
        for sign in unprintable(static):
            yield "CPOM317", f"aucune police du PDF n'a le signe « {sign} » (U+{ord(sign):04X}).", "remplacez-le."
        if "  " in static.strip() and not TAG.search(self.text):
            yield "CPOM318", "deux espaces se suivent.", "n'en gardez qu'une."
        if self.flow != self.flow.strip(" "):
            yield "CPOM318", "une espace commence ou finit le paragraphe.", "supprimez-la."
        in_cell = next(self.paragraph.iterancestors(w("tc")), None) is not None
        if not self.flow and not in_cell and self.paragraph.find(f"{w('pPr')}/{w('sectPr')}") is None:
            yield "CPOM318", "ce paragraphe est vide.", "supprimez-le : l'espacement vient des styles."

    def styles(self, known: Known) -> Iterator[tuple[str, str, str]]:
        """Yield styles that style.typ does not know."""
        missing = {name for kind, name in self.used() if name not in known.get(kind, ())}
        for name in sorted(missing):
            yield (
                "CPOM319",
                UNKNOWN.format(name) if name else "ce tableau n'a pas de style.",
                "prenez un style connu, ou ajoutez-le.",
            )
