"""out/manifest.json ⇄ Inventory: of each document in out/, the bytes that we put there, what they were made from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

MANIFEST = "manifest.json"
PROJET = "projet"  # what it calls the edition of working files
Fact = str | int | bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A document: the fingerprints of what we wrote there, or were about to (SHA-256); what is known of the last."""

    empreintes: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def about_to_be(self, empreinte: str) -> Entry:
        """Return the entry while its file may be the old one or the new one."""
        return Entry((*self.empreintes, empreinte), self.facts)


class Inventory:
    """The documents that we wrote, by path in out/; missing or damaged, all is someone else's."""

    def __init__(self, content: bytes = b"") -> None:
        self.entries: dict[str, Entry] = dict(_read(content))
        self.lines: dict[str, str] = {}
        self.is_new = False  # since it was read, or last written

    def known(self, path: str) -> tuple[str, ...]:
        """Return the fingerprints of what we may have written at a path."""
        return self.entry(path).empreintes

    def entry(self, path: str) -> Entry:
        """Return what is known of a document, which may be nothing."""
        return self.entries.get(path, Entry())

    def put(self, path: str, entry: Entry) -> None:
        """Set what is known of a document."""
        if self.entries.get(path) != entry:
            self.entries[path] = entry
            self.lines.pop(path, None)
            self.is_new = True

    def drop(self, path: str) -> None:
        """Forget a document."""
        self.is_new = self.entries.pop(path, None) is not None or self.is_new
        self.lines.pop(path, None)

    def text(self) -> str:
        """Return the file, one line a document, in order; a line is written once, for there may be thousands."""
        for path in self.entries.keys() - self.lines.keys():
            entry = self.entries[path]
            said = {"empreintes": list(entry.empreintes), **entry.facts}
            self.lines[path] = f"  {_json(path)}: {_json(said)}"
        lines = ",\n".join(self.lines[path] for path in sorted(self.entries))
        return f'{{\n "fichiers": {{\n{lines}\n }}\n}}\n'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_inventory(out: Path) -> Inventory:
    """Return what a folder of documents says that we wrote there; raise OSError when it cannot be read."""
    try:
        return Inventory((out / MANIFEST).read_bytes())
    except FileNotFoundError:
        return Inventory()


def _read(content: bytes) -> Iterator[tuple[str, Entry]]:
    try:
        files = json.loads(content)["fichiers"]
        found = [(str(path), _entry(said)) for path, said in files.items()]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return
    yield from found


def _entry(said: object) -> Entry:
    """Return an entry; of the first versions of this program, there were its fingerprints alone."""
    if isinstance(said, list):
        return Entry(tuple(map(str, said)))
    if not isinstance(said, dict):
        raise TypeError
    facts = {str(name): value for name, value in said.items() if name != "empreintes" and isinstance(value, Fact)}
    return Entry(tuple(map(str, said["empreintes"])), facts)
