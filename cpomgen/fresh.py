"""What is wanted and not there yet → how it is typed in YAML: on lines of its own, or between brackets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cpomgen.schema import Field
from cpomgen.typeyaml import bare, block
from cpomgen.wanted import Wanted, carries, new_items, ordered

STEP = 2  # signs of indentation


def typed_lines(key: str, field: Field, new: Any, indent: int) -> Iterator[str]:  # noqa: ANN401 - Wanted or Texts
    """Yield the lines of a new field, its name first."""
    pad = " " * indent
    if isinstance(new, tuple) and field.type == "list":
        yield f"{pad}{key}:"
        yield from (f"{pad}{' ' * STEP}- {bare(text, field.item or field)}" for text in new)
    elif isinstance(new, tuple):
        is_long = field.type == "texte" and "\n" in new[0]
        typed = block(new[0], indent + STEP) if is_long else bare(new[0], field)
        yield from f"{pad}{key}: {typed}".split("\n")
    elif field.values is not None:
        yield f"{pad}{key}: {between(field, new)}"
    else:
        yield f"{pad}{key}:"
        for each in new_items(field, new) if field.item is not None else ():
            yield from dashed(field.item or field, each, indent + STEP) if carries(each) else ()
        for name, under in ordered(field, new) if field.item is None else ():
            yield from typed_lines(name, under, new[name], indent + STEP) if carries(new[name]) else ()


def dashed(item: Field, new: Wanted, indent: int) -> Iterator[str]:
    """Yield the lines of a new item of a list."""
    below = [
        each
        for name, under in ordered(item, new)
        if carries(new[name])
        for each in typed_lines(name, under, new[name], indent + STEP)
    ]
    for rank, line in enumerate(below):
        yield f"{' ' * indent}- {line[indent + STEP :]}" if not rank else line


def between(field: Field, new: Any) -> str:  # noqa: ANN401 - Wanted or Texts
    """Return a new value between brackets, on one line."""
    if isinstance(new, tuple) and field.type == "list":
        return f"[{', '.join(bare(text, field.item or field, flow=True) for text in new)}]"
    if isinstance(new, tuple):
        return bare(new[0], field, flow=True)
    if field.item is not None:
        return f"[{', '.join(between(field.item, each) for each in new_items(field, new) if carries(each))}]"
    found = (f"{name}: {between(under, new[name])}" for name, under in ordered(field, new) if carries(new[name]))
    return f"{{{', '.join(found)}}}"
