"""A w:drawing of a Word template → Image: a picture set in line, or what keeps it from printing in both outputs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from cpomgen.imprime import Image
from cpomgen.package import Package, R, w
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.raster import MAX_PIXELS, DamagedError, UnsuitableError, read_raster
from cpomgen.tags import STRAY

DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006"
WP, A, PIC = f"{DRAWINGML}/wordprocessingDrawing", f"{DRAWINGML}/main", f"{DRAWINGML}/picture"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NOTHING = re.compile(r"0%?|")
MAX_TOTAL = 2 * MAX_PIXELS
EXTENT = re.compile(r"[1-9][0-9]{0,7}")  # EMU; Word's own limit is 22 inches, 20 millions
NOT_WORDS = re.compile(
    r"\.(png|jpe?g|gif|bmp|svg|emf|tiff?)$|générée? (automatiquement|par l.IA)|generated", re.IGNORECASE
)
MEANT = ("extLst", "ext", "useLocalDpi")  # in a blip, change nothing of the picture
FILLS = ("solidFill", "gradFill", "pattFill", "blipFill", "grpFill")
EFFECTS = ("effectLst", "effectDag", "scene3d", "sp3d")
INLINE = "Writer : clic droit > Ancre > Comme caractère ; Word : Options de disposition > Aligné sur le texte."
WORDED = "Writer : clic droit > Texte alternatif… > Description ; Word : clic droit > Texte de remplacement."
AGAIN = "enregistrez-la en PNG ou en JPEG (couleurs RVB), supprimez celle-ci et insérez l'autre."
UNTOUCHED = "faites-le avant, dans un logiciel d'image, puis insérez l'image telle quelle."


class Fault(NamedTuple):
    """What is wrong with a picture: code, sentence, remedy."""

    code: str
    message: str
    remedy: str


def is_picture(drawing: etree._Element) -> bool:
    """Tell whether a drawing is a picture, and neither a shape, a chart nor a group."""
    found = list(drawing.iter(_a("graphicData")))
    return len(found) == 1 and found[0].get("uri") == PIC and [each.tag for each in found[0]] == [f"{{{PIC}}}pic"]


def unwrap(root: etree._Element) -> None:
    """Take pictures set in line out of the alternatives that wrap them; what else is wrapped stays so."""
    for wrapper in list(root.iter(f"{{{COMPATIBILITY}}}AlternateContent")):
        choices = [child for choice in wrapper.findall(f"{{{COMPATIBILITY}}}Choice") for child in choice]
        if [each.tag for each in choices] == [w("drawing")] and is_picture(choices[0]) and _inline(choices[0]):
            choices[0].tail = wrapper.tail
            wrapper.getparent().replace(wrapper, choices[0])  # type: ignore[union-attr]


def image_of(drawing: etree._Element, package: Package, part: str, mark: Mark) -> Image:
    """Return the picture that a drawing of a part of the file is; raise ProblemError when it cannot be printed."""
    if found := tuple(faults(drawing, package, part)):
        raise ProblemError(*(Problem(each.code, mark, each.message, each.remedy) for each in found))
    data = package.parts[_target(drawing, package, part)]
    name = f"{hashlib.sha256(data).hexdigest()[:32]}.{read_raster(data).suffix}"
    width, height = size_of(drawing)
    return Image(name, width, height, _words(drawing), data)


def check_total(images: Iterable[Image], mark: Mark) -> None:
    """Raise ProblemError for pictures that are too large together for a PDF to be made of them in a moment."""
    contents = {image.name: image.content for image in images}
    found = sum(raster.width * raster.height for raster in map(read_raster, contents.values()))
    if found > MAX_TOTAL:
        message = (
            f"les images de ce modèle ont ensemble {found / 1e6:.0f} millions de points, {MAX_TOTAL / 1e6:g} au plus."
        )
        raise ProblemError(Problem("CPOM326", mark, message, "réduisez-les dans un logiciel d'image."))


def size_of(drawing: etree._Element) -> tuple[int, int]:
    """Return the width and height that Word gives a picture, in EMU, 360 000 to a centimetre; zeros for none."""
    extent = next(drawing.iter(f"{{{WP}}}extent"), None)
    found = [extent.get(name, "") if extent is not None else "" for name in ("cx", "cy")]
    return (int(found[0]), int(found[1])) if all(map(EXTENT.fullmatch, found)) else (0, 0)


def faults(drawing: etree._Element, package: Package, part: str) -> Iterator[Fault]:
    """Yield what is wrong with a picture of a part of the file."""
    name = name_of(drawing)
    if not _inline(drawing):
        yield Fault("CPOM323", f"{name} flotte sur la page : le PDF ne saurait où la mettre.", INLINE)
    yield from _unworded(_words(drawing))
    if changes := ", ".join(dict.fromkeys(_changes(drawing))):
        yield Fault("CPOM327", f"{name} a été changée dans Word ({changes}) : le PDF ne le montrerait pas.", UNTOUCHED)
    yield from _unfit(drawing, package, part)


def rewrite(drawing: etree._Element) -> None:
    """Leave of a picture what both outputs know of it, under the id that it has in the file before it is filled."""
    width, height = map(str, size_of(drawing))
    inline = etree.Element(f"{{{WP}}}inline", dict.fromkeys(("distT", "distB", "distL", "distR"), "0"), NAMESPACES)
    etree.SubElement(inline, f"{{{WP}}}extent", cx=width, cy=height)
    etree.SubElement(inline, f"{{{WP}}}docPr", id="0", name="Image", descr=_words(drawing))
    frame = etree.SubElement(inline, f"{{{WP}}}cNvGraphicFramePr")
    etree.SubElement(frame, _a("graphicFrameLocks"), noChangeAspect="1")
    holder = etree.SubElement(etree.SubElement(inline, _a("graphic")), _a("graphicData"), uri=PIC)
    holder.append(_pic(_embedded(drawing), width, height))
    drawing[:] = [inline]
    drawing.text = None


# What is wrong


def _unworded(words: str) -> Iterator[Fault]:
    if not words:
        message = "cette image n'a pas de texte de remplacement : qui ne la voit pas ne saurait rien d'elle."
        yield Fault("CPOM324", message, WORDED)
    elif STRAY.search(words):
        yield Fault("CPOM324", f"cette image a une balise dans son texte de remplacement : « {words[:60]} ».", WORDED)
    elif NOT_WORDS.search(words):
        message = f"cette image a un texte de remplacement mis par un logiciel : « {words[:60]} »."
        yield Fault("CPOM324", message, WORDED)


def _changes(drawing: etree._Element) -> Iterator[str]:
    """Yield what was done to a picture after it was set in the text, and that its bytes do not show."""
    yield from _filters(drawing)
    yield from _frames(drawing)
    if _has(drawing, "hlinkClick"):
        yield "lien"


def _filters(drawing: etree._Element) -> Iterator[str]:
    blips = [each for blip in drawing.iter(_a("blip")) for each in blip.iterdescendants()]
    names = [etree.QName(each).localname for each in blips]
    if set(names) - {*MEANT, "svgBlip"} or any(len(each) for name in EFFECTS for each in drawing.iter(_a(name))):
        yield "effet"
    cut = [each for name in ("srcRect", "fillRect") for each in drawing.iter(_a(name))]
    if any(not NOTHING.fullmatch(each.get(side, "")) for each in cut for side in "ltrb"):
        yield "rognage"


def _frames(drawing: etree._Element) -> Iterator[str]:
    for frame in drawing.iter(_a("xfrm")):
        if any(not NOTHING.fullmatch(frame.get(name, "")) for name in ("rot", "flipH", "flipV")):
            yield "rotation"
    shapes = [each.get("prst") for each in drawing.iter(_a("prstGeom"))]
    if _has(drawing, "custGeom") or any(shape != "rect" for shape in shapes):
        yield "forme"
    for line in drawing.iter(_a("ln")):
        if any(etree.QName(each).localname in FILLS for each in line):
            yield "bordure"
    for form in drawing.iter(f"{{{PIC}}}spPr"):
        if any(form.find(_a(name)) is not None for name in FILLS):
            yield "couleur de fond"


def _unfit(drawing: etree._Element, package: Package, part: str) -> Iterator[Fault]:
    """Yield what is wrong with the bytes of a picture."""
    name, target = name_of(drawing), _target(drawing, package, part)
    if target not in package.parts:
        message = f"{name} n'est pas dans le fichier Word : elle est liée à un autre fichier, ou perdue."
        yield Fault("CPOM325", message, "supprimez-la, puis insérez-la sans la lier.")
        return
    try:
        vector = any(etree.QName(each).localname == "svgBlip" for each in drawing.iter())
        read_raster(b"<svg" if vector else package.parts[target])
    except UnsuitableError as error:
        yield Fault("CPOM325", f"{name} ne passe pas dans le PDF : {error}.", AGAIN)
    except DamagedError as error:
        yield Fault(
            "CPOM326",
            f"{name} ne peut pas être imprimée : {error}.",
            "enregistrez-la de nouveau, plus petite s'il le faut, et insérez-la.",
        )
    if size_of(drawing) == (0, 0):
        yield Fault("CPOM326", f"{name} ne peut pas être imprimée : elle n'a pas de taille.", "insérez-la de nouveau.")


# XML


NAMESPACES = {"wp": WP, "a": A, "pic": PIC}


def _pic(relation: str, width: str, height: str) -> etree._Element:
    pic = etree.Element(f"{{{PIC}}}pic", nsmap=NAMESPACES)
    named = etree.SubElement(pic, f"{{{PIC}}}nvPicPr")
    etree.SubElement(named, f"{{{PIC}}}cNvPr", id="0", name="Image")
    etree.SubElement(named, f"{{{PIC}}}cNvPicPr")
    filled = etree.SubElement(pic, f"{{{PIC}}}blipFill")
    etree.SubElement(filled, _a("blip"), {f"{{{R}}}embed": relation}, {"r": R})
    etree.SubElement(etree.SubElement(filled, _a("stretch")), _a("fillRect"))
    shape = etree.SubElement(pic, f"{{{PIC}}}spPr")
    frame = etree.SubElement(shape, _a("xfrm"))
    etree.SubElement(frame, _a("off"), x="0", y="0")
    etree.SubElement(frame, _a("ext"), cx=width, cy=height)
    etree.SubElement(etree.SubElement(shape, _a("prstGeom"), prst="rect"), _a("avLst"))
    return pic


def _a(name: str) -> str:
    return f"{{{A}}}{name}"


def _has(drawing: etree._Element, name: str) -> bool:
    return next(drawing.iter(_a(name)), None) is not None


def _inline(drawing: etree._Element) -> bool:
    return drawing.find(f"{{{WP}}}inline") is not None


def _words(drawing: etree._Element) -> str:
    """Return the text that stands for the picture: its description, or its title for want of one."""
    found = next(drawing.iter(f"{{{WP}}}docPr"), None)
    texts = (found.get("descr", ""), found.get("title", "")) if found is not None else ()
    return next(filter(None, (" ".join(text.split()) for text in texts)), "")


def name_of(drawing: etree._Element) -> str:
    """Return how a picture is told of: by the words that stand for it, when it has some."""
    words = _words(drawing)
    return f"l'image « {words[:40]}{'…' if len(words) > 40 else ''} »" if words else "cette image"  # noqa: PLR2004 - signs


def _target(drawing: etree._Element, package: Package, part: str) -> str:
    """Return the name of the part that holds the bytes of a picture, "" when none does."""
    return package.relationships(part).get(_embedded(drawing), "")


def _embedded(drawing: etree._Element) -> str:
    return next((blip.get(f"{{{R}}}embed", "") for blip in drawing.iter(_a("blip"))), "")
