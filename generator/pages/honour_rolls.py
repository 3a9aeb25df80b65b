"""光荣榜 (honour rolls): all cities, one city, one city's year in bounded parts.

A roll is a wall of names first: by level and title, under one title by the pinyin of the name. Below it
readers find the same rows by name, batch and kind of act, and by date in a table. Revoked honours stand on no
roll and in no total. The sentence with the running total has the same words whatever is withheld.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages.citation import Citable
from generator.pages.cite import cite_block, cite_head, cite_script
from generator.pages.name_order import NameKey, initial, name_key
from generator.pages.page import Page, root_of
from generator.pages.page_head import (
    LinkType,
    alternate_links,
    collection_json_ld,
    government_tags,
    head_html,
    style_sheets,
)
from generator.pages.statistics import FOLDER as STATISTICS
from generator.pages.templating import cn_date, render
from generator.public.changes import pages_of
from generator.public.context import SiteContext
from generator.public.documents import content_version
from generator.public.list_parts import ListPart, all_of
from generator.public.list_rows import HonourRow
from generator.public.people_counts import people_once
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.model.partial_day import PartialDay

LEVELS = ("national", "province", "city", "district", "other")
KINDS = "honours/kinds/"
"""Below it one list a kind of deed."""
NAMES_PER_PART = 150
"""Honours on one page of a year: with every name four times, about 130 KB."""
NEWEST = 18
"""Deeds, not honours: one deed is often honoured by district, city and province."""
_LIST_MARK = "、"
_MOST_NAMES = 20
_NARROW = 5
"""Characters that fit one place on the wall."""
_FEW = 6
"""A year with no more honours than this needs no ways to find a name."""
_LONGEST = 60
"""Characters of a name or title shown in a list; the honour's own page shows it whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """榜上一项: a row with what ordering and showing it needs, worked out once."""

    row: HonourRow
    key: NameKey
    names: tuple[str, ...]
    more: str | None
    """Said after ``names`` where there are too many to list."""
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
        """Whether it takes two places on the wall."""
        return len(self.names) > 1 or len(self.names[0]) > _NARROW


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """一组 under one heading, with its anchor. ``level`` stands before the title of a wall's heading."""

    anchor: str
    label: str
    entries: tuple[Entry, ...]
    level: str = ""


Steps = tuple[tuple[str, str], ...]


def render_honour_rolls(rows: Sequence[HonourRow], context: SiteContext) -> Iterator[Page]:
    """光荣榜: ``honours/``, ``honours/<city>/``, ``honours/<city>/<year>/`` and ``honours/kinds/<kind>/`` with further parts.

    ``rows``: every public honour, revoked ones too, newest decision first. No page shows more than
    :data:`NAMES_PER_PART` honours.
    """
    return all_of(honour_rolls(rows, context))


def honour_rolls(rows: Sequence[HonourRow], context: SiteContext) -> Iterator[ListPart[Page]]:
    """The same in parts: all cities, each city, each of its years, each kind of deed."""
    valid = [row for row in rows if not row.revoked]
    by_city: dict[str, list[HonourRow]] = defaultdict(list)
    changed: dict[str, list[HonourRow]] = defaultdict(list)
    for row in rows:
        changed[row.jurisdiction].append(row)
        if not row.revoked:
            by_city[row.jurisdiction].append(row)
    words = wording("honours")["rolls"]
    yield ListPart(
        path="honours/",
        records=_ids(rows),
        make=partial(_index_page, "honours/", None, valid, rows, context, words),
    )
    for city in context.register_cities:
        path, stand, all_rows = f"honours/{city.slug}/", by_city[city.slug], changed[city.slug]
        yield ListPart(
            path=path,
            records=_ids(all_rows),
            make=partial(_index_page, path, city, stand, all_rows, context, words),
        )
        yield from _years(city, stand, all_rows, context, words)
    yield from _kind_parts(valid, context, words)


def _kind_choices(rows: Iterable[HonourRow]) -> list[tuple[str, str, int]]:
    """(address, name, persons) of each kind of deed, one without an honour too: its address stays."""
    counts: Counter[str | None] = Counter()
    for row in rows:
        counts[row.kind] += row.person_count
    kinds: dict[str, str] = wording("titles")["kinds"]
    return [(f"{KINDS}{kind}/", name, counts[kind]) for kind, name in kinds.items()]


def _kind_parts(
    rows: Sequence[HonourRow], context: SiteContext, words: Mapping[str, Any]
) -> Iterator[ListPart[Page]]:
    """按类型: ``honours/kinds/<kind>/`` with the latest, and, where one page does not hold all, ``<kind>/<n>/`` from the
    oldest on. ``rows``: honours that stand, newest decision first."""
    choices = _kind_choices(rows)
    size = context.site.lists.per_page
    for kind, (address, name, _) in zip(wording("titles")["kinds"], choices, strict=True):
        own = [row for row in rows if row.kind == kind]
        pages = list(pages_of(own, size)) if len(own) > size else []
        parts = [(number, f"{address}{number}/") for number, _ in pages]
        for path, shown in ((address, own[:size]), *((f"{address}{n}/", of) for n, of in pages)):
            yield ListPart(
                path=path,
                records=_ids(own),
                said=(*choices, len(parts)),
                make=partial(_kind_page, path, address, name, shown, own, choices, parts, context, words),
            )


def _kind_page(
    path: str,
    address: str,
    name: str,
    shown: Sequence[HonourRow],
    own: Sequence[HonourRow],
    choices: Sequence[tuple[str, str, int]],
    parts: Sequence[tuple[int, str]],
    context: SiteContext,
    words: Mapping[str, Any],
) -> Iterator[Page]:
    values = {
        "total": total_sentence(own, context, words["places_kind"].format(kind=name)),
        "choices": choices,
        "choices_label": words["kinds"],
        "current": address,
        "kinds_of_deed": [],
        "newest": list(_by_deed(shown)),
        "whole": not parts,
        "parts": parts,
    }
    yield _page(
        "honour_rolls.html",
        path,
        words["title_kind"].format(kind=name),
        words["description_kind"].format(kind=name),
        (("honours/", wording("honours")["section"]), (address, name)),
        None,
        edition_of(own),
        context,
        values,
        stamped=True,
    )


def _ids(rows: Iterable[HonourRow]) -> tuple[str, ...]:
    return tuple(row.id for row in rows)


def total_sentence(
    rows: Iterable[HonourRow], context: SiteContext, place: str, year: int | None = None
) -> str:
    """总数 with its scope in one sentence to be quoted. ``place`` as in 武汉市."""
    words = wording("honours")["rolls"]
    valid = [row for row in rows if not row.revoked]
    units = len({row.people.of for row in valid if row.is_unit})
    uncounted = sum(row.is_uncounted for row in valid)
    more = (words["total_uncounted"].format(n=uncounted) if uncounted else "") + (
        words["total_units"].format(n=units) if units else ""
    )
    return str(words["total" if year is None else "total_year"]).format(
        as_of=cn_date(context.as_of),
        place=place,
        year=year,
        n=persons_in(valid),
        people=people_once(row.people for row in valid),
        more=more,
    )


def persons_in(rows: Iterable[HonourRow]) -> int:
    """人次: persons of the honours that stand."""
    return sum(row.person_count for row in rows if not row.revoked)


def in_roll_order(rows: Iterable[HonourRow]) -> list[Entry]:
    """榜的次序: level, rank of the title, title, pinyin of the name, date, id."""
    entries = [_entry(row) for row in rows]
    ranks = wording("titles")["ranks"]

    def place(title: str) -> tuple[int, NameKey]:
        rank = next((number for number, word in enumerate(ranks) if word in title), len(ranks))
        return rank, name_key(title, person=False)

    titles = {title: place(title) for title in {entry.row.title for entry in entries}}
    entries.sort(
        key=lambda entry: (
            LEVELS.index(entry.row.level),
            titles[entry.row.title],
            entry.row.title,
            entry.key,
            entry.row.decided_on,
            entry.row.id,
        )
    )
    return entries


def _by_deed(rows: Iterable[HonourRow]) -> Iterator[tuple[Entry, ...]]:
    """按事迹归并: the honours of the same people of one case, in the order of the first of each."""
    deeds: dict[tuple[str, tuple[int, ...], bool], list[HonourRow]] = {}
    for row in rows:
        deeds.setdefault((row.people.of, row.people.whose, row.is_group), []).append(row)
    for deed in deeds.values():
        yield tuple(_entry(row) for row in deed)


def _entry(row: HonourRow) -> Entry:
    several = wording("honours")["several"]
    names = row.name.split(_LIST_MARK) if not row.is_group else [row.name]
    shown = tuple(_cut(name) for name in names[:_MOST_NAMES])
    return Entry(
        row=row,
        key=name_key(names[0], person=not row.is_group),
        names=shown,
        more=wording("honours")["and_more"].format(n=len(names)) if len(names) > len(shown) else None,
        title=_cut(row.title),
        short=several.format(first=shown[0], n=len(names)) if len(names) > 2 else _LIST_MARK.join(shown),
        batch=_cut(row.batch) if row.batch else None,
        merit=_cut(row.merit) if row.merit else None,
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _index_page(
    path: str,
    city: Jurisdiction | None,
    rows: Sequence[HonourRow],
    changed: Sequence[HonourRow],
    context: SiteContext,
    words: Mapping[str, Any],
) -> Iterator[Page]:
    """The page of all cities or of one: total, newest names, years or cities."""
    counts: dict[Any, list[HonourRow]] = defaultdict(list)
    for row in rows:
        counts[row.year if city else row.jurisdiction].append(row)
    if city is None:
        title, description = words["title"], words["description"]
        choices = [
            (f"honours/{item.slug}/", item.name, persons_in(counts[item.slug]))
            for item in context.register_cities
        ]
        steps: Steps = (("honours/", wording("honours")["section"]),)
    else:
        title = words["title_city"].format(city=city.name)
        description = words["description_city"].format(city=city.full_name)
        choices = [
            (f"{path}{year}/", words["year"].format(year=year), persons_in(counts[year]))
            for year in _years_of(changed)
        ]
        steps = (("honours/", wording("honours")["section"]), (path, city.name))
    newest = list(_by_deed(rows[: 2 * NEWEST]))
    values = {
        "total": total_sentence(rows, context, city.full_name if city else words["all_places"]),
        "choices": choices,
        "choices_label": words["years" if city else "cities"],
        "current": None,
        "parts": [],
        "kinds_of_deed": _kind_choices(rows) if city is None else [],
        "newest": newest[:NEWEST],
        "whole": len(rows) <= 2 * NEWEST and len(newest) <= NEWEST,
    }
    yield _page(
        "honour_rolls.html",
        path,
        title,
        description,
        steps,
        city,
        edition_of(changed),
        context,
        values,
        stamped=False,
    )


def _years(
    city: Jurisdiction,
    rows: Sequence[HonourRow],
    changed: Sequence[HonourRow],
    context: SiteContext,
    words: Mapping[str, Any],
) -> Iterator[ListPart[Page]]:
    by_year: dict[int, list[HonourRow]] = defaultdict(list)
    changed_in: dict[int, list[HonourRow]] = defaultdict(list)
    for row in rows:
        by_year[row.year].append(row)
    for row in changed:
        changed_in[row.year].append(row)
    years = _years_of(changed)
    choices = [(f"honours/{city.slug}/{year}/", words["year"].format(year=year), None) for year in years]
    for year in years:
        yield ListPart(
            path=f"honours/{city.slug}/{year}/",
            records=_ids(changed_in[year]),
            said=tuple(years),
            make=partial(_year, city, year, by_year[year], changed_in[year], choices, context, words),
        )


def _year(
    city: Jurisdiction,
    year: int,
    rows: Sequence[HonourRow],
    changed: Sequence[HonourRow],
    choices: Sequence[tuple[str, str, None]],
    context: SiteContext,
    words: Mapping[str, Any],
) -> Iterator[Page]:
    path = f"honours/{city.slug}/{year}/"
    entries = in_roll_order(rows)
    edition = edition_of(changed)
    total = total_sentence(rows, context, city.full_name, year)
    count = max(1, -(-len(entries) // NAMES_PER_PART))
    parts = [(number, path if number == 1 else f"{path}{number}/") for number in range(1, count + 1)]
    steps: Steps = (
        ("honours/", wording("honours")["section"]),
        (f"honours/{city.slug}/", city.name),
        (path, words["year"].format(year=year)),
    )
    title = words["title_year"].format(city=city.name, year=year)
    for number, part in parts:
        values = {
            "total": total,
            "choices": choices,
            "choices_label": words["years"],
            "current": path,
            "parts": parts if count > 1 else [],
            **_finding(entries[(number - 1) * NAMES_PER_PART : number * NAMES_PER_PART]),
        }
        yield _page(
            "honour_roll.html",
            part,
            title if number == 1 else title + words["part_of_title"].format(n=number),
            words["description_year"].format(city=city.full_name, year=year),
            steps,
            city,
            edition,
            context,
            values,
            stamped=True,
        )


def _years_of(rows: Iterable[HonourRow]) -> list[int]:
    """The years that have a roll, newest first; one whose honours were all revoked keeps its address."""
    return sorted({row.year for row in rows}, reverse=True)


def _finding(entries: Sequence[Entry]) -> dict[str, Any]:
    """The wall of one part and the ways to find a name in it; a way with one heading only is left out."""
    words = wording("honours")
    rolls, levels = words["rolls"], words["levels"]
    kinds = wording("titles")["kinds"]
    order: dict[str | None, int] = {kind: number for number, kind in enumerate(kinds)}

    def title_of(entry: Entry) -> tuple[str, str]:
        return entry.row.level, entry.title

    wall = [
        Heading(
            anchor=f"title-{number}",
            label=title,
            level=levels[level],
            entries=tuple(members),
        )
        for number, ((level, title), members) in enumerate(_grouped(entries, title_of).items(), start=1)
    ]
    by_name = sorted(entries, key=lambda entry: (entry.letter == "#", entry.letter, entry.key, entry.row.id))
    newest: dict[str | None, PartialDay] = {}
    for entry in entries:
        newest[entry.batch] = max(entry.row.decided_on, newest.get(entry.batch, entry.row.decided_on))
    batches = sorted(by_name, key=lambda entry: newest[entry.batch], reverse=True)
    batches.sort(key=lambda entry: entry.batch is None)
    finders = {
        "name": _headings("name", by_name, lambda entry: entry.letter),
        "batch": _headings("batch", batches, lambda entry: entry.batch or rolls["no_batch"]),
        "kind": _headings(
            "kind",
            sorted(by_name, key=lambda entry: order.get(entry.row.kind, len(order))),
            lambda entry: kinds[entry.row.kind] if entry.row.kind else rolls["no_kind"],
        ),
    }
    return {
        "wall": wall,
        "finders": {key: found for key, found in finders.items() if len(found) > 1 and len(entries) > _FEW},
        "by_date": sorted(entries, key=lambda entry: entry.row.decided_on, reverse=True),
        "levels": levels,
        "has_batch": any(entry.row.batch for entry in entries),
        "has_kind": any(entry.row.kind for entry in entries),
    }


def _headings(prefix: str, entries: Sequence[Entry], label: Callable[[Entry], str]) -> list[Heading]:
    return [
        Heading(anchor=f"{prefix}-{number}", label=_cut(name), entries=tuple(members))
        for number, (name, members) in enumerate(_grouped(entries, label).items(), start=1)
    ]


def _grouped(entries: Sequence[Entry], key: Callable[[Entry], Any]) -> dict[Any, list[Entry]]:
    found: dict[Any, list[Entry]] = {}
    for entry in entries:
        found.setdefault(key(entry), []).append(entry)
    return found


def _page(
    template: str,
    path: str,
    title: str,
    description: str,
    steps: Steps,
    city: Jurisdiction | None,
    edition: Edition,
    context: SiteContext,
    values: Mapping[str, Any],
    *,
    stamped: bool,
) -> Page:
    words = wording("honours")
    item = roll_citable(path, title, edition, context)
    links: tuple[LinkType, ...] = (
        ("application/json", "api/v1/honours.json", words["rolls"]["links"]["json"]),
        ("text/csv", "data/honours.csv", words["rolls"]["links"]["csv"]),
        ("application/atom+xml", "feeds/honours.atom", words["rolls"]["links"]["feed"]),
    )
    root = root_of(path)
    body = render(
        template,
        {
            "w": words,
            "rolls": words["rolls"],
            "root": root,
            "path": path,
            "url": context.absolute(path),
            "context": context,
            "title": title,
            "steps": steps,
            "city": city,
            "cities": {item.slug: item.name for item in context.jurisdictions.values()},
            "links": links,
            "statistics": STATISTICS,
            "cite_html": Markup(cite_block(item)),
            **values,
        },
    )
    return Page(
        path=path,
        section="honours",
        title=title,
        description=description,
        body=body,
        head=head_html(
            style_sheets(root, "records", "honours"),
            government_tags(
                context, column=words["section"], column_description=words["rolls"]["description"]
            ),
            alternate_links(root, links),
            cite_head(item),
            collection_json_ld(context, path, title, description, steps),
            cite_script(root),
        ),
        stamped=stamped,
        lastmod=item.issued_on,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """一份榜的版本 for citations: of the whole list, not of one part. Days as ``YYYY-MM-DD``."""

    updated_on: str | None
    version: str


def edition_of(rows: Sequence[HonourRow]) -> Edition:
    """Changed with its last event. A list has no day of its own on which it was published.

    ``rows``: the whole list, revoked honours too: a revocation changes a roll.
    """
    days = (row.last_changed_on or row.published_on for row in rows)
    last = max((str(day) for day in days if day is not None), default=None)
    content = [
        [
            row.id,
            row.name,
            row.title,
            row.level,
            row.verb,
            str(row.decided_on),
            row.batch,
            row.kind,
            row.person_count,
        ]
        for row in rows
        if not row.revoked
    ]
    return Edition(
        updated_on=last,
        version=content_version({"honours": content}),
    )


def roll_citable(path: str, title: str, edition: Edition, context: SiteContext) -> Citable:
    """A list of honours, or what was counted of it, as a bibliographer sees it."""
    return Citable(
        kind="roll",
        title=title,
        responsible=(context.site.owner,),
        site_name=context.site.name,
        published_on=None,
        updated_on=edition.updated_on,
        url=context.absolute(path),
        version=edition.version,
    )
