"""What tests of every part share. Nothing here knows MkDocs or a browser: ``tests/unit`` reads this file too."""

from __future__ import annotations

import pytest

from generator.outputs.poster.poster_fonts import FontPlaces, FontStacks, find_fonts
from tests.chromium import browser
from tests.soaking import settle

__all__ = ["browser", "fonts"]

LONGEST_NAME = 1_000
"""Characters of a test's name. All names go to every worker and back with each result: one of a picture of ten megabytes,
made of it by pytest, went the same way."""

settle()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if long := [item.nodeid[:100] for item in items if len(item.nodeid) > LONGEST_NAME]:
        raise pytest.UsageError(f"give these parameters short ids: {', '.join(long)}")


@pytest.fixture(scope="session")
def fonts() -> FontStacks:
    """The Chinese fonts of this machine."""
    found = find_fonts(FontPlaces())
    if found is None:
        pytest.skip("no Chinese serif font: install fonts-noto-cjk")
    return found
