"""条的位置 (law articles): where each article of each text of law stands, for those who ask for it by its number, and how
it begins.

Small files that only such a question fetches: 民法典184条, 武汉条例第十一条, 第二十条.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from generator.outputs.search.search_record import SearchRecord

ARTICLES: Final = "search/articles.json"
_TITLE: Final = re.compile(r"《(?P<law>.+?)》(?:第(?P<number>[^条]+)条)?")
_PATH: Final = re.compile(r"(?P<stem>policies/[^/]+/[^/#]+/(?:#.+/art-)?)(?P<number>[0-9]*)")
_BEGINS: Final = 120
"""Characters of an article that a list of results has of it, and a few."""


def article_files(records: Iterable[SearchRecord], places: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """(path, bytes): of every text, in the order of the slugs of ``places`` and those of other places last, the title, its state (empty where it holds), the address of its articles without their
    numbers, and the numbers, in Chinese by the figure; and for each number how the articles that bear it begin."""
    found: dict[str, tuple[str, str, dict[str, str]]] = {}
    begins: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for record in records:
        title, path = _TITLE.fullmatch(record.title), _PATH.fullmatch(record.path)
        if title is None or path is None:
            continue
        own = found.setdefault(path["stem"], (title["law"], record.state, {}))
        if title["number"]:
            own[2][path["number"]] = title["number"]
            begins[path["number"]][record.path] = record.text[:_BEGINS]
    with_articles = {stem.partition("#")[0] for stem in found if "#" in stem}
    rank = {f"policies/{slug}": at for at, slug in enumerate(places)}
    rows = [
        [law, state, stem, own]
        for stem, (law, state, own) in sorted(
            found.items(), key=lambda item: (rank.get("/".join(item[0].split("/")[:2]), len(rank)), item[0])
        )
        if stem not in with_articles
    ]
    yield ARTICLES, _json(rows)
    for number, texts in sorted(begins.items()):
        yield f"search/articles/{number}.json", _json(texts)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
