"""写法 (forms): the ways in which one secret may be written, beyond what folding makes alike.

Folding (``generator.disclosure.folding``) takes care of spaces, zero-width characters, width, case,
traditional characters and accents; decoding takes care of escapes. What is left are other alphabets
and encodings: pinyin, base64, hexadecimal, UTF-16.
"""

from __future__ import annotations

import base64
import itertools
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from generator.disclosure.folding import fold, is_han

LONGEST_IN_PINYIN = 16
"""Characters. Nobody romanises a narrative; names, units and addresses are shorter."""
SHORTEST_PINYIN = 5
"""Letters. Li An is found as “lian” in every dictionary; in paths four letters are enough."""
SHORTEST_PINYIN_IN_PATH = 4
_MOST_READINGS = 24
_SENTENCE_END = re.compile(r"[。！？；!?;\n\r…]+")
_CLAUSE_END = re.compile(r"[，,、：:（）()“”\"]+")
_LONG = 40
_SENTENCE, _CLAUSE = 8, 10


@dataclass(frozen=True, slots=True)
class Pinyin:
    """拼音 of a secret: syllables in order; gaps may stand between syllables only."""

    syllables: tuple[str, ...]

    @property
    def joined(self) -> str:
        return "".join(self.syllables)


def pieces(text: str, kind: str) -> tuple[str, ...]:
    """要找的片段: the text itself, or, of a long text, its sentences and the clauses of long sentences.

    Somebody who leaks a narrative leaks a sentence of it.
    """
    if kind not in ("narrative", "note") and len(text) <= _LONG:
        return (text,)
    if len(fold(text)) < _SENTENCE:
        return (text,)
    found: dict[str, None] = {}
    for sentence in _SENTENCE_END.split(text):
        size = len(fold(sentence))
        if size >= _SENTENCE:
            found[sentence] = None
        if size > 2 * _CLAUSE:
            found.update(
                (clause, None) for clause in _CLAUSE_END.split(sentence) if len(fold(clause)) >= _CLAUSE
            )
    return tuple(found) or (text,)


def pinyin_forms(text: str) -> tuple[Pinyin, ...]:
    """拼音 readings of a name, unit, school or address in Chinese characters; none for others.

    Every reading of every character (单 dan, shan), ü as u, v and yu, surname first and surname last,
    plain and with the tone as a figure.
    """
    han = [character for character in fold(text) if is_han(character)]
    if not 2 <= len(han) <= LONGEST_IN_PINYIN:
        return ()
    found: dict[Pinyin, None] = {}
    for toned in (False, True):
        readings = [_readings(character, toned) for character in han]
        if not all(readings):
            return ()
        if len(han) > 4:
            readings = [options[:1] for options in readings]
        for syllables in itertools.islice(itertools.product(*readings), _MOST_READINGS):
            found[Pinyin(syllables)] = None
            if not toned and len(syllables) <= 4:
                for surname in (1, 2) if len(syllables) > 2 else (1,):
                    found[Pinyin(syllables[surname:] + syllables[:surname])] = None
    slug = _slug(text)
    if len(slug) > 1:
        found[Pinyin(slug)] = None
    return tuple(found)


def base64_forms(data: bytes) -> tuple[bytes, ...]:
    """Base64 at each of the three alignments, in both alphabets, without the ends that depend on neighbours."""
    found: dict[bytes, None] = {}
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + data)
        start = (0, 2, 3)[shift]
        rest = (shift + len(data)) % 3
        end = len(encoded) - (0, 3, 2)[rest]
        core = encoded[start:end]
        found[core] = None
        found[core.translate(bytes.maketrans(b"+/", b"-_"))] = None
    return tuple(found)


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
    """As python-slugify, which makes the addresses, would write it."""
    from slugify import slugify

    # Named, the transliteration is not looked for anew at each call.
    return tuple(part for part in slugify(text, backend="text-unidecode").split("-") if part)
