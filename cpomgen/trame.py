"""The Word template as a value ready to be filled: Jinja over its XML, section by section, and all that is fixed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jinja2 import Template

GRID = "<w:tblGrid/>"
BREAK = "<w:sectPr/>"  # as markup, for no text of a contract to read the same


@dataclass(frozen=True, slots=True)
class SectionTrame:
    """The XML of a section's blocks as Jinja; `properties` is its sectPr, which the last one hands the body."""

    blocks: Template
    properties: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trame:
    """A Word template, prepared for filling: sections in order, headers and footers by part, the rest as it is.

    `styles` are the ids of paragraph styles by name.
    """

    file: str
    head: str
    sections: tuple[SectionTrame, ...]
    parts: Mapping[str, Template]
    fixed: Mapping[str, bytes]
    styles: Mapping[str, str]


def used_parts(sections: Iterable[SectionTrame]) -> frozenset[str]:
    """Return the names of the header and footer parts that sections print."""
    return frozenset(name for section in sections for name in section.parts)
