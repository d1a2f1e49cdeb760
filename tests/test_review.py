"""`cpomgen review`, as whoever reads a request types it, in a repository of three contracts and one small type."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from essai import CONTRACT, MODELE, SCHEMA, gabarit, project
from history import record, repository, tag
from wordfile import paragraph

from cpomgen.cli import main

Run = Callable[..., tuple[object, str, str]]
SOURCES = """\
  sources:
    type: list
    meta: {libelle: Sources, role: sources, imprime: false}
    schema:
      type: dict
      meta: {intitule_par: id}
      schema:
        id: {type: code, required: true, meta: {libelle: Source}}
        montants:
          type: dict
          keysrules: {type: annee}
          valuesrules: {type: montant, meta: {libelle: Montant}}
          meta: {libelle: Montants, role: montants}
"""
REGISTER = "signatures:\n  - version: 0\n    le: 2012-06-18\n"
MONEY = "sources: [{id: fir, montants: {2012: 1000.00, 2013: 0.00}}]\n"
BODY = "{{ nom }}, du {{ duree.date_effet }} au {{ duree.date_fin }}."
ARTICLE = (paragraph("Article {{ 'objet' | numero('article') }} – Objet", style="heading 2"), BODY)


def contract(name: str, more: str = "") -> str:
    """Return a contract of this id."""
    return CONTRACT.replace("identifiant: essai", f"identifiant: {name}").replace("d'essai", f"de {name}") + more


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project of three contracts, all of it committed; `signe` is frozen, then signed."""
    found = project(tmp_path, {name: contract(name, MONEY) for name in ("alpha", "beta", "signe")}, gabarit(*ARTICLE))
    put(found, {"schemas/essai.yaml": SCHEMA + SOURCES})
    record(found)
    tag(found, "cpom/signe/v0")
    put(found, {"signatures/signe.yaml": REGISTER})
    record(found)
    return found


def put(root: Path, files: Mapping[str, str | bytes | None]) -> None:
    """Write files below `root`; one without content goes."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(exist_ok=True)
        if content is None:
            target.unlink()
        else:
            target.write_bytes(content.encode() if isinstance(content, str) else content)


def change(root: Path, path: str, old: str, new: str) -> None:
    """Put a text in the place of another."""
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    put(root, {path: text.replace(old, new)})


@pytest.fixture
def run(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs `cpomgen review` in the project."""
    monkeypatch.chdir(root)

    def typed(*arguments: str) -> tuple[object, str, str]:
        monkeypatch.setattr("sys.argv", ["cpomgen", "review", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        return caught.value.code, *capsys.readouterr()

    return typed


def told(run: Run, *arguments: str) -> dict[str, Any]:
    """Return the report as a program reads it, with the status of the command."""
    code, said, wrong = run("--format", "json", *arguments)
    assert wrong == ""
    found: dict[str, Any] = json.loads(said)
    assert found["fusionnable"] is (code == 0)
    return found


SAID = """\
# Relecture de la demande

Ce qui change depuis main, jusqu'à : copie de travail.

**Rien ne s'oppose à la fusion.**

## En bref

| Contrat | Ce qui change | Effet financier | À savoir |
| --- | --- | ---: | --- |
| alpha | article 1er | \\+500,00 € | – |
| gamma | nouveau contrat | \\+70,00 € | – |
| Total | 2 contrats | \\+570,00 € | – |

| Effet de la demande | Exercice | Avant | Après | Écart |
| --- | --- | ---: | ---: | ---: |
| Tous contrats | 2012 | 1 000,00 € | 1 570,00 € | \\+570,00 € |
| Tous contrats | tous exercices | 1 000,00 € | 1 570,00 € | \\+570,00 € |

## Contrat par contrat

### alpha : modifié

Contrat 2012 – Réseau de l’appui.

Ce qui change :

- **article 1er** :
  - Réseau de <del>alpha</del><ins>l’appui</ins>, du 1er janvier 2012 au 31 décembre 2013.

Champs dont le changement ne se lit pas tel quel dans le texte :

- **Sources, « fir », Montants, 2012** : <del>1 000,00</del><ins>1 500,00</ins>

| Sources | Exercice | Avant | Après | Écart |
| --- | --- | ---: | ---: | ---: |
| fir | 2012 | 1 000,00 € | 1 500,00 € | \\+500,00 € |
| fir | tous exercices | 1 000,00 € | 1 500,00 € | \\+500,00 € |
| Total | 2012 | 1 000,00 € | 1 500,00 € | \\+500,00 € |
| Total | tous exercices | 1 000,00 € | 1 500,00 € | \\+500,00 € |

### gamma : ajouté

Contrat 2012 – Réseau de gamma.

| Sources | Exercice | Avant | Après | Écart |
| --- | --- | ---: | ---: | ---: |
| fir | 2012 | – | 70,00 € | \\+70,00 € |
| fir | 2013 | – | 0,00 € | 0,00 € |
| fir | tous exercices | – | 70,00 € | \\+70,00 € |
| Total | 2012 | – | 70,00 € | \\+70,00 € |
| Total | 2013 | – | 0,00 € | 0,00 € |
| Total | tous exercices | – | 70,00 € | \\+70,00 € |

## Ce qu'il reste à faire

- Rien d'autre que fusionner.
"""


def it_tells_a_request_contract_by_contract(run: Run, root: Path) -> None:
    change(root, "contracts/alpha.yaml", "de alpha", "de l'appui")
    change(root, "contracts/alpha.yaml", "1000.00", "1500.00")
    put(root, {"contracts/gamma.yaml": contract("gamma", MONEY.replace("1000", "70"))})
    code, said, wrong = run("--format", "markdown")
    assert said.replace("\u00a0", " ").replace("\u202f", " ") == SAID
    assert (code, wrong) == (0, "")


def it_says_the_same_at_a_terminal(run: Run, root: Path) -> None:
    change(root, "contracts/alpha.yaml", "de alpha", "de l'appui")
    _, said, _ = run()
    assert said.startswith("RELECTURE DE LA DEMANDE\n=======================\n")
    assert "\n  article 1er :\n      Réseau de [-alpha-]{+l’appui+}, du" in said.replace("\u00a0", " ")


def it_says_that_nothing_changes(run: Run) -> None:
    code, said, _ = run()
    assert (code, "Rien ne change." in said) == (0, True)


def it_compares_two_revisions_whatever_the_disk_holds(run: Run, root: Path) -> None:
    change(root, "contracts/alpha.yaml", "1000.00", "1500.00")
    record(root)
    put(root, {"contracts/beta.yaml": b"\xff\x00"})
    found = told(run, "--base", "HEAD~1", "--head", "HEAD")
    assert [each["identifiant"] for each in found["contrats"]] == ["alpha"]
    assert found["montants"] == {"avant": "1000.00", "apres": "1500.00", "ecart": "500.00"}
    assert (found["tete"], len(found["revision"])) == ("HEAD", 40)


def it_leaves_out_what_others_merged_meanwhile(run: Run, root: Path) -> None:
    git = repository(root)
    start = git.revparse_single("HEAD").id
    change(root, "contracts/beta.yaml", "de beta", "d'ailleurs")
    git.create_reference("refs/remotes/origin/main", record(root))
    change(root, "contracts/beta.yaml", "d'ailleurs", "de beta")
    change(root, "contracts/alpha.yaml", "de alpha", "d'ici")
    record(root, parents=[start])
    found = told(run)
    assert (found["base"], [each["identifiant"] for each in found["contrats"]]) == ("origin/main", ["alpha"])


def it_fails_for_a_signed_contract_that_changes_without_an_avenant(run: Run, root: Path) -> None:
    change(root, "contracts/signe.yaml", "de signe", "d'un autre nom")
    found = told(run)
    (one,) = found["contrats"]
    assert not found["fusionnable"]
    assert one["avenant"] == {"etat": "avenant à annoncer", "numero": None, "version_signee": 0}
    assert [each["code"] for each in one["problemes"]["nouveaux"]] == ["CPOM631"]
    assert found["a_faire"][0].startswith("signe : annoncez-le sous « avenants »")


def it_lets_internal_fields_of_a_signed_contract_change(run: Run, root: Path) -> None:
    change(root, "contracts/signe.yaml", "DOS/1", "DOS/2")
    found = told(run)
    assert found["contrats"][0]["avenant"]["etat"] == "aucun avenant nécessaire"
    assert found["fusionnable"]


def it_holds_a_contract_to_a_signature_that_the_request_erases(run: Run, root: Path) -> None:
    change(root, "contracts/signe.yaml", "de signe", "d'un autre nom")
    put(root, {"signatures/signe.yaml": None})
    found = told(run)
    assert [each["code"] for each in found["problemes"]] == ["CPOM653"]
    assert found["contrats"][0]["avenant"]["etat"] == "avenant à annoncer"


def it_tells_versions_and_pieces_frozen_and_signatures_recorded(run: Run, root: Path) -> None:
    put(root, {"signatures/alpha.yaml": REGISTER})
    record(root)
    for name in ("v0", "v0-socle"):
        tag(root, f"cpom/alpha/{name}")
    put(root, {"signatures/alpha.yaml": REGISTER + "    par: présidente\n"})
    (one,) = told(run, "--base", "HEAD~1")["contrats"]
    assert (one["sort"], one["versions_arretees"], one["pieces_arretees"]) == ("inchangé", [0], ["socle"])
    assert one["signatures"] == [{"version": 0, "le": "2012-06-18", "piece": None, "par": "présidente"}]
    text = run("--base", "HEAD~1")[1]
    assert "pièce socle arrêtée, v0 arrêtée, v0 signée" in text
    assert "La demande arrête la pièce socle pour signature." in text


def it_knows_a_contract_by_its_lines_when_it_is_renamed(run: Run, root: Path) -> None:
    put(
        root,
        {
            "contracts/alpha.yaml": None,
            "contracts/omega.yaml": contract("alpha", MONEY).replace("t: alpha", "t: omega"),
        },
    )
    (one,) = told(run)["contrats"]
    assert (one["identifiant"], one["sort"], one["auparavant"]) == ("omega", "renommé", "alpha")
    assert one["changements"]["texte"] == []


def it_refuses_that_a_signed_contract_goes(run: Run, root: Path) -> None:
    put(root, {"contracts/signe.yaml": None, "contracts/beta.yaml": None})
    found = told(run)
    assert [(each["code"], each["file"]) for each in found["problemes"]] == [("CPOM652", "contracts/signe.yaml")]
    assert [each["montants"]["ecart"] for each in found["contrats"]] == ["-1000.00", "-1000.00"]


def it_refuses_that_a_signed_contract_changes_its_name(run: Run, root: Path) -> None:
    put(
        root,
        {"contracts/signe.yaml": None, "contracts/neuf.yaml": contract("signe", MONEY).replace("t: signe", "t: neuf")},
    )
    found = told(run)
    assert [(each["code"], each["file"]) for each in found["problemes"]] == [("CPOM652", "contracts/signe.yaml")]
    assert found["contrats"][0]["auparavant"] == "signe"


@pytest.mark.parametrize("junk", [b"\xff\x00\x01", b"type: essai\nnom: [\n", b"", b"type: inconnu\n"])
def it_tells_a_contract_that_cannot_be_read_and_goes_on(run: Run, root: Path, junk: bytes) -> None:
    put(root, {"contracts/alpha.yaml": junk})
    change(root, "contracts/beta.yaml", "1000.00", "1500.00")
    found = told(run)
    alpha, beta = found["contrats"]
    assert not found["fusionnable"]
    assert (alpha["changements"], beta["montants"]["ecart"]) == (None, "500.00")
    assert alpha["problemes"]["erreurs"]
    assert "ce qui change ne peut être dit" in run()[1]


def it_tells_what_a_contract_that_was_unreadable_becomes(run: Run, root: Path) -> None:
    put(root, {"contracts/alpha.yaml": b"\xff\x00"})
    record(root)
    put(root, {"contracts/alpha.yaml": contract("alpha")})
    (one,) = told(run)["contrats"]
    assert (one["sort"], len(one["problemes"]["disparus"]), one["problemes"]["erreurs"]) == ("modifié", 1, [])


def it_tells_a_value_that_cannot_be_read(run: Run, root: Path) -> None:
    change(root, "contracts/alpha.yaml", "1000.00", "beaucoup")
    (one,) = told(run)["contrats"]
    assert (one["changements"], [each["code"] for each in one["problemes"]["erreurs"]]) == (None, ["CPOM210"])


def it_says_that_only_the_layout_of_a_file_changes(run: Run, root: Path) -> None:
    change(root, "contracts/alpha.yaml", "type: essai", "# relu\ntype: essai")
    code, said, _ = run()
    assert (code, "rien de ce qu'il dit" in said) == (0, True)


def it_groups_what_a_template_changes(run: Run, root: Path) -> None:
    new = BODY.replace("du ", "conclu du ")
    put(root, {"templates/essai/gabarit.docx": gabarit(ARTICLE[0], new)})
    tag(root, "cpom/beta/v0-socle")
    (one,) = told(run)["types"]
    (group,) = one["groupes"]
    assert (group["lieu"], group["contrats"], len(group["formes"])) == ("article 1er", ["alpha", "beta"], 1)
    assert one["gardent_leurs_clauses"] == [
        {"identifiant": "signe", "version": 0, "signee": True, "piece": None},
        {"identifiant": "beta", "version": 0, "signee": False, "piece": "socle"},
    ]
    assert (one["contrats"], one["imprimes"], one["problemes"]) == (3, 2, [])
    said = run()[1].replace("\u00a0", " ")
    assert "article 1er modifié dans 2 contrats :" in said
    assert "Contrats dont le texte change : alpha, beta." in said
    assert "1 contrat signé garde ses clauses, celles du modèle d'alors : signe (v0)." in said
    assert "1 pièce arrêtée à part garde son texte, quoi que devienne le contrat entier : beta (socle)." in said


def it_tells_faulty_contracts_alone_when_a_comment_would_be_too_long(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cpomgen.commands.review.COMMENT", 100)
    change(root, "contracts/alpha.yaml", "de alpha", "de l'appui")
    change(root, "contracts/signe.yaml", "de signe", "d'un autre nom")
    _, said, _ = run("--format", "markdown")
    assert "| alpha | article 1er |" in said.replace("\u00a0", " ")
    assert ("### signe" in said, "### alpha" in said) == (True, False)


def it_parts_what_a_contract_changes_from_what_its_template_does(run: Run, root: Path) -> None:
    put(root, {"templates/essai/gabarit.docx": gabarit(*ARTICLE, "Fait en double.")})
    change(root, "contracts/alpha.yaml", "de alpha", "de l'appui")
    found = told(run)
    (one,) = found["contrats"]
    assert [each["action"] for each in one["changements"]["texte"]] == ["remplacer"]
    assert one["changements_du_modele"] == 1
    assert found["types"][0]["touches"] == ["alpha", "beta"]


def it_prints_all_sections_again_when_numbers_shift(run: Run, root: Path) -> None:
    head = paragraph("Article {{ 'neuf' | numero('article') }} – Neuf", style="heading 2")
    put(root, {"templates/essai/gabarit.docx": gabarit(head, "Mots neufs.", *ARTICLE)})
    lieux = [group["lieu"] for group in told(run)["types"][0]["groupes"]]
    assert "article 1er" in lieux


def it_sees_that_a_template_saved_again_says_the_same(run: Run, root: Path) -> None:
    put(root, {"templates/essai/gabarit.docx": gabarit(*ARTICLE) + b"\n"})
    (one,) = told(run)["types"]
    assert (one["imprimes"], one["groupes"]) == (0, [])
    assert "le texte d'aucun ne change" in run()[1]


def it_fails_for_a_template_that_cannot_be_printed(run: Run, root: Path) -> None:
    put(root, {"templates/essai/gabarit.docx": gabarit("{{ inconnu }}")})
    found = told(run)
    assert not found["fusionnable"]
    assert found["types"][0]["problemes"]
    put(root, {"templates/essai/gabarit.docx": b"junk"})
    assert [each["code"] for each in told(run)["types"][0]["problemes"]] == ["CPOM301"]


def it_reads_the_old_side_with_its_own_schema(run: Run, root: Path) -> None:
    change(
        root,
        "schemas/essai.yaml",
        "  nom: {",
        "  ville: {type: ligne, required: true, meta: {libelle: Ville, imprime: false}}\n  nom: {",
    )
    change(root, "contracts/alpha.yaml", "type: essai\n", "type: essai\nville: Gray\n")
    found = told(run)
    assert [each["champ"] for each in found["contrats"][0]["changements"]["champs"]] == ["ville"]
    assert found["contrats"][0]["problemes"]["erreurs"] == []
    wrong = {(each["code"], each["file"]) for each in found["types"][0]["problemes"]}
    assert wrong == {("CPOM212", "contracts/beta.yaml"), ("CPOM212", "contracts/signe.yaml")}


def it_tells_what_a_manifest_changes_in_the_text(run: Run, root: Path) -> None:
    put(root, {"templates/essai/modele.yaml": MODELE.replace("nom: socle", "nom: socle\n    condition: not annexe", 1)})
    (one,) = told(run)["types"]
    assert (one["imprimes"], one["groupes"]) == (2, [])
    put(root, {"templates/essai/modele.yaml": MODELE.replace("condition: annexe", "condition: not annexe")})
    assert told(run)["types"][0]["non_imprimes"] == ["alpha", "beta"]


def it_takes_a_type_that_comes_or_goes(run: Run, root: Path) -> None:
    put(root, {"schemas/essai.yaml": None})
    found = told(run)
    assert {each["code"] for each in found["types"][0]["problemes"]} == {"CPOM220"}
    record(root)
    put(root, {"schemas/essai.yaml": SCHEMA + SOURCES})
    found = told(run)
    assert found["types"][0]["problemes"] == []
    assert found["fusionnable"]


def it_tells_waivers_that_come(run: Run, root: Path) -> None:
    put(root, {"contracts/alpha.yaml": contract("alpha", "echeance: 2015-01-01\n")})
    record(root)
    waiver = "derogations: [{regle: CPOM404, fondement: convenu avec le promoteur}]\n"
    put(root, {"contracts/alpha.yaml": contract("alpha", f"echeance: 2015-01-01\n{waiver}")})
    problems = told(run)["contrats"][0]["problemes"]
    assert [each["waiver"] for each in problems["derogations"]] == ["convenu avec le promoteur"]
    assert (problems["nouveaux"], problems["disparus"], problems["erreurs"]) == ([], [], [])
    assert told(run)["a_faire"] == ["alpha : acceptez ou refusez 1 dérogation."]
    assert "Fondement de la dérogation : convenu avec le promoteur" in run()[1]


def it_names_other_files_without_reading_them(run: Run, root: Path) -> None:
    put(root, {"docs/note.md": b"\xff", "out/x.pdf": b"x", "signatures/aucun.yaml": b"x", "contracts/faux.yml": b"x"})
    found = told(run)
    assert found["autres_fichiers"] == ["contracts/faux.yml", "docs/note.md", "signatures/aucun.yaml"]
    assert found["contrats"] == []
