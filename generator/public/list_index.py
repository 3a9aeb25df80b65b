"""接口列表的目录 (list index): which pages a list of the API has, by city and year.

A list of a whole registry grows without bound, and so does what has to be fetched for one record that changed. So every
list has pages, and an index that tells them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

from msgspec import Meta

from generator.source.model.published import Count, Document
from generator.source.model.scalars import parts_of_number

WHOLE = 2_000
"""Records of one kind up to which their list is one file, some eight megabytes of JSON."""


class ListPage(Document):
    """列表的一页，一地一年"""

    jurisdiction: Annotated[str, Meta(description="地区的英文名，与各件的 jurisdiction 相同")]
    year: Annotated[int, Meta(description="编号中的年份")]
    count: Annotated[Count, Meta(description="这一页的件数")]
    url: Annotated[str, Meta(description="这一页的网址：这一地这一年的全部记录，一件一行，按编号排列")]


class ListIndex(Document):
    """列表目录"""

    kind: Annotated[str, Meta(description="notices、honours 或者 decisions")]
    count: Annotated[Count, Meta(description="全部件数，等于各页件数之和")]
    pages: Annotated[tuple[ListPage, ...], Meta(description="各页，按地区、年份排列")]


def list_index(kind: str, pages: Sequence[ListPage]) -> ListIndex:
    """目录 of one kind of record."""
    return ListIndex(kind=kind, count=sum(page.count for page in pages), pages=tuple(pages))


def by_city_and_year(ids: Iterable[str]) -> dict[tuple[str, int], list[str]]:
    """编号 by the city and the year in them, each sorted; one after the other they are sorted too."""
    found: dict[tuple[str, int], list[str]] = {}
    for record_id in sorted(ids):
        jurisdiction, year, _ = parts_of_number(record_id)
        found.setdefault((jurisdiction, year), []).append(record_id)
    return found


def years_apart(ids: Sequence[str]) -> tuple[int, ...]:
    """The years of a registry that is too large for one list, newest first; none where it is not."""
    if len(ids) <= WHOLE:
        return ()
    return tuple(sorted({parts_of_number(record_id)[1] for record_id in ids}, reverse=True))
