"""Parts of a filled Word file → the same, each picture under an id of its own, those that nothing shows left out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping

from lxml import etree

from cpomgen.package import CONTENT_TYPES, parse, target_of

UNNUMBERED = re.compile(rb'(<(?:\w+:)?docPr) id="0" name="Image"')  # as drawing.py writes it; no text has its sign <


def settle(parts: Mapping[str, bytes], shown: Iterable[str], unused: Iterable[str]) -> dict[str, bytes]:
    """Return the parts of a file whose text is in the parts `shown`, in order; `unused` are those it does without."""
    orphans = {_relations(name) for name in unused}
    kept = {name: data for name, data in parts.items() if name not in orphans}
    lost: set[str] = set()
    numbers = itertools.count(1)
    for name in shown:
        kept[name] = UNNUMBERED.sub(
            lambda found: b'%b id="%d" name="Image %d"' % (found[1], *(next(numbers),) * 2), kept[name]
        )
        if _relations(name) in kept:
            kept[_relations(name)], hidden = _shown(kept[_relations(name)], kept[name], name)
            lost |= hidden
    return _without(kept, orphans | (lost - _targets(kept)))


def _relations(name: str) -> str:
    folder, _, base = name.rpartition("/")
    return f"{folder}/_rels/{base}.rels"


def _shown(relations: bytes, text: bytes, name: str) -> tuple[bytes, set[str]]:
    """Return the relationships of a part without the pictures that its text does not show, and these."""
    root, hidden = parse(relations), set[str]()
    for relation in list(root):
        identifier = relation.get("Id", "")
        if relation.get("Type", "").endswith("/image") and f'="{identifier}"'.encode() not in text:
            hidden.add(target_of(name.rpartition("/")[0], relation))
            root.remove(relation)
    return (_bytes(root) if hidden else relations), hidden


def _targets(parts: Mapping[str, bytes]) -> set[str]:
    """Return the names of all parts that another points to."""
    owners = ((name.replace("/_rels/", "/").rpartition("/")[0], name) for name in parts if name.endswith(".rels"))
    return {target_of(folder, relation) for folder, name in owners for relation in parse(parts[name])}


def _without(parts: Mapping[str, bytes], lost: set[str]) -> dict[str, bytes]:
    types = parse(parts[CONTENT_TYPES])
    named = [each for each in types if each.get("PartName", "").lstrip("/") in lost]
    for override in named:
        types.remove(override)
    kept = {name: data for name, data in parts.items() if name not in lost}
    if named:
        kept[CONTENT_TYPES] = _bytes(types)
    return kept


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
