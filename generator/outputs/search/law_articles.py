"""条的位置 (law articles): where each article of each text of law stands, for those who ask for it by its number.

One small file that only such a question fetches: 民法典184条, 武汉条例第十一条, 第二十条.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Final

from generator.outputs.search.search_record import SearchRecord

ARTICLES: Final = "search/articles.json"
_TITLE: Final = re.compile(r"《(?P<law>.+)》第(?P<number>[^条]+)条")
_PATH: Final = re.compile(r"(?P<stem>.+#.+/art-)(?P<number>[0-9]+)")


def articles_file(records: Iterable[SearchRecord]) -> bytes:
    """Of every text the title, its state (empty where it holds), the address of its articles without their numbers, and
    the numbers, in Chinese by the figure."""
    found: dict[str, tuple[str, str, dict[str, str]]] = {}
    for record in records:
        title, path = _TITLE.fullmatch(record.title), _PATH.fullmatch(record.path)
        if title and path:
            own = found.setdefault(path["stem"], (title["law"], record.state, {}))
            own[2][path["number"]] = title["number"]
    rows = [[law, state, stem, numbers] for stem, (law, state, numbers) in sorted(found.items())]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
