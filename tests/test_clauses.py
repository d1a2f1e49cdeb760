# ruff: noqa: E501 - sentences of acts, whole
from __future__ import annotations

import pytest
from excerpts import ARTICLE, acted, document, expected, row, with_block
from sample import head, paragraph

from cpomgen.imprime import Block, Paragraph, Span, Table

LIST = (
    paragraph("heading 1", "Contrat"),
    paragraph("heading 3", "Article 4 – La revue"),
    paragraph("Corps", "Le présent contrat peut être révisé dans les cas qui suivent :"),
    paragraph("Corps puce", "évolution de la réglementation applicable aux structures\u202f;"),
    paragraph("Corps puce", "modification du périmètre géographique de la zone d’intervention\u202f;"),
    paragraph("Corps puce", "révision du projet régional de santé."),
    paragraph("heading 3", "Article 5 – La fin"),
    paragraph("Corps", "Le contrat prend fin à son terme."),
)
RUBRIQUES = (
    paragraph("heading 3", "Article 1er – Objet"),
    paragraph("Corps", "Le réseau s’engage."),
    paragraph("heading 4", "Les moyens"),
    paragraph("Corps", "Il dispose de moyens."),
    paragraph("heading 4", "Le calendrier"),
    paragraph("Corps", "Il suit un plan."),
    paragraph("heading 4", "Les moyens"),
    paragraph("Corps", "Il dispose de temps."),
)
YEARS = Table("Tableau", (1, 1), (head("Source", "2012"), row("FIR", "10")))


def bullets(*lines: str) -> tuple[Block, ...]:
    return (*LIST[:3], *(paragraph("Corps puce", line) for line in lines), *LIST[6:])


OLD = [each.text for each in LIST[3:6] if isinstance(each, Paragraph)]
CASES: dict[str, tuple[tuple[Block, ...], tuple[Block, ...], str]] = {
    "a word of the only alinéa": (
        ARTICLE,
        with_block(5, paragraph("Corps", "Le contrat est conclu pour quatre ans.")),
        """
# Modification de l’article 1er
À l’article 1er, au premier alinéa, le mot : « cinq » est remplacé par le mot : « quatre ».
""",
    ),
    "a day of a list": (
        ARTICLE,
        with_block(10, paragraph("Corps puce", "au plus tard le 31 mai ;")),
        """
# Modification de l’article 2
À l’article 2, au a), au deuxième alinéa, les mots : « 30\u00a0juin » sont remplacés par les mots : « 31 mai ».
""",
    ),
    "a visa more": (
        ARTICLE,
        with_block(2, paragraph("Visa", "Vu le décret\u202f;"), over=0),
        """
# Modification du préambule
Au préambule, après le deuxième alinéa, est inséré un alinéa ainsi rédigé :
> « Vu le décret ; »
""",
    ),
    "a visa less": (
        ARTICLE,
        with_block(1),
        """
# Modification du préambule
Au préambule, le deuxième alinéa est supprimé.
""",
    ),
    "the first visa of a preamble": (
        ARTICLE,
        with_block(0, paragraph("Corps", "Entre les parties, d’une part et d’autre part."), over=0),
        """
# Modification du préambule
Au préambule, avant le premier alinéa, est inséré un alinéa ainsi rédigé :
> « Entre les parties, d’une part et d’autre part. »
""",
    ),
    "an alinéa right after the intitulé": (
        ARTICLE,
        with_block(13, paragraph("Corps", "Il est annuel."), over=0),
        """
# Modification de l’article 2
À l’article 2, au b), après l’intitulé, est inséré un alinéa ainsi rédigé :
> « Il est annuel. »
""",
    ),
    "two alinéas at the end": (
        ARTICLE,
        with_block(14, paragraph("Corps", "Il est bref."), paragraph("Corps", "Il est clair."), over=0),
        """
# Modification de l’article 2
À l’article 2, au b), après le premier alinéa, sont insérés deux alinéas ainsi rédigés :
> « Il est bref.
> « Il est clair. »
""",
    ),
    "an item of a list at its top": (
        LIST,
        bullets("reconduction du contrat au-delà de son terme initial\u202f;", *OLD),
        """
# Modification de l’article 4
À l’article 4, après le premier alinéa, est inséré un alinéa ainsi rédigé :
> « – reconduction du contrat au-delà de son terme initial ; »
""",
    ),
    "an item of a list in the middle": (
        LIST,
        bullets(OLD[0], "création d’un pôle nouveau\u202f;", *OLD[1:]),
        """
# Modification de l’article 4
À l’article 4, après le deuxième alinéa, est inséré un alinéa ainsi rédigé :
> « – création d’un pôle nouveau ; »
""",
    ),
    "an item of a list at its end, the last becoming the one before": (
        LIST,
        bullets(*OLD[:2], OLD[2].replace(".", "\u202f;"), "création d’un pôle nouveau."),
        """
# Modification de l’article 4
L’article 4 est ainsi modifié :
  1° Au quatrième alinéa, le mot : « santé. » est remplacé par le mot : « santé ; » ;
  2° Après le quatrième alinéa, est inséré un alinéa ainsi rédigé :
> « – création d’un pôle nouveau. »
""",
    ),
    "an item of a list less": (
        LIST,
        bullets(OLD[0], OLD[2]),
        """
# Modification de l’article 4
À l’article 4, le troisième alinéa est supprimé.
""",
    ),
    "two items of a list less": (
        (*LIST[:6], paragraph("Corps", "Les parties se réunissent alors sous deux mois."), *LIST[6:]),
        (*LIST[:4], paragraph("Corps", "Les parties se réunissent alors sous deux mois."), *LIST[6:]),
        """
# Modification de l’article 4
À l’article 4, les troisième et quatrième alinéas sont supprimés.
""",
    ),
    "all items of a list less": (
        (
            *LIST[:6],
            paragraph(
                "Corps", "Les parties se réunissent alors sous deux mois dans tous les cas, quels qu’ils soient."
            ),
            paragraph(
                "Corps", "Elles dressent alors un procès-verbal signé de chacune, remis à l’agence et au promoteur."
            ),
            *LIST[6:],
        ),
        (
            *LIST[:3],
            paragraph(
                "Corps", "Les parties se réunissent alors sous deux mois dans tous les cas, quels qu’ils soient."
            ),
            paragraph(
                "Corps", "Elles dressent alors un procès-verbal signé de chacune, remis à l’agence et au promoteur."
            ),
            *LIST[6:],
        ),
        """
# Modification de l’article 4
À l’article 4, les deuxième à quatrième alinéas sont supprimés.
""",
    ),
    "an alinéa of other words": (
        LIST,
        (*LIST[:4], paragraph("Corps puce", "décision conjointe et motivée des deux parties\u202f;"), *LIST[5:]),
        """
# Modification de l’article 4
À l’article 4, le troisième alinéa est ainsi rédigé :
> « – décision conjointe et motivée des deux parties ; »
""",
    ),
    "an alinéa that becomes two": (
        LIST,
        (
            *LIST[:4],
            paragraph("Corps puce", "décision conjointe et motivée\u202f;"),
            paragraph("Corps puce", "fusion de deux promoteurs\u202f;"),
            *LIST[5:],
        ),
        """
# Modification de l’article 4
À l’article 4, le troisième alinéa est remplacé par deux alinéas ainsi rédigés :
> « – décision conjointe et motivée ;
> « – fusion de deux promoteurs ; »
""",
    ),
    "the words of a heading below": (
        ARTICLE,
        with_block(8, paragraph("heading 4", "a) Le suivi semestriel")),
        """
# Modification de l’article 2
À l’article 2, au a), à l’intitulé, le mot : « annuel » est remplacé par le mot : « semestriel ».
""",
    ),
    "the words of the heading of an article": (
        ARTICLE,
        with_block(7, paragraph("heading 3", "Article 2 – Le suivi régulier")),
        """
# Modification de l’article 2
À l’article 2, à l’intitulé, après le mot : « suivi », est inséré le mot : « régulier ».
""",
    ),
    "the words of the heading of a titre": (
        ARTICLE,
        with_block(6, paragraph("heading 2", "Titre 2 – Mise en place")),
        """
# Modification du titre 2
Au titre 2, à l’intitulé, le mot : « œuvre » est remplacé par le mot : « place ».
""",
    ),
    "a lettered rubrique at the end": (
        ARTICLE,
        (*ARTICLE, paragraph("heading 4", "c) Le bilan"), paragraph("Corps", "Un bilan est dressé.")),
        """
# Modification de l’article 2
À l’article 2, après le b), est inséré un c) ainsi rédigé :
> « c) Le bilan
> « Un bilan est dressé. »
""",
    ),
    "a lettered rubrique less": (
        ARTICLE,
        ARTICLE[:12],
        """
# Modification de l’article 2
À l’article 2, le b) est supprimé.
""",
    ),
    "a rubrique of two that read the same": (
        RUBRIQUES,
        (*RUBRIQUES[:7], paragraph("Corps", "Il dispose de locaux.")),
        """
# Modification de l’article 1er
À l’article 1er, à la troisième rubrique, au premier alinéa, le mot : « temps » est remplacé par le mot : « locaux ».
""",
    ),
    "a rubrique without a number": (
        RUBRIQUES,
        (*RUBRIQUES[:5], paragraph("Corps", "Il suit un échéancier."), *RUBRIQUES[6:]),
        """
# Modification de l’article 1er
À l’article 1er, à la rubrique « Le calendrier », au premier alinéa, le mot : « plan » est remplacé par le mot : « échéancier ».
""",
    ),
    "a rubrique without a number, after another": (
        RUBRIQUES,
        (
            *RUBRIQUES[:6],
            paragraph("heading 4", "Les échéances"),
            paragraph("Corps", "Elles sont annuelles."),
            *RUBRIQUES[6:],
        ),
        """
# Modification de l’article 1er
À l’article 1er, après la rubrique « Le calendrier », est insérée une rubrique ainsi rédigée :
> « Les échéances
> « Elles sont annuelles. »
""",
    ),
    "an alinéa under the article, when it has rubriques": (
        RUBRIQUES,
        (RUBRIQUES[0], paragraph("Corps", "Le promoteur s’engage."), *RUBRIQUES[2:]),
        """
# Modification de l’article 1er
À l’article 1er, au premier alinéa, le mot : « réseau » est remplacé par le mot : « promoteur ».
""",
    ),
    "a table more": (
        LIST,
        (*LIST[:6], YEARS, *LIST[6:]),
        """
# Modification de l’article 4
À l’article 4, après le quatrième alinéa, est inséré le tableau suivant :
| Source | 2012 |
| FIR | 10 |
""",
    ),
    "a table less": (
        (*LIST[:6], YEARS, *LIST[6:]),
        LIST,
        """
# Modification de l’article 4
À l’article 4, le tableau est supprimé.
""",
    ),
    "guillemets within guillemets": (
        LIST,
        (*LIST[:7], paragraph("Corps", "Le contrat, dit «\u00a0socle\u00a0», prend fin à son terme.")),
        """
# Modification de l’article 5
À l’article 5, au premier alinéa, après le mot : « contrat », sont insérés les mots : « , dit “socle”, ».
""",
    ),
    "a seventeenth alinéa": (
        (LIST[1], *(paragraph("Corps", f"Clause {n} du contrat, qui engage.") for n in range(1, 19))),
        (
            LIST[1],
            *(paragraph("Corps", f"Clause {n} du contrat, qui engage{' bien' * (n == 17)}.") for n in range(1, 19)),
        ),
        """
# Modification de l’article 4
À l’article 4, au 17e alinéa, après le mot : « engage », est inséré le mot : « bien ».
""",
    ),
    "two parts, each in an article of its own, in order": (
        ARTICLE,
        (
            *with_block(5, paragraph("Corps", "Le contrat est conclu pour quatre ans."))[:13],
            paragraph("Corps", "Un rapport annuel est remis."),
        ),
        """
# Modification de l’article 1er
À l’article 1er, au premier alinéa, le mot : « cinq » est remplacé par le mot : « quatre ».
# Modification de l’article 2
À l’article 2, au b), au premier alinéa, après le mot : « rapport », est inséré le mot : « annuel ».
""",
    ),
    "several things at several places": (
        ARTICLE,
        (
            *ARTICLE[:9],
            paragraph("Corps", "La revue se tient chaque semestre."),
            paragraph("Corps puce", "au plus tard le 31\u00a0mai 2013 ;"),
            ARTICLE[11],
            paragraph("heading 4", "b) Le rapport"),
            paragraph("Corps", "Un rapport écrit est remis."),
        ),
        """
# Modification de l’article 2
L’article 2 est ainsi modifié :
  1° Au a) :
    a) Au premier alinéa, le mot : « année » est remplacé par le mot : « semestre » ;
    b) Au deuxième alinéa, les mots : « 30\u00a0juin » sont remplacés par les mots : « 31\u00a0mai 2013 » ;
  2° Au b), au premier alinéa, après le mot : « rapport », est inséré le mot : « écrit ».
""",
    ),
    "an alinéa placed elsewhere": (
        (
            LIST[1],
            *(paragraph("Corps", f"{each} engagement tenu par le promoteur.") for each in ("Un", "Bel", "Cet", "Mon")),
        ),
        (
            LIST[1],
            *(paragraph("Corps", f"{each} engagement tenu par le promoteur.") for each in ("Un", "Cet", "Mon", "Bel")),
        ),
        """
# Modification de l’article 4
À l’article 4, le deuxième alinéa est placé après le quatrième alinéa.
""",
    ),
}


@pytest.mark.parametrize(("old", "new", "act"), CASES.values(), ids=CASES)
def it_amends_clauses(old: tuple[Block, ...], new: tuple[Block, ...], act: str) -> None:
    assert acted(document(*old), document(*new)) == expected(act)


def it_says_nothing_of_what_reads_the_same() -> None:
    spans = Paragraph("Corps", (Span("Le contrat est "), Span("conclu pour cinq ans.", "Fort", "duree")))
    assert acted(document(*ARTICLE), document(*with_block(5, spans))) == []


def it_says_nothing_of_what_follows_the_signatures() -> None:
    old, new = (
        (*ARTICLE, paragraph("Lieu et date", f"Fait à {ville}, le"), paragraph("Signature", ville))
        for ville in ("Rennes", "Brest")
    )
    assert acted(document(*old), document(*new)) == []


def it_writes_a_sentence_again_when_most_of_it_changes() -> None:
    first, last = "La revue se tient chaque année à Besançon.", "Le compte rendu est adressé sous un mois."
    old = f"{first} Elle réunit les parties au contrat et ceux qu’elles invitent. {last}"
    new = f"{first} Nul ne peut y être représenté sans un mandat écrit, remis la veille. {last}"
    heads = [paragraph("heading 1", "Contrat"), paragraph("heading 2", "Article 1er – La revue")]
    found = acted(document(*heads, paragraph("Corps", old)), document(*heads, paragraph("Corps", new)))
    assert found == expected(
        """
# Modification de l’article 1er
À l’article 1er, au premier alinéa, la deuxième phrase est ainsi rédigée :
> « Nul ne peut y être représenté sans un mandat écrit, remis la veille. »
"""
    )
