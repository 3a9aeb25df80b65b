"""纸面文件 in a built site and from the command line: there from the publication to the last moment, and only then."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from generator.outputs.poster.poster_fonts import FontPlaces, FontStacks
from generator.pipeline import papers
from generator.pipeline.build import BuildOptions
from generator.pipeline.build import build as build_with
from generator.pipeline.finish import Built
from generator.pipeline.mkdocs_adapter import build_with_mkdocs
from tests.commands import yiyong
from tests.printed_sheets import text_of
from tests.projects import AS_OF, case, write_small_project
from tests.quick_build import differing

Build = Callable[..., tuple[Path, Built]]
OPEN = "notices/wuhan-2026-0001"
FIRST_DAY = AS_OF + timedelta(days=1)
NOTICE = {"period": {"opens_on": "2026-11-23", "closes_on": "2026-12-01"}}
"""Of a notice that is published and not open yet at ``AS_OF``."""
NO_FONTS = FontPlaces(system=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_small_project(tmp_path / "project", {"wuhan/2026/a.yml": case(notice=NOTICE)}, themed=True)


@pytest.fixture
def build(project: Path, tmp_path: Path) -> Build:
    def one(name: str, as_of: datetime, *, cached: bool = False) -> tuple[Path, Built]:
        out = tmp_path / name
        result = build_with(
            BuildOptions(root=project, out=out, as_of=as_of, now=as_of, jobs=1, cached=cached),
            lambda prepared, staging: build_with_mkdocs(prepared, staging, project / "mkdocs.yml"),
        )
        return out, result.built

    return one


def test_the_papers_are_there_from_the_publication_on_and_stay_over_the_opening(
    build: Build, fonts: FontStacks
) -> None:
    site, built = build("kept", AS_OF, cached=True)
    assert not [item for item in built.warnings if item.code.startswith("PST")]
    assert "poster.pdf" in (site / OPEN / "index.html").read_text(encoding="utf-8")
    assert "异议截止2026年12月1日24:00" in text_of(site / OPEN / "poster.pdf")
    before = {name: (site / OPEN / name).read_bytes() for name in ("poster.pdf", "objection.docx")}
    site, _ = build("kept", FIRST_DAY, cached=True)
    clean, _ = build("clean", FIRST_DAY)
    assert differing(site, clean) == []
    page = (clean / OPEN / "index.html").read_text(encoding="utf-8")
    assert "poster.pdf" in page and "objection.docx" in page and "deadline.ics" in page
    # What the office hung up is what the site has.
    assert before == {name: (clean / OPEN / name).read_bytes() for name in before}
    assert (clean / "objections/sheet/index.html").is_file()


def test_after_the_last_moment_both_are_gone(build: Build) -> None:
    build("closed", FIRST_DAY, cached=True)
    closed, built = build("closed", AS_OF + timedelta(days=10), cached=True)
    assert sorted(path.name for path in (closed / OPEN).iterdir()) == ["index.html"]
    page = (closed / OPEN / "index.html").read_text(encoding="utf-8")
    assert "poster.pdf" not in page and "objection.docx" not in page
    assert not [item for item in built.warnings if item.code.startswith("PST")]


def test_without_fonts_the_build_says_so_and_goes_on(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "PLACES", NO_FONTS)
    bare, built = build("bare", AS_OF)
    (told,) = [item for item in built.warnings if item.code == "PST001"]
    assert told.terms["package"] == "fonts-noto-cjk"
    page = (bare / OPEN / "index.html").read_text(encoding="utf-8")
    assert "poster.pdf" not in page and "objection.docx" in page
    assert sorted(path.name for path in (bare / OPEN).iterdir()) == [
        "deadline.ics",
        "index.html",
        "objection.docx",
    ]


def run(project: Path, *more: str, as_of: str = "2026-11-22T09:00+08:00") -> tuple[int, str]:
    done = yiyong("poster", "--root", project, "--as-of", as_of, *more)
    return done.exit_code, done.output


def test_one_poster_from_the_command_line(project: Path, tmp_path: Path, fonts: FontStacks) -> None:
    out = tmp_path / "one.pdf"
    code, said = run(project, "wuhan-2026-0001", "--out", str(out), "--format", "json", "--jobs", "1")
    assert code == 0 and json.loads(said) == {"id": "wuhan-2026-0001", "out": str(out)}
    assert "封玉琢" in text_of(out)


def test_the_command_line_prints_none_for_what_is_unknown_or_over(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "none.pdf"
    code, said = run(project, "wuhan-2026-0099", "--out", str(out))
    assert code == 2 and "PST004" in said
    code, said = run(project, "wuhan-2026-0001", "--out", str(out), as_of="2026-12-22T09:00+08:00")
    assert code == 1 and "PST005" in said
    assert not out.exists()


def test_the_command_line_says_which_package_has_the_fonts(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.cli.commands.PLACES", NO_FONTS)
    code, said = run(project, "wuhan-2026-0001", "--out", str(tmp_path / "none.pdf"))
    assert code == 1 and "PST001" in said and "fonts-noto-cjk" in said


def test_a_sheet_that_cannot_be_printed_is_told(
    project: Path, tmp_path: Path, fonts: FontStacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.typ"
    broken.write_text("#panic(sys.inputs.sheet.len())", encoding="utf-8")
    monkeypatch.setattr("generator.outputs.poster.press.TEMPLATE", broken)
    code, said = run(project, "wuhan-2026-0001", "--out", str(tmp_path / "none.pdf"))
    assert code == 1 and "PST003" in said and "panicked" in said


def test_a_missing_character_is_a_warning_of_the_build(fonts: FontStacks, tmp_path: Path) -> None:
    project = write_small_project(
        tmp_path / "rare",
        {"wuhan/2026/a.yml": case(act={"summary": "跳入\U0002aed0塘救起一人。"})},
    )
    code, said = run(project, "wuhan-2026-0001", "--out", str(tmp_path / "rare.pdf"))
    assert code == 0 and "PST002" in said and "U+2AED0" in said
