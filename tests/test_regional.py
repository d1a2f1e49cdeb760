"""A change of the catalogue of a region, as `cpomgen review` tells it: once, with the contracts that it reaches."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from history import record, tag
from memory import ROOT
from regional import CAMPAGNE, REFERS, SPELLS, files
from typed import AVENANTS

from cpomgen.cli import main
from cpomgen.commands.unaltered import is_unaltered
from cpomgen.freeze import uncommitted
from cpomgen.problem import Mark
from cpomgen.reading import Reading
from cpomgen.repository import open_repository
from cpomgen.tree import WorkTree
from cpomgen.version import open_version

REGISTER = "signatures:\n  - version: 0\n    le: 2012-06-18\n"
UNIT = ("unite: jours", "unite: usagers")
NAMES = ("alpha", "beta", "gamma", "signe")
Run = Callable[..., tuple[object, str]]


def put(root: Path, path: str, content: str | bytes) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project committed: alpha and beta refer, so does `signe`, which is signed; gamma spells the same out."""
    for name, more in (("alpha", REFERS), ("beta", REFERS), ("signe", REFERS), ("gamma", SPELLS)):
        for path, content in files(more, name=name).items():
            put(tmp_path, path, content)
    put(tmp_path, "templates/essai/style.typ", (ROOT / "templates/cpom_type/style.typ").read_bytes())
    change(tmp_path, "schemas/essai.yaml", "  mesures:", f"{AVENANTS}  mesures:")
    record(tmp_path)
    tag(tmp_path, "cpom/signe/v0")
    put(tmp_path, "signatures/signe.yaml", REGISTER)
    record(tmp_path)
    return tmp_path


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    put(root, path, text.replace(old, new))


@pytest.fixture
def run(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command in the project."""
    monkeypatch.chdir(root)

    def typed(*words: str) -> tuple[object, str]:
        monkeypatch.setattr("sys.argv", ["cpomgen", *words])
        with pytest.raises(SystemExit) as caught:
            main()
        said, wrong = capsys.readouterr()
        return caught.value.code, (wrong + said).replace("\u00a0", " ")

    return typed


def told(run: Run) -> dict[str, Any]:
    """Return what a review tells of the catalogue."""
    code, said = run("review", "--format", "json")
    whole = json.loads(said)
    assert whole["fusionnable"] is (code == 0)
    found: dict[str, Any] = whole["catalogue"]
    assert whole["contrats"] == []
    assert "campagne.yaml" not in whole["autres_fichiers"]
    return found


def it_tells_a_change_once_with_the_contracts_that_it_reaches(run: Run, root: Path) -> None:
    change(root, "campagne.yaml", *UNIT)
    found = told(run)
    (one,) = found["changements"]
    assert one["contrats"] == ["alpha", "beta", "signe"]
    assert (one["changement"]["champ"], one["changement"]["avant"], one["changement"]["apres"]) == (
        "indicateurs[DELAI].unite", "jours", "usagers",
    )  # fmt: skip
    assert found["signes"] == [
        {"identifiant": "signe", "etat": "avenant à annoncer", "numero": None, "version_arretee": None}
    ]
    assert [each["code"] for each in found["problemes"]] == ["CPOM631"]


SAID = """\
Catalogue régional
------------------

Ce qui change :

  Indicateurs, « Délai de réponse », Unité (DELAI) : [-jours-]{+usagers+} ; 3 contrats

Contrats qui y renvoient : alpha, beta, signe.

Signés, que ce changement oblige à amender, et qui n'annoncent aucun avenant : signe.

Ce qu'il reste à faire
----------------------

  catalogue régional : annoncez un avenant dans signe ; ou laissez cette définition comme elle était, et donnez la \
nouvelle sous un autre identifiant, pour les contrats à venir.
"""


def it_tells_it_in_words_once_for_all_contracts(run: Run, root: Path) -> None:
    change(root, "campagne.yaml", *UNIT)
    code, said = run("review")
    assert said[said.index("Catalogue régional\n") :].rstrip() == SAID.rstrip()
    assert code == 1


def it_lets_pass_a_change_that_an_avenant_announces(run: Run, root: Path) -> None:
    change(root, "contracts/signe.yaml", "mesures:", "avenants: [{numero: 1}]\nmesures:")
    record(root)
    change(root, "campagne.yaml", *UNIT)
    assert told(run)["signes"][0]["etat"] == "avenant annoncé"
    assert "Signés, que l'avenant annoncé mettra à jour : signe (avenant n° 1)." in run("review")[1]


def it_says_which_were_frozen_with_the_former_definition(run: Run, root: Path) -> None:
    tag(root, "cpom/alpha/v0")
    change(root, "contracts/signe.yaml", "mesures:", "avenants: [{numero: 1}]\nmesures:")
    record(root)
    tag(root, "cpom/signe/v1")
    change(root, "campagne.yaml", *UNIT)
    alpha, signe = told(run)["signes"]
    assert (alpha["identifiant"], alpha["version_arretee"], signe["etat"]) == (
        "alpha",
        0,
        "avenant arrêté, puis modifié",
    )
    said = run("review")[1]
    assert "Arrêtés pour signature, avec l'ancienne définition : alpha (v0)." in said
    assert "arrêtez de nouveau l'avenant de signe (cpomgen freeze --reprendre)" in said


def it_reaches_those_that_take_what_cites_what_changes(run: Run, root: Path) -> None:
    change(root, "campagne.yaml", "intitule: cadre", "intitule: cadre d'orientation")
    (one,) = told(run)["changements"]
    assert (one["changement"]["champ"], len(one["contrats"])) == ("prs[cos].intitule", 3)


def it_reaches_no_contract_by_its_calendar(run: Run, root: Path) -> None:
    put(root, "contracts/alpha.yaml", "nom: [")  # which nobody reads
    record(root)
    change(root, "campagne.yaml", "fin: 2013-12-31", "fin: 2014-12-31")
    (one,) = told(run)["changements"]
    assert one["contrats"] == []
    assert "; aucun contrat\n" in run("review")[1]


def it_tells_what_contracts_lose(run: Run, root: Path) -> None:
    change(root, "campagne.yaml", "id: DELAI", "id: DELAIS")
    found = told(run)
    assert {(each["code"], each["file"]) for each in found["problemes"]} == {
        ("CPOM723", f"contracts/{name}.yaml") for name in ("alpha", "beta", "signe")
    } | {("CPOM631", "contracts/signe.yaml")}
    assert {each["changement"]["genre"] for each in found["changements"]} == {"ajouté", "retiré"}


def it_tells_of_contracts_whose_catalogue_goes(run: Run, root: Path) -> None:
    (root / "campagne.yaml").unlink()
    found = told(run)
    assert found["changements"] is None
    assert {each["code"] for each in found["problemes"]} >= {"CPOM722"}
    assert "campagne.yaml n'est pas comparé" in run("review")[1]


def it_stops_at_a_catalogue_that_cannot_be_read_and_says_why_once(run: Run, root: Path) -> None:
    change(root, "campagne.yaml", "region: Bretagne", "region: [")
    found = told(run)
    assert (found["changements"], len(found["problemes"])) == (None, 1)


def it_says_that_its_layout_alone_changes(run: Run, root: Path) -> None:
    change(root, "campagne.yaml", "region: Bretagne", "# relu\nregion: Bretagne")
    assert told(run) == {"changements": [], "signes": [], "problemes": []}
    assert "rien de ce qu'il dit" in run("review")[1]


def it_holds_a_signed_contract_to_the_catalogue_of_its_signature(run: Run, root: Path) -> None:
    change(root, "campagne.yaml", *UNIT)
    code, said = run("validate")
    assert code == 1
    assert (
        "contracts/signe.yaml:6:11: erreur CPOM631 : « Mesures, “Délai de réponse”, Unité » a changé par le catalogue"
        in said
    )
    assert said.count("CPOM") == 1


def it_tells_what_is_wrong_in_the_catalogue_once(run: Run, root: Path) -> None:
    put(root, "campagne.yaml", CAMPAGNE.replace("unite: jours", "unite: jour"))
    code, said = run("validate", "alpha", "beta", "gamma")
    assert (code, said.count("erreur CPOM213")) == (1, 1)
    assert "campagne.yaml : 1 erreur.\nalpha : 1 erreur.\nbeta : 1 erreur.\ngamma : aucun problème.\n" in said


def it_reads_all_contracts_when_the_file_of_the_campaign_is_given(run: Run, root: Path) -> None:
    code, said = run("validate", "alpha", str(root / "campagne.yaml"))
    assert (code, said) == (0, "".join(f"{each} : aucun problème.\n" for each in ("campagne.yaml", *NAMES)))


def it_keeps_to_the_catalogue_of_a_frozen_version(root: Path) -> None:
    change(root, "campagne.yaml", *UNIT)
    units = [
        str(Reading(each).resolved("signe")[0].fiche["mesures"][0]["unite"])
        for each in (open_version(root, "signe", "0").tree, WorkTree(root))
    ]
    assert units == ["jours", "usagers"]


def it_freezes_no_contract_whose_catalogue_is_not_committed(root: Path) -> None:
    change(root, "campagne.yaml", "region: Bretagne", "region: Normandie")
    git, tree = open_repository(root, Mark("contracts")), WorkTree(root)
    found = [[each.mark.file for each in uncommitted(git, tree, Reading(tree).acte(name))] for name in NAMES]
    assert found == [["campagne.yaml"], ["campagne.yaml"], [], ["campagne.yaml"]]


def it_knows_whether_a_contract_still_says_what_was_frozen(root: Path) -> None:
    git = open_repository(root, Mark("contracts"))
    found = []
    for old, new in (("region: Bretagne", "region: Normandie"), ("libelle: File active", "libelle: File"), UNIT):
        change(root, "campagne.yaml", old, new)
        found.append(is_unaltered(git, Reading(WorkTree(root)), "signe", 0))
    assert found == [True, True, False]
