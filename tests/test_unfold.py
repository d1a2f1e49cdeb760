"""Simple fields written as their runs."""

from __future__ import annotations

from wordfile import PAGES, Xml, paragraph, run

from cpomgen.package import W, parse, w
from cpomgen.unfold import unfold


def it_writes_a_simple_field_as_its_runs_and_nothing_else() -> None:
    text = paragraph(run("page "), Xml(PAGES), run(" fin"))
    root = parse(f'<w:body xmlns:w="{W}">{text}</w:body>'.encode())
    unfold(root)
    assert root.find(f".//{w('fldSimple')}") is None
    marks = [each.get(w("fldCharType")) for each in root.iter(w("fldChar"))]
    assert marks == ["begin", "separate", "end"]
    assert [each.text for each in root.iter(w("instrText"))] == [" NUMPAGES "]
    assert "".join(each.text or "" for each in root.iter(w("t"))) == "page 9 fin"
