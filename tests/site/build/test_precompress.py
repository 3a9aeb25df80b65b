"""Twins for web servers: the same text, the same bytes each time, nothing left out and nothing too much."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import brotli
import pytest

from generator.pipeline import precompress as twinning
from generator.pipeline.build import BuildOptions
from generator.pipeline.build import build as build_with
from generator.pipeline.mkdocs_adapter import build_with_mkdocs
from generator.pipeline.precompress import ENDINGS, SMALLEST
from generator.pipeline.site_tree import SiteTree, Unit, files_in
from tests.projects import AS_OF, case, write_small_project

PAGE = ("<p>公示期自2026年11月13日起至11月22日止</p>\n" * 60).encode()


def precompress(site: Path, jobs: int) -> int:
    """Give the files of ``site`` their twins; the number of these."""
    tree = SiteTree(folder=site, moment=0)
    made = twinning.twins(tree, {"all": Unit(made_from=b"", files=files_in(site))}, jobs)
    return sum(len(unit.files) for unit in made.values())


def twins(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.suffix in (".gz", ".br")}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_text_file_gets_twins_that_unpack_to_it(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "a" / f"b{ending}"
    path.parent.mkdir()
    path.write_bytes(PAGE)
    assert precompress(tmp_path, 1) == 2
    assert gzip.decompress(Path(f"{path}.gz").read_bytes()) == PAGE
    assert brotli.decompress(Path(f"{path}.br").read_bytes()) == PAGE


def test_small_files_pictures_and_what_does_not_shrink_get_none(tmp_path: Path) -> None:
    (tmp_path / "small.html").write_bytes(PAGE[: SMALLEST - 1])
    (tmp_path / "picture.png").write_bytes(PAGE)
    (tmp_path / "noise.json").write_bytes(os.urandom(4096))
    (tmp_path / "just.html").write_bytes(PAGE[:SMALLEST])
    assert precompress(tmp_path, 1) == 2
    assert twins(tmp_path) == {"just.html.gz", "just.html.br"}


def test_the_same_file_gives_the_same_twins_over_any_number_of_processes(tmp_path: Path) -> None:
    made = []
    for number in (1, 2):
        site = tmp_path / str(number)
        site.mkdir()
        for page in range(600):
            path = site / f"{page}.html"
            path.write_bytes(PAGE + str(page).encode())
            os.utime(path, (number * 1000, number * 1000))
        assert precompress(site, number) == 1200
        made.append({name: (site / name).read_bytes() for name in twins(site)})
    assert made[0] == made[1]


def test_a_large_file_is_read_in_parts(tmp_path: Path) -> None:
    whole = PAGE * 2000
    path = tmp_path / "notices.json"
    path.write_bytes(whole)
    precompress(tmp_path, 1)
    assert gzip.decompress(Path(f"{path}.gz").read_bytes()) == whole
    assert brotli.decompress(Path(f"{path}.br").read_bytes()) == whole


def test_a_site_with_twins_is_audited_with_them(tmp_path: Path) -> None:
    root = write_small_project(tmp_path / "p", {"wuhan/2026/a.yml": case()}, themed=True)
    site = tmp_path / "site"
    build_with(
        BuildOptions(root=root, out=site, as_of=AS_OF, now=AS_OF, jobs=1, precompressed=True),
        lambda prepared, staging: build_with_mkdocs(prepared, staging, root / "mkdocs.yml"),
    )
    made = twins(site)
    assert {"index.html.gz", "index.html.br", "assets/yiyong.css.br"} <= made
    for name in made:
        unpack = gzip.decompress if name.endswith(".gz") else brotli.decompress
        assert unpack((site / name).read_bytes()) == (site / name[:-3]).read_bytes()
        assert (site / name).stat().st_mtime == AS_OF.timestamp()
