"""An avenant in preparation that is abandoned: its number skipped or taken again, its version withdrawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from essai import CONTRACT
from history import record, repository, tags
from typed import edit, said, signed_in_git, typed

GIVEN_UP = "{numero: 1, abandon: L'agence n'a pas obtenu les crédits.}"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project whose contract is signed, its avenant 1 frozen on 3 December 2012."""
    root = signed_in_git(tmp_path / "projet", monkeypatch)
    announce(root, "{numero: 1}")
    assert typed("freeze", "essai", "--le", "2012-12-03").return_value == 0
    return root


def announce(root: Path, *avenants: str) -> None:
    text = CONTRACT.replace("Réseau d'essai", "Réseau revu")
    (root / "contracts/essai.yaml").write_text(f"{text}avenants: [{', '.join(avenants)}]\n", encoding="utf-8")
    record(root)


def it_withdraws_the_version_of_an_avenant_that_is_abandoned(root: Path) -> None:
    announce(root, GIVEN_UP, "{numero: 2}")
    told = typed("validate", "essai")
    assert (told.return_value, "avertissement CPOM634" in told.output) == (0, True)
    assert "version v1 retirée" in said("freeze", "essai", "--abandonner")
    assert tags(root) == ["v0"]
    assert "CPOM63" not in said("validate", "essai")
    assert typed("freeze", "essai", "--le", "2012-12-10").return_value == 0
    assert tags(root) == ["v0", "v2"]
    assert "erreur CPOM617" in said("freeze", "essai", "--abandonner")


def it_needs_no_withdrawal_to_go_on(root: Path) -> None:
    announce(root, GIVEN_UP, "{numero: 2}")
    assert "Réseau [-d’essai-]{+revu+}" in said("diff", "essai")
    assert "dans out/essai/v0 " in said("build", "essai", "--version", "derniere")
    assert typed("freeze", "essai", "--le", "2012-12-10").return_value == 0
    assert "version v2 signée" in said("sign", "essai", "--le", "2012-12-12")
    assert "avertissement CPOM634" in said("validate", "essai")
    assert tags(root) == ["v0", "v1", "v2"]


def it_amends_nothing_that_is_abandoned(root: Path) -> None:
    announce(root, GIVEN_UP, "{numero: 2}")
    edit(root / "contracts/essai.yaml", "Réseau revu", "Réseau d'essai")
    assert "rien à modifier, le texte est celui de la version v0." in said("avenant", "essai")


def it_lets_another_avenant_take_the_number(root: Path) -> None:
    announce(root, GIVEN_UP, "{numero: 1}")
    assert "CPOM" not in said("validate", "essai")
    assert "erreur CPOM612" in said("freeze", "essai")
    assert typed("freeze", "essai", "--reprendre", "--le", "2012-12-10").return_value == 0
    assert "version v1 signée" in said("sign", "essai", "--le", "2012-12-12")
    assert "CPOM" not in said("validate", "essai")


def it_signs_nothing_that_is_abandoned(root: Path) -> None:
    announce(root, GIVEN_UP)
    assert "erreur CPOM633" in said("sign", "essai", "--version", "1", "--le", "2012-12-12")
    assert "erreur CPOM626" in said("sign", "essai", "--le", "2012-12-12")
    assert "erreur CPOM613" in said("freeze", "essai")


def it_abandons_nothing_that_is_signed(root: Path) -> None:
    assert typed("sign", "essai", "--le", "2012-12-12").return_value == 0
    edit(root / "contracts/essai.yaml", "{numero: 1}", GIVEN_UP)
    told = typed("validate", "essai")
    assert (told.return_value, "erreur CPOM633" in told.output) == (1, True)
    assert "erreur CPOM633" in said("freeze", "essai", "--abandonner")
    assert tags(root) == ["v0", "v1"]


def it_tells_how_colleagues_lose_it_too(root: Path) -> None:
    repository(root).remotes.create("origin", "../ailleurs")
    announce(root, GIVEN_UP)
    assert "git push origin --delete cpom/essai/v1" in said("freeze", "essai", "--abandonner")


def it_goes_with_no_other_option(root: Path) -> None:
    with pytest.raises(AssertionError, match="--abandonner"):
        typed("freeze", "essai", "--abandonner", "--reprendre")
    assert tags(root) == ["v0", "v1"]
