"""What holds of every contract that keeps to its schema: nothing lost, nothing changed, nothing run, the same bytes."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import strategies
import word_text
from hypothesis import given, settings
from hypothesis import strategies as st
from memory import Files, real_word
from pdf_text import as_read, read_paragraphs
from picture import with_logo
from strategies import NAME, VARIANTS, Full, Sown, as_yaml, contracts, every_field, full, settled

from cpomgen.canonical import canonical
from cpomgen.contrat import Choix, Contrat, Renvoi, Texte, alineas, feuilles
from cpomgen.edition import Edition
from cpomgen.fill import fill
from cpomgen.gabarits import read_type
from cpomgen.imprime import Block, Imprime, paragraphs, spans
from cpomgen.imprime import Paragraph as PrintedParagraph
from cpomgen.kind import Type
from cpomgen.load import load
from cpomgen.outcome import Options
from cpomgen.pipeline import documents, print_all
from cpomgen.problem import format_problem
from cpomgen.resolve import resolve
from cpomgen.schema import Field, walk
from cpomgen.schemas import schema_of_type
from cpomgen.scope import scope_of
from cpomgen.tree import WorkTree
from cpomgen.typeset import typeset
from cpomgen.typography import typography
from cpomgen.unprinted import check_unprinted, printed_leaves
from cpomgen.validate import validate

ROOT = Path(__file__).parents[1]
SCHEMA = schema_of_type(WorkTree(ROOT), "cpom_type")
GROUPS = 10  # optional fields removed together, one in ten at a time
VARIATIONS = {
    "another folder": {"folder": "contracts"},
    "another time zone": {"TZ": "Pacific/Kiritimati"},
    # not LC_ALL, under which Python 3.11 does not start in an environment whose path has an accent
    "another locale": {"LANG": "C", "PYTHONUTF8": "0"},
    "another hash seed": {"PYTHONHASHSEED": "4321"},
}


class Typed(NamedTuple):
    """A project whose only contract is a text; the rest of it is on disk."""

    text: str

    def read(self, path: str) -> bytes:
        return self.text.encode() if path.startswith("contracts/") else WorkTree(ROOT).read(path)

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        return (NAME,) if folder == "contracts" else WorkTree(ROOT).names(folder, suffix)


def contract_of(text: str) -> Contrat:
    """Return the contract that a file says."""
    contrat = resolve(validate(load(Typed(text), f"contracts/{NAME}.yaml"), SCHEMA), SCHEMA)
    assert not contrat.problems
    return contrat


def rendered(text: str, cpom: Type) -> dict[str, bytes]:
    """Return the documents of the contract that a file says, by path; no rule of law has a word in it."""
    return dict(documents(contract_of(text), cpom, Options()))


def printed(cpom: Type, contrat: Contrat) -> tuple[dict[str, Any], Imprime]:
    """Return what templates see of a contract, and all of it as printed."""
    scope = scope_of(contrat, cpom.modele, Edition.PROJET, hashlib.sha256(b"").hexdigest())
    return scope, print_all(cpom, scope)


def slices(cpom: Type, scope: dict[str, Any], imprime: Imprime) -> dict[str, Imprime]:
    """Return the documents of a contract, by name."""
    present = {section.name for section in imprime.sections}
    return {
        document.nom: imprime.slice(cpom.modele.title(document, scope), document.sections)
        for document in cpom.modele.documents
        if not present.isdisjoint(document.sections)
    }


def word_of(cpom: Type, scope: dict[str, Any], document: Imprime) -> bytes:
    """Return the Word file of a document."""
    names = tuple(section.nom for section in cpom.modele.sections)
    return fill(cpom.trame, names, document, scope, "{}")


def pdf_of(cpom: Type, document: Imprime) -> bytes:
    """Return the PDF of a document."""
    return typeset(document, cpom.style, timestamp=datetime.combine(datetime(2012, 1, 1, tzinfo=UTC), time(), UTC))


def _as_word(blocks: Iterable[Block]) -> tuple[word_text.Block, ...]:
    """Return printed blocks as a reader of Word sees them."""
    return tuple(
        word_text.Paragraph(block.style, _runs(block))
        if isinstance(block, PrintedParagraph)
        else word_text.Table(
            block.style,
            block.widths,
            tuple(
                word_text.Row(
                    tuple(word_text.Cell(_as_word(cell.blocks), cell.colspan, cell.rowspan) for cell in row.cells),
                    row.header,
                )
                for row in block.rows
            ),
        )
        for block in blocks
    )


def _runs(paragraph: PrintedParagraph) -> tuple[word_text.Run, ...]:
    found: list[word_text.Run] = []
    for span in paragraph.spans:
        text = span.image.said if span.image else span.text
        if found and found[-1].style == span.style:
            found[-1] = word_text.Run(span.style, found[-1].text + text)
        elif text:
            found.append(word_text.Run(span.style, text))
    return tuple(found)


def as_word(document: Imprime) -> list[str]:
    """Return a printed document as a reader of Word sees it, line by line."""
    return word_text.lines(
        word_text.Section(_as_word(each.layout.header), _as_word(each.blocks), _as_word(each.layout.footer))
        for each in document.sections
    )


def read_word(word: bytes) -> list[str]:
    """Return what a reader of Word sees in a file, line by line."""
    return word_text.lines(word_text.read_sections(word))


def said(imprime: Imprime) -> str:
    """Return all the words of a document, a paragraph a line."""
    return "\n".join(each.text for section in imprime.sections for each in paragraphs(section.blocks))


# Nothing is lost


@pytest.mark.parametrize("name", VARIANTS)
def it_prints_every_text_of_a_full_contract(cpom: Type, name: str) -> None:
    choices = every_field(name)
    _, imprime = printed(cpom, contract_of(as_yaml(full(SCHEMA, choices))))
    words = said(imprime)
    found = set(strategies.SENTINEL.findall(words))
    assert [each for each in choices.printed if each not in found] == []
    assert [each for each in choices.hidden if each in found] == []


@pytest.mark.parametrize("name", VARIANTS)
def it_prints_every_leaf_of_a_full_contract(cpom: Type, name: str) -> None:
    contrat = contract_of(as_yaml(full(SCHEMA, every_field(name))))
    _, imprime = printed(cpom, contrat)
    paths = {span.path for span in spans(imprime)}
    assert [leaf for leaf in printed_leaves(contrat.fiche, SCHEMA.root) if leaf not in paths] == []


def it_fills_every_field_of_the_schema_in_one_full_contract_or_another() -> None:
    filled = {path for name in VARIANTS for path in _filled(full(SCHEMA, every_field(name)), SCHEMA.root)}
    own = [path for path, field in walk(SCHEMA.root) if not field.meta.catalogue]  # for there is no catalogue
    assert [path for path in own if path not in filled] == []


def _filled(value: Any, field: Field, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for item in value if isinstance(value, list) and field.item else ():
        yield from _filled(item, field.item or field, path)
    for name, child in value.items() if isinstance(value, dict) and not field.values else ():
        yield from _filled(child, field.fields[name], (*path, name))


@given(contracts())
@settings(max_examples=40)
def it_prints_every_leaf_of_any_contract_as_typed(cpom: Type, sown: Sown) -> None:
    contrat = contract_of(as_yaml(sown.document(SCHEMA)))
    _, imprime = printed(cpom, contrat)
    assert [format_problem(each) for each in check_unprinted(imprime, contrat, SCHEMA)] == []
    texts: dict[str, str] = {}
    for span in spans(imprime):
        texts[span.path] = texts.get(span.path, "") + "\n" + span.text
    wanted = set(printed_leaves(contrat.fiche, SCHEMA.root))
    lost = [
        (leaf.path, line)
        for leaf in feuilles(contrat.fiche)
        if leaf.path in wanted and isinstance(leaf, Texte) and not isinstance(leaf, Choix | Renvoi)
        for line in (alinea.texte for alinea in alineas(leaf))
        if line.casefold() not in texts[leaf.path].casefold()
    ]
    assert lost == []


# Word and PDF read as printed


@pytest.mark.parametrize("name", VARIANTS)
def it_writes_word_files_that_read_as_printed_when_full(cpom: Type, name: str) -> None:
    scope, imprime = printed(cpom, contract_of(as_yaml(full(SCHEMA, every_field(name)))))
    for document in slices(cpom, scope, imprime).values():
        assert read_word(word_of(cpom, scope, document)) == as_word(document)


@given(contracts())
@settings(max_examples=25)
def it_writes_word_files_that_read_as_printed(cpom: Type, sown: Sown) -> None:
    scope, imprime = printed(cpom, contract_of(as_yaml(sown.document(SCHEMA))))
    for each in slices(cpom, scope, imprime).values():
        assert read_word(word_of(cpom, scope, each)) == as_word(each)


@pytest.mark.parametrize("name", VARIANTS)
def it_writes_a_pdf_that_reads_as_printed_when_full(cpom: Type, name: str) -> None:
    scope, imprime = printed(cpom, contract_of(as_yaml(full(SCHEMA, every_field(name)))))
    documents = slices(cpom, scope, imprime)
    for document in documents.values() if name == "hostile" else [documents["contrat"]]:
        assert read_paragraphs(pdf_of(cpom, document)) == as_read(document)


@given(contracts())
@settings(max_examples=10)
def it_writes_a_pdf_that_reads_as_printed(cpom: Type, sown: Sown) -> None:
    scope, imprime = printed(cpom, contract_of(as_yaml(sown.document(SCHEMA))))
    whole = slices(cpom, scope, imprime)["contrat"]
    assert read_paragraphs(pdf_of(cpom, whole)) == as_read(whole)


def it_writes_both_as_printed_with_pictures() -> None:
    tree = Files({"templates/cpom_type/contrat.docx": with_logo(real_word())}, WorkTree(ROOT))
    pictured = read_type(tree, "cpom_type")
    scope, imprime = printed(pictured, contract_of(as_yaml(full(SCHEMA, every_field("complet")))))
    documents = slices(pictured, scope, imprime)
    assert len([span for span in spans(imprime) if span.image]) > 5
    assert any(span.image for each in imprime.sections for p in paragraphs(each.layout.header) for span in p.spans)
    for document in documents.values():
        assert read_word(word_of(pictured, scope, document)) == as_word(document)
    assert read_paragraphs(pdf_of(pictured, documents["contrat"])) == as_read(documents["contrat"])


# No text is run


def it_reads_no_text_as_jinja_typst_or_xml(cpom: Type) -> None:
    choices = every_field("hostile")
    document = full(SCHEMA, choices)
    scope, imprime = printed(cpom, contract_of(as_yaml(document)))
    whole = slices(cpom, scope, imprime)["contrat"]
    word = "\n".join(_texts_of(word_text.read_sections(word_of(cpom, scope, whole))))
    pdf = "\n".join(read_paragraphs(pdf_of(cpom, whole)))
    lines = {line for text in _typed_words(document) for line in text.splitlines()}
    shown = set(choices.printed)
    wanted = [
        typography(line.removeprefix("- ")) for line in lines if (strategies.SENTINEL.findall(line) or [""])[0] in shown
    ]
    assert wanted
    assert [line for line in wanted if line not in word] == []
    assert [line for line in wanted if line not in pdf] == []


def _typed_words(document: Any) -> Iterator[str]:
    for child in document.values() if isinstance(document, dict) else document:
        if isinstance(child, str):
            yield child
        else:
            yield from _typed_words(child)


def _texts_of(sections: Iterable[word_text.Section]) -> Iterator[str]:
    def below(blocks: Iterable[word_text.Block]) -> Iterator[str]:
        for block in blocks:
            if isinstance(block, word_text.Paragraph):
                yield block.text
            else:
                for row in block.rows:
                    for cell in row.cells:
                        yield from below(cell.blocks)

    for section in sections:
        yield from below(section.blocks)


def it_keeps_what_is_internal_out_of_every_file(cpom: Type) -> None:
    choices = every_field("complet")
    contrat = contract_of(as_yaml(full(SCHEMA, choices)))
    scope, imprime = printed(cpom, contrat)
    names = tuple(section.nom for section in cpom.modele.sections)
    parts = word_text.parts_of(fill(cpom.trame, names, imprime, scope, canonical(contrat, SCHEMA)))
    written = b"\n".join(parts.values()).decode(errors="replace")
    assert choices.hidden
    assert [each for each in choices.hidden if each in written] == []


# The same contract, the same bytes


@given(contracts(), st.integers(1, 10**6))
@settings(max_examples=25)
def it_prints_the_same_whatever_the_layout_of_the_file(cpom: Type, sown: Sown, seed: int) -> None:
    document = sown.document(SCHEMA)
    plain, laid = contract_of(as_yaml(document)), contract_of(as_yaml(document, seed))
    assert canonical(laid, SCHEMA) == canonical(plain, SCHEMA)
    assert printed(cpom, laid)[1] == printed(cpom, plain)[1]


def it_writes_the_same_bytes_whatever_the_layout_of_the_file(cpom: Type) -> None:
    document = full(SCHEMA, every_field("complet"))
    plain, laid = (rendered(as_yaml(document, seed), cpom) for seed in (0, 7))
    assert [path for path in plain if plain[path] != laid[path]] == []


def it_writes_the_same_bytes_twice(cpom: Type) -> None:
    text = as_yaml(full(SCHEMA, every_field("complet")))
    first = rendered(text, cpom)
    again = rendered(text, read_type(WorkTree(ROOT), "cpom_type"))
    assert list(first) == list(again)
    assert [path for path in first if first[path] != again[path]] == []


def it_writes_the_same_bytes_wherever_it_runs(cpom: Type, tmp_path: Path) -> None:
    text = as_yaml(full(SCHEMA, every_field("complet")))
    here = rendered(text, cpom)
    started = {name: _started(tmp_path / str(n), text, **how) for n, (name, how) in enumerate(VARIATIONS.items())}
    said = {name: process.communicate()[1].decode(errors="replace") for name, process in started.items()}
    assert {name: words for name, words in said.items() if words} == {}
    for n, name in enumerate(VARIATIONS):
        there = {path: (tmp_path / str(n) / "out" / path).read_bytes() for path in here}
        assert [path for path in here if here[path] != there[path]] == [], name


RENDER = """
import sys
from pathlib import Path
from cpomgen.outcome import Options
from cpomgen.pipeline import documents
from cpomgen.gabarits import read_type
from cpomgen.reading import Reading
from cpomgen.project import find_root
from cpomgen.tree import WorkTree
from cpomgen.write import write

root = find_root(Path())
tree = WorkTree(root)
contrat, _ = Reading(tree).resolved(sys.argv[1])
write(root, dict(documents(contrat, read_type(tree, contrat.type), Options())), overwrite=False)
"""


def _started(project: Path, text: str, folder: str = "", **environment: str) -> subprocess.Popen[bytes]:
    """Return a process of its own that builds a contract in a copy of the project."""
    for each in ("contracts", "schemas", "templates"):
        shutil.copytree(ROOT / each, project / each)
    (project / "contracts" / f"{NAME}.yaml").write_text(text, encoding="utf-8", newline="\n")
    known = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "PYTHON"))}
    where = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", **environment}
    command = [sys.executable, "-c", RENDER, NAME]
    return subprocess.Popen(  # noqa: S603 - ourselves
        command, cwd=project / folder, env=known | where, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


# What may be left out


@pytest.mark.parametrize("group", range(GROUPS))
def it_prints_without_any_optional_field(cpom: Type, group: int) -> None:
    document = full(SCHEMA, every_field("complet"))
    optional = [
        (parent, name) for parent, name, field in _fields(document, SCHEMA.root) if not field.rules.get("required")
    ]
    for parent, name in optional[group::GROUPS]:
        parent.pop(name)
    contrat = contract_of(as_yaml(settled(document)))
    scope, imprime = printed(cpom, contrat)
    assert [format_problem(each) for each in check_unprinted(imprime, contrat, SCHEMA)] == []
    for each in slices(cpom, scope, imprime).values():
        assert read_word(word_of(cpom, scope, each)) == as_word(each)


def it_prints_with_required_fields_alone(cpom: Type) -> None:
    names = {field.name for _, field in walk(SCHEMA.root)}
    document = full(SCHEMA, Full(left_out=names))
    _, imprime = printed(cpom, contract_of(as_yaml(document)))
    assert [section.name for section in imprime.sections] == ["socle"]


def _fields(value: Any, field: Field) -> Iterator[tuple[Any, str, Field]]:
    """Yield each field filled, with the mapping it stands in; the innermost ones first."""
    if isinstance(value, list) and field.item is not None:
        for item in value:
            yield from _fields(item, field.item)
    elif isinstance(value, dict) and field.values is None:
        for name, child in value.items():
            yield from _fields(child, field.fields[name])
            yield value, name, field.fields[name]


# Articles


@given(contracts())
@settings(max_examples=25)
def it_numbers_articles_in_order(cpom: Type, sown: Sown) -> None:
    _, imprime = printed(cpom, contract_of(as_yaml(sown.document(SCHEMA))))
    numbers = [number for number, _ in _articles(imprime)]
    assert numbers == ["1er", *map(str, range(2, len(numbers) + 1))]


def it_prints_in_a_renvoi_the_number_of_the_article_named(cpom: Type) -> None:
    document = full(SCHEMA, every_field("complet"))
    for clause, name in zip(document["clauses_particulieres"], ("sanctions", "suivi", "revision"), strict=False):
        clause.update(id=name, article="autonome", intitule=f"Clause {name}")
    scope, imprime = printed(cpom, contract_of(as_yaml(document)))
    titles = dict(_articles(imprime))
    assert len(titles) == len(list(_articles(imprime)))
    named = set(re.findall(r"l’article\s(1er|\d+)\b(?!-)", said(imprime)))
    assert {titles[number] for number in named} == {
        "Les orientations stratégiques",
        "Le suivi du contrat",
        "La révision du contrat",
        "Les sanctions en cas d’inexécution des engagements",
    }
    assert [scope["numeros"][name] for name in ("suivi", "revision", "sanctions")] == ["3", "4", "5"]


def _articles(imprime: Imprime) -> Iterator[tuple[str, str]]:
    """Yield the number and the title of each article."""
    for section in imprime.sections:
        for paragraph in paragraphs(section.blocks):
            found = re.fullmatch(r"Article\s(\S+)\s–\s(.*)", paragraph.text)
            if found and paragraph.style == "heading 3":
                yield found[1], found[2]
