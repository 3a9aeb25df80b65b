"""裸 MkDocs 的站点 (bare Markdown site): our pages for MkDocs with Material and for Zensical, without anything of ours.

``yiyong stage`` writes the Markdown; here its front matter is stripped down to title and description, so that they
index every page for their search, and copies of records' pages make up the number wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import yaml

ENGINES = {"mkdocs": ("-m", "mkdocs", "build", "--quiet"), "zensical": ("-m", "zensical", "build")}
_CONFIG = """site_name: 义勇录
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
"""
_MATTER = re.compile(r"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)


def write_markdown(staged: Path, folder: Path, pages: int) -> None:
    """Write a project of ``pages`` pages in ``folder``, of those in ``staged``: its home page first, then records."""
    found = {path.relative_to(staged): path.read_text(encoding="utf-8") for path in staged.rglob("*.md")}
    home = Path("index.md")
    chosen = [(home, found.pop(home)), *islice(_again_and_again(found), pages - 1)]
    for path, text in chosen:
        target = folder / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_stripped(text), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")


def keep_home(folder: Path) -> None:
    """Remove all pages but the home page: what is left takes the time that an engine needs to start."""
    for path in (folder / "docs").rglob("*.md"):
        if path != folder / "docs" / "index.md":
            path.unlink()


def _again_and_again(found: dict[Path, str]) -> Iterator[tuple[Path, str]]:
    """Records' pages first, then the rest; then copies of them all at addresses of their own."""
    ordered = sorted(found, key=lambda path: (path.parts[0] not in ("notices", "honours"), path))
    for number, path in enumerate(cycle(ordered)):
        again = number // len(ordered)
        yield (Path(f"copy-{again}", path) if again else path), found[path]


def _stripped(text: str) -> str:
    matter = _MATTER.match(text)
    if matter is None:
        return text
    kept = yaml.load(matter[1], Loader=yaml.CSafeLoader)
    dumped = yaml.safe_dump(
        {key: kept[key] for key in ("title", "description") if key in kept}, allow_unicode=True, width=10_000
    )
    return f"---\n{dumped}---\n{text[matter.end() :]}"
