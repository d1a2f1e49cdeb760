"""What becomes of contracts that are built → the terminal: lines, a bar with what is left, the table that closes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from cpomgen.commands.told import counted, tell
from cpomgen.outcome import Fate, Outcome
from cpomgen.problem import is_blocking
from cpomgen.report import fields
from cpomgen.wording import accord, enumere

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn, Task

    from cpomgen.commands.building import Tally
    from cpomgen.tree import Tree

WAITING = "une autre construction est en cours dans ce projet : celle-ci attend qu’elle finisse (Ctrl-C pour renoncer)."
FROZEN = "Déjà arrêté, laissé tel quel : {}"
MANY = 10  # contracts in error that are named by the table; all of them were told
APART = ", avant le reste de leur contrat, laissées telles quelles"
ALONE = " : arrêtés ou signés, rien n’y est en préparation, laissés tels quels"


class Lines:
    """Tells a line for each contract, in the order of `identifiants`, whatever the order in which they are built."""

    def __init__(
        self, tree: Tree, identifiants: tuple[str, ...], *, explains: bool = False, brief: bool = False
    ) -> None:
        self.tree, self.explains, self.brief = tree, explains, brief
        self.waiting = iter(identifiants)
        self.next = next(self.waiting, "")
        self.known: dict[str, Outcome] = {}

    def waits(self) -> None:
        """Say that another build holds the project."""
        click.echo(WAITING, err=True)

    def begins(self, count: int) -> None:
        """Say nothing: lines come as contracts are built."""

    def tells(self, outcome: Outcome) -> None:
        """Say what became of a contract, once all those before it are told."""
        self.known[outcome.identifiant] = outcome
        while self.next in self.known:
            self.line(self.known.pop(self.next))
            self.next = next(self.waiting, "")

    def line(self, outcome: Outcome) -> None:
        """Say what became of a contract; of those that have not changed nothing when it is to be `brief`."""
        if any(map(is_blocking, outcome.problems)):
            tell(outcome.problems, self.tree)
        elif outcome.fate is Fate.CONSTRUIT or (outcome.fate is Fate.INCHANGE and not self.brief):
            tell_built(outcome)
        if self.explains:
            for each in outcome.why:
                click.echo(f"    {outcome.identifiant} : {each}.")


def tell_built(outcome: Outcome, folder: str = "", seen: str = "") -> None:
    """Say which documents a contract has, and how many problems."""
    place = "/".join(filter(None, ("out", outcome.identifiant, folder)))
    fresh = f"{len(outcome.written)} {accord('écrit', 'm', len(outcome.written))}"
    if outcome.paths:
        click.echo(f"{outcome.identifiant} : {len(outcome.paths)} documents dans {place} ({fresh}).")
    else:
        click.echo(f"{outcome.identifiant} : aucun document, ce contrat n’a pas les rubriques qu’il imprimerait.")
    if outcome.pieces:
        command = f"cpomgen build {outcome.identifiant} --version 0"
        click.echo(f"    {FROZEN.format(enumere(outcome.pieces))} ; sans « PROJET » : {command}")
    if outcome.problems:
        click.echo(f"    {counted(outcome)} : {seen or f'voir « cpomgen validate {outcome.identifiant} ».'}")


class Quiet(Lines):
    """Tells errors alone."""

    def line(self, outcome: Outcome) -> None:
        """Say what is wrong in a contract that is not built."""
        if any(map(is_blocking, outcome.problems)):
            tell(outcome.problems, self.tree)


class Silent(Lines):
    """Tells nothing: another form of text will."""

    def line(self, outcome: Outcome) -> None:
        """Say nothing."""


class Bar(Lines):
    """Shows a bar on a terminal, with the rate and the time left; errors stand above it."""

    def __init__(
        self, tree: Tree, identifiants: tuple[str, ...], progress: Progress, *, explains: bool = False
    ) -> None:
        super().__init__(tree, identifiants, explains=explains, brief=True)
        self.progress = progress
        self.task = progress.add_task("Contrats", total=None)

    def begins(self, count: int) -> None:
        """Say how many contracts there are to build."""
        self.progress.update(self.task, total=count)

    def tells(self, outcome: Outcome) -> None:
        """Say what became of a contract, and that it is done."""
        if outcome.fate in (Fate.CONSTRUIT, Fate.ERREUR):
            self.progress.advance(self.task)
        super().tells(outcome)

    def line(self, outcome: Outcome) -> None:
        """Say what is wrong in a contract, or why it is built when asked to."""
        wrong = any(map(is_blocking, outcome.problems))
        if wrong or (self.explains and outcome.fate is not Fate.INCHANGE):
            super().line(outcome)


@contextmanager
def bar() -> Iterator[Progress]:
    """Show a bar on the terminal, in French."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn
    from rich.text import Text

    def column(words: Callable[[Task], str]) -> ProgressColumn:
        class Said(ProgressColumn):
            def render(self, task: Task) -> Text:
                return Text(words(task))

        return Said()

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        column(_rate),
        column(_left),
        transient=True,
    ) as progress:
        yield progress


def _rate(task: Task) -> str:
    return f"{60 * task.speed:.0f} par minute" if task.speed else ""


def _left(task: Task) -> str:
    seconds = task.time_remaining
    return f"encore {span_of(seconds)}" if seconds is not None and not task.finished else ""


def span_of(seconds: float) -> str:
    """Return a length of time as it is said: « 4 min 05 s »."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02}"
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def table(tally: Tally, seconds: float = 0) -> Iterator[str]:
    """Yield the lines of the table that closes a build, with the time that it took, if that is to be said."""
    contrats, written = len(tally.outcomes), sum(len(each.written) for each in tally.outcomes)
    said = f"{contrats} {accord('contrat', 'm', contrats)}, {written} {accord('fichier', 'm', written)}"
    yield ""
    yield f"{said} {accord('écrit', 'm', written)}{f', en {span_of(seconds)}' if seconds else ''}"
    for fate in Fate:
        found = tally.of(fate)
        word = fate.value if fate is Fate.ERREUR else accord(fate.value, "m", len(found))
        if found or fate is not Fate.CONSERVE:
            yield f"{len(found):>6} {word}{ALONE if fate is Fate.CONSERVE else ''}"
    if pieces := sum(len(each.pieces) for each in tally.outcomes):
        yield f"{pieces:>6} {accord('pièce', 'f', pieces)} déjà {accord('arrêté', 'f', pieces)}{APART}"
    yield from _errors(tally.of(Fate.ERREUR))


def _errors(found: list[Outcome]) -> Iterator[str]:
    for each in found[:MANY]:
        first, *others = [problem for problem in each.problems if is_blocking(problem)]
        more = f" (et {len(others)} autre{'s' if others[1:] else ''})" if others else ""
        yield f"{'':>11}{each.identifiant} : {first.mark} {first.code}{more}"
    if len(found) > MANY:
        yield f"{'':>11}et {len(found) - MANY} autres"


def as_json(tally: Tally) -> str:
    """Return what became of all contracts, as JSON."""
    contrats = [
        {
            "identifiant": each.identifiant, "etat": each.fate.value, "documents": list(each.paths),
            "ecrits": list(each.written), "raisons": list(each.why),
            "pieces_arretees": list(each.pieces),
            "problemes": [fields(one) for one in each.problems],
        }
        for each in tally.outcomes
    ]  # fmt: skip
    bilan = {fate.value: len(tally.of(fate)) for fate in Fate}
    record = {
        "contrats": contrats,
        "bilan": bilan,
        "disparus": list(tally.gone.paths),
        "retires": list(tally.gone.removed),
    }
    return json.dumps(record, ensure_ascii=False, indent=2)
