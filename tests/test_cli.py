"""The commands as an officer types them: from any folder, in French, with the exit statuses that scripts rely on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from essai import CONTRACT, gabarit, project

from cpomgen import __version__, pipeline, reading

Run = Callable[..., tuple[object, str, str]]


@pytest.mark.parametrize("start", [".", "contracts", "templates/essai"])
def it_builds_from_any_folder_of_the_project(tmp_path: Path, run: Run, start: str) -> None:
    root = project(tmp_path / "Réseaux de santé été 2012")
    assert run(root / start, "build", "essai") == (0, "essai : 4 documents dans out/essai (4 écrits).\n", "")
    assert {path.name for path in (root / "out/essai").iterdir()} == {
        f"{n}.{s}" for n in ("contrat", "socle") for s in ("docx", "pdf")
    }


def it_builds_in_the_folder_it_is_given(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "là bas")
    assert run(tmp_path, "build", "-C", "là bas/contracts", "essai")[0] == 0
    assert (root / "out/essai/contrat.pdf").is_file()


@pytest.mark.parametrize("name", ["essai", "contracts/essai.yaml", "essai.yaml"])
def it_knows_a_contract_by_its_id_or_its_file(tmp_path: Path, run: Run, name: str) -> None:
    assert run(project(tmp_path), "build", name)[:2] == (0, "essai : 4 documents dans out/essai (4 écrits).\n")


def it_builds_the_documents_that_it_is_asked_for(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path)
    said = "essai : 2 documents dans out/essai (2 écrits).\n"
    assert run(root, "build", "essai", "--document", "socle") == (0, said, "")
    assert {path.name for path in (root / "out/essai").iterdir()} == {"socle.docx", "socle.pdf"}


def it_refuses_a_document_that_the_type_does_not_have(tmp_path: Path, run: Run) -> None:
    status, said, told = run(project(tmp_path), "build", "essai", "--document", "plan", "--document", "socl")
    problems = "templates/essai/modele.yaml: erreur CPOM009 : ce modèle n'a pas de document"
    assert (status, said) == (1, "")
    assert told.splitlines() == [
        f"{problems} « plan ».",
        "    → connus : contrat, socle, annexe.",
        f"{problems} « socl ».",
        "    → vouliez-vous écrire « socle » ?",
    ]


def it_says_that_a_contract_has_nothing_for_a_document(tmp_path: Path, run: Run) -> None:
    said = "essai : aucun document, ce contrat n’a pas les rubriques qu’il imprimerait.\n"
    assert run(project(tmp_path), "build", "essai", "--document", "annexe", "--open") == (0, said, "")


@pytest.mark.parametrize(
    ("words", "name"), [((), "contrat"), (("--document", "socle", "--document", "contrat"), "socle")]
)
def it_opens_the_first_document(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], name: str
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("click.launch", lambda path, wait: opened.append(path))  # noqa: ARG005 - as click has it
    root = project(tmp_path)
    for _ in range(2):  # written, then found the same
        assert run(root, "build", "essai", "--open", *words)[0] == 0
    assert opened == [str(root.resolve() / f"out/essai/{name}.pdf")] * 2


def it_opens_nothing_of_a_contract_in_error(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.launch", None)
    assert run(project(tmp_path, {"essai": CONTRACT + "x: y\n"}), "build", "essai", "--open")[0] == 1


def it_says_that_nothing_opens_a_pdf_here(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.launch", lambda path, wait: len(path))  # noqa: ARG005 - as click has it
    status, said, told = run(project(tmp_path), "build", "essai", "--open")
    assert (status, said) == (0, "essai : 4 documents dans out/essai (4 écrits).\n")
    assert told == "Cette machine n’a rien pour montrer un PDF : ouvrez vous-même out/essai/contrat.pdf.\n"


def it_says_that_a_sound_contract_has_no_problem(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path)
    assert run(root / "contracts", "validate") == (0, "essai : aucun problème.\n", "")
    assert not (root / "out").exists()


def it_tells_all_problems_of_all_contracts_with_their_lines(tmp_path: Path, run: Run) -> None:
    wrong = CONTRACT.replace("nom:", "nmo:").replace("date_fin: 2013-12-31", "date_fin: 2011-12-31")
    root = project(tmp_path, {"essai": wrong, "deux": CONTRACT})
    status, said, told = run(root, "validate")
    assert (status, said) == (1, "deux : 1 erreur.\nessai : 2 erreurs.\n")
    assert [line.split(" : ")[0] for line in told.splitlines() if line.startswith("contracts/")] == [
        "contracts/deux.yaml:2:1: erreur CPOM222",
        "contracts/essai.yaml:3:1: erreur CPOM211",
        "contracts/essai.yaml:5:33: erreur CPOM226",
    ]
    assert "    3 | nmo: Réseau d'essai\n      | ^\n" in told


def it_counts_warnings_when_it_is_strict(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path, {"essai": f"{CONTRACT}annexe: Le calendrier reste à définir.\n"})
    assert run(root, "validate")[:2] == (0, "essai : 1 avertissement.\n")
    assert run(root, "validate", "--strict")[0] == 1
    assert run(root, "build", "essai")[:2] == (
        0,
        "essai : 6 documents dans out/essai (6 écrits).\n    1 avertissement : voir « cpomgen validate essai ».\n",
    )


def it_keeps_a_waived_rule_in_sight_and_lets_the_contract_pass(tmp_path: Path, run: Run) -> None:
    waiver = "echeance: 2014-01-01\nderogations: [{regle: CPOM404, fondement: accord du 3 mai 2013}]\n"
    status, said, told = run(project(tmp_path, {"essai": CONTRACT + waiver}), "validate", "--strict")
    assert (status, said) == (0, "essai : 1 dérogation.\n")
    assert "erreur CPOM404 (dérogation) :" in told
    assert "Fondement de la dérogation : accord du 3 mai 2013" in told


def it_writes_problems_for_a_program(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "projet", {"essai": CONTRACT.replace("nom:", "nmo:")})
    status, said, told = run(root, "validate", "--format", "json")
    assert (status, told) == (1, "")
    assert [(each["code"], each["line"]) for each in json.loads(said)] == [("CPOM211", 3)]
    _, said, _ = run(tmp_path, "validate", "-C", "projet", "--format", "github")
    assert said.startswith("::error file=projet/contracts/essai.yaml,line=3,col=1,title=erreur CPOM211::")


def it_checks_contracts_of_two_projects_given_by_their_files(tmp_path: Path, run: Run) -> None:
    project(tmp_path / "un")
    project(tmp_path / "deux", {"essai": CONTRACT.replace("nom:", "nmo:")})
    status, said, _ = run(tmp_path, "validate", "un/contracts/essai.yaml", "deux/contracts/essai.yaml")
    assert (status, said) == (1, "essai : aucun problème.\nessai : 1 erreur.\n")


def it_says_that_there_is_no_contract_to_check(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path)
    (root / "contracts/essai.yaml").unlink()
    assert run(root, "validate") == (0, "Aucun contrat dans ce projet.\n", "")


def it_writes_nothing_for_a_page_of_review_when_all_is_well(tmp_path: Path, run: Run) -> None:
    assert run(project(tmp_path), "validate", "--format", "github") == (0, "", "")


def it_writes_nothing_the_second_time(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path)
    run(root, "build", "essai")
    assert run(root, "build", "essai", "essai") == (0, "essai : 4 documents dans out/essai (0 écrit).\n", "")


def it_never_replaces_an_edited_document_unless_told_to(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path)
    run(root, "build", "essai")
    (root / "out/essai/contrat.docx").write_bytes(b"relu")
    status, said, told = run(root, "build", "essai")
    assert (status, said) == (1, "")
    assert told.startswith("out/essai/contrat.docx: erreur CPOM551 : ce document a été modifié")
    assert "--ecraser" in told
    assert (root / "out/essai/contrat.docx").read_bytes() == b"relu"
    assert run(root, "build", "essai", "--ecraser")[:2] == (0, "essai : 4 documents dans out/essai (1 écrit).\n")


def it_builds_the_others_when_one_contract_is_in_error(tmp_path: Path, run: Run) -> None:
    second = CONTRACT.replace("identifiant: essai", "identifiant: deux")
    root = project(tmp_path, {"essai": CONTRACT.replace("nom:", "nmo:"), "deux": second, "vide": ""})
    status, said, told = run(root, "build", "--all")
    assert status == 1
    assert said.startswith("deux : 4 documents dans out/deux (4 écrits).\n\n3 contrats, 4 fichiers écrits\n")
    assert said.endswith(
        "     2 en erreur\n           essai : contracts/essai.yaml:3:1 CPOM211\n"
        "           vide : contracts/vide.yaml:1:1 CPOM114\n"
    )
    assert "contracts/essai.yaml:3:1: erreur CPOM211 : le champ « nmo » n'existe pas ici." in told
    assert "    → vouliez-vous écrire « nom » ?" in told
    assert "contracts/vide.yaml:1:1: erreur CPOM114" in told
    assert not (root / "out/essai").exists()


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("esai", "vouliez-vous écrire « essai » ?"),
        ("zzz", "connus : essai."),
        ("..", "connus : essai."),
    ],
)
def it_says_that_a_contract_is_unknown(tmp_path: Path, run: Run, name: str, remedy: str) -> None:
    told = f"contracts: erreur CPOM004 : il n'y a pas de contrat « {name} ».\n    → {remedy}\n"
    assert run(project(tmp_path), "build", name) == (1, "", told)


def it_says_which_contracts_there_are_when_none_is_given(tmp_path: Path, run: Run) -> None:
    status, said, told = run(project(tmp_path), "build")
    assert (status, said) == (2, "")
    assert "Erreur : indiquez un contrat, ou --all pour tous. Contrats du projet : essai." in told


def it_says_that_there_is_no_contract_at_all(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path)
    (root / "contracts/essai.yaml").unlink()
    status, _, told = run(root, "build", "--all")
    assert (status, "Contrats du projet : aucun." in told) == (2, True)


def it_says_that_there_is_no_project(tmp_path: Path, run: Run) -> None:
    status, _, told = run(tmp_path, "build", "essai")
    assert (status, "erreur CPOM003 : aucun projet cpomgen ici" in told) == (1, True)


@pytest.mark.parametrize("argument", ["--non", "-x"])
def it_tells_a_wrong_option_in_french(tmp_path: Path, run: Run, argument: str) -> None:
    status, _, told = run(project(tmp_path), "build", argument)
    assert (status, f"Erreur : il n’y a pas d’option « {argument} »." in told) == (2, True)


def it_reports_a_bug_without_a_traceback(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError("au fond")

    root = project(tmp_path / "projet")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(reading, "resolve", break_down)
    status, said, told = run(root, "build", "essai")
    [log] = tmp_path.glob("cpomgen-*.log")
    assert (status, said) == (3, "")
    assert told.startswith("contracts/essai.yaml: erreur CPOM559 : erreur interne de cpomgen sur ce contrat")
    assert told.endswith(f"Erreur interne de cpomgen. Envoyez-nous ce fichier : {log}\n")
    assert "ZeroDivisionError: au fond" in log.read_text(encoding="utf-8")


def it_stops_at_once_when_interrupted(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "resolve", interrupt)
    assert run(project(tmp_path), "build", "essai")[0] == 130


def it_checks_templates(tmp_path: Path, run: Run) -> None:
    assert run(project(tmp_path), "template", "check") == (0, "Aucun problème.\n", "")


@pytest.mark.parametrize(
    ("arguments", "start"),
    [((), "{\n"), (("--format", "json-schema"), "{\n"), (("--format", "markdown"), "# Champs d")],
)
def it_describes_the_fields_of_a_type(tmp_path: Path, run: Run, arguments: tuple[str, ...], start: str) -> None:
    status, said, told = run(project(tmp_path), "schema", "essai", *arguments)
    assert (status, told, said.startswith(start)) == (0, "", True)
    assert "Le nom du réseau." in said


@pytest.mark.parametrize(("kind", "remedy"), [("esai", "vouliez-vous écrire « essai » ?"), ("../x", "connus : essai.")])
def it_knows_no_fields_of_an_unknown_type(tmp_path: Path, run: Run, kind: str, remedy: str) -> None:
    told = f"schemas: erreur CPOM220 : il n'y a pas de type de contrat « {kind} ».\n    → {remedy}\n"
    assert run(project(tmp_path), "schema", kind) == (1, "", told)


def it_tells_what_is_wrong_in_a_template(tmp_path: Path, run: Run) -> None:
    status, said, told = run(project(tmp_path, template=gabarit("{{ nmo }}")), "template", "check", "essai")
    assert (status, said) == (1, "")
    place = "templates/essai/gabarit.docx (section 1, paragraphe 2 : « {{ nmo }} »)"
    assert told.splitlines()[:2] == [
        f"{place}: erreur CPOM321 : le schéma ne connaît pas « nmo » ici.",
        "    → vouliez-vous écrire « nom » ?",
    ]
    assert "(duree.date_effet) est un champ imprimé" in told


def it_says_that_a_type_is_unknown(tmp_path: Path, run: Run) -> None:
    status, _, told = run(project(tmp_path), "template", "check", "autre")
    assert (status, told.startswith("schemas/autre.yaml: erreur CPOM001")) == (1, True)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["build", "-h"], ["schema", "-h"], ["template", "--help"], ["template", "check", "-h"]]
)
def it_helps_in_french(tmp_path: Path, run: Run, arguments: list[str]) -> None:
    status, said, _ = run(tmp_path, *arguments)
    assert (status, said.startswith("Utilisation : ")) == (0, True)
    assert not {"Usage", "Options:", "Show", "Commands"} & set(said.split())


def it_tells_its_version(tmp_path: Path, run: Run) -> None:
    assert run(tmp_path, "--version")[:2] == (0, f"cpomgen {__version__}\n")


def it_prints_a_schema_as_utf8_wherever_it_runs(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(pipeline.__file__).parents[1]), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "cpomgen", "schema", "essai"]
    done = subprocess.run(command, cwd=project(tmp_path), env=environment, capture_output=True, check=True)  # noqa: S603 - ourselves
    assert "Le nom du réseau.".encode() in done.stdout
    assert b"\r" not in done.stdout


def it_runs_as_a_module(tmp_path: Path) -> None:
    root = project(tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(Path(pipeline.__file__).parents[1]), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "cpomgen", "build", "zéro"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)  # noqa: S603 - ourselves
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"erreur CPOM004" in done.stderr
    assert b"Traceback" not in done.stderr


def it_begins_a_contract_and_lists_what_it_waits_for(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path)
    status, said, told = run(root / "contracts", "new", "mon-reseau")
    assert (status, told) == (0, "")
    assert said == (
        "contracts/mon-reseau.yaml est prêt : 1 champ à remplir.\n"
        "\n"
        "Nom\n"
        "  ligne 22 : Nom. Le nom du réseau.\n"
        "\n"
        "Remplissez ce fichier dans un éditeur de texte, puis vérifiez-le : cpomgen validate mon-reseau\n"
    )
    assert run(root, "validate", "mon-reseau")[:2] == (1, "mon-reseau : 1 erreur.\n")
    assert run(root, "new", "autre", "--type", "essai")[0] == 0


def it_asks_for_the_type_of_a_contract_when_there_are_several(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path)
    (root / "schemas/avenir.yaml").write_text("", encoding="utf-8")
    status, _, told = run(root, "new", "mon-reseau")
    assert status == 2
    asked = "indiquez le type du contrat, par --type :\n    --type avenir\n    --type essai : Essai\n"
    assert asked in told
    status, _, told = run(root, "new", "mon-reseau", "--type", "esai")
    assert status == 1
    assert "vouliez-vous écrire « essai » ?" in told
    assert not (root / "contracts/mon-reseau.yaml").exists()


def it_keeps_what_stands_where_a_contract_would_begin(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path)
    (root / "contracts/lien.yaml").symlink_to("nulle-part.yaml")
    for name in ("essai", "lien"):
        status, said, told = run(root, "new", name)
        assert (status, said) == (1, "")
        assert "CPOM554" in told
    assert (root / "contracts/essai.yaml").read_text(encoding="utf-8") == CONTRACT
    assert not (root / "contracts/nulle-part.yaml").exists()


@pytest.mark.parametrize(
    "name", ["Essai", "été", "a b", "../essai", "contracts/x", "nul", "-", "a--b", "a.yaml", "", "a" * 101]
)
def it_refuses_a_name_that_no_contract_can_have(tmp_path: Path, run: Run, name: str) -> None:
    root = project(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    status, said, told = run(root, "new", "--", name)
    assert (status, said) == (1, "")
    assert "CPOM006" in told
    assert sorted(tmp_path.rglob("*")) == before


def it_begins_the_contract_that_follows_another(tmp_path: Path, run: Run) -> None:
    dated = "dossier: DOS/1\n"
    root = project(tmp_path, {"essai": f"{CONTRACT.replace(dated, '')}annexe: Au plus tard en 2013.\n"})
    status, said, told = run(root, "renew", "contracts/essai.yaml")
    assert (status, told) == (0, "")
    assert said == (
        "contracts/essai-2014.yaml est prêt : aucun champ à remplir.\n"
        "\n"
        "Il commence le 1er\u00a0janvier 2014 et finit le 31\u00a0décembre 2015.\n"
        "Avancé de 2 ans : Effet ; Fin.\n"
        "Tout le reste est gardé tel quel, commentaires compris.\n"
        "À relire, car une année passée y est citée : ligne 5.\n"
        "\n"
        "Remplissez ce fichier dans un éditeur de texte, puis vérifiez-le : cpomgen validate essai-2014\n"
    )
    assert run(root, "validate", "essai-2014")[0] == 0
    (root / "contracts/essai-2014.yaml").write_text("repris", encoding="utf-8")
    assert "CPOM554" in run(root, "renew", "essai")[2]
    assert (root / "contracts/essai-2014.yaml").read_text(encoding="utf-8") == "repris"
    assert run(root, "renew", "essai", "suite")[0] == 0
    assert "CPOM006" in run(root, "renew", "essai", "La suite")[2]
    assert "CPOM004" in run(root, "renew", "esai")[2]
