"""The pages below ``en/`` of the sample site, as a reader of English and a search engine meet them."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import html

BASE = "https://yiyong.example/"
CHINESE = re.compile("[㐀-鿿]")


@pytest.fixture(scope="module")
def english(sample_site: Path) -> dict[str, html.HtmlElement]:
    pages = {
        path.parent.relative_to(sample_site).as_posix() + "/": path
        for path in sample_site.glob("en/**/index.html")
    }
    return {address: html.fromstring(path.read_bytes()) for address, path in pages.items()}


def test_each_task_has_its_english_page(english: dict[str, html.HtmlElement]) -> None:
    assert {"en/", "en/objections/", "en/about/", "en/data/", "en/policies/", "en/policies/compare/"} <= set(
        english
    )
    assert {"en/policies/kunming/", "en/policies/kunming/for-me/", "en/policies/hubei/"} <= set(english)


def test_each_says_its_language_and_knows_its_other_half(
    english: dict[str, html.HtmlElement], sample_site: Path
) -> None:
    for address, page in english.items():
        assert page.get("lang") == "en-GB", address
        other = {link.get("hreflang"): link.get("href") for link in page.iterfind(".//link[@hreflang]")}
        chinese = address.removeprefix("en/")
        assert other == {"zh-CN": BASE + chinese, "en": BASE + address}
        assert page.find(".//link[@rel='canonical']").get("href") == BASE + address
        if chinese:
            told = html.fromstring((sample_site / chinese / "index.html").read_bytes())
            assert {
                link.get("hreflang"): link.get("href") for link in told.iterfind(".//link[@hreflang]")
            } == other


def test_links_stay_in_english_where_there_is_english(
    english: dict[str, html.HtmlElement], sample_site: Path
) -> None:
    for address, page in english.items():
        for link in page.iter("a"):
            to = urljoin(BASE + address, link.get("href") or "#").partition("#")[0].partition("?")[0]
            if not to.startswith(BASE) or link.get("lang") == "zh-CN":
                continue
            path = to.removeprefix(BASE)
            assert (sample_site / path).exists(), (address, path)
            assert f"en/{path}" not in english, (address, path)


def test_nothing_is_left_in_chinese_but_names_and_what_is_marked(
    english: dict[str, html.HtmlElement],
) -> None:
    for address, page in english.items():
        for node in page.iter():
            if not isinstance(node.tag, str) or node.tag in ("script", "style"):
                continue
            # Of whom to ask, the name and the number stand there.
            marked = any(
                up.get("lang", "").startswith("zh") or up.get("id") == "silent"
                for up in (node, *node.iterancestors())
            )
            if (
                not marked
                and node.text
                and (
                    found := CHINESE.search(
                        re.sub(
                            "（?[「“]?(见义勇为|义勇录|提出异议|异议书|办理经过|收到异议，正在审查)",
                            "",
                            node.text,
                        )
                    )
                )
            ):
                raise AssertionError(f"{address}: {node.text.strip()[:60]} ({found.group()})")


def test_the_last_moment_is_the_chinese_page_s(
    english: dict[str, html.HtmlElement], sample_site: Path
) -> None:
    rows = english["en/"].findall(".//li[@data-closes-at]")
    assert rows
    for row in rows:
        path = urljoin("/en/", row.find(".//a").get("href"))
        notice = html.fromstring((sample_site / path.strip("/") / "index.html").read_bytes())
        assert row.get("data-closes-at") in {
            item.get("data-closes-at") for item in notice.iterfind(".//*[@data-closes-at]")
        }


def test_a_record_tells_in_english_what_it_is(sample_site: Path) -> None:
    page = html.fromstring(next(sample_site.glob("notices/wuhan-*/index.html")).read_bytes())
    line = page.find(".//p[@lang='en']")
    assert line.get("lang") == "en" and line.find("a").get("href") == "../../en/"


def test_no_page_names_one_language_twice(sample_site: Path) -> None:
    named = {
        path: re.findall(r'<link[^>]* hreflang="([^"]+)"', path.read_text(encoding="utf-8"))
        for path in sample_site.rglob("*.html")
    }
    assert sum(map(bool, named.values())) > 50
    assert {path: found for path, found in named.items() if len(found) > len(set(found))} == {}


def test_the_comparison_says_words_and_no_codes(sample_site: Path) -> None:
    told = {
        path: html.fromstring(path.read_bytes()).find(".//main").text_content()
        for path in sample_site.glob("**/policies/compare/**/index.html")
    }
    told |= {path: path.read_text(encoding="utf-8") for path in sample_site.glob("policies/compare.csv")}
    assert len(told) > 20
    codes = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
    assert {path: found for path, words in told.items() if (found := codes.findall(words))} == {}


def test_a_list_names_a_record_by_what_was_done_how_many_people_and_where(
    english: dict[str, html.HtmlElement],
) -> None:
    rows = english["en/"].findall(".//li[@data-closes-at]")
    links = [" ".join(row.find(".//a").text_content().split()) for row in rows]
    assert "Water rescue, 3 people, Wuhan (wuhan-2026-0009)" in links
    assert not [
        link for link in links if not re.fullmatch(r"[A-Z][a-z ]+, .+, [A-Z]\w+ \([-a-z0-9]+\)", link)
    ]
    assert all(CHINESE.search(row.find(".//p[@lang='zh-CN']").text_content()) for row in rows)
