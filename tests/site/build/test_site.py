"""The whole way through: records in, a site out, or the old site untouched."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from lxml import etree

from generator.cli.file_kinds import KINDS
from generator.pipeline.build import BuildOptions
from generator.pipeline.build import build as build_with
from generator.pipeline.destination import NotASiteError
from generator.pipeline.mkdocs_adapter import build_with_mkdocs
from generator.pipeline.papers import plan_papers
from generator.pipeline.prepare import ChecksFailedError, Prepared, prepare
from generator.pipeline.private_spool import private_spool
from generator.pipeline.render import record_pages
from generator.pipeline.staged_markdown import as_markdown, markdown_path
from generator.source.json_schema import write_schemas
from generator.system.tree_exchange import BuildInProgressError, behind, exchange, tree_behind
from tests.projects import AS_OF, ROOT, case, copy_project, write_small_project

pytestmark = pytest.mark.xdist_group("sample_site")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def test_files_say_nothing_of_when_they_were_made(sample_site: Path) -> None:
    moments = {int(path.stat().st_mtime) for path in sample_site.rglob("*")}
    assert moments == {int(AS_OF.timestamp())}


def test_every_page_of_the_design_is_there(sample_site: Path) -> None:
    for address in (
        "index.html",
        "404.html",
        "notices/index.html",
        "notices/wuhan/index.html",
        "notices/wuhan-2026-0009/index.html",
        "honours/index.html",
        "honours/wuhan/index.html",
        "honours/wuhan/2026/index.html",
        "policies/index.html",
        "policies/compare/index.html",
        "policies/wuhan/index.html",
        "policies/wuhan/tiaoli-2015/index.html",
        "policies/nanjing/index.html",
        "policies/hangzhou/index.html",
        "policies/kunming/index.html",
        "policies/hubei/index.html",
        "objections/index.html",
        "data/index.html",
        "data/datapackage.json",
        "about/index.html",
        "api/v1/notices.json",
        "api/v1/notices/wuhan-2026-0009.json",
        "api/v1/honours.json",
        "api/v1/policies.json",
        "feeds/notices.atom",
        "feeds/wuhan/notices.atom",
        "feeds/honours.atom",
        "calendar/notices.ics",
        "calendar/wuhan.ics",
        "sitemap.xml",
        "robots.txt",
        "manifest.json",
    ):
        assert (sample_site / address).is_file(), address


def test_the_sitemap_covers_every_page_that_may_be_indexed(sample_site: Path) -> None:
    listed = {
        element.text.removeprefix("https://yiyong.example/")
        for element in etree.parse(sample_site / "sitemap.xml").iter("{*}loc")
    }
    pages = set()
    for path in sample_site.rglob("index.html"):
        if 'name="robots" content="noindex"' not in path.read_text(encoding="utf-8"):
            pages.add(path.parent.relative_to(sample_site).as_posix().removeprefix(".") + "/")
    assert listed == {"" if page == "/" else page for page in pages}


def test_no_shell_and_no_token_is_left(sample_site: Path) -> None:
    for path in sample_site.rglob("*"):
        assert "yyshell" not in path.name
        if path.suffix in (".html", ".xml", ".json"):
            data = path.read_bytes()
            assert b"YYSLOT" not in data and b"yyshell" not in data, path


@pytest.fixture(scope="module")
def prepared_sample(sample_project: Path) -> Iterator[Prepared]:
    with private_spool(sample_project) as spool:
        yield plan_papers(prepare(sample_project, AS_OF, AS_OF, spool, 1, search=True)).prepared


@pytest.mark.journey
def test_a_stamped_page_is_the_page_that_mkdocs_builds(
    sample_project: Path, sample_site: Path, prepared_sample: Prepared, tmp_path: Path
) -> None:
    """The same fragment as Markdown through MkDocs, and stamped: one document tree."""
    pages = list(record_pages(prepared_sample))
    project = copy_project(tmp_path / "p")
    for page in pages:
        target = project / "content/pages" / markdown_path(page)
        target.parent.mkdir(parents=True)
        target.write_text(as_markdown(page), encoding="utf-8")
    out = tmp_path / "site"
    build_with_mkdocs(prepared_sample, out, project / "mkdocs.yml")
    assert len(pages) > 60
    for page in pages:
        by_mkdocs, stamped = (
            etree.tostring(
                html5lib.parse((folder / page.path / "index.html").read_bytes(), treebuilder="lxml"),
                method="c14n",
            )
            for folder in (out, sample_site)
        )
        assert by_mkdocs == stamped, page.path


def test_the_schemas_for_editors_are_current(tmp_path: Path) -> None:
    write_schemas(tmp_path, KINDS)
    assert tree(tmp_path) == tree(ROOT / "site_config/schema"), "run make schema"


def builds(root: Path, out: Path) -> None:
    build_with(
        BuildOptions(root=root, out=out, as_of=AS_OF, now=AS_OF, jobs=1),
        lambda prepared, staging: build_with_mkdocs(prepared, staging, root / "mkdocs.yml"),
    )


def test_a_bad_record_stops_everything_and_the_old_site_stands(tmp_path: Path) -> None:
    root = write_small_project(tmp_path / "p", {"wuhan/2026/a.yml": case()}, themed=True)
    out = tmp_path / "site"
    builds(root, out)
    before = tree(out)
    write_small_project(root, {"wuhan/2026/b.yml": case(level="open")}, themed=True)
    with pytest.raises(ChecksFailedError):
        builds(root, out)
    assert tree(out) == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".site.new")] == []


def test_a_folder_that_is_no_site_is_not_removed(tmp_path: Path) -> None:
    root = write_small_project(tmp_path / "p", {"wuhan/2026/a.yml": case()}, themed=True)
    out = tmp_path / "home"
    out.mkdir()
    (out / "letters.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(NotASiteError):
        builds(root, out)
    assert (out / "letters.txt").read_text(encoding="utf-8") == "mine"


def test_one_build_at_a_time(tmp_path: Path) -> None:
    out = tmp_path / "site"
    with tree_behind(out), pytest.raises(BuildInProgressError), tree_behind(out):
        pass


def test_what_a_killed_build_left_is_cleared_and_an_old_site_comes_back(tmp_path: Path) -> None:
    out = tmp_path / "site"
    (tmp_path / ".site.new-dead").mkdir()
    old = tmp_path / ".site.old"
    old.mkdir()
    (old / "index.html").write_text("old", encoding="utf-8")
    with tree_behind(out) as folder:
        assert (out / "index.html").read_text(encoding="utf-8") == "old"
        assert not (tmp_path / ".site.new-dead").exists()
        (folder / "index.html").write_text("new", encoding="utf-8")
        exchange(folder, out)
    assert (out / "index.html").read_text(encoding="utf-8") == "new"
    assert (behind(out) / "index.html").read_text(encoding="utf-8") == "old"
    assert stat.S_IMODE(behind(out).stat().st_mode) == 0o700, "it may hold what is public no more"
    assert sorted(p.name for p in tmp_path.iterdir()) == [".site.behind", ".site.lock", ".site.whole", "site"]


def test_every_page_below_the_first_says_where_it_is(sample_site: Path) -> None:
    """Pages that people write too; a page that only leads on to another has no head of its own."""
    pages = {page.relative_to(sample_site).as_posix() for page in sample_site.rglob("index.html")}
    read = {path: (sample_site / path).read_text(encoding="utf-8") for path in pages}
    framed = {path for path, html in read.items() if 'class="yy-tabs"' in html}
    without = {path for path in framed if read[path].count('class="yy-crumbs"') != 1}
    assert len(framed) > 300 and without == {"index.html", "en/index.html"}
