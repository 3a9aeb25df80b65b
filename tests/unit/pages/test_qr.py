"""The code that is printed: what is drawn can be read, with white all round."""

from __future__ import annotations

import re

import zxingcpp
from PIL import Image

from generator.pages.qr import QUIET_ZONE, qr_svg

ADDRESS = "https://example.org/honours/wuhan-2026-h0007/"


def drawn(svg: str) -> Image.Image:
    """The drawing, a pixel a module."""
    size = int(re.findall('viewBox="0 0 ([0-9]+) ', svg)[0])
    image = Image.new("L", (size, size), 255)
    for x, y, moves in re.findall(r"M([0-9]+) ([0-9]+)\.5((?:(?:m[0-9]+ 0)?h[0-9]+)+)", svg):
        at = int(x)
        for gap, run in re.findall("(?:m([0-9]+) 0)?h([0-9]+)", moves):
            at += int(gap or 0)
            image.paste(0, (at, int(y), at + int(run), int(y) + 1))
            at += int(run)
    return image


def test_the_code_can_be_read_and_has_its_quiet_zone() -> None:
    image = drawn(qr_svg(ADDRESS))
    (read,) = zxingcpp.read_barcodes(
        image.resize((image.width * 4, image.height * 4), Image.Resampling.NEAREST)
    )
    assert (read.text, read.ec_level) == (ADDRESS, "M")
    dark = image.point(lambda value: 255 - value).getbbox()
    assert dark == (QUIET_ZONE, QUIET_ZONE, image.width - QUIET_ZONE, image.height - QUIET_ZONE)
    assert qr_svg(ADDRESS) == qr_svg(ADDRESS)
