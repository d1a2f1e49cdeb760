"""Expressions of templates: what they read as, what they may not hold, and that nothing gets out of the sandbox."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from jinja2 import TemplateError

from cpomgen.contrat import (
    Absent,
    Alinea,
    Choix,
    Entier,
    Fiche,
    Jour,
    Liste,
    Montant,
    Nombre,
    OuiNon,
    Renvoi,
    Texte,
)
from cpomgen.expression import Gabarit, Tour
from cpomgen.filters import FILTERS, Numbers, RefusedError, read

SCOPE: dict[str, Any] = {
    "nom": Texte("agence régionale", "nom"),
    "statut": Choix("notifie", "statut", "notifié"),
    "cible": Renvoi("O1", "cible", "Couvrir les bassins"),
    "montant": Montant(Decimal("1234567.5"), "montant"),
    "part": Nombre(Decimal("12.50"), "part"),
    "annee": Entier(2012, "annee"),
    "pilote": OuiNon(1, "pilote"),
    "jour": Jour(date(2012, 1, 1), "jour"),
    "vide": Absent("vide"),
    "themes": Liste([Texte("un", "themes[0]"), Texte("deux", "themes[1]")], "themes"),
    "sources": Liste(
        [
            Fiche({"montants": Fiche({2012: Montant(Decimal(10), "a"), 2013: Montant(Decimal(5), "b")}, "m")}, "s1"),
            Fiche({"montants": Fiche({2012: Montant(Decimal("0.50"), "c")}, "n")}, "s2"),
            Fiche({"montants": Absent("s3.montants")}, "s3"),
        ],
        "sources",
    ),
    "achat": Fiche(
        {
            "prix": Montant(Decimal(99), "p"),
            "par_an": Fiche({2012: Montant(Decimal(7), "q")}, "r"),
            "lits": Fiche({2012: Nombre(Decimal(3), "t")}, "u"),
            "remise": Fiche({"taux": Montant(Decimal(2), "v")}, "w"),
        },
        "achat",
    ),
    "objectifs": Liste(
        [
            Fiche({"nom": Texte(nom, "nom"), "volet": volet}, "o")
            for nom, volet in (
                ("A", Choix("activite", "v", "activité")),
                ("B", Choix("parcours", "v", "parcours de santé")),
                ("C", Absent("v")),
                ("D", Choix("parcours", "v", "parcours de santé")),
            )
        ],
        "objectifs",
    ),
    "loop": Tour(2, 3),
    "numeros": Numbers(),
}

ESCAPES = (
    "''.__class__",
    "''.__class__.__mro__[1].__subclasses__()",
    "nom.__class__.__mro__",
    "nom.path.__class__",
    "nom.format",
    "nom['__class__']",
    "nom.upper",
    "themes.__class__",
    "themes.path",
    "sources[0].__class__",
    "loop.__class__.__init__.__globals__",
    "loop._Tour__slots__",
    "cycler.__init__.__globals__.os.popen('id').read()",
    "lipsum.__globals__",
    "joiner.__init__.__globals__",
    "namespace.__init__.__globals__",
    "self.__init__.__globals__",
    "self._TemplateReference__context",
    "request.application.__globals__",
    "config",
    "numeros.give",
    "numeros.__class__",
    "montant.as_tuple",
    "jour.today",
    "vide.__class__.__mro__",
    "nom|attr('__class__')",
    "nom|map(attribute='__class__')|first",
    "themes|map('upper')",
    "sources|groupby('montants')",
    "nom|format",
    "'%s'|format(nom)",
    "nom|xmlattr",
    "nom|safe",
    "nom|tojson",
    "nom|pprint",
    "nom|e",
)


GABARIT = Gabarit()


def value(text: str) -> Any:
    return GABARIT.expression(text).value(SCOPE)


def text_of(text: str) -> str:
    return str(read(value(text)))


@pytest.mark.parametrize("text", ESCAPES)
def it_lets_nothing_out_of_the_sandbox(text: str) -> None:
    try:
        found = value(text)
    except RefusedError:
        return
    assert isinstance(found, Absent), found


@pytest.mark.parametrize("text", [text for text in ESCAPES if not text.startswith("vide")])
def it_refuses_the_same_in_the_word_file(text: str) -> None:
    with pytest.raises((RefusedError, TemplateError)):
        GABARIT.template("{{ " + text + " }}", "essai").render(SCOPE)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("nom()", "Call"),
        ("1 + 1", "Add"),
        ("annee * 9999", "Mul"),
        ("2 ** 999", "Pow"),
        ("-annee", "Neg"),
        ("annee % 2", "Mod"),
        ("nom[1:2]", "Slice"),
        ("[1, 2]", "List"),
        ("(1, 2)", "Tuple"),
        ("{'a': 1}", "Dict"),
        ("nom | accord(genre='f')", "Keyword"),
    ],
)
def it_refuses_what_no_template_needs(text: str, node: str) -> None:
    with pytest.raises(RefusedError) as caught:
        Gabarit().expression(text)
    assert str(caught.value) == f"« {text} » : {node} n'est pas admis dans un modèle"


@pytest.mark.parametrize(
    "text",
    [
        "{% set a = 1 %}",
        "{% macro a() %}{% endmacro %}",
        "{% include 'a' %}",
        "{% import 'a' as b %}",
        "{% extends 'a' %}",
        "{% block a %}{% endblock %}",
        "{% call nom() %}{% endcall %}",
        "{% filter upper %}{% endfilter %}",
        "{% raw %}{{ nom }}{% endraw %}{% with a = 1 %}{% endwith %}",
        "{% autoescape false %}{{ nom }}{% endautoescape %}",
    ],
)
def it_refuses_the_statements_that_no_template_needs(text: str) -> None:
    with pytest.raises(RefusedError):
        Gabarit().template(text, "essai")


@pytest.mark.parametrize("text", ["", "nom |", "nom nom", "(nom", "nom if", "a b c", "nom }} {{ nom", "%"])
def it_says_that_an_expression_is_not_whole(text: str) -> None:
    with pytest.raises(RefusedError):
        Gabarit().expression(text)


def it_names_the_filters_there_are_when_one_is_not() -> None:
    with pytest.raises(RefusedError) as caught:
        Gabarit().expression("montant | montnat")
    assert "le filtre « montnat » n'existe pas ; filtres : abrege, accord, alineas, au," in str(caught.value)


def it_refuses_a_test_that_is_none() -> None:
    with pytest.raises(RefusedError) as caught:
        value("nom is inconnu")
    assert "inconnu" in str(caught.value)


@pytest.mark.parametrize("text", ["nom" + ".a" * 300, "not " * 5000 + "nom", "(" * 9999 + "nom"])
def it_refuses_an_expression_without_end(text: str) -> None:
    with pytest.raises(RefusedError) as caught:
        Gabarit().expression(text)
    assert str(caught.value).endswith("est trop compliqué")


@pytest.mark.parametrize("name", sorted(set(FILTERS) - {"length", "first", "last", "si_absent", "numero", "renvoi"}))
@pytest.mark.parametrize(
    "subject", ["nom", "montant", "annee", "jour", "themes", "sources", "loop", "'x'", "1", "none"]
)
def it_never_breaks_on_a_filter_that_does_not_suit_its_value(name: str, subject: str) -> None:
    for call in (name, f"{name}(1)", f"{name}('f')", f"{name}(nom, nom)"):
        with suppress(RefusedError):  # and nothing else
            read(value(f"{subject} | {call}"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nom", "agence régionale"),
        ("statut", "notifié"),
        ("statut == 'notifie'", "oui"),
        ("cible | intitule", "Couvrir les bassins"),
        ("montant", "1\u202f234\u202f567,50\u00a0€"),
        ("part", "12,50"),
        ("annee", "2012"),
        ("annee > 2011", "oui"),
        ("pilote", "oui"),
        ("jour", "1er\u00a0janvier 2012"),
        ("themes | enumere", "un et deux"),
        ("themes | first", "un"),
        ("themes | last", "deux"),
        ("themes | length", "2"),
        ("(objectifs | dont('volet', 'parcours') | first).nom", "B"),
        ("objectifs | dont('volet', 'parcours') | length", "2"),
        ("objectifs | dont('volet', 'equipement') | length", "0"),
        ("sources | total", "15,50\u00a0€"),
        ("sources | total(2012)", "10,50\u00a0€"),
        ("achat | total", "7,00\u00a0€"),  # what is by exercise, whatever its name
        ("sources[0].montants[2013]", None),
        ("(sources | first).montants[2013]", "5,00\u00a0€"),
        ("sources | first | total(2013)", "5,00\u00a0€"),
        ("vide | si_absent('à définir')", "à définir"),
        ("nom | si_absent('à définir')", "agence régionale"),
        ("vide.plus.bas | si_absent('–')", "–"),
        ("sources | total(1999) | si_absent('–')", "–"),
        ("'a' ~ annee", "a2012"),
        ("'oui' if vide else 'non'", "non"),
        ("'deux' in themes", "oui"),
        ("loop.index", "2"),
        ("loop.first or loop.last", "non"),
        ("nom is defined and not vide", "oui"),
    ],
)
def it_reads_as_french(text: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(RefusedError):
            text_of(text)
    else:
        assert text_of(text) == expected


@pytest.mark.parametrize("text", ["nom", "statut", "montant", "part", "annee", "pilote", "jour", "montant | lettres"])
def it_keeps_the_path_of_the_leaf_it_reads(text: str) -> None:
    found = read(value(text))
    assert isinstance(found, Texte)
    assert found.path == text.split(maxsplit=1)[0]


@pytest.mark.parametrize(
    "text", ["vide", "sources", "sources | first", "vide | montant", "vide | jour", "loop", "none"]
)
def it_refuses_to_print_what_is_no_text(text: str) -> None:
    with pytest.raises(RefusedError):
        text_of(text)


def it_says_what_prints_an_absent_field_without_a_condition() -> None:
    with pytest.raises(RefusedError) as caught:
        text_of("vide")
    assert str(caught.value) == "« vide » est vide, et le modèle l'imprime sans condition"


@pytest.mark.parametrize("text", ["inconnu", "nom.inconnu", "(sources | first).inconnu", "loop.previtem"])
def it_names_an_expression_that_points_at_nothing(text: str) -> None:
    with pytest.raises(RefusedError) as caught:
        value(text)
    assert str(caught.value) == f"« {text} » ne désigne aucun champ"


def it_counts_and_recalls_articles() -> None:
    numbers = Numbers()
    scope = {"numeros": numbers}
    gabarit = Gabarit()

    def of(text: str) -> Any:
        return gabarit.expression(text).value(scope)

    assert of("'suivi' | renvoi") == "?"
    assert [of(f"'{name}' | numero('article')") for name in ("objet", "suivi", "suivi")] == ["1er", "2", "2"]
    assert of("'a' | numero('annexe')") == "1er"
    numbers.complete = True
    assert of("'suivi' | renvoi") == "2"
    with pytest.raises(RefusedError) as caught:
        of("'absent' | renvoi")
    assert "ne désigne aucun numéro" in str(caught.value)


def it_opens_the_paragraphs_of_a_long_text() -> None:
    found = Gabarit().expression("texte | alineas").value({"texte": Texte("a\n\n- b", "t")})
    assert found == (Alinea(Texte("a"), puce=False), Alinea(Texte("b"), puce=True))


def it_escapes_values_once_in_the_word_file() -> None:
    scope = {"nom": Texte("R&D <b> \"x\" 'y' {{ 1 }}")}
    found = Gabarit().template("{{ nom }}", "essai").render(scope)
    assert found == "R&amp;D &lt;b&gt; &#34;x&#34; &#39;y&#39; {{ 1 }}"


@pytest.mark.parametrize("text", ["not " * 3000 + "nom", "nom" + ".a" * 3000])
def it_refuses_a_whole_text_without_end(text: str) -> None:
    with pytest.raises(RefusedError) as caught:
        GABARIT.template("{{ " + text + " }}", "contrat.docx")
    assert str(caught.value) == "« contrat.docx » est trop compliqué"


def it_refuses_a_condition_without_its_contrary_and_a_loop_that_sorts() -> None:
    with pytest.raises(RefusedError, match="demande un « else »"):
        Gabarit().expression("nom if statut")
    with pytest.raises(RefusedError, match="sans plus"):
        Gabarit().template("{% for a in themes if a %}{{ a }}{% endfor %}", "essai")
