"""分享图的内容 (content): what stands on a share card. Drawing it is :mod:`generator.outputs.share.card_drawing`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOST_DEEDS, _MOST_LINES, _MOST_MARKS = 3, 3, 3
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCard:
    """分享图的内容. Public values only.

    ``title``      up to four lines, as large as they allow.
    ``highlight``  below it in the colour of the frame: 授予“…”, 公示至….
    ``deed``       below that, at most three, each on two lines where the card has room and else cut: deeds, members of a
                   group.
    ``lines``      below that and a gap, at most three, likewise: organ, date, period.
    ``marks``      above it, at most three short words in frames: 公示, 已更正, 示例数据.
    ``quiet``      of the dead: frame and highlight are grey, not red.
    ``site_name``  at the foot, and below it ``address``, to be typed by whoever has the picture alone.
    ``names``      words of the title, the deed and the lines that no line parts.
    """

    title: str
    highlight: str = ""
    deed: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    site_name: str
    address: str
    names: tuple[str, ...] = ()
    quiet: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", _shown(self.title))
        object.__setattr__(self, "highlight", _shown(self.highlight))
        object.__setattr__(self, "deed", tuple(_shown(line) for line in self.deed[:_MOST_DEEDS]))
        object.__setattr__(self, "lines", tuple(_shown(line) for line in self.lines[:_MOST_LINES]))
        object.__setattr__(self, "marks", tuple(_shown(mark) for mark in self.marks[:_MOST_MARKS]))
        object.__setattr__(self, "site_name", _shown(self.site_name))
        object.__setattr__(self, "address", _shown(self.address))
        object.__setattr__(self, "names", tuple(_shown(name) for name in self.names))


def _shown(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())
