"""Unit tests build no site and start no browser: while one runs, MkDocs and Playwright cannot be imported."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from importlib.abc import MetaPathFinder
from pathlib import Path

import pytest

HERE = Path(__file__).parent
REFUSED = ("mkdocs", "playwright")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of the policy pages stay together, and those of the plants: what they share is made by one worker."""
    for item in items:
        if HERE in item.path.parents and (group := _group(item.path)):
            item.add_marker(pytest.mark.xdist_group(group))


@cache
def _group(path: Path) -> str | None:
    text = path.read_text(encoding="utf-8")
    if "from tests.policy_site import" in text:
        return "policies"
    return "plants" if "from tests.unit.audit.plants import" in text else None


class _Refusing(MetaPathFinder):
    def find_spec(self, name: str, *_: object) -> None:
        if name.partition(".")[0] in REFUSED:
            raise ImportError(
                f"a test of tests/unit imports {name}: it belongs to tests/site or tests/browser"
            )


@pytest.fixture(scope="module", autouse=True)
def _no_site_and_no_browser() -> Iterator[None]:
    finder = _Refusing()
    sys.meta_path.insert(0, finder)
    yield
    sys.meta_path.remove(finder)
