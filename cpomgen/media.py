"""Parts of a filled Word file → the same, each picture under an id of its own, those that nothing shows left out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from cpomgen.package import CONTENT_TYPES, as_bytes, parse, rels_of, target_of

IMAGE = b' id="0" name="Image"'  # as drawing.py writes it
UNNUMBERED = re.compile(rb"(<(?:\w+:)?docPr)" + IMAGE)  # no text has its sign <


def settle(parts: Mapping[str, bytes], shown: Iterable[str], unused: Iterable[str]) -> dict[str, bytes]:
    """Return the parts of a file whose text is in the parts `shown`, in order; `unused` are those it does without."""
    orphans = {rels_of(name) for name in unused}
    kept = {name: data for name, data in parts.items() if name not in orphans}
    lost: set[str] = set()
    numbers = itertools.count(1)
    for name in shown:
        if IMAGE in kept[name]:  # which a search for the whole takes twenty times longer to tell
            kept[name] = UNNUMBERED.sub(
                lambda found: b'%b id="%d" name="Image %d"' % (found[1], *(next(numbers),) * 2), kept[name]
            )
        if rels_of(name) in kept:
            kept[rels_of(name)], hidden = _shown(kept[rels_of(name)], kept[name], name)
            lost |= hidden
    return _without(kept, orphans | (lost - _targets(kept)))


def _shown(relations: bytes, text: bytes, name: str) -> tuple[bytes, set[str]]:
    """Return the relationships of a part without the pictures that its text does not show, and these."""
    if b"/image" not in relations:
        return relations, set()
    root, hidden = parse(relations), set[str]()
    for relation in list(root):
        identifier = relation.get("Id", "")
        if relation.get("Type", "").endswith("/image") and f'="{identifier}"'.encode() not in text:
            hidden.add(target_of(name.rpartition("/")[0], relation))
            root.remove(relation)
    return (as_bytes(root) if hidden else relations), hidden


def _targets(parts: Mapping[str, bytes]) -> set[str]:
    """Return the names of all parts that another points to."""
    owners = ((name.replace("/_rels/", "/").rpartition("/")[0], name) for name in parts if name.endswith(".rels"))
    return {target for folder, name in owners for target in _targets_of(folder, parts[name])}


@lru_cache(maxsize=64)  # the documents of a template have the same
def _targets_of(folder: str, relations: bytes) -> tuple[str, ...]:
    return tuple(target_of(folder, relation) for relation in parse(relations))


def _without(parts: Mapping[str, bytes], lost: set[str]) -> dict[str, bytes]:
    if not lost:
        return dict(parts)
    types = parse(parts[CONTENT_TYPES])
    named = [each for each in types if each.get("PartName", "").lstrip("/") in lost]
    for override in named:
        types.remove(override)
    kept = {name: data for name, data in parts.items() if name not in lost}
    if named:
        kept[CONTENT_TYPES] = as_bytes(types)
    return kept
