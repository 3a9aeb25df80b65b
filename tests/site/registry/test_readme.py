"""README 与手册: what they tell people to write is sound, and what they tell them to run exists."""

from __future__ import annotations

import re
import shlex
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from generator.cli.commands import app
from generator.diagnostics.codes import entries
from generator.pipeline.prepare import check_project
from tests.projects import AS_OF, ROOT, copy_project, merged, write_yaml

HANDBOOK = sorted((ROOT / "content/handbook").glob("*.md"))
GUIDES = [ROOT / "README.md", ROOT / "README.zh.md", ROOT / "tests/benchmarks/README.md", *HANDBOOK]
OFFICE = ROOT / "content/handbook/office.md"


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_case_of_the_readme_is_sound(readme: str, tmp_path: Path) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n# (\S+)\n(.*?)```", text, re.DOTALL)
    project = copy_project(tmp_path)
    before = check_project(project, AS_OF, AS_OF, 1).diagnostics
    assert not (project / block[0]).exists()
    (project / block[0]).write_text(block[1], encoding="utf-8")
    assert check_project(project, AS_OF, AS_OF, 1).diagnostics == before


def test_the_case_of_the_handbook_is_sound_at_every_step(tmp_path: Path) -> None:
    steps = re.findall(r"```yaml\n(.*?)```", OFFICE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(steps) == 5, "application, notice, correction and objection, decision, revocation"
    project = copy_project(tmp_path)
    before = check_project(project, AS_OF, AS_OF, 1).diagnostics
    record: dict[str, Any] = {}
    for step in steps:
        record = merged(record, yaml.load(step, Loader=yaml.CBaseLoader))
        path = project / f"registry/cases/{record['jurisdiction']}/2026/{record['case']}.yml"
        write_yaml(path, record)
        assert check_project(project, AS_OF, AS_OF, 1).diagnostics == before, step


def _commands(text: str) -> list[str]:
    """Lines to run: of blocks of shell, of indented lines, and what stands in backticks."""
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL)).splitlines()
    indented = re.findall(r"^ {3,4}(yiyong [^\n]*)$", text, re.MULTILINE)
    return [
        line for line in (*blocks, *indented, *re.findall(r"`(yiyong [^`]*)`", text)) if "yiyong " in line
    ]


@cache
def _all_commands() -> Any:
    return typer.main.get_group(app)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_guide_says_to_run_exists(guide: Path) -> None:
    for line in _commands(guide.read_text(encoding="utf-8")):
        words = shlex.split(line.strip(), comments=True)
        if not words or words[0] != "yiyong":
            continue
        command: Any = _all_commands()
        for word in words[1:]:
            if word in getattr(command, "commands", {}):
                command = command.commands[word]
        known = {option for item in command.params for option in (*item.opts, *item.secondary_opts)}
        known |= {"--help", "--version"}
        assert getattr(command, "name", None) or words[1].startswith("--"), line
        if words[1:] and not words[1].startswith("--"):
            assert not hasattr(command, "commands") or words[-1] == command.name, f"no such command: {line}"
        given = {word.split("=")[0] for word in words[1:] if word.startswith("--")}
        assert given <= known, f"{line}: {given - known}"


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_guide_points_at_stands_there(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (guide.parent / target).exists(), target
    for code in re.findall(r"\b[A-Z]{3}[0-9]{3}\b", text):
        assert code in entries(), code


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "content/readme").iterdir())
    assert pictures
    assert all(path.stat().st_size < 150_000 for path in pictures)
