"""名单的地址 (addresses of lists): whatever is withheld or taken back, the lists that were published keep answering."""

from __future__ import annotations

import json
from os.path import normpath
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from lxml import etree, html

from generator.publication_log.list_addresses import FILE
from tests.log_projects import LATER, checked, codes, project, publish, rewrite_case
from tests.projects import WITHHOLDING, case, honour, merged, person, write_small_project
from tests.quick_build import build, tree

LAST = "wuhan/2026/wh26-0003.yml"
"""The case that alone is of its year, of its month and on the last part of every list."""
OWN = ("wuhan-2026-0003", "wuhan-2026-h0003", "wh26-0003")
"""What an address of its own record has in it."""
ALONE = {
    "notices/kinds/water_rescue/3/index.html",
    "daily/2026-10/index.html",
    "feeds/archive/notices/3.atom",
    "feeds/archive/wuhan/honours/3.atom",
    "honours/wuhan/2025/index.html",
    "changes/2026/6/index.html",
}
"""Some of the addresses that only this case called for."""


def _cases() -> dict[str, Any]:
    cases = {}
    for number in (1, 2, 3):
        alone = number == 3
        cases[f"wuhan/2026/wh26-{number:04}.yml"] = case(
            persons=[person(name="骆允谦" if alone else "封玉琢")],
            act={
                "happened_on": "2025-09-12" if alone else "2026-09-12",
                "narrative": "有人呼救，他跳入水中救起一人。",
            },
            procedure={"proposed_on": "2026-10-08"},
            notice={
                "id": f"wuhan-2026-{number:04}",
                "published_at": "2026-10-12T09:00" if alone else f"2026-11-18T09:0{number}",
                "period": {
                    "opens_on": "2026-10-12" if alone else "2026-11-18",
                    "closes_on": "2026-10-20" if alone else "2026-11-26",
                },
            },
            honours=[
                honour(
                    id=f"wuhan-2026-h{number:04}",
                    decided_on="2025-12-30" if alone else "2026-11-19",
                    published_on="2026-10-21" if alone else "2026-11-20",
                )
            ],
        )
    return cases


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_small_project(
        tmp_path_factory.mktemp("lists") / "project",
        _cases(),
        site={"lists": {"per_page": "1", "feed_entries": "1", "smallest_cell": "0"}},
    )
    publish(root)
    return root


@pytest.fixture(scope="module")
def sites(published: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The site as it was published, and after the last case was withheld."""
    before = tree(published / "site")
    hidden = {
        "level": "confidential",
        "withholding": {**WITHHOLDING, "decided_on": "2026-11-23", "published_number": "gap"},
        "persons": [person(name="骆允谦", disclosure="withheld", withholding=WITHHOLDING)],
    }
    rewrite_case(published, {**merged(_cases()[LAST], hidden), "case": "wh26-0003"}, LAST)
    publish(published, LATER)
    return before, tree(published / "site")


def test_whatever_is_withheld_the_lists_keep_answering(
    sites: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    before, after = sites
    assert before.keys() >= ALONE
    gone = {path for path in before.keys() - after.keys() if not any(name in path for name in OWN)}
    assert {path for path in gone if not path.startswith(("log/", "assets/"))} == set()


def test_what_answers_says_the_same_whatever_stood_there(
    sites: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    before, after = sites
    assert not any(word.encode() in data for word in ("骆允谦", *OWN) for data in after.values())
    for path in ALONE:
        assert after[path] != before[path]
        if path.endswith(".atom"):
            feed = etree.fromstring(after[path])
            assert not feed.findall("{*}entry") and feed.find("{*}archive") is not None
            continue
        page = html.fromstring(after[path])
        assert page.xpath("string(//h1)") == "这一页现在没有内容"
        (list_,) = page.xpath("//p/a/@href")
        assert (PurePosixPath(normpath(f"{Path(path).parent}/{list_}")) / "index.html").as_posix() in after
    roll = json.loads(after["api/v1/honours/wuhan/2026.json"])
    assert [item["id"] for item in roll] == ["wuhan-2026-h0001", "wuhan-2026-h0002"]
    assert not any(path in after["sitemap.xml"].decode() for path in ("daily/2026-10", "water_rescue/3"))


def test_a_build_elsewhere_knows_them_from_the_registry_alone(
    published: Path, sites: tuple[dict[str, bytes], dict[str, bytes]], tmp_path: Path
) -> None:
    build(published, tmp_path / "site", LATER)
    made = tree(tmp_path / "site")
    assert {path: made.get(path) for path in ALONE} == {path: sites[1][path] for path in ALONE}


def test_nothing_of_a_record_is_noted(published: Path, sites: object) -> None:
    noted = (published / FILE).read_text(encoding="utf-8")
    assert sorted(noted.split()) == noted.split() and set(noted.split()) >= ALONE
    assert not any(name in noted for name in (*OWN, "wuhan-2026-0001", "wh26-0001"))


@pytest.mark.parametrize(
    "line", ["../../etc/passwd.html", "<<<<<<< HEAD", "notices/wuhan-2026-0001/index.html"]
)
def test_a_line_that_is_no_list_is_a_mistake(line: str, tmp_path: Path) -> None:
    root = project(tmp_path)
    assert codes(root) == []
    (root / FILE).parent.mkdir(parents=True)
    (root / FILE).write_text(f"notices/kinds/water_rescue/3/index.html\n{line}\n", encoding="utf-8")
    (found,) = [item for item in checked(root) if item.code == "PUB008"]
    assert (found.place.path, found.place.line) == (FILE, 2)
