"""A small site in the real theme, and its address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.pages.small_site import build_small_site


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    """Address of the small site's root, with a trailing slash."""
    return serve(build_small_site(tmp_path_factory.mktemp("small")))
