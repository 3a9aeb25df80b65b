"""示例登记册与台账: in the sample, too, nothing that was published goes, moves or comes twice in silence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from generator.cli.commands import app
from generator.diagnostics import Severity
from generator.pipeline.prepare import check_project
from tests.projects import AS_OF, copy_project

OPEN = "registry/cases/wuhan/2026/wh26-1240.yml"
LIVING = "registry/cases/wuhan/2026/wh26-0755.yml"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = copy_project(tmp_path_factory.mktemp("sample"))
    if not (made / "registry/publications").exists():
        result = CliRunner().invoke(app, ["log", "import", "--root", str(made), "--yes", "--jobs", "1"])
        assert result.exit_code == 0, result.output
    return made


def errors(root: Path) -> set[str]:
    found = check_project(root, AS_OF, AS_OF, 1).diagnostics
    return {item.code for item in found if item.severity is Severity.ERROR}


@contextmanager
def written(path: Path, text: str | None) -> Iterator[None]:
    """Another text in the place of a file, or none, for a moment."""
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.unlink(missing_ok=True)
    if text is not None:
        path.write_text(text, encoding="utf-8")
    yield
    path.unlink(missing_ok=True)
    if before is not None:
        path.write_text(before, encoding="utf-8")


def test_the_sample_as_it_stands_is_clean(root: Path) -> None:
    assert errors(root) == set()


def test_a_deleted_record_fails(root: Path) -> None:
    with written(root / OPEN, None):
        assert "PUB010" in errors(root)


def test_a_last_day_that_moves_fails(root: Path) -> None:
    text = (root / OPEN).read_text(encoding="utf-8")
    assert "closes_on: 2026-05-15" in text
    with written(root / OPEN, text.replace("closes_on: 2026-05-15", "closes_on: 2026-05-20")):
        assert "PUB014" in errors(root)


def test_a_number_given_twice_fails(root: Path) -> None:
    text = (root / OPEN).read_text(encoding="utf-8").replace("wh26-1240", "wh26-9999")
    with written((root / OPEN).with_name("wh26-9999.yml"), text):
        assert "REG016" in errors(root)
    # And so it does when the record that had it first is gone.
    text = (root / LIVING).read_text(encoding="utf-8").replace("wh26-0755", "wh26-9999")
    other = text.replace("  order: before_decision", "  number: 武公示〔2026〕9号\n  order: before_decision")
    with written(root / LIVING, None), written((root / LIVING).with_name("wh26-9999.yml"), other):
        assert "PUB013" in errors(root)
