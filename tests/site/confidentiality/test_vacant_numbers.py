"""空号: a case that was public and is withheld now. Staff choose between a gap and a neutral page."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Diagnostic, Severity
from generator.diagnostics.report import format_text
from generator.pipeline.prepare import check_project
from generator.source.model.instant import SHANGHAI
from tests.projects import AS_OF, WITHHOLDING, case, honour, merged, person, write_small_project
from tests.quick import Quick

FLIPPED = "wuhan-2026-0002"


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    return Quick(tmp_path_factory.mktemp("quick"))


def registry(choice: str | None = None, ground: str = "safety", **changes: Any) -> dict[str, Any]:
    """Three cases of which the second was public and is confidential now."""
    cases = {}
    for number in (1, 2, 3):
        tree = case(
            case=f"wh26-{number:04}",
            notice={"id": f"wuhan-2026-{number:04}"},
            honours=[honour(id=f"wuhan-2026-h{number:04}")],
        )
        if number == 2:
            kept = {**WITHHOLDING, "ground": ground, "note": "家人受到威胁"}
            if choice is not None:
                kept["published_number"] = choice
            tree = merged(
                tree,
                {
                    "level": "confidential",
                    "withholding": kept,
                    "persons": [person(name="骆允谦", disclosure="withheld", withholding=WITHHOLDING)],
                    "act": {"summary": "货场值守员识破盗油团伙", "narrative": "骆允谦拖住车辆等到民警赶来。"},
                    **changes,
                },
            )
        cases[f"wuhan/2026/c{number}.yml"] = tree
    return cases


def problems(tmp_path: Path, cases: dict[str, Any], as_of: datetime = AS_OF) -> list[Diagnostic]:
    root = write_small_project(tmp_path, cases)
    return [i for i in check_project(root, as_of, as_of, 1).diagnostics if i.code == "DIS029"]


def test_a_number_that_would_be_missing_is_told_before(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, registry())
    assert found.severity is Severity.WARNING
    assert found.place.real_path.endswith("c2.yml") and found.place.field == "withholding"
    told = format_text([found], lang="zh")
    assert FLIPPED not in told and "威胁" not in told and "published_number" in told


@pytest.mark.parametrize("choice", ["gap", "tombstone"])
def test_staff_answer_once(choice: str, tmp_path: Path) -> None:
    assert problems(tmp_path, registry(choice)) == []


def test_what_was_never_published_leaves_no_gap(tmp_path: Path) -> None:
    cases = registry()
    cases["wuhan/2026/c2.yml"]["notice"]["id"] = "wuhan-2026-9001"
    cases["wuhan/2026/c2.yml"]["honours"][0]["id"] = "wuhan-2026-h9001"
    assert problems(tmp_path / "other", cases) == []
    last = {name: tree for name, tree in registry().items() if not name.endswith("c3.yml")}
    assert problems(tmp_path / "last", last) == []
    later = registry(
        notice={
            "published_at": "2026-12-18T09:00",
            "period": {"opens_on": "2026-12-18", "closes_on": "2026-12-26"},
        },
        honours=[honour(id="wuhan-2026-h0002", published_on="2026-12-20")],
    )
    assert problems(tmp_path / "later", later) == []


def test_an_honour_whose_recipients_are_withheld_leaves_one_too(tmp_path: Path) -> None:
    cases = registry()
    del cases["wuhan/2026/c2.yml"]
    hidden = person(key="p2", name="骆允谦", disclosure="withheld", withholding=WITHHOLDING)
    cases["wuhan/2026/c1.yml"]["persons"].append(hidden)
    cases["wuhan/2026/c1.yml"]["honours"].append(honour(id="wuhan-2026-h0002", recipients=["p2"]))
    (found,) = problems(tmp_path, cases)
    assert found.place.field == "persons[1].withholding"


def files(quick: Quick, cases: dict[str, Any]) -> dict[str, bytes]:
    quick.build(cases)
    return quick.files()


PAGES = ("notices/wuhan-2026-0002/index.html", "honours/wuhan-2026-h0002/index.html")


def test_a_gap_leaves_no_trace(quick: Quick) -> None:
    cases = registry("gap")
    without = {name: tree for name, tree in cases.items() if not name.endswith("c2.yml")}
    assert files(quick, cases) == files(quick, without)


def test_a_tombstone_is_one_page_a_number_and_nothing_else(quick: Quick) -> None:
    """In no list, no feed, no data, no search and no map of the site."""
    cases = registry("tombstone")
    without = {name: tree for name, tree in cases.items() if not name.endswith("c2.yml")}
    with_pages, bare = files(quick, cases), files(quick, without)
    assert set(with_pages) - set(bare) == set(PAGES)
    assert {name: data for name, data in with_pages.items() if name in bare} == bare
    for name in PAGES:
        page = with_pages[name].decode()
        assert "没有公开内容" in page and 'content="noindex"' in page
        for word in ("骆", "值守", "威胁", "11-18", "封玉琢", "撤销"):
            assert word not in page, word


def test_the_page_is_the_same_whatever_the_reason(quick: Quick) -> None:
    one = files(quick, registry("tombstone"))
    other = files(
        quick,
        registry(
            "tombstone", ground="asked_by_person", outcome=None, objections=[{"received_on": "2026-11-19"}]
        ),
    )
    assert {name: one[name] for name in PAGES} == {name: other[name] for name in PAGES}


def test_before_its_day_there_is_no_page(quick: Quick) -> None:
    period = {"opens_on": "2026-12-18", "closes_on": "2026-12-26"}
    notice = {"published_at": "2026-12-18T09:00", "period": period}
    cases = registry("tombstone", notice=notice, honours=None)
    assert not set(PAGES) & set(files(quick, cases))
    assert datetime(2026, 12, 18, 9, tzinfo=SHANGHAI) > AS_OF
