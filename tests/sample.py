"""A document such as an agency would sign, built by hand: what the printed stages give, without them."""

from __future__ import annotations

from cpomgen.imprime import Block, Cell, Imprime, Layout, PageField, Paragraph, Row, Section, Span, Table

HEADER: tuple[Block, ...] = (Paragraph("header", (Span("PROJET"),)),)
FOOTER: tuple[Block, ...] = (
    Paragraph(
        "footer",
        (
            Span("CPOM ARESPA 2012-2016 · v0 – projet · page "),
            Span("", field=PageField.PAGE),
            Span("/"),
            Span("", field=PageField.PAGES),
        ),
    ),
)
PORTRAIT = Layout(11906, 16838, 1304, 1134, 1134, 1134, HEADER, FOOTER)
LANDSCAPE = Layout(16838, 11906, 1134, 964, 964, 964, HEADER, FOOTER)
LOREM = (
    "Le réseau organise la coordination d’appui des professionnels de premier recours autour des personnes en "
    "situation complexe, à la demande du médecin traitant et avec son accord, dans chacun des bassins de vie de la "
    "zone d’intervention, sans se substituer aux dispositifs existants. "
)


def paragraph(style: str, text: str) -> Paragraph:
    """Return a paragraph of one span."""
    return Paragraph(style, (Span(text),))


def cell(text: str, style: str = "Cellule", *, rowspan: int = 1, colspan: int = 1) -> Cell:
    """Return a cell; each line of `text` is a paragraph, an item when it begins with a dash."""
    blocks = tuple(
        paragraph(f"{style} puce", line[2:]) if line.startswith("- ") else paragraph(style, line)
        for line in text.split("\n")
        if line
    )
    return Cell(blocks, colspan, rowspan)


def head(*texts: str) -> Row:
    """Return a header row."""
    return Row(tuple(cell(text, "Cellule entête") for text in texts), header=True)


def group(label: str, bodies: tuple[str, ...]) -> tuple[Row, ...]:
    """Return the rows of one strategic objective, whose cell is merged over them."""
    rows = []
    for index, body in enumerate(bodies):
        first = (cell(label, "Cellule titre", rowspan=len(bodies)),) if index == 0 else ()
        own = (
            cell(f"Objectif opérationnel {index + 1}\n{body}"),
            cell(f"{body}\n- action une\n- action deux"),
            cell(body),
        )
        rows.append(Row((*first, *own)))
    return tuple(rows)


def objectives(*groups: tuple[Row, ...]) -> Table:
    """Return the four-column table of an annex."""
    titles = (
        "Objectifs stratégiques",
        "Objectifs opérationnels",
        "Plan d’actions",
        "Indicateurs de suivi et d’évaluation",
    )
    return Table(
        "Tableau objectifs", (2600, 3600, 4800, 3910), (head(*titles), *(row for rows in groups for row in rows))
    )


def amounts() -> Table:
    """Return a table of sources by exercise, with its totals."""
    years = ("2012", "2013", "2014", "2015", "2016")
    sources = ("Fonds d’intervention régional – coordination", "Conseil général du Doubs", "Agence régionale de santé")
    rows = [
        Row((cell(source), *(cell("1\u202f234\u202f567,89\u00a0€", "Cellule montant") for _ in years)))
        for source in sources
    ]
    total = Row(
        (
            cell("Total", "Cellule total"),
            *(cell("3\u202f703\u202f703,67\u00a0€", "Cellule montant total") for _ in years),
        )
    )
    return Table("Tableau montants", (3000, *(1350 for _ in years)), (head("Source", *years), *rows, total))


def signatures(count: int = 3) -> Table:
    """Return the block where each party signs, one column each."""
    parties = [
        Cell(
            (
                paragraph("Signature qualité", "Pour l’agence régionale de santé de Franche-Comté"),
                paragraph("Signature", "La directrice générale"),
                paragraph("Signature", "Date et signature :\n\n\n"),
            )
        )
        for _ in range(count)
    ]
    return Table("Tableau signatures", (3000,) * count, (Row(tuple(parties)),))


def cover() -> tuple[Block, ...]:
    """Return the blocks of a first page."""
    return (
        paragraph("Couverture agence", "Agence régionale de santé de Franche-Comté"),
        paragraph("Couverture structure", "ARESPA\nAssociation du réseau de santé de proximité et d’appui"),
        paragraph("heading 1", "Contrat pluriannuel d’objectifs et de moyens"),
        paragraph("Couverture période", "1er janvier 2012 – 31 décembre 2016"),
        paragraph("Couverture référence", "Référence : CPOM-2012-ARESPA"),
        paragraph("Avertissement", "Exemple : les montants et les identifiants de ce contrat sont inventés."),
    )


def articles() -> tuple[Block, ...]:
    """Return a socle: parties, visas, articles, lists."""
    return (
        paragraph("Partie", "L’agence régionale de santé de Franche-Comté, dont le siège est à Besançon,"),
        paragraph("Partie puce", "représentée par sa directrice générale,"),
        paragraph("Visa", "Vu le code de la santé publique, notamment ses articles D. 6114-11 à R. 6114-17 ;"),
        paragraph("Formule", "Il est convenu ce qui suit :"),
        paragraph("heading 1", "Titre 1 – Objet"),
        *(
            block
            for number in range(1, 6)
            for block in (
                paragraph("heading 2", f"Article {number} – Orientations"),
                Paragraph(
                    "Corps", (Span("Le « "), Span("promoteur", "Terme"), Span(" » "), Span("doit", "Fort"), Span(" : "))
                ),
                paragraph("Corps puce", LOREM),
                paragraph("Corps puce", "1\u202f234\u202f567,89\u00a0€ (un million d’euros) ;"),
                paragraph("heading 3", "Modalités"),
                paragraph("Corps", LOREM * 3),
            )
        ),
        amounts(),
        paragraph("Légende", "Montants prévisionnels, consentis sous réserve de l’annualité budgétaire."),
    )


def contract() -> Imprime:
    """Return the whole: cover and articles, an annex in landscape, signatures."""
    objectifs = (
        group("Couvrir les bassins de vie sans coordination d’appui", (LOREM,) * 8),
        group("Évaluer", (LOREM,) * 4),
    )
    annex: tuple[Block, ...] = (
        paragraph("heading 1", "Annexe 1 – Orientations"),
        paragraph("Corps", LOREM),
        objectives(*objectifs),
    )
    signed: tuple[Block, ...] = (paragraph("Corps", LOREM), paragraph("Signature", "Fait à Besançon, le"), signatures())
    return Imprime(
        "Contrat pluriannuel d’objectifs et de moyens – ARESPA",
        (
            Section("socle", PORTRAIT, (*cover(), *articles(), *signed)),
            Section("annexe-1", LANDSCAPE, annex),
        ),
    )
