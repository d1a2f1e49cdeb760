# ruff: noqa: INP001 - a script alone in its folder
"""A page of out/arespa → docs/images/page.png, the picture of the README.

With the dev dependencies: `cpomgen build arespa`, then `python docs/images/make.py`.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parents[2]
PICTURE = Path(__file__).with_name("page.png")
DOCUMENT, PAGE = "out/arespa/annexe-1.pdf", 2  # titles, a list, and the beginning of the table of objectives
WIDTH = 1400  # pixels
COLOURS = 64
EDGE = "#A6AEBB"


def main() -> None:
    """Draw the page, in few colours: a small file, the same for the same page."""
    page = pypdfium2.PdfDocument(ROOT / DOCUMENT)[PAGE - 1]
    drawn = page.render(scale=2 * WIDTH / page.get_width()).to_pil().convert("RGB")
    small = drawn.resize((WIDTH, round(drawn.height * WIDTH / drawn.width)), Image.Resampling.LANCZOS)
    framed = ImageOps.expand(small, border=2, fill=EDGE)
    framed.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
