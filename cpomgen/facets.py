"""What a schema says of a field, node by node → rules in Cerberus's words, and what people are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from cpomgen.faits import FAITS
from cpomgen.pattern import refusal
from cpomgen.problem import Mark, Problem, ProblemError, nearest
from cpomgen.source import Mapping as MappingNode
from cpomgen.source import Node, Scalar, Sequence, shown

KEY_TYPES = ("exercice", "annee", "entier", "code")
NUMBERS = ("montant", "nombre", "entier", "annee", "exercice")
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
COUNT = re.compile(r"[0-9]{1,9}")


def fault(mark: Mark, message: str, remedy: str = "corrigez le schéma avant les contrats.") -> ProblemError:
    """Return what is wrong in a schema."""
    return ProblemError(Problem("CPOM201", mark, message, remedy))


def unknown(key: Scalar, what: str, known: Iterable[str]) -> ProblemError:
    """Return what is wrong with a key that a schema does not have there."""
    remedy = nearest(shown(key.text), known, "corrigez le schéma avant les contrats.")
    return fault(key.mark, f"{what} : « {shown(key.text)} ».", remedy)


def keys_of(node: Node) -> str:
    """Return the type of the keys of a mapping whose names are values."""
    kind = type_of(node) if isinstance(node, MappingNode) else ""
    if kind not in KEY_TYPES:
        raise fault(node.mark, f"« keysrules » donne le type des clés : {', '.join(KEY_TYPES)}.")
    return kind


def type_of(node: MappingNode) -> str:
    """Return the name of the type that a field is given, "" when it is given none."""
    found = node.get("type")
    return found.text if isinstance(found, Scalar) else ""


def as_text(node: Node) -> str:
    """Return the text of a node, on one line; raise ProblemError when it is none."""
    if not isinstance(node, Scalar):
        raise fault(node.mark, "un texte est attendu ici.")
    return " ".join(node.text.split())


def _as_bool(node: Node) -> bool:
    if as_text(node) not in ("true", "false"):
        raise fault(node.mark, "« true » ou « false » est attendu ici.")
    return as_text(node) == "true"


def _as_number(node: Node) -> Decimal:
    if not NUMBER.fullmatch(as_text(node)):
        raise fault(node.mark, "un nombre est attendu ici.")
    return Decimal(as_text(node))


def _as_pattern(node: Node) -> str:
    if why := refusal(as_text(node)):
        raise fault(node.mark, why)
    return as_text(node)


def _as_count(node: Node) -> int:
    if not COUNT.fullmatch(as_text(node)):
        raise fault(node.mark, "un nombre entier est attendu ici.")
    return int(as_text(node))


def _as_texts(node: Node) -> tuple[str, ...]:
    if not isinstance(node, Sequence):
        return (as_text(node),)
    return tuple(as_text(item) for item in node.items)


def _as_labels(node: Node) -> Mapping[str, str]:
    if not isinstance(node, MappingNode):
        raise fault(node.mark, "des libellés sont attendus ici (code: libellé).")
    return {entry.key.text: as_text(entry.value) for entry in node.entries}


RULES: Mapping[str, Callable[[Node], Any]] = MappingProxyType(
    {
        "required": _as_bool,
        "allowed": _as_texts,
        "regex": _as_pattern,
        "min": _as_number,
        "max": _as_number,
        "minlength": _as_count,
        "maxlength": _as_count,
        "excludes": _as_texts,
        "dependencies": _as_texts,
    }
)
SUITED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "regex": ("code",),
        "min": NUMBERS,
        "max": NUMBERS,
        "allowed": ("choix", "code", "ligne"),
        "minlength": ("list", "ligne", "texte", "code"),
        "maxlength": ("list", "ligne", "texte", "code"),
    }
)
FATES = ("garder", "vider", "decaler", "retirer")


def _as_fate(node: Node) -> str:
    if as_text(node) not in FATES:
        remedy = nearest(shown(as_text(node)), FATES, f"valeurs admises : {', '.join(FATES)}.")
        raise fault(node.mark, f"« {shown(as_text(node))} » n'est pas une reconduction.", remedy)
    return as_text(node)


CAMPAGNE = ("region", "periode", "prs", "calendrier")  # what campagne.yaml says beside the lists of its catalogue
REFERENCES = CAMPAGNE[2:3]  # those of its lists that items of the catalogue cite by id


def _as_list_name(node: Node) -> str:
    name = as_text(node)
    if not name.isidentifier() or name in CAMPAGNE:
        raise fault(node.mark, f"« {shown(name)} » ne peut pas nommer une liste de campagne.yaml.")
    return name


def _as_reference(node: Node) -> str:
    if as_text(node) not in REFERENCES:
        raise fault(node.mark, f"« {shown(as_text(node))} » n'est pas une liste de campagne.yaml que l'on cite.")
    return as_text(node)


def _as_facts(node: Node) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(node, MappingNode):
        raise fault(node.mark, "des faits sont attendus ici (code: fait).")
    found = {entry.key.text: (_as_texts(entry.value), entry.value.mark) for entry in node.entries}
    for facts, mark in found.values():
        if stray := next((fact for fact in facts if fact not in FAITS), None):
            remedy = nearest(shown(stray), FAITS, f"faits connus : {', '.join(FAITS)}.")
            raise fault(mark, f"aucune règle ne connaît ce fait : « {shown(stray)} ».", remedy)
    return {code: facts for code, (facts, _) in found.items()}


META: Mapping[str, Callable[[Node], Any]] = MappingProxyType(
    {
        "reconduction": _as_fate,
        "amorce": _as_texts,
        "imprime": _as_bool,
        "libelles": _as_labels,
        "faits": _as_facts,
        "repond": _as_texts,
        "catalogue": _as_list_name,
        "definit": _as_texts,
        "reference": _as_reference,
    }
)
