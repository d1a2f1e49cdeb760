"""Problems and sentences → the terminal: documents and answers on stdout, problems on stderr."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from cpomgen.report import Excerpts, as_text, summary

if TYPE_CHECKING:
    from cpomgen.pipeline import Outcome
    from cpomgen.problem import Problem
    from cpomgen.tree import Tree


def counted(outcome: Outcome) -> str:
    """Return how many problems a contract has, in words; empty when it has none."""
    return summary(outcome.problems)


def say(lines: Iterable[str]) -> None:
    """Write lines on stdout."""
    for line in lines:
        click.echo(line)


def tell(problems: Iterable[Problem], tree: Tree) -> None:
    """Write problems on stderr, each with its line."""
    for text in as_text(problems, Excerpts(tree)):
        click.echo(text, err=True)
