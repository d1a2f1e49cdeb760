"""A PDF → the program that shows PDFs on this machine, if there is one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click


def show_first(root: Path, paths: Iterable[str]) -> bool:
    """Open the first PDF of documents of out/, tell when nothing can; return whether there was one."""
    found = next((path for path in paths if path.endswith(".pdf")), None)
    if found is None:
        return False
    if click.launch(str(root / "out" / found)):
        click.echo(f"Cette machine n’a rien pour montrer un PDF : ouvrez vous-même out/{found}.", err=True)
    return True
