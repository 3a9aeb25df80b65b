"""测速 (bench): it runs through, its table has a figure in every row, and Hugo does the same job as we."""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import subprocess
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from tests.benchmarks.bench import bench
from tests.benchmarks.bench_table import markdown, rows
from tests.benchmarks.fair_hugo import SECTIONS, record_pages, write_hugo
from tests.benchmarks.synthetic import CITIES, write_registry
from tests.projects import AS_OF, ROOT
from tests.site.build.test_incremental import synthetic_project
from tests.sites import build_project, made_once

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("bench")]

FIGURES = (
    "40 cold without audit / fair Hugo",
    "40 cold whole / fair Hugo",
    "audit / `grep -rlF` of the same words",
    "audit / all other phases",
    "one changed record at a new minute / cold, 40",
    "the same by the clock, 40; 40",
    "nothing changed, a new minute, 40",
    "ten notices close at midnight, 40",
    "40 / 40 cold",
    "largest process at 40",
    '`--help` / `python -c "import pydantic, typer, yaml"`',
    "sample site cold, without certificate hashing / bare `mkdocs build` of as many pages",
    "check of 40 in one process / bare parsing with CSafeLoader",
)
"""The rows that the project holds itself to."""
with_hugo = pytest.mark.skipif(shutil.which("hugo") is None, reason="no hugo: apt-get install hugo")


def light_project(folder: Path) -> Path:
    """A few records under short texts: law is dear to lay out, and nothing here is about it."""
    synthetic_project(folder, 6, cities=CITIES, closing=1)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "light-project", light_project)


@pytest.fixture(scope="module")
def run(light: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The folder and the figures of one small bench."""
    folder = tmp_path_factory.mktemp("bench")
    return folder, bench(
        folder, [40], repeat=1, jobs=os.cpu_count() or 1, starts=1, project=light, sample=light
    )


@pytest.mark.journey
def test_every_row_of_the_table_has_a_figure(run: tuple[Path, dict[str, Any]]) -> None:
    _, report = run
    found = rows(report)
    missing = {name for name in FIGURES if "Hugo" in name and not shutil.which("hugo")}
    assert [row.name for row in found] == [name for name in FIGURES if name not in missing]
    for row in found:
        assert row.figures and all(math.isfinite(figure.value) for figure in row.figures), row
    for row in found:
        assert row.of, row


@pytest.mark.journey
def test_what_misses_its_bar_is_bold(run: tuple[Path, dict[str, Any]]) -> None:
    _, report = run
    (largest,) = (row for row in rows(report) if row.name.startswith("largest process"))
    assert "**" not in largest.figures[0].words
    report = json.loads(json.dumps(report))
    report["sizes"]["40"]["cold"]["peak_mb"] = 900.0
    assert "| largest process at 40 | **0.9 GB** | ≤ 0.8 GB |" in markdown(report)


@pytest.mark.journey
def test_a_run_leaves_a_table_its_figures_and_two_plots(run: tuple[Path, dict[str, Any]]) -> None:
    folder, report = run
    assert {path.name for path in folder.iterdir()} == {"bench.json", "bench.md", "cost.svg", "change.svg"}
    assert json.loads((folder / "bench.json").read_text(encoding="utf-8")) == report
    assert (folder / "bench.md").read_text(encoding="utf-8") == f"{markdown(report)}\n"
    plots = {name: (folder / name).read_text(encoding="utf-8") for name in ("cost.svg", "change.svg")}
    assert re.findall(r">(cold build|audit|scan)", plots["cost.svg"]) == ["scan", "audit", "cold build"]
    assert ">one record changed" in plots["change.svg"]


@pytest.fixture(scope="module")
def both(light: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """One registry as a site of ours and as one of Hugo's, for the same instant."""
    folder = tmp_path_factory.mktemp("both")
    root, hugo = folder / "ours", folder / "hugo"
    write_registry(root, 60, closing=3, project=light)
    build_project(root, root / "site", search=False)
    write_hugo(root, hugo)
    moment = {"HUGO_PARAMS_MOMENT": AS_OF.isoformat()}
    subprocess.run(["hugo", "--quiet"], cwd=hugo, env=os.environ | moment, check=True)
    return root / "site", hugo / "public"


@with_hugo
@pytest.mark.journey
@pytest.mark.parametrize("section", SECTIONS)
def test_hugo_has_the_same_pages_of_about_the_same_size(both: tuple[Path, Path], section: str) -> None:
    ours, peers = (record_pages(site, section) for site in both)
    assert ours.keys() == peers.keys()
    assert len(ours) > 20
    sizes, others = (mean(path.stat().st_size for path in pages.values()) for pages in (ours, peers))
    assert 0.8 < others / sizes < 1.2
    documents, others = (
        mean(path.stat().st_size for path in _documents(site, section).values()) for site in both
    )
    assert 0.8 < others / documents < 1.2


@with_hugo
@pytest.mark.journey
def test_hugo_works_out_the_same_states_and_days(both: tuple[Path, Path]) -> None:
    told = [
        {name: _of_notice(_read(path)) for name, path in _documents(site, "notices").items()} for site in both
    ]
    assert told[0] == told[1]
    assert {notice["status"] for notice in told[0].values()} > {"open", "confirmed"}


@with_hugo
@pytest.mark.journey
def test_hugo_works_out_the_same_honours(both: tuple[Path, Path]) -> None:
    told = [
        {name: _of_honour(_read(path)) for name, path in _documents(site, "honours").items()} for site in both
    ]
    assert told[0] == told[1]


@with_hugo
@pytest.mark.journey
def test_hugo_cites_lists_and_feeds_alike(both: tuple[Path, Path]) -> None:
    ours, peers = both
    for section in SECTIONS:
        name = min(record_pages(ours, section))
        for site in both:
            page = record_pages(site, section)[name].read_text(encoding="utf-8")
            assert len(re.findall(r'id="cite-', page)) == 7
            (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
            assert json.loads(data)["identifier"] == name
        # /notices/wuhan/2024/: each city and year that has a list of ours has one of theirs, with data and a feed.
        lists = {path.parent.relative_to(ours) for path in (ours / section).glob("[a-z]*/[0-9]*/index.html")}
        assert lists
        for path in lists:
            assert {"index.html", "index.json", "index.xml"} <= {
                file.name for file in (peers / path).iterdir()
            }


def _documents(site: Path, section: str) -> dict[str, Path]:
    """Id → the record as JSON."""
    data = site / "api" / "v1" / section
    return {
        name: data / f"{name}.json" if data.is_dir() else page.parent / "index.json"
        for name, page in record_pages(site, section).items()
    }


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _of_notice(document: dict[str, Any]) -> dict[str, Any]:
    days = [(day["on"], day["ordinal"], day["counted"]) for day in document["days"]]
    keys = ("status", "opens_at", "closes_at", "published_at", "thinned")
    return {key: document[key] for key in keys} | {
        "days": days,
        "last_moment": document["period"]["last_moment"],
        "names": [person["name"] for person in document["persons"]],
    }


def _of_honour(document: dict[str, Any]) -> dict[str, Any]:
    keys = ("status", "title", "grantor", "number", "decided_on", "published_on")
    return {key: document[key] for key in keys} | {
        "names": [person["name"] for person in document["recipients"]],
        "deed": document["act"]["summary"],
    }
