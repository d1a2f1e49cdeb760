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
