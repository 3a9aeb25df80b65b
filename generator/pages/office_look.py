"""外观 (office look): the office's own accent colour as tokens of the theme, in both schemes.

Everything else of the look stays in the stylesheet; only what comes from the accent is worked out here.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.source.model.colour import READABLE, contrast, mixed
from generator.source.model.site_settings import Look

STYLESHEET = "assets/office.css"
PAPER, DARK_PAPER, DARK_TINT = "#faf6ee", "#181411", "#2b2520"
"""Tokens of ``yiyong.css`` that the accent is mixed with, and read on."""
_LIGHT, _DARK = ":root", ':root[data-yy-scheme="dark"]'


def look_css(look: Look) -> str:
    """The stylesheet of the accent; empty where none is set."""
    if look.accent is None:
        return ""
    bright = look.accent_dark or _brightened(look.accent)
    light = {
        "red": look.accent,
        "red-deep": mixed(look.accent, "#000000", 0.2),
        "red-soft": mixed(look.accent, PAPER, 0.88),
        "rule": f"{look.accent}24",
        "on-red": "#fffaf3",
    }
    dark = {
        "red": bright,
        "red-deep": mixed(bright, "#ffffff", 0.25),
        "red-soft": mixed(bright, DARK_PAPER, 0.8),
        "rule": f"{bright}26",
        "on-red": mixed(bright, "#000000", 0.85),
    }
    return (
        f"{_LIGHT} {_tokens(light)}"
        f'@media screen and (prefers-color-scheme: dark) {{ :root:not([data-yy-scheme="light"]) {_tokens(dark)}}}\n'
        f"@media screen {{ {_DARK} {_tokens(dark)}}}\n"
    )


def _tokens(values: Mapping[str, str]) -> str:
    lines = "".join(f"  --yy-{name}: {value};\n" for name, value in values.items())
    return f"{{\n{lines}}}\n"


def _brightened(accent: str) -> str:
    """The accent with as much white in it as it takes to be read on dark paper."""
    shades = (mixed(accent, "#ffffff", share / 20) for share in range(21))
    return next(shade for shade in shades if contrast(shade, DARK_TINT) >= READABLE + 1)
