"""Projects for tests, kept in memory: a Tree of texts, and what each stage makes of a few lines of YAML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any

from wordfile import opened

from cpomgen.compile import compile_template
from cpomgen.contrat import Contrat
from cpomgen.fields import read_schema
from cpomgen.fill import fill
from cpomgen.filters import Numbers
from cpomgen.imprime import Imprime
from cpomgen.kept import Kept
from cpomgen.load import load
from cpomgen.outcome import Options
from cpomgen.package import unpack
from cpomgen.patron import Patron
from cpomgen.pipeline import build_contract
from cpomgen.prepare import prepare
from cpomgen.print import print_contract
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.reading import Reading
from cpomgen.resolve import resolve
from cpomgen.schema import Schema
from cpomgen.schemas import schema_of_type
from cpomgen.source import Source
from cpomgen.tree import Tree, WorkTree
from cpomgen.validate import validate
from cpomgen.word import WordTemplate, open_template

ROOT = Path(__file__).parents[1]
CONTRACT = "contracts/essai.yaml"


class Files:
    """A Tree of bytes kept in memory, over another when a path is not among them."""

    def __init__(self, files: Mapping[str, str | bytes], below: Tree | None = None) -> None:
        self.files = {path: each.encode() if isinstance(each, str) else each for path, each in files.items()}
        self.below = below

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raise ProblemError when it is missing."""
        if path in self.files:
            return self.files[path]
        if self.below is not None:
            return self.below.read(path)
        raise ProblemError(Problem("CPOM001", Mark(path), "ce fichier n'existe pas."))

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """Return the sorted stems of the files of `folder` whose names end in `suffix`."""
        found = (Path(path) for path in self.files)
        return tuple(
            sorted(path.stem for path in found if str(path.parent) == (folder or ".") and path.suffix == suffix)
        )


def source(text: str, path: str = CONTRACT) -> Source:
    """Return a file, read from its text."""
    return load(Files({path: dedent(text)}), path)


def schema_of(fields: str, definitions: str = "") -> Schema:
    """Return a schema with these fields."""
    head = "type: essai\nregime: essai\nlibelle: Essai\n"
    head += f"definitions:\n{_indented(definitions)}\n" if definitions else ""
    return read_schema(source(f"{head}champs:\n{_indented(fields)}", "schemas/essai.yaml"))


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in dedent(text).strip("\n").splitlines())


def contract_of(schema: Schema, text: str) -> Contrat:
    """Return a contract, resolved from its text; raise ProblemError when it breaks its schema."""
    contrat = resolve(validate(source(text), schema), schema)
    if contrat.problems:
        raise ProblemError(*contrat.problems)
    return contrat


def is_valid(text: str, schema: Schema) -> bool:
    """Tell whether a contract can be read and keeps to its schema."""
    try:
        return not validate(source(text), schema).problems
    except ProblemError:
        return False


def scope_of(contrat: Contrat, **more: Any) -> dict[str, Any]:
    """Return what templates see of a contract."""
    return {**contrat.fiche, "exercices": contrat.exercices, "numeros": Numbers(), **more}


def compiled(*blocks: str, **made: Any) -> Patron:
    """Return the Patron of a Word file made of these blocks."""
    return compile_template(opened(*blocks, **made))


def printed(scope: Mapping[str, Any], *blocks: str, **made: Any) -> tuple[Imprime, bytes]:
    """Return the Imprime and the Word file that a template of one section gives."""
    return both(opened(*blocks, **made), scope)


def both(template: WordTemplate, scope: Mapping[str, Any], names: Iterable[str] = ("tout",)) -> tuple[Imprime, bytes]:
    """Return the Imprime and the Word file of a template."""
    known = {"numeros": Numbers(), **scope}
    imprime = print_contract(compile_template(template), tuple(names), known).slice("Essai", tuple(names))
    return imprime, fill(prepare(template), tuple(names), imprime, known, "")


def problems_of(call: Any, *arguments: Any, **named: Any) -> list[Problem]:
    """Return the problems that a stage stops for, or goes on with."""
    try:
        found = call(*arguments, **named)
    except ProblemError as stopped:
        return list(stopped.problems)
    problems = getattr(found, "problems", ())
    assert problems, "no problem"
    return list(problems)


def built(tree: Tree, identifiant: str, options: Options, kept: Kept | None = None) -> dict[str, bytes]:
    """Return the documents of a contract; raise ProblemError when it is in error."""
    reading = Reading(tree, kept)
    return dict(build_contract(reading, reading.examined(identifiant), options))


def told(problem: Problem) -> tuple[str, str, str, str]:
    """Return the place, code, message and remedy of a problem."""
    return str(problem.mark), problem.code, problem.message, problem.remedy


# The real contract type, read once


@cache
def real_word(kind: str = "cpom_type") -> bytes:
    """Return the bytes of the Word template of a real type of contract."""
    return WorkTree(ROOT).read(f"templates/{kind}/contrat.docx")


@cache
def real_patron(kind: str = "cpom_type") -> Patron:
    """Return the Word template of a real type of contract, compiled once for all tests."""
    return compile_template(open_template(unpack(real_word(kind), f"templates/{kind}/contrat.docx")))


@cache
def real_schema(kind: str = "cpom_type") -> Schema:
    """Return the schema of a real type of contract."""
    return schema_of_type(WorkTree(ROOT), kind)
