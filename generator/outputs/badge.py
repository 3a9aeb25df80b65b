"""状态徽标 (badge): a small picture that says on any page whether an honour still stands.

SVG with text as text, no script, no request, no font: status, content version and date. Widths are
reckoned from the number of characters and fixed by ``textLength``, so it is the same bytes on every
machine and nothing overlaps whatever font the reader has.
"""

from __future__ import annotations

from html import escape

from generator.catalogue import wording
from generator.pages.charts.chart_words import columns_of
from generator.pages.templating import cn_date
from generator.public.public_case import HonourStatus, PublicHonour

HEIGHT = 28
_SIZE = 13
_COLUMN = _SIZE / 2
_PAD = 10
_COLOURS = {
    HonourStatus.VALID: "#27583f",
    HonourStatus.CORRECTED: "#27583f",
    HonourStatus.REVOKED: "#4a4a4a",
}
"""White text on each has a contrast of at least 7:1."""


def badge_address(honour_id: str) -> str:
    """徽标的地址 from the root: ``honours/wuhan-2026-h0001/badge.svg``."""
    return f"honours/{honour_id}/badge.svg"


def honour_badge(honour: PublicHonour, version: str) -> bytes:
    """画徽标: the label, the status with its date, the ``version`` of the document. Never a name.

    The date is the last day on which the status changed, not the day of the build, so the file stays the
    same bytes until something about the honour changes.
    """
    words = wording("honours")
    changed = honour.revoked_on or max((item.corrected_on for item in honour.corrections), default=None)
    day = changed or honour.published_on
    forms = words["badge"]["value" if day is not None else "value_undated"]
    value = forms[honour.status].format(day=cn_date(day) if day is not None else "")
    shown = words["badge"]["version"].format(version=version)
    label = words["badge"]["label"]
    cells = [(label, "#9b2a1d"), (value, _COLOURS[honour.status]), (shown, "#5d5147")]
    widths = [round(columns_of(text) * _COLUMN + 2 * _PAD) for text, _ in cells]
    whole = f"{label}：{value}；{shown}"
    parts: list[str] = []
    x = 0
    for (text, colour), width in zip(cells, widths, strict=True):
        parts.append(f'<rect x="{x}" width="{width}" height="{HEIGHT}" fill="{colour}"/>')
        parts.append(
            f'<text x="{x + _PAD}" y="19" textLength="{width - 2 * _PAD}"'
            f' lengthAdjust="spacingAndGlyphs">{escape(text)}</text>'
        )
        x += width
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{x}" height="{HEIGHT}" viewBox="0 0 {x} {HEIGHT}"'
        f' role="img" aria-label="{escape(whole)}" lang="zh-CN"><title>{escape(whole)}</title>'
        f'<g fill="#fff" font-family="sans-serif" font-size="{_SIZE}">{"".join(parts)}</g></svg>\n'
    ).encode()
