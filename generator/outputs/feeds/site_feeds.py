"""全站订阅 (site feeds): which feeds there are and what their entries say.

One feed a kind of record (``feeds/honours.atom``), one a kind in each city (``feeds/wuhan/honours.atom``),
``feeds/changes.atom`` and one a kind of change (``feeds/changes-corrections.atom``), each with its archives under
``feeds/archive/``. An entry needs instants, so an honour of which no day of publication is known stands in none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from generator.law.notice_period.day_wording import partial_day_words
from generator.outputs.feeds.atom import Entry, FeedDocument
from generator.outputs.feeds.feed_paging import FeedRow, paged
from generator.outputs.feeds.feed_words import notice_sentence, notice_title, words
from generator.outputs.feeds.last_change import (
    day_of,
    decision_changed_at,
    honour_changed_at,
    notice_changed_at,
)
from generator.pages.changes_page import feed_titles
from generator.public.addresses import CHANGE_FEED, change_feed_of, feed_of
from generator.public.changes import Change, change_sentence, change_title, changed_at
from generator.public.context import SiteContext
from generator.public.documents import Kind
from generator.public.list_parts import ListPart
from generator.public.list_rows import HonourRow, NoticeRow, told_name
from generator.public.public_decision import DecisionRow
from generator.source.model.instant import midnight

Row = TypeVar("Row", bound=NoticeRow | HonourRow | DecisionRow)
Told = TypeVar("Told", bound=NoticeRow | HonourRow | DecisionRow | Change)


def site_feeds(
    notices: Sequence[NoticeRow],
    honours: Sequence[HonourRow],
    changes: Sequence[Change],
    context: SiteContext,
    decisions: Sequence[DecisionRow] = (),
) -> Iterator[ListPart[tuple[str, bytes]]]:
    """全部订阅文件, in parts of one file each. ``changes`` newest first; the rest in any order."""
    as_of = context.as_of
    published = sorted(notices, key=lambda row: (row.published_at.timestamp(), row.id))
    known = [row for row in honours if row.published_day is not None]
    yield from _of_kind(
        "notices",
        [_told(row, row.change_count, notice_changed_at(row, as_of)) for row in published],
        lambda row: notice_entry(row, context),
        context,
    )
    yield from _of_kind(
        "honours",
        [
            _told(row, row.change_count, honour_changed_at(row, as_of))
            for row in sorted(known, key=lambda row: (day_of(row), row.id))
        ],
        lambda row: honour_entry(row, context),
        context,
    )
    yield from _of_kind(
        "decisions",
        [
            _told(row, row.change_count, decision_changed_at(row, as_of))
            for row in sorted(decisions, key=lambda row: (row.published_on, row.id))
        ],
        lambda row: decision_entry(row, context),
        context,
    )
    told = [_told(change, change.number, changed_at(change, as_of)) for change in reversed(changes)]
    feeds = [(site_feed(CHANGE_FEED, "changes/", words()["titles"]["changes"], "changes", context), told)]
    for key, title, kinds in feed_titles():
        feed = site_feed(change_feed_of(key), f"changes/{key}/", title, "changes_of_kind", context)
        feeds.append((feed, [row for row in told if row.of.kind in kinds]))
    for feed, rows in feeds:
        yield from paged(
            feed,
            rows,
            entry=lambda change: change_entry(change, context),
            size=context.site.lists.feed_entries,
            context=context,
        )


def _told(of: Told, number: int, changed_at: datetime) -> FeedRow[Told]:
    return FeedRow(of, of.id, number, changed_at, changed_at.timestamp())


def _of_kind(
    kind: Kind, rows: Sequence[FeedRow[Row]], entry: Callable[[Row], Entry], context: SiteContext
) -> Iterator[ListPart[tuple[str, bytes]]]:
    """The feeds of one kind of record, in all cities and in each: ``rows`` in order of publication, oldest first, each with
    the instant of its last change."""
    titles = words()["titles"]

    def one(
        title: str, slug: str | None, rows: Sequence[FeedRow[Row]]
    ) -> Iterator[ListPart[tuple[str, bytes]]]:
        page = f"{kind}/" + (f"{slug}/" if slug else "")
        feed = site_feed(feed_of(kind, slug), page, title, kind, context)
        return paged(feed, rows, entry=entry, size=context.site.lists.feed_entries, context=context)

    yield from one(titles[kind], None, rows)
    if kind == "notices" or context.site.alerts.by_city:
        of_city: dict[str, list[FeedRow[Row]]] = defaultdict(list)
        for told in rows:
            of_city[told.of.jurisdiction].append(told)
        for city in context.register_cities:
            title = titles[f"city_{kind}"].format(city=city.name)
            yield from one(title, city.slug, of_city[city.slug])


def notice_entry(row: NoticeRow, context: SiteContext) -> Entry:
    """公示条目. Its id stays for the notice's whole life; a tombstone's says no more than its state."""
    sentence = notice_sentence(row)
    dead = row.status.is_tombstone
    return Entry(
        tag=f"notices/{row.id}",
        title=notice_title(row),
        path=row.path,
        published=row.published_at,
        updated=notice_changed_at(row, context.as_of),
        summary=sentence if dead or not row.summary else f"{sentence}\n{row.summary}",
        status=row.status.value,
        status_label=words()["status"][row.status.value],
    )


def honour_entry(row: HonourRow, context: SiteContext) -> Entry:
    """荣誉条目. A revoked honour names nobody."""
    forms = words()["honour"]
    changed = row.last_changed_on is not None
    status = "revoked" if row.revoked else "corrected" if changed else "valid"
    lines = [
        forms["line"].format(grantor=row.grantor, decided=partial_day_words(row.decided_on), verb=row.verb)
    ]
    if status != "valid":
        lines.append(forms[status])
    if row.summary and not row.revoked:
        lines.append(row.summary)
    form = forms["revoked_title" if row.revoked else "title"]
    return Entry(
        tag=f"honours/{row.id}",
        title=form.format(name="" if row.revoked else told_name(row), title=row.told_title),
        path=row.path,
        published=midnight(day_of(row)),
        updated=honour_changed_at(row, context.as_of),
        summary="\n".join(lines),
        status=status,
        status_label=words()["honour_status"][status],
    )


def decision_entry(row: DecisionRow, context: SiteContext) -> Entry:
    """决定条目: title, organs, and whom it honours as far as they are public."""
    forms = words()["decision"]
    corrected = row.last_changed_on > row.published_on
    organs = "、".join(row.organs)
    lines = [forms["line"].format(organs=organs, signed=partial_day_words(row.signed_on))]
    if row.names:
        lines.append(forms["names"].format(names="、".join(row.names)))
    if corrected:
        lines.append(forms["corrected"])
    status = "corrected" if corrected else "valid"
    return Entry(
        tag=f"decisions/{row.id}",
        title=row.title,
        path=row.path,
        published=midnight(row.published_on),
        updated=decision_changed_at(row, context.as_of),
        summary="\n".join(lines),
        status=status,
        status_label=words()["honour_status"][status],
    )


def change_entry(change: Change, context: SiteContext) -> Entry:
    """更新记录条目: one for each change, never altered afterwards but for what was withdrawn."""
    moment = changed_at(change, context.as_of)
    return Entry(
        tag=f"changes/{change.key}",
        title=change_title(change),
        path=change.path,
        published=moment,
        updated=moment,
        summary=change_sentence(change),
        status=change.kind.value,
        status_label=change.label,
    )


def site_feed(path: str, page: str, title: str, subtitle: str, context: SiteContext) -> FeedDocument:
    """A feed of this site, without its entries: ``subtitle`` names the sentence that says what stands in it."""
    return FeedDocument(
        tag=path.removesuffix(".atom"),
        title=f"{title} · {context.site.name}",
        subtitle=words()["subtitles"][subtitle],
        path=path,
        current=path,
        page=page,
        updated=context.midnight,
    )
