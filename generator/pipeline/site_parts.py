"""全站的各部分 (site parts): what stands over many records, cut so that a build makes only what has changed.

Each part says what it rests on before it is made. The families are cheap to list and dear to make: the records' keys
stand for all that a list shows of them, so no list is rendered to find out that it is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from generator.law.notice_period.day_wording import moment_words
from generator.outputs.calendars.ics import site_calendars
from generator.outputs.data.api import API, status_json
from generator.outputs.feeds.daily_feed import daily_feeds, heartbeat_feed
from generator.outputs.feeds.site_feeds import site_feeds
from generator.outputs.objection_sheet.blank_sheet import FILE as BLANK_SHEET
from generator.outputs.sitemap import Icon, manifest_json, robots_txt
from generator.pages.changes_page import changes_pages
from generator.pages.daily_pages import daily_pages
from generator.pages.name_order import Readings, readings_found, take_readings
from generator.pages.page import Page
from generator.pages.statistics import FOLDER as STATISTICS
from generator.pages.statistics import statistics_files
from generator.pipeline.law_of_day import (
    daily_law_files,
    instrument_pages,
    law_files,
    law_key,
    open_law_pages,
)
from generator.pipeline.prepare import Prepared
from generator.pipeline.render import bounded_pages, list_pages
from generator.pipeline.site_tree import NewFile, SiteTree, Unit
from generator.pipeline.stamp import StampPlan
from generator.public.addresses import HEARTBEAT_FEED
from generator.public.changes import Change
from generator.public.context import SiteContext
from generator.public.daily_digest import DayDigest, day_digests, last_change_on
from generator.public.documents import Kind
from generator.public.list_parts import ListPart
from generator.public.open_minute import with_open_minute
from generator.public.status_document import status_document
from generator.public.verification.answer_shards import FOLDER as SHARDS
from generator.public.verification.answer_shards import shard_files
from generator.source.model.published import instant
from generator.system.hashing import digest
from generator.system.packing import pack
from generator.system.store import Entry
from generator.system.workers import parallel

THEME_COLOUR = "#9b2d1f"
BACKGROUND_COLOUR = "#faf6ee"

_FEW, _OF_ALL = 40, 16
"""Parts that are made sooner than workers are started for them; and one in how many, for each worker lists all of them again."""

STATUS = f"{API}status.json"
READINGS = "readings"
"""Kind of entry in the store: the one :data:`~generator.pages.name_order.Readings`."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePart:
    """站点的一部分: its name, the digest of what it rests on, and its files once they are asked for."""

    name: str
    made_from: bytes
    make: Callable[[], Iterable[NewFile]]
    steady: bytes = b""
    """What it rests on but for the day, if it tells the day and is the same on every other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """全部记录的产物, for the files over all records. ``changes`` newest first."""

    plan: StampPlan
    changes: Sequence[Change]
    digests: Sequence[DayDigest]
    """Newest first."""


def whole_of(plan: StampPlan, changes: Sequence[Change]) -> Whole:
    """What ``changes``, newest first, and the rows of ``plan`` come to."""
    prepared = plan.prepared
    digests = day_digests(prepared.notice_rows, changes, prepared.context)
    return Whole(plan=plan, changes=changes, digests=digests)


def site_parts(whole: Whole) -> dict[str, Unit]:
    """Every part that no record owns, as the tree has it or made anew."""
    units: dict[str, Unit] = {}
    missing: list[tuple[int, SitePart]] = []
    tree, jobs = whole.plan.tree, whole.plan.prepared.workspace.jobs
    for number, family in enumerate(_FAMILIES):
        for part in family(whole):
            kept = tree.kept(part.name, part.made_from)
            if kept is None and part.steady:
                kept = tree.with_day(part.name, part.made_from, part.steady, whole.plan.day_of)
            if kept is None:
                missing.append((number, part))
            else:
                units[part.name] = kept
    store, basis = replace(whole.plan.prepared.workspace.store, beside=()), _basis(whole.plan)
    known = store.find(READINGS, {READINGS: basis}, Readings).get(READINGS, {}) if missing else {}
    take_readings(known)
    few = len(missing) <= max(_FEW, (len(units) + len(missing)) // _OF_ALL)
    units |= _made_all(whole, missing, 1 if few else jobs)
    if store.lasting and (found := readings_found()).keys() != known.keys():
        store.put(READINGS, [Entry(name=READINGS, made_from=basis, value=found)])
    return units


def _made_all(whole: Whole, missing: Sequence[tuple[int, SitePart]], jobs: int) -> dict[str, Unit]:
    if jobs == 1:
        return {part.name: _written(whole.plan.tree, part) for _, part in missing}
    units: dict[str, Unit] = {}
    shares = (
        (number, share)
        for number in range(len(_FAMILIES))
        for at in range(jobs)
        if (share := [part.name for of, part in missing if of == number][at::jobs])
    )
    for made, readings in parallel(_make, whole, shares, jobs):
        units |= made
        take_readings(readings)
    return units


def _make(whole: Whole, wanted: tuple[int, list[str]]) -> tuple[dict[str, Unit], Readings]:
    """Some parts of one family, in a worker: it lists them again, because what makes a part cannot be sent."""
    number, names = wanted
    chosen, tree = set(names), whole.plan.tree
    made = {part.name: _written(tree, part) for part in _FAMILIES[number](whole) if part.name in chosen}
    return made, readings_found()


def _written(tree: SiteTree, part: SitePart) -> Unit:
    return tree.made(part.name, part.made_from, part.make(), part.steady)


def _honour_pages(whole: Whole) -> Iterator[SitePart]:
    return _of_pages(whole, "honours")


def _notice_pages(whole: Whole) -> Iterator[SitePart]:
    return _of_pages(whole, "notices")


def _decision_pages(whole: Whole) -> Iterator[SitePart]:
    return _of_pages(whole, "decisions")


def _of_pages(whole: Whole, kind: Kind) -> Iterator[SitePart]:
    parts = list_pages(_with_open_minute(_with_open_day(whole.plan.prepared)))[kind]
    return _listed(whole, parts, partial(_stamped, whole.plan), day=True, steady=True)


def _change_pages(whole: Whole) -> Iterator[SitePart]:
    parts = changes_pages(whole.changes, _with_open_day(whole.plan.prepared).context)
    return _listed(whole, parts, partial(_stamped, whole.plan), day=True, steady=True)


def _feeds(whole: Whole) -> Iterator[SitePart]:
    prepared = whole.plan.prepared
    feeds = site_feeds(
        prepared.notice_rows, prepared.honour_rows, whole.changes, prepared.context, prepared.decision_rows
    )
    yield from _listed(whole, feeds, _plain, day=False)
    calendars = site_calendars(
        prepared.notice_rows, prepared.context, prepared.honour_rows, prepared.decision_rows
    )
    yield from _listed(whole, calendars, _plain, day=False)


def _bounded(whole: Whole) -> Iterator[SitePart]:
    """Pages whose number and length do not grow with the records, and the files beside them."""
    prepared, plan = whole.plan.prepared, whole.plan
    context = prepared.context
    pages = tuple(bounded_pages(_with_open_minute(prepared)))
    yield from _listed(whole, pages, partial(_stamped, plan), day=True)
    honours = tuple(row.id for row in prepared.honour_rows)
    figures = ListPart(
        path=f"{STATISTICS}files",
        records=(),
        said=next(part.said for part in pages if part.path == STATISTICS),
        make=lambda: statistics_files(prepared.honour_rows, context),
    )
    answers = ListPart(
        path=SHARDS,
        records=(),
        said=(*honours, *sorted((item.seed, item.answer) for item in prepared.certificates)),
        make=lambda: shard_files(prepared.certificates, honours),
    )
    sheet = ListPart(path=BLANK_SHEET, records=(), make=_blank_sheet)
    yield from _listed(whole, (figures, answers, sheet), _plain, day=False)
    yield from _listed(whole, [_for_machines(prepared)], _plain, day=False)
    last = last_change_on(whole.digests)
    minutely = {STATUS: status_json(status_document(context, last))}
    if context.site.alerts.heartbeat:
        minutely[HEARTBEAT_FEED] = heartbeat_feed(context, last)
    for path, data in minutely.items():
        made_from = digest(_basis(plan), data)
        yield SitePart(name=path, made_from=made_from, make=partial(_minutely, path, data, context))


def _minutely(path: str, data: bytes, context: SiteContext) -> Iterator[NewFile]:
    """A file for machines that tells the minute."""
    left_open = data
    for told in (instant(context.as_of), moment_words(context.as_of)):
        left_open = left_open.replace(told.encode(), with_open_minute(told, context.as_of).encode())
    yield NewFile(path, data, turning=left_open)


def _with_open_minute(prepared: Prepared) -> Prepared:
    """For pages of which some tell the minute: it is filled in when they are stamped."""
    return replace(prepared, context=replace(prepared.context, minute_open=True))


def _with_open_day(prepared: Prepared) -> Prepared:
    """For lists, which are the same every day but for the day that they tell: likewise."""
    return replace(prepared, context=replace(prepared.context, day_open=True))


def _blank_sheet() -> Iterator[tuple[str, bytes]]:
    # python-docx takes a while to load, and the sheet changes with the wording alone.
    from generator.outputs.objection_sheet.objection_document import blank_document

    yield BLANK_SHEET, blank_document()


def _daily(whole: Whole) -> Iterator[SitePart]:
    """The daily digest: its pages and its feeds."""
    context = whole.plan.prepared.context
    if context.site.alerts.daily:
        digests = whole.digests
        pages = daily_pages(digests, _with_open_day(whole.plan.prepared).context)
        yield from _listed(whole, pages, partial(_stamped, whole.plan), day=True, steady=True)
        yield from _listed(whole, daily_feeds(digests, context), _plain, day=False)


def _for_machines(prepared: Prepared) -> ListPart[tuple[str, bytes]]:
    """What crawlers and home screens ask for."""
    context = prepared.context
    icons = (Icon(path="assets/favicon.svg", sizes="any", media="image/svg+xml"),)
    manifest = manifest_json(
        context, icons=icons, theme_colour=THEME_COLOUR, background_colour=BACKGROUND_COLOUR
    )
    files = (("robots.txt", robots_txt(context)), ("manifest.json", manifest))
    return ListPart(path="robots.txt", records=(), said=files, make=lambda: files)


def _law(whole: Whole) -> Iterator[SitePart]:
    """What tells of the law alone."""
    plan, prepared = whole.plan, whole.plan.prepared
    steady = digest(_basis(plan), law_key(prepared))
    today = digest(steady, _day(plan))
    opened = _with_open_day(prepared)
    yield SitePart(
        name="law", made_from=today, make=lambda: _stamped(plan, open_law_pages(opened)), steady=steady
    )
    yield SitePart(
        name="law/instruments", made_from=today, make=lambda: _stamped(plan, instrument_pages(prepared))
    )
    yield SitePart(name="law/files", made_from=steady, make=lambda: _plain(law_files(prepared)))
    yield SitePart(name="law/daily", made_from=today, make=lambda: _plain(daily_law_files(prepared)))


_FAMILIES: tuple[Callable[[Whole], Iterator[SitePart]], ...] = (
    _honour_pages,
    _notice_pages,
    _feeds,
    _law,
    _change_pages,
    _daily,
    _decision_pages,
    _bounded,
)
"""The longest first."""


def _listed(
    whole: Whole,
    parts: Iterable[ListPart[T]],
    files: Callable[[Iterable[T]], Iterable[NewFile]],
    *,
    day: bool,
    steady: bool = False,
) -> Iterator[SitePart]:
    """``parts`` with the digest of what each rests on: its records' keys, what else it says, settings, software, the
    shells and, if it tells the ``day``, that and the next change. ``steady``: nothing else of it turns with the day."""
    told = _day(whole.plan) if day else b""
    basis = digest(_basis(whole.plan), b"" if steady else told)
    keys = whole.plan.keys
    for part in parts:
        made_from = digest(basis, pack(part.said), b"".join(map(keys.__getitem__, part.records)))
        yield SitePart(
            name=part.path or "home",
            made_from=digest(made_from, told) if steady else made_from,
            make=partial(_made, part, files),
            steady=made_from if steady else b"",
        )


def _made(part: ListPart[T], files: Callable[[Iterable[T]], Iterable[NewFile]]) -> Iterable[NewFile]:
    return files(part.make())


def _basis(plan: StampPlan) -> bytes:
    context, cache = plan.prepared.context, plan.prepared.workspace.cache
    flags = bytes((context.search, context.objection_sheets, context.posters, context.share_cards))
    return digest(b"" if cache is None else cache.basis, plan.basis, flags)


def _day(plan: StampPlan) -> bytes:
    return digest(*(told.key for told in plan.days.values()))


def _stamped(plan: StampPlan, pages: Iterable[Page]) -> Iterator[NewFile]:
    return map(plan.page_file, pages)


def _plain(files: Iterable[tuple[str, bytes]]) -> Iterator[NewFile]:
    return (NewFile(path, data) for path, data in files)
