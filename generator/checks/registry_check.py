"""全库核对 (registry checks): what only shows when all cases are seen together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from generator.diagnostics import Diagnostic, Place, diagnose


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
    hidden: frozenset[str] = frozenset()
    """Public numbers of the case under which nothing may be shown now."""
    withheld_on: date | None = None
    """Day of the latest decision to withhold something of the case."""

    def place(self, field: str) -> Place:
        """Where, as far as the file; the line is looked up once something is wrong."""
        return Place(path=self.path, field=field, shown=self.shown)


def check_registry(keys: Iterable[CaseKeys]) -> Iterator[Diagnostic]:
    """Numbers and certificate codes used twice, and notices replaced that do not exist."""
    keys = tuple(keys)
    yield from _twice(((k.jurisdiction, k.case), k, "case") for k in keys)
    yield from _twice((k.notice, k, "notice.id") for k in keys if k.notice is not None)
    yield from _twice((honour, k, f"honours[{n}].id") for k in keys for n, honour in enumerate(k.honours))
    published = {k.notice for k in keys if k.notice_is_public}
    for item in keys:
        if item.replaces is not None and item.replaces not in published:
            yield diagnose("REG019", item.place("notice.replaces"), facts={"found": item.replaces})
    yield from _one_code_twice(keys)


def _one_code_twice(keys: Iterable[CaseKeys]) -> Iterator[Diagnostic]:
    """One code on two certificates. The code itself is told nobody."""
    first: dict[bytes, Place] = {}
    for item in keys:
        for number, code in item.certificates:
            place = item.place(f"honours[{number}].certificate_code")
            other = first.setdefault(code, place)
            if other is not place:
                terms = {"other": other.path, "other_field": other.field}
                yield diagnose("CRT004", place, terms=terms, related=(other,))


def _twice(entries: Iterable[tuple[object, CaseKeys, str]]) -> Iterator[Diagnostic]:
    first: dict[object, tuple[CaseKeys, str]] = {}
    for number, keys, field in entries:
        if number not in first:
            first[number] = (keys, field)
            continue
        other, other_field = first[number]
        found = number[1] if isinstance(number, tuple) else number
        yield diagnose(
            "REG016",
            keys.place(field),
            facts={"found": found},
            terms={"field": field, "other": other.path},
            related=(other.place(other_field),),
        )
