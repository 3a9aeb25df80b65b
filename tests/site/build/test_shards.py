"""Shards: made apart, in any order, on any number of workers, they merge to the site of one build."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from generator.pipeline import scan
from generator.pipeline.prepare import ChecksFailedError
from generator.pipeline.scan import Share
from generator.pipeline.shards import build_shard, shard_stores
from tests.projects import AS_OF
from tests.quick_build import COMMAND, build, differing, no_posters, yardstick
from tests.site.build.test_incremental import count_renderings, synthetic_project


def shard(root: Path, folder: Path, number: int, count: int) -> int:
    with no_posters():
        return build_shard(root, folder, Share(number=number, count=count), AS_OF, AS_OF, 1).records


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few records in several chunks: a chunk is what a shard has whole."""
    monkeypatch.setattr(scan, "CHUNK", 10)


@pytest.mark.usefixtures("small_chunks")
def test_shards_merge_to_the_site_of_one_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = synthetic_project(tmp_path / "p", 30)
    clean = yardstick(root, tmp_path / "clean", AS_OF)
    folders = [tmp_path / f"shard{number}" for number in (3, 1, 2)]
    made = [shard(root, folder, int(folder.name[-1]), 3) for folder in folders]
    assert all(made)
    assert sum(made) == clean.built.notices + clean.built.honours
    rendered = count_renderings(monkeypatch)
    build(root, tmp_path / "merged", AS_OF, cached=True, beside=shard_stores(folders))
    assert rendered == []
    # What was taken over stays: the next build needs the shards no longer.
    for folder in folders:
        shutil.rmtree(folder)
    build(root, tmp_path / "merged", AS_OF, cached=True)
    assert rendered == []
    assert differing(tmp_path / "merged", tmp_path / "clean") == []


@pytest.mark.usefixtures("small_chunks")
def test_a_shard_that_is_missing_or_old_is_made_when_merging(tmp_path: Path) -> None:
    root = synthetic_project(tmp_path / "p", 20)
    shard(root, tmp_path / "one", 1, 2)
    path = next(p for p in sorted((root / "registry").rglob("*.yml")) if "没有犹豫" in p.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace("没有犹豫", "毫不犹豫"), encoding="utf-8")
    build(root, tmp_path / "merged", AS_OF, cached=True, beside=shard_stores([tmp_path / "one"]))
    yardstick(root, tmp_path / "clean", AS_OF)
    assert differing(tmp_path / "merged", tmp_path / "clean") == []


def test_a_shard_without_records_is_taken_as_empty(tmp_path: Path) -> None:
    """There are fewer chunks than shards, and one site of them all the same."""
    root = synthetic_project(tmp_path / "p", 3)
    folders = [tmp_path / str(number) for number in (1, 2, 3)]
    made = [shard(root, folder, number, 3) for number, folder in enumerate(folders, start=1)]
    assert made[0] and made[1:] == [0, 0]
    stores = shard_stores(folders)
    assert len(stores) == 3
    build(root, tmp_path / "merged", AS_OF, cached=True, beside=stores)
    yardstick(root, tmp_path / "clean", AS_OF)
    assert differing(tmp_path / "merged", tmp_path / "clean") == []


@pytest.mark.usefixtures("small_chunks")
def test_an_error_in_its_own_share_stops_a_shard(tmp_path: Path) -> None:
    root = synthetic_project(tmp_path / "p", 20)
    path = sorted((root / "registry").rglob("*.yml"))[0]
    path.write_text("case: [", encoding="utf-8")
    stopped = 0
    for number in (1, 2):
        try:
            shard(root, tmp_path / str(number), number, 2)
        except ChecksFailedError as failed:
            stopped += 1
            assert {item.place.path for item in failed.diagnostics} >= {path.relative_to(root).as_posix()}
    assert stopped == 1


@pytest.mark.journey
def test_two_workers_of_dask_make_the_site_of_one_build(tmp_path: Path) -> None:
    """The example of README: the shards are written by two worker processes, none by this one."""
    from distributed import Client, LocalCluster

    from tests.benchmarks.dask_shards import build_on_dask

    root = synthetic_project(tmp_path / "p", 12)
    yardstick(root, tmp_path / "one", AS_OF)
    program = tmp_path / "yiyong"
    # Few records in several chunks, so that each shard has some.
    few = "from generator.pipeline import scan\nscan.CHUNK = 3\n"
    program.write_text(few + COMMAND, encoding="utf-8")
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        pids = {worker.pid for worker in cluster.workers.values()}
        used = build_on_dask(
            client,
            root,
            tmp_path / "merged",
            tmp_path / "shards",
            2,
            AS_OF.isoformat(),
            (sys.executable, str(program)),
        )
    assert set(used) == pids
    assert len(pids) == 2
    assert differing(tmp_path / "merged", tmp_path / "one") == []
