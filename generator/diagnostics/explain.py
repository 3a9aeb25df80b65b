"""代码说明 (explain): what a code means, why it is asked for, and how to mend it."""

from __future__ import annotations

import difflib

from generator.diagnostics.codes import entries
from generator.diagnostics.phrasing import Lang, phrases, words_in_general


class UnknownCodeError(LookupError):
    """没有这个代码. ``str()`` of it is a sentence for the person who asked, with the near miss."""


def explain(code: str, lang: Lang = "zh") -> str:
    """The explanation of ``code`` (in either case), ending with a line break.

    Raises :class:`UnknownCodeError` for a code that is not in the catalogue.
    """
    known, asked, say = entries(), code.strip().upper(), phrases(lang)
    if asked not in known:
        near = difflib.get_close_matches(asked[:16], known, n=1, cutoff=0.5)
        phrase = say["unknown_near" if near else "unknown"]
        raise UnknownCodeError(phrase.format(code=code.strip()[:16], near=near[0] if near else ""))
    words = words_in_general(asked, lang)
    lines = [f"{asked} {words.title} · {say[known[asked]['severity']]}", "", words.message]
    parts = {"expected": words.expected, "why": words.why, "mend": words.mend}
    lines += [f"{say[name]}{text}" for name, text in parts.items() if text]
    return "\n".join(lines) + "\n"
