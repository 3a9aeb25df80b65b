"""What must not grow with the records: the records that one page lists."""

from __future__ import annotations

import re
from pathlib import Path

from tests.projects import AS_OF
from tests.quick_build import yardstick
from tests.site.build.test_incremental import synthetic_project

PER_PAGE = 20
_RECORD = re.compile(r'href="(?:[^"]*/)?([a-z]+-\d{4}-h?\d+)/"')
_OWN_PAGE = re.compile(r"(?:notices|honours)/[a-z]+-\d{4}-h?\d+/")


def test_no_page_lists_more_than_a_page_of_records(tmp_path: Path) -> None:
    root = synthetic_project(tmp_path / "p", 130)
    settings = root / "site_config/site.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"per_page: \d+", f"per_page: {PER_PAGE}", text), encoding="utf-8")
    result = yardstick(root, tmp_path / "site", AS_OF)
    assert result.built.notices > 4 * PER_PAGE
    listed = {}
    for path in tmp_path.glob("site/**/index.html"):
        name = path.relative_to(tmp_path / "site").as_posix()
        if not _OWN_PAGE.match(name):
            listed[name] = len(set(_RECORD.findall(path.read_text(encoding="utf-8"))))
    assert listed["notices/index.html"] == PER_PAGE
    assert {name: count for name, count in listed.items() if count > PER_PAGE} == {}
