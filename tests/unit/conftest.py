"""Unit tests build no site and start no browser: while one runs, MkDocs and Playwright cannot be imported."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.abc import MetaPathFinder

import pytest

REFUSED = ("mkdocs", "playwright")


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
