"""The contracts of contracts/: sound, said to be examples, and between them a lesson in every field of the schema."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from memory import ROOT, real_schema

from cpomgen.contrat import Absent, Contrat, Fiche, Illisible, Liste
from cpomgen.reading import Reading
from cpomgen.schema import Field
from cpomgen.tree import WorkTree

EXAMPLES = WorkTree(ROOT).names("contracts", ".yaml")
EXAMPLE = "CPOM412"
Path = tuple[str, ...]
# Fields that no honest contract can fill: we know of no text that lets a service de santé go past its five years.
NEVER: frozenset[Path] = frozenset({("duree", "fondement_prorogation")})


@cache
def examined(name: str, *, settled: bool = False) -> Contrat:
    """Return an example, with all that is wrong in it."""
    return Reading(WorkTree(ROOT)).examined(name, settled=settled)


def leaves(field: Field, path: Path = ()) -> Iterator[Path]:
    """Yield the names that lead to every field that holds a value, through lists and definitions."""
    if field.item is not None:
        yield from leaves(field.item, path)
    elif field.fields:
        for name, child in field.fields.items():
            yield from leaves(child, (*path, name))
    else:
        yield path


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
def shown() -> frozenset[Path]:
    """Return the names of all fields that some example fills."""
    return frozenset(path for name in EXAMPLES for path in filled(examined(name).fiche, real_schema().root))


def it_shows_every_field_of_the_schema() -> None:
    paths = set(leaves(real_schema().root))
    assert len(paths) > 200
    assert sorted(".".join(path) for path in paths - shown() - NEVER) == []


def it_leaves_out_only_what_no_contract_can_fill() -> None:
    assert set(leaves(real_schema().root)) >= NEVER
    assert not NEVER & shown()


def it_shows_both_natures_of_a_contract() -> None:
    assert {str(examined(name).fiche["nature"]) for name in EXAMPLES} == {"complet", "transitoire"}


def it_shows_a_contract_of_several_agencies_one_of_which_leads() -> None:
    several = [ars for ars in (examined(name).fiche["parties"]["ars"] for name in EXAMPLES) if len(ars) > 1]
    assert several
    assert all([bool(each.get("pilote")) for each in ars].count(True) == 1 for ars in several)


def it_shows_a_contract_of_several_promoteurs() -> None:
    assert any(len(examined(name).fiche["parties"]["promoteurs"]) > 1 for name in EXAMPLES)


def it_shows_exercises_that_the_contract_covers_in_part() -> None:
    effects = [examined(name).fiche["duree"].get("date_effet") for name in EXAMPLES]
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
