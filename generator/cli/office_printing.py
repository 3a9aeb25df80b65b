"""办公室看的 (office printing): how cases stand, what the public will see change, what a text of law changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from generator.cli.printing import Format
from generator.desk.overdue_steps import OpenObjection, OverdueStep
from generator.desk.site_diff import SiteChange
from generator.desk.site_review import as_html, as_markdown, as_text, review_sites
from generator.desk.status import StatusReport
from generator.diagnostics.staff import staff_language, staff_words
from generator.law.instruments import Change
from generator.publication_log.waiting_events import Publications, Waiting

_ONE_BY_ONE = 20
"""So many events of one kind are listed each: a first publication of 600 honours would hide what stands before it."""


def print_status(report: StatusReport, format: Format) -> None:
    """办理情况, the most urgent first."""
    if format is Format.JSON:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        return
    words = staff_words()["status"]
    console = Console(highlight=False)
    _line(console, words["as_of"].format(as_of=report.as_of))
    unconfirmed = words["unconfirmed"]
    _group(
        console,
        unconfirmed["heading"],
        [unconfirmed["one"].format(**asdict(item)) for item in report.unconfirmed],
    )
    for heading, rows in report.groups():
        lines = [f"{row.id}  {row.last_moment}  {row.title}" for row in rows]
        _group(console, words[heading], lines)
    _group(console, words["overdue"]["heading"], [_step_line(words["overdue"], s) for s in report.overdue])
    _group(
        console,
        words["objections"]["heading"],
        [_objection_line(words["objections"], o) for o in report.objections],
    )
    _group(console, words["withholding_ended"], report.withholding_ended)
    _group(
        console,
        words["coming"]["heading"],
        [
            f"{item.on.isoformat()}  {words['coming'][item.kind].format(what=item.what)}"
            for item in report.coming
        ],
    )
    if report.publications is not None:
        _print_publications(console, report.publications)
    _line(console, "\n" + words["next_change"].format(at=report.next_change_at or words["none"]))


def print_law_changes(changes: Sequence[Change], format: Format) -> None:
    """文本的变化, one sentence a change, in the order of the text; in Chinese, as the law is."""
    if format is Format.JSON:
        found = [
            {
                "kind": item.kind,
                "article": item.article,
                "topic": item.topic.value if item.topic is not None else None,
                "before": item.before,
                "after": item.after,
                "words": item.words,
            }
            for item in changes
        ]
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for item in changes:
        typer.echo(item.words)
    typer.echo(staff_words()["diff"]["total"].format(count=len(changes)))


class ReviewFormat(StrEnum):
    """审阅的格式. ``markdown`` and ``html`` are for a merge request and for a reviewer who signs."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


def print_diff(changes: Sequence[SiteChange], old: Path, new: Path, format: ReviewFormat) -> None:
    """公众将看到的变化 between two sites, what becomes newly visible first."""
    if format is ReviewFormat.JSON:
        typer.echo(json.dumps([asdict(item) for item in changes], ensure_ascii=False, indent=1))
        return
    lang = staff_language()
    review = review_sites(changes, old, new, lang)
    forms = {ReviewFormat.TEXT: as_text, ReviewFormat.MARKDOWN: as_markdown, ReviewFormat.HTML: as_html}
    typer.echo(forms[format](review, lang), nl=False)


def waiting_lines(waiting: Waiting) -> list[str]:
    """待登记 in words, a line each; of many of one kind the first and the last."""
    words = staff_words()["log"]
    by_name: dict[str, list[str]] = {}
    for item in waiting.events:
        by_name.setdefault(event_name(item.event, item.state.ending, words), []).append(item.id)
    lines = []
    for name, ids in by_name.items():
        if len(ids) > _ONE_BY_ONE:
            lines.append(words["many"].format(name=name, count=len(ids), first=ids[0], last=ids[-1]))
        else:
            lines += (words["event"].format(name=name, id=one) for one in ids)
    if waiting.forget:
        lines.append(words["forget"].format(count=len(waiting.forget)))
    return lines


def event_name(event: str, ending: str, words: Mapping[str, Any]) -> str:
    """As on the record's page: of what ended badly how, and no 公示期满 of what was withdrawn before."""
    endings: Mapping[str, str] = words["endings"]
    key = {"tombstoned": ending, "closed": "closed"}.get(event) if ending else None
    return str(words["names"][event] if key is None else endings[key])


def _print_publications(console: Console, publications: Publications) -> None:
    words = staff_words()["log"]
    if not publications.ledger:
        _line(console, "\n" + words["nothing_logged"])
        return
    figures = {"count": len(publications.ledger.last_states()), "size": publications.ledger.size}
    _line(console, "\n" + words["published"].format(**figures))
    _group(console, words["waiting"], waiting_lines(publications.waiting))


def _step_line(words: Mapping[str, Any], step: OverdueStep) -> str:
    form: str = words["extendable" if step.longest_on > step.due_on else "fixed"]
    return form.format(
        path=step.path, step=step.step, due=step.due_on, longest=step.longest_on, basis=step.basis
    )


def _objection_line(words: Mapping[str, Any], item: OpenObjection) -> str:
    form: str = words["one"]
    return form.format(path=item.path, notice=item.notice or "—", received=item.received_on, days=item.days)


def _group(console: Console, heading: str, lines: Sequence[str]) -> None:
    _line(console, f"\n{heading} ({len(lines)})")
    for line in lines:
        _line(console, f"  {line}")


def _line(console: Console, text: str) -> None:
    console.print(text, markup=False, soft_wrap=True)
