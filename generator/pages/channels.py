"""异议渠道 (channels): the ways to object to one notice, each with its words and, while open, its link.

The address of a form carries the notice's id and nothing about a person: it ends in other people's logs. A letter, which
goes to the organ alone, bears the title of the notice too, so that it is sorted without being opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from generator.law.notice_period.day_wording import day_words
from generator.law.notice_period.period_wording import last_moment_words
from generator.public.public_case import PublicNotice
from generator.source.model.authority import Authority


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelItem:
    """One line of a channel: a link where ``href`` is set, else text."""

    label: str
    href: str | None = None
    lasting: bool = False
    """Whether the link outlives the period: whoever finds a fraud may telephone at any time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """一种渠道. ``kind`` is a key of the wording (``web_form``, ``email`` …) and names the icon."""

    kind: str
    items: tuple[ChannelItem, ...]
    notes: tuple[str, ...] = ()
    notes_on_link: bool = False
    """Whether the notes speak of the link, and are true only while there is one."""

    @property
    def icon(self) -> str:
        """Name of its icon."""
        return "web" if self.kind == "web_form" else self.kind


def channels_of(notice: PublicNotice, authority: Authority, words: Mapping[str, Any]) -> Iterator[Channel]:
    """异议渠道 of the authority in their fixed order, for one notice. ``words``: ``objection`` of ``notices.yml``."""
    given = authority.channels
    if given.web_form is not None:
        yield Channel(
            kind="web_form",
            items=(
                ChannelItem(
                    label=words["web_form_link"].format(organ=authority.name),
                    href=given.web_form.replace("{notice_id}", quote(notice.id, safe="")),
                ),
            ),
            notes=(words["web_form_note"],),
            notes_on_link=True,
        )
    if given.email is not None:
        yield Channel(
            kind="email",
            items=(
                ChannelItem(label=given.email, href=mail_link(given.email, notice, authority.name, words)),
            ),
            notes=(words["email_note"],),
            notes_on_link=True,
        )
    if given.telephone:
        yield Channel(kind="telephone", items=telephones_of(authority), notes=(words["telephone_note"],))
    if given.fax:
        yield Channel(kind="fax", items=tuple(ChannelItem(label=number) for number in given.fax))
    if given.post is not None:
        post = given.post
        yield Channel(
            kind="post",
            items=(
                ChannelItem(label=f"{post.postcode}　{post.address}"),
                ChannelItem(label=words["post_to"].format(recipient=post.recipient)),
            ),
            notes=(postmark_words(post.counts_by, notice, words),),
        )
    if given.in_person is not None:
        yield Channel(
            kind="in_person",
            items=(ChannelItem(label=given.in_person.address),),
            notes=(given.in_person.hours or words["in_person_unsaid"],),
        )


def postmark_words(counts_by: str | None, notice: PublicNotice, words: Mapping[str, Any]) -> str:
    """邮戳: which day keeps the period, or that the organ does not say. ``words``: ``objection`` of ``notices.yml``."""
    return str(words[f"post_{counts_by or 'unsaid'}"]).format(
        closes_on=day_words(notice.clock.closes_on), closes=last_moment_words(notice.clock, year=True)
    )


def telephones_of(authority: Authority) -> tuple[ChannelItem, ...]:
    """电话 of the authority, each a link that lasts."""
    return tuple(
        ChannelItem(label=number, href="tel:" + re.sub(r"[^0-9+]", "", number), lasting=True)
        for number in authority.channels.telephone
    )


def mail_link(address: str, notice: PublicNotice, organ: str, words: Mapping[str, Any]) -> str:
    """电子邮件链接 (RFC 6068): subject and outline filled in, line breaks as CR LF. What is not ASCII the browser encodes as
    UTF-8, as it does in every address of a page; encoded here it would be a fiftieth of the page."""
    subject = words["email_subject"].format(id=notice.id, title=notice.title)
    body = words["email_body"].format(id=notice.id, organ=organ).strip().replace("\n", "\r\n")
    return f"mailto:{quote(address, safe='@')}?subject={_quoted(subject)}&body={_quoted(body)}"


def _quoted(text: str) -> str:
    return re.sub("[!-/:-@\\[-`{-~\\s]+", lambda part: quote(part.group(), safe=""), text)
