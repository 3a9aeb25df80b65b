"""What is kept from one build for the next changes nothing but the time it takes."""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import yaml
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from generator.audit.skimming import Skimmed, Skimmer
from generator.pages.page import Page
from generator.pipeline import audit_step, case_scan, data_step, scan, stamp
from generator.pipeline.audit_step import AuditFailedError
from generator.pipeline.destination import PRIVATE_FOLDER
from generator.pipeline.site_tree import NewFile
from generator.public import list_index
from generator.system.cache import open_cache
from generator.system.store import RECORDS
from generator.system.tree_exchange import behind
from tests import quick_build
from tests.benchmarks.synthetic import CITIES, City, write_registry
from tests.projects import (
    AS_OF,
    INSTRUMENT,
    ROOT,
    SITE,
    WITHHOLDING,
    case,
    decision,
    honour,
    merged,
    person,
    write_small_project,
    write_yaml,
)
from tests.quick import write_cases
from tests.quick_build import build, differing, yardstick
from tests.soaking import examples

without_audit = pytest.mark.usefixtures("no_audit")
"""For what the audit is nothing to: it has tests of its own below, and goes with every kind of edit."""

# Case numbers are looked for by the audit, so none is made of ordinary words alone.
CASES = {
    "wuhan/2026/wh26-x-open.yml": case(),
    "wuhan/2026/wh26-x-closed.yml": case(
        case="wh26-0002",
        notice={
            "id": "wuhan-2026-0002",
            "published_at": "2026-10-18T09:00",
            "period": {"opens_on": "2026-10-19", "closes_on": "2026-10-28"},
        },
        procedure={"proposed_on": "2026-10-15", "opinion_on": "2026-09-25"},
        outcome={"kind": "confirmed", "decided_on": "2026-11-02"},
        honours=[honour(id="wuhan-2026-h0002")],
    ),
    "wuhan/2026/wh26-x-planned.yml": case(
        case="wh26-0003",
        notice={
            "id": "wuhan-2026-0003",
            "published_at": "2026-11-23T10:00",
            "period": {"opens_on": "2026-11-24", "closes_on": "2026-12-03"},
        },
    ),
    "wuhan/2026/wh26-x-minor.yml": case(
        case="wh26-0004",
        persons=[person(born="2008-12", guardian_consent=None, disclosure="masked")],
        notice={"id": "wuhan-2026-0004"},
        act={"narrative": "2026年9月12日，封某某在湖边听见呼救，跳入水中救起一人。"},
    ),
    "wuhan/2026/wh26-x-successor.yml": case(
        case="wh26-0005", notice={"id": "wuhan-2026-0005", "replaces": "wuhan-2026-0002"}
    ),
}
(ENACTED,) = INSTRUMENT["versions"]
AMENDED = {
    **INSTRUMENT,
    "versions": [
        {**ENACTED, "in_force_until": "unknown"},
        {
            **copy.deepcopy(ENACTED),
            "slug": "2026",
            "label": "2026修正",
            "kind": "amended",
            "amended_by": "示例修改决定",
            "inherits": "original",
            "adopted_on": "2026-10-01",
            "in_force_from": "2026-11-24",
        },
    ],
}
"""A law that turns on one of :data:`MOMENTS`."""
SETTINGS = {"retention": {"identity_days": "1095"}}
MOMENTS = (
    AS_OF,
    AS_OF + timedelta(minutes=1),
    AS_OF.replace(hour=23, minute=59),
    AS_OF + timedelta(days=1, hours=1),
    AS_OF + timedelta(days=2),
    AS_OF + timedelta(days=4, hours=14, minutes=59),
    AS_OF + timedelta(days=4, hours=15),
    AS_OF + timedelta(days=12),
    AS_OF + timedelta(days=45),
    AS_OF.replace(year=2029, month=11, day=3),
    AS_OF.replace(hour=0, minute=1),
)

KEPT = (
    "pages",
    "listed",
    "told",
    "seen",
    "chunks",
    "scanned",
    "public",
    "law",
    "cards",
    "frame",
    "tree-%",
)

edits = st.one_of(
    st.tuples(st.just("moment"), st.sampled_from(MOMENTS)),
    st.tuples(
        st.just("summary"), st.sampled_from(sorted(CASES)), st.sampled_from(["救起一名落水者", "跳湖救人"])
    ),
    st.tuples(st.just("remove"), st.sampled_from(sorted(CASES))),
    st.tuples(st.just("restore"), st.sampled_from(sorted(CASES))),
    st.tuples(st.just("hide"), st.sampled_from(sorted(CASES))),
    st.tuples(st.just("setting"), st.sampled_from(["测试义勇录", "另一个义勇录"])),
    st.tuples(st.just("forget"), st.sampled_from(KEPT)),
)

WALK: list[tuple[object, ...]] = [
    ("summary", "wuhan/2026/wh26-x-open.yml", "跳湖救人"),
    ("publish", "wuhan/2026/wh26-x-successor.yml", "2026-11-17T09:00"),
    ("another deed", "wuhan/2026/wh26-x-closed.yml", "fire_rescue"),
    ("another deed", "wuhan/2026/wh26-x-closed.yml", "traffic_rescue"),
    ("moment", MOMENTS[1]),
    *(("forget", kind) for kind in KEPT[::4]),
    ("hide", "wuhan/2026/wh26-x-closed.yml"),
    ("moment", MOMENTS[4]),
    ("setting", "另一个义勇录"),
    ("remove", "wuhan/2026/wh26-x-minor.yml"),
    ("restore", "wuhan/2026/wh26-x-closed.yml"),
    ("moment", MOMENTS[-2]),
    ("moment", MOMENTS[-1]),
]
"""Each kind of edit, one upon the other."""
FORGETTING: list[tuple[object, ...]] = [
    ("summary", "wuhan/2026/wh26-x-open.yml", "跳湖救人"),
    ("publish", "wuhan/2026/wh26-x-successor.yml", "2026-11-17T09:00"),
    *(("forget", kind) for kind in KEPT),
]
"""All that is kept goes, one after the other."""


def files_are_settled() -> AbstractContextManager[object]:
    """Files that were written a moment ago are taken as if they had lain there for long: found by stat alone."""
    return mock.patch.object(scan, "_SETTLED", -(10**18))


class Project:
    """A project that is edited, built with a cache, and built anew to compare."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = write_small_project(folder / "project", CASES, site=SETTINGS)
        write_yaml(self.root / "content/policies/wuhan/shili.yml", AMENDED)
        self.cases = dict(CASES)
        self.name = SITE["name"]
        self.as_of = AS_OF
        self.cleanly_built: tuple[object, ...] | None = None

    def edit(self, change: tuple[object, ...]) -> None:
        match change:
            case ("moment", datetime() as moment):
                self.as_of = moment
            case ("summary", str(name), str(words)):
                self.cases[name] = merged(self.cases.get(name, CASES[name]), {"act": {"summary": words}})
            case ("another deed", str(name), str(kind)):
                also = {"happened_on": "2026-09-13", "kind": kind, "summary": "又救一人。", "persons": ["p2"]}
                two = {"persons": [person(), person(key="p2", name="祁向晨")], "further_acts": [also]}
                given = [{**CASES[name]["honours"][0], "recipients": ["p1", "p2"]}]
                changed = {"act": {"persons": ["p1"]}, "honours": given, **two}
                self.cases[name] = merged(CASES[name], changed)
            case ("publish", str(name), str(moment)):
                self.cases[name] = merged(CASES[name], {"notice": {"published_at": moment}})
            case ("remove", str(name)):
                self.cases.pop(name, None)
            case ("restore", str(name)):
                self.cases[name] = CASES[name]
            case ("hide", str(name)):
                self.cases[name] = {
                    "case": CASES[name]["case"],
                    "jurisdiction": "wuhan",
                    "level": "confidential",
                    "authority": "wuhan-test",
                    "withholding": {
                        "ground": "safety",
                        "article": "第十一条",
                        "decided_by": "武汉市测试机关（示例）",
                        "decided_on": "2026-10-01",
                    },
                    "procedure": {"applied_on": "2026-09-20"},
                }
            case ("setting", str(name)):
                self.name = name
                write_yaml(self.root / "site_config/site.yml", merged(SITE, {**SETTINGS, "name": name}))
            case ("forget", str(kind)):
                with closing(sqlite3.connect(self.root / PRIVATE_FOLDER / "cache" / RECORDS)) as kept, kept:
                    kept.execute("DELETE FROM entry WHERE kind LIKE ?", (kind,))
        # A notice that is replaced must be there.
        if (
            self.cases.get("wuhan/2026/wh26-x-closed.yml", {"level": "confidential"})["level"]
            == "confidential"
        ):
            self.cases.pop("wuhan/2026/wh26-x-successor.yml", None)
        write_cases(self.root, self.cases)

    def compare(self) -> list[str]:
        with files_are_settled():
            build(self.root, self.folder / "kept", self.as_of, cached=True, search=True)
        # What is kept says nothing to a clean build.
        state = (dict(self.cases), self.name, self.as_of)
        if state != self.cleanly_built:
            yardstick(self.root, self.folder / "clean", self.as_of, search=True)
            self.cleanly_built = state
        return differing(self.folder / "kept", self.folder / "clean")


@pytest.mark.journey
@given(changes=st.lists(edits, min_size=2, max_size=4))
@example(changes=FORGETTING)
@settings(
    max_examples=examples(2),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_a_build_with_a_cache_is_a_clean_build(
    changes: list[tuple[object, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    compared_all_the_way(tmp_path_factory.mktemp("edited"), changes)


def test_after_each_kind_of_edit_a_build_with_a_cache_is_a_clean_build(tmp_path: Path) -> None:
    compared_all_the_way(tmp_path, WALK)


def compared_all_the_way(folder: Path, changes: list[tuple[object, ...]]) -> None:
    project = Project(folder)
    assert project.compare() == []
    for change in changes:
        project.edit(change)
        assert project.compare() == [], change


TWO_CITIES = tuple(city for city in CITIES if city.slug in ("wuhan", "nanjing"))


def synthetic_project(
    folder: Path, count: int, *, cities: Sequence[City] = TWO_CITIES, english: bool = False, **more: int
) -> Path:
    """A project of ``count`` invented records with this repository's settings, English pages left out unless asked for,
    and one short text for each city."""
    write_registry(folder, count, cities=cities, **more)
    slugs = {city.slug for city in cities}
    shutil.rmtree(folder / "content/policies")
    if not english:
        site = folder / "site_config/site.yml"
        site.write_text(re.sub(r"(?m)^english:\n(?:  .*\n)+", "", site.read_text("utf-8")), encoding="utf-8")
    for path in (folder / "site_config/authorities").iterdir():
        if path.stem.partition("-")[0] not in slugs:
            path.unlink()
    for path in (folder / "site_config/jurisdictions").iterdir():
        if path.stem in slugs:
            place = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
            write_yaml(path, {key: value for key, value in place.items() if key != "parent"})
            write_yaml(
                folder / f"content/policies/{path.stem}/shili.yml", {**INSTRUMENT, "jurisdiction": path.stem}
            )
        else:
            path.unlink()
    return folder


@without_audit
def test_only_the_changed_record_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "CHUNK", 15)
    root = synthetic_project(tmp_path / "p", 60)
    out = tmp_path / "site"
    build(root, out, AS_OF, cached=True)
    made = count_renderings(monkeypatch)
    path = next(p for p in sorted((root / "registry").rglob("*.yml")) if "notice:" in p.read_text())
    before = {p: p.stat().st_ino for p in sorted(out.glob("notices/*/index.html"))}
    path.write_text(path.read_text(encoding="utf-8").replace("没有犹豫", "毫不犹豫"), encoding="utf-8")
    result = build(root, out, AS_OF, cached=True)
    assert 1 <= len(made) <= 2  # the notice, and the honour that came of it
    assert result.built.linked > 0.2 * result.built.pages
    same = [p for p in before if p.exists() and p.stat().st_ino == before[p]]
    assert len(same) > 0.4 * len(before)


@without_audit
def test_midnight_makes_only_what_it_changes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = synthetic_project(tmp_path / "p", 40, english=True)
    build(root, tmp_path / "site", AS_OF, cached=True)
    closed = tmp_path / "site/changes/2020/1/index.html"
    written = closed.stat().st_ino
    made, rendered = count_renderings(monkeypatch), noted_pages(monkeypatch)
    later = AS_OF + timedelta(days=1)
    result = build(root, tmp_path / "site", later, cached=True)
    assert len(made) < 10
    assert result.built.linked > 0  # whose period is over, or has not begun
    # The list of a closed year, a roll and the latest changes are those of the day before, with another day in them.
    told = "notices/wuhan/2020/", "honours/wuhan/2020/", "decisions/", "changes/"
    assert not {*told} & rendered
    for path in told:
        assert "2026年11月23日" in (tmp_path / "site" / path / "index.html").read_text("utf-8")
    assert closed.stat().st_ino == written  # changes of a year that is over say no day
    yardstick(root, tmp_path / "clean", later)
    assert differing(tmp_path / "site", tmp_path / "clean") == []


def noted_pages(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Addresses of pages that are filled into a shell from now on."""
    filled: set[str] = set()
    original = stamp.StampPlan.page_file

    def noted(plan: stamp.StampPlan, page: Page) -> NewFile:
        filled.add(page.path)
        return original(plan, page)

    monkeypatch.setattr(stamp.StampPlan, "page_file", noted)
    return filled


def count_renderings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the records whose pages are made from now on."""
    made: list[str] = []
    original = stamp.produce

    def counted(record: Any, *rest: Any) -> Any:
        made.append(record.id)
        return original(record, *rest)

    monkeypatch.setattr(stamp, "produce", counted)
    return made


@without_audit
def test_a_page_that_somebody_changed_in_place_is_made_again(tmp_path: Path) -> None:
    root = write_small_project(tmp_path / "p", CASES)
    out = tmp_path / "site"
    build(root, out, AS_OF, cached=True)
    page = out / "notices/wuhan-2026-0001/index.html"
    good = page.read_bytes()
    page.write_bytes(good.replace("封玉琢".encode(), "封玉珪".encode()))
    build(root, out, AS_OF, cached=True)
    assert page.read_bytes() == good


def test_a_minute_in_which_nothing_changes_rewrites_and_audits_no_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_small_project(tmp_path / "p", CASES, site=SETTINGS)
    out = tmp_path / "site"
    build(root, out, AS_OF, cached=True)
    names = [
        p
        for place in ("notices", "honours", "api/v1/notices", "api/v1/honours")
        for p in of_records(out, place)
    ]
    before = {path: (path.stat().st_ino, path.read_bytes()) for path in names}
    made, audited = count_renderings(monkeypatch), noted_audits(monkeypatch)
    templates = noted_templates(monkeypatch)
    for minutes in (1, 2):
        result = build(root, out, AS_OF + timedelta(minutes=minutes), cached=True)
        assert result.built.linked == result.built.notices + result.built.honours > 3
        assert [phase.name for phase in result.phases] == ["standing"]
    assert (made, audited, templates) == ([], [], set())
    assert {path: (path.stat().st_ino, path.read_bytes()) for path in names} == before
    yardstick(root, tmp_path / "clean", AS_OF + timedelta(minutes=2))
    assert differing(out, tmp_path / "clean") == []


@without_audit
def test_a_site_of_a_minute_may_have_been_built_from_one_of_another(tmp_path: Path) -> None:
    """Eight in the morning is written as the zone is; at 15:01 less than a day is left."""
    root = write_small_project(tmp_path / "p", CASES, site=SETTINGS)
    write_yaml(root / "content/policies/wuhan/shili.yml", AMENDED)
    for hour, minute in ((1, 0), (8, 0), (15, 1), (23, 59)):
        moment = AS_OF.replace(hour=hour, minute=minute)
        stood = build(root, tmp_path / "site", moment, cached=True).phases[0].name == "standing"
        yardstick(root, tmp_path / "clean", moment)
        assert differing(tmp_path / "site", tmp_path / "clean") == []
    assert stood


@without_audit
def test_whatever_is_written_to_another_day_and_an_earlier_minute_ask_for_a_whole_build(
    tmp_path: Path,
) -> None:
    root = write_small_project(tmp_path / "p", CASES, site=SETTINGS)
    moment = AS_OF

    def phases(later: timedelta) -> list[str]:
        nonlocal moment
        moment += later
        result = build(root, tmp_path / "site", moment, cached=True)
        return [phase.name for phase in result.phases]

    phases(timedelta())
    for what in (
        "registry/cases/wuhan/2026/wh26-x-open.yml",
        "site_config/site.yml",
        "content/policies/wuhan/shili.yml",
        "content/pages/about.md",
    ):
        assert phases(timedelta(minutes=1)) == ["standing"]
        path = root / what
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.stat() if path.exists() else None
        path.write_bytes((path.read_bytes() if before else b"# \xe5\x85\xb3\xe4\xba\x8e") + b"\n")
        if before is not None:
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert phases(timedelta(minutes=1))[:2] == ["standing", "scan"], what
    for later in (timedelta(days=1), -timedelta(minutes=2), timedelta(hours=15)):
        assert phases(timedelta(minutes=1)) == ["standing"]
        assert len(phases(later)) > 1, later


def noted_templates(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Names of the templates that are filled in from now on."""
    filled: set[str] = set()
    original = Environment.get_template

    def noted(self: Environment, name: Any, *rest: Any, **named: Any) -> Any:
        filled.add(name)
        return original(self, name, *rest, **named)

    monkeypatch.setattr(Environment, "get_template", noted)
    return filled


@without_audit
def test_a_changed_record_makes_the_lists_of_its_own_city_and_year(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All else that lists, rolls, feeds and the log of changes tell is taken over, and no other case is read."""
    root, out = synthetic_project(tmp_path / "p", 24), tmp_path / "site"
    with files_are_settled():
        build(root, out, AS_OF, cached=True)
        read: list[Path] = []
        load = case_scan.load_case
        monkeypatch.setattr(case_scan, "load_case", lambda path, base: read.append(path) or load(path, base))
        path = honoured(root)
        text = path.read_text("utf-8")
        path.write_text(re.sub("(?m)^( *summary: .*)$", r"\1又记一句", text), encoding="utf-8")
        build(root, out, AS_OF, cached=True)
    assert read == [path]
    city, year = path.parent.parent.name, path.parent.name
    others = {item.slug for item in TWO_CITIES} - {city}
    fresh = {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file() and is_new(p, out)}
    assert {f"feeds/{city}/notices.atom", f"api/v1/notices/{city}/{year}.json"} <= fresh
    assert not [name for name in fresh if others & {*name.split("/")}]
    yardstick(root, tmp_path / "clean", AS_OF)
    assert differing(out, tmp_path / "clean") == []


@without_audit
def test_a_large_registry_is_listed_by_city_and_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of the whole list goes on as the index of its pages; the workbook's tells those of the years."""
    monkeypatch.setattr(list_index, "WHOLE", 4)
    monkeypatch.setattr(data_step, "WHOLE", 4)
    root, out = synthetic_project(tmp_path / "p", 24), tmp_path / "site"
    build(root, out, AS_OF, cached=True)
    path = honoured(root)
    path.write_text(path.read_text("utf-8").replace("没有犹豫", "毫不犹豫"), encoding="utf-8")
    build(root, out, AS_OF, cached=True)
    for kind in ("notices", "honours"):
        index = json.loads((out / f"api/v1/{kind}.json").read_bytes())
        assert index == json.loads((out / f"api/v1/{kind}/index.json").read_bytes())
        pages = [out / f"api/v1/{kind}/{page['jurisdiction']}/{page['year']}.json" for page in index["pages"]]
        listed = [item for page in pages for item in json.loads(page.read_bytes())]
        table = json.loads((out / f"data/{kind}.json").read_bytes())
        assert [item["id"] for item in listed] == [row["id"] for row in table]
        assert index["count"] == len(listed) > 4
        changed = [page for page in pages if is_new(page, out)]
        assert len(changed) == 1
        assert path.parent.parent.name in changed[0].parts
        years = {int(item["id"].split("-")[-2]) for item in listed}
        books = sorted(out.glob(f"data/{kind}-*.xlsx"))
        assert [book.name for book in books] == [f"{kind}-{year}.xlsx" for year in sorted(years)]
        assert [book for book in books if is_new(book, out)] == [out / f"data/{kind}-{changed[0].stem}.xlsx"]
        assert all(book.name in (out / "data/index.html").read_text("utf-8") for book in books)
    yardstick(root, tmp_path / "clean", AS_OF)
    assert differing(out, tmp_path / "clean") == []


def honoured(root: Path) -> Path:
    """The newest public case with a notice and an honour whose narrative can be told otherwise."""
    words = ("level: public", "notice:", "honours:", "没有犹豫")
    found = [
        path
        for path in sorted((root / "registry").rglob("*.yml"))
        if all(each in path.read_text("utf-8") for each in words)
    ]
    return max(found, key=lambda path: path.parent.name)


def is_new(path: Path, site: Path) -> bool:
    """Whether the tree behind has no such file, or another one."""
    twin = behind(site) / path.relative_to(site)
    return not twin.exists() or twin.stat().st_ino != path.stat().st_ino


@without_audit
def test_a_changed_decision_reaches_cases_that_did_not_change(tmp_path: Path) -> None:
    """What a decision grants stands in a file of its own: the case beside it looks as it did."""
    root = write_small_project(tmp_path / "p", {"wuhan/2026/wh26-0001.yml": case(honours=[])})
    path = root / "registry/decisions/wuhan/2026/wuhan-2026-d0001.yml"
    write_yaml(path, decision())
    with files_are_settled():
        build(root, tmp_path / "site", AS_OF, cached=True)
        path.write_text(
            path.read_text("utf-8").replace("title: 见义勇为先进个人", "title: 见义勇为模范"), "utf-8"
        )
        build(root, tmp_path / "site", AS_OF, cached=True)
    yardstick(root, tmp_path / "clean", AS_OF)
    assert differing(tmp_path / "site", tmp_path / "clean") == []
    assert "见义勇为模范" in (tmp_path / "site/api/v1/honours.json").read_text("utf-8")


def of_records(site: Path, place: str) -> list[Path]:
    """The files of single records below one folder of the site."""
    named = re.compile(r"/[a-z]+-[0-9]{4}-h?[0-9]{4,}[/.]")
    return [
        path for path in sorted((site / place).rglob("*")) if path.is_file() and named.search(path.as_posix())
    ]


def noted_audits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files whose bytes are audited from now on."""
    audited: list[str] = []
    original = Skimmer.read

    def noted(self: Skimmer, files: Sequence[tuple[str, bytes]]) -> list[Skimmed]:
        audited.extend(name for name, _ in files)
        return original(self, files)

    monkeypatch.setattr(Skimmer, "read", noted)
    return audited


def test_only_changed_files_are_audited_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = synthetic_project(tmp_path / "p", 20)
    out = tmp_path / "site"
    build(root, out, AS_OF, cached=True)
    audited = noted_audits(monkeypatch)
    build(root, out, AS_OF + timedelta(minutes=5), cached=True)
    # Lists, home, digests and whatever is over all records say for which moment the site was built.
    records = {path.relative_to(out).as_posix() for path in of_records(out, ".")}
    assert len(records) > 40
    assert not records & set(audited)


def test_where_nothing_at_all_changed_nothing_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless more is withheld. A folder that no build made goes, whatever it is called."""
    root = write_small_project(tmp_path / "p", CASES)
    out = tmp_path / "site"
    for _ in range(2):
        build(root, out, AS_OF, cached=True)
    audits = mock.Mock(side_effect=audit_step.audit_site)
    monkeypatch.setattr(audit_step, "audit_site", audits)
    build(root, out, AS_OF, cached=True)
    assert not audits.called
    (behind(out) / "骆允谦" / "允谦").mkdir(parents=True)
    build(root, out, AS_OF, cached=True)
    assert not (out / "骆允谦").exists()
    audits.reset_mock()
    held = case(
        case="wh26-0009",
        level="confidential",
        withholding=WITHHOLDING,
        private={"never_publish": ["以网页为准"]},
    )
    del held["notice"]
    write_small_project(root, {**CASES, "wuhan/2026/wh26-x-held.yml": held})
    assert "以网页为准" in (out / "notices/wuhan-2026-0001/index.html").read_text(encoding="utf-8")
    for _ in range(2):
        with pytest.raises(AuditFailedError):
            build(root, out, AS_OF, cached=True)
        assert audits.called
        audits.reset_mock()


@without_audit
def test_the_tree_behind_is_the_site_of_the_build_before(tmp_path: Path) -> None:
    """Files that both trees share are one file each: what is written to one must not be seen in the other."""
    root, out = synthetic_project(tmp_path / "p", 12), tmp_path / "site"
    before: Path | None = None
    paths = [p for p in sorted((root / "registry").rglob("*.yml")) if "没有犹豫" in p.read_text("utf-8")]
    for number in range(4):
        build(root, out, AS_OF + timedelta(minutes=number), cached=True)
        if before is not None:
            assert differing(behind(out), before) == []
            shared = out / "api/v1/schema/notices.json"
            assert shared.stat().st_ino == (behind(out) / "api/v1/schema/notices.json").stat().st_ino
        before = tmp_path / f"copy{number}"
        shutil.copytree(out, before)
        text = paths[number].read_text("utf-8")
        paths[number].write_text(text.replace("没有犹豫", "毫不犹豫"), encoding="utf-8")
    paths[0].unlink()
    build(root, out, AS_OF, cached=True)
    yardstick(root, tmp_path / "clean", AS_OF)
    assert differing(out, tmp_path / "clean") == []


@without_audit
def test_a_file_that_did_not_change_keeps_its_time(tmp_path: Path) -> None:
    root, out = write_small_project(tmp_path / "p", CASES), tmp_path / "site"
    build(root, out, AS_OF, cached=True)
    later = AS_OF + timedelta(minutes=7)
    build(root, out, later, cached=True)
    times = {
        path.relative_to(out).as_posix(): path.stat().st_mtime for path in out.rglob("*") if path.is_file()
    }
    assert set(times.values()) == {AS_OF.timestamp(), later.timestamp()}
    assert times["notices/wuhan-2026-0001/index.html"] == AS_OF.timestamp()
    assert times["index.html"] == later.timestamp()


@without_audit
def test_a_changed_record_needs_no_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, out = write_small_project(tmp_path / "p", CASES), tmp_path / "site"
    build(root, out, AS_OF, cached=True)

    def never(*_: object) -> list[str]:
        raise AssertionError("the frame rests on no record")

    monkeypatch.setattr(quick_build, "plain_host", never)
    changed = merged(CASES["wuhan/2026/wh26-x-open.yml"], {"act": {"summary": "跳湖救人"}})
    write_cases(root, {**CASES, "wuhan/2026/wh26-x-open.yml": changed})
    build(root, out, AS_OF + timedelta(minutes=1), cached=True)
    assert "跳湖救人" in (out / "notices/wuhan-2026-0001/index.html").read_text(encoding="utf-8")
    (root / "site_config/theme").mkdir(exist_ok=True)
    (root / "site_config/theme/main.html").write_text("{# another theme #}", encoding="utf-8")
    with pytest.raises(AssertionError, match="rests on no record"):
        build(root, out, AS_OF, cached=True)


@without_audit
def test_a_record_that_looks_as_it_did_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, out = write_small_project(tmp_path / "p", CASES), tmp_path / "site"
    moment = AS_OF.replace(second=1)  # a minute and no second may stand as it is
    read: list[str] = []
    original = scan.read_bytes

    def noted(path: Path, base: Path) -> bytes:
        read.append(path.name)
        return original(path, base)

    monkeypatch.setattr(scan, "read_bytes", noted)
    build(root, out, moment, cached=True)
    build(root, out, moment, cached=True)
    assert len(read) == 2 * len(CASES), (
        "written to within the last seconds: it could look the same and be another"
    )
    monkeypatch.setattr(scan, "_SETTLED", -(10**12))
    build(root, out, moment, cached=True)
    read.clear()
    build(root, out, moment, cached=True)
    assert read == []
    # As many bytes, and the time put back: the system still knows that it was written to.
    path = next(
        path for path in (root / "registry/cases").rglob("*.yml") if "封玉琢" in path.read_text("utf-8")
    )
    before = path.stat()
    path.write_text(path.read_text("utf-8").replace("封玉琢", "封玉珪"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    build(root, out, moment, cached=True)
    assert read == [path.name]
    yardstick(root, tmp_path / "clean", moment)
    assert differing(out, tmp_path / "clean") == []


@without_audit
def test_a_record_written_just_before_a_build_is_scanned_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, out = write_small_project(tmp_path / "p", CASES), tmp_path / "site"
    moment = AS_OF.replace(second=1)  # a minute and no second may stand as it is
    build(root, out, moment, cached=True)

    def never(*_: object) -> object:
        raise AssertionError("its bytes are the same, however young it was")

    with monkeypatch.context() as patched:
        patched.setattr(scan, "scan_chunk", never)
        build(root, out, moment, cached=True)
    # As many bytes, within the time in which a file may change and look the same.
    path = next(
        path for path in (root / "registry/cases").rglob("*.yml") if "封玉琢" in path.read_text("utf-8")
    )
    path.write_text(path.read_text("utf-8").replace("封玉琢", "封玉珪"), encoding="utf-8")
    build(root, out, moment, cached=True)
    yardstick(root, tmp_path / "clean", moment)
    assert differing(out, tmp_path / "clean") == []


@without_audit
def test_the_cache_is_for_its_owner_alone(tmp_path: Path) -> None:
    root = write_small_project(tmp_path / "p", CASES)
    build(root, tmp_path / "site", AS_OF, cached=True)
    folder = root / PRIVATE_FOLDER / "cache"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert "不公开" in (folder / "README.txt").read_text(encoding="utf-8")
    ignored = (Path(__file__).parents[3] / ".gitignore").read_text(encoding="utf-8")
    assert f"/{PRIVATE_FOLDER}/" in ignored.split("\n")


def test_a_damaged_cache_is_no_cache(tmp_path: Path) -> None:
    root = write_small_project(tmp_path / "p", CASES)
    yardstick(root, tmp_path / "clean", AS_OF)
    build(root, tmp_path / "site", AS_OF, cached=True)
    for path in (root / PRIVATE_FOLDER / "cache").iterdir():
        path.write_bytes(path.read_bytes()[:-9])
    build(root, tmp_path / "site", AS_OF, cached=True)
    assert differing(tmp_path / "site", tmp_path / "clean") == []


@without_audit
def test_a_second_build_does_without_the_cache_in_use(tmp_path: Path) -> None:
    root = write_small_project(tmp_path / "p", CASES)
    yardstick(root, tmp_path / "clean", AS_OF)
    with open_cache(root / PRIVATE_FOLDER / "cache", root) as held:
        assert held is not None
        result = build(root, tmp_path / "site", AS_OF, cached=True)
        known = (root / PRIVATE_FOLDER / "cache" / RECORDS).read_bytes()
    assert result.built.linked == 0
    assert b"wuhan-2026-0001" not in known
    assert differing(tmp_path / "site", tmp_path / "clean") == []


def test_only_the_software_itself_belongs_to_what_the_cache_rests_on(tmp_path: Path) -> None:
    """A site or an environment beside the package changes with every build."""
    shutil.copytree(ROOT / "generator", tmp_path / "generator", ignore=shutil.ignore_patterns("__pycache__"))

    def told() -> str:
        command = "from generator.system.hashing import software_digest as told; print(told().hex())"
        return subprocess.run(
            [sys.executable, "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True
        ).stdout

    first = told()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("公示", encoding="utf-8")
    assert told() == first
    (tmp_path / "generator" / "pages" / "templates" / "home.html").write_text("公示", encoding="utf-8")
    assert told() != first


@without_audit
def test_settings_belong_to_what_the_cache_rests_on(tmp_path: Path) -> None:
    root = write_small_project(tmp_path / "p", CASES)
    build(root, tmp_path / "site", AS_OF, cached=True)
    path = root / "site_config/authorities/wuhan-test.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("异议受理处", "异议受理室"), encoding="utf-8")
    build(root, tmp_path / "site", AS_OF, cached=True)
    assert "异议受理室" in (tmp_path / "site/notices/wuhan-2026-0001/index.html").read_text(encoding="utf-8")


@without_audit
def test_decisions_rest_on_the_settings_as_notices_do(tmp_path: Path) -> None:
    root = write_small_project(tmp_path / "p", {"wuhan/2026/wh26-0001.yml": case(honours=[])})
    write_yaml(root / "registry/decisions/wuhan/2026/wuhan-2026-d0001.yml", decision())
    build(root, tmp_path / "site", AS_OF, cached=True)
    path = root / "site_config/site.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(SITE["name"], "改名后的站点"), encoding="utf-8")
    build(root, tmp_path / "site", AS_OF, cached=True)
    yardstick(root, tmp_path / "clean", AS_OF)
    assert "改名后的站点" in (tmp_path / "site/decisions/wuhan-2026-d0001/index.html").read_text(
        encoding="utf-8"
    )
    assert differing(tmp_path / "site", tmp_path / "clean") == []


def test_a_build_over_two_processes_is_a_build_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "CHUNK", 3)  # each process has chunks of its own
    root = synthetic_project(tmp_path / "p", 12)
    build(root, tmp_path / "one", AS_OF)
    build(root, tmp_path / "two", AS_OF, jobs=2, cached=True)
    assert differing(tmp_path / "one", tmp_path / "two") == []
