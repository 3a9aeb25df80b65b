"""站点状态的数据文档 (status document): ``/api/v1/status.json``, the one place in the API that tells of the build.

A record's own document says until when it holds, and not when the site was built. People who mirror the site, or
watch that it is kept up, read this one.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta

from generator import __version__
from generator.public.context import SiteContext
from generator.source.model.published import Count, Document, Instant, instant


class PublicationLog(Document):
    """发布记录"""

    size: Annotated[Count, Meta(description="发布记录的条数")]


class StatusDocument(Document):
    """/api/v1/status.json，随每次构建更新"""

    as_of: Annotated[Instant, Meta(description="全站数据截至的时刻")]
    built_at: Annotated[Instant, Meta(description="本次构建所为的时刻；输入相同，各次构建相同")]
    next_change_at: Annotated[
        Instant | None,
        Meta(description="下一件公示开始或者截止的时刻；没有待变化的公示的为 null"),
    ]
    last_change_on: Annotated[
        date | None,
        Meta(
            description="最近一天有新公示、期满、更正、结果、荣誉或者决定的日子；许久以前的，是没有新事，不是没有更新"
        ),
    ]
    version: Annotated[str, Meta(description="构建所用软件的版本")]
    log: PublicationLog


def status_document(context: SiteContext, last_change: date | None) -> StatusDocument:
    """站点状态 of one build. ``last_change``: the day of the latest change of a record."""
    pending = context.next_change_at
    return StatusDocument(
        as_of=instant(context.as_of),
        built_at=instant(context.as_of),
        next_change_at=None if pending is None else instant(pending),
        last_change_on=last_change,
        version=__version__,
        log=PublicationLog(size=0 if context.log is None else context.log.size),
    )
