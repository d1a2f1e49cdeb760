"""How a problem is told: place, severity, code, sentence, remedy, text that asks for it."""

from __future__ import annotations

from cpomgen.problem import Mark, Problem, ProblemError, Severity, format_problem, in_file_order, is_blocking

HERE = Mark("contracts/arespa.yaml", 12, 5)


def it_tells_where_first_as_editors_read_it() -> None:
    assert format_problem(Problem("CPOM212", HERE, "« Objet » manque.")) == (
        "contracts/arespa.yaml:12:5: erreur CPOM212 : « Objet » manque."
    )


def it_tells_the_remedy_then_the_text_that_asks_for_it() -> None:
    problem = Problem("CPOM221", HERE, "l'exercice 2017 n'est pas couvert.", "2012 à 2016", "D. 6114-13 CSP")
    assert format_problem(problem).splitlines()[1:] == ["    → 2012 à 2016", "    Source : règlement, D. 6114-13 CSP"]


def it_names_the_place_of_a_word_file_which_has_no_lines() -> None:
    assert str(Mark("contrat.docx", place="section 2, paragraphe 3")) == "contrat.docx (section 2, paragraphe 3)"


def it_names_a_file_alone_when_nothing_more_is_known() -> None:
    assert str(Mark("out/a.pdf")) == "out/a.pdf"


def it_calls_a_warning_a_warning_and_lets_the_contract_pass() -> None:
    warning = Problem("CPOM900", HERE, "à vérifier.", severity=Severity.AVERTISSEMENT)
    assert "avertissement CPOM900" in format_problem(warning)
    assert (is_blocking(warning), is_blocking(Problem("CPOM900", HERE, "faux."))) == (False, True)


def it_carries_all_the_problems_a_stage_stops_for() -> None:
    found = (Problem("CPOM001", HERE, "a"), Problem("CPOM002", HERE, "b"))
    assert ProblemError(*found).problems == found


def it_puts_problems_in_the_order_of_each_file() -> None:
    marks = [Mark("b.yaml", 1, 1), Mark("a.yaml", 9, 1), Mark("a.yaml", 2, 7), Mark("a.yaml", 2, 1)]
    found = in_file_order(Problem("CPOM900", mark, "faux.") for mark in marks)
    assert [str(each.mark) for each in found] == ["a.yaml:2:1", "a.yaml:2:7", "a.yaml:9:1", "b.yaml:1:1"]
