"""The structure that everything else relies on: imports point one way, private types stay inside."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator"

PRIVATE = "generator.cases"
RENDERING = (
    "generator.pages",
    "generator.public",
    "generator.outputs.feeds",
    "generator.outputs.calendars",
    "generator.outputs.data",
    "generator.pages.citation",
    "generator.pages.charts",
    "generator.outputs.share",
    "generator.outputs.poster",
    "generator.outputs.objection_sheet",
    "generator.audit",
    "generator.outputs.search",
    "generator.public.verification",
    "generator.pipeline.shell",
    "generator.pipeline.staged_markdown",
)

LAYERS = (
    ("generator.diagnostics", "generator.catalogue"),
    ("generator.source.model",),
    (
        "generator.source",
        "generator.law.workdays",
        "generator.public.verification",
        "generator.system.cache",
        "generator.system.workers",
    ),
    ("generator.law.instruments",),
    ("generator.law.publicity",),
    ("generator.cases", "generator.public"),
    ("generator.forms.folding", "generator.forms.identifiers", "generator.disclosure.masking"),
    ("generator.project.settings", "generator.cases.case_clock", "generator.cases.case_files"),
    ("generator.disclosure",),
    (
        "generator.checks",
        "generator.disclosure.disclosure_rules",
        "generator.cli.file_kinds",
        "generator.cases.case_span",
    ),
    ("generator.forms.han_words",),
    ("generator.pages.charts", "generator.outputs.share", "generator.pages.citation", "generator.audit"),
    (
        "generator.pages",
        "generator.outputs.feeds",
        "generator.outputs.calendars",
        "generator.outputs.data",
        "generator.outputs.poster",
        "generator.outputs.objection_sheet",
        "generator.outputs.search",
        "generator.desk.status",
        "generator.desk.coming_changes",
        "generator.pipeline",
        "generator.desk.site_diff",
    ),
    ("generator.pipeline",),
    ("generator.cli.printing", "generator.diagnostics.crash"),
    ("generator.pipeline.mkdocs_adapter",),
    ("generator.cli.commands", "generator.__main__"),
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
        "generator.cases",
        "generator.project",
        "generator.checks",
        "generator.disclosure",
        "generator.pipeline.scan",
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
        if module in ("generator.pipeline.mkdocs_adapter", "generator.cli.commands"):
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
        if module in ("generator.cli.commands", "generator.pipeline.mkdocs_adapter"):
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"datetime\.now|date\.today|time\.time\(|utcnow", text), module
