"""单独一案 (one case): judged and produced by itself, for whoever is writing it. Nothing of it is kept.

It goes the way of every case (read, check, disclose, produce), through the same gate. What only all cases together show
is for a check of the whole project.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from generator.diagnostics import Diagnostic
from generator.pipeline.case_scan import Record, ScanPlan
from generator.pipeline.decision_step import read_decisions
from generator.pipeline.private_spool import private_spool
from generator.pipeline.produce import Produced, produce
from generator.pipeline.scan import PUBLIC, chunks_of, scan_chunk
from generator.project.discovery import portrait_file
from generator.project.settings import LoadedSettings, Settings
from generator.public.context import SiteContext
from generator.public.list_rows import NoticeRow
from generator.public.public_case import PublicCase
from generator.publication_log.approval_book import portraits_named
from generator.system.store import temporary_store


@dataclass(frozen=True, slots=True, kw_only=True)
class OneCase:
    """一案的结果. ``produced`` are its notice, if it is public, and its public honours; none while something is wrong."""

    diagnostics: tuple[Diagnostic, ...]
    produced: tuple[Produced, ...] = ()
    row: NoticeRow | None = None
    """How its notice stands."""


def judge_case(
    loaded: LoadedSettings, settings: Settings, path: str, data: bytes, as_of: datetime
) -> OneCase:
    """What ``yiyong check`` says of a record with the bytes ``data`` at ``path`` (below the project's root), and what the
    public would see of it at ``as_of``."""
    grants = read_decisions(loaded, settings).grants if loaded.decision_files else {}
    with private_spool(settings.root) as spool:
        root = spool / "project"
        file = root / path
        file.parent.mkdir(parents=True)
        file.write_bytes(data)
        for name in portraits_named(data):
            picture = portrait_file(settings.root / path, settings.root, name)
            if picture.is_file():
                copy = portrait_file(file, root, name)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(picture, copy)
        plan = ScanPlan(
            settings=replace(settings, root=root), as_of=as_of, store=temporary_store(spool), grants=grants
        )
        (chunk,) = chunks_of((file,), plan)
        result = scan_chunk(plan, chunk)
        produced = _produced(plan, result.records, site_context(settings, as_of))
    return OneCase(
        diagnostics=result.diagnostics,
        produced=produced,
        row=result.notice_rows[0] if result.notice_rows else None,
    )


def site_context(settings: Settings, as_of: datetime) -> SiteContext:
    """What the page of one record may know beside it."""
    return SiteContext(
        site=settings.site,
        jurisdictions=settings.jurisdictions,
        authorities=settings.authorities,
        library=settings.library,
        english=settings.english,
        as_of=as_of,
    )


def _produced(plan: ScanPlan, records: Sequence[Record], context: SiteContext) -> tuple[Produced, ...]:
    assert plan.store is not None
    made_from = {record.case: record.made_from for record in records}
    found: list[Produced] = []
    for case in plan.store.find(PUBLIC, made_from, PublicCase, plan.as_of).values():
        found += [produce(case.notice, context)] if case.notice is not None else []
        found += [produce(honour, context) for honour in case.honours]
    return tuple(found)
