"""二维码 (QR code) of a permanent address, as a drawing."""

from __future__ import annotations

import re
from math import isqrt
from typing import Any

QUIET_ZONE = 4
"""Modules of white on every side (ISO/IEC 18004)."""
_DARK = re.compile(b"\x00+")


def qr_svg(address: str) -> str:
    """二维码 as SVG: error correction M, quiet zone included, black on white, no fixed size.

    Raises ``ValueError`` for more than about 2,300 bytes.
    """
    import zxingcpp

    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    pixels = bytes(image)
    width = isqrt(len(pixels))
    size = width + 2 * QUIET_ZONE
    drawn: list[str] = []
    for row in range(width):
        reached = -1
        for dark in _DARK.finditer(pixels[row * width : (row + 1) * width]):
            start, end = dark.span()
            move = f"M{QUIET_ZONE + start} {QUIET_ZONE + row}.5" if reached < 0 else f"m{start - reached} 0"
            drawn.append(f"{move}h{end - start}")
            reached = end
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path stroke="#000" d="{"".join(drawn)}"/></svg>'
    )
