from __future__ import annotations

from decimal import Decimal

from examined import changed
from memory import real_schema, source
from petit import PETIT

from cpomgen.ecart import Poste, Tableau
from cpomgen.finances import finances
from cpomgen.resolve import resolve
from cpomgen.validate import validate


def tables(*changes: tuple[str, str]) -> tuple[Tableau, ...]:
    schema = real_schema()
    old, new = (resolve(validate(source(text), schema), schema) for text in (PETIT, changed(*changes, text=PETIT)))
    return finances((old, schema), (new, schema))


def it_gives_nothing_when_no_amount_changes() -> None:
    assert tables(("libelle: FIR", "libelle: fonds")) == ()


def it_gives_each_source_before_and_after_by_exercise() -> None:
    (table,) = tables(("2013: 20.00", "2013: 25.50"))
    (fir,) = table.lignes
    assert (table.libelle, table.role, table.exercices) == ("Sources de financement", "sources", (2012, 2013))
    assert fir.postes == (Poste(2012, Decimal(10), Decimal(10)), Poste(2013, Decimal(20), Decimal("25.5")))
    assert [poste.ecart for poste in fir.postes] == [0, Decimal("5.5")]
    assert fir.total == Poste(0, Decimal(30), Decimal("35.5"))


def it_sums_the_sources() -> None:
    other = ", {id: cg, libelle: Département, nature: collectivite, statut: notifie, montants: {2013: 5.00}}"
    fir = "- {id: fir, libelle: FIR, nature: fir, statut: previsionnel, montants: {2012: 10.00, 2013: 20.00}}"
    (table,) = tables((fir, f"{fir}\n      -{other[1:]}"))
    assert [ligne.libelle for ligne in table.lignes] == ["FIR", "Département"]
    assert table.total.postes == (Poste(2012, Decimal(10), Decimal(10)), Poste(2013, Decimal(20), Decimal(25)))
    assert table.total.total.ecart == 5


def it_tells_blank_from_zero() -> None:
    (table,) = tables(("2012: 10.00, ", ""))
    (fir,) = table.lignes
    assert fir.postes[0] == Poste(2012, Decimal(10), None)
    assert table.changes


def it_gives_each_list_its_table() -> None:
    found = tables(("montants: {2012: 5.00}", "montants: {2012: 4.00}"), ("2013: 20.00", "2013: 0.00"))
    assert [table.role for table in found] == ["sources", "prestations"]
