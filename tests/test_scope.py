from __future__ import annotations

from datetime import UTC, datetime

from essai import CONTRACT, SCHEMA
from memory import contract_of, schema_of

from cpomgen.scope import dawn


def it_dates_documents_from_the_contract() -> None:
    schema = schema_of(SCHEMA.partition("champs:\n")[2])
    assert dawn(contract_of(schema, CONTRACT)) == datetime(2012, 1, 1, tzinfo=UTC)
