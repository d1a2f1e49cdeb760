"""Imprime × Imprime, each with its Schema → the articles of the act that turns one into the other (redaction.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from cpomgen.amendment import Amendement, IntricateError, cited, counted, gone_ids, is_most, opened, rewritten, unit_ids
from cpomgen.article import ArticleModificatif
from cpomgen.clauses import Moitie, amended_part, emptied, ending
from cpomgen.designation import NBSP, Nom
from cpomgen.edits import Added, Changed, Edit, Id, Moved, Removed, at, exchanges, longest, merged
from cpomgen.imprime import Block
from cpomgen.landmarks import Landmarks, closing
from cpomgen.levels import laid
from cpomgen.lieu import level_of
from cpomgen.texts import Item, Paired, lines
from cpomgen.wording import accord, enumere

if TYPE_CHECKING:
    from cpomgen.schema import Schema


def amend(
    both: Paired, schemas: tuple[Schema, Schema], whole: Collection[str] = (), detailed: Collection[str] = ()
) -> tuple[ArticleModificatif, ...]:
    """Return the articles that amend a contract, in its order; parts are named as in « annexe 4 », or by their section.

    Those of `whole` are replaced; those of `detailed` are amended unit by unit whatever part of them changes.
    """
    return _Act(both, schemas, frozenset(whole), frozenset(detailed)).articles()


class _Act:
    """Two versions of a contract; what is done to each part, and what of the change it deals with."""

    def __init__(
        self, both: Paired, schemas: tuple[Schema, Schema], whole: frozenset[str], detailed: frozenset[str]
    ) -> None:
        self.whole, self.detailed = whole, detailed
        self.trees, self.edits = (both.before, both.after), both.edits
        self.marks = Landmarks(both.old, schemas[0]), Landmarks(both.new, schemas[1])
        moved = [edit for edit in self.edits if isinstance(edit, Moved)]
        self.moved = {
            section["id"]: frozenset(each.id for each in moved if each.path[1:] == (Id(section["id"]), "blocs"))
            for section in self.trees[1]["parties"]
        }
        self.touched = self._touched()
        self.dealt: Counter[int] = Counter()

    def articles(self) -> tuple[ArticleModificatif, ...]:
        """Return the articles of the act; what changes is in them once."""
        found = tuple(self._articles())
        wrong = {unit for unit in self.touched if self.dealt[unit] != 1}
        if wrong:
            raise AssertionError(f"{len(wrong)} changes are not in the act, or twice")  # a bug, told as one
        return found

    def _touched(self) -> set[int]:
        """Return the units that change, signatures left out: those that come, go, move, or read in another way."""
        before, after = self.trees
        found = set()
        for edit in self.edits:
            tree, path = (before, edit.path) if isinstance(edit, Removed) else (after, edit.path)
            if not self._is_signature(tree, edit, path):
                unit = id(self._unit(edit))
                found.add(-unit if isinstance(edit, Moved) else unit)
        return found

    def _unit(self, edit: Edit) -> Item:
        """Return the unit that an edit is about, on the side that has it."""
        if isinstance(edit, Added | Removed):
            item: Item = edit.item
            return item
        path = edit.path[:-1] if isinstance(edit, Changed) else (*edit.path, Id(getattr(edit, "id", "")))
        found: Item = at(self.trees[1], path)
        return found

    def _is_signature(self, tree: Item, edit: Edit, path: Sequence[object]) -> bool:
        """Tell whether an edit is below the line that opens the signatures."""
        if len(path) < 3:  # noqa: PLR2004 - a section as a whole
            return False
        section = next(each for each in tree["parties"] if each["id"] == path[1])
        ids = [item["id"] for item in section["blocs"]]
        name = path[3] if len(path) > 3 else self._unit(edit)["id"]  # noqa: PLR2004 - a block, or what is below
        return ids.index(name) >= closing(section.unit.blocks)

    def _articles(self) -> Iterator[ArticleModificatif]:
        before, after = ({each["id"]: each for each in tree["parties"]} for tree in self.trees)
        elsewhere = {edit.id for edit in self.edits if isinstance(edit, Moved) and len(edit.path) == 1}
        for name in merged(list(before), list(after)):
            old, new = before.get(name), after.get(name)
            if old is not None and new is not None and name not in elsewhere:
                found = list(self._section(old, new))
            else:
                found = [] if old is None else [self._dropped(old)]
                found += [] if new is None else [self._added(new)]
            yield from (article._replace(section=str(name)) for article in found)

    def _added(self, section: Item) -> ArticleModificatif:
        nom = self.marks[1].partie(section["id"], 0).nom
        geste = f"il est ajouté au contrat {counted(1, nom.mots, nom.genre)}, {_joined(nom)}"
        self._deal([Amendement((), geste, (), unit_ids(section))])
        alineas = laid(None, [Amendement((), geste)])
        blocks = section.unit.blocks
        return ArticleModificatif(f"Ajout {nom.du}", nom, alineas, blocks[: closing(blocks)])  # the act has its own

    def _dropped(self, section: Item) -> ArticleModificatif:
        nom = self.marks[0].partie(section["id"], 0).nom
        done = [Amendement((), nom.done("supprimé"), (), gone_ids(section))]
        self._deal(done)
        return ArticleModificatif(f"Suppression {nom.du}", nom, laid(None, done))

    def _section(self, old: Item, new: Item) -> Iterator[ArticleModificatif]:
        """Yield the articles about the parts of a section."""
        if old is new:
            return
        halves = [
            [
                Moitie(marks, partie, section["blocs"][partie.start : partie.end])
                for partie in marks.parties
                if partie.section == section["id"]
            ]
            for marks, section in zip(self.marks, (old, new), strict=True)
        ]
        pairs = _paired(*halves)
        self._keep(new["id"], [halves[1][mate] for n, mate in pairs.items() if _is_kept(halves[0][n], halves[1][mate])])
        back = {mate: str(number) for number, mate in pairs.items()}
        before = {str(number): number for number in range(len(halves[0]))}
        after = {back.get(number, f"+{number}"): number for number in range(len(halves[1]))}
        last: Moitie | None = None
        for gone, come, name in exchanges(before, after):
            for number in gone:
                last = halves[0][number]
                yield self._removed(last)
            if come:
                yield self._brought([halves[1][number] for number in come], last, halves[0])
            if name:
                last = halves[0][before[name]]
                yield from self._part(last, halves[1][after[name]], new["id"])

    def _keep(self, section: str, kept: Sequence[Moitie]) -> None:
        """Hold that the headings of parts kept in order stay: what changes its place is what stands around them."""
        heads = [half.items[0] for half in kept]
        self.touched.difference_update(-id(head) for head in heads)
        self.moved[section] -= {head["id"] for head in heads}

    def _part(self, old: Moitie, new: Moitie, section: str) -> Iterator[ArticleModificatif]:
        """Yield the article about a part that both versions have, if anything changes in it."""
        if not self._changes(old, new):
            return
        nom = old.partie.nom
        names = {nom.mots.replace(NBSP, " ").lower(), section}
        detailed = not names.isdisjoint(self.detailed)
        whole = not names.isdisjoint(self.whole) and not detailed
        texts = (line for item in old.items for line in lines(item))
        try:
            found = amended_part(old, new, self.moved.get(section, frozenset()))
            mostly = len(found) > 1 and is_most(found, texts)
            whole = whole or (mostly and not detailed)
        except IntricateError:
            whole = True
        if whole and old.holds:  # it cannot be written again without what it holds
            found, whole = amended_part(old, new, frozenset(), anew=True), False
        if not whole:
            self._deal(found)
            yield ArticleModificatif(_modified(old, new), nom, laid(nom, found))
        elif self._is_annex(old) and self._is_annex(new):
            geste = f"{nom.done('remplacé')} par {new.partie.nom.le} {_joined(nom)}"
            done = [Amendement((), geste, (), self._units(old, new))]
            self._deal(done)
            yield ArticleModificatif(f"Remplacement {nom.du}", nom, laid(None, done), tuple(_blocks(new)))
        else:
            done = [Amendement((), rewritten(nom), cited(_blocks(new)), self._units(old, new))]
            self._deal(done)
            yield ArticleModificatif(_modified(old, new), nom, laid(None, done))

    def _brought(self, coming: Sequence[Moitie], last: Moitie | None, old: Sequence[Moitie]) -> ArticleModificatif:
        """Return the article that inserts new parts after an old one, before the first when there is none."""
        lieux, where = ending(last) if last else ((), f"avant {old[0].partie.nom.le}")
        groups = list(_opening(coming))
        found = []
        for group, tops in reversed(groups):  # what is inserted second comes first
            blocks = [block for each in group for block in _blocks(each)]
            units = unit_ids(*(item for each in group for item in each.items))
            found.append(Amendement(lieux, opened(where, tops), cited(blocks), units))
        self._deal(found)
        noms = [nom for _, tops in groups for nom in tops]
        return ArticleModificatif(f"Ajout {enumere([nom.du for nom in noms])}", noms[0], laid(None, found))

    def _removed(self, half: Moitie) -> ArticleModificatif:
        """Return the article that removes a part; the heading and the blocks of one that holds others which stay."""
        nom = half.partie.nom
        found = emptied(half) or [Amendement((), nom.done("supprimé"), (), gone_ids(*half.items))]
        self._deal(found)
        return ArticleModificatif(f"Suppression {nom.du}", nom, laid(None, found))

    def _changes(self, old: Moitie, new: Moitie) -> bool:
        """Tell whether a part changes: its units, or which ones are in it."""
        before, after = ({item["id"]: item for item in half.items} for half in (old, new))
        if before.keys() != after.keys():
            return True
        other = [item for half in (before, after) for name, item in half.items() if before[name] is not after[name]]
        placed = any(-id(item) in self.touched for item in new.items)
        return placed or not self.touched.isdisjoint(unit_ids(*other))

    def _units(self, old: Moitie, new: Moitie) -> frozenset[int]:
        return gone_ids(*old.items) | unit_ids(*new.items)

    def _is_annex(self, half: Moitie) -> bool:
        """Tell whether a part is all of its section, the first section apart, with a heading over it."""
        first, *_ = half.marks.sections
        whole = half.partie.start == 0 and half.partie.end == closing(half.marks.blocks(half.partie))
        return half.partie.opened and whole and half.partie.section != first

    def _deal(self, found: Sequence[Amendement]) -> None:
        self.dealt.update(unit for each in found for unit in each.units & self.touched)


def _modified(old: Moitie, new: Moitie) -> str:
    """Return the title of the article that amends a part, with its new number if it has another."""
    before, after = old.partie.nom, new.partie.nom
    numbered = old.partie.opened and new.partie.opened and "«" not in before.mots + after.mots
    becomes = f", qui devient {after.le}" if numbered and before != after else ""
    return f"Modification {before.du}{becomes}"


def _joined(nom: Nom) -> str:
    return f"{accord('annexé', nom.genre)} au présent avenant"


def _blocks(half: Moitie) -> list[Block]:
    return [item.unit for item in half.items]


def _paired(old: Sequence[Moitie], new: Sequence[Moitie]) -> dict[int, int]:
    """Return which part of the new section each one of the old section became: by its heading, then by its name."""
    found: dict[int, int] = {}
    for key in (_root, _name):
        before = {key(half): n for n, half in enumerate(old) if n not in found}
        after = {key(half): n for n, half in enumerate(new) if n not in found.values()}
        found |= {before[name]: after[name] for name in after if name in before and name}
    order = sorted(found)
    still = longest([found[n] for n in order])
    return {n: found[n] for n in order if found[n] in still}


def _is_kept(old: Moitie, new: Moitie) -> bool:
    return old.partie.opened and new.partie.opened and old.items[0]["id"] == new.items[0]["id"]


def _opening(coming: Sequence[Moitie]) -> Iterator[tuple[list[Moitie], list[Nom]]]:
    """Yield new parts by the level of those that hold the others, with the names of these."""
    level, group, tops = 0, list[Moitie](), list[Nom]()
    for half in coming:
        own = level_of(half.block(half.partie.start))
        if group and own < level:
            yield group, tops
            group, tops = [], []
        level = level if group else own
        group.append(half)
        tops += [half.partie.nom] if own == level else []
    yield group, tops


def _root(half: Moitie) -> str:
    return str(half.items[0]["id"]) if half.partie.opened else half.partie.nom.mots


def _name(half: Moitie) -> str:
    return half.partie.nom.mots
