"""字音表 (table of sounds): writes ``sounds.txt``, the reading of each character, from the dictionary of pypinyin.

python -m generator.spellings.sound_table
"""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin

from generator.spellings.sounds import FINALS, FIRST, INITIALS, LAST, LETTERS, TABLE, UNREAD

_A_LINE = 256
"""Characters of a line; only for whoever looks at the file."""


def table() -> str:
    """Two letters a character, from the first to the last."""
    letters = "".join(_letters(chr(code)) for code in range(FIRST, LAST + 1))
    width = _A_LINE * len(UNREAD)
    return "".join(f"{letters[at : at + width]}\n" for at in range(0, len(letters), width))


def _letters(char: str) -> str:
    reading = "".join(lazy_pinyin(char, style=Style.NORMAL, errors="ignore"))
    initial = max((own for own in INITIALS if reading.startswith(own)), key=len)
    final = reading.removeprefix(initial)
    return LETTERS[INITIALS.index(initial)] + LETTERS[FINALS.index(final)] if final in FINALS else UNREAD


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="ascii")
