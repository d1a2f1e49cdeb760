"""The table of typologies in a manifest: what each one makes of a piece; what is wrong in it, at its line."""

from __future__ import annotations

import pytest
from memory import problems_of, source, told
from typologique import MODELE_TYPE, TABLE, contract, files

from cpomgen.expression import Gabarit
from cpomgen.gabarits import check_template
from cpomgen.manifeste import read_manifeste
from cpomgen.modele import read_modele
from cpomgen.problem import Problem
from cpomgen.reading import Reading
from cpomgen.typologies import Appel, read_typologies

FILE = "templates/essai/modele.yaml"


def wrong(old: str, new: str) -> list[Problem]:
    """Return what is said of a table, once changed, when a contract of its type is read."""
    assert old in MODELE_TYPE
    return problems_of(Reading(files(contract(), MODELE_TYPE.replace(old, new))).examined, "essai")


def it_tells_which_pieces_are_due_and_which_fields_they_hang_on() -> None:
    found = read_manifeste(source(MODELE_TYPE, FILE))
    assert found.typologies is not None
    (annexe,) = found.typologies.pieces
    assert (annexe.piece, annexe.champs, annexe.sections) == ("annexe", ("annexe",), frozenset({"annexe"}))
    assert annexe.documents == {"annexe", "contrat"}
    assert annexe.appels == {"seul": Appel.DUE, "plusieurs": Appel.EXCLUE, "libre": Appel.POSSIBLE}
    contrats = {sorte: Reading(files(contract(sorte))).resolved("essai")[0] for sorte in (*annexe.appels, "")}
    assert {sorte: found.due(each.fiche) for sorte, each in contrats.items()} == {
        "seul": ("annexe",), "plusieurs": (), "libre": (), "": (),
    }  # fmt: skip


def it_calls_for_the_same_of_all_without_a_table() -> None:
    assert read_typologies(source("type: essai\n", FILE).root) is None
    assert read_manifeste(source("type: essai\n", FILE)).due({}) == ()


@pytest.mark.parametrize("sorte", ["seul", "libre", "plusieurs"])
def it_tells_templates_what_a_typology_makes_of_each_piece(sorte: str) -> None:
    modele = read_modele(source(MODELE_TYPE, FILE))
    contrat, _ = Reading(files(contract(sorte))).resolved("essai")
    said = {"seul": "due", "plusieurs": "exclue", "libre": "si_applicable"}[sorte]
    assert dict(modele.appels(contrat.fiche)) == {"annexe": said}
    assert Gabarit().expression(f'appels["annexe"] == "{said}"').value({"appels": modele.appels(contrat.fiche)})


@pytest.mark.parametrize(("sorte", "printed"), [("seul", True), ("libre", True), ("plusieurs", False), ("x", True)])
def it_never_has_a_section_of_an_excluded_piece(sorte: str, printed: bool) -> None:  # noqa: FBT001 - what is expected
    modele = read_modele(source(MODELE_TYPE, FILE))
    contrat, _ = Reading(files(contract(sorte))).resolved("essai")
    assert ("annexe" in modele.printed(contrat.fiche)) == printed


def it_does_not_count_an_excluded_piece_among_those_of_a_contract() -> None:
    reading = Reading(files(contract("plusieurs")))
    assert reading.sections(reading.resolved("essai")[0]) == {"contrat": ("socle",), "socle": ("socle",)}


@pytest.mark.parametrize(
    ("old", "new", "place", "message", "remedy"),
    [
        ("typologies:\n", "typologie:\n", "13:1", "le manifeste ne connaît pas « typologie » ici.", "« typologies »"),
        ("  lecture:", "  lectures:", "15:3", "le manifeste ne connaît pas « lectures » ici.", "« lecture »"),
        ("  selon: sorte\n", "", "14:3", "il manque « selon ».", "corrigez"),
        ("    annexe: {seul", "    anexe: {seul", "17:5", "ce manifeste n'a pas de document « anexe ».", "« annexe »"),
        ("    annexe: {seul", "    socle: {seul", "17:5", "« socle » ne tient à aucun champ", "condition:"),
        ("    annexe: {seul", "    contrat: {seul", "17:5", "« contrat » ne tient à aucun champ", "condition:"),
        ("condition: annexe", "condition: not annexe", "17:5", "« annexe » ne tient à aucun champ", "condition:"),
        ("seul: due", "seul: dues", "17:20", "« dues » ne dit pas ce qu'une typologie fait d'une pièce.", "« due »"),
        ("seul: due", "seul: oui", "17:20", "« oui » ne dit pas", "écrivez due, si_applicable ou exclue."),
        ("seul: due", "seul: [due]", "17:20", "«  » ne dit pas", "écrivez due, si_applicable ou exclue."),
        (TABLE, "typologies: [sorte]\n", "13:13", "une rubrique (nom: valeur) est attendue ici.", "corrigez"),
        (TABLE[TABLE.index("  pieces") :], "", "14:3", "il manque les « pieces » de la table", "corrigez"),
        (
            "    annexe: {seul", "    annexes: {seul: due, plusieurs: due, libre: due}\n    annexe: {seul", "18:5",
            "« annexe » et « annexes » ont une section en commun.", "corrigez",
        ),
    ],
)  # fmt: skip
def it_says_where_a_table_is_wrong(old: str, new: str, place: str, message: str, remedy: str) -> None:
    both = "  - {nom: annexe, titre: Annexe, sections: [annexe]}\n"
    more = f"{both}  - {{nom: annexes, titre: Annexes, sections: [annexe]}}\n" if "annexes:" in new else both
    text = MODELE_TYPE.replace(old, new).replace(both, more)
    line = int(place.split(":", maxsplit=1)[0]) + (more != both)
    (found,) = problems_of(read_modele, source(text, FILE))
    assert told(found)[:2] == (f"{FILE}:{line}:{place.split(':')[1]}", "CPOM305")
    assert message in found.message
    assert remedy in found.remedy


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        ("selon: sorte", "selon: nom", [
            "« nom » n'est pas un champ au choix du schéma : il ne peut dire la typologie.",
        ]),
        ("libre: si_applicable", "livre: due", [
            "« livre » n'est pas une valeur de sorte.",
            "la table ne dit pas ce qu'est « annexe » pour : libre.",
        ]),
        ("condition: annexe", "condition: annexes", ["« annexe » tient au champ « annexes », que le schéma n'a pas."]),
    ],
)  # fmt: skip
def it_says_what_the_schema_does_not_know(old: str, new: str, messages: list[str]) -> None:
    found = wrong(old, new)
    assert [(each.code, each.message) for each in found] == [("CPOM305", message) for message in messages]
    checked = check_template(files(contract(), MODELE_TYPE.replace(old, new)), "essai")
    assert [each.message for each in checked if each.mark.file == FILE][: len(messages)] == messages
