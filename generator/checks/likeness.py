"""相同之处 (likeness): what of a case another must not have too, unless a human says that they are two.

Kept as fingerprints, so that cases can be compared without their names being carried about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.cases.case import Case
from generator.disclosure.masking import is_masked_form
from generator.disclosure.who_is_shown import known_as
from generator.system.hashing import digest

_NOT_WORDS = re.compile(r"[^\w]+")


def likenesses(case: Case) -> Iterator[tuple[str, str, bytes]]:
    """(field, what is alike, fingerprint): the same act in the same words, the same person on the same day, or
    the same person with the same title of the same day or year. A name that is masked is nobody's in particular."""
    for number, act in enumerate(case.acts):
        field = "act" if number == 0 else f"further_acts[{number - 1}]"
        if act.happened_on.day is not None:
            words = _NOT_WORDS.sub("", act.summary)
            yield f"{field}.summary", "same_act", _print("act", str(act.happened_on), words)
    for index, person in enumerate(case.persons):
        if is_masked_form(name := known_as(person)):
            continue
        for act in case.acts:
            if act.happened_on.day is not None and (not act.persons or person.key in act.persons):
                yield (
                    f"persons[{index}].name",
                    "same_person_and_day",
                    _print("day", name, str(act.happened_on)),
                )
        for honour in case.honours:
            if person.key in honour.recipients:
                prints = _print("title", case.jurisdiction, name, honour.title, str(honour.decided_on))
                yield f"persons[{index}].name", "same_person_and_title", prints


def _print(*parts: str) -> bytes:
    return digest(*(part.encode() for part in parts))
