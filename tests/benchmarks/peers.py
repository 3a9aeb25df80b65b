"""同类 (peers): the same pages for other generators, as each of them wants them.

MkDocs with Material and Zensical get Markdown files with the fragments in them, Hugo gets the
fragments and our own shell as its template. None of them reads, checks, discloses, audits or writes data: they are given
the finished fragments.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from generator.build.markdown import as_markdown, markdown_path
from generator.build.papers import plan_papers
from generator.build.prepare import Prepared, prepare, private_spool
from generator.build.render import index_pages, record_pages
from generator.build.scan import chunk_numbers
from generator.build.shell import head_of, shell_path, token
from generator.mkdocs_plugin import build_with_mkdocs
from generator.pages.page import Page

_MKDOCS = """site_name: 义勇录
docs_dir: docs
use_directory_urls: true
theme:
  name: material
  language: zh
  font: false
  features: [navigation.tabs]
nav:
  - index.md
markdown_extensions: [attr_list, md_in_html]
plugins: []
"""
_HUGO = 'baseURL = "https://yiyong.example/"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap", "section", "home", "404"]\n'


def write_peers(root: Path, as_of: datetime, hugo: Path | None, markdown: Path | None, limit: int) -> int:
    """Write the record pages and lists of ``root`` for Hugo and as Markdown, at most ``limit`` pages; returns
    their number."""
    count = 0
    with private_spool(root) as spool:
        prepared = plan_papers(prepare(root, as_of, as_of, spool, 1, certificates=False)).prepared
        if hugo is not None:
            _write_hugo_site(prepared, root, hugo)
        if markdown is not None:
            (markdown / "docs").mkdir(parents=True)
            (markdown / "mkdocs.yml").write_text(_MKDOCS, encoding="utf-8")
        for page in _pages(prepared):
            if count == limit:
                break
            count += 1
            if hugo is not None:
                _write_hugo_page(page, hugo)
            if markdown is not None:
                target = markdown / "docs" / markdown_path(page)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(as_markdown(page), encoding="utf-8")
    return count


def _pages(prepared: Prepared) -> Iterator[Page]:
    for page in index_pages(prepared):
        if not page.path or (page.stamped and page.section in ("notices", "honours")):
            yield page
    for chunk in chunk_numbers(prepared.spool):
        yield from record_pages(prepared, chunk)


def _write_hugo_site(prepared: Prepared, root: Path, hugo: Path) -> None:
    """The shell of record pages as Hugo's one template."""
    layouts = hugo / "layouts" / "_default"
    layouts.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        build_with_mkdocs(prepared, site, root / "mkdocs.yml")
        path = shell_path("notices", 2)
        shell = (site / path / "index.html").read_text(encoding="utf-8")
        shutil.copytree(site / "assets", hugo / "static" / "assets")
    shell = shell.replace("{{", "{{`{{`}}").replace(f"<div>{token('body')}</div>", "{{ .Content }}")
    for slot, field in (
        (token("title"), "{{ .Title }}"),
        (token("description"), "{{ .Params.description }}"),
        (token("head"), "{{ .Params.head | safeHTML }}"),
        (path, "{{ .RelPermalink }}"),
    ):
        shell = shell.replace(slot, field)
    (layouts / "single.html").write_text(shell, encoding="utf-8")
    (hugo / "config.toml").write_text(_HUGO, encoding="utf-8")


def _write_hugo_page(page: Page, hugo: Path) -> None:
    matter = {
        "title": page.title,
        "description": page.description,
        "head": head_of(page),
        "url": f"/{page.path}",
    }
    name = page.path.strip("/").replace("/", "__") or "home"
    target = hugo / "content" / "pages" / f"{name}.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"{json.dumps(matter, ensure_ascii=False, indent=1)}\n\n{page.body}", encoding="utf-8")


def main() -> None:
    """``python -m tests.benchmarks.peers ROOT AS_OF HUGO|- MARKDOWN|- LIMIT``."""
    root, as_of, hugo, markdown, limit = sys.argv[1:]
    print(
        write_peers(
            Path(root),
            datetime.fromisoformat(as_of),
            None if hugo == "-" else Path(hugo),
            None if markdown == "-" else Path(markdown),
            int(limit),
        )
    )


if __name__ == "__main__":
    main()
