"""Pairs of Word files → what tracking their differences costs and marks, beside Docxodus on the same pairs."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from benchmarks.clock import Pair, of_call, of_command, paired
from benchmarks.sample import contract
from benchmarks.versions import PROMISED, changed
from cpomgen.canonical import canonical
from cpomgen.edition import Edition
from cpomgen.fill import fill
from cpomgen.gabarits import read_type
from cpomgen.imprime import Imprime
from cpomgen.load import load
from cpomgen.package import pack, unpack, w
from cpomgen.pipeline import print_all
from cpomgen.redline import Made, redline
from cpomgen.resolve import resolve
from cpomgen.revision import Reviser
from cpomgen.scope import scope_of
from cpomgen.tree import WorkTree
from cpomgen.validate import validate

ROOT = Path(__file__).resolve().parent.parent
LEAST = 5.0  # times faster than the peer
AUTHOR = "Agence régionale de santé"
LIVES = (
    ("arespa, avenant 1", "contracts/arespa.yaml", "docs/histoire/arespa/2012-12-12.yaml"),
    ("arespa, avenant 2", "docs/histoire/arespa/2012-12-12.yaml", "docs/histoire/arespa/2013-06-20.yaml"),
    ("douaisis, avenant 1", "contracts/douaisis.yaml", "docs/histoire/douaisis/2013-12-18.yaml"),
)
CHANGES = (1, 10, 50)  # of a contract of thirty pages
MARKS = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "rPrChange", "pPrChange", "tcPrChange", "trPrChange")


class Side(NamedTuple):
    """A document as it reads, and its Word file."""

    imprime: Imprime
    content: bytes


class Tracked(NamedTuple):
    """What tracking one pair took: milliseconds of processor, the peer's, marks, the peer's; 0 without a peer.

    `running` is the ratio once what the peer takes to start, on a file compared with itself, is left out.
    """

    pair: str
    ours: float
    peer: float
    ratio: float
    running: float
    marks: int
    peer_marks: int

    @property
    def held(self) -> bool:
        """Tell whether the promises are held: faster than the peer, and fewer marks."""
        return not self.peer or (self.running >= LEAST and self.marks < self.peer_marks)


def measure(*, quick: bool) -> list[Tracked]:
    """Return the figures of one run; `quick` measures fewer pairs, fewer times."""
    turns, engine = (1 if quick else 9), peer()
    pairs = list(_pairs(quick=quick))
    with tempfile.TemporaryDirectory(prefix="cpomgen-") as folder:
        return [_tracked(name, old, new, engine, Path(folder), turns) for name, old, new in pairs]


def peer() -> str:
    """Return the path of Docxodus, which `pip install 'cpomgen[bench]'` brings; "" without it."""
    try:
        from python_redlines import DocxodusEngine  # noqa: PLC0415 - an extra
    except ImportError:
        return ""
    return str(DocxodusEngine().extracted_binaries_path)


def table(found: list[Tracked]) -> Iterator[str]:
    """Yield the lines of the table, in milliseconds of processor."""
    if not any(each.peer for each in found):
        yield "Docxodus is not installed (pip install 'cpomgen[bench]'): no comparison."
    yield f"{'pair':<28}{'ours':>8}{'peer':>8}{'ratio':>8}{'running':>9}{'marks':>8}{'peer':>8}"
    for each in found:
        verdict = f"   ≥ {LEAST:g} ×, fewer: {'held' if each.held else 'NOT HELD'}" if each.peer else ""
        yield (
            f"{each.pair:<28}{each.ours:>8.0f}{each.peer:>8.0f}{each.ratio:>7.1f}×"
            f"{each.running:>8.1f}×{each.marks:>8}{each.peer_marks:>8}"
            f"{verdict}"
        )


def line(found: list[Tracked]) -> str:
    """Return the figures as one line of JSON."""
    return json.dumps([{**each._asdict(), "held": each.held} for each in found], ensure_ascii=False)


def marks(content: bytes) -> int:
    """Return how many marks of revision a Word file has."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")]
        return sum(len(list(etree.fromstring(archive.read(name)).iter(*map(w, MARKS)))) for name in parts)


def _pairs(*, quick: bool) -> Iterator[tuple[str, Side, Side]]:
    """Yield the pairs: the examples' history, then a contract written by program after so many changes."""
    for name, *files in LIVES[:1] if quick else LIVES:
        yield name, *(_side(ROOT, file) for file in files)  # type: ignore[misc]
    with tempfile.TemporaryDirectory(prefix="cpomgen-") as folder:
        root = Path(folder)
        for shared in ("schemas", "templates"):
            (root / shared).symlink_to(ROOT / shared)
        document = contract(PROMISED)
        for count in CHANGES[:1] if quick else CHANGES:
            sides = []
            for rank, each in enumerate((document, changed(document, count))):
                (root / f"{rank}.yaml").write_text(json.dumps(each), "utf-8")
                sides.append(_side(root, f"{rank}.yaml"))
            yield f"30 pages, {count} changes", *sides  # type: ignore[misc]


def _side(root: Path, file: str) -> Side:
    tree = WorkTree(root)
    type_ = read_type(tree, "cpom_type")
    contrat = resolve(validate(load(tree, file), type_.schema), type_.schema)
    scope = scope_of(contrat, type_.modele, Edition.A_SIGNER, "0" * 64)
    imprime = print_all(type_, scope)
    names = tuple(section.nom for section in type_.modele.sections)
    return Side(imprime, fill(type_.trame, names, imprime, scope, canonical(contrat, type_.schema)))


def _ours(old: Side, new: Side) -> bytes:
    before, after = (Made(each.imprime, unpack(each.content, "contrat.docx")) for each in (old, new))
    return redline(before, after, Reviser(AUTHOR, datetime(2012, 12, 12, tzinfo=UTC)))


def _tracked(name: str, old: Side, new: Side, engine: str, folder: Path, turns: int) -> Tracked:  # noqa: PLR0913, PLR0917
    before, after, tracked, start = (folder / f"{each}.docx" for each in ("old", "new", "tracked", "start"))
    before.write_bytes(old.content)
    after.write_bytes(new.content)
    start.write_bytes(_small(old.content))
    costs = []
    for _ in range(turns):
        ours = of_call(partial(_ours, old, new)).cpu
        took = of_command([engine, AUTHOR, before, after, tracked], folder).cpu if engine else 0.0
        idle = of_command([engine, AUTHOR, start, start, folder / "idle.docx"], folder).cpu if engine else 0.0
        costs.append((ours, took, took - idle))
    whole = paired([(ours, took) for ours, took, _ in costs]) if engine else Pair(min(costs)[0], 0.0, 0.0)
    running = paired([(ours, left) for ours, _, left in costs]).ratio if engine else 0.0
    count = marks(tracked.read_bytes()) if engine else 0
    return Tracked(name, 1000 * whole.ours, 1000 * whole.peer, whole.ratio, running, marks(_ours(old, new)), count)


def _small(content: bytes) -> bytes:
    """Return a Word file of one paragraph, its first."""
    package = unpack(content, "contrat.docx")
    root = package.root("word/document.xml")
    body = root[0]
    body[:] = [body[0], body[-1]]
    return pack({**package.parts, "word/document.xml": etree.tostring(root)})
