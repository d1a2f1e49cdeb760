"""`python -m benchmarks build`, `campaign`, `validate`, `watch`, `versions`, `redline`, `review`: what each costs."""

from __future__ import annotations

import sys

import click

from benchmarks import campaign as campaigning
from benchmarks import held
from benchmarks import redline as tracking
from benchmarks import review as reviewing
from benchmarks import validate as checking
from benchmarks import versions as telling
from benchmarks import watch as watching
from benchmarks.build import measure
from benchmarks.clock import on_one_core
from benchmarks.france import FRANCE
from benchmarks.report import line, table


@click.group()
def cli() -> None:
    """Measure what cpomgen promises of its speed."""


@cli.command()
@click.option("--quick", is_flag=True, help="Measure fewer times: enough to see that all is well.")
@click.option("--strict", is_flag=True, help="Exit with 1 when a promise is not held.")
def build(*, quick: bool, strict: bool) -> None:
    """Compare our Word and PDF files with docxtpl's and LibreOffice's, in one run on one core."""
    if not on_one_core():
        print("This system does not keep a process on one core.")
    figures = measure(quick=quick)
    for each in table(figures):
        print(each)
    print(line(figures))
    sys.exit(1 if strict and not figures.held else 0)


@cli.command()
@click.option("--quick", is_flag=True, help="Measure fewer times: enough to see that all is well.")
@click.option("--strict", is_flag=True, help="Exit with 1 when a promise is not held.")
def validate(*, quick: bool, strict: bool) -> None:
    """Tell what checking a contract costs, stage by stage and by kilobyte, and what Cerberus costs of it."""
    on_one_core()
    found = checking.measure(quick=quick)
    for each in checking.table(found):
        print(each)
    print(checking.line(found))
    sys.exit(1 if strict and not all(each.held for each in found) else 0)


@cli.command()
@click.option("--quick", is_flag=True, help="Measure fewer times: enough to see that all is well.")
@click.option("--strict", is_flag=True, help="Exit with 1 when a promise is not held.")
def watch(*, quick: bool, strict: bool) -> None:
    """Tell the wait between a save and its document under `build --watch`, beside a build of it from nothing."""
    found = watching.measure(quick=quick)
    for each in watching.table(found):
        print(each)
    print(watching.line(found))
    sys.exit(1 if strict and not all(each.held for each in found) else 0)


@cli.command()
@click.option("--quick", is_flag=True, help="Measure fewer times: enough to see that all is well.")
@click.option("--strict", is_flag=True, help="Exit with 1 when a promise is not held.")
def versions(*, quick: bool, strict: bool) -> None:
    """Tell what telling two versions of a contract apart costs, by number of pages and of changes."""
    on_one_core()
    found = telling.measure(quick=quick)
    for each in telling.table(found):
        print(each)
    print(telling.line(found))
    sys.exit(1 if strict and not all(each.held for each in found) else 0)


@cli.command()
@click.option("--quick", is_flag=True, help="Measure fewer times: enough to see that all is well.")
@click.option("--strict", is_flag=True, help="Exit with 1 when a promise is not held.")
def redline(*, quick: bool, strict: bool) -> None:
    """Tell what tracking the differences of two Word files costs and marks, beside Docxodus."""
    on_one_core()
    found = tracking.measure(quick=quick)
    for each in tracking.table(found):
        print(each)
    print(tracking.line(found))
    sys.exit(1 if strict and not all(each.held for each in found) else 0)


@cli.command()
@click.option("--quick", is_flag=True, help="Measure fewer times: enough to see that all is well.")
@click.option("--strict", is_flag=True, help="Exit with 1 when a promise is not held.")
def review(*, quick: bool, strict: bool) -> None:
    """Tell what reviewing a request costs among 716 contracts: one of them changed, or their template."""
    found = reviewing.measure(quick=quick)
    for each in reviewing.table(found):
        print(each)
    print(reviewing.line(found))
    sys.exit(1 if strict and not all(each.held for each in found) else 0)


@cli.command()
@click.option("--n", "count", type=click.IntRange(8), default=FRANCE, show_default=True, help="How many contracts.")
@click.option("--sample", type=click.IntRange(2), default=24, show_default=True, help="How many beside an agency.")
@click.option("--scale", is_flag=True, help="Build a campaign of 2000 contracts too.")
@click.option("--quick", is_flag=True, help="Build eight contracts: enough to see that all is well.")
@click.option("--strict", is_flag=True, help="Exit with 1 when a promise is not held.")
def campaign(count: int, sample: int, *, scale: bool, quick: bool, strict: bool) -> None:
    """Tell what building a whole campaign costs, all cores, beside docxtpl and LibreOffice on all cores."""
    whole = campaigning.Size(count, min(sample, count), min(campaigning.PAIR, count), scale)
    figures = campaigning.measure(campaigning.QUICK if quick else whole)
    for each in held.table(figures):
        print(each)
    print(held.line(figures))
    sys.exit(1 if strict and not figures.held else 0)


if __name__ == "__main__":
    cli()
