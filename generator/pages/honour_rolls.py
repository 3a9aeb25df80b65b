"""光荣榜 (honour rolls): all cities, one city, one city's year and one city's kind of act in bounded parts.

A roll is a wall of names first (:mod:`generator.pages.roll_entries` has their order). Below it readers find the same
rows by name, batch and kind of act, and by date in a table. Revoked honours stand on no roll and in no total. The
sentence with the running total has the same words whatever is withheld. Every city has a page for every kind of act,
with honours or without: which pages there are tells nothing, and none of them can vanish.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages import kind_index
from generator.pages.citation import Citable
from generator.pages.cite import cite_block, cite_head, cite_script
from generator.pages.page import Page, root_of
from generator.pages.page_head import (
    LinkType,
    alternate_links,
    collection_json_ld,
    government_tags,
    head_html,
    style_sheet,
)
from generator.pages.roll_entries import Deed, Entry, by_deed, cut, entry_of, heads_counted, in_roll_order
from generator.pages.statistics import FOLDER as STATISTICS
from generator.pages.templating import cn_date, render
from generator.public.addresses import HONOUR_FEED, feed_of
from generator.public.changes import pages_of
from generator.public.context import SiteContext
from generator.public.documents import content_version
from generator.public.list_parts import ListPart, all_of
from generator.public.list_rows import HonourRow, by_kind, in_group
from generator.public.people_counts import people_once
from generator.source.model.jurisdiction import Jurisdiction
from generator.source.model.partial_day import PartialDay
from generator.source.model.scalars import parts_of_number

KINDS = "honours/kinds/"
"""Below it one list a kind of deed, of all cities."""
NAMES_PER_PART = 150
"""Honours on one page of a year: with every name four times, about 130 KB."""
NEWEST = 18
"""Deeds, not honours, on the page of all cities: one deed is often honoured by district, city and province."""
NEWEST_OF_CITY = 60
"""Deeds on the page of one city; most cities have no more, so that it is their whole roll."""
_FEW = 6
"""A year with no more honours than this needs no ways to find a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Roll:
    """一张榜 of one city's year or kind of act. ``choices``: its likes, itself among them, as (address, label).
    ``within``: the page between it and its city's, if there is one.
    ``numbered``: the years in the numbers of a year's honours, by which their data are cut."""

    path: str
    label: str
    title: str
    description: str
    empty: str
    choices: Sequence[tuple[str, str]]
    choices_label: str
    within: tuple[tuple[str, str], ...] = ()
    numbered: Sequence[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfDeeds:
    """一年的事迹 on the page of all cities or of one. ``path``: the roll of that year, empty where there is no single one."""

    label: str
    path: str
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """一组 under one heading, with its anchor. ``level`` stands before the title of a wall's heading."""

    anchor: str
    label: str
    entries: tuple[Entry, ...]
    level: str = ""


Steps = tuple[tuple[str, str], ...]


def render_honour_rolls(rows: Sequence[HonourRow], context: SiteContext) -> Iterator[Page]:
    """光荣榜: ``honours/``, ``honours/<city>/``, ``honours/<city>/<year>/``, ``honours/<city>/kinds/<kind>/`` and
    ``honours/kinds/<kind>/`` with further parts.

    ``rows``: every public honour, revoked ones too, newest decision first. No page shows more than
    :data:`NAMES_PER_PART` honours.
    """
    return all_of(honour_rolls(rows, context))


def honour_rolls(rows: Sequence[HonourRow], context: SiteContext) -> Iterator[ListPart[Page]]:
    """The same in parts: all cities, each city, each of its years, each kind of act."""
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
        yield from _kinds(city, stand, context, words)
    yield from _kind_parts(valid, context, words)


def _ids(rows: Iterable[HonourRow]) -> tuple[str, ...]:
    return tuple(row.id for row in rows)


def total_sentence(
    rows: Iterable[HonourRow],
    context: SiteContext,
    place: str,
    *,
    year: int | None = None,
    kind: str | None = None,
) -> str:
    """总数 with its scope in one sentence to be quoted, and on a second line how heads were counted where it is not
    plain. ``place`` as in 武汉市; of one year or one kind of act."""
    words = wording("honours")["rolls"]
    rows = tuple(rows)
    valid = [row for row in rows if not row.revoked]
    if year is not None and rows and not valid:
        form = words["total_year_revoked"]
        return str(form).format(as_of=context.day_in_words, place=place, year=year, n=len(rows))
    form = "total_year" if year is not None else "total_kind" if kind is not None else "total"
    said = str(words[form]).format(
        as_of=context.day_in_words,
        place=place,
        year=year,
        kind=wording("titles")["kinds"].get(kind),
        n=persons_in(valid),
        people=people_once(row.people for row in valid),
    )
    return "\n".join(filter(None, (said, heads_counted(valid))))


def persons_in(rows: Iterable[HonourRow]) -> int:
    """人次: persons of the honours that stand."""
    return sum(row.person_count for row in rows if not row.revoked)


def honours_counted(rows: Sequence[HonourRow]) -> str:
    """16 项，23 人次 of honours that stand."""
    form = wording("honours")["honours_counted"]
    return str(form).format(n=len(rows), persons=persons_in(rows))


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
        choices: list[tuple[str, str, int | str]] = [
            (f"honours/{item.slug}/", item.name, honours_counted(counts[item.slug]))
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
    values = {
        "total": total_sentence(rows, context, city.full_name if city else words["all_places"]),
        "choices": choices,
        "choices_label": words["years" if city else "cities"],
        "revoked": Counter(f"{path}{row.year}/" for row in changed if row.revoked),
        "kinds_of": list(_kind_choices(rows, [city] if city else context.register_cities)),
        "kind_index": f"{path}kinds/",
        "of_no_kind": persons_in(by_kind(rows)[None]),
        **_newest(rows, city, context.site.lists.per_page, words),
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
    )


def _newest(
    rows: Sequence[HonourRow], city: Jurisdiction | None, per_page: int, words: Mapping[str, Any]
) -> dict[str, Any]:
    """The newest deeds by year, ``per_page`` at most. Where they are all there are, the page says so, and else that they
    are not, and where the rest is."""
    most = min(NEWEST_OF_CITY if city else NEWEST, per_page)
    deeds = list(by_deed(rows[: 2 * most]))
    left_out = [_newest_row(deed) for deed in deeds[most:]] or rows[2 * most :]
    shown = _without_decision_of(left_out[0], deeds[:most]) if left_out else deeds
    whole = not left_out
    return {
        "heading": words["whole" if whole else "newest"],
        "years_of_deeds": list(_by_years(shown, city, words)),
        "not_all": "" if whole else words["newest_of_city" if city else "newest_of_all"].format(n=len(shown)),
        "current": None,
        "parts": [],
    }


def _newest_row(deed: Deed) -> HonourRow:
    return deed.grants[0][1].row


def _without_decision_of(row: HonourRow, deeds: Sequence[Deed]) -> Sequence[Deed]:
    """``deeds`` as far as the decision of ``row``, the first that is left out: whoever is left out beside others would seem
    not to be honoured. A decision that takes half the page is begun all the same."""
    before = [
        deed
        for deed in deeds
        if (_newest_row(deed).jurisdiction, _newest_row(deed).decided_on)
        != (row.jurisdiction, row.decided_on)
    ]
    return before if 2 * len(before) >= len(deeds) else deeds


def _by_years(
    deeds: Iterable[Deed], city: Jurisdiction | None, words: Mapping[str, Any]
) -> Iterator[YearOfDeeds]:
    by_year: dict[int, list[Deed]] = defaultdict(list)
    for deed in deeds:
        by_year[deed.year].append(deed)
    for year, found in by_year.items():
        yield YearOfDeeds(
            label=words["year"].format(year=year),
            path=f"honours/{city.slug}/{year}/" if city else "",
            deeds=tuple(found),
        )


def kind_path(city: str, kind: str) -> str:
    """Address of a city's roll of one kind of act from the root: ``honours/wuhan/kinds/water_rescue/``."""
    return f"honours/{city}/kinds/{kind}/"


def _kind_choices(
    rows: Iterable[HonourRow], cities: Iterable[Jurisdiction]
) -> Iterator[tuple[str, str, list[tuple[str, str, int]]]]:
    """Kinds of act (address of all cities' list, name), each with the cities that have honours of it: (address, city, 人次)."""
    found: dict[tuple[str | None, str], list[HonourRow]] = defaultdict(list)
    for kind, members in by_kind(rows).items():
        for row in members:
            found[kind, row.jurisdiction].append(row)
    every = list(cities)
    for kind, label in wording("titles")["kinds"].items():
        of_kind = [
            (kind_path(city.slug, kind), city.name, persons_in(found[kind, city.slug]))
            for city in every
            if found[kind, city.slug]
        ]
        if of_kind:
            yield f"{KINDS}{kind}/", label, of_kind


def _kind_parts(
    rows: Sequence[HonourRow], context: SiteContext, words: Mapping[str, Any]
) -> Iterator[ListPart[Page]]:
    """按类型: ``honours/kinds/<kind>/`` with the latest, and, where one page does not hold all, ``<kind>/<n>/`` from the
    oldest on. ``rows``: honours that stand, newest decision first."""
    kinds: dict[str, str] = wording("titles")["kinds"]
    choices = [(f"{KINDS}{kind}/", name, None) for kind, name in kinds.items()]
    of_kind = by_kind(rows)
    counts = {address: of_kind[kind] for kind, (address, *_) in zip(kinds, choices, strict=True)}
    pairs = [(address, name) for address, name, _ in choices]
    yield _kind_index(KINDS, None, pairs, counts, persons_in(of_kind[None]), context, words)
    for kind, (address, name, _) in zip(kinds, choices, strict=True):
        own = of_kind[kind]
        yield ListPart(
            path=address,
            records=_ids(own),
            make=partial(_kind_pages, kind, name, own, choices, context, words),
        )


def _kind_index(
    path: str,
    city: Jurisdiction | None,
    kinds: Sequence[tuple[str, str]],
    rows: Mapping[str, Sequence[HonourRow]],
    of_none: int,
    context: SiteContext,
    words: Mapping[str, Any],
) -> ListPart[Page]:
    """``rows`` by the address of the list of their kind. ``of_none``: 人次 of which no kind is known."""
    section, form = wording("honours")["section"], wording("honours")["count"]
    own = () if city is None else ((f"honours/{city.slug}/", city.name),)
    return kind_index.kind_index(
        path,
        "honours",
        [
            kind_index.KindListed(
                path=address,
                label=name,
                count=form.format(n=persons_in(rows[address])),
                first=[_newest_of_kind(row, context) for row in rows[address][: kind_index.FIRST]],
                whole=honours_counted(rows[address]) if len(rows[address]) > kind_index.FIRST else None,
            )
            for address, name in kinds
        ],
        context,
        title=words["title_kind"].format(city="" if city is None else city.name, kind=words["kinds"]),
        description=words["description_kinds"].format(
            city=words["all_places"] if city is None else city.full_name
        ),
        steps=(("honours/", section), *own, (path, words["kinds"])),
        notes=[words["of_no_kind"].format(n=of_none)] if of_none else [],
    )


def _newest_of_kind(row: HonourRow, context: SiteContext) -> kind_index.Newest:
    entry = entry_of(row)
    return kind_index.Newest(
        id=row.id,
        path=row.path,
        title=f"{in_group(entry.short, row.of_group)}　{entry.title}",
        names=entry.names,
        when=cn_date(row.decided_on),
        place=context.jurisdictions[row.jurisdiction].name,
        summary=row.summary,
    )


def _kind_pages(
    kind: str,
    name: str,
    own: Sequence[HonourRow],
    choices: Sequence[tuple[str, str, None]],
    context: SiteContext,
    words: Mapping[str, Any],
) -> Iterator[Page]:
    address, size = f"{KINDS}{kind}/", NAMES_PER_PART
    pages = list(pages_of(own, size)) if len(own) > size else []
    parts = [(number, f"{address}{number}/") for number, _ in pages]
    total = total_sentence(own, context, words["all_places"], kind=kind)
    edition = edition_of(own)
    for path, shown in ((address, own[:size]), *((f"{address}{n}/", of) for n, of in pages)):
        values = {
            "total": total,
            "choices": choices,
            "choices_label": words["kinds"],
            "current": address,
            "kinds_of": [],
            "heading": words["newest" if parts else "whole"],
            "not_all": words["newest_of_parts"].format(n=len(shown), parts=len(parts))
            if parts and path == address
            else "",
            "years_of_deeds": list(_by_years(by_deed(shown), None, words)),
            "parts": parts,
        }
        yield _page(
            "honour_rolls.html",
            path,
            words["title_kind"].format(city="", kind=name),
            words["description_kind"].format(city=words["all_places"], kind=name),
            (("honours/", wording("honours")["section"]), (KINDS, words["kinds"]), (address, name)),
            None,
            edition,
            context,
            values,
        )


def _kinds(
    city: Jurisdiction, rows: Sequence[HonourRow], context: SiteContext, words: Mapping[str, Any]
) -> Iterator[ListPart[Page]]:
    of_kind = by_kind(rows)
    kinds = wording("titles")["kinds"]
    choices = [(kind_path(city.slug, kind), label) for kind, label in kinds.items()]
    counts = {address: of_kind[kind] for kind, (address, _) in zip(kinds, choices, strict=True)}
    index, of_none = f"honours/{city.slug}/kinds/", persons_in(of_kind[None])
    yield _kind_index(index, city, choices, counts, of_none, context, words)
    for kind, label in kinds.items():
        of_this = of_kind[kind]
        roll = _Roll(
            path=kind_path(city.slug, kind),
            label=label,
            title=words["title_kind"].format(city=city.name, kind=label),
            description=words["description_kind"].format(city=city.full_name, kind=label),
            empty=words["none_kind"],
            choices=choices,
            choices_label=words["kinds"],
            within=((index, words["kinds"]),),
        )
        yield ListPart(
            path=roll.path,
            records=_ids(of_this),
            make=partial(
                _parts, roll, city, of_this, of_this, partial(total_sentence, kind=kind), context, words
            ),
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
    choices = [(f"honours/{city.slug}/{year}/", words["year"].format(year=year)) for year in years]
    for year in years:
        roll = _Roll(
            path=f"honours/{city.slug}/{year}/",
            label=words["year"].format(year=year),
            title=words["title_year"].format(city=city.name, year=year),
            description=words["description_year"].format(city=city.full_name, year=year),
            empty=words["none_year"].format(n=len(changed_in[year])),
            choices=choices,
            choices_label=words["years"],
            numbered=sorted({parts_of_number(row.id)[1] for row in changed_in[year]}),
        )
        yield ListPart(
            path=roll.path,
            records=_ids(changed_in[year]),
            said=tuple(years),
            make=partial(
                _parts,
                roll,
                city,
                by_year[year],
                changed_in[year],
                partial(total_sentence, year=year),
                context,
                words,
            ),
        )


def _parts(
    roll: _Roll,
    city: Jurisdiction,
    rows: Sequence[HonourRow],
    changed: Sequence[HonourRow],
    total: Callable[[Iterable[HonourRow], SiteContext, str], str],
    context: SiteContext,
    words: Mapping[str, Any],
) -> Iterator[Page]:
    """The pages of one year or kind of one city. ``changed``: those that its edition follows, revoked ones too."""
    entries = in_roll_order(rows)
    edition = edition_of(changed)
    sentence = total(changed, context, city.full_name)
    count = max(1, -(-len(entries) // NAMES_PER_PART))
    parts = [
        (number, roll.path if number == 1 else f"{roll.path}{number}/") for number in range(1, count + 1)
    ]
    steps: Steps = (
        ("honours/", wording("honours")["section"]),
        (f"honours/{city.slug}/", city.name),
        *roll.within,
        (roll.path, roll.label),
    )
    for number, part in parts:
        values = {
            "total": sentence,
            "choices": roll.choices,
            "choices_label": roll.choices_label,
            "current": roll.path,
            "empty": roll.empty,
            "revoked": any(row.revoked for row in changed),
            "parts": parts if count > 1 else [],
            **_finding(entries[(number - 1) * NAMES_PER_PART : number * NAMES_PER_PART]),
        }
        yield _page(
            "honour_roll.html",
            part,
            roll.title if number == 1 else roll.title + words["part_of_title"].format(n=number),
            roll.description,
            steps,
            city,
            edition,
            context,
            values,
            numbered=roll.numbered,
        )


def _years_of(rows: Iterable[HonourRow]) -> list[int]:
    """The years that have a roll, newest first; one whose honours were all revoked keeps its address."""
    return sorted({row.year for row in rows}, reverse=True)


def _finding(entries: Sequence[Entry]) -> dict[str, Any]:
    """The wall of one part and the ways to find a name in it; a way with one heading only is left out."""
    words = wording("honours")
    rolls, levels = words["rolls"], words["levels"]
    kinds = wording("titles")["kinds"]

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
    order = {kind: number for number, kind in enumerate(kinds)}
    by_deeds = [one for entry in by_name for one in (*map(entry_of, entry.row.shares),) or (entry,)]
    by_deeds.sort(key=lambda entry: min(map(order.__getitem__, entry.row.kinds), default=len(order)))
    finders = {
        "name": _headings("name", by_name, lambda entry: entry.letter),
        "batch": _headings("batch", batches, lambda entry: entry.batch or rolls["no_batch"]),
        "kind": _headings(
            "kind", by_deeds, lambda entry: kinds[entry.row.kinds[0]] if entry.row.kinds else rolls["no_kind"]
        ),
    }
    return {
        "wall": wall,
        "finders": {key: found for key, found in finders.items() if len(found) > 1 and len(entries) > _FEW},
        "by_date": sorted(entries, key=lambda entry: entry.row.decided_on, reverse=True),
        "levels": levels,
        "has_batch": any(entry.row.batch for entry in entries),
        "has_kind": any(entry.row.kinds for entry in entries),
    }


def _headings(prefix: str, entries: Sequence[Entry], label: Callable[[Entry], str]) -> list[Heading]:
    return [
        Heading(anchor=f"{prefix}-{number}", label=cut(name), entries=tuple(members))
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
    numbered: Sequence[int] = (),
) -> Page:
    words = wording("honours")
    item = roll_citable(path, title, edition, context)
    links = tuple(_links(city, numbered, words["rolls"]["links"]))
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
            style_sheet(root, "rolls"),
            government_tags(
                context, column=words["section"], column_description=words["rolls"]["description"]
            ),
            alternate_links(root, links),
            cite_head(item),
            collection_json_ld(context, path, title, description, steps),
            cite_script(root),
        ),
        lastmod=edition.updated_on,
    )


def _links(
    city: Jurisdiction | None, numbered: Sequence[int], words: Mapping[str, str]
) -> Iterator[LinkType]:
    """The data and the feed nearest to a roll."""
    if city is not None:
        for year in numbered:
            label = words["json_year"].format(city=city.name, year=year)
            yield "application/json", f"api/v1/honours/{city.slug}/{year}.json", label
    if not numbered:
        yield "application/json", "api/v1/honours.json", words["json"]
    yield "text/csv", "data/honours.csv", words["csv"]
    if city is None:
        yield "application/atom+xml", HONOUR_FEED, words["feed"]
    else:
        yield "application/atom+xml", feed_of("honours", city.slug), words["feed_city"].format(city=city.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """一份榜的版本: of the whole list, not of one part. ``updated_on`` is the last event of its honours, for the sitemap:
    ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""

    updated_on: str | None
    version: str


def edition_of(rows: Sequence[HonourRow]) -> Edition:
    """Changed with the last event of its honours.

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
            "、".join(row.kinds) or None,
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
    """A list of honours, or what was counted of it, as a bibliographer sees it.

    It bears no day of publication. The last event of its honours is none: a decision of 2010 was entered years later.
    """
    return Citable(
        kind="roll",
        title=title,
        responsible=(context.site.owner,),
        site_name=context.site.name,
        published_on=None,
        stands_on=context.iso_day,
        url=context.absolute(path),
        version=edition.version,
    )
