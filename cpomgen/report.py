"""Problems → what is read of them: lines for an author, JSON for a program, annotations for a page of code review."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from cpomgen.problem import Problem, ProblemError, Severity, format_problem, is_blocking

if TYPE_CHECKING:
    from cpomgen.tree import Tree

LINES = re.compile("\r\n|\r|\n")  # those that the loader counts
LEVELS = {Severity.ERREUR: "error", Severity.AVERTISSEMENT: "warning"}


class Excerpts:
    """Lines of the files of a tree, each file read once."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.files: dict[str, list[str]] = {}

    def line(self, problem: Problem) -> str | None:
        """Return the line at fault, None when the problem has none or its file cannot be read."""
        file, number = problem.mark.file, problem.mark.line
        if not number:
            return None
        if file not in self.files:
            self.files[file] = self._read(file)
        lines = self.files[file]
        return _printable(lines[number - 1]) if number <= len(lines) else None

    def _read(self, file: str) -> list[str]:
        try:
            text = self.tree.read(file).decode("utf-8-sig", "replace")
        except ProblemError:
            return []
        return LINES.split(text)


def _printable(line: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in line)


def as_text(problems: Iterable[Problem], excerpts: Excerpts | None = None) -> list[str]:
    """Return the lines that an author reads, with the lines at fault when there are excerpts."""
    return [format_problem(each, excerpts.line(each) if excerpts else None) for each in problems]


def as_json(problems: Iterable[Problem]) -> str:
    """Return the problems as a JSON array, one object each."""
    return json.dumps([fields(each) for each in problems], ensure_ascii=False, indent=2)


def as_github(problems: Iterable[Problem], folder: str = "") -> list[str]:
    """Return the workflow commands that annotate files; `folder` leads from the repository to the project."""
    return [_command(each, folder) for each in problems]


def summary(problems: Iterable[Problem]) -> str:
    """Return how many problems there are of each weight, in words; empty when there are none."""
    found = list(problems)
    waived = sum(1 for each in found if each.waiver)
    errors = sum(1 for each in found if is_blocking(each))
    counts = ((errors, "erreur"), (len(found) - errors - waived, "avertissement"), (waived, "dérogation"))
    return ", ".join(f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count)


def fields(problem: Problem) -> dict[str, str | int]:
    """Return a problem as a JSON object."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": problem.mark.file,
        "line": problem.mark.line,
        "column": problem.mark.column,
        "place": problem.mark.place,
        "message": problem.message,
        "remedy": problem.remedy,
        "source": problem.source,
        "waiver": problem.waiver,
    }


def _command(problem: Problem, folder: str) -> str:
    mark = problem.mark
    level = "notice" if problem.waiver else LEVELS[problem.severity]
    place = {"file": f"{folder}/{mark.file}" if folder else mark.file}
    if mark.line:
        place |= {"line": str(mark.line), "col": str(mark.column)}
    place["title"] = f"{problem.severity.value} {problem.code}"
    told = [problem.message if not mark.place else f"{mark.place} : {problem.message}", problem.remedy, problem.source]
    told.append(f"dérogation : {problem.waiver}" if problem.waiver else "")
    properties = ",".join(f"{name}={_escaped(value, ',:')}" for name, value in place.items())
    return f"::{level} {properties}::{_escaped(chr(10).join(filter(None, told)))}"


def _escaped(text: str, more: str = "") -> str:
    """Return a text as a workflow command holds it: its separators and line ends as percent codes."""
    signs = {"%": "%25", "\r": "%0D", "\n": "%0A", ",": "%2C", ":": "%3A"}
    return "".join(signs[sign] if sign in f"%\r\n{more}" else sign for sign in text)
