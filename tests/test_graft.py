"""What rows want, put in its place: values in the manner of the old ones, what is new in the order of the schema."""

from __future__ import annotations

import pytest
from memory import schema_of, source

from cpomgen.column import column_at
from cpomgen.graft import graft
from cpomgen.schema import Schema
from cpomgen.splice import splice
from cpomgen.wanted import MisplacedError, Wanted, want

FIELDS = """
nom: {type: ligne}
code: {type: code}
texte: {type: texte}
duree:
  type: dict
  schema:
    debut: {type: date}
    fin: {type: date}
    note: {type: texte}
themes:
  type: list
  schema: {type: ligne}
sources:
  type: list
  schema:
    type: dict
    schema:
      id: {type: code}
      libelle: {type: ligne}
      texte: {type: texte}
      montants: {type: dict, keysrules: {type: exercice}, valuesrules: {type: montant}}
      parts:
        type: list
        schema:
          type: dict
          schema:
            nom: {type: ligne}
            taux: {type: nombre}
"""
SCHEMA: Schema = schema_of(FIELDS)


def grafted(text: str, **wanted: str | tuple[str, ...] | None) -> str:
    """Return a text with values put in it, by the ways that lead there (`__` stands for a point)."""
    return grafted_at(text, {way.replace("__", "."): each for way, each in wanted.items()})


def grafted_at(text: str, wanted: dict[str, str | tuple[str, ...] | None]) -> str:
    root = source(text).root
    tree: Wanted = {}
    for way, each in wanted.items():
        column = column_at(SCHEMA.root, way)
        assert column is not None, way
        want(tree, root, column, (each,) if isinstance(each, str) else each)
    made = splice(text, graft(text, root, SCHEMA.root, tree))
    source(made)
    return made


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ("nom: a # c\n", "b", "nom: b # c\n"),
        ('nom: "a" # c\n', "b", 'nom: "b" # c\n'),
        ("nom: 'a'\n", "l'été", "nom: 'l''été'\n"),
        ("nom: a\n", "oui", 'nom: "oui"\n'),
        ("nom: a\n", "b: c", 'nom: "b: c"\n'),
        ("nom: a\n", "12", 'nom: "12"\n'),
        ("nom: a\n  suite # c\n", "b", "nom: b # c\n"),
        ("nom: # c\n", "b", "nom: b # c\n"),
        ("nom:\ncode: x\n", "b", "nom: b\ncode: x\n"),
        ("nom: ~ # c\n", "b", "nom: b # c\n"),
        ("nom: >- # c\n  un\n  deux\ncode: x\n", "b", "nom: b # c\ncode: x\n"),
        ("{nom: a, code: b}\n", "x, y", '{nom: "x, y", code: b}\n'),
        ("{nom: , code: b}\n", "x", "{nom: x , code: b}\n"),
    ],
)
def it_types_a_value_in_the_manner_of_the_old_one(old: str, value: str, new: str) -> None:
    assert grafted(old, nom=value) == new


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ("texte: a # c\nnom: b\n", "un\n\ndeux", "texte: | # c\n  un\n\n  deux\nnom: b\n"),
        ("texte: |\nnom: b\n", "un", "texte: |\n  un\nnom: b\n"),
        ("texte: # c\nnom: b\n", "un\ndeux", "texte: | # c\n  un\n  deux\nnom: b\n"),
        ("texte: |- # c\n    a\n\n    b\n\n# d\nnom: b\n", "x\n- y", "texte: | # c\n    x\n    - y\n\n# d\nnom: b\n"),
        ("texte: >2\n   a\nnom: b\n", "x\ny", "texte: |\n   x\n   y\nnom: b\n"),
        ("texte: a\nnom: b\n", "# un", 'texte: "# un"\nnom: b\n'),
        ('{texte: "a", nom: b}\n', "x\ny", '{texte: "x\\ny", nom: b}\n'),
        ("texte: a", "x\ny", "texte: |\n  x\n  y"),
    ],
)
def it_types_a_long_text_as_a_block(old: str, value: str, new: str) -> None:
    assert grafted(old, texte=value) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("nom: a # c\ncode: b\n", "nom: # c\ncode: b\n"),
        ("nom: |\n  a\n  b\ncode: b\n", "nom:\ncode: b\n"),
        ("{nom: a, code: b}\n", "{nom: , code: b}\n"),
        ("nom:\n", "nom:\n"),
        ("code: b\n", "code: b\n"),
    ],
)
def it_empties_a_field(old: str, new: str) -> None:
    assert grafted(old, nom=None) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("nom: a\nthemes: [x]\n", "nom: a\nduree:\n  fin: 2012-12-31\nthemes: [x]\n"),
        (
            "duree:\n  debut: 2012-01-01 # c\n  # fin\nnom: a\n",
            "duree:\n  debut: 2012-01-01 # c\n  fin: 2012-12-31\n  # fin\nnom: a\n",
        ),
        ("duree: {debut: 2012-01-01}\n", "duree: {debut: 2012-01-01, fin: 2012-12-31}\n"),
        ("duree: {note: x}\n", "duree: {fin: 2012-12-31, note: x}\n"),
        ("duree:\n  note: x\n", "duree:\n  fin: 2012-12-31\n  note: x\n"),
        ("duree: # c\nnom: a\n", "duree: # c\n  fin: 2012-12-31\nnom: a\n"),
        ("duree: {} # c\n", "duree: # c\n  fin: 2012-12-31\n"),
        (
            "duree:\n  ## Fin.\n  # fin: 2016-12-31\n  note: x\n",
            "duree:\n  fin: 2012-12-31\n  ## Fin.\n  # fin: 2016-12-31\n  note: x\n",
        ),
        ("nom: a", "nom: a\nduree:\n  fin: 2012-12-31"),
        ("nom: |\n  a\n\n# c\nthemes: [x]\n", "nom: |\n  a\nduree:\n  fin: 2012-12-31\n\n# c\nthemes: [x]\n"),
    ],
)
def it_puts_what_is_new_in_the_order_of_the_schema(old: str, new: str) -> None:
    assert grafted(old, duree__fin="2012-12-31") == new


def it_puts_a_field_of_a_draft_below_what_explains_it() -> None:
    old = "duree:\n  debut:\n  ## Fin.\n  # fin: 2016-12-31\n  ## Note.\n  # note: |\n"
    new = "duree:\n  debut:\n  ## Fin.\n  fin: 2012-12-31\n  # fin: 2016-12-31\n  ## Note.\n  # note: |\n"
    assert grafted(old, duree__fin="2012-12-31") == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("themes:\n  - a # x\n  - b # y\nnom: n\n", "themes:\n  - a # x\n  - c\n  - d\nnom: n\n"),
        ("themes: [a, b] # x\n", "themes: [a, c, d] # x\n"),
        ("themes: # x\nnom: n\n", "themes: # x\n  - a\n  - c\n  - d\nnom: n\n"),
        ("nom: n\n", "nom: n\nthemes:\n  - a\n  - c\n  - d\n"),
        ("themes: [] # x\n", "themes: # x\n  - a\n  - c\n  - d\n"),
        ("themes: [z, a, y]\n", "themes: [a, c, d]\n"),
        ("themes:\n- z # 1\n- a # 2\n- d # 3\n", "themes:\n- a # 2\n- c\n- d # 3\n"),
        ("{themes: [d], nom: n}\n", "{themes: [a, c, d], nom: n}\n"),
    ],
)
def it_changes_the_values_of_a_list_that_change(old: str, new: str) -> None:
    found = grafted(old, themes=("a", "c", "d"))
    assert found.replace("c # y", "c") == new


def it_empties_a_list() -> None:
    assert grafted("themes:\n  - a\n  - b # y\nnom: n\n", themes=None) == "themes: # y\nnom: n\n"


SOURCES = """\
sources:
  - id: fir # un
    montants: {2012: 1.00, 2014: 3.00} # deux
  # avant
  - id: cg
    libelle: Département
    montants:
      2013: 5.00 # trois
nom: n
"""


def it_finds_items_by_their_ids() -> None:
    found = grafted_at(
        SOURCES,
        {"sources[fir].libelle": "FIR", "sources[fir].montants.2013": "2.00", "sources[CG].montants.2012": "4.00"},
    )
    assert found == SOURCES.replace("# un\n", "# un\n    libelle: FIR\n").replace(
        "1.00, 2014", "1.00, 2013: 2.00, 2014"
    ).replace("      2013: 5", "      2012: 4.00\n      2013: 5")


def it_adds_an_item_with_its_id() -> None:
    wanted: dict[str, str | tuple[str, ...] | None] = {
        "sources[etat].montants.2013": "1.00",
        "sources[etat].montants.2012": "0.00",
        "sources[etat].texte": "un\ndeux",
        "sources[etat].parts[1].taux": "5",
        "sources[rien].libelle": None,
    }
    new = """\
  - id: etat
    texte: |
      un
      deux
    montants: {2012: 0.00, 2013: 1.00}
    parts:
      - taux: 5
"""
    assert grafted_at(SOURCES, wanted) == SOURCES.replace("nom: n", f"{new}nom: n")
    assert grafted_at("nom: n\n", wanted) == f"nom: n\nsources:\n{new}"
    assert grafted_at("sources:\nnom: n\n", wanted) == f"sources:\n{new}nom: n\n"
    flow = '{id: etat, texte: "un\\ndeux", montants: {2012: 0.00, 2013: 1.00}, parts: [{taux: 5}]}'
    assert grafted_at("sources: [{id: fir}] # c\n", wanted) == f"sources: [{{id: fir}}, {flow}] # c\n"
    assert grafted_at("{nom: n}\n", wanted) == f"{{nom: n, sources: [{flow}]}}\n"


def it_finds_items_by_their_ranks() -> None:
    found = grafted_at(SOURCES, {"sources[2].libelle": "CG", "sources[3].id": "etat", "sources[1].parts[1].nom": "p"})
    assert found == SOURCES.replace("Département", "CG").replace(
        "# deux\n", "# deux\n    parts:\n      - nom: p\n"
    ).replace("nom: n", "  - id: etat\nnom: n")


@pytest.mark.parametrize(
    ("text", "wanted", "told"),
    [
        (SOURCES, {"sources.libelle": "x"}, "2 éléments dans cette liste : dites lequel"),
        (SOURCES, {"sources[4].libelle": "x"}, "il n'y a pas de rang 4"),
        (SOURCES, {"sources[1].id": "a", "sources[fir].id": "b"}, "une autre valeur au même champ"),
        ("sources: x\n", {"sources[1].id": "a"}, "autre chose qu'une liste"),
        ("nom:\n  a: 1\n", {"nom": "a"}, "autre chose à la place de « nom »"),
        ("themes: a\n", {"themes": ("a",)}, "autre chose à la place de « themes »"),
        ("duree: x\n", {"duree.fin": "a"}, "autre chose à la place de « fin »"),
    ],
)
def it_says_what_has_no_place(text: str, wanted: dict[str, str | tuple[str, ...] | None], told: str) -> None:
    with pytest.raises(MisplacedError, match=told):
        grafted_at(text, wanted)


def it_takes_twice_the_same_value() -> None:
    assert grafted_at(SOURCES, {"sources[1].id": "a", "sources[fir].id": "a"}) == SOURCES.replace("fir", "a")
