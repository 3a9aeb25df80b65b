"""分享图字体 (fonts): Noto Serif CJK of the machine; no font file is shipped or fetched."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL import ImageFont

Weight = Literal["Bold", "Regular"]
WEIGHTS: tuple[Weight, ...] = ("Bold", "Regular")

FOLDERS = (
    Path("/usr/share/fonts/opentype/noto"),  # Debian, Ubuntu: fonts-noto-cjk
    Path("/usr/share/fonts/noto-cjk"),  # Arch
    Path("/usr/share/fonts/google-noto-serif-cjk-fonts"),  # Fedora
)
_FACE = "Noto Serif CJK SC"
_FACES_IN_COLLECTION = 10


def file_name(weight: Weight) -> str:
    """Name of the collection that holds a weight."""
    return f"NotoSerifCJK-{weight}.ttc"


def find_file(weight: Weight, folders: tuple[Path, ...] = FOLDERS) -> Path | None:
    """The collection of a weight, or None where it is not installed."""
    return next(
        (folder / file_name(weight) for folder in folders if (folder / file_name(weight)).is_file()), None
    )


def missing_font(folders: tuple[Path, ...] = FOLDERS) -> str | None:
    """缺少字体: name of the font file without which no card can be drawn here; None when none is missing."""
    for weight in WEIGHTS:
        if find_file(weight, folders) is None:
            return file_name(weight)
    return None


@cache
def load_font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """The Simplified Chinese face at ``size`` pixels. Raises ``OSError`` when the collection has none."""
    from PIL import ImageFont

    for index in range(_FACES_IN_COLLECTION):
        # The basic layout does not depend on whether Pillow was built with Raqm.
        font = ImageFont.truetype(path, size, index=index, layout_engine=ImageFont.Layout.BASIC)
        if font.getname()[0] == _FACE:
            return font
    raise OSError(f"{path} has no face {_FACE}")
