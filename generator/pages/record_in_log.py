"""登记情况的说法 (logged words): what a record's page says of its place in the log, one sentence a fact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape

from generator.catalogue import wording
from generator.pages.log_page import PATH as LOG
from generator.pages.page import root_of
from generator.pages.templating import cn_moment, fill
from generator.public.logged_record import LoggedRecord


def logged_values(path: str, logged: LoggedRecord | None, ended: str = "") -> dict[str, Any]:
    """What the template of the page at ``path`` needs; nothing is shown of a record that was not logged. ``ended``:
    how the record ended (``withdrawn``, ``revoked`` …) where a tombstone stands for it."""
    sentences = () if logged is None else tuple(_linked(logged, ended, f"{root_of(path)}{LOG}"))
    return {"path": path, "logged": sentences, "logged_words": wording("record_in_log")}


def _linked(logged: LoggedRecord, ended: str, address: str) -> Iterator[Markup]:
    """The sentences, in which the name of the log leads to its page."""
    link = Markup('<a href="{}">{}</a>').format(address, logged.origin)
    for sentence in logged_sentences(logged, ended):
        yield escape(sentence).replace(escape(logged.origin), link)


def logged_sentences(logged: LoggedRecord, ended: str = "") -> Iterator[str]:
    """Never more than was observed: what is lacking is said as plainly as what is there."""
    words = wording("record_in_log")
    told = {"origin": logged.origin, "ordinal": logged.ordinal, "at": cn_moment(logged.at)}
    if logged.event == "published":
        # A site is older than its log: what was public before the log began was first logged then, not first published.
        yield fill(words["event_first"], **told)
    else:
        yield fill(words["event"], name=event_words(logged.event, ended), **told)
    if logged.count > 1:
        yield fill(words["count"], count=logged.count)
    if logged.waits:
        yield str(words["waits"])
    unseen = logged.seen is not None and not logged.seen.times
    if not (logged.signed or logged.stamped_at or (logged.seen is not None and logged.seen.times)):
        # A log that nobody stands for yet: what is lacking is one sentence, not a list.
        yield str(words["bare_unseen" if unseen else "bare"])
        return
    yield str(words["signed" if logged.signed else "unsigned"])
    if logged.stamped_at:
        first = cn_moment(min(logged.stamped_at))
        yield fill(words["stamped"], count=len(logged.stamped_at), at=first)
    else:
        yield str(words["not_stamped"])
    if logged.seen is not None and not unseen:
        seen = logged.seen
        yield fill(words["seen"], observers=seen.observers, times=seen.times, hours=seen.hours)
    elif unseen:
        yield str(words["not_seen"])
    yield str(words["limits"])


def event_words(event: str, ended: str) -> str:
    """事件的名称: 公示期满; of a record that ``ended`` so (``revoked`` …) 原公示期届至, and what was decided rather than
    撤销或者未予确认."""
    words = wording("record_in_log")["ended"]
    if ended and event == "closed":
        return str(words["closed"])
    if ended and event == "tombstoned":
        return str(words["tombstoned"][ended])
    return str(wording("proof")["names"][event])
