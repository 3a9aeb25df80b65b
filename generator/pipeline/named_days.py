"""写出的日子 (named days): every day that public records name. None of them is that of a birth, so the audit lets it stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache

DAY = re.compile(r"([0-9]{4})[-年]([0-9]{1,2})[-月]([0-9]{1,2})")


def days_named(records: Iterable[object]) -> Iterator[str]:
    """Every day that public records name, as 1969-12-03."""
    pending = list(records)
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            # A value that is a day; a day within a text may be somebody's birth.
            if item[:1].isdigit():
                yield from map(iso_day, filter(None, [DAY.fullmatch(item)]))
        elif isinstance(item, date):
            yield item.isoformat()[:10]
        elif isinstance(item, tuple):
            pending += item
        elif is_dataclass(item):
            kind: type = type(item)
            pending += [getattr(item, name) for name in _fields_of(kind)]


def iso_day(found: re.Match[str]) -> str:
    """What :data:`DAY` has found, with all its figures."""
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"


@cache
def _fields_of(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
