"""榜上各项 (roll entries): honours as rolls show them, their order, and the honours of one deed together.

By level, then by title from the highest, under one title by the pinyin of the name. No law ranks every title, so the
words that rank them are the custom of such lists and stand in the catalogue (``titles.ranks``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.catalogue import wording
from generator.pages.name_order import NameKey, initial, name_key
from generator.public.list_rows import HonourRow

LEVELS = ("national", "province", "city", "district", "other")
_LIST_MARK = "、"
_MOST_NAMES = 20
_NARROW = 5
"""Characters that fit one place on the plaque."""
_LONGEST = 60
"""Characters of a name or title shown in a list; the honour's own page shows it whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """榜上一项: a row with what ordering and showing it needs, worked out once."""

    row: HonourRow
    key: NameKey
    names: tuple[str, ...]
    more: str | None
    """Said after ``names`` where there are too many to list, or not all are published."""
    deaths: tuple[str, ...]
    """牺牲 or 已故, one of each name; empty of the living."""
    title: str
    short: str
    batch: str | None
    merit: str | None

    @property
    def letter(self) -> str:
        """首字母."""
        return initial(self.key)

    @property
    def wide(self) -> bool:
        """Whether it takes a line of its own on a narrow plaque."""
        return len(self.names) > 1 or len(self.names[0]) > _NARROW


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """一件事迹: the honours of the same people of one case, newest first.

    ``first``   the entry that names all of its people.
    ``grants``  each honour, with whom it is of where they are not all of the same people; empty otherwise.
    """

    first: Entry
    grants: tuple[tuple[str, Entry], ...]

    @property
    def posthumous(self) -> bool:
        """Whether any of its honours is 追授."""
        return any(entry.row.posthumous for _, entry in self.grants)

    @property
    def year(self) -> int:
        """The year of its newest honour."""
        return self.grants[0][1].row.year


def in_roll_order(rows: Iterable[HonourRow]) -> list[Entry]:
    """榜的次序: level, title from the highest, pinyin of the name, date, id."""
    entries = [entry_of(row) for row in rows]
    titles = {title: _title_key(title) for title in {entry.title for entry in entries}}
    entries.sort(
        key=lambda entry: (
            LEVELS.index(entry.row.level),
            titles[entry.title],
            entry.title,
            entry.key,
            entry.row.decided_on,
            entry.row.id,
        )
    )
    return entries


def _title_key(title: str) -> tuple[int, NameKey]:
    """Its place among the titles of one level: the first word that ranks it, then its pinyin."""
    ranks: list[str] = wording("titles")["ranks"]
    rank = next((place for place, word in enumerate(ranks) if word in title), len(ranks))
    return rank, name_key(title, person=False)


def by_deed(rows: Iterable[HonourRow]) -> Iterator[Deed]:
    """按事迹归并, in the order of the first honour of each.

    Honours of one case belong together where they share somebody: one of two rescuers, honoured alone later, stands
    with the pair. A group that is honoured as a whole shares nobody.
    """
    cases: dict[tuple[str, bool], list[tuple[set[int], list[HonourRow]]]] = {}
    found: list[list[HonourRow]] = []
    for row in rows:
        of_case = cases.setdefault((row.people.of, row.is_group), [])
        whose = set(row.people.whose)
        same = [deed for deed in of_case if deed[0] & whose or not (deed[0] or whose)]
        if not same:
            of_case.append((whose, [row]))
            found.append(of_case[-1][1])
            continue
        people, together = same[0]
        people |= whose
        together.append(row)
        for other in same[1:]:
            people |= other[0]
            together += other[1]
            of_case.remove(other)
            found = [rows_of for rows_of in found if rows_of is not other[1]]
    for together in found:
        together.sort(key=lambda row: row.decided_on, reverse=True)
        entries = [entry_of(row) for row in together]
        first = max(entries, key=lambda entry: len(entry.row.people.whose))
        parted = len({entry.row.people.whose for entry in entries}) > 1
        yield Deed(
            first=first,
            grants=tuple((entry.short if parted else "", entry) for entry in entries),
        )


def entry_of(row: HonourRow) -> Entry:
    """One row as lists show it."""
    several = wording("honours")["several"]
    names = row.name.split(_LIST_MARK) if not row.is_group else [row.name]
    shown = tuple(cut(name) for name in names[:_MOST_NAMES])
    count = len(names) + row.unnamed
    dead = wording("common")["person"]["death"]
    return Entry(
        row=row,
        key=name_key(names[0], person=not row.is_group),
        names=shown,
        more=wording("honours")["and_more"].format(n=count) if count > len(shown) else None,
        deaths=tuple(dead[key] if key else "" for key in row.deaths[:_MOST_NAMES]),
        title=cut(row.told_title),
        short=several.format(first=shown[0], n=count) if count > 2 else _LIST_MARK.join(shown),
        batch=cut(row.batch) if row.batch else None,
        merit=cut(row.merit) if row.merit else None,
    )


def heads_counted(valid: Sequence[HonourRow]) -> str:
    """How heads were counted where it is not plain: groups without a number, units. Empty where it is."""
    words = wording("honours")["rolls"]
    units = len({row.people.of for row in valid if row.is_unit})
    uncounted = sum(row.is_uncounted for row in valid)
    parts = [
        words[key].format(n=n) for key, n in (("total_uncounted", uncounted), ("total_units", units)) if n
    ]
    return str(words["total_counted"]).format(parts="；".join(parts)) if parts else ""


def cut(text: str) -> str:
    """A name or title that is not too long for a list."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
