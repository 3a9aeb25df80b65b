"""肖像重画 (portrait): a picture as it may be published, drawn anew from its pixels alone.

Where and when a photograph was taken, by whose telephone, and whatever else a file says beside its pixels stays behind,
for none of it is ever copied. The same file gives the same bytes.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.source.file_bytes import FileProblemError, read_bytes

if TYPE_CHECKING:
    from PIL import Image

MOST_MEGABYTES = 10
LONGEST_SIDE = 640
"""Pixels of what is published."""
_MOST_PIXELS = 60_000_000
"""A file of a few kilobytes can say that it holds more pixels than a machine has memory for."""
_READ_AT = 2 * LONGEST_SIDE
_QUALITY = 85
_PAPER = (255, 255, 255)
"""Behind what is transparent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """重画的图: a JPEG, its sides in pixels."""

    data: bytes
    width: int
    height: int


class PictureError(Exception):
    """The picture cannot be used. ``code`` is that of the diagnostic."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_picture(path: Path, root: Path) -> Picture:
    """Read a picture of the project and draw it anew, upright, its longest side at most :data:`LONGEST_SIDE`.

    Raises :class:`PictureError`: ``REG060`` no such file, ``REG061`` neither JPEG nor PNG or damaged, ``REG062`` too large.
    """
    try:
        data = read_bytes(path, root, MOST_MEGABYTES * 1_048_576)
    except FileProblemError as error:
        codes = {"SRC001": "REG060", "SRC005": "REG062"}
        raise PictureError(codes.get(error.code, "REG061")) from None
    return redrawn(data)


def redrawn(data: bytes) -> Picture:
    """The picture in the file ``data``, drawn anew as by :func:`read_picture`. Raises :class:`PictureError`."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as source:
            if source.width * source.height > _MOST_PIXELS:
                raise PictureError("REG062")
            source.draft(None, (_READ_AT, _READ_AT))
            return _drawn(source)
    except PictureError:
        raise
    except Image.DecompressionBombError:
        raise PictureError("REG062") from None
    except Exception:  # whatever a damaged picture makes its decoder raise
        raise PictureError("REG061") from None


def _drawn(source: Image.Image) -> Picture:
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(source).convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", upright.size, _PAPER)
    clean.paste(upright, mask=upright.getchannel("A"))
    made = io.BytesIO()
    clean.save(made, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(data=made.getvalue(), width=clean.width, height=clean.height)
