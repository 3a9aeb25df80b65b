"""词典 (dictionary): whether characters are a word of the language, and where the words of a text end.

A name such as 时间 or 程序 is a word of every text, and 小骆驼 has no 小骆 in it. It is asked only about something that
may be a name, for reading it takes a second and 60 MB.
"""

from __future__ import annotations

from functools import cache, lru_cache

from generator.spellings.folding import simplified

_NAMES = ("nr",)
"""Tags of words that the dictionary knows as people's names."""


@cache
def is_ordinary_word(word: str) -> bool:
    """普通词, whoever may bear it as a name: 时间, 海燕, 老路.

    >>> is_ordinary_word("程序"), is_ordinary_word("允谦")
    (True, False)
    """
    import rjieba

    return bool(rjieba.has_word(simplified(word)))


@cache
def is_known_as_name(word: str) -> bool:
    """多作人名的词: 志强, 高明."""
    import rjieba

    return is_ordinary_word(word) and all(
        tag.startswith(_NAMES) for _, tag in rjieba.tag(simplified(word), False)
    )


@lru_cache(256)
def word_borders(text: str) -> frozenset[int]:
    """词的边界: the places in ``text`` at which a word begins or ends, both ends of the text among them."""
    import rjieba

    borders, at = {0}, 0
    for word in rjieba.cut(simplified(text), False):
        at += len(word)
        borders.add(at)
    return frozenset(borders)
