"""What tests of every part share. Nothing here knows MkDocs or a browser: ``tests/unit`` reads this file too."""

from __future__ import annotations

import gc

import pytest

from generator.outputs.poster.poster_fonts import FontPlaces, FontStacks, find_fonts
from tests.chromium import browser
from tests.soaking import settle

__all__ = ["browser", "fonts"]

settle()
# Nothing of what is imported and collected goes again: see pytest_collection_finish.
gc.disable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of a file stay together, unless they say with whom: what they share is made by one worker."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None and item.get_closest_marker("soak") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def pytest_collection_finish() -> None:
    """All that was imported and collected stays to the end: to look it through for garbage, again and again, is a twentieth
    of what a build takes."""
    gc.freeze()
    gc.set_threshold(50_000)
    gc.enable()


@pytest.fixture(scope="session")
def fonts() -> FontStacks:
    """The Chinese fonts of this machine."""
    found = find_fonts(FontPlaces())
    if found is None:
        pytest.skip("no Chinese serif font: install fonts-noto-cjk")
    return found
