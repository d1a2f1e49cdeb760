"""Problems as an author, a program and a page of code review read them."""

from __future__ import annotations

import json

from memory import Files

from cpomgen.problem import Mark, Origin, Problem, Severity, origin_of
from cpomgen.report import Excerpts, as_github, as_json, as_text, summary

FILE = "contracts/essai.yaml"
ERROR = Problem("CPOM210", Mark(FILE, 2, 7), "« 1,5 » n'est pas un nombre.", "écrivez part: 1.5", "R. 1435-30 CSP")
WARNING = Problem("CPOM499", Mark(FILE, 1, 1), "à revoir : 100 %.", severity=Severity.AVERTISSEMENT)
WAIVED = WARNING._replace(waiver="accord du 3 mai")


def excerpts(content: bytes = b"nom: A\r\npart: 1,5\r\n") -> Excerpts:
    return Excerpts(Files({FILE: content}))


def it_shows_the_line_at_fault_with_a_caret_under_its_column() -> None:
    assert as_text([ERROR], excerpts())[0].splitlines() == [
        "contracts/essai.yaml:2:7: erreur CPOM210 : « 1,5 » n'est pas un nombre.",
        "    2 | part: 1,5",
        "      |       ^",
        "    → écrivez part: 1.5",
        "    Source : règlement, R. 1435-30 CSP",
    ]


def it_cuts_a_long_line_around_its_column() -> None:
    far = ERROR._replace(mark=Mark(FILE, 1, 5001))
    _, line, caret, *_ = as_text([far], excerpts(b"a" * 5000 + b"B" + b"c" * 5000))[0].splitlines()
    assert len(line) < 130
    assert line[caret.index("^")] == "B"


def it_shows_no_control_sign_of_a_file() -> None:
    assert "\x1b" not in as_text([WARNING], excerpts(b"nom: \x1b[31m\n"))[0]


def it_shows_no_line_for_a_problem_of_no_line_or_of_no_file() -> None:
    lost = [WARNING._replace(mark=mark) for mark in (Mark(FILE), Mark(FILE, 99, 1), Mark("contracts/parti.yaml", 1, 1))]
    assert all(len(text.splitlines()) == 1 for text in as_text(lost, excerpts()))


def it_says_with_which_reason_a_rule_is_waived() -> None:
    head, reason = as_text([WAIVED])[0].splitlines()
    assert head.startswith(f"{FILE}:1:1: avertissement CPOM499 (dérogation) :")
    assert reason == "    Fondement de la dérogation : accord du 3 mai"


def it_gives_a_program_all_that_an_author_reads() -> None:
    first, second = json.loads(as_json([ERROR, WAIVED]))
    assert first == {
        "code": "CPOM210",
        "severity": "erreur",
        "file": FILE,
        "line": 2,
        "column": 7,
        "place": "",
        "message": "« 1,5 » n'est pas un nombre.",
        "remedy": "écrivez part: 1.5",
        "source": "règlement, R. 1435-30 CSP",
        "waiver": "",
    }
    assert (second["severity"], second["waiver"]) == ("avertissement", "accord du 3 mai")


def it_annotates_the_file_in_its_repository() -> None:
    error, warning, notice = as_github([ERROR, WARNING, WAIVED], "projet")
    assert error == (
        "::error file=projet/contracts/essai.yaml,line=2,col=7,title=erreur CPOM210::"
        "« 1,5 » n'est pas un nombre.%0Aécrivez part: 1.5%0Arèglement, R. 1435-30 CSP"
    )
    assert warning.startswith("::warning file=projet/contracts/essai.yaml,line=1,col=1,title=")
    assert warning.endswith("::à revoir : 100 %25.")
    assert notice.startswith("::notice ")


def it_lets_no_text_close_an_annotation() -> None:
    odd = ERROR._replace(mark=Mark("a,b:c.yaml", 1, 1), message="x\n::error::y")
    (told,) = as_github([odd])
    assert told.startswith("::error file=a%2Cb%3Ac.yaml,line=1,col=1,title=erreur CPOM210::x%0A::error::y%0A")


def it_counts_problems_by_weight() -> None:
    assert summary([ERROR, ERROR, WARNING, WAIVED]) == "2 erreurs, 1 avertissement, 1 dérogation"
    assert summary([]) == ""


def it_knows_a_law_from_a_regulation_by_the_way_it_is_cited() -> None:
    told = {
        "L. 1435-8 CSP": Origin.LOI,
        "article 10 de la loi n° 2000-321": Origin.LOI,
        "D. 6114-11, 5° CSP ; modèle de contrat": Origin.REGLEMENT,
        "décret n° 2010-1170": Origin.REGLEMENT,
        "Modèle de contrat, article 3": Origin.MODELE,
        "Région : note du 3 mai": Origin.REGION,
        "": None,
        "ailleurs": None,
    }
    assert {text: origin_of(text) for text in told} == told
