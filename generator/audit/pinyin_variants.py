"""拼音写法 (pinyin variants): the readings of a name, unit or address in the other alphabet, and of a name with initials.

Folding (:mod:`generator.spellings.folding`) takes care of spaces, zero-width characters, width, case, traditional
characters and accents; decoding takes care of escapes, :mod:`generator.spellings.encodings` of base64 and its like.
"""

from __future__ import annotations

import itertools
from functools import cache, lru_cache
from typing import Any

from generator.disclosure.masking import surname_of
from generator.spellings.folding import fold, is_han

LONGEST_IN_PINYIN = 16
"""Characters. Nobody romanises a narrative; names, units and addresses are shorter."""
SHORTEST_PINYIN = 5
"""Letters. Li An is found as “lian” in every dictionary; in paths four letters are enough."""
SHORTEST_PINYIN_IN_PATH = 4
_MOST_READINGS = 24


def pinyin_variants(text: str) -> tuple[tuple[str, ...], ...]:
    """拼音 readings of a name, unit, school or address in Chinese characters; none for others.

    Every reading of every character (单 dan, shan), ü as u, v and yu, surname first and surname last,
    plain and with the tone as a figure. Each is its syllables in order; gaps may stand between these only.
    """
    han = [character for character in fold(text) if is_han(character)]
    if not 2 <= len(han) <= LONGEST_IN_PINYIN:
        return ()
    found: dict[tuple[str, ...], None] = {}
    for toned in (False, True):
        readings = [_readings(character, toned) for character in han]
        if not all(readings):
            return ()
        if len(han) > 4:
            readings = [options[:1] for options in readings]
        for syllables in itertools.islice(itertools.product(*readings), _MOST_READINGS):
            found[syllables] = None
            if not toned and len(syllables) <= 4:
                for surname in (1, 2) if len(syllables) > 2 else (1,):
                    found[syllables[surname:] + syllables[:surname]] = None
    slug = _slug(text)
    if len(slug) > 1:
        found[slug] = None
    return tuple(found)


def initial_variants(text: str) -> tuple[tuple[str, ...], ...]:
    """拼音缩写 of a name: J. Huaipu and Huaipu J.; of names whose given name has several characters."""
    han = [character for character in fold(text) if is_han(character)]
    surname = len(fold(surname_of(text)))
    if not 3 <= len(han) <= 4 or len(han) != len(fold(text)) or len(han) - surname < 2:
        return ()
    readings = [_readings(character, False)[:1] for character in han]
    if not all(readings):
        return ()
    syllables = [options[0] for options in readings]
    initial, given = syllables[0][0], tuple(syllables[surname:])
    return ((initial, *given), (*given, initial))


@cache
def _readings(character: str, toned: bool) -> tuple[str, ...]:
    style = _styles()
    readings = style["pinyin"](
        character, style=style["TONE3" if toned else "NORMAL"], heteronym=True, errors="ignore", v_to_u=False
    )
    options: dict[str, None] = {}
    for reading in readings[0] if readings else ():
        for spelling in (reading.replace("v", "u"), reading, reading.replace("v", "yu")):
            options[spelling] = None
    return tuple(options)


@cache
def _styles() -> dict[str, Any]:
    import pypinyin

    return {"pinyin": pypinyin.pinyin, "TONE3": pypinyin.Style.TONE3, "NORMAL": pypinyin.Style.NORMAL}


def _slug(text: str) -> tuple[str, ...]:
    """As python-slugify, which makes the addresses, would write it. Characters go over each by itself."""
    if all(map(is_han, text)):
        return tuple(part for character in text for part in _slugified(character))
    return _slugified(text)


@lru_cache(8192)
def _slugified(text: str) -> tuple[str, ...]:
    from slugify import slugify

    # Named, the transliteration is not looked for anew at each call.
    return tuple(part for part in slugify(text, backend="text-unidecode").split("-") if part)
