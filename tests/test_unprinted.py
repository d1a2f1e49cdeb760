"""What a contract says and no document prints, told where it was typed."""

from __future__ import annotations

from memory import contract_of, printed, schema_of, scope_of, told

from cpomgen.unprinted import MESSAGE, REMEDY, check_unprinted

SCHEMA = schema_of(
    """
    nom: {type: ligne}
    remarque: {type: ligne, meta: {imprime: false}}
    interne: {type: dict, meta: {imprime: false}, schema: {a: {type: ligne}}}
    themes: {type: list, schema: {type: ligne}}
    sources: {type: list, schema: {type: dict, schema: {id: {type: code, meta: {imprime: false}}, nom: {type: ligne}}}}
    """
)
TEXT = "nom: x\nremarque: y\ninterne: {a: z}\nthemes: [t, u]\nsources:\n  - id: s\n    nom: v\n"


def missing(*blocks: str) -> list[tuple[str, str, str, str]]:
    contrat = contract_of(SCHEMA, TEXT)
    imprime, _ = printed(scope_of(contrat), *blocks)
    return [told(problem) for problem in check_unprinted(imprime, contrat, SCHEMA)]


LOOP = ("{%p for s in sources %}", "{{ s.nom }}", "{%p endfor %}")


def it_finds_nothing_when_all_is_printed() -> None:
    assert missing("{{ nom }} {{ themes | enumere }}", *LOOP) == []


def it_tells_each_leaf_that_no_document_prints_at_its_line() -> None:
    assert missing("{{ nom }}") == [
        ("contracts/essai.yaml:4:10", "CPOM225", MESSAGE, REMEDY),
        ("contracts/essai.yaml:4:13", "CPOM225", MESSAGE, REMEDY),
        ("contracts/essai.yaml:7:5", "CPOM225", MESSAGE, REMEDY),
    ]


def it_does_not_take_a_condition_for_a_print() -> None:
    assert [place for place, *_ in missing("{% if nom %}oui{% endif %}{{ themes | enumere }}", *LOOP)] == [
        "contracts/essai.yaml:1:1"
    ]


def it_sees_the_item_that_a_condition_leaves_out() -> None:
    blocks = ("{%p for s in sources %}", "{%p if s.nom == 'autre' %}", "{{ s.nom }}", "{%p endif %}", "{%p endfor %}")
    assert [place for place, *_ in missing("{{ nom }} {{ themes | enumere }}", *blocks)] == ["contracts/essai.yaml:7:5"]
