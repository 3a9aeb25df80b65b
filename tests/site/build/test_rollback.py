"""Going back: yesterday's site stands again, unless today's rules withhold something of it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from generator.pipeline import finish
from generator.pipeline.audit_step import AuditFailedError
from generator.pipeline.rollback import NoEarlierSiteError, roll_back
from generator.system.tree_exchange import behind
from tests.commands import yiyong
from tests.projects import AS_OF, WITHHOLDING, case, merged, write_small_project
from tests.quick_build import build, differing, tree, yardstick

FIRST, SECOND = "wuhan/2026/wh26-x-first.yml", "wuhan/2026/wh26-x-second.yml"
LATER = AS_OF + timedelta(hours=1)


def two_builds(folder: Path, *, then: dict[str, object] | None = None) -> tuple[Path, Path]:
    """A project built twice, its first record changed in between; returns it and its site."""
    second = case(case="wh26-0002", notice={"id": "wuhan-2026-0002"})
    root = write_small_project(folder / "p", {FIRST: case(), SECOND: second})
    build(root, root / "site", AS_OF, cached=True)
    changed = then or merged(case(), {"act": {"summary": "跳湖救人"}})
    write_small_project(root, {FIRST: changed, SECOND: second})
    build(root, root / "site", LATER, cached=True)
    return root, root / "site"


def summary(site: Path) -> bytes:
    return (site / "notices/wuhan-2026-0001/index.html").read_bytes()


def test_the_site_of_the_build_before_stands_again_and_the_next_build_is_as_any(tmp_path: Path) -> None:
    root, out = two_builds(tmp_path)
    new, old = tree(out), tree(behind(out))
    assert "跳湖救人".encode() in summary(out)
    shown = roll_back(root, out, LATER, LATER, 1)
    assert shown.as_of == AS_OF.isoformat()
    assert tree(out) == old and tree(behind(out)) == new
    roll_back(root, out, LATER, LATER, 1)
    assert tree(out) == new
    roll_back(root, out, LATER, LATER, 1)
    build(root, out, LATER, cached=True)
    yardstick(root, tmp_path / "clean", LATER)
    assert differing(out, tmp_path / "clean") == []


def test_what_is_withheld_since_does_not_come_back(tmp_path: Path) -> None:
    confidential = case(level="confidential", withholding=WITHHOLDING)
    del confidential["notice"]
    root, out = two_builds(tmp_path, then=confidential)
    assert (behind(out) / "notices/wuhan-2026-0001/index.html").is_file()
    before = tree(out)
    with pytest.raises(AuditFailedError):
        roll_back(root, out, LATER, LATER, 1)
    assert tree(out) == before


def test_there_must_be_a_build_before(tmp_path: Path) -> None:
    root = write_small_project(tmp_path / "p", {FIRST: case()})
    with pytest.raises(NoEarlierSiteError):
        roll_back(root, root / "site", AS_OF, AS_OF, 1)
    build(root, root / "site", AS_OF, cached=True)
    before = tree(root / "site")
    done = yiyong("rollback", "--root", root, "--as-of", AS_OF.isoformat())
    assert done.exit_code == 1 and "BLD016" in done.stdout
    assert tree(root / "site") == before


def test_a_build_that_failed_leaves_nothing_to_go_back_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has begun to bring the tree behind up to date: that is no site that anybody saw."""
    root, out = two_builds(tmp_path)
    following = LATER + timedelta(seconds=61)  # a minute and no second may stand as it is
    before = tree(out)

    def refused(*_: object) -> None:
        raise AuditFailedError(())

    monkeypatch.setattr(finish, "audit_built", refused)
    with pytest.raises(AuditFailedError):
        build(root, out, following, cached=True)
    monkeypatch.undo()
    with pytest.raises(NoEarlierSiteError):
        roll_back(root, out, LATER, LATER, 1)
    assert tree(out) == before
    build(root, out, following, cached=True)
    assert roll_back(root, out, LATER, LATER, 1).as_of == LATER.isoformat()
    assert tree(out) == before


def test_the_command_says_which_site_is_shown(tmp_path: Path) -> None:
    root, _ = two_builds(tmp_path)
    done = yiyong("rollback", "--root", root, "--as-of", LATER.isoformat(), "--format", "json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["as_of"] == AS_OF.isoformat()
