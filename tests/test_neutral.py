"""What no Python knows: types of contract, the names of their fields, the codes of their choices, the words of one.

Whatever a type needs is told in its schema and its manifest: rules and commands find fields by their roles, and what
a value means by its facts (`cpomgen/faits.py`). A name that the program compares or looks up is its own, and said so.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from generated import KINDS
from memory import real_schema
from test_architecture import FILES, MODULES

from cpomgen.rules.regimes import COMMON
from cpomgen.schema import SCALAR_TYPES, all_below, walk

SCHEMAS = [real_schema(kind) for kind in KINDS]
FIELDS = [field for schema in SCHEMAS for field in all_below(schema.root)]
LANGUAGE = {"id", "type", "dict", "list", *SCALAR_TYPES}  # of schemas: what every field, every item is said with
LOOKED_UP = {"get", "pop", "index", "startswith", "endswith", "removeprefix", "removesuffix", "mark"}
# Names that the program gives itself, and that fields of some type happen to have.
OWN: dict[str, str] = {
    "amend": "parties", "compare": "lignes", "held": "lignes", "redline": "parties", "rows": "lignes",  # of a text
    "campagne": "calendrier", "catalogue": "intitule", "glance": "libelle",
    "methode": "pieces",  # other files
    "claim": "identifiant", "repository": "identifiant",  # what documents and tags record
    "fiches": "avenants duree identifiant intitule montants numero pieces",  # how a portfolio is kept
    "term": "date_effet date_fin",  # days, by the roles of their fields
    "rules.suivi": "procedure",  # what a manifest stipulates
    "patron": "numero",  # a filter
}  # fmt: skip
# Codes of choices that are words of the program's own as well.
WORDS: dict[str, str] = {
    "gabarit": "detail remplacement", "enact": "detail remplacement objet",  # manifests, acte.yaml
    "commands.progress": "etat", "minutes": "etat revision", "situation": "etat", "verdict": "objet revision",  # JSON
    "commands.revision": "revision", "pipeline": "revision", "fiches": "duree", "retold": "suivi",
    "consolidate": "objet", "wording": "complet public", "fusion": "autre",  # consolidation.yaml; French words
    "rules.contenu": "1° 2° 3° 4° 5° 6°",  # the contents of D. 6114-11, as the code numbers them
}  # fmt: skip
GENRES = {"m", "f"}
ACTS = {"brief", "consolidate", "enact", "instruct"}  # whose paths are those of acte.yaml and the like
FAMILY = re.compile(r"\b(réseaux?|promoteurs?|titulaires?)\b", re.IGNORECASE)  # what one type calls its parties
SPOKEN = {  # where these words are the field's own: rules of one law, what faits mean
    "faits", "rules.etablissements", "rules.regimes", "disk",  # the network of computers
}  # fmt: skip


def constants(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the texts among these expressions, and in the tuples, lists or sets that some are."""
    for node in nodes:
        held = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]
        yield from (each.value for each in held if isinstance(each, ast.Constant) and isinstance(each.value, str))


def looked_up(tree: ast.Module) -> Iterator[str]:
    """Yield the texts that a module compares or looks something up with; roles are for that."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            yield from constants([node.slice])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOOKED_UP:
            yield from constants(node.args[:1])
        elif isinstance(node, ast.MatchValue):
            yield from constants([node.value])
        elif isinstance(node, ast.Compare) and not any(map(is_role, (node.left, *node.comparators))):
            yield from constants((node.left, *node.comparators))


def is_role(node: ast.AST) -> bool:
    """Tell whether an expression is the role of a field."""
    return ast.unparse(node).rpartition(".")[2] == "role"


def said(tree: ast.AST) -> Iterator[str]:
    """Yield the texts of some code, its docstrings left out."""
    kinds = (ast.Module, ast.FunctionDef, ast.ClassDef)
    told = {id(each.body[0].value) for each in ast.walk(tree) if isinstance(each, kinds) and is_told(each)}  # type: ignore[attr-defined]
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def is_told(node: ast.Module | ast.FunctionDef | ast.ClassDef) -> bool:
    """Tell whether some code opens with what it is."""
    return bool(node.body) and isinstance(node.body[0], ast.Expr)


def found(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return names by the module they are in, once each."""
    known = defaultdict(set)
    for at, name in names:
        known[at].add(name)
    return {at: " ".join(sorted(each)) for at, each in known.items()}


def sorted_words(known: dict[str, str]) -> dict[str, str]:
    """Return lists of words, each in order."""
    return {at: " ".join(sorted(words.split())) for at, words in known.items()}


def it_names_no_type_of_contract() -> None:
    assert len(SCHEMAS) > 1
    types = {schema.type for schema in SCHEMAS}
    texts = ((at, text) for at, tree in MODULES.items() for text in said(tree))
    assert [(at, text) for at, text in texts if any(each in text for each in types)] == []


def it_looks_up_no_field_of_a_contract_by_its_name() -> None:
    names = {field.name for field in FIELDS} - LANGUAGE - {""}
    hits = found((at, text) for at, tree in MODULES.items() for text in looked_up(tree) if text in names - texts_of(at))
    assert hits == sorted_words(OWN), "ask for the role of the field; if the name is the program's own, say so in OWN"


def texts_of(at: str) -> set[str]:
    """Return the names of units of a text, in the modules whose trees they are."""
    return {"texte"} if at in ("amend", "amendment", "cells", "clauses", "compare", "rows", "texts") else set()


def it_writes_no_path_of_a_schema() -> None:
    paths = {".".join(way) for schema in SCHEMAS for way, _ in walk(schema.root) if len(way) > 1}
    names = {f".{field.name}" for field in FIELDS if field.name}  # after a path, in an f-string
    texts = ((at, text) for at, tree in MODULES.items() for text in said(tree))
    hits = [(at, text) for at, text in texts if re.sub(r"\[[^\]]*\]", "", text) in paths | names]
    assert [each for each in hits if each[0] not in ACTS] == []


def it_compares_no_code_of_a_choice() -> None:
    roles = {field.meta.role for field in FIELDS}
    codes = {code for field in FIELDS if field.type == "choix" for code in field.rules.get("allowed", ())}
    codes -= roles | GENRES
    hits = found((at, text) for at, tree in MODULES.items() for text in said(tree) if text in codes)
    assert hits == sorted_words(WORDS), "ask what the value means (faits); if the word is the program's own, in WORDS"


def it_calls_no_party_what_one_type_calls_it() -> None:
    """Messages of what binds all contracts say nothing that is true of one type alone."""
    common = {rule.check.__name__ for rule in COMMON}
    rules = {at for at in MODULES if at.startswith("rules.")} - SPOKEN
    shared = [
        (at, node)
        for at in rules
        for node in MODULES[at].body
        if isinstance(node, ast.FunctionDef) and node.name in common
    ]
    elsewhere = [(at, tree) for at, tree in MODULES.items() if at not in rules | SPOKEN]
    texts = (
        (at, text) for at, code in (*shared, *elsewhere) for text in said(code) if " " in text or text[:1].isupper()
    )
    assert [(at, text) for at, text in texts if FAMILY.search(text)] == []
    assert len(shared) == len(common)


def it_titles_no_common_rule_by_what_one_type_calls_its_parties() -> None:
    assert [rule.code for rule in COMMON if FAMILY.search(rule.title)] == []


def it_tells_the_truth_of_the_files_it_reads() -> None:
    assert {*OWN, *WORDS, *SPOKEN} <= set(FILES)
