"""Tests in two parts: ``make test`` looks at some of each kind, ``make journeys`` at the rest, CI at both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import pytest

Row = TypeVar("Row")

SOME_AND_REST = (pytest.param(False, id="some"), pytest.param(True, id="rest", marks=pytest.mark.journey))
"""For ``params`` of a fixture or ``parametrize``: whether it is the rest that is gone through."""


def share(rows: Sequence[Row], *, rest: bool, every: int = 4) -> list[Row]:
    """Of rows that are alike every fourth, or else the ``rest``."""
    return [row for number, row in enumerate(rows) if (number % every == 0) is not rest]
