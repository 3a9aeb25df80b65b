"""Tests of two lengths: ``make test`` looks at some of each kind, ``make journeys`` and CI at all of them."""

from __future__ import annotations

import pytest

SHORT_AND_WHOLE = (pytest.param(False, id="some"), pytest.param(True, id="all", marks=pytest.mark.journey))
"""For ``params`` of a fixture or ``parametrize``: whether everything is gone through."""
