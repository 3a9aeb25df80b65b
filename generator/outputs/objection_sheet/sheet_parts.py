"""异议书的要件 (parts): which notices have a sheet, and what stands in it to be filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.catalogue import wording
from generator.public.public_case import PublicNotice


def has_sheet(notice: PublicNotice) -> bool:
    """是否备有异议书: until the last moment; before the first day, for a page that is looked at after it has opened."""
    return notice.status.is_before_end


def notes(requirements: Sequence[str] = ()) -> Iterator[str]:
    """说明: what to write, as the organ asks for it or as is usual, and what the site has to say."""
    yield from requirements or wording("notices")["objection"]["requirements_list"]
    said = wording("objection_sheet")["notes"]
    yield from (said[key] for key in ("identity", "number", "site", "late", "own"))


def blanks() -> Iterator[tuple[str, str, int]]:
    """待填各栏: (label, what stands in it already, least height in millimetres)."""
    said = wording("objection_sheet")["objector"]
    yield said["kind"], said["kind_value"], 8
    yield said["name"], "", 9
    yield said["agent"], "", 9
    yield said["phone"], "", 9
    yield said["address"], "", 9
    yield said["subject"], "", 17
    yield said["grounds"], "", 32
    yield said["evidence"], "", 15
    yield said["hope"], "", 12
    yield said["signature"], said["signature_value"], 14
    yield said["date"], said["date_value"], 8
