"""全库核对 (registry checks): mistakes that only all cases together show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from dataclasses import field as field_of
from datetime import date
from pathlib import Path

from generator.diagnostics import Diagnostic, Place, diagnose
from generator.disclosure.told_of_people import Telling
from generator.disclosure.vacant import HiddenNumber
from generator.spellings.numbering import next_number


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseKeys:
    """一案的编号, kept for every record: what must be unique and what it points to."""

    path: str
    shown: bool
    case: str
    jurisdiction: str
    notice: str | None
    replaces: str | None
    honours: tuple[str, ...]
    notice_is_public: bool
    certificates: tuple[tuple[int, bytes], ...] = ()
    """(number of the honour, fingerprint of its certificate's code)."""
    hidden: tuple[HiddenNumber, ...] = ()
    """Numbers of this record that are not public, though their day has come."""
    is_confidential: bool = False
    unshown: frozenset[str] = frozenset()
    """Numbers of this record under which nothing may be shown, whatever the day."""
    withheld_on: date | None = None
    """Day of the latest decision to withhold something of the case."""
    telling: Telling = field_of(default_factory=Telling)
    joined: tuple[tuple[str, str], ...] = ()
    """(number, field) of other cases that this record's notice puts together with it."""
    elsewhere: tuple[tuple[str, tuple[str, str]], ...] = ()
    """(field, (file, field there)) of what a decision says of the case."""
    alike: tuple[tuple[str, str, bytes], ...] = ()
    """See :func:`~generator.checks.likeness.likenesses`."""
    other_than: tuple[str, ...] = ()
    """Case numbers that a human found to be other people's or other acts."""

    def place(self, field: str) -> Place:
        """Where, as far as the file; the line is looked up once something is wrong."""
        if (other := dict(self.elsewhere).get(field)) is not None:
            return Place(path=other[0], field=other[1], shown=False)
        return Place(path=self.path, field=field, shown=self.shown)


def check_registry(keys: Iterable[CaseKeys], given_out: Iterable[str] = ()) -> Iterator[Diagnostic]:
    """Numbers and certificate codes used twice, and notices replaced that do not exist. ``given_out`` are public
    numbers that may be in no record any more."""
    keys = tuple(keys)
    public = {*given_out, *(n for k in keys for n in (k.notice, *k.honours) if n is not None)}
    cases = {number for k in keys for number, _ in _cases(k)}
    yield from _twice((((k.jurisdiction, n), k, field) for k in keys for n, field in _cases(k)), cases)
    yield from _twice(((k.notice, k, "notice.id") for k in keys if k.notice is not None), public)
    honours = ((honour, k, f"honours[{n}].id") for k in keys for n, honour in enumerate(k.honours))
    yield from _twice(honours, public)
    published = {k.notice for k in keys if k.notice_is_public}
    for item in keys:
        if item.replaces is not None and item.replaces not in published:
            yield diagnose("REG019", item.place("notice.replaces"), facts={"found": item.replaces})
    yield from _one_code_twice(keys)
    yield from _entered_twice(keys)
    yield from _gaps(keys)


def _cases(keys: CaseKeys) -> Iterator[tuple[str, str]]:
    yield keys.case, "case"
    yield from (item for item in keys.joined if item[0] != keys.case)


def _gaps(keys: tuple[CaseKeys, ...]) -> Iterator[Diagnostic]:
    """A number missing below a public one of the same city and year says that something is hidden."""
    highest: dict[str, int] = {}
    for item in keys:
        hidden = {number.id for number in item.hidden}
        for public_id in (item.notice, *item.honours):
            if public_id is not None and not item.is_confidential and public_id not in hidden:
                series, own = _series(public_id)
                highest[series] = max(own, highest.get(series, 0))
    for item in keys:
        told: set[str] = set()
        for number in item.hidden:
            series, own = _series(number.id)
            if number.choice is None and own < highest.get(series, 0) and number.field not in told:
                told.add(number.field)
                place = replace(item.place(number.field), shown=False)
                yield diagnose("DIS029", place, facts={"found": number.id})


def _series(public_id: str) -> tuple[str, int]:
    """wuhan-2026-h0003 → (wuhan-2026-h, 3)."""
    series, number = re.fullmatch(r"(.*?)([0-9]+)", public_id).groups()  # type: ignore[union-attr]
    return series, int(number)


def _entered_twice(keys: Iterable[CaseKeys]) -> Iterator[Diagnostic]:
    """One person or act in two cases. Once for each two cases, at the later one."""
    first: dict[bytes, tuple[CaseKeys, str]] = {}
    told: set[tuple[str, str]] = set()
    for item in keys:
        for field, alike, mark in item.alike:
            other, other_field = first.setdefault(mark, (item, field))
            pair = (other.path, item.path)
            answered = other.case in item.other_than or item.case in other.other_than
            if other is item or pair in told or answered:
                continue
            told.add(pair)
            where = other.place(other_field)
            yield diagnose(
                "REG044",
                item.place(field),
                terms={"field": field, "alike": alike, "other": where.path, "number": Path(where.path).stem},
                related=(where,),
            )


def _one_code_twice(keys: Iterable[CaseKeys]) -> Iterator[Diagnostic]:
    """One code on two certificates. Nobody is told the code itself."""
    first: dict[bytes, Place] = {}
    for item in keys:
        for number, code in item.certificates:
            place = item.place(f"honours[{number}].certificate_code")
            other = first.setdefault(code, place)
            if other is not place:
                terms = {"other": other.path, "other_field": other.field}
                yield diagnose("CRT004", place, terms=terms, related=(other,))


def _twice(entries: Iterable[tuple[object, CaseKeys, str]], used: set[str]) -> Iterator[Diagnostic]:
    """``used`` are all numbers of the kind; each that is proposed counts as one."""
    first: dict[object, tuple[CaseKeys, str]] = {}
    for number, keys, field in entries:
        if number not in first:
            first[number] = (keys, field)
            continue
        other, other_field = first[number]
        found = str(number[1] if isinstance(number, tuple) else number)
        free = next_number(found, used)
        used.add(free)
        yield diagnose(
            "REG016",
            keys.place(field),
            facts={"found": found},
            terms={"field": field, "other": other.place(other_field).path, "next": free},
            related=(other.place(other_field),),
        )
