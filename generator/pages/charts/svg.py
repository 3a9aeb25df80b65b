"""SVG 片段 (svg): the few elements that the charts are made of, every text escaped.

Across, a length is a share of the width (``%``); down, it is a multiple of the text size (``em``). So one
drawing fits a telephone and a desk, and grows with the page's large type, without a viewBox that
would shrink its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Literal

MARK = "var(--yy-chart-mark, currentColor)"
"""The only colour that a theme may set; everything else is the colour of the text around."""

_SLUG = re.compile(r"[a-z][a-z0-9-]*")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def percent(share: float) -> str:
    """0.125 → ``12.5%``."""
    return f"{_trimmed(share * 100)}%"


def em(length: float) -> str:
    """1.5 → ``1.5em``."""
    return f"{_trimmed(length)}em"


def plain(content: str) -> str:
    """Text for an element or an attribute: escaped, without characters that XML cannot hold."""
    return escape(_NOT_XML.sub("", content))


def text(
    content: str,
    x: str,
    y: float,
    *,
    anchor: Literal["start", "middle", "end"] = "start",
    strong: bool = False,
    spare: bool = False,
) -> str:
    """One line of text with its baseline at ``y`` em. ``spare``: the style sheet leaves it out on a narrow screen in
    large type, where it would run into the next one."""
    placed = "" if anchor == "start" else f' text-anchor="{anchor}"'
    if spare:
        placed += ' class="yy-chart__spare"'
    weight = ' font-weight="600"' if strong else ""
    # The line's end keeps figures apart for whoever reads the words alone: 1, 3, 0, 5 … are no telephone number.
    return f'<text x="{x}" y="{em(y)}"{placed}{weight}>{plain(content)}</text>\n'


def rect(x: str, y: float, width: str, height: float) -> str:
    """A filled bar."""
    return f'<rect class="yy-chart__mark" x="{x}" y="{em(y)}" width="{width}" height="{em(height)}" fill="{MARK}"/>'


def hatching(slug: str) -> str:
    """斜线: the pattern of what is marked in a chart, once a picture; :func:`hatched` uses it."""
    return (
        f'<defs><pattern id="{slug}-part" width="6" height="6" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><rect width="3" height="6" fill="{MARK}"/></pattern></defs>'
    )


def hatched(slug: str, x: str, y: float, width: str, height: float) -> str:
    """The part of a bar that is marked: hatched, with a line around it."""
    return (
        f'<rect class="yy-chart__part" x="{x}" y="{em(y)}" width="{width}" height="{em(height)}"'
        f' fill="url(#{slug}-part)" stroke="{MARK}"/>'
    )


def outline(x: str, y: float, width: str, height: float) -> str:
    """A dashed outline where a figure is not shown: neither a bar nor the nothing of a nought."""
    return (
        f'<rect class="yy-chart__blank" x="{x}" y="{em(y)}" width="{width}" height="{em(height)}"'
        ' fill="none" stroke="currentColor" stroke-dasharray="3 3"/>'
    )


def line(x1: str, y1: float, x2: str, y2: float) -> str:
    """A piece of a curve."""
    return (
        f'<line class="yy-chart__mark" x1="{x1}" y1="{em(y1)}" x2="{x2}" y2="{em(y2)}"'
        f' stroke="{MARK}" stroke-width="2" stroke-linecap="round"/>'
    )


def dot(x: str, y: float) -> str:
    """A point of a curve."""
    return f'<circle class="yy-chart__mark" cx="{x}" cy="{em(y)}" r="0.25em" fill="{MARK}"/>'


def guide(y: float) -> str:
    """A faint line across; decoration, so below the contrast that figures need."""
    return (
        f'<line class="yy-chart__guide" x1="0" y1="{em(y)}" x2="100%" y2="{em(y)}"'
        ' stroke="currentColor" stroke-opacity="0.25"/>'
    )


def inset(left: float, right: float, parts: Iterable[str]) -> str:
    """Parts drawn in the picture less a margin on either side, both shares of its width."""
    placed = f'x="{percent(left)}" width="{percent(1 - left - right)}" height="100%" overflow="visible"'
    return f"<svg {placed}>{''.join(parts)}</svg>"


def picture(slug: str, title: str, description: str, height: float, parts: Iterable[str]) -> str:
    """整幅图: an image with a name and a description, ``height`` em high, as wide as its place.

    ``slug`` makes the ids, so it must be the only one of its page. Raises ``ValueError`` for one that is
    not lower-case letters, digits and hyphens.
    """
    if not _SLUG.fullmatch(slug):
        raise ValueError(f"a chart's slug is lower-case letters, digits and hyphens, not {slug!r}")
    return (
        f'<svg class="yy-chart" xmlns="http://www.w3.org/2000/svg" role="img" focusable="false"'
        f' aria-labelledby="{slug}-title" aria-describedby="{slug}-desc"'
        f' width="100%" height="{em(height)}" font-size="0.875em" fill="currentColor">'
        f'<title id="{slug}-title">{plain(title)}</title><desc id="{slug}-desc">{plain(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _trimmed(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
