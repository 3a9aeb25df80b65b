"""内容安全策略: every inline script of every page is named by its hash in that page, and nothing else may run."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from pathlib import Path

import pytest

from generator.pipeline.csp import inline_scripts, policy, script_hash, with_policy

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def directives(page: str) -> dict[str, list[str]]:
    (content,) = META.findall(page)
    parts = (part.split() for part in html.unescape(content).split("; "))
    return {name: sources for name, *sources in parts}


def test_the_hash_is_that_of_the_standard() -> None:
    # From the specification: 3.1 of CSP Level 3 hashes the text between the tags.
    expected = base64.b64encode(hashlib.sha256(b"alert('Hello, world.');").digest()).decode()
    assert script_hash("alert('Hello, world.');") == f"sha256-{expected}"
    assert script_hash("alert('Hello, world.');") == "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
    assert script_hash("a\r\nb\rc") == script_hash("a\nb\nc")


@pytest.mark.parametrize(
    ("markup", "scripts"),
    [
        ("<script>a()</script>", ("a()",)),
        ("<SCRIPT TYPE=module>a()\nb()</SCRIPT >", ("a()\nb()",)),
        ('<script src="a.js"></script>', ()),
        ('<script type="application/json">{"a": 1}</script>', ()),
        ("<script type=application/json>{}</script>", ()),
        ('<script id="c" type="application/ld+json">{}</script>', ()),
        ('<script type="text/javascript">a()</script><script>b()</script>', ("a()", "b()")),
        ('<script data-src="x">a()</script>', ("a()",)),
    ],
)
def test_programs_are_told_from_data(markup: str, scripts: tuple[str, ...]) -> None:
    assert inline_scripts(markup) == scripts


def test_the_policy_stands_before_what_it_is_about() -> None:
    page = (
        '<!doctype html><html><head><meta charset="utf-8"><title>x</title><script>a()</script></head></html>'
    )
    made = with_policy(page)
    assert made.index("Content-Security-Policy") < made.index("<title>")
    assert META.sub("", made) == page
    found = directives(made)
    assert found["script-src"] == ["'self'", f"'{script_hash('a()')}'"]
    assert found["default-src"] == ["'none'"]
    assert policy(["b", "a", "a"]) == policy(["a", "b"])


def test_a_page_without_its_charset_is_refused() -> None:
    with pytest.raises(ValueError, match="charset"):
        with_policy("<html><head><script>a()</script></head></html>")


@pytest.mark.site
@pytest.mark.xdist_group("sample_site")
def test_every_page_of_the_sample_site(sample_site: Path) -> None:
    pages = sorted(sample_site.rglob("*.html"))
    assert len(pages) > 100
    for path in pages:
        page = path.read_text(encoding="utf-8")
        found = directives(page)
        scripts = inline_scripts(page)
        allowed = {source.strip("'") for source in found["script-src"] if source.startswith("'sha256-")}
        assert {script_hash(script) for script in scripts} == allowed, path
        for name, sources in found.items():
            assert not any("//" in source or source in ("*", "https:", "http:") for source in sources), name
            assert "'unsafe-eval'" not in sources
            assert "'unsafe-inline'" not in sources or name == "style-src-attr", name
        assert not re.search(r"<style\b", page), f"{path}: a style sheet of its own would not be used"
        assert not re.search(r"<[^>]*\son[a-z]+\s*=", META.sub("", page)), (
            f"{path}: a handler in an attribute"
        )
        assert "javascript:" not in page, path
        first = re.search(r"<(?:script|link|style)\b", page)
        assert first is not None and page.index("Content-Security-Policy") < first.start(), path
