"""Who the parties are: keys, and what numbers say of each other."""

from __future__ import annotations

import pytest
from examined import changed, problems, told

SIREN = 'siren: "123456782"'
SIRET = 'siret: "12345678200010"'
NETWORK = "          nom: ARESPA\n"
SEAT = 'siege: # la voie n\'est pas donnée par le guide\n        code_postal: "25000"'


def codes(*changes: tuple[str, str]) -> list[str]:
    """Return the codes of what is said of ARESPA once it is changed."""
    return [each.split()[1] for each in told(*changes)]


def finess(number: str) -> tuple[str, str]:
    """Return the change that gives the network a FINESS."""
    return NETWORK, f'{NETWORK}          finess: "{number}"\n'


def seat(postcode: str) -> tuple[tuple[str, str], ...]:
    """Return the change of the seats of both parties."""
    return (('code_postal: "25000"', f'code_postal: "{postcode}"'),)


@pytest.mark.parametrize("settled", [False, True])
def it_refuses_a_siren_whose_key_is_wrong_and_says_it_once(settled: bool) -> None:  # noqa: FBT001 - a table
    (found,) = problems(changed((SIREN, 'siren: "123456783"'), (SIRET, 'siret: "12345678300010"')), settled=settled)
    assert (found.code, found.severity.value, found.source) == ("CPOM421", "erreur", "")


def it_takes_no_zeros_for_a_siren() -> None:
    assert codes((SIREN, 'siren: "000000000"'), (SIRET, 'siret: "00000000000000"')) == ["CPOM421"]


def it_says_nothing_more_of_a_siren_that_has_not_its_form() -> None:
    assert codes((SIREN, "siren: 12345678"), (SIRET, 'siret: "1234567820001A"')) == ["CPOM214", "CPOM214"]


@pytest.mark.parametrize("siret", ["12345678200011", "12345678200028"])
def it_checks_the_key_of_a_siret(siret: str) -> None:
    expected = [] if siret.endswith("28") else ["CPOM422"]
    assert codes((SIRET, f'siret: "{siret}"')) == expected


@pytest.mark.parametrize(
    ("siret", "expected"), [("35600000049837", []), ("35600000000048", []), ("35600000049838", ["CPOM422"])]
)
def it_knows_how_la_poste_numbers_its_offices(siret: str, expected: list[str]) -> None:
    assert codes((SIREN, 'siren: "356000000"'), (SIRET, f'siret: "{siret}"')) == expected


def it_refuses_the_siret_of_another() -> None:
    (found,) = problems(changed((SIREN, 'siren: "732829320"')))
    assert (found.code, found.severity.value) == ("CPOM423", "erreur")
    assert found.remedy == 'écrivez siren: "123456782", ou corrigez le SIRET.'


def it_may_be_told_that_a_number_is_right() -> None:
    waiver = "\nderogations:\n  - {regle: CPOM421, fondement: numéro confirmé par l'Insee}\n"
    text = changed((SIREN, 'siren: "123456783"'), (SIRET, 'siret: "12345678300010"')) + waiver
    assert [each.waiver for each in problems(text)] == ["numéro confirmé par l’Insee"]


@pytest.mark.parametrize("number", ["310781406", "690781810", "2A0000014"])
def it_finds_the_key_of_true_finess(number: str) -> None:
    assert "CPOM424" not in codes(finess(number))


@pytest.mark.parametrize("number", ["310781407", "2A0000015", "2B0000014", "000000000"])
def it_warns_of_a_finess_without_its_key(number: str) -> None:
    found = [each for each in problems(changed(finess(number))) if each.code == "CPOM424"]
    assert [each.severity.value for each in found] == ["avertissement"]
    assert found[0].source == "usage, règle à vérifier"


@pytest.mark.parametrize(
    ("number", "postcode", "expected"),
    [
        ("310781406", "31000", False),
        ("310781406", "25000", True),
        ("2A0000014", "20000", False),
        ("2A0000014", "20200", False),
        ("2A0000014", "2A004", False),
        ("2A0000014", "13000", True),
        ("970100004", "97110", False),
        ("980500003", "97600", False),
        ("970100004", "75001", True),
    ],
)
def it_compares_a_finess_with_the_seat(number: str, postcode: str, expected: bool) -> None:  # noqa: FBT001 - a table
    assert ("CPOM425" in codes(finess(number), *seat(postcode))) == expected


def it_needs_no_finess() -> None:
    assert codes() == []


def it_warns_of_a_finess_given_twice() -> None:
    other = '        - id: autre\n          nom: Autre\n          finess: "250000015"\n'
    found = problems(
        changed(
            (NETWORK, f'{NETWORK}          finess: "250000015"\n'),
            ("        - id: reseau-arespa\n", f"{other}        - id: reseau-arespa\n"),
        )
    )
    assert [each.severity.value for each in found if each.code == "CPOM426"] == ["avertissement"]
