"""成页 (render): every page of the site, from what was prepared.

All of them are filled into shells; MkDocs sees none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.catalogue import speaking
from generator.outputs.data.data_page import render_data_page
from generator.outputs.objection_sheet.blank_sheet import render_blank_sheet
from generator.pages.decision_lists import decision_lists
from generator.pages.english_home import render_english_home
from generator.pages.english_pages import below_english, english_site, with_english
from generator.pages.home_page import render_home
from generator.pages.honour_rolls import honour_rolls
from generator.pages.log_page import render_log_page
from generator.pages.notice_lists import notice_lists
from generator.pages.page import Page, root_of
from generator.pages.statistics import FOLDER as STATISTICS
from generator.pages.statistics import counted, year_chart_html
from generator.pages.statistics_page import render_statistics_page
from generator.pages.subscribe_page import render_subscribe_page
from generator.pages.vacant_page import render_vacant_pages
from generator.pages.verify_page import render_verify_page
from generator.pipeline.law_of_day import law_pages
from generator.pipeline.prepare import Prepared, all_records
from generator.pipeline.produce import produce
from generator.public.documents import Kind
from generator.public.list_index import years_apart
from generator.public.list_parts import ListPart, all_of
from generator.public.policy_document import policy_documents
from generator.public.public_case import PublicHonour


def index_pages(prepared: Prepared) -> Iterator[Page]:
    """Every page that is not a single record's: home, lists, rolls, digests."""
    for parts in list_pages(prepared).values():
        yield from all_of(parts)
    yield from all_of(bounded_pages(prepared))
    yield from law_pages(prepared)


def list_pages(prepared: Prepared) -> dict[Kind, Iterator[ListPart[Page]]]:
    """Lists and rolls of each kind of record, in parts."""
    context = prepared.context
    standing = Counter(row.jurisdiction for row in prepared.honour_rows if not row.revoked)
    return {
        "honours": honour_rolls(prepared.honour_rows, context),
        "notices": notice_lists(prepared.notice_rows, context),
        "decisions": decision_lists(prepared.decision_rows, standing, context),
    }


def bounded_pages(prepared: Prepared) -> Iterator[ListPart[Page]]:
    """Pages whose number and length do not grow with the public records."""
    context, honours = prepared.context, prepared.honour_rows
    ids = {
        "notices": tuple(row.id for row in prepared.notice_rows),
        "honours": tuple(row.id for row in honours),
        "decisions": tuple(prepared.decisions),
    }
    counts = {kind: len(own) for kind, own in ids.items()}
    years = {kind: years_apart(own) for kind, own in ids.items()}

    def home() -> Iterator[Page]:
        chart = year_chart_html(honours, context, root_of(""))
        yield with_english(render_home(prepared.notice_rows, honours, context, chart), context)
        if context.site.english is not None:
            with speaking("en"):
                english = english_site(context)
                page = render_english_home(prepared.notice_rows, english)
                pages = tuple(below_english((page,), english))
            yield from pages

    def statistics() -> Iterator[Page]:
        yield render_statistics_page(honours, context)

    def others() -> Iterator[Page]:
        yield from render_vacant_pages(prepared.vacant)
        yield render_blank_sheet(context)
        yield render_verify_page(context)
        if context.log is not None:
            yield render_log_page(context)
        yield render_subscribe_page(context)
        told = {**counts, "policies": len(policy_documents(context))}
        yield with_english(render_data_page(told, context, years=years), context)
        if context.site.english is not None:
            with speaking("en"):
                english = english_site(context)
                page = render_data_page(told, english, years=years)
                pages = tuple(below_english((page,), english))
            yield from pages

    minute = context.as_of.isoformat()
    yield ListPart(path="", records=(*ids["notices"], *ids["honours"]), said=(minute,), make=home)
    yield ListPart(path=STATISTICS, records=(), said=(counted(honours),), make=statistics)
    vacant = tuple(item.path for item in prepared.vacant)
    said = (*counts.items(), *years.items(), *vacant, repr(context.log))
    yield ListPart(path="data/", records=(), said=said, make=others)


def record_pages(prepared: Prepared) -> Iterator[Page]:
    """The page of every record, as it stands without a shell."""
    return (
        produce(record, prepared.context, prepared.logged.get(record.id)).own.page
        for record in all_records(prepared)
    )


def record_pictures(prepared: Prepared) -> Iterator[tuple[str, bytes]]:
    """The pictures that pages of records show, as (path from the root, bytes)."""
    for record in all_records(prepared):
        if isinstance(record, PublicHonour) and record.portrait is not None:
            yield record.portrait_path, record.portrait.picture
