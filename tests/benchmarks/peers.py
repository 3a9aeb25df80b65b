"""同类 (peers): the same pages for other generators, as each of them wants them.

MkDocs with Material and Zensical get Markdown files with the fragments in them, Hugo gets the fragments and
our own shells as its templates. None of them reads, checks, discloses, audits or writes data: they are given
the finished fragments.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

from generator.pages.page import Page
from generator.pipeline.mkdocs_adapter import build_with_mkdocs
from generator.pipeline.papers import plan_papers
from generator.pipeline.prepare import Prepared, prepare, private_spool
from generator.pipeline.render import index_pages, record_pages
from generator.pipeline.shell import SHELLS, head_of, shell_path, token
from generator.pipeline.staged_markdown import as_markdown, markdown_path

SECTIONS = ("notices", "honours")
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


def write_peers(root: Path, as_of: datetime, hugo: Path, markdown: Path, limit: int) -> tuple[int, int]:
    """Write the record pages and the stamped lists of ``root`` for Hugo, and at most ``limit`` of them as
    Markdown; returns the number of each."""
    jobs = os.cpu_count() or 1
    with private_spool(root) as spool:
        prepared = prepare(root, as_of, as_of, spool, jobs, certificates=False)
        prepared = plan_papers(prepared).prepared
        _write_hugo_site(prepared, root, hugo)
        (markdown / "docs").mkdir(parents=True)
        (markdown / "mkdocs.yml").write_text(_MKDOCS, encoding="utf-8")
        shared = (prepared, hugo)
        count = _write_lists(shared, 0) + sum(_write_hugo_page(page, hugo) for page in record_pages(prepared))
        few = list(islice(_all_pages(prepared), limit))
        for page in few:
            target = markdown / "docs" / markdown_path(page)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(as_markdown(page), encoding="utf-8")
    return count, len(few)


def _all_pages(prepared: Prepared) -> Iterator[Page]:
    """A home page, which MkDocs wants, records, and lists."""
    home = (page for page in index_pages(prepared) if not page.path)
    return chain(home, record_pages(prepared), _lists(prepared))


def _lists(prepared: Prepared) -> Iterator[Page]:
    return (page for page in index_pages(prepared) if page.stamped and page.section in SECTIONS)


def _write_lists(shared: tuple[Prepared, Path], _: int) -> int:
    return sum(_write_hugo_page(page, shared[1]) for page in _lists(shared[0]))


def _write_hugo_site(prepared: Prepared, root: Path, hugo: Path) -> None:
    """The shells of record pages as Hugo's templates."""
    layouts = hugo / "layouts" / "_default"
    layouts.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        build_with_mkdocs(prepared, site, root / "mkdocs.yml")
        shutil.copytree(site / "assets", hugo / "static" / "assets")
        for key in SHELLS:
            language, section, depth = key
            if language != "zh" or section not in SECTIONS:
                continue
            path = shell_path(*key)
            shell = (site / path / "index.html").read_text(encoding="utf-8").replace("{{", "{{`{{`}}")
            shell = shell.replace(f"<div>{token('body')}</div>", "{{ .Content }}")
            for slot, value in (
                (token("title"), "{{ .Title }}"),
                (token("description"), "{{ .Params.description }}"),
                (token("head"), "{{ .Params.head | safeHTML }}"),
                (path, "{{ .Params.address }}"),
            ):
                shell = shell.replace(slot, value)
            (layouts / f"{section}{depth}.html").write_text(shell, encoding="utf-8")
    (hugo / "content" / "pages").mkdir(parents=True)
    (hugo / "config.toml").write_text(_HUGO, encoding="utf-8")


def _write_hugo_page(page: Page, hugo: Path) -> int:
    matter = {
        "title": page.title,
        "description": page.description,
        "head": head_of(page),
        "layout": f"{page.section}{page.depth}",
        "address": page.path,
        "url": f"/{page.path}",
    }
    name = page.path.strip("/").replace("/", "__")
    target = hugo / "content" / "pages" / f"{name}.html"
    target.write_text(f"{json.dumps(matter, ensure_ascii=False, indent=1)}\n\n{page.body}", encoding="utf-8")
    return 1


def main() -> None:
    """``python -m tests.benchmarks.peers ROOT AS_OF HUGO MARKDOWN LIMIT``: prints both numbers of pages."""
    root, as_of, hugo, markdown, limit = sys.argv[1:]
    print(*write_peers(Path(root), datetime.fromisoformat(as_of), Path(hugo), Path(markdown), int(limit)))


if __name__ == "__main__":
    main()
