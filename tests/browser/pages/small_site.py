"""A handful of pages in the real theme, built by MkDocs: what the browser tests look at."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator.outputs.badge import badge_address, honour_badge
from generator.pages.home_page import render_home
from generator.pages.honour_page import render_honour
from generator.pages.honour_rolls import render_honour_rolls
from generator.pages.notice_lists import render_notice_lists
from generator.pages.notice_page import render_notice
from generator.pages.page import root_of
from generator.pages.statistics import year_chart_html
from generator.pipeline.mkdocs_adapter import lighten_assets, theme_data
from generator.pipeline.staged_markdown import as_markdown, markdown_path
from generator.public.list_rows import honour_row, notice_row
from generator.public.public_case import NoticeStatus, PublicGroup
from generator.source.model.instant import SHANGHAI
from tests.public_records import (
    AS_OF,
    clock,
    context,
    correction,
    honour,
    notice,
    person,
    provision,
    revoked_honour,
    tombstone,
    version_of,
)

PROJECT = Path(__file__).parents[3]
CLOSES_AT = datetime(2026, 11, 27, tzinfo=SHANGHAI)
"""The last moment of the open notice: 24:00 of 26 November."""
OPEN, SCHEDULED, CONFIRMED, TOMBSTONE = (f"notices/wuhan-2026-{number:04}/" for number in (1, 2, 3, 9))
HONOUR, REVOKED_HONOUR = (f"honours/wuhan-2026-h{number:04}/" for number in (1, 9))
EVERY_KIND = (
    "",
    "notices/",
    "notices/wuhan/2026/",
    OPEN,
    SCHEDULED,
    CONFIRMED,
    TOMBSTONE,
    "honours/",
    "honours/wuhan/2026/",
    HONOUR,
    REVOKED_HONOUR,
    "objections/",
    "about/",
    "404.html",
)

CITATION = """<p id="cite-text">义勇录：公示</p>
<p><button type="button" class="yy-button yy-needs-script" data-copy="#cite-text">复制</button></p>"""


def build_small_site(folder: Path) -> Path:
    """Build into ``folder``; the site's root."""
    docs, site = folder / "docs", folder / "site"
    of = context(
        next_change_at=datetime(2026, 11, 25, tzinfo=SHANGHAI),
        objection_sheets=True,
    )
    notices = (
        notice(
            1,
            provisions=(provision(),),
            corrections=(correction(date(2026, 11, 21)),),
            persons=(person(), person("曹某", masked=True, minor=True, age_at_act="12")),
        ),
        notice(
            2,
            clock=clock(date(2026, 11, 25)),
            status=NoticeStatus.SCHEDULED,
            published_at=AS_OF - timedelta(hours=1),
        ),
        notice(
            3,
            clock=clock(date(2026, 9, 28), date(2026, 10, 13), unit="working_day", first_day_counts=False),
            status=NoticeStatus.CONFIRMED,
            status_after_close=NoticeStatus.CONFIRMED,
            status_since=date(2026, 10, 20),
        ),
        tombstone(),
    )
    honours = (
        honour(1, corrections=(correction(date(2026, 11, 1)),), merit="个人二等功", notice="wuhan-2026-0003"),
        honour(2, recipients=(), group=PublicGroup(name="示例河段护堤村民群体", head_count=12)),
        honour(3, verb="追授", recipients=(person("单雄", death="unsaid"), person("尉迟某某", masked=True))),
        *(honour(number, recipients=(person("王勇"),), batch="第一季度") for number in range(4, 9)),
        revoked_honour(),
    )
    rows = [notice_row(item) for item in notices]
    honour_rows = [honour_row(item) for item in honours]
    pages = [
        render_home(rows, honour_rows, of, year_chart_html(honour_rows, of, root_of(""))),
        *render_notice_lists(rows, of),
        *(render_notice(item, of, cite_html=CITATION) for item in notices),
        *render_honour_rolls(honour_rows, of),
        *(render_honour(item, of, version_of(item, of)) for item in honours),
    ]
    for page in pages:
        target = docs / markdown_path(page)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(as_markdown(page), encoding="utf-8")
    for item in honours:
        badge = docs / badge_address(item.id)
        badge.write_bytes(honour_badge(item, version_of(item, of)))
    for name in ("objections.md", "about.md"):
        (docs / name).write_text(
            (PROJECT / "content/pages" / name).read_text(encoding="utf-8"), encoding="utf-8"
        )
    settings = yaml.load((PROJECT / "mkdocs.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    settings |= {
        "docs_dir": str(docs),
        "site_dir": str(site),
        "site_name": of.site.name,
        "strict": False,
        "plugins": [],
        "nav": [
            {"首页": "index.md"},
            {"公示": "notices/index.md"},
            {"光荣榜": "honours/index.md"},
            {"提出异议": "objections.md"},
            {"关于": "about.md"},
        ],
    }
    settings["theme"]["custom_dir"] = str(PROJECT / "site_config/theme")
    settings["extra"]["yiyong"] = theme_data(SimpleNamespace(context=of))  # type: ignore[arg-type]
    config_file = folder / "mkdocs.yml"
    config_file.write_text("site_name: x\n", encoding="utf-8")
    build(
        load_config(str(config_file), **{key: value for key, value in settings.items() if key != "site_url"})
    )
    lighten_assets(site)
    return site
