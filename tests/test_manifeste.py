"""What rules need of a manifest."""

from __future__ import annotations

import pytest
from memory import problems_of, source, told

from cpomgen.manifeste import Manifeste, read_manifeste

FILE = "templates/essai/modele.yaml"


def it_reads_reasons_for_amending_and_what_the_template_stipulates() -> None:
    text = "motifs_avenant: [{id: financement, libelle: x}, {id: autre, libelle: y}]\nstipule: [reprise, annualite]\n"
    assert read_manifeste(source(text, FILE)) == Manifeste(
        ("financement", "autre"), frozenset({"annualite", "reprise"}), libelles={"financement": "x", "autre": "y"}
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


SECTIONS = "sections: [{nom: socle}, {nom: annexe-1}]\n"


def it_reads_what_each_reason_covers_and_what_needs_none() -> None:
    motifs = "motifs_avenant: [{id: tout}, {id: un, couvre: [préambule, annexe-1]}, {id: rien, couvre: []}]\n"
    found = read_manifeste(source(f"{SECTIONS}{motifs}sans_motif: [fusion, erreur]\n", FILE))
    assert found.couvre == {"un": frozenset({"préambule", "annexe-1"}), "rien": frozenset()}
    assert found.convenus == ("fusion", "erreur")


def it_reads_the_sections_of_each_document() -> None:
    named = "{nom: contrat, sections: [socle, annexe-1]}, {nom: annexe, sections: [annexe-1]}, {nom: vide}"
    found = read_manifeste(source(f"{SECTIONS}documents: [{named}]\n", FILE))
    assert found.documents == ("contrat", "annexe", "vide")
    assert found.pieces == {
        "contrat": frozenset({"socle", "annexe-1"}),
        "annexe": frozenset({"annexe-1"}),
        "vide": frozenset(),
    }


@pytest.mark.parametrize(
    ("couvre", "said", "remedy"),
    [
        ("[annexe-2]", "ce motif couvre « annexe-2 », qui n'est ni une section ni le préambule.", "« annexe-1 »"),
        (
            "[x]",
            "ce motif couvre « x », qui n'est ni une section ni le préambule.",
            "connus ici : annexe-1, préambule, socle.",
        ),
        ("annexe-1", "« couvre » doit être une liste.", "corrigez le manifeste du modèle."),
    ],
)
def it_refuses_that_a_reason_covers_what_is_no_section(couvre: str, said: str, remedy: str) -> None:
    text = f"{SECTIONS}motifs_avenant: [{{id: un, couvre: {couvre}}}]\n"
    [(_, code, message, mend)] = [told(each) for each in problems_of(read_manifeste, source(text, FILE))]
    assert (code, message) == ("CPOM305", said)
    assert remedy in mend
