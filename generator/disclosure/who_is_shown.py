"""谁可以公开 (who is shown): whether anything of a record may be shown, who of it by name and who masked, and of whom a
portrait or an injury is told.

If anything is unclear, it stays hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from generator.cases.case import ADULT_AGE, Case, HonourRecord, Person
from generator.law.workdays import age_on


def publishes_notice(case: Case, as_of: datetime) -> bool:
    """有无公示页 at ``as_of``, be it a tombstone: asked by whoever need not know what stands on it."""
    return case.notice is not None and case.notice.published_at <= as_of and not is_hidden(case)


def is_hidden(case: Case) -> bool:
    """不公开: nothing of the case may be shown, whatever the day."""
    return case.level == "confidential" or _all_withheld(case.persons)


def numbers_not_shown(case: Case) -> frozenset[str]:
    """不公开的编号: numbers of the case whose notice or honour may not be shown."""
    honours = {
        honour.id: [person for person in case.persons if person.key in honour.recipients]
        for honour in case.honours
    }
    hidden = is_hidden(case)
    numbers = {number for number, persons in honours.items() if hidden or _all_withheld(persons)}
    if case.notice is not None and hidden:
        numbers.add(case.notice.id)
    return frozenset(numbers)


def withheld_on(case: Case, today: date) -> date | None:
    """不公开的决定日: the latest on which something of the case was withheld; today where a minor is masked without
    a decision, since a guardian may take back a consent on any day."""
    decisions = (case.withholding, *(person.withholding for person in case.persons))
    days = [decision.decided_on for decision in decisions if decision is not None]
    if any(person.disclosure == "full" and is_masked(case, person, today) for person in case.persons):
        days.append(today)
    return max(days, default=None)


def _all_withheld(persons: Sequence[Person]) -> bool:
    return bool(persons) and all(person.disclosure == "withheld" for person in persons)


def known_as(person: Person) -> str:
    """公布的姓名: as the organ itself published it, where that differs from the person's name."""
    return person.name_as_published or person.name


def is_masked(case: Case, person: Person, today: date) -> bool:
    """隐名: by the case's level, by the person's, or as a minor without a guardian's recorded consent."""
    if case.level == "masked" or person.disclosure != "full":
        return True
    return is_minor(case, person, today) and (
        person.guardian_consent is None or person.guardian_consent.given_on > today
    )


def is_minor(case: Case, person: Person, today: date) -> bool:
    """未成年人 on the day of the act or today. In doubt (only a year is known) a person counts as a minor."""
    if person.age_at_act is not None and person.age_at_act < ADULT_AGE:
        return True
    if person.private.born_on is not None:
        latest_birth = person.private.born_on
    elif person.born is not None:
        latest_birth = person.born.last
    else:
        return person.adult is False
    if age_on(latest_birth, today) < ADULT_AGE:
        return True
    return case.act is not None and age_on(latest_birth, case.act.happened_on.first) < ADULT_AGE


def tells_injury(case: Case, person: Person, today: date) -> bool:
    """公开伤情: with consent that was given, by the guardian where the person is a minor."""
    consent = person.injury_consent
    if consent is None or consent.given_on > today:
        return False
    return consent.given_by == "guardian" or not is_minor(case, person, today)


def tells_portrait(case: Case, person: Person, today: date) -> bool:
    """公开肖像: of somebody shown by name, with consent that was given, by whoever could give it."""
    if person.portrait is None or is_masked(case, person, today):
        return False
    consent = person.portrait.consent
    if consent.given_on > today:
        return False
    if is_minor(case, person, today):
        return consent.given_by == "guardian"
    return consent.given_by != "kin" or person.deceased is not None


def honoured_alone(case: Case, record: HonourRecord) -> Person | None:
    """荣誉只授予一人的，这个人; None of an honour for several, be they shown or not, or for a group."""
    if len(record.recipients) != 1 or record.to_group:
        return None
    return next((person for person in case.persons if person.key == record.recipients[0]), None)


def age_at_act(case: Case, person: Person) -> int | None:
    """行为时的年龄, as recorded or from the day of birth."""
    if person.age_at_act is not None or case.act is None:
        return person.age_at_act
    happened = case.act.happened_on.first
    if person.private.born_on is not None:
        return age_on(person.private.born_on, happened)
    return None
