"""人员核对 (person checks): what is entered as a person is one, and what is said of them holds together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.cases.case import Case
from generator.checks.problem import CaseProblem, Problems
from generator.public.public_case import POSTHUMOUS

_UNKNOWN = re.compile(
    r"身份|姓名|不详|不明|不知|未知|无名|佚名|匿名|化名|[（(].*[)）]|^[一二两三四五六七八九十0-9]+[名位个]|等[0-9一二三四五六七八九十]*[名人]"
    r"|[、，,；;/＋+&]|^某.{2,}|(?:男子|女子|市民|群众|路人|游客|村民|居民|热心人|好心人|志愿者|乘客|顾客)$"
)
"""身份不详, 某外地游客, 一名群众, 张三等人, 张三、李四: nobody's name."""
_UNIT = re.compile(
    r".{2,}(?:公司|集团|合作社|救援队|消防队|消防站|大队|中队|支队|总队|派出所|公安局|委员会|居委会|村委会|协会|联合会|基金会|小组"
    r"|群体|班组|中学|小学|大学|学校|医院|街道办|工作站|车队|营业部|项目部)$"
)
_LONGEST_NAME = 30


def check_persons(case: Case) -> Problems:
    """Names that are none, a title granted after death to the living, and a head count below those named."""
    yield from _names(case)
    yield from _full_births(case)
    yield from _posthumous(case)
    if case.group is not None and case.group.head_count is not None:
        named = sum(person.disclosure != "withheld" for person in case.persons)
        if case.group.head_count < named:
            facts = {"found": case.group.head_count, "named": named}
            yield CaseProblem(code="REG042", field="group.head_count", facts=facts)


def _names(case: Case) -> Iterator[CaseProblem]:
    for index, person in enumerate(case.persons):
        for field in ("name", "name_as_published"):
            written = getattr(person, field)
            if written is None or (field == "name_as_published" and written == person.name):
                continue
            # The length first: a pattern that looks for its end from every place is quadratic.
            if len(written) > _LONGEST_NAME or _UNKNOWN.search(written) or _UNIT.search(written):
                yield CaseProblem(code="REG041", field=f"persons[{index}].{field}", facts={"found": written})


def _full_births(case: Case) -> Iterator[CaseProblem]:
    """A page never shows the day of a birth, so it does not belong among what is public."""
    for index, person in enumerate(case.persons):
        if person.born is not None and person.born.day is not None:
            yield CaseProblem(code="REG052", field=f"persons[{index}].born", quoted=False)


def _posthumous(case: Case) -> Iterator[CaseProblem]:
    living = {person.key: person.name for person in case.persons if person.deceased is None}
    for number, honour in enumerate(case.honours):
        if honour.verb != POSTHUMOUS:
            continue
        for index, key in enumerate(honour.recipients):
            if key in living:
                field = f"honours[{number}].recipients[{index}]"
                yield CaseProblem(code="REG048", field=field, facts={"found": living[key]})
