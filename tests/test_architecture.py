"""The structure that everything else relies on: imports point one way, private types stay inside."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator"

PRIVATE = "generator.records"
RENDERING = (
    "generator.pages",
    "generator.public",
    "generator.feeds",
    "generator.calendars",
    "generator.exports",
    "generator.citation",
    "generator.charts",
    "generator.share",
    "generator.poster",
    "generator.objection_sheet",
    "generator.audit",
    "generator.search",
    "generator.verification",
    "generator.build.shell",
    "generator.build.markdown",
)

LAYERS = (
    ("generator.diagnostics", "generator.catalogue"),
    ("generator.model",),
    (
        "generator.source",
        "generator.workdays",
        "generator.verification",
        "generator.cache",
        "generator.workers",
    ),
    ("generator.policy",),
    ("generator.publicity",),
    ("generator.records", "generator.public"),
    ("generator.disclosure.folding", "generator.disclosure.identifiers", "generator.disclosure.masking"),
    ("generator.registry.settings", "generator.registry.clock", "generator.registry.cases"),
    ("generator.disclosure",),
    (
        "generator.checks",
        "generator.registry.rules",
        "generator.registry.kinds",
        "generator.registry.moments",
    ),
    ("generator.search.words",),
    ("generator.charts", "generator.share", "generator.citation", "generator.audit"),
    (
        "generator.pages",
        "generator.feeds",
        "generator.calendars",
        "generator.exports",
        "generator.poster",
        "generator.objection_sheet",
        "generator.search",
        "generator.status",
        "generator.deploy",
        "generator.site_diff",
    ),
    ("generator.build",),
    ("generator.printing", "generator.crash"),
    ("generator.mkdocs_plugin",),
    ("generator.cli", "generator.__main__"),
)
"""Lowest first: a module may import from its own layer and those before it."""


@cache
def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def imports_of(module: str) -> frozenset[str]:
    """Modules of the package that ``module`` names in an import, at any depth of its code."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(modules()[module].read_text(encoding="utf-8"))):
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


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("package", RENDERING)
def test_rendering_cannot_reach_private_types(package: str) -> None:
    inside = [name for name in modules() if within(name, package)]
    assert inside, f"{package} is gone: put the new name here"
    for module in inside:
        reached = {name for name in everything_reached_from(module) if within(name, PRIVATE)}
        assert not reached, f"{module} reaches {sorted(reached)}"


def test_only_the_private_half_names_private_types() -> None:
    allowed = (
        "generator.records",
        "generator.registry",
        "generator.checks",
        "generator.disclosure",
        "generator.build.scan",
    )
    for module in modules():
        if not any(within(module, name) for name in allowed):
            assert not any(within(name, PRIVATE) for name in imports_of(module)), module


def layer_of(module: str) -> int | None:
    ranks = [(len(name), rank) for rank, names in enumerate(LAYERS) for name in names if within(module, name)]
    return max(ranks)[1] if ranks else None


def test_imports_point_one_way() -> None:
    for module in modules():
        rank = layer_of(module)
        if rank is None:
            assert not imports_of(module), f"{module} has no layer: give it one"
            continue
        for name in imports_of(module):
            other = layer_of(name)
            assert other is None or other <= rank, f"{module} imports {name}, which lies above it"


def test_only_the_adapter_knows_mkdocs() -> None:
    for module, path in modules().items():
        if module in ("generator.mkdocs_plugin", "generator.cli"):
            continue
        assert not re.search(r"^\s*(import|from) mkdocs\b", path.read_text(encoding="utf-8"), re.MULTILINE), (
            module
        )


def test_no_module_imports_itself_in_a_circle() -> None:
    for module in modules():
        for name in imports_of(module):
            if not within(name, module) and not within(module, name):
                assert module not in everything_reached_from(name), f"{module} and {name} import each other"


def test_rendering_reads_no_clock() -> None:
    for module, path in modules().items():
        if module in ("generator.cli", "generator.mkdocs_plugin"):
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"datetime\.now|date\.today|time\.time\(|utcnow", text), module
