"""公开了谁的什么 (telling): marks of what a case tells of its people, by which it is known later what was withheld since.

The day of a decision does not say so: it may be older than a publication that went against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from generator.cases.case import Case
from generator.disclosure.who_is_shown import is_masked, tells_injury


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """公开了谁的什么 of a case, as marks: hashes that the same case gives again and that name nobody. ``told`` is shown,
    ``untold`` kept back, of whoever the record names."""

    told: frozenset[str] = frozenset()
    untold: frozenset[str] = frozenset()


def telling(case: Case, today: date) -> Telling:
    """What a case tells of its people ``today``: that they are there at all, their names, and injuries by consent."""
    marks = [("", "level", case.level == "public")]
    for person in case.persons:
        there = case.level != "confidential" and person.disclosure != "withheld"
        named = there and not is_masked(case, person, today)
        injured = person.injured is not None and tells_injury(case, person, today)
        marks += [(person.key, "there", there), (person.key, "name", named), (person.key, "injury", injured)]
    hashed = {
        (sha256(f"{case.jurisdiction}/{case.case}/{key}/{what}".encode()).hexdigest()[:8], told)
        for key, what, told in marks
    }
    return Telling(
        told=frozenset(mark for mark, told in hashed if told),
        untold=frozenset(mark for mark, told in hashed if not told),
    )
