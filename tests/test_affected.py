"""The same change of many contracts, told once; what is enough of two templates to tell what differs."""

from __future__ import annotations

import pytest
from memory import compiled

from cpomgen.affected import grouped, key_of, numbered, own, shape
from cpomgen.chapter import in_brief, to_know
from cpomgen.lieu import Lieu
from cpomgen.operation import Action, Operation, Unite
from cpomgen.patron import gives_numbers
from cpomgen.problem import Mark, Problem
from cpomgen.review import Reviewed, Sort, renamed, told_apart
from cpomgen.standing import Etat, Stade, standing

SEVEN = Lieu(("article 7",))


def replaced(old: str, new: str, lieu: Lieu = SEVEN) -> Operation:
    """Return a change of words."""
    return Operation(Action.REMPLACER, Unite.ALINEA, lieu, (old,), (new,))


def it_tells_once_the_same_words_around_other_names() -> None:
    found = {name: [replaced(f"Le réseau {name} paie.", f"Le réseau {name} verse.")] for name in ("b", "a")}
    (group,) = grouped(found)
    assert (group.lieu, group.contrats, len(group.formes)) == ("article 7", ("a", "b"), 1)


def it_tells_apart_the_wordings_of_one_part() -> None:
    found = {"a": [replaced("x y", "x z")], "b": [replaced("x y", "x t")], "c": [replaced("x", "y", Lieu(()))]}
    first, second = grouped(found)
    assert [each.contrats for each in first.formes] == [("a",), ("b",)]
    assert second.lieu == "document"


def it_takes_away_from_a_contract_what_its_template_does() -> None:
    shared, mine = replaced("du contrat", "d'un contrat"), replaced("un", "deux")
    assert own([shared, mine], [replaced("du contrat", "d'un contrat")]) == (mine,)
    assert key_of(shared) != key_of(mine)


def it_sees_no_difference_between_two_compilations() -> None:
    one, same, other = (compiled("{{ nom }} du {{ jour }}.", text) for text in ("un", "un", "deux"))
    assert shape(one) == shape(same)
    assert shape(one) != shape(other)


def it_keeps_of_a_template_what_gives_numbers() -> None:
    (section,) = compiled(
        "Avant.", "{%p for c in clauses %}", "Clause {{ c.id | numero('clause') }}", "Texte.", "{%p endfor %}"
    ).sections
    (loop,) = numbered(section.blocks)
    assert len(loop.body) == 1
    assert gives_numbers(loop.body)


def it_finds_what_a_contract_was_called() -> None:
    lines = {name: "\n".join(f"{name} {n}" for n in range(20)).encode() for name in "ab"}
    gone = {"a": lines["a"], "b": lines["b"]}
    assert renamed(gone, {"c": lines["b"] + b"\nplus", "d": b"rien"}) == {"c": "b"}
    assert renamed({}, {"c": b"x"}) == {}


def problem(message: str, waiver: str = "", line: int = 1) -> Problem:
    """Return a problem."""
    return Problem("CPOM999", Mark("x", line), message, waiver=waiver)


def it_tells_problems_apart_by_what_they_say() -> None:
    found = told_apart(
        [problem("a"), problem("b"), problem("c")], [problem("a", line=9), problem("b", "écrit"), problem("d")]
    )
    assert [each.message for each in found.nouveaux] == ["d"]
    assert [each.message for each in found.disparus] == ["c"]
    assert [each.message for each in found.derogations] == ["b"]
    assert [each.message for each in found.erreurs] == ["a", "d"]


@pytest.mark.parametrize(
    ("signed", "coming", "code", "etat", "words"),
    [
        (None, (), "", Etat.NON_SIGNE, "–"),
        (0, (), "", Etat.SANS_OBJET, "–"),
        (0, (), "CPOM631", Etat.A_ANNONCER, "avenant à annoncer"),
        (0, (1, 2), "CPOM632", Etat.PLUSIEURS, "plusieurs avenants annoncés"),
        (0, (1,), "", Etat.ANNONCE, "avenant n° 1 annoncé"),
        (1, (2,), "", Etat.PREPARE, "avenant n° 2 arrêté"),
        (2, (3,), "", Etat.DEPASSE, "avenant n° 3 arrêté, puis modifié"),
    ],
)
def it_tells_where_a_contract_stands_with_its_avenant(
    signed: int | None, coming: tuple[int, ...], code: str, etat: Etat, words: str
) -> None:
    found = standing(signed, coming, {0: True, 2: True, 3: False}, [Problem(code, Mark("x"), "")])
    assert found.etat is etat
    assert to_know(Reviewed("a", Sort.MODIFIE, avenant=found)) == words


def it_says_in_a_few_words_what_cannot_be_read() -> None:
    one = Reviewed("a", Sort.RENOMME, "b", avenant=Stade(Etat.INCONNU, None, 0))
    assert in_brief(one) == "renommé (auparavant b), illisible : changements non dits"
    assert to_know(one) == "avenant à vérifier"
