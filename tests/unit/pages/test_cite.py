"""引用块."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qs
from xml.etree.ElementTree import Element

import html5lib
import pytest

from generator.pages.citation import Citable, citations
from generator.pages.cite import FOR_PEOPLE, FOR_PROGRAMS, cite_block, cite_head, cite_script
from generator.pages.cited_notice import cited_notice, notice_citable
from generator.pages.honour_page import honour_citable, render_honour
from generator.public.logged_record import LoggedRecord
from generator.source.model.instant import SHANGHAI
from tests.public_records import HOSTILE_TO_MARKUP, context, honour, notice, revoked_honour, tombstone

STYLES = (*FOR_PEOPLE, *FOR_PROGRAMS)
ITEM = honour_citable(honour(), context(), "0123456789ab")


def parsed(html: str) -> Element:
    return html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)


def by_id(html: str, name: str) -> Element:
    (found,) = [element for element in parsed(html).iter() if element.get("id") == name]
    return found


@pytest.mark.parametrize("style", STYLES)
def test_what_is_copied_is_the_citation(style: str) -> None:
    text = "".join(by_id(cite_block(ITEM), f"cite-{style.replace('_', '-')}").itertext())
    assert text == getattr(citations(ITEM, None), style)


@pytest.mark.parametrize("style", STYLES)
def test_filled_patterns_give_the_citation_of_today(style: str) -> None:
    element = by_id(cite_block(ITEM), f"cite-{style.replace('_', '-')}")
    today = date(2026, 11, 9)
    values = {"Y": "2026", "m": "11", "d": "09", "n": "11", "e": "9", "B": "November"}
    parts = [element.text or ""]
    for child in element:
        pattern = child.get("data-accessed") or ""
        parts += [re.sub("%([YmdneB])", lambda found: values[found[1]], pattern), child.tail or ""]
    assert "".join(parts) == getattr(citations(ITEM, today), style)


def test_hostile_text_stays_text() -> None:
    def with_text(text: str) -> Citable:
        cited = replace(honour(), title=text, grantor=text, number=text)
        return honour_citable(cited, context(), "0123456789ab")

    plain = [element.tag for element in parsed(cite_block(with_text("字"))).iter()]
    for text in HOSTILE_TO_MARKUP:
        html = cite_block(with_text(text))
        assert [element.tag for element in parsed(html).iter()] == plain, text[:40]
        cited = "".join(by_id(html, "cite-gbt7714-2025").itertext())
        assert cited == citations(with_text(text), None).gbt7714_2025, text[:40]


def test_coins_is_read_back() -> None:
    (span,) = [
        element for element in parsed(cite_block(ITEM)).iter("span") if element.get("class") == "Z3988"
    ]
    values = parse_qs(span.get("title") or "")
    assert values["rft.title"] == [ITEM.title]
    assert values["rft.identifier"] == [ITEM.url]


def test_metadata_is_read_by_an_independent_parser() -> None:
    with warnings.catch_warnings():  # extruct's own dependencies warn on import
        warnings.simplefilter("ignore")
        import extruct

        page = render_honour(honour(), context(), "0123456789ab")
        html = f"<html><head>{page.head}</head><body>{page.body}</body></html>"
        found = extruct.extract(html, syntaxes=["json-ld", "dublincore"])
    assert found["json-ld"][0]["@type"] == "Article"
    elements = {item["name"]: item["content"] for item in found["dublincore"][0]["elements"]}
    assert elements["DC.title"] == "李大勇（武汉市见义勇为英雄）"
    assert 'name="citation_title" content="李大勇（武汉市见义勇为英雄）"' in cite_head(ITEM)


def test_a_notice_is_cited_by_its_signatories_and_last_change() -> None:
    item = notice_citable(notice(), context(), "0123456789ab")
    assert item.responsible == notice().signatories
    assert item.updated_on is None
    page = cited_notice(notice(), context(), "0123456789ab")
    assert item.version in page.body
    assert item.title in page.head
    assert page.head.count("assets/cite.js") == 1
    assert len((page.head + page.body).encode()) < 40_000


def test_a_notice_is_cited_with_a_change_that_only_the_log_knows() -> None:
    """Names thinned out are no step of the procedure, and yet the page is another one since."""
    logged = LoggedRecord(
        origin="yiyong.example/log",
        ordinal=9,
        event="reduced",
        at=datetime(2027, 1, 4, 0, 30, tzinfo=SHANGHAI),
        count=2,
        signed=False,
        stamped_at=(),
        seen=None,
        waits=False,
    )
    assert notice_citable(notice(), context(), "0123456789ab", logged).updated_on == "2027-01-04"
    page = cited_notice(notice(), context(), "0123456789ab", logged)
    assert '"dateModified":"2027-01-04"' in page.head.replace(" ", "")
    assert page.lastmod == "2027-01-04"
    first = replace(logged, count=1)
    assert notice_citable(notice(), context(), "0123456789ab", first).updated_on is None, (
        "the log began later"
    )


def test_a_thinned_notice_is_cited_with_the_word_that_its_title_names_nobody() -> None:
    said = "题名中的姓名已隐去"
    assert said in cited_notice(replace(notice(), thinned=True), context(), "0123456789ab").body.partition(
        'class="yy-cite"'
    )[2]  # fmt: skip
    assert notice_citable(notice(), context(), "0123456789ab").status is None


def test_a_tombstone_of_a_notice_is_not_cited() -> None:
    page = cited_notice(tombstone(), context(), "0123456789ab")
    assert "yy-cite" not in page.body
    assert "citation_title" not in page.head


def test_a_revoked_honour_is_cited_as_revoked_and_without_names() -> None:
    item = honour_citable(revoked_honour(), context(), "0123456789ab")
    whole: dict[str, Any] = {style: getattr(citations(item, None), style) for style in STYLES}
    for style, text in whole.items():
        assert "李大勇" not in text, style
        assert "撤销" in text, style


def test_the_script_is_asked_for_by_a_relative_address() -> None:
    assert cite_script("../../") == '<script src="../../assets/cite.js" defer></script>'
