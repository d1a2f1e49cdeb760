# ruff: noqa: INP001 - a script alone in its folder
"""The example contract → the pictures of the README and of the guide: pages of documents, an error, an editor.

With the dev dependencies, and for the last one yaml-language-server where tests/language_server.py looks for it:

    python docs/images/make.py             # all of them
    python docs/images/make.py page error  # those that are named

The pictures are in docs/guide/images; the texts that they show, kept here, are what the program and the editor say:
tests/test_images.py fails when they no longer say what is drawn.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import typst
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent
PICTURES = ROOT / "docs/guide/images"
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from language_server import LanguageServer  # noqa: E402 - tests are not a package

from cpomgen.outcome import Options  # noqa: E402 - this copy of cpomgen
from cpomgen.pipeline import build_contract  # noqa: E402
from cpomgen.reading import Reading  # noqa: E402
from cpomgen.tree import WorkTree  # noqa: E402

PAGES = {  # the document, the rank of the page from 0 or from its end, and the width of the picture in pixels
    "page": ("annexe-1", 1, 1400),  # titles, a list, and the beginning of the table of objectives
    "cover": ("contrat", 0, 900),
    "amounts": ("annexe-4", 1, 1100),
    "signatures": ("socle", -1, 900),
}
COLOURS = 64
EDGE = "#A6AEBB"
DENSITY = 155  # pixels an inch: as wide as the page
MISTAKES = {"date_fin: 2016-12-31": "date_fin: 2016-13-31", "nature: complet": "nature: complète"}
TYPED = {"date_effet: 2012-01-01\n": "date_effet: 01/01/2012\n", "date_fin: 2016-12-31\n": "date_fin: 2016-12-31\n  \n"}
SHOWN = 4  # lines of the editor
Line = tuple[str, str]


def main(names: list[str]) -> None:
    """Draw the pictures of these names, all of them for none, and keep the texts that they show."""
    for name in names or list(DRAWN):
        text, draw = DRAWN[name]
        shown = text()
        (FOLDER / f"{name}.txt").write_text(as_text(shown), encoding="utf-8", newline="\n")
        (PICTURES / f"{name}.png").write_bytes(draw(shown))


def as_text(lines: list[Line]) -> str:
    """Return lines as they are kept beside their picture: each with its kind."""
    return "".join(f"{kind}: {line}".rstrip() + "\n" for kind, line in lines)


# A page of a document


@cache
def pdf(document: str) -> pypdfium2.PdfDocument:
    """Return a PDF of the example contract, as it is built now."""
    reading = Reading(WorkTree(ROOT))
    files = build_contract(reading, reading.examined("arespa"), Options(names=(document,)))
    return pypdfium2.PdfDocument(dict(files)[f"arespa/{document}.pdf"])


def page_of(name: str) -> pypdfium2.PdfPage:
    """Return the page that a picture shows."""
    document, rank, _ = PAGES[name]
    return pdf(document)[rank % len(pdf(document))]


def page(name: str) -> list[Line]:
    """Return the lines of a page, without the fingerprint at its foot."""
    text = page_of(name).get_textpage().get_text_range()
    return [("page", re.sub(r"v0 \(\w+\)", "v0", line)) for line in text.splitlines()]


def draw_page(name: str) -> bytes:
    """Return the picture of a page, in few colours: a small file, the same for the same page."""
    width = PAGES[name][2]
    drawn = page_of(name).render(scale=2 * width / page_of(name).get_width()).to_pil().convert("RGB")
    small = drawn.resize((width, round(drawn.height * width / drawn.width)), Image.Resampling.LANCZOS)
    return saved(ImageOps.expand(small, border=2, fill=EDGE))


def saved(image: Image.Image) -> bytes:
    """Return an image as a PNG file."""
    kept = BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
    return kept.getvalue()


# A terminal and an editor


def changed(changes: dict[str, str]) -> str:
    """Return the example contract with a few texts of it changed."""
    text = (ROOT / "contracts/arespa.yaml").read_text(encoding="utf-8")
    for old, new in changes.items():
        if text.count(old) != 1:
            raise ValueError(old)
        text = text.replace(old, new)
    return text


def error() -> list[Line]:
    """Return what `cpomgen validate` says of the example contract with two mistakes in it."""
    words = ["validate", "arespa"]
    with tempfile.TemporaryDirectory() as folder:
        for name in ("contracts", "schemas", "templates"):
            shutil.copytree(ROOT / name, Path(folder, name))
        Path(folder, "contracts/arespa.yaml").write_text(changed(MISTAKES), encoding="utf-8")
        done = subprocess.run(  # noqa: S603 - ourselves
            [sys.executable, "-m", "cpomgen", *words],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
    return [("command", " ".join(["cpomgen", *words])), *map(_told, done.stdout.splitlines())]


def _told(line: str) -> Line:
    patterns = {"caret": r" +\| +\^", "excerpt": r" +\d+ \| ", "remedy": r" +→ ", "problem": r"\S+: \w+ CPOM"}
    return next((kind for kind, pattern in patterns.items() if re.match(pattern, line)), "said"), line


def editor() -> list[Line]:
    """Return what an editor shows of a few lines being typed: an error, the help of a field, the fields it proposes."""
    text = changed(TYPED)
    lines = text.splitlines()
    first = lines.index("duree:")
    with LanguageServer() as server:
        [wrong] = server.diagnostics(ROOT / "contracts", text)
        end = next(n for n, line in enumerate(lines) if n > first and "date_fin" in line)
        hover = server.hover(end, lines[end].index("date_fin") + 1)
        choices = server.completion(end + 1, len(lines[end + 1]))
    shown: list[Line] = []
    for n in range(first, first + SHOWN):
        is_wrong = n == wrong["range"]["start"]["line"]
        shown.append(("wrong" if is_wrong else "code", f"{n + 1}  {lines[n]}"))
        shown += [("error", str(wrong["message"]))] if is_wrong else []
        shown += [("hover", _joined(hover))] if n == end else []
    return [*shown, ("choices", " ¶ ".join(map(_choice, choices)))]


def _joined(markdown: str) -> str:
    """Return a text of several paragraphs as one line, its links as their words."""
    plain = re.sub(r"\[(.+?)\]\(.+?\)", r"\1", markdown.removeprefix("#### "))
    return " ¶ ".join(" ".join(part.split()) for part in plain.split("\n\n") if part.strip())


def _choice(item: dict[str, Any]) -> str:
    return " – ".join(filter(None, (str(item["label"]), _joined(str(item.get("documentation") or "")).split(" ¶ ")[0])))


def draw_screen(lines: list[Line]) -> bytes:
    """Return the picture of lines, set by Typst in the fonts that it carries."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    compiler = typst.Compiler(
        FOLDER / "screen.typ", root=FOLDER, font_paths=fonts, sys_inputs={"lines": json.dumps(lines)}
    )
    drawn = compiler.compile(format="png", ppi=DENSITY)
    if not isinstance(drawn, bytes):
        raise TypeError("more than one page")
    return saved(Image.open(BytesIO(drawn)).convert("RGB"))


DRAWN: dict[str, tuple[Callable[[], list[Line]], Callable[[list[Line]], bytes]]] = {
    **{name: (partial(page, name), lambda _, name=name: draw_page(name)) for name in PAGES},
    "error": (error, draw_screen),
    "editor": (editor, draw_screen),
}

if __name__ == "__main__":
    main(sys.argv[1:])
