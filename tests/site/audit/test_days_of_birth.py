"""生日与寻常的日子: a site names many days of its own accord. Whoever was born on one of them must not stop it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.disclosure.withheld_words import Withheld
from generator.pipeline.audit_step import audit_report
from generator.pipeline.case_scan import GuardedRecord
from generator.pipeline.prepare import prepared_alone
from tests.journeys import SOME_AND_REST
from tests.projects import AS_OF

FIRST, LAST = date(1930, 1, 1), date(2026, 11, 22)
PLACE = "registry/cases/wuhan/2026/wh26-{:07}.yml"


def born(day: date) -> GuardedRecord:
    """A confidential record of somebody who was born on ``day``; its number is that of the day."""
    word = Withheld(text=day.isoformat(), kind="birth_date")
    return GuardedRecord(path=PLACE.format(day.toordinal()), ids=(), words=(word,), mark=b"", answers=())


@pytest.mark.parametrize("rest", SOME_AND_REST)
def test_no_day_of_birth_is_found_in_what_says_nothing_of_anybody(
    sample_project: Path, sample_site: Path, rest: bool
) -> None:
    # By 41, each day of the month and each month has its turn.
    numbers = range((LAST - FIRST).days + 1)
    days = [FIRST + timedelta(days=number) for number in numbers if (number % 41 == 0) != rest]
    with prepared_alone(sample_project, AS_OF, AS_OF, 1) as prepared:
        guarded = tuple(map(born, days))
        report = audit_report(
            replace(prepared, withheld=replace(prepared.withheld, guarded=guarded)), sample_site
        )
    found = {date.fromordinal(int(re.findall("[0-9]{7}", finding.label)[0])) for finding in report.findings}
    assert {day.isoformat() for day in found} == set()
