from __future__ import annotations

import pytest
import yaml

from cpomgen.syntax import explain

BAD = [
    'a: "abc\n',
    "a: 'l'ARS'\n",
    "a: b: c\n",
    "a: 1\nb\nc: 2\n",
    "a:\n  b: 1\n c: 2\n",
    "a: [1, 2\nb: 3\n",
    "a: {b: 1\nc: 2\n",
    "a: ]\n",
    "a: @b\n",
    "a: *b*\n",
    "a: & b\n",
    "a: !<b\n",
    "a: !e!b x\n",
    'a: "\\q"\n',
    'a: "\\xzz"\n',
    "a: |x\n  b\n",
    "a: |0\n  b\n",
    "a: 1\n- b\n",
    "- b\na: 1\n",
    'a: "b\n---\nc"\n',
    "%YAML 2.0\n---\na: 1\n",
    "%YAML x\n---\na: 1",
    "%TAG\n---\na: 1",
    "a: [1,,2]\n",
    "a: - b\n",
    "a: ?\n b\n- c",
    "a: !%zz b\n",
    "a: 1\n...\nb: 2\n",
    "a: [x] y\n",
    ": b\n",
]


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
@pytest.mark.parametrize("text", BAD)
def it_knows_the_usual_slips_by_either_parser(text: str, loader: type[yaml.SafeLoader]) -> None:
    with pytest.raises(yaml.YAMLError) as caught:
        list(yaml.parse(text, Loader=loader))
    problem = explain(caught.value, text, "x.yaml")
    assert problem.code == "CPOM106"
    assert problem.mark.line >= 1
    assert problem.remedy
    assert "n’est pas du YAML bien formé" not in problem.message


def it_says_something_french_of_an_error_it_does_not_know() -> None:
    problem = explain(yaml.MarkedYAMLError(problem="found something new"), "", "x.yaml")
    assert problem.message == "le fichier n’est pas du YAML bien formé à cet endroit."
    assert explain(yaml.YAMLError("new"), "", "x.yaml").message == problem.message


@pytest.mark.parametrize(
    ("text", "place", "message", "remedy"),
    [
        ("a: 1\nreference\n  numero: 1\n", (2, 10), "il manque « : » après « reference »", "Écrivez reference:"),
        ("r:\n  nom Réseau\n  autre: x\n", (2, 6), "il manque « : » après « nom »", "Écrivez nom: Réseau"),
        ("r:\n  - id 1\n    nom: x\n", (2, 7), "il manque « : » après « id »", "Écrivez id: 1"),
        ("r:\n  nom:Réseau\n  autre: x\n", (2, 7), "une espace après le deux-points", "Écrivez nom: Réseau"),
        ("nom:\u00a0Réseau\nautre: x\n", (1, 5), "une espace insécable tient lieu d’espace", "espace ordinaire"),
        ("r:\n  un: 1\n \u202fnom: x\n", (3, 2), "une espace insécable tient lieu d’espace", "espace ordinaire"),
        ("r:\n  - un\n  -\u00a0deux\nb: 1\n", (3, 4), "une espace insécable tient lieu d’espace", "espace ordinaire"),
        ("r:\n  - id: un\n  -id: deux\n", (3, 4), "une espace après le tiret", "Écrivez - id: deux"),
        ('nom: "Réseau\na: 1\nb: "Dole"\n', (1, 6), "ce guillemet n’est pas fermé sur sa ligne", "Fermez-le"),
        ("nom: “Réseau : soins”\n", (1, 14), "guillemets typographiques", 'guillemets droits (")'),
        ("nom: « Réseau : soins »\n", (1, 15), "guillemets typographiques", 'guillemets droits (")'),
        ("annexe:\n  Le texte : ceci\n  et cela\n", (1, 7), "n’est pas annoncé par « | »", "annexe: |"),
        ("annexe:\n  Le texte\n  et : ceci\n", (1, 7), "n’est pas annoncé par « | »", "annexe: |"),
        ("a: |\n  Le texte : ceci\nnom Dole\nb: 1\n", (3, 4), "il manque « : » après « nom »", "Écrivez nom: Dole"),
    ],
)
def it_names_the_line_at_fault_and_not_the_one_after(
    text: str, place: tuple[int, int], message: str, remedy: str
) -> None:
    with pytest.raises(yaml.YAMLError) as caught:
        list(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    problem = explain(caught.value, text, "x.yaml")
    assert (problem.mark.line, problem.mark.column) == place
    assert message in problem.message
    assert remedy in problem.remedy
