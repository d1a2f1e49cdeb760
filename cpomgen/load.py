"""Tree → Source: the YAML of one file, every scalar as typed and every place kept; nothing is guessed nor run."""

from __future__ import annotations

import itertools
import re
import unicodedata
from typing import TYPE_CHECKING, TypeGuard, TypeVar, cast

import yaml

from cpomgen.conflict import conflicts
from cpomgen.foreign import foreign_kind
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.slips import hard_space
from cpomgen.source import Entry, Mapping, Node, Scalar, Sequence, Source, shown
from cpomgen.syntax import CODE, explain
from cpomgen.tree import is_portable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cpomgen.tree import Tree

MAX_BYTES = 1024 * 1024  # about 350 pages; read or refused in two seconds at worst
MAX_DEPTH = 40
MAX_PROBLEMS = 200  # a file that has more is not read to its end
MAX_STACK = 20  # signs put over one letter; the time to sort them grows as their square
MAX_SHOWN = 20  # problems of one kind shown for the bare characters of one file

Found = TypeVar("Found")
_EMPTY = "Supprimez-le, puis faites créer le contrat par « cpomgen new »."
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_QUOTE_IT = "Si c’est du texte, mettez toute la valeur entre guillemets doubles."
_COPY_IT = "Recopiez la valeur à sa place. " + _QUOTE_IT
_REFUSED = re.compile(  # ranges beyond U+FFFF are slow to try: they are told apart after, in the few signs found
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff"
    "\ufff9-\uffff\ud800-\udfff\ue000-\uf8ff\U00010000-\U0010ffff](?<![\U000e1000-\U000efffd"
    + "".join(f"{chr(plane)}-{chr(plane + 0xFFFD)}" for plane in range(0x10000, 0xE0000, 0x10000))
    + "])"
)
_TABBED = re.compile(r"^ *\t[ \t]*(?=[^ \t\n])", re.MULTILINE)
_FOREIGN = re.compile("[^\x00-\u02ff\u2000-\u206f]" * 2 + f"{{{MAX_STACK},}}")  # twice: one alone is found fast


def load(tree: Tree, path: str) -> Source:
    """Return the file at `path` as typed; raise ProblemError with every problem found in it."""
    _check_name(path)
    text = _decode(tree.read(path), path)
    if problems := (*_refused_characters(text, path), *_tabs(text, path), *_conflicts(text, path)):
        raise ProblemError(*problems)
    reader = _Reader(text, path)
    try:
        root = reader.document()
    except ProblemError as stopped:
        raise ProblemError(*reader.problems, *stopped.problems) from None
    if reader.problems:
        raise ProblemError(*reader.problems)
    return Source(path, root)


def _check_name(path: str) -> None:
    """Raise ProblemError for a name that the disks of colleagues, or their Windows, would not keep."""
    name = path.rpartition("/")[2].removesuffix(".yaml")
    if is_portable(name):
        return
    message = f"le nom de ce fichier, « {shown(name)} », ne peut pas être écrit sur tous les ordinateurs."
    remedy = "Renommez-le : des lettres minuscules sans accent, des chiffres et des tirets."
    raise ProblemError(Problem("CPOM116", Mark(shown(path)), message, remedy))


def _decode(content: bytes, file: str) -> str:
    """Return the text of a file, its mark of UTF-8 skipped and its line ends made alike."""
    if len(content) > MAX_BYTES:
        message = f"ce fichier est trop gros ({len(content)} octets, {MAX_BYTES} au plus)."
        remedy = "Retirez-en ce qui n’est pas du contrat."
        raise ProblemError(Problem("CPOM101", Mark(file), message, remedy))
    if kind := foreign_kind(content):
        message = f"ce fichier est un fichier {kind}, non le texte d’un contrat."
        raise ProblemError(Problem("CPOM102", Mark(file, 1, 1), message, "Remettez le contrat, ou retirez-le."))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = "ce fichier est enregistré en UTF-16."
        raise ProblemError(Problem("CPOM102", Mark(file, 1, 1), message, "Enregistrez-le en UTF-8."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemError(_not_utf8(content, error.start, file)) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(content: bytes, start: int, file: str) -> Problem:
    before = content[:start].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    likely = content[start : start + 1].decode("cp1252", "replace")
    message = f"ce fichier n’est pas en UTF-8 : octet 0x{content[start]:02X} à la position {start}"
    guess = f" (« {likely} » en Windows-1252)." if likely.isprintable() and likely != "\ufffd" else "."
    remedy = "Enregistrez-le en UTF-8 (dans le Bloc-notes : Enregistrer sous, Encodage)."
    return Problem("CPOM102", _mark(before, len(before), file), message + guess, remedy)


def _mark(text: str, index: int, file: str) -> Mark:
    return Mark(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _first(found: Iterator[Found], told: Callable[[Found], Problem]) -> Iterator[Problem]:
    """Yield the first problems of a kind, the last of them telling how many more there are."""
    first = [told(each) for each in itertools.islice(found, MAX_SHOWN)]
    rest = sum(1 for _ in found)
    if rest:
        more = f" ({rest} autres problèmes de même sorte plus loin.)" if rest > 1 else " (Un autre plus loin.)"
        first[-1] = first[-1]._replace(message=first[-1].message + more)
    yield from first


def _refused_characters(text: str, file: str) -> Iterator[Problem]:
    return _first(_REFUSED.finditer(text), lambda match: _refused(match.group(), _mark(text, match.start(), file)))


def _refused(character: str, mark: Mark) -> Problem:
    """Say that a character cannot be printed, and what to do about it."""
    code = f"U+{ord(character):04X}"
    if character == "\ufffd":
        remedy = "Ce signe remplace une lettre perdue à un enregistrement antérieur : retapez-la."
        return Problem("CPOM103", mark, f"caractère de remplacement {code}.", remedy)
    kind = "d’une police de symboles" if unicodedata.category(character) == "Co" else "de commande ou invisible"
    message = f"caractère {code} {kind}, qu’un document ne peut pas imprimer."
    return Problem("CPOM103", mark, message, "Effacez-le (il vient souvent d’un copier-coller), puis retapez le texte.")


def _tabs(text: str, file: str) -> Iterator[Problem]:
    def told(match: re.Match[str]) -> Problem:
        mark = _mark(text, match.start() + match.group().index("\t"), file)
        message = "tabulation dans le retrait de la ligne."
        return Problem("CPOM104", mark, message, "Remplacez chaque tabulation par deux espaces.")

    return _first(_TABBED.finditer(text), told)


def _conflicts(text: str, file: str) -> Iterator[Problem]:
    return _first(conflicts(text), lambda conflict: conflict.problem(file))


def _is_stacked(text: str) -> bool:
    """Tell whether one letter bears more signs than any writing puts over one."""
    return any(
        above and sum(1 for _ in run) > MAX_STACK
        for match in _FOREIGN.finditer(text)
        for above, run in itertools.groupby(match.group(), lambda sign: unicodedata.combining(sign) > 0)
    )


class _Reader:
    """Events of the parser → nodes; gathers problems as it goes, and stops where it could not go on."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.problems: list[Problem] = []
        self.events = self._parse()
        self.closed = yaml.Event()  # the end of the mapping or list that was read last
        # Signs are looked at once for all texts, but those in double quotes: an escape may be any sign.
        self.is_plain = "\t" not in text and not _FOREIGN.search(text) and unicodedata.is_normalized("NFC", text)

    def document(self) -> Mapping:
        """Return the root mapping of the only document."""
        next(self.events)
        start = next(self.events)
        if isinstance(start, yaml.StreamEndEvent):
            raise ProblemError(self._empty(start))
        if isinstance(start, yaml.DocumentStartEvent) and (start.version or start.tags):
            self._add("CPOM109", start, "les directives YAML ne sont pas acceptées.", "Retirez la ligne « % ».")
        event = next(self.events)
        root = self._node(event, depth=1)
        next(self.events)
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            remedy = "Un contrat par fichier : retirez la ligne « --- »."
            self._add("CPOM111", after, "un second document commence ici.", remedy)
        if not isinstance(root, Mapping):
            raise ProblemError(self._rootless(root, event))
        return root

    def _parse(self) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(self.text, Loader=_PARSER)
        except yaml.YAMLError as error:
            raise ProblemError(explain(error, self.text, self.file)) from None
        except ValueError:  # the slower parser, on a code of character that Unicode does not have
            raise ProblemError(explain(yaml.YAMLError(), self.text, self.file)) from None

    def _at(self, event: yaml.Event) -> Mark:
        start = cast("yaml.Mark", event.start_mark)
        return Mark(self.file, start.line + 1, start.column + 1)

    def _after(self, event: yaml.Event) -> Mark:
        end = cast("yaml.Mark", event.end_mark)
        return Mark(self.file, end.line + 1, end.column + 1)

    def _add(self, code: str, event: yaml.Event, message: str, remedy: str) -> None:
        self._refuse(code, self._at(event), message, remedy)

    def _refuse(self, code: str, mark: Mark, message: str, remedy: str) -> bool:
        """Keep a problem and return False; a file that has too many of them is not read further."""
        self.problems.append(Problem(code, mark, message, remedy))
        if len(self.problems) >= MAX_PROBLEMS:
            raise ProblemError
        return False

    def _empty(self, event: yaml.Event) -> Problem:
        return Problem("CPOM114", self._at(event), "ce fichier est vide.", _EMPTY)

    def _rootless(self, root: Node, event: yaml.Event) -> Problem:
        if root == Scalar("", root.mark):
            return self._empty(event)
        found = "une liste" if isinstance(root, Sequence) else "un texte"
        message = f"des champs « champ: valeur » sont attendus à la racine du fichier ; {found} s’y trouve."
        return Problem("CPOM115", root.mark, message, "Chaque champ commence sa ligne par son nom suivi de « : ».")

    def _node(self, event: yaml.Event, depth: int) -> Node:
        """Return the node that begins with `event`, its depth and its marks checked."""
        self._check(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            return Scalar("", self._at(event))
        if depth > MAX_DEPTH:
            message = f"plus de {MAX_DEPTH} niveaux imbriqués."
            raise ProblemError(
                Problem("CPOM107", self._at(event), message, "Retirez les crochets ou accolades en trop.")
            )
        if isinstance(event, yaml.MappingStartEvent):
            return Mapping(tuple(self._entries(depth)), self._at(event), self._after(self.closed))
        inline = bool(cast("yaml.SequenceStartEvent", event).flow_style)
        return Sequence(tuple(self._items(depth)), self._at(event), self._after(self.closed), inline)

    def _check(self, event: yaml.Event) -> None:
        """Refuse what YAML offers and a contract has no use for: anchors, aliases and tags."""
        if isinstance(event, yaml.AliasEvent):
            message = f"« *{shown(str(event.anchor))} » est un renvoi YAML, qui n’est pas accepté."
            self._add("CPOM108", event, message, _COPY_IT)
            return
        if (anchor := getattr(event, "anchor", None)) is not None:
            message = f"« &{shown(str(anchor))} » est une ancre YAML, qui n’est pas acceptée."
            self._add("CPOM108", event, message, _COPY_IT)
        if (tag := getattr(event, "tag", None)) is not None:
            typed = tag.replace("tag:yaml.org,2002:", "!!")
            message = f"« {shown(typed)} » est une étiquette YAML (« ! »), qui n’est pas acceptée."
            self._add("CPOM109", event, message, _QUOTE_IT)

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        mark = self._at(event)
        if self.is_plain and event.style != '"':
            return Scalar(event.value, mark, not event.style, self._after(event))
        found = dict.fromkeys(_REFUSED.findall(event.value))
        for character in found:
            self._refuse(*_refused(character, mark)[:4])
        if "\t" in event.value:
            self._add("CPOM104", event, "tabulation dans cette valeur.", "Remplacez-la par une espace.")
        if _is_stacked(event.value):
            message = f"plus de {MAX_STACK} accents ou signes sont empilés sur une même lettre."
            self._add("CPOM103", event, message, "Retapez ce texte.")
            return Scalar("", mark, plain=not event.style)
        return Scalar(unicodedata.normalize("NFC", event.value), mark, not event.style, self._after(event))

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)
        self.closed = event

    def _entries(self, depth: int) -> Iterator[Entry]:
        keys: dict[str, Mark] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self.events), depth + 1)
            if self._is_key(key, keys):
                keys[key.text] = key.mark
                yield Entry(key, value)
        self.closed = event

    def _is_key(self, key: Node, keys: dict[str, Mark]) -> TypeGuard[Scalar]:
        """Tell whether a key can name a field of its mapping, and say why when it cannot."""
        if not isinstance(key, Scalar):
            remedy = "Une valeur qui commence par « { » ou « [ » se met entre guillemets doubles."
            return self._refuse("CPOM113", key.mark, "le nom d’un champ est un mot, non une liste.", remedy)
        if not key.text:
            return self._refuse("CPOM113", key.mark, "il manque un nom de champ avant « : ».", "Nommez le champ.")
        if key.plain and (slip := hard_space(key.text)):
            return self._refuse(CODE, key.mark, slip.message, slip.remedy)
        if key.plain and key.text == "<<":
            remedy = "Recopiez les champs : chaque contrat se lit seul."
            return self._refuse("CPOM110", key.mark, "« << » est une fusion YAML, qui n’est pas acceptée.", remedy)
        if key.text in keys:
            first = keys[key.text]
            message = f"le champ « {shown(key.text)} » est déjà écrit ligne {first.line}, colonne {first.column}."
            lead = self.text.split("\n")[next(iter(keys.values())).line - 1].lstrip()
            dash = " Il manque peut-être un tiret devant le deuxième élément." if lead.startswith("- ") else ""
            return self._refuse("CPOM112", key.mark, message, f"Ne gardez que l’un des deux.{dash}")
        return True
