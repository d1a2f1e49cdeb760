"""A contract that refers to the catalogue of its region says what the catalogue says, and where it says so."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory import ROOT, Files, built, problems_of, told
from regional import CAMPAGNE, REFERS, SPELLS, files, resolved
from strategies import HOSTILE

from cpomgen.canonical import canonical
from cpomgen.contrat import Contrat
from cpomgen.difference import difference
from cpomgen.outcome import Options
from cpomgen.problem import Problem
from cpomgen.reading import Reading
from cpomgen.tree import Bundle


def wrong(more: str, campagne: str | None = CAMPAGNE) -> list[tuple[str, str, str, str]]:
    """Return what is wrong in the contract: places, codes, messages, remedies."""
    return [told(each) for each in resolved(more, campagne).problems]


def fields(contrat: Contrat) -> dict[str, object]:
    """Return the fields of the first item, without its id and its reference."""
    return {name: value for name, value in contrat.fiche["mesures"][0].items() if name not in ("id", "regional")}


def it_has_the_fields_that_the_catalogue_gives() -> None:
    found = resolved()
    assert found.problems == ()
    assert fields(found) == fields(resolved(SPELLS))
    assert found.fiche["mesures"][0]["unite"].libelle == "jours"


def it_knows_where_each_is_written() -> None:
    found = resolved()
    path = "mesures[m1].unite"
    assert (str(found.mark(path)), str(found.own_mark(path))) == ("campagne.yaml:7:5", "contracts/essai.yaml:6:11")
    assert str(found.mark("mesures[m1].cible")) == str(found.own_mark("mesures[m1].cible"))
    assert found.draws
    assert not resolved(SPELLS).draws


def it_carries_the_same_data_as_one_that_spells_them_out() -> None:
    (one, schema), (other, _) = (Reading(Files(files(each))).resolved("essai") for each in (REFERS, SPELLS))
    assert canonical(one, schema) == canonical(other, schema)


def it_makes_the_same_documents_to_the_byte() -> None:
    style = {"templates/essai/style.typ": (ROOT / "templates/cpom_type/style.typ").read_bytes()}
    one, other = (built(Files(files(each) | style), "essai", Options()) for each in (REFERS, SPELLS))
    assert one == other
    assert {path.rpartition(".")[2] for path in one} == {"docx", "pdf"}


@settings(max_examples=15)
@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=3).map(" ".join))
def it_says_what_is_spelled_out_whatever_that_is(text: str) -> None:
    typed = json.dumps(text, ensure_ascii=False)
    campagne = CAMPAGNE.replace("libelle: Délai de réponse", f"libelle: {typed}").replace("schéma régional", typed)
    found = resolved(campagne=campagne)
    spelt = resolved(SPELLS.replace("Délai de réponse", typed).replace("schéma régional", typed))
    assert found.problems == () == spelt.problems
    assert fields(found) == fields(spelt)
    assert (
        resolved(
            SPELLS.replace("m1,", "m1, regional: DELAI,")
            .replace("Délai de réponse", typed)
            .replace("schéma régional", typed),
            campagne,
        ).problems
        == ()
    )


def it_changes_by_the_field_when_the_catalogue_changes() -> None:
    before, schema = Reading(Files(files())).resolved("essai")
    after, later = Reading(Files(files(campagne=CAMPAGNE.replace("unite: jours", "unite: usagers")))).resolved("essai")
    (found,) = difference((before, schema), (after, later))
    assert (found.lieu, found.modification) == ("Mesures, « Délai de réponse », Unité", "avenant")


def it_may_leave_to_the_contract_what_it_does_not_give() -> None:
    found = resolved("mesures: [{id: m1, regional: FILE, unite: usagers}]\n")
    assert found.problems == ()
    assert [str(found.fiche["mesures"][0][name]) for name in ("libelle", "unite")] == ["File active", "usagers"]


@pytest.mark.parametrize("more", ["libelle: 'Délai de réponse '", "libelle:", "notes: [schéma régional, ~, cadre]"])
def it_lets_a_contract_repeat_what_the_catalogue_says_or_leave_it_blank(more: str) -> None:
    found = resolved(f"mesures:\n  - id: m1\n    regional: DELAI\n    {more}\n")
    assert found.problems == ()
    assert found.fiche["mesures"][0]["libelle"] == "Délai de réponse"


def it_sees_no_difference_in_the_way_that_a_long_text_is_laid_out() -> None:
    long = CAMPAGNE.replace("    unite: jours\n", "    detail: |\n      Un deux\n      trois.\n\n      - quatre\n")
    same, other = ("detail: |\n      Un\n      deux trois.\n      - quatre\n", "detail: Un deux trois.\n")
    found = [resolved(f"mesures:\n  - id: m1\n    regional: DELAI\n    {each}", long) for each in (same, other)]
    assert [[each.code for each in one.problems] for one in found] == [[], ["CPOM724"]]


def it_refuses_what_contradicts_the_catalogue() -> None:
    found = wrong(
        "mesures:\n  - id: m1\n    regional: DELAI\n    unite: usagers\n    notes: [cadre]\n    suivi: {par: a}\n"
    )
    assert [each[:3] for each in found] == [
        (
            "contracts/essai.yaml:9:12",
            "CPOM724",
            "« Unité » : « usagers » ici, « jours » au catalogue régional (campagne.yaml, ligne 7).",
        ),
        (
            "contracts/essai.yaml:10:12",
            "CPOM724",
            "« Notes » : « cadre » ici, « schéma régional, cadre » au catalogue régional (campagne.yaml, ligne 8).",
        ),
        (
            "contracts/essai.yaml:11:12",
            "CPOM724",
            "« Suivi » : une rubrique ici, une rubrique au catalogue régional (campagne.yaml, ligne 9).",
        ),
    ]


def it_refuses_a_name_that_the_catalogue_has_not_and_misses_nothing_else() -> None:
    assert wrong("mesures: [~, {id: m0, libelle: a}, {id: m1, regional: DELAIS}]\n") == [
        (
            "contracts/essai.yaml:6:55",
            "CPOM723",
            "« DELAIS » n'est pas dans le catalogue régional (campagne.yaml, « indicateurs »).",
            "vouliez-vous écrire « DELAI » ?",
        )
    ]


def it_says_what_there_is_when_no_name_is_near() -> None:
    assert wrong("mesures: [{id: m1, regional: ZZZ}]\n")[0][3] == "connus : DELAI, FILE"
    alone = CAMPAGNE.partition("indicateurs:")[0]
    assert wrong(REFERS, alone)[0][3] == "campagne.yaml n'a pas de liste « indicateurs »."


def it_refuses_a_reference_without_a_catalogue() -> None:
    ((place, code, _, remedy),) = wrong(REFERS, None)
    assert (place, code) == ("contracts/essai.yaml:6:30", "CPOM722")
    assert remedy


def it_reads_no_catalogue_for_a_contract_that_does_not_refer() -> None:
    assert resolved(SPELLS, "region: [\n").problems == ()
    assert problems_of(resolved, REFERS, "region: [\n")[0].mark.file == "campagne.yaml"
    reading = Reading(Files(files(SPELLS)))
    reading.resolved("essai")
    assert "campagne.yaml" not in reading.tree.contents


def it_takes_from_a_catalogue_that_travels_with_what_contracts_share() -> None:
    carried = {path: each.encode() if isinstance(each, str) else each for path, each in files().items()}
    reading = Reading(Bundle(carried))
    assert fields(reading.resolved("essai")[0]) == fields(resolved(SPELLS))
    assert "campagne.yaml" in reading.tree.sought


def it_looks_for_the_catalogue_when_a_contract_refers_and_only_then() -> None:
    sought = []
    for more in (REFERS, SPELLS):
        reading = Reading(Files(files(more, None)))
        reading.resolved("essai")
        sought.append("campagne.yaml" in reading.tree.sought)
    assert sought == [True, False]


def it_names_the_catalogue_among_the_files_that_signing_needs() -> None:
    assert "campagne.yaml" in Reading(Files(files())).acte("essai").files


def it_tells_what_is_wrong_in_the_catalogue_as_the_catalogue_does() -> None:
    spoilt = CAMPAGNE.replace("unite: jours", "unite: jour").replace("    libelle: File active\n", "").replace(
        "srs, cos]", "srs, co]"
    )  # fmt: skip
    reading = Reading(Files(files("mesures: [{id: m1, regional: DELAI}, {id: m2, regional: FILE}]\n", spoilt)))
    campagne = reading.campagne()
    assert campagne is not None
    assert [each.code for each in campagne.problems] == ["CPOM213", "CPOM725", "CPOM212"]
    assert set(reading.resolved("essai")[0].problems) == set(campagne.problems)


def it_reads_what_is_wrong_once_whichever_type_asks() -> None:
    spoilt = CAMPAGNE.replace("unite: jours", "unites: jours")
    campagne = Reading(Files(files(campagne=spoilt))).campagne()
    assert campagne is not None
    assert [(each.code, each.remedy) for each in campagne.problems] == [("CPOM211", "vouliez-vous écrire « unite » ?")]


STRANGE = (
    "mesures: DELAI\n",
    "mesures: {regional: DELAI}\n",
    "mesures: [DELAI, [DELAI], {regional: [DELAI]}, {regional: {a: DELAI}}]\n",
    "mesures: [{id: m1, regional: '{{ x }}'}]\n",
    'mesures: [{id: m1, regional: "a\\nb"}]\n',
    f"mesures: [{{id: m1, regional: {'x' * 5000}}}]\n",
)


@pytest.mark.parametrize("more", STRANGE)
def it_stands_whatever_a_contract_writes_there(more: str) -> None:
    found: list[Problem] = list(resolved(more).problems)
    assert found
    assert all(len(each.message) < 300 for each in found)


SPOILT = (
    "indicateurs: DELAI\n",
    "indicateurs: [DELAI, [a], {id: [DELAI]}, {id: DELAI, libelle: [a], unite: {a: b}, notes: srs, suivi: oui}]\n",
    "indicateurs: {id: DELAI}\nprs: [srs]\n",
    "indicateurs: [{id: DELAI, libelle: a, notes: [[srs], {a: b}, srs]}]\nprs: [{id: srs, intitule: [a]}, {id: srs}]\n",
    "indicateurs: [{id: DELAI, libelle: '{{ nom }}'}]\nperiode: oui\n",
)


@pytest.mark.parametrize("campagne", SPOILT)
def it_stands_whatever_the_catalogue_writes(campagne: str) -> None:
    found = Reading(Files(files(campagne=campagne))).campagne()
    assert found is not None
    assert found.problems
    assert resolved(REFERS, campagne).fiche["mesures"]
