"""留着的名单地址 (kept lists): what answers at the addresses of lists that were published and that no record calls for.

A page leads to the list as it stands, a feed or a page of the API has no entries, a workbook holds its year whatever
the table is cut by.
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import cast, get_args

from generator.catalogue import speaking, wording
from generator.outputs.data.api import list_json
from generator.outputs.feeds.atom import FeedDocument, feed_bytes
from generator.outputs.feeds.feed_paging import current_path
from generator.pages.empty_list_page import render_empty_list
from generator.pages.page import language_of
from generator.pipeline.data_step import year_unit
from generator.pipeline.site_tree import NewFile, Unit
from generator.pipeline.stamp import StampPlan
from generator.public.context import SiteContext
from generator.public.documents import Kind
from generator.system.hashing import digest

_INDEX = "index.html"
_WORKBOOK = re.compile(rf"data/({'|'.join(get_args(Kind))})-([0-9]{{4}})\.xlsx")


def kept_lists(plan: StampPlan, paths: Set[str]) -> dict[str, Unit]:
    """Files for what was published as a list and is not among ``paths``, the files of the site."""
    return {path: _unit(plan, path, paths) for path in sorted(plan.prepared.addresses - paths)}


def _unit(plan: StampPlan, path: str, paths: Set[str]) -> Unit:
    if found := _WORKBOOK.fullmatch(path):
        return year_unit(plan, cast("Kind", found[1]), int(found[2]))
    context = plan.prepared.context
    if path.endswith(_INDEX):
        with speaking(language_of(path)):
            file = plan.page_file(render_empty_list(path.removesuffix(_INDEX), _near(path, paths)))
    elif path.endswith(".atom"):
        file = NewFile(path, _without_entries(path, context))
    else:
        file = NewFile(path, b"".join(list_json(())))
    made_from = digest(file.data if isinstance(file.data, bytes) else b"")
    return plan.tree.kept(path, made_from) or plan.tree.made(path, made_from, [file])


def _near(path: str, paths: Set[str]) -> str:
    """The nearest folder above the page that has a page: ``notices/kinds/water_rescue/``."""
    folder = path.removesuffix(_INDEX)
    while folder:
        folder = folder.rstrip("/").rpartition("/")[0]
        folder = folder and f"{folder}/"
        if f"{folder}{_INDEX}" in paths:
            break
    return folder


def _without_entries(path: str, context: SiteContext) -> bytes:
    words = wording("common")["empty_list"]
    current = current_path(path)
    feed = FeedDocument(
        tag=current.removesuffix(".atom"),
        title=f"{words['title']} · {context.site.name}",
        subtitle=words["explain"],
        path=path,
        current=current,
        page="changes/",
        updated=context.midnight,
        archive=current != path,
    )
    return feed_bytes(feed, (), context)
