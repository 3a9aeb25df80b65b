"""公布的值 (published values): the types of which every public document is made.

A document is a frozen struct, and the site's JSON Schema is made from its types. The docstring of a document is
published as its description, so it is Chinese; ``Meta`` describes a field. Days and instants are text already:
readers get exactly what the struct holds.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, dataclass_transform

from msgspec import Meta, Struct

from generator.source.model.instant import SHANGHAI


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Document(Struct, frozen=True, forbid_unknown_fields=True):
    """数据文档"""


Day = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="日期 YYYY-MM-DD")]
PartialDay = Annotated[
    str, Meta(pattern="^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", description="日期，可只到年或月")
]
Instant = Annotated[
    str,
    Meta(
        pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\+08:00$",
        description="时刻，北京时间，ISO 8601",
    ),
]
Address = Annotated[str, Meta(pattern="^https://", description="网址")]
Count = Annotated[int, Meta(ge=0)]


def choice(*values: str) -> Meta:
    """取值 of a text: one of ``values``, and nothing else."""
    return Meta(extra_json_schema={"enum": [str(value) for value in values]})


def instant(moment: datetime) -> str:
    """时刻 in Beijing time, to the second: ``2026-11-27T00:00:00+08:00``."""
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")
