"""昨天的站点、今天的日志: a site that is shown again gets the log as it is now."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from generator.pipeline.prepare import check_project
from generator.pipeline.publish_step import write_log
from generator.publication_log.proof_bundle import read_bundle
from generator.publication_log.proof_check import check_bundle, check_site
from tests.log_projects import LATER, project, publish, rewrite_case
from tests.projects import WITHHOLDING, case, honour


def test_an_older_site_gets_todays_log_and_forgets_what_is_withheld_since(tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    rewrite_case(root, case(case="x", notice={"id": "wuhan-2026-0002"}, honours=None), "wuhan/2026/x.yml")
    old = tmp_path / "old"
    shutil.copytree(publish(root), old)
    rewrite_case(root, case(case="y", notice={"id": "wuhan-2026-0003"}, honours=None), "wuhan/2026/y.yml")
    hidden = {**WITHHOLDING, "decided_on": "2026-11-23"}
    rewrite_case(root, case(level="confidential", withholding=hidden, honours=[honour()]))
    today = publish(root, LATER)
    shared = tmp_path / "shared"
    os.link(old / "log/checkpoint", shared)
    before = shared.read_bytes()
    page = (old / "log/index.html").read_bytes()
    write_log(check_project(root, LATER, LATER, 1).publications, old)
    assert shared.read_bytes() == before
    logs = [
        {
            path.relative_to(site).as_posix(): path.read_bytes()
            for path in (site / "log").rglob("*")
            if path.is_file() and path.name != "index.html"
        }
        for site in (old, today)
    ]
    assert logs[0] == logs[1]
    assert (old / "log/index.html").read_bytes() == page
    assert {path.parent.name for path in old.glob("*/*/proof")} == {"wuhan-2026-0002"}
    bundle = read_bundle((old / "notices/wuhan-2026-0002/proof").read_bytes())
    assert check_bundle(bundle, "proof").findings == []

    def fetch(path: str) -> bytes | None:
        return (old / path).read_bytes() if (old / path).is_file() else None

    assert check_site(bundle, "https://yiyong.example/", fetch).findings == []
