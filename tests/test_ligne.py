"""A row and its contract: out and in again changes nothing; what changes is put at its very place."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from memory import ROOT, real_schema
from strategies import Sown, as_yaml, contracts
from tableur import FORMS, every_column, proposed, rows, sheet, through

from cpomgen.feuille import Cell, as_text
from cpomgen.glance import typed
from cpomgen.ligne import blamed
from cpomgen.problem import Mark, Problem
from cpomgen.tabulate import cell_of, usual


@pytest.mark.parametrize(
    ("name", "form"),
    [("arespa", "utf-8"), ("appui-cpts", "windows-1252"), *(("socle-transitoire", form) for form in FORMS)],
)
def it_changes_nothing_of_an_example_that_comes_back(name: str, form: str) -> None:
    content = (ROOT / f"contracts/{name}.yaml").read_bytes()
    source = typed(content, f"contracts/{name}.yaml")
    made, _ = proposed(content, through(sheet(source, every_column(source, real_schema())), form))
    assert (made.changes, made.faults, made.told) == ([], [], [])
    assert made.content == content


@settings(max_examples=10, deadline=None)
@given(contracts(), st.integers(0, 10**6), st.sampled_from(FORMS))
def it_changes_nothing_of_a_contract_that_comes_back(sown: Sown, layout: int, form: str) -> None:
    content = as_yaml(sown.document(real_schema()), layout).encode()
    source = typed(content, "contracts/essai.yaml")
    made, _ = proposed(content, through(sheet(source, every_column(source, real_schema())), form))
    assert (made.changes, made.faults, made.told) == ([], [], [])
    assert made.content == content


@settings(max_examples=15, deadline=None, phases=[Phase.generate])
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
    assert made.content.count(b"# une remarque") == content.count(b"# une remarque")
    again, _ = proposed(made.content, feuille)
    assert (again.changes, again.faults) == ([], [])


def it_adds_an_item_whose_required_fields_are_in_the_row() -> None:
    source = b"identifiant: essai\nannexes:\n  financement:\n    sources:\n      - id: fir # c\n"
    lead = "Sources de financement › cg"
    feuille = rows(
        {
            "Identifiant du contrat": "essai",
            f"{lead} › Source de financement": "Département",
            f"{lead} › Nature de la source": "Collectivité territoriale",
            f"{lead} › 2012": "1 000 €",
            "Sources de financement › fir › 2012": "",
        }
    )
    made, _ = proposed(source, feuille)
    added = ["- id: cg", "  libelle: Département", "  nature: collectivite", "  montants: {2012: 1000.00}"]
    assert made.content == source + "".join(f"      {line}\n" for line in added).encode()
    assert [change.after for change in made.changes] == ["Département", "collectivité territoriale", "1000,00"]


def it_keeps_the_ends_of_lines_and_the_mark_of_a_file() -> None:
    source = b"\xef\xbb\xbfidentifiant: essai\r\nnature: complet # c\r\n"
    made, _ = proposed(source, rows({"Identifiant du contrat": "essai", "Nature du contrat": "socle transitoire"}))
    assert made.content == source.replace(b"complet", b"transitoire")


def it_changes_nothing_of_a_contract_when_a_cell_is_at_fault() -> None:
    source = b"identifiant: essai\nnature: complet\n"
    feuille = rows({"Identifiant du contrat": "essai", "Nature du contrat": "transitoire", "Date de fin": "31/12/12"})
    made, _ = proposed(source, feuille)
    assert (made.content, [fault.rank for fault in made.faults]) == (source, [3])


def it_blames_the_narrowest_column_that_holds_the_line() -> None:
    source = b"identifiant: essai\nduree:\n  date_fin: 2012-12-31\n"
    source += b"zone_intervention:\n  presentation: |\n    a\n    b\nsuivi:\n"
    _, titles = proposed(
        source, rows({"Identifiant du contrat": "essai", "Date de fin": "", "Présentation de la zone": ""})
    )
    file = "contracts/essai.yaml"
    problems = [Problem("CPOM000", Mark(file, line), "") for line in (1, 2, 3, 6, 7, 8)]
    problems.append(Problem("CPOM000", Mark("campagne.yaml", 3), ""))
    assert blamed(source, file, titles, problems) == [1, 0, 2, 3, 3, 0, 0]
    assert blamed(b"a: [\n", file, titles, problems[:1]) == [0]
