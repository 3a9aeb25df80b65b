"""编码手册页 (codebook page): ``policies/codebook/``."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from generator.catalogue import wording
from generator.pages.page import Page
from generator.pages.policy.policy_page import policy_page
from generator.public.codebook import codebook_version, codes, topic_uses
from generator.public.context import SiteContext

PATH = "policies/codebook/"


def render_codebook(context: SiteContext) -> Page:
    """编码手册: topics, codes, how they are given, what has changed, and how to cite the data set."""
    w, words = wording("codebook"), wording("policies")
    steps = (("policies/", words["section"]), (PATH, w["title"]))
    uses = {use.code.code: use for use in topic_uses(context.library)}
    versions = [version for item in context.library.instruments for version in item.versions]
    values: dict[str, Any] = {
        "w": w,
        "version": codebook_version(),
        "topics": [
            (group["title"], [uses[topic] for topic in group["topics"]])
            for group in words["digest"]["groups"]
        ],
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
    }
    return policy_page(
        context,
        "codebook.html",
        values,
        path=PATH,
        title=w["title"],
        description=w["description"],
        steps=steps,
        shows=versions,
        style="codebook",
    )
