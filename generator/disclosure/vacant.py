"""空号 (vacant numbers): published numbers under which nothing is public any more.

A case that was public and is withheld now leaves its number missing between its neighbours of the same city
and year, and people who count see that something is hidden. Staff decide knowingly
(``withholding.published_number``): ``gap`` leaves no trace of our making, ``tombstone`` a page at the old
address that is the same whatever the reason. A number that was never published is neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.cases.case import Case, HonourRecord, Withholding
from generator.public.public_case import VacantNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenNumber:
    """一个不公开的编号 whose day of publication has come. ``field`` is where the choice is written."""

    id: str
    field: str
    kind: Literal["notices", "honours"]
    choice: Literal["gap", "tombstone"] | None


def hidden_numbers(case: Case, today: date) -> tuple[HiddenNumber, ...]:
    """不公开的编号 of one case: of all of a confidential one, else of honours whose every recipient is withheld."""
    found: list[HiddenNumber] = []
    if case.level == "confidential" and case.notice is not None and case.notice.published_at.date() <= today:
        field, withholding = "withholding", case.withholding
        found.append(
            HiddenNumber(id=case.notice.id, field=field, kind="notices", choice=_choice(withholding))
        )
    for honour in case.honours:
        if honour.published_on <= today and (reason := _withheld(case, honour)) is not None:
            field, withholding = reason
            found.append(HiddenNumber(id=honour.id, field=field, kind="honours", choice=_choice(withholding)))
    return tuple(found)


def vacant_numbers(case: Case, today: date) -> Iterator[VacantNumber]:
    """留有空号页的编号: those for which the tombstone was chosen."""
    for item in hidden_numbers(case, today):
        if item.choice == "tombstone":
            yield VacantNumber(id=item.id, kind=item.kind)


def _withheld(case: Case, honour: HonourRecord) -> tuple[str, Withholding | None] | None:
    """(field, withholding) by which ``honour`` is not public; None where it is."""
    if case.level == "confidential":
        return "withholding", case.withholding
    recipients = [
        (index, person) for index, person in enumerate(case.persons) if person.key in honour.recipients
    ]
    if not recipients or any(person.disclosure != "withheld" for _, person in recipients):
        return None
    index, person = recipients[0]
    return f"persons[{index}].withholding", person.withholding


def _choice(withholding: Withholding | None) -> Literal["gap", "tombstone"] | None:
    return withholding.published_number if withholding is not None else None
