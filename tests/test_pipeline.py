"""The whole line on a small project: its documents, their titles and data, what it stops for, what it goes on after."""

from __future__ import annotations

from pathlib import Path

import pytest
from essai import CONTRACT, MODELE, SCHEMA, gabarit, project
from lxml import etree
from memory import Files, built, contract_of, problems_of, schema_of, told
from wordfile import parts_of, read_word

from cpomgen.canonical import canonical
from cpomgen.edition import Edition
from cpomgen.gabarits import check_template, read_type
from cpomgen.kept import Kept
from cpomgen.outcome import Options
from cpomgen.pipeline import build
from cpomgen.reading import Reading
from cpomgen.tree import WorkTree

ANNEX = CONTRACT + "annexe: |\n  Un.\n\n  - deux\n"
PROJET = Options(Edition.PROJET)


def made(root: Path, options: Options = PROJET) -> dict[str, bytes]:
    return built(WorkTree(root), "essai", options)


def it_makes_the_documents_of_the_sections_that_the_contract_has(tmp_path: Path) -> None:
    names = ["contrat", "socle"]
    assert list(made(project(tmp_path))) == [f"essai/{name}.{kind}" for name in names for kind in ("docx", "pdf")]
    names = ["contrat", "socle", "annexe"]
    assert list(made(project(tmp_path, {"essai": ANNEX}))) == [f"essai/{n}.{k}" for n in names for k in ("docx", "pdf")]


def it_cuts_each_document_from_the_same_template(tmp_path: Path) -> None:
    found = made(project(tmp_path, {"essai": ANNEX}))
    socle = ["heading1: Contrat", "Corps: Réseau d’essai, du 1er\u00a0janvier 2012 au 31\u00a0décembre 2013."]
    annexe = ["heading1: Annexe", "Corps: Un.", "Corpspuce: deux"]
    assert read_word(found["essai/socle.docx"]) == socle
    assert read_word(found["essai/annexe.docx"]) == annexe
    assert read_word(found["essai/contrat.docx"]) == [*socle, *annexe]


def it_gives_each_document_its_title_and_the_headers_of_its_sections(tmp_path: Path) -> None:
    found = made(project(tmp_path, {"essai": ANNEX}))
    parts = {name: parts_of(found[f"essai/{name}.docx"]) for name in ("contrat", "socle", "annexe")}
    titles = {name: etree.fromstring(each["docProps/core.xml"]).findtext("{*}title") for name, each in parts.items()}
    assert titles == {
        "contrat": "Contrat 2012 – Réseau d’essai",
        "socle": "Contrat 2012 – Réseau d’essai – Socle",
        "annexe": "Contrat 2012 – Réseau d’essai – Annexe",
    }
    headers = {name: sorted(part for part in each if "header" in part) for name, each in parts.items()}
    assert headers == {
        "contrat": ["word/header1.xml", "word/header2.xml"],
        "socle": ["word/header1.xml"],
        "annexe": ["word/header2.xml"],
    }


def it_writes_the_edition_on_each_page(tmp_path: Path) -> None:
    root = project(tmp_path)
    assert b"PROJET" in parts_of(made(root)["essai/socle.docx"])["word/header1.xml"]
    signed = parts_of(made(root, Options(Edition.A_SIGNER))["essai/socle.docx"])["word/header1.xml"]
    assert b"PROJET" not in signed


def it_carries_the_canonical_data_in_each_word_file(tmp_path: Path) -> None:
    schema = schema_of(SCHEMA.partition("champs:\n")[2])
    expected = canonical(contract_of(schema, CONTRACT), schema)
    found = made(project(tmp_path))
    for name in ("contrat", "socle"):
        assert etree.fromstring(parts_of(found[f"essai/{name}.docx"])["customXml/item1.xml"]).text == expected
    assert "DOS/1" not in expected


def it_leaves_the_data_out_when_told_to(tmp_path: Path) -> None:
    found = made(project(tmp_path), Options(Edition.PROJET, data=False))
    assert not [part for part in parts_of(found["essai/contrat.docx"]) if part.startswith("customXml")]
    assert b"contrat.json" not in found["essai/contrat.pdf"]


def it_gives_the_same_bytes_twice_and_others_for_other_data(tmp_path: Path) -> None:
    first = made(project(tmp_path))
    assert made(tmp_path) == first
    again = made(project(tmp_path, {"essai": "# note\n" + CONTRACT.replace("DOS/1", "DOS/2")}))
    assert again == first
    other = made(project(tmp_path, {"essai": CONTRACT.replace("2013-12-31", "2013-12-30")}))
    assert all(other[name] != first[name] for name in first)


def it_compiles_a_type_once_for_all_its_contracts(tmp_path: Path) -> None:
    kept = Kept()
    tree = WorkTree(project(tmp_path))
    built(tree, "essai", PROJET, kept)
    first = read_type(tree, "essai", kept)
    built(tree, "essai", PROJET, kept)
    again = read_type(tree, "essai", kept)
    assert (again.schema, again.patron, again.trame) == (first.schema, first.patron, first.trame)
    assert again.patron is first.patron


def it_goes_on_after_a_contract_in_error_and_tells_what_became_of_each(tmp_path: Path) -> None:
    second = CONTRACT.replace("identifiant: essai", "identifiant: deux")
    root = project(tmp_path, {"essai": CONTRACT + "dosier: x\n", "deux": second})
    reading = Reading(WorkTree(root))
    first, second_, third = (build(reading, each, PROJET) for each in ("essai", "deux", "absent"))
    assert ([problem.code for problem in first.problems], first.files) == (["CPOM211"], {})
    assert (second_.problems, len(second_.files)) == ((), 4)
    assert [problem.code for problem in third.problems] == ["CPOM004"]


def it_refuses_a_field_that_no_document_prints(tmp_path: Path) -> None:
    unless = "Nom : {{ nom }}{% if not annexe %}, du {{ duree.date_effet }} au {{ duree.date_fin }}{% endif %}"
    root = project(tmp_path, {"essai": ANNEX}, gabarit(unless))
    found = [told(problem)[:2] for problem in problems_of(made, root)]
    assert found == [("contracts/essai.yaml:5:9", "CPOM225"), ("contracts/essai.yaml:5:33", "CPOM225")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("nom: x\n", "1:1"),
        ("type: [essai]\n", "1:7"),
        ("type:\n", "1:6"),
    ],
)
def it_asks_a_contract_for_its_type(tmp_path: Path, text: str, place: str) -> None:
    [problem] = problems_of(made, project(tmp_path, {"essai": text}))
    assert told(problem) == (
        f"contracts/essai.yaml:{place}",
        "CPOM220",
        "le contrat doit commencer par son type.",
        "écrivez type: essai",
    )


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [("Essai", "vouliez-vous écrire « essai » ?"), ("autre", "connus : essai."), ("../zzz", "connus : essai.")],
)
def it_says_that_a_type_has_no_schema(tmp_path: Path, kind: str, remedy: str) -> None:
    [problem] = problems_of(made, project(tmp_path, {"essai": f"type: {kind}\n"}))
    message = f"il n'y a pas de type de contrat « {kind} »."
    assert told(problem) == ("contracts/essai.yaml:1:7", "CPOM220", message, remedy)


def it_asks_the_manifest_to_name_each_section(tmp_path: Path) -> None:
    manifest = MODELE.replace("documents:", "  - nom: autre\ndocuments:")
    tree = Files({"templates/essai/modele.yaml": manifest}, WorkTree(project(tmp_path)))
    [problem] = problems_of(read_type, tree, "essai")
    assert (problem.code, problem.message) == ("CPOM305", "le gabarit a 2 sections Word, le manifeste en nomme 3.")


def it_never_dates_documents_from_today(tmp_path: Path) -> None:
    assert b"D:20120101" in made(project(tmp_path))["essai/contrat.pdf"]


def it_checks_a_template_it_can_read(tmp_path: Path) -> None:
    tree = WorkTree(project(tmp_path))
    assert check_template(tree, "essai") == ()
    damaged = Files({"templates/essai/gabarit.docx": b"PK"}, tree)
    assert [problem.code for problem in check_template(damaged, "essai")] == ["CPOM301"]
