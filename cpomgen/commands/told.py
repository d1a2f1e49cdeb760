"""Problems and sentences → the terminal: documents and answers on stdout, problems on stderr."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from cpomgen.report import Excerpts, as_text, summary

if TYPE_CHECKING:
    from cpomgen.blanks import Blank
    from cpomgen.outcome import Outcome
    from cpomgen.pen import Pen
    from cpomgen.problem import Problem
    from cpomgen.tree import Tree


def counted(outcome: Outcome) -> str:
    """Return how many problems a contract has, in words; empty when it has none."""
    return summary(outcome.problems)


def to_fill(blanks: Iterable[Blank]) -> Iterator[str]:
    """Yield the blanks of a contract, by rubrique: their lines, what each is called, what goes in it."""
    rubrique = ""
    for (group, label, told), lines in _alike(blanks).items():
        if group != rubrique:
            rubrique = group
            yield from ("", rubrique)
        named = f"ligne{'s' if lines[1:] else ''} {', '.join(map(str, lines))}"
        yield f"  {named} : {label}. {told}".rstrip()


def _alike(blanks: Iterable[Blank]) -> dict[tuple[str, str, str], list[int]]:
    """Return the lines of blanks of one rubrique in which the same thing goes."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for blank in blanks:
        found.setdefault((blank.rubrique, blank.label, blank.hint), []).append(blank.mark.line)
    return found


def say(lines: Iterable[str]) -> None:
    """Write lines on stdout."""
    for line in lines:
        click.echo(line)


def tell(problems: Iterable[Problem], tree: Tree) -> None:
    """Write problems on stderr, each with its line."""
    for text in as_text(problems, Excerpts(tree)):
        click.echo(text, err=True)


def coloured() -> Pen:
    """Return the pen of a terminal that has colours."""
    from cpomgen.pen import Pen

    return Pen(
        str,
        lambda text: click.style(text, fg="red", strikethrough=True),
        lambda text: click.style(text, fg="green", underline=True),
        lambda text: click.style(text, bold=True),
    )
