"""`cpomgen explain`: the page of a code, at the terminal."""

from __future__ import annotations

import click

from cpomgen.explain import code_of, nearest_codes, plain, read_pages
from cpomgen.francais import FrenchCommand


@click.command(cls=FrenchCommand, short_help="Expliquer un message par son code.")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
def explain(codes: tuple[str, ...]) -> None:
    """Expliquer les messages de ces CODES, écrits avec ou sans « CPOM » ; sans CODE, en donner la liste."""
    pages = read_pages()
    for code in codes:
        if code_of(code) not in pages:
            near = ", ".join(nearest_codes(code, pages))
            also = f"Les plus proches : {near}." if near else "« cpomgen explain » seul en donne la liste."
            raise click.UsageError(f"il n'y a pas de code « {code} ». {also}")
    told = [plain(pages[code_of(code)]) for code in dict.fromkeys(codes)]
    click.echo("\n\n".join(told) if codes else "\n".join(f"{page.code}  {page.title}" for page in pages.values()))
