"""核对过的字句 (reviewed): warnings that staff have answered, once, in ``private.reviewed``."""

from __future__ import annotations

import re

from generator.cases.case import Case

_SENTENCE_END = re.compile(r"[。！？!?；;\n]")


def is_reviewed(case: Case, text: str, start: int, word: str) -> bool:
    """Whether a human judged ``word``, which stands in ``text`` at ``start``, fit to publish: an answer holds
    the word and stands in its sentence."""
    return stands_reviewed(case.private.reviewed, text, start, word)


def stands_reviewed(answers: tuple[str, ...], text: str, start: int, word: str) -> bool:
    """The same by the answers of any record."""
    if not answers:
        return False
    ends = [found.start() for found in _SENTENCE_END.finditer(text)]
    first = max((end + 1 for end in ends if end < start), default=0)
    last = min((end for end in ends if end >= start), default=len(text))
    sentence = text[first:last]
    # A web address has marks that end a sentence elsewhere; one answer covers the whole of it.
    return any(word in fit and (fit in sentence or fit == text) for fit in answers)
