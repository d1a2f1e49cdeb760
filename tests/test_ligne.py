"""A row and its contract: out and in again changes nothing; what changes is put at its very place."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from memory import ROOT, real_schema
from strategies import Sown, as_yaml, contracts
from tableur import FORMS, every_column, proposed, sheet, through

from cpomgen.feuille import Cell, as_text
from cpomgen.glance import typed
from cpomgen.tabulate import cell_of, usual

EXAMPLES = tuple(sorted(path.stem for path in (ROOT / "contracts").glob("*.yaml")))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", EXAMPLES)
def it_changes_nothing_of_an_example_that_comes_back(name: str, form: str) -> None:
    content = (ROOT / f"contracts/{name}.yaml").read_bytes()
    source = typed(content, f"contracts/{name}.yaml")
    made, _ = proposed(content, through(sheet(source, every_column(source, real_schema())), form))
    assert (made.changes, made.faults, made.told) == ([], [], [])
    assert made.content == content


@settings(max_examples=15, deadline=None)
@given(contracts(), st.integers(0, 10**6), st.sampled_from(FORMS))
def it_changes_nothing_of_a_contract_that_comes_back(sown: Sown, layout: int, form: str) -> None:
    content = as_yaml(sown.document(real_schema()), layout).encode()
    source = typed(content, "contracts/essai.yaml")
    made, _ = proposed(content, through(sheet(source, every_column(source, real_schema())), form))
    assert (made.changes, made.faults, made.told) == ([], [], [])
    assert made.content == content


@settings(max_examples=40, deadline=None, phases=[Phase.generate])
@given(contracts(), contracts(), st.integers(0, 10**6))
def it_makes_of_a_contract_what_the_row_of_another_says(old: Sown, new: Sown, layout: int) -> None:
    content = as_yaml(old.document(real_schema()), layout).encode()
    source = typed(as_yaml(new.document(real_schema())).encode(), "contracts/essai.yaml")
    columns = usual(real_schema(), [source])
    feuille = sheet(source, columns)
    first, _ = proposed(content, feuille)
    kept = set(range(1, len(columns) + 1)) - {fault.rank for fault in first.faults}
    rows = {number: {rank: cell for rank, cell in row.items() if rank in kept} for number, row in feuille.rows.items()}
    feuille = type(feuille)(feuille.file, rows)
    made, titles = proposed(content, feuille)
    assert made.faults == []
    before, after = (typed(each, "contracts/essai.yaml").root for each in (content, made.content))
    for rank, column in titles.columns.items():
        expected = feuille.rows[2].get(rank, Cell()) or cell_of(before, column)
        assert as_text(cell_of(after, column).value) == as_text(expected.value), str(column)
    again, _ = proposed(made.content, feuille)
    assert (again.changes, again.faults) == ([], [])
