"""A PDF → the same with an update after its end, as who signs it writes one; written by hand, byte after byte."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

import pikepdf

SIGNATURE = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 10 20 30]/Contents<00>>>"
WIDGET = b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature)/V %d 0 R/Rect[0 0 0 0]/F 132>>"
INK = b"<</Type/Annot/Subtype/FreeText/Rect[50 50 300 90]/Contents(412 000)/DA(/Helv 12 Tf)>>"


def updated(content: bytes, objects: Mapping[int, bytes]) -> bytes:
    """Return a PDF with these objects after its end, under their numbers: a table of them, a trailer."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        root, size = pdf.Root.objgen[0], len(pdf.objects) + 1
    body, table = b"\n", b""
    for number, text in sorted(objects.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(content) + len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    before = re.findall(rb"startxref\s+(\d+)", content)[-1]
    last = max(size, *(number + 1 for number in objects))
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Prev %s>>" % (last, root, before)
    return content + body + b"xref\n" + table + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % (len(content) + len(body))


def signed(content: bytes, over: bytes = b"", widget: bytes = WIDGET) -> bytes:
    """Return a PDF with a signature added to its end, and an annotation `over` its first page."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        free, root, page = len(pdf.objects) + 1, pdf.Root.objgen[0], pdf.pages[0].obj.objgen[0]
        catalogue, first = (each.unparse(resolved=True).removesuffix(b">>") for each in (pdf.Root, pdf.pages[0].obj))
    return updated(
        content,
        {
            free: SIGNATURE,
            free + 1: widget % free,
            free + 2: over or b"null",
            root: catalogue + b"/AcroForm<</SigFlags 3/Fields[%d 0 R]>>>>" % (free + 1),
            page: first + b"/Annots[%s]>>" % b" ".join(b"%d 0 R" % (free + at) for at in ((1, 2) if over else (1,))),
        },
    )


def repainted(content: bytes) -> bytes:
    """Return a PDF whose update takes the place of what its first page shows."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        shown = pdf.pages[0].Contents.objgen[0]
    return updated(content, {shown: b"<</Length 4>>\nstream\nq Q \nendstream"})
