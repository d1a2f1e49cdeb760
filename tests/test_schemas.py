"""The files that a schema is made of: read once, all of them counted in whatever hangs on the schema; or refused."""

from __future__ import annotations

import pytest
from memory import ROOT, Files, problems_of, told

from cpomgen.commands.reprinting import kinds_of
from cpomgen.gabarits import type_contents
from cpomgen.kept import Kept
from cpomgen.reading import Reading
from cpomgen.schemas import schema_bytes, schema_of_type
from cpomgen.tree import WorkTree

SCHEMA = "type: essai\nregime: aucun\nlibelle: Essai\ncommuns: [lieux]\nchamps: {nom: {comme: nom}}\n"
ALONE = "type: seul\nregime: aucun\nlibelle: Seul\nchamps: {nom: {type: ligne}}\n"
LIEUX = "definitions: {nom: {type: ligne, meta: {libelle: Nom}}}\n"
SHARED = "schemas/communs/lieux.yaml"
LIST = "« communs » est une liste de fichiers de schemas/communs, 20 au plus."
FILES = "« communs » nomme des fichiers de schemas/communs, sans dossier ni extension."
PROJECT = {"schemas/essai.yaml": SCHEMA, "schemas/seul.yaml": ALONE, SHARED: LIEUX}
REAL = WorkTree(ROOT)


def it_takes_no_common_file_for_a_type() -> None:
    assert REAL.names("schemas", ".yaml") == tuple(sorted(path.stem for path in (ROOT / "schemas").glob("*.yaml")))
    assert "parties" not in REAL.names("schemas", ".yaml")


def it_is_its_own_bytes_alone_when_it_shares_nothing() -> None:
    assert schema_bytes(Files(PROJECT), "seul", Kept()) == ALONE.encode()
    assert schema_bytes(Files(PROJECT), "essai", Kept()) == (SCHEMA + LIEUX).encode()


def it_is_read_again_when_a_common_file_changes_and_only_then() -> None:
    kept = Kept()
    first = schema_of_type(Files(PROJECT), "essai", kept)
    assert schema_of_type(Files(PROJECT), "essai", kept) is first
    after = schema_of_type(Files(PROJECT | {SHARED: LIEUX.replace("Nom}", "Lieu}")}), "essai", kept)
    assert after.root.fields["nom"].meta.libelle == "Lieu"


def it_is_among_the_files_that_a_contract_was_read_with() -> None:
    reading = Reading(REAL)
    reading.kind("cpom_type")
    assert {"schemas/cpom_type.yaml", "schemas/communs/parties.yaml"} <= reading.tree.sought & set(
        reading.tree.contents
    )


def it_is_in_what_stands_for_a_type_of_contract() -> None:
    path = "schemas/communs/parties.yaml"
    after = Files({path: REAL.read(path) + b"# relu\n"}, REAL)
    before, changed = (type_contents(tree, "cpom_type", Kept()) for tree in (REAL, after))
    assert before.keys() == changed.keys() == {"contrat", "avenant", "note"}
    assert [name for name in before if before[name] == changed[name]] == []


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        (SHARED, {"essai"}),
        ("schemas/communs/autre.yaml", set()),
        ("schemas/seul.schema.json", {"seul"}),
        ("templates/seul/contrat.docx", {"seul"}),
    ],
)
def it_is_told_in_a_review_of_each_type_that_shares_it(path: str, kinds: set[str]) -> None:
    assert kinds_of(path, [Reading(Files(PROJECT)), Reading(Files({}))]) == kinds


def it_is_told_of_a_type_that_shared_it_before() -> None:
    gone = {path: text for path, text in PROJECT.items() if "communs" not in path}
    assert kinds_of(SHARED, [Reading(Files({})), Reading(Files(gone))]) == {"essai"}


@pytest.mark.parametrize(
    ("named", "place", "message", "remedy"),
    [
        ("[lieu]", "4:11", "il n'y a pas de fichier schemas/communs/lieu.yaml.", "vouliez-vous écrire « lieux » ?"),
        ("[zz]", "4:11", "il n'y a pas de fichier schemas/communs/zz.yaml.", "connus : lieux."),
        ("[../essai]", "4:11", FILES, ""),
        ("[lieux.yaml]", "4:11", FILES, ""),
        (f"[{'a' * 61}]", "4:11", FILES, ""),
        ("[[lieux]]", "4:11", FILES, ""),
        ("[lieux, lieux]", "4:18", "« lieux » est nommé deux fois.", "ôtez l'un des deux."),
        ("lieux", "4:10", LIST, ""),
        (str([f"f{n}" for n in range(21)]), "4:10", LIST, ""),
    ],
)  # fmt: skip
def it_refuses_names_of_no_file(named: str, place: str, message: str, remedy: str) -> None:
    tree = Files(PROJECT | {"schemas/essai.yaml": SCHEMA.replace("[lieux]", named)})
    [problem] = problems_of(schema_of_type, tree, "essai")
    assert told(problem)[:3] == (f"schemas/essai.yaml:{place}", "CPOM201", message)
    assert remedy in problem.remedy


def it_tells_what_cannot_be_read_in_a_common_file() -> None:
    tree = Files(PROJECT | {SHARED: "definitions: {\n"})
    assert {problem.mark.file for problem in problems_of(schema_of_type, tree, "essai")} == {SHARED}
