"""法规页面与文件的制作 (law making): what :mod:`generator.pipeline.law_of_day` keeps, made anew."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import speaking
from generator.outputs.data.api import API, benefits_json, policies_json
from generator.outputs.data.policy_table import compare_csv, compare_xlsx
from generator.outputs.data.schemas import schemas
from generator.outputs.search.answer_texts import answer_files
from generator.pages.english_pages import (
    below_english,
    counterparts,
    english_context,
    relinked,
    with_english,
)
from generator.pages.page import ENGLISH, Page
from generator.pages.policy.codebook_page import render_codebook
from generator.pages.policy.compare_pages import compare_json
from generator.pages.policy.digests import render_digests, render_instruments
from generator.pages.policy.policy_compare import CSV, XLSX, columns, national
from generator.public.benefit_document import benefit_documents
from generator.public.context import SiteContext
from generator.public.json_text import in_one
from generator.public.policy_document import policy_documents

__all__ = ["daily_files", "digests", "files", "render_instruments"]


def digests(context: SiteContext) -> Iterator[Page]:
    """Digests, comparisons and what the words mean, in Chinese and in English."""
    if context.site.english is None:
        yield from render_digests(context)
    else:
        with speaking("en"):
            english = english_context(context)
            below = tuple(below_english(tuple(render_digests(english)), english))
        yield from below
        for page in render_digests(context):
            yield with_english(page, context)
    yield render_codebook(context)


def files(context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """(path from the root, bytes) of every file that tells of the law alone and of no day, but the data table."""
    found = columns(context)
    yield CSV, compare_csv(found)
    yield from compare_json(found, national(context))
    yield from schemas(context)
    if context.search:
        yield from answer_files(context)
    if context.site.english is not None:
        with speaking("en"):
            english = english_context(context)
            for path, data in compare_json(columns(english), national(english)):
                yield f"{ENGLISH}{path}", relinked(data.decode(), counterparts(english)).encode()
            if context.search:
                for path, data in answer_files(english):
                    yield f"{ENGLISH}{path}", data


def daily_files(context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """Those that tell the day."""
    yield f"{API}policies.json", in_one(policies_json(policy_documents(context)))
    yield f"{API}benefits.json", in_one(benefits_json(benefit_documents(context)))
    yield XLSX, compare_xlsx(columns(context), context)
