from __future__ import annotations

from pathlib import Path

import pytest

from tests.wheels import unpack_wheel


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, in a folder of its own."""
    return unpack_wheel(tmp_path_factory.mktemp("wheel"))
