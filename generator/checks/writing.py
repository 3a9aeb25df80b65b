"""写法核对 (writing): text that is allowed, but that the public would not see as it was meant."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel

from generator.cases.case import Case
from generator.cases.case_files import PRIVATE_KEYS
from generator.checks.problem import CaseProblem, Problems

_MARKUP = re.compile(
    r"</?[A-Za-z][^<>\n]{0,80}>|&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,6});|\*\*|__|^#{1,6} ",
    re.MULTILINE,
)
"""HTML and Markdown as people write them: ``<b>``, ``&nbsp;``, ``**``."""
_WIDE_BLANK = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]|(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")
"""A blank of another width, or one between two Chinese characters; 阿依古丽 Ahmet has an ordinary one."""


def check_writing(case: Case) -> Problems:
    """Warnings: markup in a text that is printed as it stands, and blanks within a name."""
    if _MARKUP.search("\n".join(_texts(case))):  # of nearly every case nothing: then no field need be named
        texts: list[tuple[str, str]] = []
        _gather(case, "", texts)
        for field, text in texts:
            if found := _MARKUP.search(text):
                yield CaseProblem(code="REG029", field=field, facts={"found": found[0]})
    names = [(f"persons[{number}].name", person.name) for number, person in enumerate(case.persons)]
    if case.group is not None:
        names.append(("group.name", case.group.name))
    for field, name in names:
        if _WIDE_BLANK.search(name):
            near = _WIDE_BLANK.sub("", name)
            yield CaseProblem(code="REG030", field=field, facts={"found": name, "near": near})


def _texts(case: Case) -> list[str]:
    """Every text outside the keys that are for staff only, in no order."""
    texts: list[str] = []
    waiting: list[Any] = [case]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, tuple):
            waiting += value
        elif isinstance(value, BaseModel):
            waiting += [getattr(value, name) for name in value.model_fields_set - PRIVATE_KEYS]
    return texts


def _gather(value: Any, field: str, texts: list[tuple[str, str]]) -> None:
    """Add every text outside the keys that are for staff only, with the path of its field."""
    if isinstance(value, str):
        texts.append((field, value))
    elif isinstance(value, BaseModel):
        for name in value.model_fields_set:
            if name not in PRIVATE_KEYS:
                _gather(getattr(value, name), f"{field}.{name}" if field else name, texts)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            _gather(item, f"{field}[{number}]", texts)
