"""``/log/``: for somebody who wants to check that nothing was taken out, from the easiest way to the strictest."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

from generator.catalogue import wording
from generator.pages.log_page import render_log_page
from generator.public.context import PublicLog
from tests.policy_site import by_id, parsed, site_context, words

LOG = PublicLog(origin="yiyong.example/log", size=173, key=None)


def page(software: str | None = None) -> Element:
    context = site_context()
    site = context.site.model_copy(update={"software": software})
    return parsed(render_log_page(replace(context, site=site, log=LOG)))


def hrefs(within: Element) -> list[str]:
    return [node.get("href") or "" for node in within.iter("a")]


def test_three_ways_stand_apart_and_are_no_steps() -> None:
    check = by_id(page(), "check")
    assert not list(check.iter("ol")), "alternatives are not numbered like steps of one way"
    ways = [words(node) for node in check.iter("h3")]
    assert len(ways) == 3
    assert "浏览器" in ways[0] and "检查点" in ways[1] and "程序" in ways[2]


def test_each_way_leads_to_what_it_needs() -> None:
    tree = page()
    found = hrefs(by_id(tree, "check"))
    assert "../changes/" in found and "../verify/#proof" in found
    kept = next(node for node in by_id(tree, "check").iter("a") if node.get("href") == "../log/checkpoint")
    assert kept.get("download"), "a checkpoint is kept as a file"


def test_the_commands_have_a_source_or_it_is_said_that_none_is_known() -> None:
    told = words(by_id(page(), "check"))
    assert "本站没有写明" in told and "说明.txt" in told and "openssl" in told
    named = by_id(page("https://code.example/yiyong"), "check")
    assert "https://code.example/yiyong" in hrefs(named) and "本站没有写明" not in words(named)
    assert ("示例地址" in words(named)) == (site_context().site.sample is not None)
    for command in wording("log")["check"]["commands"]:
        assert command.replace(" ", "") in told
