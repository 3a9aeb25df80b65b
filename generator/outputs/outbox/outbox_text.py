"""待发文稿 (text): one message about what was published in one city, for 公众号, SMS and e-mail.

It is made of the rows that lists and feeds are made of, so it says nothing that they do not. Whatever it says of time is
an absolute moment: nobody knows when it is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum

from generator.catalogue import wording
from generator.law.notice_period.day_wording import closing_words
from generator.outputs.feeds.atom import Entry
from generator.outputs.feeds.feed_words import words as feed_words
from generator.outputs.feeds.site_feeds import decision_entry, honour_entry, notice_entry
from generator.outputs.outbox.sms_parts import sms_parts
from generator.pages.templating import render
from generator.public.context import SiteContext
from generator.public.list_rows import HonourRow, NoticeRow, told_name
from generator.public.plain_text import one_line, storable
from generator.public.public_decision import DecisionRow
from generator.source.model.jurisdiction import Jurisdiction

TITLE, SUMMARY = 64, 120
"""Characters that 公众号 takes of a title and of a summary."""
NAMED = 3
"""People whom an SMS names."""

Row = NoticeRow | HonourRow | DecisionRow


class News(StrEnum):
    """新事: what is told of a record, in the order of a message."""

    OPENED = "opened"
    MOVED = "moved"
    CORRECTED = "corrected"
    RESULT = "result"
    ENDED = "ended"
    HONOURED = "honoured"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxItem:
    """文稿的一项."""

    news: News
    row: Row

    @property
    def is_of_today(self) -> bool:
        """Whether it still is news: nobody is invited to object to what has closed, or told what was taken back since."""
        if isinstance(self.row, NoticeRow):
            if self.news in (News.OPENED, News.MOVED):
                return self.row.status.is_before_end
            return self.row.status.is_tombstone == (self.news is News.ENDED)
        revoked = isinstance(self.row, HonourRow) and self.row.revoked
        return revoked == (self.news is News.ENDED) or isinstance(self.row, DecisionRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxText:
    """一份文稿. ``items`` are all of one ``city``, and at least one."""

    items: tuple[OutboxItem, ...]
    city: Jurisdiction
    context: SiteContext

    @property
    def url(self) -> str:
        """Where the whole stands: the page of the one record, or the city's list."""
        if len(self.items) == 1:
            return self.context.absolute(self.items[0].row.path)
        return self.context.absolute(f"{_folder(self.items[0].row)}/{self.city.slug}/")

    @property
    def title(self) -> str:
        """题目, of any length."""
        if len(self.items) == 1:
            return one_line(self._entry(self.items[0]).title)
        return str(wording("outbox")["several"]).format(city=self.city.name, counts=self.counts)

    @property
    def counts(self) -> str:
        """``新公示 2 件，荣誉 3 项``."""
        words = wording("outbox")
        return str(words["comma"]).join(
            words["counts"][news.value].format(n=len(own)) for news, own in self._by_news().items()
        )

    @property
    def summary(self) -> str:
        """摘要 in one paragraph, of any length."""
        if len(self.items) == 1:
            return one_line(self._sentence(self.items[0]))
        words = wording("outbox")
        closing = [item.row for item in self.items if item.news in (News.OPENED, News.MOVED)]
        soonest = min(
            (row for row in closing if isinstance(row, NoticeRow)),
            key=lambda row: row.closes_at,
            default=None,
        )
        counts = f"{self.counts}{wording('common')['marks']['stop']}"
        if soonest is None:
            return counts
        return counts + str(words["earliest"]).format(
            closes=closing_words(soonest.closes_on, soonest.closes_at)
        )

    def files(self, ways: Iterable[str]) -> dict[str, bytes]:
        """The files of these ``ways`` of sending, by their names. Raises ``LongAddressError``."""
        made: dict[str, bytes] = {}
        for way in ways:
            made |= {
                name: data.encode() if isinstance(data, str) else data
                for name, data in _WAYS[way](self).items()
            }
        return made

    def sms(self) -> tuple[str, ...]:
        """短信, in parts."""
        words = wording("outbox")["sms"]
        told = self._sms(self.items[0]) if len(self.items) == 1 else f"{self.title}。{self._earliest()}"
        text = f"{one_line(told)}{words['see'].format(url=self.url)}"
        return sms_parts(text, self.context.site.alerts.sms_signature)

    def _earliest(self) -> str:
        return self.summary.removeprefix(self.counts + wording("common")["marks"]["stop"])

    def _by_news(self) -> dict[News, list[OutboxItem]]:
        found: dict[News, list[OutboxItem]] = {}
        for news in News:
            if own := [item for item in self.items if item.news is news]:
                found[news] = own
        return found

    def _entry(self, item: OutboxItem) -> Entry:
        row = item.row
        if isinstance(row, NoticeRow):
            return notice_entry(row, self.context)
        if isinstance(row, HonourRow):
            return honour_entry(row, self.context)
        return decision_entry(row, self.context)

    def _sentence(self, item: OutboxItem) -> str:
        """What happened, then what the record is about."""
        text = storable(self._entry(item).summary)
        if item.news is News.MOVED and isinstance(item.row, NoticeRow):
            closes = closing_words(item.row.closes_on, item.row.closes_at)
            return f"{wording('outbox')['moved'].format(closes=closes)}{text}"
        return text

    def _sms(self, item: OutboxItem) -> str:
        words, row = wording("outbox"), item.row
        title = row.told_title if isinstance(row, HonourRow) else row.title
        values = {
            "city": self.city.name,
            "who": _who(row) or title,
            "title": title,
            "number": words["by_number"][_folder(row)].format(id=row.id),
            "status": words["sms"]["revoked"],
            "closes": "",
        }
        if isinstance(row, NoticeRow):
            values["status"] = feed_words()["status"][row.status.value]
            values["closes"] = closing_words(row.closes_on, row.closes_at, year=False).replace(" ", "")
        return str(words["sms"][item.news.value]).format(**values)

    def groups(self) -> list[tuple[str, list[tuple[str, list[str], str]], int]]:
        """(heading, (title, paragraphs, address) of each record, how many more there are), for the templates."""
        most = self.context.site.lists.per_page
        headings = wording("outbox")["headings"]
        return [
            (
                headings[news.value],
                [
                    (
                        one_line(self._entry(item).title),
                        self._sentence(item).split("\n"),
                        self.context.absolute(item.row.path),
                    )
                    for item in own[:most]
                ],
                max(0, len(own) - most),
            )
            for news, own in self._by_news().items()
        ]

    def invites(self) -> bool:
        """Whether there is something to object to."""
        return any(item.news in (News.OPENED, News.MOVED) for item in self.items)

    def values(self) -> dict[str, object]:
        """What the templates show."""
        return {
            "w": wording("outbox"),
            "title": self.title,
            "groups": self.groups(),
            "url": self.url,
            "owner": self.context.site.owner,
            "object_url": self.context.absolute("objections/") if self.invites() else None,
        }


def _folder(row: Row) -> str:
    if isinstance(row, NoticeRow):
        return "notices"
    return "honours" if isinstance(row, HonourRow) else "decisions"


def _who(row: Row) -> str:
    """李大勇、王小红; of many the first, and their number."""
    if isinstance(row, HonourRow):
        return told_name(row)
    names = row.names.split("、") if isinstance(row, NoticeRow) else list(row.names)
    if len(names) <= NAMED:
        return "、".join(names)
    form = wording("outbox")["sms"]["many"]
    return str(form).format(names="、".join(names[:NAMED]), n=len(names))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|"})


def _plain(
    text: OutboxText, heading: str = "{}", line: str = "{}", escaped: Mapping[int, str] | None = None
) -> str:
    """The message as plain text or Markdown: ``heading`` and ``line`` are the forms of a heading and a title."""
    marks = escaped or {}
    words = wording("outbox")
    lines: list[str] = []
    for name, records, more in text.groups():
        lines += [heading.format(name), ""]
        for title, paragraphs, url in records:
            lines += [line.format(title.translate(marks)), ""]
            lines += [part for one in paragraphs for part in (one.translate(marks), "")]
            lines += [url, ""]
        if more:
            lines += [words["more"].format(n=more, url=text.url), ""]
    if text.invites():
        lines += [words["object"].format(url=text.context.absolute("objections/")), ""]
    return "\n".join(lines)


def _wechat(text: OutboxText) -> dict[str, str | bytes]:
    words = wording("outbox")["wechat"]
    sheet = words["sheet"].format(
        title=_cut(text.title, TITLE), summary=_cut(text.summary, SUMMARY), url=text.url
    )
    source = words["source"].format(owner=text.context.site.owner)
    return {
        "wechat.txt": sheet,
        "wechat.html": render("outbox_wechat.html", text.values()) + "\n",
        "wechat.md": f"# {text.title.translate(_MARKS)}\n\n{_plain(text, '## {}', '**{}**', _MARKS)}{source}\n",
    }


def _sms_file(text: OutboxText) -> dict[str, str | bytes]:
    return {"sms.txt": "".join(f"{part}\n" for part in text.sms())}


def _mail(text: OutboxText) -> dict[str, str | bytes]:
    """A draft for any mail program: to whom it goes, and from whom, the office knows."""
    words = wording("outbox")["mail"]
    message = EmailMessage(policy=SMTP)
    message["Subject"] = text.title
    message["X-Unsent"] = "1"
    greeting = words["greeting"].format(owner=text.context.site.owner)
    source = words["source"].format(url=text.url)
    body = f"{greeting}\n\n{_plain(text)}{source}\n"
    message.set_content(body, cte="quoted-printable")
    page = render("outbox_mail.html", text.values()) + "\n"
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    # The library would take one from its random numbers.
    message.set_boundary("yiyong-alternative-3e1f8a52")
    return {"mail.eml": message.as_bytes()}


_WAYS: Mapping[str, Callable[[OutboxText], dict[str, str | bytes]]] = {
    "wechat": _wechat,
    "sms": _sms_file,
    "email": _mail,
}
"""Files of each way of sending."""


def files_of(way: str) -> Sequence[str]:
    """Names of the files of one way of sending."""
    return {
        "wechat": ("wechat.txt", "wechat.html", "wechat.md"),
        "sms": ("sms.txt",),
        "email": ("mail.eml",),
    }[way]
