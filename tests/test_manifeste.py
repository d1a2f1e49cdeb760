"""What rules need of a manifest."""

from __future__ import annotations

import pytest
from memory import problems_of, source, told

from cpomgen.manifeste import Manifeste, read_manifeste

FILE = "templates/essai/modele.yaml"


def it_reads_reasons_for_amending_and_what_the_template_stipulates() -> None:
    text = "motifs_avenant: [{id: financement, libelle: x}, {id: autre, libelle: y}]\nstipule: [reprise, annualite]\n"
    assert read_manifeste(source(text, FILE)) == Manifeste(
        ("financement", "autre"), frozenset({"annualite", "reprise"})
    )


def it_needs_neither() -> None:
    assert read_manifeste(source("type: essai\n", FILE)) == Manifeste()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("motifs_avenant: financement\n", "1:17"),
        ("motifs_avenant: [financement]\n", "1:18"),
        ("motifs_avenant: [{libelle: x}]\n", "1:18"),
        ("motifs_avenant: [{id: [a]}]\n", "1:23"),
        ("stipule: {a: b}\n", "1:10"),
        ("stipule: [[a]]\n", "1:11"),
        ("stipule: ['']\n", "1:11"),
    ],
)
def it_says_where_a_manifest_is_wrong(text: str, place: str) -> None:
    [(where, code, *_)] = [told(each) for each in problems_of(read_manifeste, source(text, FILE))]
    assert (where, code) == (f"{FILE}:{place}", "CPOM305")
