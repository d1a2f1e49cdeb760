"""Imprime × style.typ → PDF: accessible (PDF/UA-1), for archives (PDF/A-3a), the same bytes for the same document."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import threading
import weakref
from collections import deque
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from cpomgen.compose import Attachment, compose
from cpomgen.glyphs import WEIGHTS, font
from cpomgen.imprime import images, paragraphs
from cpomgen.problem import Mark, Problem, ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from cpomgen.imprime import Imprime

os.environ.setdefault("RAYON_NUM_THREADS", "1")  # Typst's threads wait for each other longer than they work

STYLE = Mark("style.typ")
STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]


WARM = '#set text(font: "Source Sans Pro"); a #text(weight: 600)[b]'
HEADING = re.compile(r"heading ([1-9])")
OUTSIDE = re.compile(r"\b(?:import|include|read|eval|plugin|std|sys)\b")
COMMENT = re.compile(r"\s*//(?!.*\*/)")  # a line that is one whole: no other can be told without reading as Typst does
PAGES = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count (\d+)")
MAX_STYLE = 200_000  # signs
PATIENCE = 600  # seconds: ten thousand rows take less
MOST = 140  # documents that a compiler sets: it keeps the files of all that it has set


def typeset(
    imprime: Imprime,
    style: bytes,
    *,
    timestamp: datetime,
    attachment: Attachment | None = None,
    mark: Mark = STYLE,
) -> bytes:
    """Return the PDF of a document under a style; raise ProblemError, at `mark`, when it cannot be set."""
    look = read_look(style, mark)
    if problems := tuple(_skipped_levels(imprime, mark)):
        raise ProblemError(*problems)
    sources = {**compose(imprime, attachment), "style.typ": look, "typeset.typ": _mechanics()}
    files_ = {name: text.encode() for name, text in sources.items()}
    return _compile(files_ | images(imprime), timestamp, mark)


@cache
def _mechanics() -> str:
    return (files("cpomgen") / "typeset.typ").read_text(encoding="utf-8")


def pages_of(pdf: bytes) -> int:
    """Return how many pages a PDF of ours has."""
    found = PAGES.search(pdf)
    return int(found[1]) if found else 0


# What Typst would not say, or would say in English


@lru_cache(maxsize=8)  # the documents of a contract, and contracts of a type, have one
def read_look(style: bytes, mark: Mark) -> str:
    """Return the text of a style; raise ProblemError when it is none, or goes for something outside of itself."""
    look = _decoded(style, mark)
    if problems := tuple(_outside(look, mark)):
        raise ProblemError(*problems)
    return look


def _decoded(style: bytes, mark: Mark) -> str:
    if len(style) > MAX_STYLE:
        message = f"ce fichier est trop gros ({len(style)} octets, {MAX_STYLE} au plus)."
        raise ProblemError(Problem("CPOM506", mark, message, "n'y gardez que la mise en page."))
    try:
        return style.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = style.count(b"\n", 0, error.start) + 1
        message = f"ce fichier n'est pas en UTF-8 : octet 0x{style[error.start]:02X}."
        place = mark._replace(line=line, column=1)
        raise ProblemError(Problem("CPOM506", place, message, "enregistrez-le en UTF-8.")) from None


def _skipped_levels(imprime: Imprime, mark: Mark) -> Iterator[Problem]:
    level = 0
    for section in imprime.sections:
        for paragraph in paragraphs(section.blocks):
            match = HEADING.fullmatch(paragraph.style)
            if match and int(match[1]) > level + 1:
                text = f"« {paragraph.text} » est un titre de niveau {match[1]}, "
                after = f"après un titre de niveau {level}" if level else "et le premier du document"
                yield Problem("CPOM501", mark, f"{text}{after}.", "Un document accessible ne saute pas de niveau.")
            level = int(match[1]) if match else level


def _outside(look: str, mark: Mark) -> Iterator[Problem]:
    for number, line in enumerate(look.splitlines(), 1):
        match = OUTSIDE.search(line)
        if match and not COMMENT.match(line):
            place = mark._replace(line=number, column=match.start() + 1)
            message = f"« {match[0]} » n'est pas permis : une mise en page ne va rien chercher."
            yield Problem("CPOM502", place, message, "écrivez dans la feuille elle-même ce dont elle a besoin.")


# Typst


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts, read from the pip package; those alone, or which of two alike is used depends on the disk."""
    with tempfile.TemporaryDirectory(prefix="cpomgen-") as folder:
        for weight in WEIGHTS:
            shutil.copy(font(weight), folder)
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
        typst.Compiler(WARM.encode(), root=folder, font_paths=fonts).compile(format="pdf")  # reads the files
    return fonts


class _Setter:
    """Sets documents one after the other: what is the same as before is neither written, read nor made again.

    Its folder has the files of the documents that it has set, and nothing else can be read.
    """

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="cpomgen-"))
        weakref.finalize(self, shutil.rmtree, self.root, ignore_errors=True)
        self.compiler = typst.Compiler(b"", root=self.root, font_paths=_fonts(), ignore_system_fonts=True)
        self.held: dict[str, bytes] = {}
        self.count = 0

    def take(self, sources: dict[str, bytes]) -> None:
        """Put the files of a document in the folder, but those that are there already, from documents before."""
        self.count += 1
        for name, content in sources.items():
            if self.held.get(name) != content:
                (self.root / name).write_bytes(content)
        self.held |= sources

    def set(self, timestamp: datetime) -> Any:  # noqa: ANN401 - what Typst gives
        """Return the PDF of the document, and what Typst warns of."""
        main = self.root / "main.typ"
        return self.compiler.compile_with_warnings(main, format="pdf", pdf_standards=STANDARDS, timestamp=timestamp)


IDLE: deque[_Setter] = deque()  # one for each thread that sets documents


def _compile(sources: dict[str, bytes], timestamp: datetime, mark: Mark) -> bytes:
    try:
        setter = IDLE.pop()
    except IndexError:
        setter = _Setter()
    setter.take(sources)
    pdf, warnings = _within(lambda: setter.set(timestamp), mark)
    if setter.count < MOST:
        IDLE.append(setter)  # one that has failed is not used again: it may be at it still
    if warnings or not isinstance(pdf, bytes):
        remedy = "comparez style.typ avec sa version précédente."
        raise ProblemError(*(Problem("CPOM505", mark, f"Typst avertit : {each.message}.", remedy) for each in warnings))
    return pdf


def _within(compiled: Callable[[], Any], mark: Mark) -> Any:  # noqa: ANN401 - what Typst gives
    """Return what Typst gives, if it does before we lose patience: nothing stops it, but we need not wait."""
    found: list[Any] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            found.append(compiled())
        except BaseException as error:  # noqa: BLE001 - a panic of Typst is no Exception
            failures.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    if found:
        return found[0]
    if failures and isinstance(failures[0], typst.TypstError):
        raise ProblemError(_refusal(failures[0], mark))
    if failures:
        message = f"Typst s'est arrêté sur une erreur interne ({type(failures[0]).__name__})."
        raise ProblemError(Problem("CPOM504", mark, message, "revenez à la dernière mise en page qui se construit."))
    message = f"la mise en page n'a pas fini en {PATIENCE} secondes."
    raise ProblemError(Problem("CPOM507", mark, message, "cherchez une boucle sans fin dans la mise en page."))


def _refusal(error: typst.TypstError, mark: Mark) -> Problem:
    unknown = re.search(r"style inconnu : (.*?)\\?\"?$", error.message)
    if unknown:
        message = f"le style « {unknown[1]} » n'a pas de fonction dans style.typ."
        return Problem("CPOM503", mark, message, "lancez « cpomgen template check », qui dit où il est employé.")
    if error.message.startswith("failed to decode image"):
        remedy = "enregistrez-la de nouveau dans un logiciel d'image, et insérez-la."
        return Problem("CPOM504", mark, "Typst ne sait pas lire une image du modèle.", remedy)
    hints = " ".join(error.hints) or "comparez style.typ avec sa version précédente."
    return Problem("CPOM504", mark, f"Typst refuse le document : {error.message}.", hints)
