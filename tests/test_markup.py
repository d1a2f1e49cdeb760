from __future__ import annotations

from cpomgen.markup import Columns, Entries, Entry, Folded, Part, Sentence, Title, as_markdown, as_text

PARTS: tuple[Part, ...] = (
    Title(1, "Un"),
    Sentence("Deux."),
    Entries((Entry("trois", ("quatre",)), Entry("cinq"))),
    Columns(("nom", "somme", "note"), (("a", "1 €", "x"), ("bb", "10 €", "")), 1, 2),
    Folded("Six", (Sentence("sept"),)),
)
MARKDOWN = """\
# Un

Deux.

- trois
  - quatre
- cinq

| nom | somme | note |
| --- | ---: | --- |
| a | 1 € | x |
| bb | 10 € |  |

<details><summary>Six</summary>

sept

</details>
"""
TEXT = """\
UN
==

Deux.

  trois
      quatre
  cinq

  nom  somme  note
  a      1 €  x
  bb    10 €

Six :
sept
"""


def it_writes_a_report_in_markdown() -> None:
    assert "".join(f"{line}\n" for line in as_markdown(PARTS)) == MARKDOWN


def it_writes_the_same_for_a_terminal() -> None:
    assert "".join(f"{line}\n" for line in as_text(PARTS)) == TEXT
