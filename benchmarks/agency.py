"""Contracts → what their files cost an agency that writes its own program: a docxtpl loop, then LibreOffice.

It has a Word template for each document, ours cut to its sections, which spares it what others hold. It is given our
filters and our values, computed before it is timed. It reads the file of each contract, as PyYAML's manual shows, then
opens, renders and saves a template for each of its documents, in as many processes as cores, whose start is not
counted; LibreOffice then makes the PDFs, in as many processes, started once for all of their files, each with a profile
of its own that was made before. Nothing is checked, nor told again when it fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NamedTuple

import yaml
from docx import Document
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from lxml import etree

from benchmarks.clock import Cost, environment
from benchmarks.stages import ready
from benchmarks.word import TEMPLATE
from cpomgen.expression import Gabarit
from cpomgen.gabarits import read_type
from cpomgen.tree import WorkTree

PROPERTIES = f"{qn('w:pPr')}/{qn('w:sectPr')}"


class Spent(NamedTuple):
    """What Word files took, and PDFs; how many files there are in all."""

    word: Cost
    pdf: Cost
    files: int

    @property
    def wall(self) -> float:
        """Return the time elapsed in all, in seconds."""
        return self.word.wall + self.pdf.wall


def spend(root: Path, names: Sequence[str], place: Path, cores: int, soffice: str) -> Spent:
    """Return what an agency spends on the files of some contracts, which it writes in `place`, an empty folder."""
    cut_templates(root, place)
    word = _word(root, place, [names[rank::cores] for rank in range(cores)])
    files = sorted(place.glob("*.docx"))
    pdf = _pdf(soffice, place, [files[rank::cores] for rank in range(cores)])
    made = len(list((place / "pdf").glob("*.pdf")))
    if made != len(files):
        raise RuntimeError(f"LibreOffice has made {made} PDFs of {len(files)} Word files.")
    return Spent(word, pdf, 2 * made)


# Word


def cut_templates(root: Path, place: Path) -> tuple[str, ...]:
    """Write the Word template of each document: that of the contract, without the sections that it does not print."""
    modele = read_type(WorkTree(root), "cpom_type").modele
    sections = [section.nom for section in modele.sections]
    (place / "templates").mkdir()
    for rule in modele.documents:
        kept = [sections.index(name) for name in rule.sections]
        _cut(root / TEMPLATE, place / f"templates/{rule.nom}.docx", kept)
    return tuple(rule.nom for rule in modele.documents)


def _cut(template: Path, target: Path, kept: Sequence[int]) -> None:
    document = Document(str(template))
    body = document.element.body
    section, last = 0, None
    for block in list(body):
        properties = block.find(PROPERTIES)
        if section not in kept or block.tag == qn("w:sectPr"):
            body.remove(block)
        elif properties is not None and section == max(kept):
            last = properties
        section += properties is not None
    if last is not None:
        body.append(last)
    used = etree.tostring(body, encoding="unicode")
    for name, relation in list(document.part.rels.items()):
        if relation.reltype.endswith(("/header", "/footer")) and f'"{name}"' not in used:
            del document.part.rels[name]
    document.save(str(target))


def _word(root: Path, place: Path, shares: Sequence[Sequence[str]]) -> Cost:
    """Return the cost of the Word files, each share of the contracts in a process."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.agency", str(root), str(place), *share],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(), text=True,
        )
        for share in shares
    ]  # fmt: skip
    for each in running:
        _pipe(each.stdout).readline()  # its values are computed
    start = time.perf_counter()
    for each in running:
        print(file=_pipe(each.stdin), flush=True)
    cpu = sum(float(_pipe(each.stdout).readline()) for each in running)
    _wait(running)
    return Cost(cpu, time.perf_counter() - start)


def _wait(running: Sequence[subprocess.Popen[str]]) -> None:
    for each in running:
        if each.wait():
            raise subprocess.CalledProcessError(each.returncode, each.args)


def _pipe(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise ValueError("a process without pipes")
    return stream


def _loop(root: Path, place: Path, names: Sequence[str]) -> None:
    """Write the Word files of some contracts, once told to begin."""
    documents = {name: ready(root, name).documents() for name in names}
    prepared = {name: [(document, dict(scope)) for document, _, scope in found] for name, found in documents.items()}
    print("ready", flush=True)
    sys.stdin.readline()
    start = time.process_time()
    for name, found in prepared.items():
        yaml.safe_load((root / f"contracts/{name}.yaml").read_text(encoding="utf-8"))
        for document, scope in found:
            template = DocxTemplate(place / f"templates/{document}.docx")
            template.render(scope, jinja_env=Gabarit(), autoescape=True)
            template.save(place / f"{name}-{document}.docx")
    print(time.process_time() - start, flush=True)


# PDF


def _pdf(soffice: str, place: Path, shares: Sequence[Sequence[Path]]) -> Cost:
    """Return the cost of the PDFs, each share of the Word files in a process."""
    for rank, share in enumerate(shares):  # writes its profile
        subprocess.run(_conversion(soffice, place, rank, share[:1]), check=True, capture_output=True)
    start, before = time.perf_counter(), os.times()
    running = [
        subprocess.Popen(
            _conversion(soffice, place, rank, share),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True,
        )
        for rank, share in enumerate(shares)
    ]  # fmt: skip
    _wait(running)
    after = os.times()  # of what has ended
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(cpu, time.perf_counter() - start)


def _conversion(soffice: str, place: Path, rank: int, files: Sequence[Path]) -> list[str | Path]:
    profile = f"-env:UserInstallation={(place / f'profile-{rank}').as_uri()}"
    return [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", place / "pdf", *files]


if __name__ == "__main__":
    _loop(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
