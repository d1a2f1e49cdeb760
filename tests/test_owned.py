"""Which fields documents own: those of their sections, by the conditions that a manifest gives these."""

from __future__ import annotations

import pytest
from generated import KINDS
from memory import ROOT, source
from petit import dossier

from cpomgen.load import load
from cpomgen.manifeste import Manifeste, read_manifeste
from cpomgen.owned import EVERYTHING, is_whole, owned
from cpomgen.tree import WorkTree

MODELE = """\
sections:
  - nom: socle
  - nom: annexe-1
    condition: annexes.un
  - nom: annexe-2
    condition: annexes.deux
  - nom: detail
    condition: annexes.un.detail
  - nom: reserve
    condition: "annexes.un and nature == 'complet'"
documents:
  - {nom: contrat, sections: [socle, annexe-1, annexe-2, detail, reserve]}
  - {nom: socle, sections: [socle, reserve]}
  - {nom: annexe-1, sections: [annexe-1]}
  - {nom: annexe-2, sections: [annexe-2]}
  - {nom: detail, sections: [detail]}
"""


@pytest.fixture(scope="module")
def manifeste() -> Manifeste:
    return read_manifeste(source(MODELE, "templates/essai/modele.yaml"))


@pytest.mark.parametrize(
    ("pieces", "path", "expected"),
    [
        (("socle",), "duree.date_fin", True),
        (("socle",), "annexes.un.texte", False),
        (("socle",), "annexes", False),  # what holds several belongs to none of them alone
        (("annexe-1",), "annexes", False),
        (("annexe-1", "annexe-2", "detail"), "annexes", True),
        (("annexe-1",), "annexes.un", True),
        (("annexe-1",), "annexes.un.sources[fir].montants.2012", True),
        (("annexe-1",), "annexes.un.detail.texte", False),
        (("detail",), "annexes.un.detail[0]", True),
        (("annexe-2",), "annexes.deuxieme", False),
        (("socle",), "annexes.deuxieme", True),
        (("annexe-1",), "", False),
        (("contrat",), "annexes.deux", True),
        (("contrat",), "nom", True),
        ((), "n'importe.quoi", True),
        (("inconnu",), "nom", True),
    ],
)
def it_gives_a_field_to_the_piece_whose_rubrique_holds_it(
    manifeste: Manifeste, pieces: tuple[str, ...], path: str, expected: object
) -> None:
    assert owned(manifeste, pieces).has(path) is expected


def it_tells_the_contract_from_its_pieces(manifeste: Manifeste) -> None:
    assert [name for name in manifeste.pieces if is_whole(manifeste, name)] == ["contrat"]
    assert owned(manifeste, ()) is EVERYTHING


@pytest.mark.parametrize("kind", KINDS)
def it_leaves_no_field_of_our_types_to_nobody(kind: str) -> None:
    found = read_manifeste(load(WorkTree(ROOT), f"templates/{kind}/modele.yaml"))
    pieces = [name for name in found.pieces if not is_whole(found, name)]
    for path in ("duree.date_fin", *filter(None, found.rubriques.values())):
        assert len([name for name in pieces if owned(found, (name,)).has(path)]) == 1


def it_gives_a_clause_to_the_piece_that_it_completes() -> None:
    found = dossier()
    assert found.attached == {
        "clauses_particulieres[c1]": "annexes.financement",
        "clauses_particulieres[c2]": "clauses_particulieres[c2]",
    }
    annexe, socle = (
        owned(read_manifeste(load(WorkTree(ROOT), "templates/cpom_type/modele.yaml")), (name,))
        for name in ("annexe-4", "socle")
    )
    elsewhere = {**found.attached, "clauses_particulieres[c1]": "clauses_particulieres[c1]"}
    path = "clauses_particulieres[c1].texte"
    assert [each.is_touched(path, (found.attached,)) for each in (annexe, socle)] == [True, False]
    assert [each.is_touched(path, (found.attached, elsewhere)) for each in (annexe, socle)] == [True, True]
    assert [each.is_touched(path, ({}, elsewhere)) for each in (annexe, socle)] == [False, True]
