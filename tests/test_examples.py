"""The contracts of contracts/: sound, said to be examples, and between them a lesson in every field of their schema."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from generated import KINDS
from memory import ROOT, real_schema

from cpomgen.contrat import Absent, Contrat, Fiche, Illisible, Liste
from cpomgen.reading import Reading
from cpomgen.schema import Field
from cpomgen.tree import WorkTree

EXAMPLES = WorkTree(ROOT).names("contracts", ".yaml")
EXAMPLE = "CPOM412"
Path = tuple[str, ...]
# Fields that no honest contract can fill: we know of no text that lets one go past its five years.
NEVER: frozenset[Path] = frozenset({("duree", "fondement_prorogation")})
# Types whose region is not that of campagne.yaml, of which a project has one: their examples draw on no catalogue.
ELSEWHERE = frozenset({"cpom_occitanie_2019"})


@cache
def examined(name: str, *, settled: bool = False) -> Contrat:
    """Return an example, with all that is wrong in it."""
    return Reading(WorkTree(ROOT)).examined(name, settled=settled)


def root(kind: str) -> Field:
    """Return the whole of what contracts of a type may say."""
    return real_schema(kind).root


@cache
def of(kind: str) -> tuple[Contrat, ...]:
    """Return the examples of a type."""
    return tuple(found for found in map(examined, EXAMPLES) if found.type == kind)


def leaves(field: Field, path: Path = ()) -> Iterator[tuple[Path, Field]]:
    """Yield every field that holds a value with the names that lead to it, through lists and definitions."""
    if field.item is not None:
        yield from leaves(field.item, path)
    elif field.fields:
        for name, child in field.fields.items():
            yield from leaves(child, (*path, name))
    else:
        yield path, field


def never(kind: str) -> frozenset[Path]:
    """Return the names of the fields that no example of a type can fill."""
    drawn = (path for path, field in leaves(root(kind)) if field.meta.catalogue)
    return NEVER | frozenset(drawn if kind in ELSEWHERE else ())


def filled(value: Any, field: Field, path: Path = ()) -> Iterator[Path]:
    """Yield the same names, of the fields that a contract fills; a table by exercise is filled by any year."""
    if isinstance(value, Absent | Illisible):
        return
    if isinstance(value, Liste) and field.item is not None:
        for child in value:
            yield from filled(child, field.item, path)
    elif isinstance(value, Fiche) and field.fields:
        for name, child in field.fields.items():
            yield from filled(value[name], child, (*path, name))
    elif value or not isinstance(value, Fiche | Liste):
        yield path


@cache
def shown(kind: str) -> frozenset[Path]:
    """Return the names of all fields that some example of a type fills."""
    return frozenset(path for each in of(kind) for path in filled(each.fiche, root(kind)))


@pytest.mark.parametrize("kind", KINDS)
def it_shows_every_field_of_the_schema(kind: str) -> None:
    paths = {path for path, _ in leaves(root(kind))}
    assert len(paths) > 180
    assert sorted(".".join(path) for path in paths - shown(kind) - never(kind)) == []


@pytest.mark.parametrize("kind", KINDS)
def it_leaves_out_only_what_no_contract_can_fill(kind: str) -> None:
    assert {path for path, _ in leaves(root(kind))} >= never(kind)
    assert not never(kind) & shown(kind)


@pytest.mark.parametrize(
    ("kind", "way"), [("cpom_type", ("nature",)), ("cpom_occitanie_2019", ("parties", "typologie"))]
)
def it_shows_each_kind_of_contract(kind: str, way: Path) -> None:
    field = dict(leaves(root(kind)))[way]
    values = (functools.reduce(operator.getitem, way, each.fiche) for each in of(kind))
    assert sorted(map(str, set(values))) == sorted(field.rules["allowed"])


def it_shows_a_contract_of_several_agencies_one_of_which_leads() -> None:
    several = [ars for ars in (each.fiche["parties"]["ars"] for each in of("cpom_type")) if len(ars) > 1]
    assert several
    assert all([bool(each.get("pilote")) for each in ars].count(True) == 1 for ars in several)


def it_shows_a_contract_of_several_promoteurs() -> None:
    assert any(len(each.fiche["parties"]["promoteurs"]) > 1 for each in of("cpom_type"))


def it_shows_exercises_that_the_contract_covers_in_part() -> None:
    effects = [each.fiche["duree"].get("date_effet") for each in of("cpom_type")]
    assert any(day and (day.month, day.day) != (1, 1) for day in effects)


@pytest.mark.parametrize("name", EXAMPLES)
def it_says_that_it_is_an_example(name: str) -> None:
    told = examined(name).fiche["exemple"]
    assert told.startswith("Contrat d’exemple, dépourvu de toute valeur juridique.")
    assert "inventé" in told


@pytest.mark.parametrize("name", EXAMPLES)
def it_is_sound_but_for_what_it_is_let_off(name: str) -> None:
    assert [each for each in examined(name).problems if not each.waiver] == []


@pytest.mark.parametrize("name", EXAMPLES)
def it_lacks_nothing_to_be_signed_but_to_be_real(name: str) -> None:
    found = [each.code for each in examined(name, settled=True).problems if not each.waiver]
    assert found == [EXAMPLE]
