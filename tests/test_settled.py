"""A version signed elsewhere, whatever is wrong in it: its documents are made, or one is told why they cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from essai import CONTRACT, project
from history import record
from memory import contract_of, problems_of, schema_of, source
from typed import Done, edit, said, typed

from cpomgen.contrat import Contrat
from cpomgen.problem import Severity, is_blocking
from cpomgen.resolve import resolve
from cpomgen.settled import as_signed
from cpomgen.validate import validate

FIELDS = """\
nom: {type: ligne, required: true, meta: {libelle: Nom}}
jour: {type: date, meta: {libelle: Jour}}
"""


def brought_in(root: Path, text: str) -> Done:
    """Return what importing a contract says, in a project where it is alone."""
    project(root, {"essai": text})
    record(root)
    return typed("import-signed", "essai", "--le", "2012-06-18", "-C", str(root))


def contrat(text: str) -> Contrat:
    schema = schema_of(FIELDS)
    return resolve(validate(source(text), schema), schema)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("dossier: DOS/1", "dossier: DOS/1\nautre: Un champ que le schéma n'a pas"),
        ("dossier: DOS/1", "derogations: [{regle: CPOM405}]"),
    ],
)
def it_builds_what_was_signed_with_its_faults(tmp_path: Path, old: str, new: str) -> None:
    assert old in CONTRACT
    text = CONTRACT.replace(old, new)
    assert "CPOM" not in brought_in(tmp_path, text).output
    assert typed("build", "essai", "-C", str(tmp_path)).return_value == 1
    built = typed("build", "essai", "--version", "0", "-C", str(tmp_path))
    assert (built.return_value, "4 documents dans out/essai/v0" in built.output) == (0, True)
    assert "telle qu’elle a été" in built.output
    (tmp_path / "contracts/essai.yaml").write_text(CONTRACT, encoding="utf-8")
    assert typed("diff", "essai", "-C", str(tmp_path)).return_value == 0


def it_counts_what_it_notes_of_what_was_signed(tmp_path: Path) -> None:
    assert " reprise telle quelle ; 1 remarque notée.\n" in brought_in(tmp_path / "un", CONTRACT).output
    assert " reprise telle quelle ; 2 remarques notées.\n" in brought_in(tmp_path / "deux", f"{CONTRACT}x: x\n").output


def it_says_why_a_version_cannot_be_made_again(tmp_path: Path) -> None:
    told = brought_in(tmp_path, CONTRACT.replace("2013-12-31", "2013-13-31"))
    assert (told.return_value, "avertissement CPOM608" in told.output) == (0, True)
    built = typed("build", "essai", "--version", "0", "-C", str(tmp_path))
    assert built.return_value == 1
    assert [code in built.output for code in ("erreur CPOM210", "erreur CPOM608")] == [True, True]
    assert not (tmp_path / "out").exists()
    edit(tmp_path / "contracts/essai.yaml", "2013-13-31", "2013-12-31")
    assert "erreur CPOM608" in said("diff", "essai", "-C", str(tmp_path))


def it_says_so_of_what_the_template_cannot_do_without(tmp_path: Path) -> None:
    told = brought_in(tmp_path, CONTRACT.replace("date_fin: 2013-12-31", "date_fin: 2011-12-31"))
    assert (told.return_value, "avertissement CPOM608" in told.output) == (0, True)
    built = said("build", "essai", "--version", "0", "-C", str(tmp_path))
    assert [code in built for code in ("CPOM226", "CPOM305", "CPOM608")] == [True, True, True]


def it_judges_a_revision_that_nobody_froze_as_a_project(tmp_path: Path) -> None:
    brought_in(tmp_path, f"{CONTRACT}autre: x\n")
    built = typed("build", "essai", "--version", "HEAD", "-C", str(tmp_path))
    assert (built.return_value, "CPOM211" in built.output, "CPOM608" in built.output) == (1, True, False)


def it_softens_what_is_wrong_and_no_more() -> None:
    with as_signed(contrat("nom: Un\nnmo: Deux\n")) as found:
        assert [each.severity for each in found.problems] == [Severity.AVERTISSEMENT]
        assert str(found.fiche["nom"]) == "Un"
    sound = contract_of(schema_of(FIELDS), "nom: Un\n")
    with as_signed(sound) as found:
        assert found == sound


def it_prints_nothing_of_what_it_cannot_read() -> None:
    def entered() -> None:
        with as_signed(contrat("nom: Un\njour: hier\n")):
            raise AssertionError

    assert [(each.code, is_blocking(each)) for each in problems_of(entered)] == [("CPOM210", True), ("CPOM608", True)]
