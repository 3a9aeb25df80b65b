"""编码手册页 (codebook page): ``policies/codebook/``."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from markupsafe import Markup

from generator.catalogue import wording
from generator.pages.cite import cite_block
from generator.pages.page import Page, root_of
from generator.pages.policy.cited_policy import policy_citable
from generator.pages.policy.compare_pages import STYLE
from generator.pages.policy.policy_head import policy_head, policy_search
from generator.pages.templating import render
from generator.public.codebook import codebook_version, codes, topic_uses
from generator.public.context import SiteContext

PATH = "policies/codebook/"


def render_codebook(context: SiteContext) -> Page:
    """编码手册: topics, codes, how they are given, what has changed, and how to cite the data set."""
    w, words = wording("codebook"), wording("policies")
    steps = (("policies/", words["section"]), (PATH, w["title"]))
    versions = [version for item in context.library.instruments for version in item.versions]
    cited = policy_citable(PATH, w["title"], versions, context)
    values: dict[str, Any] = {
        "w": w,
        "root": root_of(PATH),
        "url": context.absolute(PATH),
        "context": context,
        "title": w["title"],
        "steps": steps,
        "version": codebook_version(),
        "topics": list(topic_uses(context.library)),
        "variables": [
            (w["variables"][variable], variable, list(found))
            for variable, found in groupby(codes(), key=lambda code: code.variable)
            if variable != "topic"
        ],
        "changes": [{**change, "on": date.fromisoformat(change["on"])} for change in w["change_log"]],
        "downloads": (
            ("data/codebook.csv", w["csv"]),
            ("data/policies.csv", w["rows"]),
            ("data/datapackage.json", w["package"]),
        ),
        "cite_html": Markup(cite_block(cited)),
        "cite_heading": wording("honours")["cite"]["heading"],
    }
    search, filters = policy_search(w["title"], city=None)
    return Page(
        path=PATH,
        section="policies",
        title=w["title"],
        description=w["description"],
        body=render("codebook.html", values),
        head=policy_head(context, PATH, w["title"], steps, style=STYLE, cited=cited),
        stamped=False,
        search=search,
        filters=filters,
    )
