from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cpomgen.ecart import Ecart, Ligne, Poste, Tableau
from cpomgen.edits import Added, Changed, Edit, Moved, Removed, Spliced
from cpomgen.lieu import Lieu
from cpomgen.operation import Action, Operation, Unite
from cpomgen.outcome import Changes
from cpomgen.records import as_json


def record(changes: Changes) -> Any:
    return json.loads(as_json("arespa", changes))


def it_gives_each_change_of_the_text() -> None:
    lieu = Lieu(("article 3",), alinea=2)
    operation = Operation(Action.REMPLACER, Unite.ALINEA, lieu, ("un",), ("deux",), paths=("suivi.delai",))
    found = record(Changes((operation,), (), ()))
    assert found["identifiant"] == "arespa"
    (each,) = found["texte"]
    assert each["lieu"]["nom"] == "article 3, deuxième alinéa"
    assert {name: each[name] for name in ("action", "unite", "avant", "apres", "champs")} == {
        "action": "remplacer",
        "unite": "alinéa",
        "avant": ["un"],
        "apres": ["deux"],
        "champs": ["suivi.delai"],
    }


EDITS: dict[str, tuple[Edit, str, str, Any, Any]] = {
    "a day": (Changed(("a",), None, date(2012, 6, 1)), "changé", "a", None, "2012-06-01"),
    "an amount": (Changed(("m", 2012), Decimal("1.50"), Decimal(2)), "changé", "m.2012", "1.50", "2"),
    "an item": (Added(("l",), 0, {"id": "x", 2012: True}), "ajouté", "l[x]", None, {"id": "x", "2012": True}),
    "an item gone": (Removed(("l",), 0, {"id": "x"}), "retiré", "l[x]", {"id": "x"}, None),
    "an item moved": (Moved(("l",), "x", 0, 1), "déplacé", "l[x]", 0, 1),
    "a sequence": (Spliced(("l",), 0, 0, ("a",), ()), "suite", "l", ["a"], []),
}


@pytest.mark.parametrize(("edit", "kind", "path", "before", "after"), EDITS.values(), ids=EDITS)
def it_gives_each_change_of_a_field(edit: Edit, kind: str, path: str, before: Any, after: Any) -> None:
    (each,) = record(Changes((), (Ecart(edit, "Champ", "interne", imprime=False),), ()))["champs"]
    assert each == {
        "genre": kind,
        "champ": path,
        "lieu": "Champ",
        "avant": before,
        "apres": after,
        "modification": "interne",
        "imprime": False,
    }


def it_gives_amounts_as_texts() -> None:
    poste = Poste(2013, None, Decimal("5.50"))
    ligne = Ligne("fir", "FIR", (poste,), poste)
    (each,) = record(Changes((), (), (Tableau("Sources", "sources", (2013,), (ligne,), ligne),)))["finances"]
    amounts = {"avant": None, "apres": "5.50", "ecart": "5.50"}
    assert each["lignes"][0]["exercices"] == {"2013": amounts}
    assert each["total"]["total"] == amounts
