"""改动的字词: versions side by side mark the words in which a row differs, whole words and only those."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.pages.policy.changed_words import changed_words
from generator.pages.policy.compare_pages import PATH
from tests.policy_site import pages, parsed

_MARK = re.compile(r'<mark data-other="([^"]*)">(.*?)</mark>')


def marked(html: str) -> list[tuple[str, str]]:
    return _MARK.findall(html)


def test_a_changed_organ_is_marked_as_a_word_with_the_cells_that_lack_it() -> None:
    cells = {
        "2015": "<p>确认由综治机构负责。<a>第八条</a></p>",
        "2019": "<p>确认由综治机构负责。<a>第八条</a></p>",
        "2025": "<p>确认由平安建设主管机关负责。<a>第八条</a></p>",
    }
    found = changed_words(cells)
    assert marked(found["2015"]) == marked(found["2019"]) == [("2025", "综治机构")]
    assert marked(found["2025"]) == [("2015 2019", "平安建设主管机关")]


def test_cells_that_have_hardly_a_word_in_common_are_not_marked_all_over() -> None:
    cells = {"a": "<p>公示至少七日。</p>", "b": "<p>由市人民政府另行制定实施办法。</p>"}
    assert changed_words(cells) == cells


@given(st.lists(st.text("公示确认七日<&;\"' a"), min_size=2, max_size=3))
def test_marks_change_nothing_but_add_themselves(texts: list[str]) -> None:
    escape = str.maketrans({"<": "&lt;", "&": "&amp;", '"': "&#34;"})
    cells = {str(n): f"<p>{text.translate(escape)}</p>" for n, text in enumerate(texts)}
    for key, html in changed_words(cells).items():
        assert _MARK.sub(r"\2", html) == cells[key]


def test_rows_of_versions_that_differ_are_marked_and_those_that_agree_are_not() -> None:
    tree = parsed(pages()[f"{PATH}wuhan/"])
    rows = {row.get("data-row"): row for row in tree.iter("tr") if row.get("data-row")}
    told = {
        cell.get("data-at"): {"".join(mark.itertext()) for mark in cell.iter("mark")}
        for cell in rows["confirmation"].iter("td")
    }
    assert told["2019-07-26"] == {"综治机构"} and told["2025-05-29"] == {"平安建设主管机关"}
    for row in rows.values():
        signs = {cell.get("data-sign") for cell in row.iter("td")} - {""}
        assert len(signs) > 1 or not list(row.iter("mark")), row.get("data-row")
