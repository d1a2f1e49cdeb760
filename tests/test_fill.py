"""Word files filled: their title, their data, the parts they use and no other, the same bytes each time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from lxml import etree
from memory import printed, problems_of
from wordfile import end, opened, parts_of, properties, read_word, row, table

from cpomgen.compile import compile_template
from cpomgen.expression import Gabarit
from cpomgen.fill import DATA_ITEM, fill
from cpomgen.filters import Numbers
from cpomgen.imprime import Imprime
from cpomgen.prepare import prepare
from cpomgen.print import print_contract
from cpomgen.word import WordTemplate

NAMES = ("socle", "annexe")


def template() -> WordTemplate:
    return opened(
        "socle",
        end(properties(header="header1", footer="footer1")),
        "annexe",
        last=properties(header="header2", landscape=True),
        parts={"header1": "haut 1", "header2": "haut 2", "footer1": "{{ nom }}"},
    )


def filled(*names: str, data: str = "", title: str = "Titre", nom: str = "x", times: int = 1) -> dict[str, bytes]:
    """Return the parts of the document made of the sections so named."""
    scope: dict[str, Any] = {"numeros": Numbers(), "nom": nom}
    word = template()
    imprime = print_contract(compile_template(word), NAMES, scope).slice(title, names)
    trame = prepare(word)
    found = {fill(trame, NAMES, imprime, scope, data) for _ in range(times)}
    assert len(found) == 1
    return parts_of(found.pop())


def it_gives_the_same_bytes_twice() -> None:
    assert filled("socle", "annexe", data="{}", times=2)


@pytest.mark.parametrize("title", ["Contrat – ARESPA", "R&D <x> « é »", ""])
def it_gives_each_document_its_title(title: str) -> None:
    core = etree.fromstring(filled("socle", title=title)["docProps/core.xml"])
    assert [element.text or "" for element in core] == [title]


def it_gives_a_title_to_a_template_that_had_none() -> None:
    bare = b'<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    scope = {"numeros": Numbers()}
    word = opened("a")
    imprime = print_contract(compile_template(word), ("s",), scope).slice("Titre", ("s",))
    trame = prepare(word)
    changed = replace(trame, fixed={**trame.fixed, "docProps/core.xml": bare})
    core = parts_of(fill(changed, ("s",), imprime, scope, ""))["docProps/core.xml"]
    assert etree.fromstring(core).findtext("{http://purl.org/dc/elements/1.1/}title") == "Titre"


@pytest.mark.parametrize("data", ['{"nom":"R&D <x> ]]> é"}', '{"nom":"«\u00a0a\u202fb\u00a0»"}'])
def it_carries_the_data_of_the_contract_as_it_is(data: str) -> None:
    parts = filled("socle", data=data)
    assert etree.fromstring(parts[DATA_ITEM]).text == data
    assert b"/customXml/itemProps1.xml" in parts["[Content_Types].xml"]
    assert b"../customXml/item1.xml" in parts["word/_rels/document.xml.rels"]


def it_carries_no_data_when_there_is_none() -> None:
    assert not [name for name in filled("socle") if name.startswith("customXml")]


@pytest.mark.parametrize(
    ("names", "headers", "unused"),
    [
        (("socle",), {"word/header1.xml", "word/footer1.xml"}, "header2"),
        (("annexe",), {"word/header2.xml", "word/footer1.xml"}, "header1"),
        (("socle", "annexe"), {"word/header1.xml", "word/header2.xml", "word/footer1.xml"}, "header3"),
    ],
)
def it_keeps_the_headers_it_uses_and_leaves_no_trace_of_others(
    names: tuple[str, ...], headers: set[str], unused: str
) -> None:
    parts = filled(*names, nom="R&D")
    assert {name for name in parts if "header" in name or "footer" in name} == headers
    assert unused.encode() not in parts["[Content_Types].xml"] + parts["word/_rels/document.xml.rels"]
    assert b"R&amp;D" in parts["word/footer1.xml"]


def it_ends_with_the_page_of_its_last_section() -> None:
    for names, widths in ((("socle",), ["11906"]), (("annexe",), ["16838"]), (NAMES, ["11906", "16838"])):
        document = etree.fromstring(filled(*names)["word/document.xml"])
        sizes = [element.get(element.attrib.keys()[0]) for element in document.iter("{*}pgSz")]
        assert sizes == widths
        assert document[0][-1].tag.endswith("}sectPr")


def it_refers_only_to_parts_it_has() -> None:
    parts = filled("annexe")
    for relation in etree.fromstring(parts["word/_rels/document.xml.rels"]):
        assert f"word/{relation.get('Target')}" in parts
    for override in etree.fromstring(parts["[Content_Types].xml"]).iter("{*}Override"):
        assert override.get("PartName", "").lstrip("/") in parts


def it_tells_that_tables_do_not_match_the_printed_document() -> None:
    word = opened("a")
    other = print_contract(compile_template(opened(table(row("a"), widths=(1,)))), ("s",), {"numeros": Numbers()})
    imprime: Imprime = other.slice("", ("s",))
    [problem] = problems_of(fill, prepare(word), ("s",), imprime, {}, "")
    assert problem.code == "CPOM306"


def it_fills_a_template_of_one_section() -> None:
    word = opened("a {{ nom }}")
    scope = {"numeros": Numbers(), "nom": "b"}
    imprime = print_contract(compile_template(word), ("s",), scope).slice("", ("s",))
    assert read_word(fill(prepare(word), ("s",), imprime, scope, "")) == ["Corps: a b"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{% for a in longue %}" * 3 + "x" + "{% endfor %}" * 3, "trop de répétitions"),
        ("{% for a in 3 %}{% endfor %}", "demande une liste"),
        ("{{ inconnu }}", "un nom ne désigne aucun champ"),
        ("{{ 'x' | jour }}", "une valeur n'est pas de la sorte attendue"),
    ],
)
def it_tells_what_its_jinja_alone_has_met(text: str, message: str) -> None:
    trame = prepare(opened("un"))
    section = replace(trame.sections[0], blocks=Gabarit().template(text, "essai"))
    imprime, _ = printed({}, "un")
    scope = {"longue": tuple(range(700))}
    [problem] = problems_of(fill, replace(trame, sections=(section,)), ("tout",), imprime, scope, "")
    assert (problem.code, problem.mark.file) == ("CPOM306", trame.file)
    assert message in problem.message
