"""本案的人 (cast): who of a case the public may know, and one place of a text that tells of somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.cases.case import Case, Person
from generator.disclosure.masking import mask_names
from generator.disclosure.who_is_shown import is_masked, known_as


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """一处: ``text`` from ``start`` to ``end`` tells of somebody. Not ``sure`` where it may be somebody else."""

    code: str
    start: int
    end: int
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """本案的人 by what the public may know of them."""

    withheld: tuple[Person, ...]
    masked: tuple[Person, ...]
    shown: tuple[Person, ...]
    renamed: tuple[Person, ...]
    """Of these, those whom the page calls as the organ published them, and not by their name."""
    displayed: tuple[str, ...]
    """Names as the public reads them, the longest first."""

    @property
    def nameless(self) -> tuple[Person, ...]:
        """Those whose name the public must not read."""
        return (*self.withheld, *self.masked, *self.renamed)

    @classmethod
    def of(cls, case: Case, today: date) -> Cast:
        """Sorts the persons of ``case``."""
        visible = [person for person in case.persons if person.disclosure != "withheld"]
        masked = tuple(person for person in visible if is_masked(case, person, today))
        shown = tuple(person for person in visible if person not in masked)
        names = [known_as(person) for person in shown]
        hidden = [known_as(person) for person in masked]
        if hidden:
            names += (*mask_names(hidden), *mask_names(hidden, style="mou"))
        return cls(
            withheld=tuple(person for person in case.persons if person.disclosure == "withheld"),
            masked=masked,
            shown=shown,
            renamed=tuple(person for person in shown if known_as(person) != person.name),
            displayed=tuple(sorted(names, key=len, reverse=True)),
        )


@cache
def words() -> dict[str, Any]:
    """The data of ``allusions.yml``."""
    data: dict[str, Any] = yaml.load(
        (Path(__file__).parent / "allusions.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return data
