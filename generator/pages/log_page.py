"""公布日志页 (page of the log): ``/log/``, beside the files of the log: what it is, how long, and how to check it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from generator.catalogue import wording
from generator.pages.page import Page, root_of
from generator.pages.page_head import government_tags, head_html, style_sheet
from generator.pages.templating import render
from generator.public.context import SiteContext

PATH = "log/"


def render_log_page(context: SiteContext) -> Page:
    """``/log/``, of a site that has a log. It changes with the log and with nothing else."""
    words, log = wording("log"), context.log
    assert log is not None
    values: dict[str, Any] = {
        "w": words,
        "proof": wording("verify")["proof"],
        "root": root_of(PATH),
        "log": log,
        "software": context.site.software,
        "example": context.site.sample is not None,
        "checkpoint": f"{urlsplit(context.site.base_url).hostname}-{log.size}.txt",
        "url": context.absolute(PATH),
        "day": context.day,
        "steps": ((PATH, words["title"]),),
    }
    return Page(
        path=PATH,
        section="data",
        title=words["title"],
        description=words["description"],
        body=render("log.html", values),
        head=head_html(
            style_sheet(root_of(PATH), "records"),
            government_tags(context, column=words["title"], column_description=words["description"]),
        ),
    )
