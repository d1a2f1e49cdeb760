"""Blocks of the pages of tests/errors → the bytes of files: contracts laid over another, bytes, Word templates."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from essai import gabarit
from openpyxl import Workbook
from picture import CM, STRETCH, drawing, png
from wordfile import PARAGRAPHS, Xml, identifier, paragraph, parts_of, row, run, table

from cpomgen.package import pack

PICTURE = re.compile(r"\[\[(\S+) ; (.*?)(?: ; (.+?))?\]\]")
SPOILT = {
    "flottante": {"holder": "anchor"},
    "rognée": {"fill": f'<a:srcRect l="20000"/>{STRETCH}'},
    "tournée": {"frame": ' rot="5400000"'},
}


def laid_over(base: str, changes: str) -> str:
    """Return a contract with its top-level rubriques replaced by those of `changes`, annexes one by one."""
    known, new = _rubriques(base), _rubriques(changes)
    if "annexes" in known and "annexes" in new:
        new["annexes"] = "".join((_rubriques(known["annexes"], "  ") | _rubriques(new["annexes"], "  ")).values())
    return "".join((known | new).values())


def _rubriques(text: str, indent: str = "") -> dict[str, str]:
    pieces = re.split(rf"^{indent}(?=[^\s#\-\]}}])", text, flags=re.MULTILINE)
    return {piece.partition(":")[0]: piece if n == 0 else indent + piece for n, piece in enumerate(pieces)}


def octets(text: str) -> bytes:
    """Return bytes written with escapes; a line `… 9 fois` stands for that many of the line before it."""
    lines: list[str] = []
    for line in text.splitlines(keepends=True):
        times = re.fullmatch(r"… (\d+) fois\n", line)
        lines += [lines[-1]] * (int(times[1]) - 1) if times else [line]
    signs = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"\\": b"\\"}
    return re.sub(
        rb"\\(?:x([0-9A-Fa-f]{2})|([nrt\\]))",
        lambda m: bytes.fromhex(m[1].decode()) if m[1] else signs[m[2]],
        "".join(lines).encode(),
    )


def docx(text: str) -> bytes:
    """Return the template `essai`, the paragraphs of its first section being these.

    One line each: `Corps: texte` under a style, `**gras**` in direct bold inside; `| a | b |` is a row of a table; a
    line that begins with `<w:` is Word's XML; `+ word/vbaProject.bin: texte` adds a part to the file, `- word/x.xml`
    removes one. `[[logo.png ; texte]]` is a picture beside text, `[[logo.png ; texte ; rognée]]` one that is spoilt
    (SPOILT, `tronquée`), `[[logo.png ; texte ; 30 × 2 cm]]` one of that size.
    """
    lines = text.splitlines()
    blocks: list[str] = []
    rows: list[Xml] = []
    for line in (*lines, ""):
        if line.startswith("|"):
            rows.append(row(*(each.strip() for each in line.strip("|").split("|"))))
            continue
        if rows:
            blocks.append(table(*rows, widths=[1000] * rows[0].count("<w:tc>")))
            rows = []
        if line and line[0] not in "+-":
            blocks.append(Xml(line) if line.startswith("<w:") else _paragraph(line))
    parts = parts_of(gabarit(*blocks, media=dict(_media(text))))
    styles = {line.partition(": ")[0] for line in lines if line[0] not in "+-|<"} - set(PARAGRAPHS)
    added = (f'<w:style w:type="paragraph" w:styleId="{identifier(s)}"><w:name w:val="{s}"/></w:style>' for s in styles)
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(
        b"</w:styles>", ("".join(added) + "</w:styles>").encode()
    )
    for line in lines:
        name, _, content = line[2:].partition(": ")
        if line.startswith("+ "):
            parts[name] = content.encode()
        elif line.startswith("- "):
            del parts[name]
    return pack(parts)


def _paragraph(line: str) -> Xml:
    style, _, text = line.partition(": ")
    pieces = re.split(r"\*\*(.+?)\*\*", text)
    if found := PICTURE.search(text):
        return paragraph(*filter(None, (text[: found.start()], _picture(found), text[found.end() :])), style=style)
    return paragraph(*(run(each, form="<w:b/>" if n % 2 else "") for n, each in enumerate(pieces) if each), style=style)


def _picture(found: re.Match[str]) -> Xml:
    size = re.fullmatch(r"(\d+) × (\d+) cm", found[3] or "")
    wide, high = (CM * int(size[1]), CM * int(size[2])) if size else (2 * CM, CM)
    return drawing(found[1], found[2], (wide, high), **SPOILT.get(found[3], {}))


def _media(text: str) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures that a template shows: those in .png are one, cut when the page says so."""
    for found in PICTURE.finditer(text):
        whole = png() if found[1].endswith(".png") else b"GIF89a"
        yield found[1], whole[:-20] if found[3] == "tronquée" else whole


def xlsx(text: str) -> bytes:
    """Return a workbook: `# Nom` begins a sheet, each other line is a row, its cells parted by semicolons."""
    book = Workbook()
    sheet = book.active
    for line in text.splitlines():
        if line.startswith("# "):
            sheet = book.create_sheet(line[2:])
        else:
            sheet.append([cell.strip() for cell in line.split(";")])
    book.remove(book.worksheets[0])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
