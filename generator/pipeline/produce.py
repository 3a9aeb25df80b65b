"""产出 (produce): all that the site says of one notice or honour, worked out once, from public data alone.

Everything else reads it: the page is stamped from it, lists, data files, the change log and the search index are put
together from it, and nothing is worked out again. It depends on the public record, the law and the settings,
and on the clock only through the span for which it holds: nothing in it tells when the site was built.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.outputs.badge import badge_address, honour_badge
from generator.outputs.calendars.ics import deadline_file
from generator.outputs.data.api import (
    decision_address,
    decision_files,
    honour_address,
    honour_files,
    notice_address,
    notice_files,
)
from generator.outputs.data.table_writers import PlainRow, plain_row
from generator.outputs.objection_sheet.sheet_parts import has_sheet
from generator.outputs.poster.poster_sheet import PosterSheet, is_posted, poster_sheet
from generator.outputs.search.search_record import (
    SearchRecord,
    decision_record,
    honour_record,
    notice_record,
)
from generator.outputs.share.card_content import ShareCard
from generator.outputs.share.record_cards import card_due
from generator.pages.cited_notice import cited_notice
from generator.pages.decision_page import render_decision
from generator.pages.honour_page import render_honour
from generator.pages.page import Page
from generator.public.changes import Change, decision_changes, honour_changes, notice_changes
from generator.public.context import SiteContext
from generator.public.decision_document import decision_document
from generator.public.documents import plain
from generator.public.holding import Holding, notice_holding
from generator.public.honour_document import honour_document
from generator.public.logged_record import LoggedRecord
from generator.public.notice_document import notice_document
from generator.public.public_case import PublicHonour, PublicNotice
from generator.public.public_decision import PublicDecision
from generator.public.tables import DECISIONS, HONOURS, NOTICES
from generator.publication_log.publication_event import digest_of_content, logged_document
from generator.source.model.published import Document

SHEET = "objection.docx"
"""Name of a notice's objection sheet, beside its page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFiles:
    """一件记录自己的页面与文件, but for the shell around the page.

    ``files`` are (path from the root, bytes): its document, its badge, its portrait, its objection sheet, its last moment. ``card`` says what is
    to be drawn beside the page, None where nothing is due. ``holds`` is the span for which all this is right.
    ``digest`` is what the log of publications keeps of its document: with ``id`` and the address of the page it is
    all that the log has to know of a record of any kind.
    """

    id: str
    version: str
    digest: str
    holds: Holding
    page: Page
    files: tuple[tuple[str, bytes], ...]
    card: ShareCard | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """一件记录在全站文件里的部分: what lists of the API, data files, the change log and search are put together from.

    ``line`` is its line in the list of the API, ``row`` its row of data. ``poster`` is to be printed, all posters
    in one go; None where none is due. ``searched`` is None where search must not find it.
    """

    line: bytes
    row: PlainRow
    changes: tuple[Change, ...]
    poster: PosterSheet | None
    searched: SearchRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Produced:
    """一件记录的成品. Two parts, because most builds read what is listed of a record and link its own files."""

    own: OwnFiles
    listed: Listed


def produce(
    record: PublicNotice | PublicHonour | PublicDecision,
    context: SiteContext,
    logged: LoggedRecord | None = None,
) -> Produced:
    """The product of one record. ``logged``: its place in the log of publications, if it has one."""
    if isinstance(record, PublicNotice):
        return _notice(record, context, logged)
    if isinstance(record, PublicHonour):
        return _honour(record, context, logged)
    return _decision(record, context, logged)


def _digest(document: Document) -> str:
    return digest_of_content(logged_document(plain(document)))


def _notice(notice: PublicNotice, context: SiteContext, logged: LoggedRecord | None) -> Produced:
    document = notice_document(notice, context)
    page = cited_notice(notice, context, document.version, logged)
    made = notice_files(document)
    sheet: tuple[tuple[str, bytes], ...] = ()
    if context.objection_sheets and has_sheet(notice):
        # Its library is dear to load, and most records that change have none.
        from generator.outputs.objection_sheet.objection_document import objection_document

        sheet = ((f"{notice.path}{SHEET}", objection_document(notice, context)),)
    return Produced(
        own=OwnFiles(
            id=notice.id,
            version=document.version,
            digest=_digest(document),
            holds=notice_holding(notice, context.as_of),
            page=page,
            files=((notice_address(notice.id), made.file), *sheet, *deadline_file(notice, context)),
            card=card_due(notice, context),
        ),
        listed=Listed(
            poster=poster_sheet(notice, context) if context.posters and is_posted(notice) else None,
            line=made.line,
            row=plain_row(NOTICES.row(document)),
            changes=tuple(notice_changes(notice)),
            searched=notice_record(notice, page) if context.search else None,
        ),
    )


def _honour(honour: PublicHonour, context: SiteContext, logged: LoggedRecord | None) -> Produced:
    document = honour_document(honour, context)
    page = render_honour(honour, context, document.version, logged)
    made = honour_files(document)
    badge = honour_badge(honour, document.version)
    portrait: tuple[tuple[str, bytes], ...] = ()
    if honour.portrait is not None and document.portrait is not None:
        portrait = ((honour.portrait_path, honour.portrait.picture),)
    return Produced(
        own=OwnFiles(
            id=honour.id,
            version=document.version,
            digest=_digest(document),
            holds=Holding(),
            page=page,
            files=((honour_address(honour.id), made.file), (badge_address(honour.id), badge), *portrait),
            card=card_due(honour, context),
        ),
        listed=Listed(
            poster=None,
            line=made.line,
            row=plain_row(HONOURS.row(document)),
            changes=tuple(honour_changes(honour)),
            searched=honour_record(honour, page) if context.search else None,
        ),
    )


def _decision(decision: PublicDecision, context: SiteContext, logged: LoggedRecord | None) -> Produced:
    document = decision_document(decision, context)
    page = render_decision(decision, context, document.version, logged)
    made = decision_files(document)
    return Produced(
        own=OwnFiles(
            id=decision.id,
            version=document.version,
            digest=_digest(document),
            holds=Holding(),
            page=page,
            files=((decision_address(decision.id), made.file),),
            card=card_due(decision, context),
        ),
        listed=Listed(
            poster=None,
            line=made.line,
            row=plain_row(DECISIONS.row(document)),
            changes=tuple(decision_changes(decision)),
            searched=decision_record(decision, page) if context.search else None,
        ),
    )
