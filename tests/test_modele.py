"""Manifests: documents, sections and their conditions, titles; and what is wrong in one, at its line."""

from __future__ import annotations

import pytest
from memory import ROOT, problems_of, real_schema, source

from cpomgen.contrat import Absent, Fiche
from cpomgen.load import load
from cpomgen.modele import Modele, read_modele
from cpomgen.schema import walk
from cpomgen.tree import WorkTree

TEXT = """\
type: essai
gabarit: gabarit.docx
style: style.typ
titre: "Contrat {{ nom }}"
sections:
  - nom: socle
  - nom: annexe
    condition: annexe
documents:
  - nom: contrat
    sections: [socle, annexe]
  - nom: annexe
    titre: Annexe
    sections: [annexe]
"""
AVENANT = """\
avenant:
  gabarit: avenant.docx
  titre: "Avenant n° {{ numero }}"
  article_revision: revision
  sections:
    - nom: acte
    - nom: suite
      condition: suite
"""


def modele(text: str = TEXT) -> Modele:
    return read_modele(source(text, "templates/essai/modele.yaml"))


def it_reads_documents_and_sections_in_order() -> None:
    found = modele()
    assert (found.type, found.gabarit, found.style) == ("essai", "gabarit.docx", "style.typ")
    assert [section.nom for section in found.sections] == ["socle", "annexe"]
    assert [(each.nom, each.sections) for each in found.documents] == [
        ("contrat", ("socle", "annexe")),
        ("annexe", ("annexe",)),
    ]


def it_gives_a_document_the_title_of_the_contract_and_its_own() -> None:
    found = modele()
    titles = [found.title(document, {"nom": "R&D"}) for document in found.documents]
    assert titles == ["Contrat R&D", "Contrat R&D – Annexe"]


@pytest.mark.parametrize(("value", "held"), [("x", True), ("", False), ((), False)])
def it_has_a_section_when_its_condition_holds(value: object, held: bool) -> None:  # noqa: FBT001 - what is expected
    socle, annexe = modele().sections
    assert (socle.holds({}), annexe.holds({"annexe": value})) == (True, held)


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("[annexe]", "[annexes]", "12:5", "ce document cite une section inconnue : « annexes »."),
        ("gabarit: gabarit.docx", "", "1:1", "il manque « gabarit »."),
        ("sections:\n", "section:\n", "5:1", "le manifeste ne connaît pas « section » ici."),
        ("sections: [annexe]", "section: [annexe]", "14:5", "le manifeste ne connaît pas « section » ici."),
        ("    condition", "    conditions", "8:5", "le manifeste ne connaît pas « conditions » ici."),
        ("sections: [annexe]", "sections: []", "12:5", "il manque la liste « sections »."),
        ("sections: [annexe]", "sections: annexe", "12:5", "il manque la liste « sections »."),
        ("sections: [annexe]", "sections: [annexe, [socle]]", "12:5", "ce document cite une section inconnue : «  »."),
        ("sections: [annexe]", "sections: [annexe, annexe]", "12:5", "ce document cite deux fois la même section."),
        ("condition: annexe", "condition: [annexe]", "8:16", "une condition tient sur une ligne"),
        ("condition: annexe", "condition:", "7:5", "«  » n'est pas"),
        ("titre: Annexe", "titre: [Annexe]", "13:12", "un titre tient sur une ligne"),
        ("- nom: contrat", "- nom: Annexe", "12:5", "« annexe » est déjà nommé plus haut."),
        (
            "- nom: annexe\n    condition",
            "- nom: socle\n    condition",
            "10:5",
            "ce document cite une section inconnue",
        ),
        ("- nom: contrat", "- nom: ../../contrat", "10:5", "« ../../contrat » ne peut pas nommer un fichier"),
        ("- nom: contrat", "- nom: CON", "10:5", "« CON » ne peut pas nommer un fichier"),
        ("- nom: contrat", "- nom: a" + "b" * 300, "10:5", "« a" + "b" * 59 + "… » ne peut pas nommer un fichier"),
        ("  - nom: socle", "  - socle", "6:5", "une rubrique (nom: valeur) est attendue ici."),
        ("condition: annexe", "condition: annexe()", "7:5", "« annexe() » : Call n'est pas admis dans un modèle."),
        ("{{ nom }}", "{{ nom", "1:1", "« titre » n'est pas complet."),
        ("{{ nom }}", "{{ nom | upper }}", "1:1", "« titre » : le filtre « upper » n'existe pas"),
    ],
)
def it_tells_what_is_wrong_in_a_manifest(old: str, new: str, place: str, message: str) -> None:
    [problem] = problems_of(modele, TEXT.replace(old, new))
    assert (problem.code, str(problem.mark)) == ("CPOM305", f"templates/essai/modele.yaml:{place}")
    assert problem.message.startswith(message)


def it_has_no_avenants_unless_it_says_how_they_are_written() -> None:
    assert modele().avenant is None
    assert [section.replaced for section in modele().sections] == [False, False]


def it_reads_how_avenants_are_written() -> None:
    found = modele(TEXT.replace("condition: annexe", "condition: annexe\n    redaction: remplacement") + AVENANT)
    avenant = found.avenant
    assert avenant is not None
    assert (avenant.gabarit, avenant.article_revision, avenant.names) == ("avenant.docx", "revision", ("acte", "suite"))
    assert avenant.entitled({"numero": 2}) == "Avenant n° 2"
    assert [section.holds({"suite": ()}) for section in avenant.sections] == [True, False]
    assert [section.replaced for section in found.sections] == [False, True]


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("avenant:\n", "avenants:\n", "15:1", "le manifeste ne connaît pas « avenants » ici."),
        ("gabarit: avenant.docx", "gabarits: avenant.docx", "16:3", "le manifeste ne connaît pas « gabarits » ici."),
        ("gabarit: avenant.docx\n  ", "", "16:3", "il manque « gabarit »."),
        ("- nom: suite", "- nom: acte", "21:7", "« acte » est déjà nommé plus haut."),
        ("{{ numero }}", "{{ numero", "16:3", "« titre » n'est pas complet."),
        ("article_revision: revision", "article_revision: []", "16:3", "il manque « article_revision »."),
    ],
)
def it_tells_what_is_wrong_in_how_avenants_are_written(old: str, new: str, place: str, message: str) -> None:
    [problem] = problems_of(modele, TEXT + AVENANT.replace(old, new))
    assert (problem.code, str(problem.mark)) == ("CPOM305", f"templates/essai/modele.yaml:{place}")
    assert problem.message.startswith(message)


CLOSED = TEXT.replace("documents:\n", "  - nom: table\nconsolidation: table\ndocuments:\n", 1)


def it_prints_the_section_that_closes_a_consolidated_text_when_there_is_one() -> None:
    found = modele(CLOSED)
    assert found.consolidation == "table"
    assert found.printed({"annexe": "x"}) == ["socle", "annexe", ""]
    assert found.printed({"annexe": "", "consolidation": {"actes": ()}}) == ["socle", "", "table"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "consolidation: table",
            "consolidation: socle",
            "« consolidation » nomme « socle » : ce doit être la dernière",
        ),
        ("consolidation: table", "consolidation: []", "il manque « consolidation »."),
        (
            "[annexe]",
            "[annexe, table]",
            "« table » ne suit qu'un texte consolidé, et le document « annexe » la comprend.",
        ),
    ],
)
def it_refuses_to_close_a_consolidated_text_with_what_is_of_the_contract(old: str, new: str, message: str) -> None:
    [problem] = problems_of(modele, CLOSED.replace(old, new))
    assert problem.code == "CPOM305"
    assert problem.message.startswith(message)


def it_reads_how_notes_are_written() -> None:
    note = modele(TEXT + "note:\n  gabarit: note.docx\n  titre: Note\n  sections: [{nom: note}]\n").note
    assert note is not None
    assert (note.gabarit, note.names) == ("note.docx", ("note",))


def it_knows_two_ways_of_amending_a_section() -> None:
    [problem] = problems_of(modele, TEXT.replace("condition: annexe", "redaction: remplacemant"))
    assert (problem.code, str(problem.mark)) == ("CPOM305", "templates/essai/modele.yaml:8:16")
    assert problem.message == "« remplacemant » n'est pas une rédaction d'avenant."
    assert problem.remedy == "vouliez-vous écrire « remplacement » ?"


def it_tells_a_condition_that_points_at_nothing() -> None:
    [problem] = problems_of(modele().sections[1].holds, {})
    assert (problem.message, problem.mark.line) == ("« annexe » ne désigne aucun champ.", 7)


def it_stops_a_title_that_would_never_end() -> None:
    loops = "".join(f"{{% for {name} in longue %}}" for name in "abc")
    found = modele(TEXT.replace("{{ nom }}", f"{loops}x{'{% endfor %}' * 3}"))
    [problem] = problems_of(found.title, found.documents[0], {"longue": tuple(range(700))})
    assert "trop de répétitions" in problem.message


@pytest.mark.parametrize("title", ["{{ nom | jour }}", "{{ nom | montant }}", "{% for a in un %}{% endfor %}"])
def it_tells_a_title_that_does_not_suit_its_values(title: str) -> None:
    found = modele(TEXT.replace("{{ nom }}", title))
    [problem] = problems_of(found.title, found.documents[0], {"nom": "x", "un": 1})
    assert problem.message.startswith("le titre ne peut être écrit (")


@pytest.mark.parametrize("scope", [{}, {"nom": None}])
def it_tells_a_title_that_cannot_be_written(scope: dict[str, object]) -> None:
    found = modele()
    [problem] = problems_of(found.title, found.documents[0], scope)
    assert problem.message.startswith("le titre ne peut être écrit (")


def it_gives_the_real_contract_its_seven_documents() -> None:
    found = read_modele(load(WorkTree(ROOT), "templates/cpom_type/modele.yaml"))
    assert [document.nom for document in found.documents] == ["contrat", "socle", *(f"annexe-{n}" for n in range(1, 6))]


MOTS = """\
mots:
  sorte:
    selon: lieu.sorte
    valeurs:
      reseau: {nom: réseau, genre: m}
      maison: {nom: maison, genre: f}
"""


@pytest.mark.parametrize(
    ("value", "nom", "genre"), [("", "réseau", "m"), ("reseau", "réseau", "m"), ("maison", "maison", "f")]
)
def it_has_words_that_follow_a_value_the_first_when_it_is_empty(value: str, nom: str, genre: str) -> None:
    found = modele(TEXT + MOTS).words({"lieu": Fiche({"sorte": value or Absent("")}, "lieu")})
    assert dict(found["sorte"]) == {"valeur": value or "reseau", "nom": nom, "genre": genre}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{nom: maison, genre: f}", "{nom: maison}", "« sorte » doit donner les mêmes mots pour chaque valeur."),
        ("{nom: maison, genre: f}", "maison", "une rubrique (nom: valeur) est attendue ici."),
        ("{nom: maison, genre: f}", "{nom: maison, genre: }", "il manque « genre »."),
        ("    selon: lieu.sorte\n", "", "il manque « selon »."),
        ("selon: lieu.sorte", "selon: lieu(", "« lieu( » n'est pas complet."),
        ("selon: lieu.sorte", "selons: lieu.sorte", "le manifeste ne connaît pas « selons » ici."),
    ],
)
def it_refuses_words_that_some_contract_would_lack(old: str, new: str, message: str) -> None:
    (found,) = problems_of(modele, TEXT + MOTS.replace(old, new))
    assert (found.code, found.message) == ("CPOM305", message)


def it_refuses_a_value_that_has_no_words() -> None:
    mots = modele(TEXT + MOTS)
    (found,) = problems_of(mots.words, {"lieu": Fiche({"sorte": "clinique"}, "lieu")})
    assert found.message == "« sorte » n'a pas de mots pour la valeur « clinique »."
    (found,) = problems_of(mots.words, {})
    assert found.message == "« lieu.sorte » ne désigne aucun champ."


def it_has_words_for_each_value_of_the_real_type() -> None:
    found = read_modele(load(WorkTree(ROOT), "templates/cpom_type/modele.yaml"))
    fields = dict(walk(real_schema().root))
    for rule in found.mots:
        assert tuple(rule.valeurs) == fields[tuple(rule.selon.text.split("."))].rules["allowed"]


@pytest.mark.parametrize(
    ("names", "found"),
    [((), ["contrat", "annexe"]), (("annexe",), ["annexe"]), (("annexe", "contrat"), ["annexe", "contrat"])],
)
def it_gives_the_documents_asked_for_in_their_order(names: tuple[str, ...], found: list[str]) -> None:
    assert [document.nom for document in modele().chosen(names)] == found


def it_tells_all_the_documents_that_it_does_not_have() -> None:
    found = problems_of(modele().chosen, ("anexe", "contrat", "x"))
    assert [(each.code, each.remedy) for each in found] == [
        ("CPOM009", "vouliez-vous écrire « annexe » ?"),
        ("CPOM009", "connus : contrat, annexe."),
    ]
