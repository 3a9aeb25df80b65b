"""敏感字句 (sensitive words): what public texts say of schools, objectors and health, for staff to judge.

The words are data (``sensitive.yml``). They raise warnings, because only a human can tell 在学校门口 from the school
that a child goes to. The answer stands in the record, in ``private.reviewed``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.cases.case import Case
from generator.checks.problem import CaseProblem
from generator.disclosure.masking import surname_pattern
from generator.disclosure.who_is_shown import is_masked, is_minor, known_as, tells_injury

_SENTENCE = re.compile(r"[^。！？!?；;\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    schools: re.Pattern[str]
    children: re.Pattern[str]
    pronouns: re.Pattern[str]
    objectors: re.Pattern[str]
    illnesses: re.Pattern[str]
    injuries: re.Pattern[str]
    any_of_them: re.Pattern[str]


def check_sensitive(case: Case, texts: list[tuple[str, str]], today: date) -> Iterator[CaseProblem]:
    """DIS015 (school near a child or a masked person), DIS016 (an objector), DIS017 (health), in ``texts``,
    which are (field, text) of what the public will read. One warning a field and kind, at the first place."""
    words = _words()
    if not words.any_of_them.search("\n".join(text for _, text in texts)):
        return  # most records
    sheltered = any(
        person.disclosure != "withheld" and (is_masked(case, person, today) or is_minor(case, person, today))
        for person in case.persons
    )
    consented = any(tells_injury(case, person, today) for person in case.persons)
    named = () if consented else tuple(known_as(person) for person in case.persons)
    for field, text in texts:
        if field.endswith(".injured") or not words.any_of_them.search(text):
            continue  # an injury is shown with consent
        found: dict[str, tuple[int, str]] = {}
        for sentence in _SENTENCE.finditer(text):
            for code, hit in _hits(sentence[0], words, sheltered=sheltered, named=named):
                if not any(hit[0] in fit and fit in sentence[0] for fit in case.private.reviewed):
                    found.setdefault(code, (sentence.start() + hit.start() + 1, hit[0]))
        for code, (position, word) in sorted(found.items()):
            # What must be typed back is told even if somebody of the case is masked: it is a word of our own
            # list in a text for the public. What may be an objector's name is not.
            is_own = case.level == "public" and code != "DIS016"
            yield CaseProblem(
                code=code,
                field=field,
                facts={} if is_own else {"word": word},
                terms={"position": position, **({"word": word} if is_own else {})},
            )


def says_minor(texts: Iterable[tuple[str, str]], name: str) -> bool:
    """Whether one of ``texts``, which are (field, text), calls ``name`` a child: 初中生骆允谦, 骆允谦，男，13岁."""
    near_it = [text for _, text in texts if name in text]
    if not near_it:
        return False
    word, told = _minors().pattern, re.escape(name)
    near = re.compile(
        rf"(?:{word})[^，,。；;！!？?\n]{{0,6}}{told}"
        rf"|{told}(?:[，,、（(\s]{{0,2}}[男女])?[，,、（(\s]{{0,2}}[^，,。；;！!？?\n]{{0,6}}(?:{word})"
    )
    return any(map(near.search, near_it))


@cache
def _minors() -> re.Pattern[str]:
    return _one_of(_data()["minors"])


def _hits(
    sentence: str, words: _Words, *, sheltered: bool, named: tuple[str, ...]
) -> Iterator[tuple[str, re.Match[str]]]:
    if sheltered or words.children.search(sentence):
        yield from (("DIS015", hit) for hit in words.schools.finditer(sentence))
    yield from (("DIS016", hit) for hit in words.objectors.finditer(sentence))
    yield from (("DIS017", hit) for hit in words.illnesses.finditer(sentence))
    if named and (words.pronouns.search(sentence) or any(name in sentence for name in named)):
        yield from (("DIS017", hit) for hit in words.injuries.finditer(sentence))


@cache
def _words() -> _Words:
    data = _data()
    data["objectors"] = [item.replace("SURNAME", surname_pattern()) for item in data["objectors"]]
    sought = ("schools", "objectors", "illnesses", "injuries")
    others = ("children", "pronouns")
    return _Words(
        any_of_them=_one_of(item for kind in sought for item in data[kind]),
        **{kind: _one_of(data[kind]) for kind in (*sought, *others)},
    )


def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(
        (Path(__file__).parent / "sensitive.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return data


def _one_of(items: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{item})" for item in items))
