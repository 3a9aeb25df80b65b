"""The structure that everything else relies on: rooms import downwards only, private types stay inside.

Tests have a structure, too: what ``tests/unit`` needs neither builds a site nor starts a browser.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "generator"

ROOMS = (
    "catalogue",
    "diagnostics",
    "system",
    "spellings",
    "source",
    "law",
    "public",
    "project",
    "cases",
    "disclosure",
    "checks",
    "pages",
    "outputs",
    "audit",
    "publication_log",
    "pipeline",
    "desk",
    "cli",
)
"""The floors, lowest first. A room imports from rooms below it and from nowhere else."""

PRIVATE_ROOM = "cases"
PRIVATE_TYPES = {"generator.cases.case", "generator.cases.decision"}
MAY_KNOW_PRIVATE_TYPES = (
    "cases",
    "disclosure",
    "checks",
    "pipeline.case_scan",
    "pipeline.decision_step",
    "desk.overdue_steps",
    "desk.record_drafts",
    "desk.case_form",
    "cli.file_kinds",
)
"""Rooms and modules that may name private types."""
RENDERING = (
    "public",
    "pages",
    "outputs",
    "audit",
    "publication_log",
    "pipeline.shell",
    "pipeline.staged_markdown",
)
"""Rooms and modules that cannot reach private types, however long the way."""
ADAPTER = "generator.pipeline.mkdocs_adapter"
COMMANDS = "generator.cli.commands"
NOT_IN_UNIT_TESTS = ("mkdocs", "playwright")
"""Libraries that no unit test imports, however long the way."""
CLOCK = "generator.cli.shared_options"


@cache
def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def statements_of(node: ast.AST, *, run_at_once: bool = False) -> Iterator[ast.AST]:
    """Every statement at any depth, or those outside functions: no import stands in an expression, and most of a tree is
    expressions."""
    for part in ("body", "orelse", "finalbody", "handlers", "cases"):
        for child in getattr(node, part, ()):
            yield child
            if not (run_at_once and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)):
                yield from statements_of(child, run_at_once=run_at_once)


@cache
def imports_of(module: str) -> frozenset[str]:
    """Modules of the package that ``module`` names in an import, at any depth of its code."""
    names: set[str] = set()
    for node in statements_of(parsed(modules()[module])):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return frozenset(name for name in names if name in modules() and name != module)


@cache
def everything_reached_from(module: str) -> frozenset[str]:
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        for name in imports_of(waiting.pop()):
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return frozenset(seen)


def within(module: str, place: str) -> bool:
    """Whether ``module`` is ``place`` (a room or a module, without the package's name) or lies in it."""
    return module == f"generator.{place}" or module.startswith(f"generator.{place}.")


def room_of(module: str) -> str | None:
    """The room of a module; None for the package itself and ``__main__``."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] != "__main__" else None


def test_every_module_stands_in_a_room() -> None:
    assert {room for module in modules() if (room := room_of(module)) is not None} == set(ROOMS)


def test_contributing_names_every_room_from_the_top() -> None:
    rows = re.findall(
        r"^\| `([a-z_]+)` \|", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert rows == [*reversed(ROOMS)]


def test_rooms_import_downwards_only() -> None:
    floors = {room: floor for floor, room in enumerate(ROOMS)}
    for module in modules():
        room = room_of(module)
        if room is None:
            continue
        for name in imports_of(module):
            other = room_of(name)
            assert other is None or other == room or floors[other] < floors[room], (
                f"{module} imports {name}, which lies above it"
            )


def test_a_name_occurs_once() -> None:
    stems = Counter(path.stem for path in modules().values() if path.stem != "__init__")
    folders = Counter(
        path.parent.name for path in modules().values() if path.stem == "__init__" and path.parent != PACKAGE
    )
    twice = [name for name, count in (stems + folders).items() if count > 1]
    assert not twice, f"two places are called {', '.join(sorted(twice))}"


def test_no_module_imports_itself_in_a_circle() -> None:
    for module in modules():
        for name in imports_of(module):
            if not name.startswith(f"{module}.") and not module.startswith(f"{name}."):
                assert module not in everything_reached_from(name), f"{module} and {name} import each other"


@pytest.mark.parametrize("place", RENDERING)
def test_rendering_cannot_reach_private_types(place: str) -> None:
    inside = [name for name in modules() if within(name, place)]
    assert inside, f"{place} is gone: put the new name here"
    for module in inside:
        reached = {name for name in everything_reached_from(module) if within(name, PRIVATE_ROOM)}
        assert not reached, f"{module} reaches {sorted(reached)}"


def test_only_the_private_half_names_private_types() -> None:
    for module in modules():
        if not any(within(module, place) for place in MAY_KNOW_PRIVATE_TYPES):
            assert not imports_of(module) & PRIVATE_TYPES, module


def test_only_the_adapter_knows_mkdocs() -> None:
    for module, path in modules().items():
        if module not in (ADAPTER, COMMANDS):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"^\s*(import|from) mkdocs\b", text, re.MULTILINE), module


def test_rendering_reads_no_clock() -> None:
    for module, path in modules().items():
        if module not in (ADAPTER, CLOCK):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"datetime\.now|date\.today|time\.time\(|utcnow", text), module


def imported_at_once(code: ast.AST) -> Iterator[str]:
    """Names of modules that running ``code`` imports; what waits inside a function does not count."""
    for node in statements_of(code, run_at_once=True):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def file_of(module: str) -> Path | None:
    """The file of a module of the generator or of the tests."""
    path = ROOT.joinpath(*module.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


def test_unit_tests_reach_neither_mkdocs_nor_a_browser() -> None:
    """``tests/unit/conftest.py`` refuses what a function would import while a test runs."""
    waiting = [*(ROOT / "tests/unit").rglob("*.py"), ROOT / "tests/conftest.py"]
    assert len(waiting) > 50
    way = {path: path.relative_to(ROOT).as_posix() for path in waiting}
    while waiting:
        path = waiting.pop()
        for name in imported_at_once(parsed(path)):
            assert name.partition(".")[0] not in NOT_IN_UNIT_TESTS, f"{way[path]} imports {name}"
            file = file_of(name)
            if file is not None and file not in way:
                way[file] = f"{way[path]} → {name}"
                waiting.append(file)


def test_pytest_passes_over_no_folder_of_tests(pytestconfig: pytest.Config) -> None:
    passed_over = pytestconfig.getini("norecursedirs")
    for path in (ROOT / "tests").rglob("test_*.py"):
        for folder in path.relative_to(ROOT).parts[:-1]:
            assert not any(fnmatch(folder, pattern) for pattern in passed_over), path


def test_the_names_of_tests_are_short(request: pytest.FixtureRequest) -> None:
    """All of them go to every worker, and each comes back with its result: give long parameters ids."""
    assert [item.nodeid[:100] for item in request.session.items if len(item.nodeid) > 1_000] == []
