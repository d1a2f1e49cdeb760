"""Word's simple field → the runs that it stands for, which alone can be inserted and deleted as words are."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from cpomgen.package import SPACE, made, w

SIMPLE, CHARACTER = w("fldSimple"), w("fldChar")


def unfolded(field: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs of a simple field: its instruction, what it reads as."""
    instruction = made("instrText")
    instruction.set(SPACE, "preserve")
    instruction.text = field.get(w("instr"))
    yield _run(_mark("begin"))
    yield _run(instruction)
    yield _run(_mark("separate"))
    yield from field
    yield _run(_mark("end"))


def unfold(root: etree._Element) -> None:
    """Write every simple field of some text as its runs."""
    for field in list(root.iter(SIMPLE)):
        if (parent := field.getparent()) is not None:
            runs = list(unfolded(field))
            runs[-1].tail = field.tail
            parent[parent.index(field) : parent.index(field) + 1] = runs


def _run(content: etree._Element) -> etree._Element:
    run = made("r")
    run.append(content)
    return run


def _mark(kind: str) -> etree._Element:
    found = made("fldChar")
    found.set(w("fldCharType"), kind)
    return found
