"""What the tests of printed sheets share: one sheet's file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.outputs.poster.poster_fonts import FontStacks
from generator.outputs.poster.poster_sheet import PosterSheet
from generator.outputs.poster.press import print_sheets


@pytest.fixture
def printed(fonts: FontStacks, tmp_path: Path) -> Callable[[PosterSheet], Path]:
    """Print one sheet and give its file; every character must have had its glyph."""

    def one(sheet: PosterSheet) -> Path:
        out = tmp_path / f"{sheet.id}.pdf"
        (result,) = print_sheets([(sheet, out)], fonts)
        assert result.missing == ""
        return out

    return one
