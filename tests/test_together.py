"""Two branches, two clones of one project, put together by git itself: what they cannot both have is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from history import record, repository
from repository import commit, run
from typed import edit, in_git, typed

from cpomgen.driver import driver, install
from cpomgen.problem import Mark
from cpomgen.repository import SERVERS, open_repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
MORE = """\
  lignes:
    type: list
    meta: {libelle: Lignes, imprime: false}
    schema:
      type: dict
      meta: {libelle: Ligne, intitule_par: titre}
      schema:
        id: {type: code, meta: {libelle: Identifiant}}
        titre: {type: ligne, meta: {libelle: Titre}}
        montant: {type: montant, meta: {libelle: Montant}}
        texte: {type: texte, meta: {libelle: Texte}}
        note: {type: ligne, meta: {libelle: Note}}
"""
CONTRACT = """\
lignes:
  - id: a
    titre: Accueil

    montant: 100.00

    texte: Un.
  - id: b
    titre: Bilan

    montant: 200.00

    texte: Deux.
"""
FILE = "contracts/essai.yaml"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project in git, on its branch main; commands are typed in it."""
    root = in_git(tmp_path / "projet", MORE, CONTRACT)
    run(root, "git", "reset", "-q", "--hard")
    monkeypatch.chdir(root)
    return root


def branch(root: Path, name: str, *changes: tuple[str, str]) -> None:
    """Make changes of a contract on a branch of its own, from main, and come back."""
    run(root, "git", "checkout", "-q", "-b", name, "main")
    change(root, *changes)
    run(root, "git", "checkout", "-q", "main")


def change(root: Path, *changes: tuple[str, str]) -> None:
    for old, new in changes:
        edit(root / FILE, old, new)
    assert commit(root).returncode == 0


def merge(root: Path, name: str, *words: str) -> None:
    done = run(root, "git", "merge", "--no-edit", *words, name)
    assert done.returncode == 0, done.stdout


def told(code: str, *words: str) -> list[str]:
    """Return what validate says under a code: the first line of each."""
    return [line for line in typed("validate", *words).output.splitlines() if f" {code} " in line]


A, B = ("montant: 100.00", "montant: 150.00"), ("texte: Un.", "texte: Un seul.")


@pytest.mark.parametrize("words", [(), ("--no-commit", "--no-ff")], ids=["made", "under way"])
def it_tells_an_item_that_both_sides_changed(root: Path, words: tuple[str, ...]) -> None:
    branch(root, "prorogation", A)
    change(root, B)
    assert told("CPOM656") == []
    merge(root, "prorogation", *words)
    (found,) = told("CPOM656")
    assert found == (
        "contracts/essai.yaml:7:5: avertissement CPOM656 : les deux branches fusionnées ont changé Ligne « Accueil » "
        "(a) : « main » (Texte : Un seul.) et « prorogation » (Montant : 150,00\u00a0€)."
    )
    assert typed("validate").return_value == 0
    assert typed("validate", "--strict").return_value == 1
    if not words:
        change(root, ("nom: Réseau", "nom: Le réseau"))
        assert told("CPOM656") == []


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (A, ("montant: 200.00", "montant: 250.00")),
        (A, ("nom: Réseau", "nom: Le réseau")),
        (("  - id: b", "  - id: c\n    titre: Neuf\n  - id: b"), ("texte: Deux.", "texte: Deux.\n  - id: d")),
    ],
)
def it_lets_branches_change_what_is_not_the_same(root: Path, theirs: tuple[str, str], ours: tuple[str, str]) -> None:
    branch(root, "ailleurs", theirs)
    change(root, ours)
    merge(root, "ailleurs")
    assert told("CPOM656") == []


@pytest.mark.parametrize(
    ("theirs", "ours", "kept", "expected"),
    [
        (A, (A[0], "montant: 90.00"), "montant: 90.00", "(Montant : 90,00 €) et « ailleurs » (Montant : 150,00 €)."),
        (A, ("    montant: 100.00\n\n", ""), "", "(Montant : retiré) et « ailleurs » (Montant : 150,00 €)."),
        (("nom: Réseau", "nom: Le réseau"), ("nom: Réseau", "nom: Un réseau"), "nom: Le réseau", "(Nom : Un réseau d’essai) et « ailleurs » (Nom : Le réseau d’essai)."),  # noqa: E501
        (("\nlignes:", "\nlignes:\n  - id: n\n    titre: Neuf"), ("\nlignes:", "\nlignes:\n  - id: n\n    titre: Nouveau"), "\n  - id: n\n    titre: Neuf", "(ajouté, Titre : Nouveau) et « ailleurs » (ajouté, Titre : Neuf)."),  # noqa: E501
    ],
)  # fmt: skip
def it_tells_what_was_chosen_over(  # the same lines: git asks somebody to choose
    root: Path, theirs: tuple[str, str], ours: tuple[str, str], kept: str, expected: str
) -> None:
    branch(root, "ailleurs", theirs)
    change(root, ours)
    assert run(root, "git", "merge", "ailleurs").returncode == 1
    assert told("CPOM105")
    side = "--theirs" if kept.startswith(("nom: Le", "\n  - id: n\n    titre: Neuf")) else "--ours"
    run(root, "git", "checkout", side, FILE)
    assert kept in (root / FILE).read_text(encoding="utf-8")
    commit(root)
    (found,) = told("CPOM656")
    assert found.replace("\u00a0", " ").endswith(expected)


def it_tells_nothing_of_what_both_changed_alike(root: Path) -> None:
    branch(root, "ailleurs", A, B)
    change(root, A)
    merge(root, "ailleurs")
    assert told("CPOM656") == []


def it_tells_items_of_one_id_that_git_put_in_two_places(root: Path) -> None:
    branch(root, "ailleurs", ("  - id: a", "  - id: n\n    titre: Neuf\n\n    montant: 1.00\n  - id: a"))
    change(root, ("texte: Deux.", "texte: Deux.\n  - id: n\n    titre: Neuf\n\n    montant: 2.00"))
    merge(root, "ailleurs")
    assert len(told("CPOM223")) == 1
    (found,) = told("CPOM656")
    assert found.endswith(
        "Ligne « Neuf » (n) : « main » (ajouté, Montant : 2,00\u00a0€) et « ailleurs » (ajouté, Montant : 1,00\u00a0€)."
    )


def it_names_the_sides_of_a_request_that_a_server_has_merged_beforehand(root: Path) -> None:
    branch(root, "demande", A)
    change(root, B)
    run(root, "git", "checkout", "-q", "--detach")
    names = [run(root, "git", "rev-parse", name).stdout.strip() for name in ("demande", "main")]
    assert (
        run(root, "git", "merge", "-q", "--no-ff", "-m", f"Merge {names[0]} into {names[1]}", "demande").returncode == 0
    )
    assert "« main » (Texte : Un seul.) et « demande » (Montant : " in told("CPOM656")[0]


def signed(root: Path) -> None:
    """Have the contract signed, and its register committed."""
    assert typed("freeze", "essai", "--le", "2012-06-11").return_value == 0
    assert typed("sign", "essai", "--le", "2012-06-18").return_value == 0
    record(root)


def it_tells_nothing_of_what_is_signed_since(root: Path) -> None:
    branch(root, "prorogation", A)
    change(root, B)
    merge(root, "prorogation")
    assert told("CPOM656")
    assert typed("freeze", "essai", "--le", "2012-06-11").return_value == 0
    assert typed("sign", "essai", "--le", "2012-06-18").return_value == 0
    assert told("CPOM656") == []


ONE = ("avenants:\n", "avenants:\n  - {numero: 1, date_effet: 2012-10-01}\n")
OTHER = ("avenants:\n", "avenants:\n  - {numero: 1, date_effet: 2013-01-01}\n")


@pytest.fixture
def amended(root: Path) -> Path:
    """Return the project, its contract signed; its avenants, none yet, are at the end."""
    with (root / FILE).open("a", encoding="utf-8", newline="\n") as file:
        file.write("avenants:\n  - {numero: 9, abandon: Sans crédits.}\n")
    record(root)
    signed(root)
    return root


def frozen_elsewhere(root: Path) -> None:
    """Freeze an avenant n° 1 on a branch, and come back to main."""
    branch(root, "financement", A, ONE)
    run(root, "git", "checkout", "-q", "financement")
    done = typed("freeze", "essai", "--le", "2012-09-03")
    assert done.return_value == 0, done.output
    run(root, "git", "checkout", "-q", "main")


def it_says_that_a_number_is_that_of_a_version_frozen_elsewhere(amended: Path) -> None:
    frozen_elsewhere(amended)
    assert told("CPOM655") == []
    change(amended, B, OTHER)
    (found,) = told("CPOM655")
    assert found.startswith(f"{FILE}:20:5: erreur CPOM655 : le numéro 1 est celui d'un autre avenant, déjà arrêté")
    assert "« cpom/essai/v1 », le 3\u00a0septembre 2012" in found
    answer = typed("validate")
    assert answer.return_value == 1
    assert "numero: 2 ; pour partir de l'autre, ou si c'est le même : git merge cpom/essai/v1" in answer.output
    change(amended, ("numero: 1, date_effet: 2013", "numero: 2, date_effet: 2013"))
    assert told("CPOM655") == []


def it_knows_the_same_avenant_of_a_branch_that_was_squashed(amended: Path) -> None:
    frozen_elsewhere(amended)
    change(amended, A, ONE)
    assert told("CPOM655") == []


def it_says_which_of_two_avenants_of_one_number_keeps_it(amended: Path) -> None:
    frozen_elsewhere(amended)
    change(
        amended,
        B,
        ("avenants:", "avenants: # ici"),
        ("crédits.}\n", "crédits.}\n  - {numero: 1, date_effet: 2013-01-01}\n"),
    )
    run(amended, "git", "merge", "--no-edit", "-X", "ours", "financement")
    edit(amended / FILE, "avenants: # ici\n", "avenants:\n  - {numero: 1, date_effet: 2012-10-01}\n")
    assert len(told("CPOM472")) == 1
    (found,) = told("CPOM655")
    line = (amended / FILE).read_text(encoding="utf-8").splitlines().index("  - {numero: 1, date_effet: 2013-01-01}")
    assert found.startswith(f"{FILE}:{line + 1}:")
    assert "pour partir de l'autre" not in typed("validate").output


def it_tells_the_same_number_announced_by_two_branches(amended: Path) -> None:
    branch(amended, "financement", A, ("avenants:\n", "avenants:\n  - {numero: 1, date_effet: 2012-10-01}\n\n"))
    change(amended, B, ("crédits.}", "crédits.}\n\n  - {numero: 1, date_effet: 2013-01-01}"))
    merge(amended, "financement")
    assert len(told("CPOM472")) == 1
    assert "celui des deux qui n'est ni arrêté ni signé prend un numéro libre : numero: 10" in typed("validate").output
    assert told("CPOM655") == []


def it_lets_an_avenant_be_prepared_anew(amended: Path) -> None:
    change(amended, A, ONE)
    typed("freeze", "essai", "--le", "2012-09-03")
    change(amended, ("2012-10-01", "2012-11-01"))
    assert told("CPOM655") == []


def clone(root: Path, name: str) -> Path:
    """Return a clone of the project that a server has, set up as `cpomgen git install` does."""
    made = root.parent / name
    run(root.parent, "git", "clone", "-q", "serveur.git", name)
    run(made, "git", "config", "user.name", name)
    run(made, "git", "config", "user.email", f"{name}@exemple.fr")
    found = open_repository(made, Mark(""))
    install(found, made, driver(found, "python", cache=False))
    return made


def it_says_that_a_version_was_frozen_in_two_clones(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(root.parent, "git", "clone", "-q", "--bare", "projet", "serveur.git")
    here, there = clone(root, "alice"), clone(root, "bruno")
    for each, day in ((here, "2012-06-11"), (there, "2012-06-12")):
        assert typed("freeze", "essai", "--le", day, "-C", str(each)).return_value == 0
    assert run(there, "git", "push", "-q", "origin", "cpom/essai/v0").returncode == 0
    assert run(here, "git", "push", "-q", "origin", "cpom/essai/v0").returncode == 1
    assert run(here, "git", "fetch", "-q").returncode == 0
    monkeypatch.chdir(here)
    (found,) = told("CPOM657")
    assert found == (
        f"{FILE}: avertissement CPOM657 : l'étiquette git « cpom/essai/v0 » n'est pas la même ici et sur « origin » : "
        "la version y a été arrêtée par bruno le 12\u00a0juin 2012, et ici par alice le 11\u00a0juin 2012."
    )
    typed("sign", "essai", "--le", "2012-06-18")
    assert " erreur CPOM657 " in told("CPOM657")[0]
    taken = "git fetch origin +refs/tags/cpom/essai/v0:refs/tags/cpom/essai/v0"
    assert taken in typed("validate").output
    assert run(here, *taken.split()).returncode == 0
    assert told("CPOM657") == []
    assert typed("git", "uninstall").return_value == 0
    assert not [name for name in repository(here).references if name.startswith(SERVERS)]


def it_takes_what_it_sends_for_what_the_server_has(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(root.parent, "git", "clone", "-q", "--bare", "projet", "serveur.git")
    here = clone(root, "alice")
    monkeypatch.chdir(here)
    for words in ((), ("--reprendre",)):
        typed("freeze", "essai", "--le", "2012-06-1" + str(1 + len(words)), *words)
        assert len(told("CPOM657")) == len(words)
        run(here, "git", "push", "-q", "--force", "origin", "cpom/essai/v0")
        assert told("CPOM657") == []


@pytest.mark.parametrize("depth", ["1", "2"])
def it_does_without_the_history_that_was_not_fetched(
    amended: Path, monkeypatch: pytest.MonkeyPatch, depth: str
) -> None:
    frozen_elsewhere(amended)
    change(amended, B, OTHER)
    branch(amended, "ailleurs", ("date_fin: 2013-12-31", "date_fin: 2014-12-31"))
    change(amended, ("nom: Réseau", "nom: Un réseau"))
    merge(amended, "ailleurs")
    done = run(amended.parent, "git", "clone", "-q", "--depth", depth, amended.as_uri(), "peu")
    run(amended.parent / "peu", "git", "fetch", "-q", "--depth", "1", "--tags")
    assert done.returncode == 0, done.stderr
    monkeypatch.chdir(amended.parent / "peu")
    assert typed("validate").return_value == 1
    assert told("CPOM655")
