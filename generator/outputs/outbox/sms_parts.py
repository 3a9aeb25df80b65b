"""短信分条 (parts): a text cut into messages of 70 characters, none broken within an address."""

from __future__ import annotations

import re

MOST = 70
"""Characters of one message in Chinese, of 16 bits each, the signature counted."""
_PIECES = re.compile(r"[^，。；！？]*?https?://\S+|[^，。；！？]*[，。；！？]\s?|[^，。；！？]+")
"""Sentences and clauses; an address with the words that lead to it."""


class LongAddressError(Exception):
    """网址太长: it does not fit one message, and a shortened one would not say whose it is."""


def characters(text: str) -> int:
    """How many of the 70 ``text`` takes."""
    return len(text.encode("utf-16-le")) // 2


def sms_parts(text: str, signature: str | None = None) -> tuple[str, ...]:
    """``text`` in as few messages as its pieces allow, each with the ``signature``, numbered where there are several::

        sms_parts("武汉公示见义勇为：李大勇。详见 https://…/", "武汉见义勇为") == ("【武汉见义勇为】武汉公示…",)

    Raises :class:`LongAddressError`.
    """
    sign = "" if signature is None else f"【{signature}】"
    if characters(sign + text) <= MOST:
        return (sign + text,)
    room = MOST - characters(sign) - characters("(9/9)")
    parts = [""]
    for piece in _pieces(text, room):
        if characters((parts[-1] + piece).rstrip()) > room:
            parts.append("")
        parts[-1] += piece
    cut = [part.strip() for part in parts if part.strip()]
    return tuple(f"{sign}({number}/{len(cut)}){part}" for number, part in enumerate(cut, start=1))


def _pieces(text: str, room: int) -> list[str]:
    found: list[str] = []
    for piece in _PIECES.findall(text):
        if characters(piece.rstrip()) <= room:
            found.append(piece)
            continue
        words, scheme, rest = piece.partition("http")
        found += [words[at : at + room] for at in range(0, len(words), room)]
        if scheme:
            if characters(scheme + rest) > room:
                raise LongAddressError(scheme + rest)
            found.append(scheme + rest)
    return found
