"""成页 (render): every page of the site, from what was prepared.

All of them are filled into shells; MkDocs sees none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.catalogue import speaking
from generator.outputs.data.data_page import render_data_page
from generator.outputs.objection_sheet.blank_sheet import render_blank_sheet
from generator.pages.decision_lists import render_decision_lists
from generator.pages.english_home import render_english_home
from generator.pages.english_pages import below_english, english_context, with_english
from generator.pages.home_page import render_home
from generator.pages.honour_rolls import render_honour_rolls
from generator.pages.notice_lists import render_notice_lists
from generator.pages.page import Page, root_of
from generator.pages.search_page import render_search_page
from generator.pages.statistics import year_chart_html
from generator.pages.statistics_page import render_statistics_page
from generator.pages.vacant_page import render_vacant_pages
from generator.pages.verify_page import render_verify_page
from generator.pipeline.law_of_day import law_pages
from generator.pipeline.prepare import Prepared, all_records
from generator.pipeline.produce import produce
from generator.public.policy_document import policy_documents
from generator.system.packing import pack_each, unpack_each
from generator.system.workers import parallel


def index_pages(prepared: Prepared) -> Iterator[Page]:
    """Every page that is not a single record's: home, lists, rolls, digests.

    Rendered once a build, and read back from the spool after that.
    """
    context = prepared.context
    flags = "".join(str(int(flag)) for flag in (context.search, context.objection_sheets, context.posters))
    plan = IndexPlan(prepared=prepared, name=f"index-{flags}")
    paths = [plan.path(number) for number in range(len(_GROUPS))]
    if not all(path.exists() for path in paths):
        for _ in parallel(_spool_group, plan, range(len(_GROUPS)), prepared.jobs):
            pass
    for path in paths:
        with path.open("rb") as file:
            yield from unpack_each(file, Page)
    yield from law_pages(prepared)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPlan:
    """目录页各组共用."""

    prepared: Prepared
    name: str

    def path(self, group: int) -> Path:
        """File of the spool for one group."""
        return self.prepared.spool / f"{self.name}.{group}"


def _spool_group(plan: IndexPlan, number: int) -> None:
    with plan.path(number).open("wb") as file:
        file.writelines(pack_each(_GROUPS[number](plan.prepared)))


def _notice_group(prepared: Prepared) -> Iterator[Page]:
    return render_notice_lists(prepared.notice_rows, prepared.context)


def _honour_group(prepared: Prepared) -> Iterator[Page]:
    return render_honour_rolls(prepared.honour_rows, prepared.context)


def _decision_group(prepared: Prepared) -> Iterator[Page]:
    return render_decision_lists(prepared.decision_rows, prepared.context)


def _bounded_group(prepared: Prepared) -> Iterator[Page]:
    """Pages whose number and length do not grow with the public records."""
    context = prepared.context
    chart = year_chart_html(prepared.honour_rows, context, root_of(""))
    yield with_english(render_home(prepared.notice_rows, prepared.honour_rows, context, chart), context)
    yield render_statistics_page(prepared.honour_rows, context)
    yield from render_vacant_pages(prepared.vacant)
    yield render_blank_sheet(context)
    yield render_verify_page(context)
    if context.search:
        yield render_search_page(context)
    counts = {
        "notices": len(prepared.notice_rows),
        "honours": len(prepared.honour_rows),
        "decisions": len(prepared.decisions),
        "policies": len(policy_documents(context)),
    }
    yield with_english(render_data_page(counts, context), context)
    if context.site.english is not None:
        with speaking("en"):
            english = english_context(context)
            pages = (render_english_home(prepared.notice_rows, english), render_data_page(counts, english))
            yield from below_english(pages, english)


_GROUPS = (_honour_group, _notice_group, _bounded_group, _decision_group)


def record_pages(prepared: Prepared) -> Iterator[Page]:
    """The page of every record, as it stands without a shell."""
    return (
        produce(record, prepared.context, prepared.logged.get(record.id)).own.page
        for record in all_records(prepared)
    )
