"""检索记录 (search record): one page as search knows it, taken from what that page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html.parser import HTMLParser

from generator.catalogue import wording
from generator.outputs.search.name_sounds import sounds_of
from generator.outputs.search.word_codes import SOUND, word_code
from generator.pages.page import Page
from generator.pages.templating import status_label
from generator.public.public_case import (
    HonourStatus,
    NoticeStatus,
    PublicAct,
    PublicGroup,
    PublicHonour,
    PublicNotice,
    PublicPerson,
)
from generator.public.public_decision import PublicDecision
from generator.source.model.partial_day import PartialDay
from generator.spellings.han_words import name_key, number_keys

UNDATED = "0000"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRecord:
    """一页的检索内容.

    ``date`` is ISO, as far as it is known (``2026-11``), or :data:`UNDATED`. ``path`` is from the root.
    ``kicker`` and ``state`` stand above and beside the title in a list of results. ``names`` and
    ``numbers`` lead to the page directly.
    """

    date: str
    path: str
    title: str
    kicker: str
    state: str
    text: str
    filters: Mapping[str, tuple[str, ...]]
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    """Codes of how its names read, of those that are shown whole."""

    @property
    def key(self) -> str:
        """Place in the order of all records: by date, then by address; no two are the same."""
        return f"{self.date} {self.path}"

    @property
    def named(self) -> tuple[str, ...]:
        """The keys of its names and numbers, each once."""
        keys = [name_key(name) for name in self.names]
        keys += [key for number in self.numbers for key in number_keys(number)]
        return tuple(dict.fromkeys(key for key in keys if key))


def notice_record(notice: PublicNotice, page: Page) -> SearchRecord | None:
    """公示的检索记录; of a revoked one what its tombstone says, without names, and None for other tombstones."""
    if page.search is None:
        return None
    if notice.status.is_tombstone:
        since = notice.outcome_on or notice.status_since
        return _tombstone(page, since, notice.outcome_organ, notice.outcome_reason, notice.id)
    words = wording("search")["filters"]
    status = (
        wording("countdown")["badge"]["open"]
        if notice.status is NoticeStatus.OPEN
        else status_label(notice.status)
    )
    parts: list[str | None] = [words for act in notice.acts for words in _act_words(act)]
    parts += _person_words(notice.persons, notice.group)
    return _record(
        page,
        date=notice.published_at.date().isoformat(),
        parts=[*parts, *notice.opening, notice.basis, *notice.signatories, notice.number],
        names=_names(notice.persons, notice.group),
        sounds=_sounds(notice.persons),
        numbers=(notice.number, *(event.number for event in notice.history)),
        filters={words["status"]: (status,)},
    )


def honour_record(honour: PublicHonour, page: Page) -> SearchRecord | None:
    """荣誉的检索记录; of a revoked one what its tombstone says, without names."""
    if page.search is None:
        return None
    if honour.status is HonourStatus.REVOKED:
        since = honour.revoked_on or honour.decided_on
        return _tombstone(page, since, honour.revoked_by, honour.revoked_ground, honour.id)
    parts: list[str | None] = [words for act in honour.acts for words in _act_words(act)]
    parts += _person_words(honour.recipients, honour.group)
    facts = [honour.verb, honour.title, honour.grantor, honour.batch, honour.merit, honour.number]
    return _record(
        page,
        date=str(honour.decided_on),
        parts=[*parts, *facts],
        names=(*_names(honour.recipients, honour.group), *honour.members),
        sounds=(*_sounds(honour.recipients), *_sounds_of(honour.members)),
        numbers=(honour.number,),
        filters={},
    )


def _tombstone(page: Page, since: date | PartialDay, *facts: str | None) -> SearchRecord:
    """Who revoked it, why, and its number: nobody's name, whatever the tombstone still shows."""
    return _record(page, date=str(since), parts=facts, filters={})


def decision_record(decision: PublicDecision, page: Page) -> SearchRecord | None:
    """决定的检索记录: whoever is honoured by it, its organs, titles and numbers."""
    if page.search is None:
        return None
    parts: list[str | None] = [*decision.opening, decision.basis, *decision.organs]
    names: list[str] = []
    sounds: list[str] = []
    for grant in decision.grants:
        parts += [grant.title, grant.merit, grant.summary]
        if grant.name:
            parts += _person_words(grant.recipients, grant.group)
            names += _names(grant.recipients, grant.group)
            sounds += _sounds(grant.recipients)
    parts += [annex.title for annex in decision.annexes]
    return _record(
        page,
        date=str(decision.signed_on),
        parts=[*parts, decision.number, decision.index_number, decision.batch],
        names=tuple(dict.fromkeys(names)),
        sounds=tuple(dict.fromkeys(sounds)),
        numbers=(decision.number, decision.index_number),
        filters={},
    )


def page_records(page: Page) -> Iterator[SearchRecord]:
    """政策页等的检索记录: the page, by its title and what it says of itself, and each article with a rule, at its own
    address.

    What a digest, a comparison and 我能得到什么 say stands in the articles too. Of an instrument those of the version in
    force are taken; where none is, those of its latest. Undated, as what people look up and not what happened. None
    when the page is not to be searched.
    """
    if page.search is None:
        return
    number = page.search.get("number")
    parts = [page.description, number]
    whole = _record(page, date=UNDATED, parts=parts, numbers=(number,), filters={})
    yield whole
    if "yy-article" not in page.body:
        return
    parser = _PageWords()
    parser.feed(page.body)
    versions = {article.version: article.holds for article in parser.articles}
    chosen = next((version for version, holds in versions.items() if holds), next(iter(versions), ""))
    for article in parser.articles:
        if article.version == chosen and article.rules:
            yield replace(
                whole,
                path=f"{page.path}#{article.anchor}",
                title=f"{whole.title}{article.heading}",
                state="" if article.holds else article.version_state,
                text=article.text,
                numbers=(),
            )


def written_record(path: str, html: str) -> SearchRecord | None:
    """手写页的检索记录, from the built page; None when the page has no heading."""
    parser = _Words(within="article")
    parser.feed(html)
    heading = " ".join("".join(parser.heading).split())
    if not heading:
        return None
    kicker = wording("search")["written"]
    section = wording("common")["filters"]["section"]
    return SearchRecord(
        date=UNDATED,
        path=path,
        title=heading,
        kicker=kicker,
        state="",
        text=parser.text(),
        filters={section: (kicker,)},
    )


def _record(
    page: Page,
    *,
    date: str,
    parts: Sequence[str | None],
    filters: Mapping[str, tuple[str, ...]],
    names: tuple[str, ...] = (),
    numbers: tuple[str | None, ...] = (),
    sounds: tuple[str, ...] = (),
) -> SearchRecord:
    """``parts``: what is said of it; what its title, kicker or filters say already is searched there."""
    assert page.search is not None
    title, kicker = page.search["title"], page.search.get("kicker", "")
    filters = dict(page.filters) | dict(filters)
    told = "\n".join((title, kicker, *(value for values in filters.values() for value in values)))
    return SearchRecord(
        date=date,
        path=page.path,
        title=title,
        kicker=kicker,
        state=page.search.get("state", ""),
        text=_text(part for part in parts if part and part not in told),
        filters=filters,
        names=names,
        numbers=tuple(dict.fromkeys(number for number in numbers if number)),
        sounds=sounds,
    )


def _act_words(act: PublicAct | None) -> Iterator[str | None]:
    if act is not None:
        yield from (act.summary, *act.narrative, *act.verification, act.place, act.district)
        yield wording("titles")["kinds"][act.kind]


def _person_words(persons: tuple[PublicPerson, ...], group: PublicGroup | None) -> Iterator[str | None]:
    marks = wording("common")["person"]
    for person in persons:
        yield from (person.name, person.unit, person.post)
        yield marks["death"][person.death] if person.death else None
        # Of somebody who is masked it would be the ground of it.
        yield marks["minor"] if person.minor and not person.masked else None
        yield person.injured
    if group is not None:
        yield group.name


def _names(persons: tuple[PublicPerson, ...], group: PublicGroup | None) -> tuple[str, ...]:
    names = [person.name for person in persons]
    return tuple(dict.fromkeys([*names, group.name] if group is not None else names))


def _sounds(persons: tuple[PublicPerson, ...]) -> tuple[str, ...]:
    """Of a masked name, 王某, nothing: its other characters are not known."""
    return _sounds_of(person.name for person in persons if not person.masked)


def _sounds_of(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word_code(SOUND + sound) for name in names for sound in sounds_of(name)))


def _text(parts: Iterable[str]) -> str:
    """What a hit quotes from: a dot parts what are sentences or particulars of their own."""
    return " · ".join(dict.fromkeys(" ".join(part.split()) for part in parts))


@dataclass(slots=True)
class _Article:
    """一条 of a version, as the page of its instrument shows it."""

    anchor: str
    version_state: str
    holds: bool
    heading: str = ""
    text: str = ""
    rules: bool = False

    @property
    def version(self) -> str:
        return self.anchor.partition("/")[0]


class _Words(HTMLParser):
    """Words of a page. ``within``: only inside this element."""

    _SILENT = frozenset(("script", "style", "nav", "noscript", "svg", "template"))
    INLINE = frozenset(("a", "abbr", "b", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time"))

    def __init__(self, within: str | None = None) -> None:
        super().__init__(convert_charrefs=True)
        self.within = within
        self.inside = within is None
        self.silent = 0
        self.in_heading = False
        self.heading: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == self.within:
            self.inside = True
        if tag in self._SILENT:
            self.silent += 1
        self.in_heading |= tag == "h1"
        if tag not in self.INLINE:
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.within:
            self.inside = False
        if tag in self._SILENT:
            self.silent = max(0, self.silent - 1)
        if tag == "h1":
            self.in_heading = False
        if tag not in self.INLINE:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if self.inside and not self.silent:
            self.words.append(data)
            if self.in_heading:
                self.heading.append(data)

    def text(self) -> str:
        return " ".join("".join(self.words).split())


class _PageWords(HTMLParser):
    """The articles of an instrument: each has its heading, then its body with the address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.articles: list[_Article] = []
        self._holds = False
        self._state = ""
        self._in_article = False
        self._heading: list[str] | None = None
        self._tag: list[str] | None = None
        self._words: list[str] | None = None
        self._depth = 0
        self._citing = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        classes = (values.get("class") or "").split()
        if "yy-version" in classes:
            self._holds, self._state, self._in_article = "yy-version--holds" in classes, "", False
        elif "yy-article" in classes:
            self.articles.append(_Article(anchor="", version_state=self._state, holds=self._holds))
            self._in_article = True
        elif "yy-article__body" in classes and self.articles:
            self.articles[-1].anchor = values.get("id") or ""
            self._words, self._depth, self._citing = [], 0, False
        elif "yy-article__rule" in classes and self.articles:
            self.articles[-1].rules = True
        elif tag in ("h2", "h3"):
            self._heading = []
        elif "yy-tag" in classes and self._heading is not None:
            self._tag = []
        if self._words is not None:
            self._depth += tag == "div"
            # How it is cited stands below what it says, with a label before it and a button to copy that.
            if (values.get("id") or "").startswith("cite/"):
                self._citing = True
                self._words.pop()
            if tag not in _Words.INLINE:
                self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self._tag is not None:
            self._state, self._tag = "".join(self._tag), None
        elif tag in ("h2", "h3") and self._heading is not None:
            heading, self._heading = " ".join("".join(self._heading).split()), None
            if self._in_article:
                self.articles[-1].heading = heading
        elif tag == "div" and self._words is not None:
            self._depth -= 1
            if not self._depth:
                self.articles[-1].text = " ".join("".join(self._words).split())
                self._words, self._in_article = None, False

    def handle_data(self, data: str) -> None:
        if self._tag is not None:
            self._tag.append(data)
        elif self._heading is not None:
            self._heading.append(data)
        elif self._words is not None and not self._citing:
            self._words.append(data)
