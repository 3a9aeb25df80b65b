"""有无之同: the site built with what is withheld and the site built without it are the same bytes."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.cases.case_files import find_case_files
from generator.pipeline.render import index_pages
from generator.pipeline.staged_markdown import as_markdown
from tests.decision_trees import without_grants
from tests.projects import AS_OF, ROOT, WITHHOLDING, case, copy_project, honour, person
from tests.quick import Quick, dump, write_decisions
from tests.registries import Registry, random_registry, without_withheld
from tests.soaking import examples


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    return Quick(tmp_path_factory.mktemp("quick"), retention={"identity_days": "90"})


def site_of(quick: Quick, cases: dict[str, Any]) -> dict[str, bytes]:
    """The site's files, and the Markdown of its lists for another engine."""
    with quick.prepared(cases) as ready:
        pages = {f"staged/{page.path}": as_markdown(page).encode() for page in index_pages(ready)}
        quick.finish(ready, audit=False)
    return {**quick.files(), **pages}


@settings(max_examples=examples(4), suppress_health_check=list(HealthCheck))
@given(seed=st.integers(10_000, 10_000_000))
def test_nothing_of_the_site_depends_on_what_is_withheld(seed: int, quick: Quick) -> None:
    registry = random_registry(seed, most_cases=5)
    without = without_withheld(registry, random.Random(seed))
    assert differences(site_of(quick, registry.cases), site_of(quick, without.cases)) == []


def many(count: int, level: str) -> Registry:
    """Cases of which every second has the level, so that chunks of files end elsewhere without them."""
    registry = Registry()
    for number in range(count):
        changes: dict[str, Any] = {}
        if number % 2:
            changes = {"level": level, "withholding": WITHHOLDING}
        public = number // 2 + 1
        tree = case(
            case=f"wh26-{number:04}",
            notice={"id": f"wuhan-2026-{9000 + number if number % 2 else public:04}"},
            honours=[honour(id=f"wuhan-2026-h{9000 + number if number % 2 else public:04}")],
            **changes,
        )
        registry.cases[f"wuhan/2026/c{number:04}.yml"] = tree
    return registry


def test_chunks_of_files_leave_no_mark(quick: Quick, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records are read in chunks; where one ends depends on withheld files, the site does not."""
    monkeypatch.setattr("generator.pipeline.scan.CHUNK", 3)
    registry = many(14, "confidential")
    public = {name: tree for name, tree in registry.cases.items() if tree["level"] == "public"}
    with_them = site_of(quick, registry.cases)
    assert differences(with_them, site_of(quick, public)) == []
    monkeypatch.setattr("generator.pipeline.scan.CHUNK", 250)
    assert differences(with_them, site_of(quick, public)) == []


def test_a_group_with_and_without_its_withheld_member(quick: Quick) -> None:
    members = [
        person(),
        person(key="p2", name="祁向晨", disclosure="withheld", withholding=WITHHOLDING, deceased="true"),
        person(key="p3", name="封玉琢", disclosure="masked", withholding=WITHHOLDING),
    ]
    tree = case(
        persons=members,
        act={"narrative": "两人跳入水中救起一人。"},
        group={"name": "湖边救援小组", "head_count": "2"},
        honours=[honour(recipients=["p2", "p1"]), honour(id="wuhan-2026-h0002", recipients=["p2"])],
    )
    bare = case(
        persons=[members[0], members[2]],
        act={"narrative": "两人跳入水中救起一人。"},
        group={"name": "湖边救援小组", "head_count": "2"},
        honours=[honour()],
    )
    site = site_of(quick, {"wuhan/2026/a.yml": tree})
    assert differences(site, site_of(quick, {"wuhan/2026/a.yml": bare})) == []
    assert "honours/wuhan-2026-h0001/index.html" in site


def test_a_batch_of_which_somebody_withheld_is_refused(quick: Quick) -> None:
    """Neither that somebody was refused nor that there was another act is told."""
    hidden = person(key="p2", name="祁向晨", disclosure="withheld", withholding=WITHHOLDING)
    decided = {"kind": "confirmed", "decided_on": "2025-12-01", "organ": "武汉市测试机关（示例）"}
    closed: dict[str, Any] = {
        "act": {"happened_on": "2025-08-01", "persons": ["p1"]},
        "procedure": None,
        "notice": {
            "id": "wuhan-2025-0001",
            "published_at": "2025-11-18T09:00",
            "period": {"opens_on": "2025-11-18", "closes_on": "2025-11-26"},
        },
    }
    other_act = {
        "happened_on": "2025-08-02",
        "kind": "stop_crime",
        "summary": "夺下一把刀",
        "persons": ["p2"],
        "case": "wh25-0009",
    }
    tree = case(
        **closed,
        persons=[person(), hidden],
        further_acts=[other_act],
        outcome={**decided, "not_confirmed": ["p2"]},
    )
    site = site_of(quick, {"wuhan/2025/a.yml": tree})
    assert differences(site, site_of(quick, {"wuhan/2025/a.yml": case(**closed, outcome=decided)})) == []
    named = case(
        **closed,
        persons=[person(), person(key="p2", name="祁向晨")],
        outcome={**decided, "not_confirmed": ["p2"]},
    )
    words = "公示所列人员中有未予确认"
    assert words in site_of(quick, {"wuhan/2025/a.yml": named})["notices/wuhan-2025-0001/index.html"].decode()


def decisions_of(project: Path) -> dict[str, Any]:
    folder = project / "registry/decisions"
    return {
        path.relative_to(folder).as_posix(): yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)
        for path in sorted(folder.rglob("*.yml"))
    }


def without_hidden(decisions: dict[str, Any], registry: Registry, without: Registry) -> dict[str, Any]:
    """The decisions as if nobody withheld had been granted anything."""
    shown = {
        tree["case"]: {item["key"] for item in tree.get("persons", ()) if "key" in item}
        for tree in without.cases.values()
    }
    grants = [grant for tree in decisions.values() for tier in tree["tiers"] for grant in tier["grants"]]
    assert {grant["case"] for grant in grants} <= {tree["case"] for tree in registry.cases.values()}
    kept = {}
    for grant in (item for item in grants if item["case"] in shown):
        granted = grant.get("recipients", [])
        left = [key for key in granted if key in shown[grant["case"]]]
        if left or not granted:
            kept[grant["id"]] = left
    return without_grants(decisions, kept)


@pytest.mark.site
@pytest.mark.journey
@pytest.mark.xdist_group("sample_site")
def test_the_whole_sample_site_with_and_without(sample_site: Path, tmp_path: Path) -> None:
    """MkDocs, search index, posters and all: the sample as it is, and without what it withholds.

    The second site is built as MkDocs alone builds one, of a copy, in another folder and another process: nothing of
    them shows either.
    """
    project = copy_project(tmp_path / "p")
    registry = Registry()
    for path in find_case_files(project):
        tree = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
        registry.cases[path.relative_to(project / "registry/cases").as_posix()] = tree
    removed = sum(tree["level"] == "confidential" for tree in registry.cases.values())
    hidden = sum(p["disclosure"] == "withheld" for t in registry.cases.values() for p in t.get("persons", ()))
    assert removed >= 2 and hidden >= 3
    without = without_withheld(registry, random.Random(1), renumber=False)
    decisions = decisions_of(project)
    bare = without_hidden(decisions, registry, without)
    assert bare != decisions, "the sample has a decision that grants something withheld"
    shutil.rmtree(project / "registry/cases")
    for name, tree in without.cases.items():
        target = project / "registry/cases" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(dump(tree), encoding="utf-8")
    write_decisions(project, bare)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=project,
        env={**os.environ, "YIYONG_AS_OF": AS_OF.isoformat(), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    files = [
        {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (sample_site, project / "site")
    ]
    assert len(files[0]) > 300
    assert differences(*files) == []
