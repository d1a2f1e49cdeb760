"""The real template as text, beside the one last reviewed: a change of clause made in Word is read in git."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_text import text_of
from memory import compiled, real_patron
from wordfile import cell, paragraph, row, run, table

GOLDEN = Path(__file__).parent / "golden"
KINDS = sorted(path.parent.name for path in (GOLDEN.parents[1] / "templates").glob("*/modele.yaml"))


@pytest.mark.parametrize("kind", KINDS)
def it_reads_as_last_reviewed(request: pytest.FixtureRequest, kind: str) -> None:
    golden, found = GOLDEN / f"{kind}.txt", text_of(real_patron(kind))
    if request.config.getoption("--update"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found.splitlines() == golden.read_text(encoding="utf-8").splitlines(), "pytest --update, then review it"


def it_keeps_no_golden_text_of_a_template_that_is_gone() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.txt")) == KINDS


def it_shows_styles_loops_conditions_and_merged_cells() -> None:
    patron = compiled(
        "{%p if a %}",
        paragraph(run("le\u00a0{{ b }}", "Fort")),
        "{%p else %}",
        "{% for c in d %}{% if e %}x{% else %}y{% endif %}{% endfor %}",
        "{%p endif %}",
        table(
            row("{%tr for f in g %}", ""),
            row(cell("{% vm %}{{ f }}", span=2)),
            row("{%tr endfor %}", ""),
            widths=(1, 2),
        ),
    )
    assert text_of(patron).splitlines()[4:] == [
        "if a",
        "  [Corps] <Fort>le~</Fort><Fort>{{ b }}</Fort>",
        "else",
        "  [Corps] {% for c in d %}{% if e %}x{% else %}y{% endif %}{% endfor %}",
        "table [Tableau] |1||2|",
        "  for f in g",
        "    ligne",
        "      cellule (2 colonnes, fusionnée)",
        "        [Cellule] {{ f }}",
    ]
