"""案件一览 (desk list): all cases, by what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.catalogue import coded, desk_wording
from generator.desk.desk_reading import Standing, people_of, summary_of
from generator.desk.desk_work import DeskWork
from generator.desk.draft_shelf import drafted
from generator.law.notice_period.day_wording import closing_words
from generator.public.public_case import NoticeStatus
from generator.publication_log.approval_book import Step, is_decision

_GROUPS = (
    "approve",
    "confirm",
    "returned",
    "objections",
    "awaiting",
    "drafts",
    "submitted",
    "withdrawn",
    "unapproved",
    "placed",
    "open",
    "scheduled",
    "rest",
)
_OF_STATUS = {
    NoticeStatus.OPEN: "open",
    NoticeStatus.SCHEDULED: "scheduled",
    NoticeStatus.AWAITING: "awaiting",
    NoticeStatus.AWAITING_AWARD: "awaiting",
    NoticeStatus.UNDER_REVIEW: "objections",
}
_REVIEWED = ("approve", "confirm")
_STEP = {"objections": "objections", "awaiting": "outcome", "unapproved": "case"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """一览里的一行. ``opens`` is what follows the record's address: its review, or the step that is next."""

    record: str
    case: str
    names: str
    summary: str
    state: str
    opens: str
    hidden: bool


def list_groups(work: DeskWork, site: Path) -> list[tuple[str, list[CaseLine]]]:
    """(group, its cases), what waits for this person first; groups without any are left out."""
    groups: dict[str, list[CaseLine]] = {name: [] for name in _GROUPS}
    records = dict.fromkeys((*drafted(work.root), *work.records()))
    for record in records:
        group, line = _line(work, record, site)
        groups[group].append(line)
    for record in work.decisions():
        group, line = _line(work, record, site)
        # What is in order is no case, and nothing to be done.
        if group != "rest":
            groups[group].append(line)
    for lines in groups.values():
        lines.sort(key=lambda line: line.case, reverse=True)
    return [(name, lines) for name, lines in groups.items() if lines]


def _line(work: DeskWork, record: str, site: Path) -> tuple[str, CaseLine]:
    w = desk_wording()
    opened = work.open(record)
    tree = opened.tree or {}
    group, state = "rest", w["standing"][opened.standing]
    decided = is_decision(record)
    match opened.standing:
        case Standing.SUBMITTED:
            assert opened.submitted is not None
            group = "submitted" if opened.submitted.by == work.who else "approve"
            state = opened.submitted.by
        case Standing.WITHDRAWN:
            assert opened.submitted is not None
            group = "withdrawn" if opened.submitted.by == work.who else "confirm"
            state = opened.submitted.by
        case Standing.RETURNED:
            group = "returned"
        case Standing.DRAFT:
            group = "drafts"
        case Standing.UNAPPROVED:
            group = "unapproved"
        case Standing.PLACED if not decided and _may_wait(tree):
            row = work.notice_row(record)
            if row is not None:
                group = _OF_STATUS.get(row.status, "rest")
                state = w["list"]["until"].format(at=closing_words(row.closes_on, row.closes_at))
            if _is_objected(tree):
                group = "objections"
    if not decided and group in ("rest", "open", "scheduled") and _was_placed(work, record):
        judged = work.judge(record, opened.shelved.text)
        if work.unpublished(site, judged):
            group, state = "placed", w["list"]["placed_state"]
    return group, CaseLine(
        record=record,
        case=record.rsplit("/", 1)[-1],
        names=people_of(tree) or str(tree.get("title", "")),
        summary=summary_of(tree) or str(tree.get("number", "")),
        state=state,
        opens="/review" if decided or group in _REVIEWED else f"?step={_STEP.get(group, 'case')}",
        hidden=coded("case_level", tree.get("level")) == "confidential",
    )


def _was_placed(work: DeskWork, record: str) -> bool:
    """Whether the desk has put the record in its place once, so that it may wait to be published."""
    return any(entry.step in (Step.PLACED, Step.APPROVED) for entry in work.entries(record))


def _may_wait(tree: dict[str, Any]) -> bool:
    """Whether the notice of a case may still be open, or wait for somebody."""
    return "notice" in tree and ("outcome" not in tree or _is_objected(tree))


def _is_objected(tree: dict[str, Any]) -> bool:
    """Whether an objection has no result yet."""
    objections = tree.get("objections")
    return isinstance(objections, list) and any(
        isinstance(item, dict) and "result" not in item for item in objections
    )
