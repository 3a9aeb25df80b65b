"""二维码 (QR code) of a permanent address, as a drawing."""

from __future__ import annotations

import io

import segno

QUIET_ZONE = 4
"""Modules of white on every side (ISO/IEC 18004)."""
_MASK = 0
"""Every mask can be read. To weigh all eight takes five milliseconds a code, a quarter of a record's cold build; the
checkerboard breaks up an address, which has no large areas, as well as any."""


def qr_svg(address: str) -> str:
    """二维码 as SVG: error correction M, or higher where the same size holds it; quiet zone included.

    Black on white, no fixed size. Raises ``segno.DataOverflowError`` for more than about 2,300 bytes.
    """
    drawn = io.BytesIO()
    code = segno.make(address, error="m", boost_error=True, micro=False, mask=_MASK)
    code.save(drawn, kind="svg", border=QUIET_ZONE, dark="#000", light="#fff", xmldecl=False, omitsize=True)
    return drawn.getvalue().decode("ascii")
