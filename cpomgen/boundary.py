"""The one place where what went wrong becomes an exit status: 1 problems, 2 usage, 3 a bug, 130 interrupted."""

from __future__ import annotations

import sys
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

import click

from cpomgen import __version__
from cpomgen.francais import INTERRUPTED, show
from cpomgen.garbage import look_seldom
from cpomgen.problem import ProblemError, format_problem

PROBLEMS, BUG = 1, 3


def bounded(command: click.Command) -> None:
    """Run a command and leave with its exit status, whatever happens in it."""
    look_seldom()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_run(command))


def _run(command: click.Command) -> int:
    try:
        status = command.main(standalone_mode=False)
    except ProblemError as error:
        for problem in error.problems:
            click.echo(format_problem(problem), err=True)
        return PROBLEMS
    except click.ClickException as error:
        show(error)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrompu ; aucun document n'est resté à moitié écrit.", err=True)
        return INTERRUPTED
    except Exception:  # noqa: BLE001 - a bug must reach us as a file, not the officer as a traceback
        return bug(traceback.format_exc())
    return status if isinstance(status, int) else 0


def bug(told: str) -> int:
    """Say in which file a bug is told, for it to be sent to us; return the exit status of bugs."""
    click.echo(f"Erreur interne de cpomgen. Envoyez-nous ce fichier : {_log(told)}", err=True)
    return BUG


def _log(told: str) -> Path:
    """Return the path of a new file that tells of a bug."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="cpomgen-", suffix=".log", delete=False
    ) as log:  # fmt: skip
        log.write(f"cpomgen {__version__}, Python {sys.version}, {sys.platform}, {datetime.now(UTC):%Y-%m-%d %H:%M}\n")
        log.write(told)
    return Path(log.name)
