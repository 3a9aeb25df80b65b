"""Tests in two parts: ``make test`` looks at some of each kind, ``make journeys`` at the rest, CI at both."""

from __future__ import annotations

import pytest

SOME_AND_REST = (pytest.param(False, id="some"), pytest.param(True, id="rest", marks=pytest.mark.journey))
"""For ``params`` of a fixture or ``parametrize``: whether it is the rest that is gone through."""
