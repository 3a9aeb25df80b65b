"""The nation's digest says at its head what its laws give anybody; no heading of a digest stands without content."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from tests.every_row import every_row
from tests.policy_site import by_class, by_id, english_pages, pages, parsed, words

HEADINGS = frozenset({"h2", "h3"})


def digests() -> list[str]:
    return [path for path in pages() if path.startswith("policies/") and path.count("/") == 2]


def test_the_head_says_what_national_law_gives_anybody() -> None:
    body = pages()["policies/quanguo/"].body
    tree = parsed(pages()["policies/quanguo/"])
    assert body.index("yy-holding") < body.index('id="figures"'), "which texts hold leads, as everywhere"
    (head,) = by_class(tree, "yy-holding")
    assert len(list(head.iter("p"))) == 2, "their titles are one paragraph: what they give is a screen away"
    first = [words(item) for item in by_class(tree, "yy-keys__first")]
    assert len(first) >= 3
    told = " ".join(first)
    for article in ("第一百八十三条", "第一百八十四条", "第十五条第一款第（二）项", "第三十二条第（二）项"):
        assert article in told, told
    assert "救助人不承担民事责任" in told
    (martyrs,) = (item for item in first if "评定为烈士" in item)
    for sum_given in ("30倍", "20倍加40个月", "定期抚恤金"):
        assert sum_given in martyrs
    assert "第十七条第一款第（一）项" in martyrs and "第十七条第一款第（二）项" in martyrs
    assert "一次性工亡补助金" in told
    assert "同违法犯罪作斗争、救他人受伤是否在内" in told, "what the article leaves open is said beside it"


def test_the_english_head_says_it_too() -> None:
    digest, _ = english_pages("quanguo")
    tree = parsed(digest)
    told = " ".join(words(item) for item in by_class(tree, "yy-keys__first"))
    assert "CivilCode" in told and not any("一" <= letter <= "鿿" for letter in told), told


@every_row("path", digests)
def test_no_heading_of_a_digest_stands_without_content(path: str) -> None:
    tree = parsed(pages()[path])
    if path == "policies/quanguo/":
        assert "一步一步怎么走" not in words(tree)
    for section in tree.iter("section"):
        said = words(section)
        titles = "".join(words(item) for item in section.iter() if item.tag in HEADINGS)
        assert len(said) > len(titles), (path, section.get("id"))
    for link in linked(tree):
        assert by_id(tree, link) is not None


def linked(tree: Element) -> list[str]:
    return [
        href[1:] for a in tree.iter("a") if (href := a.get("href") or "").startswith("#") and len(href) > 1
    ]
