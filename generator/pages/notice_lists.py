"""公示列表 (notice lists): all cities, one city, one city's year, each bounded; never one list of all.

Open notices come first, then those that await their result, then closed ones. The page of all cities and each city's
own first page turn by the minute, every other list by the day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages import kind_index
from generator.pages.fresh_words import site_freshness
from generator.pages.page import Page, root_of
from generator.pages.page_head import (
    LinkType,
    alternate_links,
    collection_json_ld,
    government_tags,
    head_html,
    page_script,
    style_sheet,
)
from generator.pages.templating import cn_moment, render, status_label
from generator.public.changes import pages_of
from generator.public.context import SiteContext
from generator.public.list_parts import ListPart, all_of
from generator.public.list_rows import NoticeRow
from generator.public.public_case import NoticeStatus
from generator.source.model.jurisdiction import Jurisdiction

KINDS = "notices/kinds/"
"""Below it one list a kind of deed."""

GROUPS: tuple[tuple[str, frozenset[NoticeStatus]], ...] = (
    ("open", frozenset({NoticeStatus.OPEN})),
    ("scheduled", frozenset({NoticeStatus.SCHEDULED})),
    ("awaiting", frozenset({NoticeStatus.AWAITING, NoticeStatus.AWAITING_AWARD, NoticeStatus.UNDER_REVIEW})),
    (
        "closed",
        frozenset(
            {
                NoticeStatus.CONFIRMED,
                NoticeStatus.AWARDED,
                NoticeStatus.RECOMMENDED,
                NoticeStatus.NOT_CONFIRMED,
                NoticeStatus.NOT_AWARDED,
                NoticeStatus.WITHDRAWN,
                NoticeStatus.REVOKED,
            }
        ),
    ),
)
"""Groups of a list in their order: key of the heading's wording and the statuses in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """一组 under one heading of a list. ``count`` is of all that the list is of, ``rows`` are those on the page.

    ``endings``: what is closed once more, by how it ended, each with its own count and rows.
    """

    key: str
    rows: tuple[NoticeRow, ...]
    count: int
    endings: tuple[tuple[NoticeStatus, int, tuple[NoticeRow, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A link to another list, with how many notices it holds."""

    path: str
    label: str
    count: int


def render_notice_lists(rows: Sequence[NoticeRow], context: SiteContext) -> Iterator[Page]:
    """公示列表: ``notices/``, ``notices/<city>/``, ``notices/<city>/<year>/`` and ``notices/kinds/<kind>/``, with further
    parts.

    No page shows more than ``site.lists.per_page`` rows, but for a tenth more on ``notices/``. A city's current notices that do not fit
    its own page go on in ``notices/<city>/2/``; a year goes on in ``notices/<city>/<year>/2/``.
    """
    return all_of(notice_lists(rows, context))


def notice_lists(rows: Sequence[NoticeRow], context: SiteContext) -> Iterator[ListPart[Page]]:
    """The same in parts: all cities, each city, each of its years, each kind of deed."""
    ordered = in_order(rows)
    by_city: dict[str, list[NoticeRow]] = defaultdict(list)
    for row in ordered:
        by_city[row.jurisdiction].append(row)
    words = wording("notices")["lists"]
    cities = [
        Choice(path=f"notices/{city.slug}/", label=city.name, count=len(by_city[city.slug]))
        for city in context.register_cities
    ]
    size = context.site.lists.per_page
    fitting = _fitting(len(ordered), size)
    shown, rest = ordered[:fitting], ordered[fitting:]
    elsewhere = _elsewhere(cities, Counter(f"notices/{row.jurisdiction}/" for row in rest))
    whole = _by_status(rows)
    kinds, notes = _kinds(rows), _kind_notes(rows)

    def newest() -> Iterator[Page]:
        yield _page(
            "notices/",
            shown,
            context,
            title=words["title"],
            description=words["description"],
            steps=(("notices/", words["title"]),),
            choices=("cities", cities),
            kinds=kinds,
            kind_notes=notes,
            always_open=True,
            whole=whole,
            elsewhere=elsewhere,
            current=True,
        )

    yield ListPart(
        path="notices/",
        records=_ids(shown),
        said=(
            _said(context),
            whole,
            *((choice.path, choice.count) for choice in (*elsewhere, *cities, *kinds)),
            *notes,
        ),
        make=newest,
    )
    for city in context.register_cities:
        yield from _city_parts(city, by_city[city.slug], context)
    yield from _kind_parts(rows, context)


def _fitting(count: int, size: int) -> int:
    """How many of ``count`` rows stand on ``notices/``, which has no further part. A few beyond the limit are no reason to
    send anybody to another list."""
    return count if count <= size + size // 10 else size


def _by_status(rows: Sequence[NoticeRow]) -> tuple[tuple[NoticeStatus, int], ...]:
    """How many there are of each status, in the order of statuses."""
    counts = Counter(row.status for row in rows)
    return tuple((status, counts[status]) for status in NoticeStatus if counts[status])


def _elsewhere(choices: Sequence[Choice], left_out: Counter[str]) -> tuple[Choice, ...]:
    """The lists that hold what a page leaves out, each with how many of those it holds."""
    return tuple(replace(choice, count=n) for choice in choices if (n := left_out[choice.path]))


def _kinds(rows: Sequence[NoticeRow]) -> list[Choice]:
    """The lists of each kind of deed, one that has no notice too: its address stays. A notice of several deeds is in the
    list of each."""
    counts = Counter(kind for row in rows for kind in row.kinds)
    kinds: dict[str, str] = wording("titles")["kinds"]
    return [Choice(path=f"{KINDS}{kind}/", label=name, count=counts[kind]) for kind, name in kinds.items()]


def _kind_notes(rows: Sequence[NoticeRow]) -> tuple[str, ...]:
    """What the counts of kinds leave out or count twice, a sentence each."""
    words = wording("notices")["lists"]
    ended = Counter(row.status for row in rows if not row.kinds and row.status.is_tombstone)
    of_none = sum(not row.kinds for row in rows) - ended.total()
    statuses = str(words["left_out_and"]).join(
        status_label(status) for status in NoticeStatus if ended[status]
    )
    several = any(len(row.kinds) > 1 for row in rows)
    return (
        *([str(words["of_no_kind_ended"]).format(n=ended.total(), statuses=statuses)] if ended else []),
        *([str(words["of_no_kind"]).format(n=of_none)] if of_none else []),
        *([str(words["in_several"])] if several else []),
    )


def _kind_parts(rows: Sequence[NoticeRow], context: SiteContext) -> Iterator[ListPart[Page]]:
    """按类型: ``notices/kinds/<kind>/`` with the latest, and, where one page does not hold all, ``<kind>/<n>/`` from the
    oldest on: a full page keeps what it holds."""
    words = wording("notices")["lists"]
    size = context.site.lists.per_page
    kinds = _kinds(rows)
    by_kind = {
        kind: sorted(
            (row for row in rows if kind in row.kinds),
            key=lambda row: (row.published_at, row.id),
            reverse=True,
        )
        for kind in wording("titles")["kinds"]
    }
    yield kind_index.kind_index(
        KINDS,
        "notices",
        [
            kind_index.KindListed(
                path=item.path,
                label=item.label,
                count=_count_of_kind(own),
                first=in_order(own)[: kind_index.FIRST],
                whole=words["count"].format(n=item.count) if len(own) > kind_index.FIRST else None,
            )
            for item, own in zip(kinds, by_kind.values(), strict=True)
        ],
        context,
        title=words["title_kind"].format(kind=words["kinds"]),
        description=words["description_kinds"],
        steps=(("notices/", words["title"]), (KINDS, words["kinds"])),
        notes=_kind_notes(rows),
        as_of=words["kinds_as_of"].format(as_of=context.day_in_words)
        if any(row.status is NoticeStatus.OPEN for row in rows)
        else "",
    )
    for own, choice in zip(by_kind.values(), kinds, strict=True):
        pages = list(pages_of(own, size)) if len(own) > size else []
        parts = tuple((number, f"{choice.path}{number}/") for number, _ in pages)
        whole = _by_status(own)
        for path, shown in ((choice.path, own[:size]), *((f"{choice.path}{n}/", of) for n, of in pages)):
            ordered = in_order(shown)
            yield ListPart(
                path=path,
                records=_ids(ordered),
                said=(*((item.path, item.count) for item in kinds), len(parts), whole),
                make=partial(
                    _kind_pages,
                    path,
                    ordered,
                    context,
                    title=words["title_kind"].format(kind=choice.label),
                    description=words["description_kind"].format(kind=choice.label),
                    steps=(
                        ("notices/", words["title"]),
                        (KINDS, words["kinds"]),
                        (choice.path, choice.label),
                    ),
                    choices=("kinds", kinds),
                    whole=whole,
                    parts=parts,
                    current=False,
                ),
            )


def _count_of_kind(rows: Sequence[NoticeRow]) -> str:
    """How many notices of one kind there are, and how many of them were open on the day of the build."""
    words = wording("notices")["lists"]
    now = sum(row.status is NoticeStatus.OPEN for row in rows)
    form = "count_of_kind" if now else "count"
    return str(words[form]).format(open=now, n=len(rows))


def _kind_pages(path: str, rows: Sequence[NoticeRow], context: SiteContext, **rest: Any) -> Iterator[Page]:
    yield _page(path, rows, context, **rest)


def _ids(rows: Sequence[NoticeRow]) -> tuple[str, ...]:
    return tuple(row.id for row in rows)


def _said(context: SiteContext) -> str:
    """What is current turns by the minute, and its pages say so."""
    return f"{context.as_of.isoformat()} {site_freshness(context).until}"


def in_order(rows: Sequence[NoticeRow]) -> list[NoticeRow]:
    """列表次序: open by their end, scheduled by their start, awaiting by their end, closed newest first."""
    place = {status: number for number, (_, statuses) in enumerate(GROUPS) for status in statuses}

    def key(row: NoticeRow) -> tuple[int, float, str]:
        group = place[row.status]
        if row.status is NoticeStatus.SCHEDULED:
            moment = row.opens_at.timestamp()
        elif _is_current(row):
            moment = row.closes_at.timestamp()
        else:
            moment = -row.published_at.timestamp()
        return group, moment, row.id

    return sorted(rows, key=key)


def _is_current(row: NoticeRow) -> bool:
    return row.status not in GROUPS[-1][1]


def _city_parts(
    city: Jurisdiction, rows: Sequence[NoticeRow], context: SiteContext
) -> Iterator[ListPart[Page]]:
    """``rows`` in the order of lists."""
    words = wording("notices")["lists"]
    size = context.site.lists.per_page
    path = f"notices/{city.slug}/"
    by_year: dict[int, list[NoticeRow]] = defaultdict(list)
    for row in rows:
        by_year[row.year].append(row)
    years = [
        Choice(path=f"{path}{year}/", label=words["year"].format(year=year), count=len(by_year[year]))
        for year in sorted(by_year, reverse=True)
    ]
    current = [row for row in rows if _is_current(row)]
    # A quiet city's page shows its latest decided notices too, so that it is never empty.
    shown = current if len(current) > size else rows[:size]
    counts = tuple((choice.path, choice.count) for choice in years)
    listed = {row.id for row in shown}
    elsewhere = _elsewhere(years, Counter(f"{path}{row.year}/" for row in rows if row.id not in listed))
    whole = _by_status(rows)
    yield ListPart(
        path=path,
        records=_ids(shown),
        said=(_said(context), whole, counts, tuple((choice.path, choice.count) for choice in elsewhere)),
        make=partial(
            _pages,
            path,
            shown,
            context,
            city=city,
            title=words["title_city"].format(city=city.name),
            description=words["description_city"].format(city=city.full_name),
            steps=(("notices/", words["title"]), (path, city.name)),
            choices=("years", years),
            whole=whole,
            elsewhere=elsewhere,
            always_open=True,
            current=True,
        ),
    )
    for year, of_year in sorted(by_year.items(), reverse=True):
        yield ListPart(
            path=f"{path}{year}/",
            records=_ids(of_year),
            said=counts,
            make=partial(
                _pages,
                f"{path}{year}/",
                of_year,
                context,
                city=city,
                title=words["title_year"].format(city=city.name, year=year),
                description=words["description_year"].format(city=city.full_name, year=year),
                steps=(
                    ("notices/", words["title"]),
                    (path, city.name),
                    (f"{path}{year}/", words["year"].format(year=year)),
                ),
                choices=("years", years),
                whole=_by_status(of_year),
                current=False,
            ),
        )


def _pages(
    path: str, rows: Sequence[NoticeRow], context: SiteContext, *, current: bool, title: str, **rest: Any
) -> Iterator[Page]:
    size = context.site.lists.per_page
    count = max(1, -(-len(rows) // size))
    for number in range(1, count + 1):
        suffix = "" if number == 1 else wording("notices")["lists"]["part_of_title"].format(n=number)
        yield _page(
            path if number == 1 else f"{path}{number}/",
            rows[(number - 1) * size : number * size],
            context,
            title=title + suffix,
            parts=_part_links(path, number, count),
            current=current and number == 1,
            **rest,
        )


def _part_links(path: str, current: int, count: int) -> tuple[tuple[int, str], ...]:
    """(number, path) of the first, the last and the parts near ``current``; empty for a single part."""
    if count == 1:
        return ()
    near = {1, count, *range(max(1, current - 2), min(count, current + 2) + 1)}
    return tuple((number, path if number == 1 else f"{path}{number}/") for number in sorted(near))


def _page(
    path: str,
    rows: Sequence[NoticeRow],
    context: SiteContext,
    *,
    title: str,
    description: str,
    steps: tuple[tuple[str, str], ...],
    choices: tuple[str, Sequence[Choice]],
    whole: tuple[tuple[NoticeStatus, int], ...],
    current: bool,
    city: Jurisdiction | None = None,
    parts: tuple[tuple[int, str], ...] = (),
    kinds: Sequence[Choice] = (),
    kind_notes: Sequence[str] = (),
    always_open: bool = False,
    elsewhere: tuple[Choice, ...] = (),
) -> Page:
    """``choices``: the lists beside it and what they are by. ``whole``: how many of each status the list is of, on this page, its further parts and ``elsewhere``."""
    words = wording("notices")
    as_of = context.told(cn_moment(context.as_of)) if current else context.day_in_words
    groups = tuple(_groups(rows, whole, always_open))
    listed = tuple(group for group in groups if group.rows or not group.count)
    values: dict[str, Any] = {
        "w": words["lists"],
        "root": root_of(path),
        "path": path,
        "context": context,
        "url": context.absolute(path),
        "title": title,
        "steps": steps,
        "city": city,
        "cities": {item.slug: item.name for item in context.jurisdictions.values()},
        "groups": groups,
        "listed": listed,
        "moving": _moves(rows),
        "pending": sum(group.key in ("open", "scheduled") for group in listed),
        "folded": any(map(_is_current, rows)),
        "choices_of": choices[0],
        "choices": choices[1],
        "kinds_of_deed": kinds,
        "kind_notes": kind_notes,
        "kind_index": KINDS,
        "parts": parts,
        "shown": len(rows),
        "left_out": sum(count for _, count in whole) - len(rows),
        "elsewhere": elsewhere,
        "as_of": as_of,
        "links": words["data"],
        "subscribe": wording("alerts")["subscribe"]["link"],
    }
    return Page(
        path=path,
        section="notices",
        title=title,
        description=description,
        body=render("notice_list.html", values),
        head=_head(path, title, description, steps, city, context, words, script=_has_pending(rows)),
        freshness=site_freshness(context) if current else None,
        lastmod=max((row.last_changed_on.isoformat() for row in rows), default=None),
    )


def lists_script(root: str) -> Markup:
    """The script that moves a row which opens or closes later under a heading that is true, and says how long others have
    waited."""
    return page_script(root, "lists")


def _moves(rows: Sequence[NoticeRow]) -> bool:
    return any(row.status.is_before_end for row in rows)


def _has_pending(rows: Sequence[NoticeRow]) -> bool:
    return any(row.status.is_pending for row in rows)


def _groups(
    rows: Sequence[NoticeRow], whole: tuple[tuple[NoticeStatus, int], ...], always_open: bool
) -> Iterator[Group]:
    for key, statuses in GROUPS:
        counts = [(status, count) for status, count in whole if status in statuses]
        if counts or (always_open and key == "open"):
            members = tuple(row for row in rows if row.status in statuses)
            endings = tuple(
                (status, count, tuple(row for row in members if row.status is status))
                for status, count in counts
            )
            yield Group(
                key=key,
                rows=members,
                count=sum(count for _, count in counts),
                endings=endings if key == "closed" else (),
            )


def _head(
    path: str,
    title: str,
    description: str,
    steps: tuple[tuple[str, str], ...],
    city: Jurisdiction | None,
    context: SiteContext,
    words: Mapping[str, Any],
    *,
    script: bool,
) -> str:
    links: list[LinkType]
    if city is None:
        links = [
            ("application/json", "api/v1/notices.json", words["data"]["json_all"]),
            ("application/atom+xml", "feeds/notices.atom", words["data"]["feed_all"]),
            ("text/calendar", "calendar/notices.ics", words["data"]["calendar_all"]),
        ]
    else:
        links = [
            (
                "application/atom+xml",
                f"feeds/{city.slug}/notices.atom",
                words["data"]["feed"].format(city=city.name),
            ),
            ("text/calendar", f"calendar/{city.slug}.ics", words["data"]["calendar"].format(city=city.name)),
        ]
    return head_html(
        style_sheet(root_of(path), "records"),
        government_tags(context, column=words["section"], column_description=words["lists"]["description"]),
        alternate_links(root_of(path), links),
        collection_json_ld(context, path, title, description, steps),
        lists_script(root_of(path)) if script else Markup(),
    )
