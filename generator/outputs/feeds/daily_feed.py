"""每日简报与心跳的订阅: an entry a day for those who look once a day, and one that comes whatever happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from generator.catalogue import wording
from generator.law.notice_period.day_wording import day_words, moment_words, until_words
from generator.outputs.feeds.atom import Entry, FeedDocument, feed_bytes
from generator.public.addresses import DAILY, DAILY_FEED, HEARTBEAT_FEED, SUBSCRIBE, city_daily_feed
from generator.public.context import SiteContext
from generator.public.daily_digest import DayDigest, of_city
from generator.public.list_parts import ListPart
from generator.source.model.instant import SHANGHAI, midnight


def daily_feeds(digests: Sequence[DayDigest], context: SiteContext) -> Iterator[ListPart[tuple[str, bytes]]]:
    """``feeds/daily.atom``, and one a city: the latest days, at most ``lists.feed_entries``. ``digests`` newest first."""
    words = wording("alerts")["daily"]
    yield _part(DAILY_FEED, words["feed_title"], "daily", digests, context)
    if context.site.alerts.by_city:
        for city in context.register_cities:
            title = words["city_feed_title"].format(city=city.name)
            own = tuple(islice(of_city(digests, city.slug), context.site.lists.feed_entries))
            yield _part(city_daily_feed(city.slug), title, f"daily/{city.slug}", own, context)


def _part(
    path: str, title: str, tag: str, digests: Sequence[DayDigest], context: SiteContext
) -> ListPart[tuple[str, bytes]]:
    shown = digests[: context.site.lists.feed_entries]
    document = FeedDocument(
        tag=path.removesuffix(".atom"),
        title=f"{title} · {context.site.name}",
        subtitle=wording("alerts")["daily"]["description"],
        path=path,
        current=path,
        page=DAILY,
        updated=max((one.updated for one in shown), default=context.midnight),
    )

    def made() -> Iterator[tuple[str, bytes]]:
        yield path, feed_bytes(document, (_entry(one, tag, context) for one in shown), context)

    return ListPart(
        path=path,
        records=tuple(told.record for one in shown for told in one.told),
        said=(
            document.updated.isoformat(),
            *((one.day.isoformat(), one.updated.isoformat(), *one.kinds) for one in shown),
        ),
        make=made,
    )


def _entry(digest: DayDigest, tag: str, context: SiteContext) -> Entry:
    words = wording("alerts")["daily"]
    return Entry(
        tag=f"{tag}/{digest.day.isoformat()}",
        title=digest.title,
        path=digest.path,
        published=midnight(digest.day),
        updated=digest.updated,
        summary="\n".join(digest_lines(digest, context)),
        status="daily",
        status_label=words["section"],
    )


def digest_lines(digest: DayDigest, context: SiteContext) -> Iterator[str]:
    """简报的正文 as plain text: each kind with its records and their addresses, at most ``lists.per_page`` of each."""
    words = wording("alerts")["daily"]
    for kind, items in digest.lines.items():
        yield words["kinds"][kind.value]
        for item, note in items[: context.site.lists.per_page]:
            yield words["line" if note else "bare_line"].format(title=item.title, note=note)
            yield f"  {context.absolute(item.path)}"
        left = len(items) - context.site.lists.per_page
        if left > 0:
            yield words["more"].format(n=left, list=context.absolute(words["lists"][kind.value]["path"]))


def heartbeat_feed(context: SiteContext, last: date | None) -> bytes:
    """``feeds/heartbeat.atom``: one entry, of the day of the build. ``last`` is the day of the latest change.

    The feed's own ``updated`` is the build's instant, as in ``/api/v1/status.json``.
    """
    words = wording("alerts")["heartbeat"]
    pending = context.next_change_at
    sentences = [
        words["as_of"].format(as_of=moment_words(context.as_of)),
        words["never"] if last is None else words["last"].format(last=day_words(last)),
        words["pending"] if pending is None else words["next"].format(next=until_words(pending)),
        words["advice"],
    ]
    title = words["busy" if last == context.day else "quiet"].format(day=day_words(context.day, year=False))
    document = FeedDocument(
        tag=HEARTBEAT_FEED.removesuffix(".atom"),
        title=f"{words['title']} · {context.site.name}",
        subtitle=words["advice"],
        path=HEARTBEAT_FEED,
        current=HEARTBEAT_FEED,
        page=SUBSCRIBE,
        updated=context.as_of.astimezone(SHANGHAI),
    )
    entry = Entry(
        tag=f"heartbeat/{context.day.isoformat()}",
        title=title,
        path=SUBSCRIBE,
        published=context.midnight,
        updated=context.midnight,
        summary="".join(sentences),
        status="alive",
        status_label=words["title"],
    )
    return feed_bytes(document, (entry,), context)
