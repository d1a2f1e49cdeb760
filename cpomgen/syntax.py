"""Error of the YAML parser → Problem, told in French; the parser's English never reaches an author."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from cpomgen.problem import Mark, Problem
from cpomgen.slips import slip

CODE = "CPOM106"

QUOTE_IT = 'Mettez toute la valeur entre guillemets doubles : champ: "texte".'
ALIGN_IT = "Alignez cette ligne sur les autres champs du même niveau (deux espaces par niveau, jamais de tabulation)."
APOSTROPHE = "Écrivez la valeur entre guillemets doubles, ou doublez l’apostrophe entre guillemets simples ('l''ARS')."


class Saying(NamedTuple):
    """What a pair of English sentences of the parser means; `opening` places it where the thing was opened."""

    context: str
    problem: str
    message: str
    remedy: str = ""
    opening: bool = False


_SAYINGS = (
    Saying(
        "directive",
        "",
        "une ligne ne peut pas commencer par « % » : les directives YAML ne sont pas acceptées.",
        "Retirez cette ligne.",
    ),
    Saying(
        "quoted scalar",
        "end of stream",
        "ce guillemet ouvrant n’est jamais fermé.",
        "Fermez-le. " + APOSTROPHE,
        opening=True,
    ),
    Saying(
        "quoted scalar",
        "document (indicator|separator)",
        "un texte entre guillemets est coupé par une ligne « --- » ou « ... ».",
        "Fermez les guillemets avant cette ligne.",
    ),
    Saying(
        "quoted scalar",
        "unknown escape",
        "une barre oblique inverse « \\ » est suivie d’un signe qui ne forme pas d’échappement.",
        "Doublez-la (\\\\), ou employez des guillemets simples.",
    ),
    Saying(
        "quoted scalar",
        "escape code|hex",
        "ce code de caractère (\\x, \\u ou \\U) n’est pas valide.",
        "Tapez le caractère lui-même.",
    ),
    Saying(
        "block scalar",
        "tab character",
        "le retrait de ce texte commence par une tabulation.",
        "Remplacez chaque tabulation par deux espaces.",
    ),
    Saying(
        "block scalar",
        "",
        "« | » ou « > » annonce un texte sur plusieurs lignes : rien d’autre ne peut le suivre sur sa ligne.",
        "Allez à la ligne après « | », et mettez le texte en retrait.",
    ),
    Saying(
        "flow sequence",
        r"',' or '\]'",
        "ce crochet « [ » n’est pas fermé, ou une virgule manque entre deux valeurs.",
        "Fermez la liste par « ] », et mettez entre guillemets les valeurs qui contiennent « : » ou « , ».",
        opening=True,
    ),
    Saying(
        "flow mapping",
        r"',' or '\}'",
        "cette accolade « { » n’est pas fermée, ou une virgule manque entre deux champs.",
        "Fermez par « } », et mettez entre guillemets les valeurs qui contiennent « : » ou « , ».",
        opening=True,
    ),
    Saying("alias", "", "une valeur ne peut pas commencer par « * ».", QUOTE_IT, opening=True),
    Saying("anchor", "", "une valeur ne peut pas commencer par « & ».", QUOTE_IT, opening=True),
    Saying(
        "tag|a node",
        "tag handle|'!'|'>'|URI|whitespace|' '|alphabetic",
        "une valeur ne peut pas commencer par « ! ».",
        QUOTE_IT,
        opening=True,
    ),
    Saying(
        "",
        "directive|incompatible YAML",
        "les directives YAML (« %YAML », « %TAG ») ne sont pas acceptées.",
        "Retirez cette ligne.",
    ),
    Saying("", "cannot start any token", "une valeur ne peut pas commencer par ce signe.", QUOTE_IT),
    Saying(
        "",
        "mapping values are not allowed",
        "un « : » de trop dans cette valeur, ou une ligne trop en retrait.",
        QUOTE_IT + " Sinon, corrigez le retrait de la ligne.",
    ),
    Saying(
        "",
        "sequence entries are not allowed",
        "un élément de liste (« - ») ne peut pas commencer ici.",
        "Allez à la ligne avant le tiret ; si c’est du texte, mettez-le entre guillemets.",
    ),
    Saying("", "mapping keys are not allowed", "une valeur ne peut pas commencer par « ? ».", QUOTE_IT),
    Saying(
        "simple key",
        "expected ':'",
        "il manque « : » après ce nom de champ, ou cette ligne continue un texte sans être en retrait.",
        "Écrivez « champ: valeur », ou mettez la suite du texte en retrait.",
        opening=True,
    ),
    Saying("", "document start", "du texte suit la fin du document.", "Retirez la ligne « ... » ou ce qui la suit."),
    Saying(
        "",
        "node content",
        "une valeur est attendue ici.",
        "Retirez le signe en trop, ou mettez la valeur entre guillemets.",
    ),
    Saying(
        "block collection",
        "",
        "cette ligne n’est pas au niveau des éléments de la liste commencée plus haut.",
        "Alignez les tirets « - » de la même liste ; un tiret est suivi d’une espace.",
    ),
    Saying("plain scalar", "':'", "un « : » ne peut pas se trouver ici.", QUOTE_IT),
)
_UNKNOWN = Saying(
    "", "", "le fichier n’est pas du YAML bien formé à cet endroit.", "Comparez avec un contrat qui se construit."
)
_UNFINISHED = Saying("", "", "le fichier se termine alors qu’un « [ » ou un « { » attend sa suite.", "Fermez-le.")
_AFTER_QUOTE = Saying("", "", "du texte suit un guillemet fermant.", APOSTROPHE)
_AFTER_BRACKET = Saying("", "", "du texte suit un crochet ou une accolade fermante.", QUOTE_IT)
_DASH = Saying(
    "",
    "",
    "un élément de liste (« - ») se trouve au niveau d’un champ.",
    "Mettez le tiret en retrait sous le nom de sa liste ; un tiret est suivi d’une espace.",
)
_KEYLESS = Saying("", "", "il manque un nom de champ avant « : ».", "Nommez le champ.")
_LEVEL = Saying("", "", "le retrait de cette ligne ne correspond à aucun niveau.", ALIGN_IT)


def explain(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """Return the problem that an error of the parser, met in `text`, means."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return _problem(_UNKNOWN, Mark(file))
    if problem := _slip(error, text, file):
        return problem
    saying = _saying(error, text)
    found = error.context_mark if saying.opening and error.context_mark else error.problem_mark
    return _problem(saying, Mark(file, found.line + 1, found.column + 1) if found else Mark(file))


def _slip(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem | None:
    """Return the problem that a slip of the hand is, when one explains the error."""
    context, problem, at = error.context or "", error.problem or "", error.problem_mark
    if at is None:
        return None
    if opened := _opened(text, at.line, at.column):
        message = f"ce guillemet n’est pas fermé sur sa ligne : la valeur court jusqu’à la ligne {at.line + 1}."
        return Problem(CODE, Mark(file, opened[0] + 1, opened[1] + 1), message, "Fermez-le. " + APOSTROPHE)
    if "simple key" in context and error.context_mark:
        at = error.context_mark
    elif "mapping values" not in problem and not re.search("block (collection|mapping)", context):
        return None
    found = slip(text, at.line, at.column, spaces_alone="block" in context)
    return Problem(CODE, Mark(file, found.line + 1, found.column + 1), found.message, found.remedy) if found else None


def _opened(text: str, line: int, column: int) -> tuple[int, int] | None:
    """Return where a value between quotes opens that is closed just before a place, on another line than its own."""
    last: yaml.Token | None = None
    try:
        for token in yaml.scan(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if (token.start_mark.line, token.start_mark.column) >= (line, column):
                break
            last = token
    except yaml.YAMLError:
        pass  # what stops the scanner is what stopped the parser
    quoted = isinstance(last, yaml.ScalarToken) and last.style in ("'", '"')
    if last is None or not quoted or last.start_mark.line == last.end_mark.line or last.end_mark.line != line:
        return None
    return last.start_mark.line, last.start_mark.column


def _problem(saying: Saying, mark: Mark) -> Problem:
    return Problem(CODE, mark, saying.message, saying.remedy)


def _saying(error: yaml.MarkedYAMLError, text: str) -> Saying:
    context, problem = error.context or "", error.problem or ""
    if "block mapping" in context and error.problem_mark:
        return _misplaced(text, error.problem_mark.line, error.problem_mark.column)
    if "node content" in problem and error.problem_mark and error.problem_mark.line >= text.rstrip().count("\n") + 1:
        return _UNFINISHED
    return next((s for s in _SAYINGS if re.search(s.context, context) and re.search(s.problem, problem)), _UNKNOWN)


def _misplaced(text: str, line: int, column: int) -> Saying:
    """Say why a line cannot be a field: what stands before and after the place tells."""
    lines = text.split("\n")
    typed = lines[line] if line < len(lines) else ""
    before, after = typed[:column].rstrip(" "), typed[column:]
    if before.endswith(("'", '"')):
        return _AFTER_QUOTE
    if before:
        return _AFTER_BRACKET if before.endswith(("]", "}")) else _UNKNOWN
    return {"-": _DASH, ":": _KEYLESS}.get(after[:1], _LEVEL)
