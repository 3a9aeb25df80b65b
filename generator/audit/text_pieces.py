"""片段 (pieces): the parts of a long text by which it is known. Somebody who leaks a narrative leaks a sentence of it."""

from __future__ import annotations

import re

from generator.spellings.folding import fold

_SENTENCE_END = re.compile(r"[。！？；!?;\n\r…]+")
_CLAUSE_END = re.compile(r"[，,、：:（）()“”\"]+")
_MOMENT = re.compile(r"[0-9年月日时分许上下午晨晚]")
_LONG = 40
_SENTENCE, _CLAUSE = 8, 10


def pieces(text: str, kind: str) -> tuple[str, ...]:
    """要找的片段: the text itself, or, of a long text, its sentences and the clauses of long sentences."""
    if kind not in ("narrative", "note") and len(text) <= _LONG:
        return (text,)
    if len(fold(text)) < _SENTENCE:
        return (text,)
    found: dict[str, None] = {}
    for sentence in _SENTENCE_END.split(text):
        size = len(fold(sentence))
        if size >= _SENTENCE:
            found[sentence] = None
        if size >= 2 * _CLAUSE:
            found.update((clause, None) for clause in _CLAUSE_END.split(sentence) if _tells(fold(clause)))
    return tuple(found) or (text,)


def _tells(clause: str) -> bool:
    """Long enough to tell something, and no mere moment: 2026年9月12日 stands in many records."""
    return len(clause) >= _CLAUSE and len(_MOMENT.sub("", clause)) >= _CLAUSE // 2
