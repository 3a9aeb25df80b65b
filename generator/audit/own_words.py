"""自带用语 (own words): the words that the program itself puts into every site, whatever its records say.

常娥 reads “change” in pinyin, and 冉歌 “range”: in lower case and in one piece such a word is the theme's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from generator.system.shipped import shipped_folder

_PACKAGE = Path(__file__).parent.parent
_ENDINGS = frozenset({".html", ".css", ".js", ".md", ".typ", ".svg", ".yml"})
_SHOWN = ("catalogue/zh", "catalogue/en", "pages/templates", "outputs")
"""Folders whose words visitors read. What staff read, and the lists by which records are checked, name titles,
places of the body and examples of people: to take those for the site's own words would leave them unguarded."""
_SHIPPED = ("content/english", "content/pages/en")
"""The same in the project that comes with the software: what the pages below ``en/`` say."""
FORMAT_DAYS = frozenset({"1980-01-01", "1991-09-15", "1999-02-22"})
"""Days that stand in files by their format: the first that a ZIP can write, in a Word file of no day; since when the hour
of Beijing is what it is, in a calendar (RFC 5545, VTIMEZONE); and in the name of RDF, in a PDF."""
_WORD = re.compile(r"(?<![a-z])[a-z]{4,16}(?![a-z])")


@cache
def latin_words() -> frozenset[str]:
    """Every word in small Latin letters of templates, styles, programs and wording."""
    return frozenset(word for text in _texts() for word in _WORD.findall(text.lower()))


@cache
def fixed_wording() -> str:
    """模板和用语目录的全部文字."""
    return "\n".join(_texts())


def _texts() -> Iterator[str]:
    folders = (*(_PACKAGE / name for name in _SHOWN), *(shipped_folder() / name for name in _SHIPPED))
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _ENDINGS:
                yield path.read_text(encoding="utf-8")
