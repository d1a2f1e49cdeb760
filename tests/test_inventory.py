from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cpomgen.inventory import Entry, Fact, Inventory, read_inventory

FACTS: st.SearchStrategy[Fact] = st.text(max_size=4) | st.integers() | st.booleans()
ENTRIES = st.builds(
    Entry,
    st.lists(st.text(max_size=4), min_size=1, max_size=3).map(tuple),
    st.dictionaries(st.text(max_size=4).filter(lambda name: name != "empreintes"), FACTS, max_size=3),
)


@given(st.dictionaries(st.text(max_size=4), ENTRIES, max_size=4))
def it_reads_what_it_writes(entries: dict[str, Entry]) -> None:
    inventory = Inventory()
    for path, entry in entries.items():
        inventory.put(path, entry)
    assert Inventory(inventory.text().encode()).entries == entries
    assert inventory.text() == Inventory(inventory.text().encode()).text()
    assert set(json.loads(inventory.text())["fichiers"]) == set(entries)


def it_reads_what_the_first_versions_of_the_program_wrote() -> None:
    assert Inventory(b'{"fichiers": {"a/b.pdf": ["12"]}}').entries == {"a/b.pdf": Entry(("12",))}


def it_says_the_last_of_what_it_is_told() -> None:
    inventory = Inventory()
    inventory.put("a", Entry(("1",)))
    assert '"1"' in inventory.text()
    inventory.put("a", Entry(("2",), {"pages": 3}))
    assert json.loads(inventory.text()) == {"fichiers": {"a": {"empreintes": ["2"], "pages": 3}}}
    inventory.drop("a")
    assert json.loads(inventory.text()) == {"fichiers": {}}


def it_is_empty_where_there_is_none(tmp_path: Path) -> None:
    assert read_inventory(tmp_path).entries == {}
