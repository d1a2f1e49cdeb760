"""A PDF → the program that shows PDFs on this machine, if there is one."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable
from pathlib import Path

import click

PATIENCE = 3  # seconds: Linux says sooner that it has no viewer, and may wait until the one it has is closed
LINUX = sys.platform.startswith("linux")


def show_first(root: Path, paths: Iterable[str]) -> bool:
    """Open the first PDF of documents of out/, tell when nothing can; return whether there was one."""
    found = next((path for path in paths if path.endswith(".pdf")), None)
    if found is None:
        return False
    if _launched(str(root / "out" / found)):
        click.echo(f"Cette machine n’a rien pour montrer un PDF : ouvrez vous-même out/{found}.", err=True)
    return True


def _launched(path: str) -> int:
    """Return the exit status of what opens a file, 0 while it is running."""
    status: list[int] = []
    thread = threading.Thread(target=lambda: status.append(click.launch(path, wait=LINUX)), daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return status[0] if status else 0
