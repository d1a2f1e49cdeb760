"""WordTemplate → Trame: the Word XML made ready once, its Jinja compiled, so that a contract costs a render and a zip.

docxtpl turns its tags (`{%p`, `{%tr`, `{%tc`) into plain Jinja around the XML they stand for; before that, merged
cells, long texts and grids, which docxtpl repairs on each document, are written so that no repair is needed.
"""

from __future__ import annotations

import copy
import re
from functools import partial

from docxtpl import DocxTemplate
from jinja2 import Template
from lxml import etree

from cpomgen.drawing import is_picture, rewrite
from cpomgen.expression import QUOTED, Gabarit
from cpomgen.filters import RefusedError
from cpomgen.package import DOCUMENT, R, W, w
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.quoted import quoted
from cpomgen.tags import TAG, Tag, split
from cpomgen.trame import SectionTrame, Trame
from cpomgen.unfold import unfold
from cpomgen.word import SectionXml, WordTemplate

VM = re.compile(r"\{%\s*vm\s*%\}")


def prepare(template: WordTemplate) -> Trame:
    """Return the prepared template; raise ProblemError when its tags make no Jinja."""
    preparation = _Preparation(template)
    document = template.roots[DOCUMENT]
    return Trame(
        template.package.file,
        _head(document),
        tuple(preparation.section(section) for section in template.sections),
        {name: preparation.part(name) for name in template.roots if name != DOCUMENT},
        {name: data for name, data in template.package.parts.items() if name not in template.roots},
        preparation.ids,
    )


class _Preparation:
    """One template being prepared."""

    def __init__(self, template: WordTemplate) -> None:
        self.template = template
        self.file = template.package.file
        ids = {(style.kind, style.name): key for key, style in template.styles.items()}
        self.gabarit = Gabarit(quoted=partial(quoted, ids=ids))
        self.width = 0  # between the margins of the section being prepared
        self.ids = {style.name: key for key, style in template.styles.items() if style.kind == "paragraph"}

    def section(self, section: SectionXml) -> SectionTrame:
        """Return a section, its sectPr taken out of its last paragraph and marked there."""
        self.width = section.layout.between
        wrapper = etree.Element(w("body"), nsmap=self.template.roots[DOCUMENT].nsmap)  # type: ignore[arg-type]
        for block in section.blocks:
            wrapper.append(copy.deepcopy(block))
        for properties in list(wrapper.iter(w("sectPr"))):
            properties.clear()  # reads as BREAK
        properties = _complete(section, self.template)
        return SectionTrame(self.jinja(wrapper), _inner_xml(properties), tuple(section.parts.values()))

    def part(self, name: str) -> Template:
        """Return a header or footer, as a template of the whole part."""
        return self.jinja(copy.deepcopy(self.template.roots[name]), whole=True)

    def jinja(self, root: etree._Element, *, whole: bool = False) -> Template:
        """Return the Jinja template of an element, of its content alone unless `whole`."""
        for cell in list(root.iter(w("tc"))):
            self.merge(cell)
        for paragraph in list(root.iter(w("p"))):
            self.clone(paragraph)
        unfold(root)
        for drawing in filter(is_picture, list(root.iter(w("drawing")))):
            rewrite(drawing)
        for table in root.iter(w("tbl")):
            _open_grid(table)
        text = etree.tostring(root, encoding="unicode")
        if not whole:
            text = text[text.index(">") + 1 : text.rindex("</")] if len(root) or root.text else ""
        try:
            patched = DocxTemplate(None).patch_xml(text)  # which leaves & escaped in tags
            return self.gabarit.template(TAG.sub(lambda tag: tag[0].replace("&amp;", "&"), patched), self.file)
        except RefusedError as error:
            message = f"les balises de ce gabarit ne se répondent pas ({error})."
            raise ProblemError(
                Problem("CPOM303", Mark(self.file), message, "lancez « cpomgen template check ».")
            ) from None

    def merge(self, cell: etree._Element) -> None:
        """Merge a cell that holds `{% vm %}` over the rows of its loop; only the first turn keeps its content."""
        marked = [text for text in cell.iter(w("t")) if VM.search(text.text or "")]
        if not marked:
            return
        for text in marked:
            text.text = VM.sub("", text.text or "")
        properties = cell.find(w("tcPr"))
        if properties is None:
            properties = etree.Element(w("tcPr"))
            cell.insert(0, properties)
        merge = etree.Element(w("vMerge"), {w("val"): "{{ 'restart' if loop.first else 'continue' }}"})
        before = [
            child for child in properties if etree.QName(child).localname in ("cnfStyle", "tcW", "gridSpan", "hMerge")
        ]
        properties.insert(len(before), merge)
        first = next(cell.iter(w("p")))
        empty = etree.Element(w("p"))
        style = first.find(w("pPr"))
        if style is not None:
            empty.append(copy.deepcopy(style))
        properties.tail = "{% if loop.first %}"
        cell[-1].tail = "{% else %}"
        empty.tail = "{% endif %}"
        cell.append(empty)

    def clone(self, paragraph: etree._Element) -> None:
        """Print a paragraph that holds one value alone once for each alinea of it, a citation in its place."""
        text = "".join(t.text or "" for t in paragraph.iter(w("t")))
        pieces = list(split(text.strip()))
        tag = pieces[0] if len(pieces) == 1 else None
        beside = next(paragraph.iter(w("fldChar"), w("drawing")), None)
        if not isinstance(tag, Tag) or tag.keyword or beside is not None:
            return
        if tag.level:
            _before(paragraph, f"{{{{ ({tag.text})|{QUOTED}({self.width}) }}}}" + (paragraph.tail or ""))
            paragraph.getparent().remove(paragraph)  # type: ignore[union-attr]
            return
        holder = next(t for t in paragraph.iter(w("t")) if t.text)
        holder.text = "{{ alinea.texte }}"
        name = self.template.style_of(paragraph, "pStyle")
        listed = self.ids.get(f"{name} puce", "")
        if listed:
            style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
            if style is not None:
                style.set(w("val"), f"{{{{ '{listed}' if alinea.puce else '{style.get(w('val'))}' }}}}")
        _before(paragraph, f"{{% for alinea in ({tag.text})|alineas %}}")
        paragraph.tail = "{% endfor %}" + (paragraph.tail or "")


def _before(element: etree._Element, text: str) -> None:
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def _open_grid(table: etree._Element) -> None:
    """Empty the grid of a table, for its Imprime to fill; let cells follow the grid."""
    grid = table.find(w("tblGrid"))
    if grid is not None:
        for column in list(grid):
            grid.remove(column)
        grid.text = None
    if any(
        isinstance(piece, Tag) and piece.level == "tc"
        for text in table.iter(w("t"))
        for piece in split(text.text or "")
    ):
        for width in list(table.iter(w("tcW"))):
            width.getparent().remove(width)  # type: ignore[union-attr]


def _complete(section: SectionXml, template: WordTemplate) -> etree._Element:
    """Return the sectPr with its header and footer named, those it took over from the section before included."""
    properties = copy.deepcopy(section.properties)
    ids = {target: key for key, target in template.package.relationships(DOCUMENT).items()}
    for old in [*properties.findall(w("headerReference")), *properties.findall(w("footerReference"))]:
        properties.remove(old)
    for rank, (kind, name) in enumerate(sorted(section.parts.items(), reverse=True)):
        reference = etree.Element(w(f"{kind}Reference"), {w("type"): "default"}, nsmap={"w": W, "r": R})
        reference.set(f"{{{R}}}id", ids[name])
        properties.insert(rank, reference)
    return properties


def _inner_xml(element: etree._Element) -> str:
    """Return the XML of an element without the namespaces that the document declares already."""
    return re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(element, encoding="unicode", with_tail=False))


def _head(document: etree._Element) -> str:
    """Return the document's opening tag, with its namespaces."""
    text = etree.tostring(document, encoding="unicode")
    return text[: text.index(">") + 1]
