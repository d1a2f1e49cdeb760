"""Click's commands, their help and their errors → in French, through Click's public classes."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

INTERRUPTED = 130  # exit status of a program stopped by Ctrl-C

_HEADINGS = {"Positional arguments": "Arguments", "Commands": "Commandes"}
_TYPES = {
    "integer range": "entier", "float range": "nombre", "integer": "entier", "float": "nombre", "text": "texte",
    "filename": "fichier", "file": "fichier", "directory": "dossier", "path": "chemin", "boolean": "oui ou non",
    "datetime": "date", "uuid": "identifiant",
}  # fmt: skip
_NAMES = {"File": "le fichier", "Directory": "le dossier", "Path": "le chemin"}
_MISSING = {"argument": "l’argument", "option": "l’option", "parameter": "le paramètre"}
_WORDS = {"required": "obligatoire", "(dynamic)": "(calculé)"}

# English sentences of Click, by template → French; {type} and {name} are words of its own, the rest is the user's.
_SENTENCES = {
    "No such command {what}.": "il n’y a pas de commande {what}.",
    "No such option {what}.": "il n’y a pas d’option {what}.",
    "No such option: {what}": "il n’y a pas d’option {what}.",
    "Missing command.": "il manque une commande.",
    "Got unexpected extra argument ({what})": "argument en trop : {what}.",
    "Got unexpected extra arguments ({what})": "arguments en trop : {what}.",
    "Option {what} does not take a value.": "l’option {what} ne prend pas de valeur.",
    "Option {what} requires an argument.": "l’option {what} attend une valeur.",
    "Option {what} requires {count} arguments.": "l’option {what} attend {count} valeurs.",
    "Argument {what} takes {count} values.": "l’argument {what} attend {count} valeurs.",
    "Takes {count} values but 1 was given.": "{count} valeurs sont attendues, une est donnée.",
    "Takes {count} values but {given} were given.": "{count} valeurs sont attendues, {given} sont données.",
    "{count} values are required, but {given} was given.": "{count} valeurs sont attendues, {given} est donnée.",
    "{count} values are required, but {given} were given.": "{count} valeurs sont attendues, {given} sont données.",
    "Value must be an iterable.": "plusieurs valeurs sont attendues.",
    "Choose from:\n\t{choices}": "Au choix : {choices}.",
    "{what} is not one of {choices}.": "{what} n’est pas au choix ({choices}).",
    "{what} is not a valid boolean. Recognized values: {choices}": "{what} n’est pas oui ou non ({choices}).",
    "{what} is not a valid UUID.": "{what} n’est pas un identifiant valide.",
    "{what} is not a valid {type}.": "{what} ne se lit pas comme : {type}.",
    "{what} is not in the range {choices}.": "{what} sort des limites ({choices}).",
    "{what} does not match the format '%Y-%m-%d'.": "{what} ne s’écrit pas comme 2012-06-18 (année-mois-jour).",
    "{what} does not match the format {choices}.": "{what} n’a pas le format {choices}.",
    "{what} does not match the formats {choices}.": "{what} n’a aucun des formats {choices}.",
    "{name} {what} does not exist.": "{name} {what} n’existe pas.",
    "{name} {what} is a file.": "{name} {what} est un fichier.",
    "{name} {what} is a directory.": "{name} {what} est un dossier.",
    "{name} {what} is not readable.": "{name} {what} n’est pas lisible.",
    "{name} {what} is not writable.": "{name} {what} ne peut pas être écrit.",
    "{name} {what} is not executable.": "{name} {what} n’est pas exécutable.",
    "{what} is not {choices}.": "{what} n’est pas {choices}.",
    "Could not open file {what}: {reason}": "le fichier {what} ne s’ouvre pas : {reason}.",
    "{what}: {reason}": "{what} : {reason}.",
}
_REASONS = {
    "No such file or directory": "il n’existe pas", "Permission denied": "l’accès en est refusé",
    "Is a directory": "c’est un dossier", "Not a directory": "un de ses dossiers est un fichier",
    "unknown error": "la cause n’est pas connue",
}  # fmt: skip


def _pattern(template: str) -> re.Pattern[str]:
    """Return what recognises a sentence of Click, its holes named as in its template."""
    quoted = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(template))
    if template == "{what}: {reason}":
        quoted = f"(?P<what>'.+'): (?P<reason>{'|'.join(_REASONS)})"
    return re.compile(quoted, re.DOTALL)


_PATTERNS = tuple((_pattern(english), french) for english, french in _SENTENCES.items())


def _guillemets(text: str) -> str:
    """Return `text` with Python's quotes around names turned into « »."""
    return re.sub(r"(?<!\w)(['\"])(.*?)\1(?!\w)", r"« \2 »", text)


def _sentence(message: str) -> str:
    """Return a message of Click in French; one that is not Click's is left as it is."""
    for pattern, french in _PATTERNS:
        if match := pattern.fullmatch(message):
            return french.format(**{hole: _hole(hole, text) for hole, text in match.groupdict().items()})
    return message


def _hole(hole: str, text: str) -> str:
    words = {"name": _NAMES, "type": _TYPES, "reason": _REASONS}.get(hole)
    if words is not None:
        return words.get(text, text)
    return _guillemets(re.sub(r",\s+", ", ", text))


def message_of(error: click.ClickException) -> str:
    """Return what an error of Click says, in French."""
    if isinstance(error, click.MissingParameter):
        return _missing(error)
    if isinstance(error, click.BadParameter):
        hint = _hint(error)
        said = _sentence(error.message)
        return f"la valeur de {hint} ne convient pas : {said}" if hint else said
    if isinstance(error, click.FileError):
        return _sentence(f"Could not open file {error.ui_filename!r}: {error.message}")
    return _sentence(error.message) + _suggestion(getattr(error, "possibilities", None) or ())


def _hint(error: click.BadParameter) -> str:
    """Return the name of the parameter at fault, as typed on the command line."""
    hint = error.param_hint
    if hint is None and error.param is not None and error.ctx is not None:
        hint = error.param.get_error_hint(error.ctx)
    if hint is not None and not isinstance(hint, str):
        hint = " / ".join(f"'{each}'" for each in hint)
    return _guillemets(hint or "").replace("(env var: ", "(variable ")


def _missing(error: click.MissingParameter) -> str:
    kind = error.param_type or (error.param.param_type_name if error.param else "parameter")
    extra = error.param.type.get_missing_message(param=error.param, ctx=error.ctx) if error.param else ""
    told = [
        f"il manque {_MISSING.get(kind, kind)} {_hint(error)}".rstrip() + ".",
        _sentence(error.message),
        _sentence(extra or ""),
    ]
    return " ".join(each for each in told if each)


def _suggestion(possibilities: Sequence[str]) -> str:
    names = " ou ".join(f"« {name} »" for name in sorted(possibilities))
    return f" Vouliez-vous dire {names} ?" if names else ""


def show(error: click.ClickException) -> None:
    """Write an error on stderr: usage, how to get help, what is wrong."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.message, err=True)
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        click.echo(context.get_usage(), err=True)
        if names := context.command.get_help_option_names(context):
            click.echo(f"Essayez « {context.command_path} {max(names, key=len)} » pour l’aide.", err=True)
        click.echo(err=True)
    click.echo(f"Erreur : {message_of(error)}", err=True)


class _Formatter(click.HelpFormatter):
    """Lays help out, in French."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, "Utilisation : " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)} :\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(_metavars(names), _described(text)) for names, text in rows], col_max, col_spacing)


_METAVAR = re.compile(rf"(?<=[ =])({'|'.join(name.upper() for name in _TYPES)})(?=\.\.\.|[,\] ]|$)")


def _metavars(names: str) -> str:
    return _METAVAR.sub(lambda match: _TYPES[match[1].lower()].upper(), names)


def _described(text: str) -> str:
    """Return the help of an option in French: its standard sentence, and what follows it in brackets."""
    text = text.replace("Show this message and exit.", "Affiche cette aide.")
    text = text.replace("Show the version and exit.", "Affiche la version.")
    start, opening, extra = text.rpartition("[")
    if not opening or not extra.endswith("]"):
        return text
    items = [_WORDS.get(item, item) for item in extra.removesuffix("]").split("; ")]
    items = [re.sub("^default: ", "défaut : ", re.sub("^env var: ", "variable : ", item)) for item in items]
    return f"{start}[{' ; '.join(items)}]".replace("(dynamic)", _WORDS["(dynamic)"])


class _Context(click.Context):
    formatter_class = _Formatter


class FrenchCommand(click.Command):
    """A command whose help and errors are in French, and whose function returns the exit status or nothing."""

    context_class = _Context

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 - Click's own
        **extra: Any,  # noqa: ANN401 - Click's own
    ) -> Any:  # noqa: ANN401 - Click's own
        """Run the command line; standing alone, show errors in French and exit: usage 2, Ctrl-C 130."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            status = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.ClickException as error:
            show(error)
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("Interrompu.", err=True)
            sys.exit(INTERRUPTED)
        sys.exit(status if type(status) is int else 0)


class FrenchGroup(FrenchCommand, click.Group):
    """A group of commands in French; those it makes are too."""

    command_class = FrenchCommand
    group_class = type

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the pieces of the usage line."""
        return [
            piece.replace("COMMAND", "COMMANDE").replace("ARGS", "ARGUMENTS")
            for piece in super().collect_usage_pieces(ctx)
        ]
