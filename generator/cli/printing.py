"""打印 (printing): what the commands say to staff, in Chinese, or in English by ``YIYONG_LANG=en``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from generator.desk.overdue_steps import OpenObjection, OverdueStep
from generator.desk.site_diff import SiteChange
from generator.desk.site_review import as_html, as_markdown, as_text, review_sites
from generator.desk.status import StatusReport
from generator.diagnostics import Diagnostic
from generator.diagnostics.report import format_github, format_json, format_text
from generator.diagnostics.staff import staff_language, staff_words
from generator.law.instruments import Change
from generator.pipeline.build import BuildResult
from generator.publication_log.waiting_events import Publications, Waiting


class Format(StrEnum):
    """输出格式."""

    TEXT = "text"
    GITHUB = "github"
    JSON = "json"


def may_reveal(format: Format) -> bool:
    """Whether what may not be told may be printed here: on somebody's own terminal, never in CI, in a
    file or for a machine."""
    on_terminal = sys.stdout.isatty() and sys.stderr.isatty()
    return format is Format.TEXT and on_terminal and "CI" not in os.environ


def print_report(
    diagnostics: tuple[Diagnostic, ...], format: Format, *, err: bool = False, reveal: bool = False
) -> None:
    """Diagnostics, to standard output.

    ``err`` sends them to standard error, where they are not the result asked for. ``reveal`` adds what may not be
    told; whoever asks for it has asked :func:`may_reveal` first.
    """
    match format:
        case Format.JSON:
            text = format_json(diagnostics, lang=staff_language())
        case Format.GITHUB:
            text = format_github(diagnostics, lang=staff_language())
        case Format.TEXT:
            text = format_text(diagnostics, lang=staff_language(), reveal=reveal and may_reveal(format))
    typer.echo(text, err=err)


def print_written(words: str, format: Format, **facts: object) -> None:
    """What a command has written: ``words`` for people, ``facts`` for machines."""
    typer.echo(json.dumps(facts, ensure_ascii=False) if format is Format.JSON else words)


def print_summary(
    result: BuildResult, out: Path, seconds: float, format: Format, *, reveal: bool = False
) -> None:
    """小结 of a build, for staff only: it counts what the site does not."""
    prepared, built = result.prepared, result.built
    figures = {
        "notices": built.notices,
        "honours": built.honours,
        "pages": built.pages,
        "files": built.files,
        "withheld_cases": prepared.withheld_cases,
        "withheld_persons": prepared.withheld_persons,
        "warnings": len(prepared.diagnostics) + len(built.warnings),
        "seconds": round(seconds, 1),
        "as_of": prepared.context.as_of.isoformat(timespec="minutes"),
        "out": str(out),
    }
    if format is Format.JSON:
        phases = [asdict(phase) for phase in result.phases]
        typer.echo(json.dumps({**figures, "linked": built.linked, "phases": phases}, ensure_ascii=False))
        return
    if prepared.diagnostics or built.warnings:
        print_report((*prepared.diagnostics, *built.warnings), format, reveal=reveal)
    _line(Console(stderr=True, highlight=False), staff_words()["summary"].format(**figures))


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
    """待登记 in words, a line each."""
    words = staff_words()["log"]
    lines = [words["event"].format(name=words["names"][item.event], id=item.id) for item in waiting.events]
    if waiting.forget:
        lines.append(words["forget"].format(count=len(waiting.forget)))
    return lines


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
