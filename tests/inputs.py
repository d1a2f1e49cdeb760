"""Blocks of the pages of tests/errors → the bytes of files: contracts laid over another, bytes, Word templates."""

from __future__ import annotations

import re

from essai import gabarit
from wordfile import PARAGRAPHS, Xml, identifier, paragraph, parts_of, row, run, table

from cpomgen.package import pack


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
    removes one.
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
    parts = parts_of(gabarit(*blocks))
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
    return paragraph(*(run(each, form="<w:b/>" if n % 2 else "") for n, each in enumerate(pieces) if each), style=style)
