"""发现文件: every file is read, or is an error that says why not."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic, format_github, format_json, format_text
from generator.pipeline.prepare import check_project
from tests.projects import AS_OF, WITHHOLDING, case, person, write_small_project, write_yaml

NAME = "冀怀朴"
HIDDEN = case(
    level="confidential", withholding=WITHHOLDING, persons=[person(name=NAME, disclosure="withheld")]
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_small_project(tmp_path / "project", {"wuhan/2026/wh26-0001.yml": case()})


def problems(root: Path) -> list[Diagnostic]:
    return list(check_project(root, AS_OF, AS_OF, 1).diagnostics)


def errors(root: Path) -> list[tuple[str, str]]:
    return [(item.code, item.place.real_path) for item in problems(root) if item.severity == "error"]


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("REG020", "registry/cases/wuhan/2026/wh26-0002.yaml"),
        ("REG020", "registry/cases/wuhan/2026/wh26-0002.YML"),
        ("REG020", "registry/cases/wuhan/2026/wh26-0002.yml.txt"),
        ("REG020", "registry/cases/wuhan/2026/wh26-0002．yml"),
        ("REG020", "registry/cases/wuhan/2026/wh26-0002。yml"),
        ("REG020", "registry/cases/wuhan/2026/wh26-0002.yml "),
        ("REG020", "registry/cases/wuhan/2026/.wh26-0002.yml"),
        ("REG020", "registry/cases/wuhan/2026/.yml"),
        ("REG021", "registry/cases/wuhan/2026/wh26-0001 (副本).yml"),
        ("REG021", "registry/cases/wuhan/2026/wh26-0001 - 副本.yml"),
        ("REG021", "registry/cases/wuhan/2026/wh26-0001 copy.yml"),
        ("REG021", "registry/cases/wuhan/2026/wh26-0001 (1).yml"),
        ("REG021", "registry/cases/wuhan/2026/wh26-0001.yml~"),
        ("REG021", "registry/cases/wuhan/2026/wh26-0001.yml.bak"),
        ("REG022", "registry/wh26-0002.yml"),
        ("REG022", "registry/cases/wh26-0002.yml"),
        ("REG022", "registry/cases/wuhan/wh26-0002.yml"),
        ("REG022", "registry/cases/wuhan/2026/11/wh26-0002.yml"),
        ("REG022", "registry/cases/武汉/2026/wh26-0002.yml"),
        ("REG022", "registry/cases/wuhan/2026年/wh26-0002.yml"),
        ("REG022", "registry/decisions/wuhan/jd26-0001.yml"),
        ("REG022", "registry/publications/log.yml"),
        ("REG027", "registry/cases/wuhan/2026/登记表.xlsx"),
        ("REG027", "registry/README.md"),
        ("REG020", "site_config/authorities/wuhan-office.yaml"),
        ("REG020", "site_config/holidays/2027.yml.txt"),
        ("REG020", "site_config/site.yaml"),
        ("REG022", "site_config/authority/wuhan-office.yml"),
        ("REG022", "site_config/wuhan-office.yml"),
        ("REG027", "site_config/notes.txt"),
        ("REG020", "content/policies/wuhan/tiaoli-2026.yaml"),
        ("REG022", "content/policies/tiaoli-2026.yml"),
        ("REG022", "content/policies/wuhan/old/tiaoli-2026.yml"),
        # It would be published as it is.
        ("REG022", "content/pages/wh26-0002.yml"),
        ("REG022", "content/pages/download/wh26-0002.yaml.txt"),
        ("REG022", "site_config/theme/wh26-0002.yml"),
        ("REG022", "content/wh26-0002.yml"),
        ("REG022", "content/cases/wh26-0002.yml"),
    ],
)
def test_a_file_that_is_not_read_is_an_error(code: str, path: str, root: Path) -> None:
    write_yaml(root / path, HIDDEN)
    assert errors(root) == [(code, path)]


@pytest.mark.parametrize(
    "folder",
    ["Registry", "registry ", "registry（旧）", "registry-2025", "ｒｅｇｉｓｔｒｙ", "cases", "site_config2"],
)
def test_a_folder_that_is_meant_to_be_read_is_an_error(folder: str, root: Path) -> None:
    write_yaml(root / folder / "wuhan/2026/wh26-0002.yml", HIDDEN)
    assert errors(root) == [("REG022", folder)]


@pytest.mark.parametrize(
    "path",
    [
        "registry/cases/.gitkeep",
        "registry/cases/wuhan/2026/.DS_Store",
        "registry/cases/wuhan/2026/Thumbs.db",
        "registry/cases/wuhan/2026/~$登记表.xlsx",
        "registry/cases/wuhan/2026/.wh26-0001.yml.swp",
        "site_config/theme/partials/any.html",
        "site_config/deploy/nginx/any.conf",
        "site_config/schema/any.schema.json",
        "site_config/assets/logo.svg",
        "content/pages/photo.jpg",
    ],
)
def test_what_systems_and_open_editors_leave_and_what_others_read_is_no_record(path: str, root: Path) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(b"anything")
    assert errors(root) == []


def _outside(root: Path) -> Path:
    outside = root.parent / "outside"
    write_yaml(outside / "wh26-0002.yml", HIDDEN)
    return outside


LINKS: dict[str, tuple[str, str, Callable[[Path], Path]]] = {
    "record_outside": (
        "SRC003",
        "registry/cases/wuhan/2026/wh26-0002.yml",
        lambda root: _outside(root) / "wh26-0002.yml",
    ),
    "folder_outside": ("SRC003", "registry/cases/wuhan/2025", _outside),
    "folder_inside": ("REG023", "registry/cases/nanjing", lambda root: root / "registry/cases/wuhan"),
    "broken": ("SRC001", "registry/cases/wuhan/2026/wh26-0002.yml", lambda root: root / "registry/none"),
    "page_outside": ("SRC003", "content/pages/more.md", lambda root: _outside(root) / "wh26-0002.yml"),
    "page_is_a_record": (
        "SRC003",
        "content/pages/more.md",
        lambda root: root / "registry/cases/wuhan/2026/wh26-0001.yml",
    ),
    "pages_are_the_registry": ("SRC003", "content/pages/more", lambda root: root / "registry"),
    "theme_outside": (
        "SRC003",
        "site_config/theme/assets/more.js",
        lambda root: _outside(root) / "wh26-0002.yml",
    ),
}


@pytest.mark.parametrize("name", LINKS)
def test_a_link_that_leads_out_is_an_error(name: str, root: Path) -> None:
    code, path, target = LINKS[name]
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).symlink_to(target(root))
    assert errors(root) == [(code, path)]


def test_the_whole_registry_may_not_lie_elsewhere(root: Path) -> None:
    (root / "registry").rename(root.parent / "elsewhere")
    (root / "registry").symlink_to(root.parent / "elsewhere")
    assert errors(root) == [("SRC003", "registry")]


@pytest.mark.parametrize("name", [b"wh26-\xce\xe4.yml", "wh26\u200b-0002.yml".encode(), b"wh26-0002\n.yml"])
def test_a_name_that_nobody_can_read_is_an_error_and_no_crash(name: bytes, root: Path) -> None:
    folder = os.fsencode(root / "registry/cases/wuhan/2026")
    Path(os.fsdecode(folder + b"/" + name)).write_text("case: x\n", encoding="utf-8")
    assert [code for code, _ in errors(root)] == ["REG024"]
    assert "***" in format_text(problems(root))


def test_a_folder_called_like_a_record(root: Path) -> None:
    (root / "registry/cases/wuhan/2026/wh26-0002.yml").mkdir()
    assert errors(root) == [("SRC002", "registry/cases/wuhan/2026/wh26-0002.yml")]


def test_a_pipe_in_the_pages_is_no_page(root: Path) -> None:
    (root / "content/pages").mkdir()
    os.mkfifo(root / "content/pages/pipe.md")
    assert errors(root) == [("SRC004", "content/pages/pipe.md")]


def test_the_file_is_called_after_the_case(root: Path) -> None:
    path = root / "registry/cases/wuhan/2026/wh26-0001.yml"
    path.rename(path.with_name("wh26-0009.yml"))
    (found,) = problems(root)
    assert (found.code, found.place.line) == ("REG025", 1)
    assert "wh26-0009" in format_text([found]) and "wh26-0001" in format_text([found])


@pytest.mark.parametrize(("folder", "wrong"), [("2025", True), ("2026", False), ("2027", True)])
def test_a_case_lies_in_its_year(folder: str, wrong: bool, tmp_path: Path) -> None:
    root = write_small_project(tmp_path)
    write_yaml(root / f"registry/cases/wuhan/{folder}/wh26-0001.yml", case())
    assert [code for code, _ in errors(root)] == (["REG026"] if wrong else [])


def test_an_act_of_one_year_and_a_case_of_the_next(tmp_path: Path) -> None:
    old = case(act={"happened_on": "2025-12-30"}, case="26号")
    root = write_small_project(tmp_path)
    write_yaml(root / "registry/cases/wuhan/2025/26号.yml", old)
    assert errors(root) == []
    write_yaml(root / "registry/cases/wuhan/2025/26号.yml", {**old, "case": "wh26-0001"})
    assert sorted(code for code, _ in errors(root)) == ["REG025", "REG026"]


def test_mistakes_of_place_hide_no_others(root: Path) -> None:
    write_yaml(root / "registry/cases/wuhan/2026/wh26-0002.yaml", HIDDEN)
    write_yaml(root / "registry/cases/wuhan/2026/wh26-0003.yml", case(case="wh26-0003", authority="nobody"))
    assert sorted(code for code, _ in errors(root)) == ["REG004", "REG016", "REG020"]


@pytest.mark.parametrize(
    "path",
    [
        f"registry/cases/wuhan/2026/{NAME}.yml",
        f"registry/cases/wuhan/2026/{NAME}.yaml",
        f"registry/cases/wuhan/2026/wh26-0001 {NAME}.yml",
        f"registry/cases/{NAME}/2026/wh26-0002.yml",
        f"registry/{NAME}/wh26-0002.yml",
        f"registry/{NAME}",
        f"registry/cases/wuhan/2026/wh26-0002.{NAME}",
        "registry/cases/wuhan/2026/jihuaipu.yml",
        "registry/cases/wuhan/2026/13812345678.yml",
        "registry/cases/wuhan/2026/138-12345678.yml",
    ],
)
def test_no_message_repeats_the_name_of_a_file_that_may_be_somebody_s(path: str, root: Path) -> None:
    write_yaml(root / path, HIDDEN)
    found = problems(root)
    assert found
    for text in (format_text(found), format_github(found), format_json(found), repr(found)):
        assert not any(word in text for word in (NAME, "jihuaipu", "138"))
    assert path in format_text(found, reveal=True)
