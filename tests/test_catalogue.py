"""The catalogue of a region, as typed: items by list and by id, what they cite, what contracts refer to."""

from __future__ import annotations

from datetime import date

from memory import schema_of, source
from regional import CAMPAGNE, REFERS, SPELLS, files, resolved, tree

from cpomgen.catalogue import Catalogue, catalogue_of, references
from cpomgen.reading import Reading
from cpomgen.source import Scalar, Sequence

NOTES = schema_of("notes: {type: list, schema: {type: ligne}, meta: {reference: prs}}").root.fields["notes"]


def catalogue(text: str = CAMPAGNE) -> Catalogue:
    return catalogue_of(source(text, "campagne.yaml"))


def it_has_items_by_list_and_by_id() -> None:
    found = catalogue()
    assert {name: list(items) for name, items in found.listes.items() if items} == {
        "prs": ["cos", "srs"],
        "indicateurs": ["FILE", "DELAI"],
    }
    item = found.item("indicateurs", "DELAI")
    assert item is not None
    assert str(item.mark) == "campagne.yaml:5:5"
    assert found.item("indicateurs", "srs") is found.item("autres", "srs") is None


def it_has_the_days_of_the_campaign_those_that_can_be_read() -> None:
    assert (catalogue().debut, catalogue().fin) == (date(2012, 1, 1), date(2013, 12, 31))
    spoilt = catalogue("periode: {debut: [2012], fin: demain}\n")
    assert (spoilt.debut, spoilt.fin) == (None, None)


def it_takes_the_first_of_two_items_of_one_id() -> None:
    item = catalogue("indicateurs: [{id: a, libelle: un}, {id: a, libelle: deux}]\n").item("indicateurs", "a")
    assert item is not None
    label = item.get("libelle")
    assert isinstance(label, Scalar)
    assert label.text == "un"


def it_puts_titles_in_the_place_of_the_ids_that_a_list_cites() -> None:
    item = catalogue().item("indicateurs", "DELAI")
    assert item is not None
    notes = item.get("notes")
    assert notes is not None
    cited = catalogue().cited(notes, NOTES)
    assert isinstance(cited, Sequence)
    assert [each.text for each in cited.items if isinstance(each, Scalar)] == ["schéma régional", "cadre"]


def it_tells_what_a_contract_refers_to_even_in_vain() -> None:
    schema = Reading(tree(files())).kind("essai")[0]
    more = "mesures: [{id: a, regional: DELAI}, {id: b, regional: RIEN}, {id: c, libelle: c}, [d]]\n"
    found = [list(references(resolved(each).fiche, schema.root)) for each in (REFERS, SPELLS, more)]
    assert found == [[("indicateurs", "DELAI")], [], [("indicateurs", "DELAI"), ("indicateurs", "RIEN")]]
