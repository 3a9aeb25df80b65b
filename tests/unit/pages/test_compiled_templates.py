"""编译过的模板: kept beside the modules, compiled anew once they are edited, never in the way."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from generator.pages.compiled_templates import CompiledTemplates


@pytest.fixture(autouse=True)
def _keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


def _templates(folder: Path, text: str) -> Path:
    templates = folder / "templates"
    templates.mkdir(exist_ok=True)
    (templates / "page.html").write_text(text, encoding="utf-8")
    (folder / "__pycache__").mkdir(exist_ok=True)
    return templates


def _rendered(templates: Path, *, compiled: list[str]) -> str:
    class Watched(Environment):
        def _generate(self, source, name, filename, defer_init=False):  # type: ignore[no-untyped-def]
            compiled.append(name)
            return super()._generate(source, name, filename, defer_init)

    environment = Watched(
        loader=FileSystemLoader(templates), bytecode_cache=CompiledTemplates(templates), autoescape=True
    )
    return environment.get_template("page.html").render(n=7)


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    templates = _templates(tmp_path, "公示{{ n }}天")
    compiled: list[str] = []
    said = [_rendered(templates, compiled=compiled) for _ in range(3)]
    assert said == ["公示7天"] * 3
    assert compiled == ["page.html"]


def test_an_edited_template_is_compiled_again(tmp_path: Path) -> None:
    compiled: list[str] = []
    _rendered(_templates(tmp_path, "公示{{ n }}天"), compiled=compiled)
    assert _rendered(_templates(tmp_path, "公告{{ n }}天"), compiled=compiled) == "公告7天"
    assert compiled == ["page.html"] * 2


def test_it_lies_where_python_keeps_its_own_and_leaves_no_template_behind(tmp_path: Path) -> None:
    templates = _templates(tmp_path, "公示")
    _rendered(templates, compiled=[])
    assert [path.name for path in templates.iterdir()] == ["page.html"]
    assert len([*(tmp_path / "__pycache__").iterdir()]) == 1


@pytest.mark.parametrize("told_to_keep", [True, False], ids=["no folder", "told to keep nothing"])
def test_where_nothing_can_be_kept_each_compiles_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told_to_keep: bool
) -> None:
    templates = _templates(tmp_path, "公示")
    if told_to_keep:
        (tmp_path / "__pycache__").rmdir()
    else:
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compiled: list[str] = []
    assert [_rendered(templates, compiled=compiled) for _ in range(2)] == ["公示"] * 2
    assert compiled == ["page.html"] * 2
    assert not [*tmp_path.glob("__pycache__/*")]
