from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from edited import Pair, pairs
from examined import changed
from hypothesis import given, settings
from hypothesis import strategies as st
from memory import real_schema, source
from petit import PETIT
from strategies import Sown, as_yaml, contracts

from cpomgen.contrat import Contrat
from cpomgen.difference import difference, donnees
from cpomgen.ecart import Ecart
from cpomgen.edits import Added, Changed, Moved, Removed, Spliced, apply, inverse
from cpomgen.resolve import resolve
from cpomgen.validate import validate

FEW = settings(max_examples=30, deadline=None)


def contract(text: str) -> Contrat:
    return resolve(validate(source(text), real_schema()), real_schema())


def ecarts(old: Contrat, new: Contrat) -> tuple[Ecart, ...]:
    return difference((old, real_schema()), (new, real_schema()))


def of(*changes: tuple[str, str]) -> tuple[Ecart, ...]:
    return ecarts(contract(PETIT), contract(changed(*changes, text=PETIT)))


@FEW
@given(contracts(), st.integers(1, 10**6))
def it_sees_nothing_of_the_layout(sown: Sown, seed: int) -> None:
    document = sown.document(real_schema())
    assert ecarts(contract(as_yaml(document)), contract(as_yaml(document, seed))) == ()


@FEW
@given(pairs())
def it_makes_each_of_two_contracts_of_the_other(pair: Pair) -> None:
    old, new = (contract(as_yaml(document)) for document in pair.documents(real_schema()))
    found = [ecart.edit for ecart in ecarts(old, new)]
    assert apply(donnees(old), found) == donnees(new)
    assert apply(donnees(new), inverse(found)) == donnees(old)


CASES: dict[str, tuple[tuple[str, str], str, Any]] = {
    "a day": (
        ("date_conclusion: 2012-06-18", "date_conclusion: 2012-06-20"),
        "duree.date_conclusion",
        Changed(("duree", "date_conclusion"), date(2012, 6, 18), date(2012, 6, 20)),
    ),
    "an amount": (
        ("2013: 20.00", "2013: 25.5"),
        "annexes.financement.sources[fir].montants.2013",
        Changed(("annexes", "financement", "sources", "fir", "montants", 2013), Decimal(20), Decimal("25.5")),
    ),
    "a member": (
        ("membres: [la direction", "membres: [le président, la direction"),
        "suivi.membres",
        Spliced(("suivi", "membres"), 0, 0, (), ("le président",)),
    ),
    "an item removed": (
        ("- {id: accord, nature: accord_ars, neant: aucun}", ""),
        "annexes.documentaire.pieces[accord]",
        Removed(("annexes", "documentaire", "pieces"), 1, {"id": "accord", "nature": "accord_ars", "neant": "aucun"}),
    ),
    "an item added": (
        ("prs: [volet ambulatoire]}", "prs: [volet ambulatoire]}, {id: O2, intitule: Appuyer}"),
        "orientations[O2]",
        Added(("orientations",), 1, {"id": "O2", "intitule": "Appuyer"}),
    ),
    "an item moved": (
        (
            "[{id: t1, nom: Nord, population: 10}, {id: t2, nom: Sud, population: 20}]",
            "[{id: t2, nom: Sud, population: 20}, {id: t1, nom: Nord, population: 10}]",
        ),
        "zone_intervention.territoires[t2]",
        Moved(("zone_intervention", "territoires"), "t2", 1, 0),
    ),
}


@pytest.mark.parametrize(("change", "path", "expected"), CASES.values(), ids=CASES)
def it_tells_what_changes_and_where(change: tuple[str, str], path: str, expected: Any) -> None:
    (found,) = of(change)
    assert found.path == path
    assert found.edit == expected


def it_names_places_by_their_labels() -> None:
    amount, item = (of(change)[0] for change, *_ in (CASES["an amount"], CASES["an item removed"]))
    assert amount.lieu == (
        "Annexes, Annexe 4 – Financement, Sources de financement, « FIR », Montants par exercice, 2013"
    )
    assert "Pièces, « accord ou contrat en cours" in item.lieu


def it_says_how_a_field_may_change_and_whether_it_is_printed() -> None:
    (amount,) = of(("2013: 20.00", "2013: 25.5"))
    (total,) = of(("montants: {2012: 10.00, 2013: 20.00}", "montants: {2012: 10.00, 2013: 20.00}, total: 30.00"))
    assert (amount.modification, amount.imprime) == ("avenant", True)
    assert (total.modification, total.imprime) == ("interne", False)
