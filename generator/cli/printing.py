"""打印 (printing): what the commands say to staff, in Chinese, or in English by ``YIYONG_LANG=en``."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path

import typer

from generator.diagnostics import Diagnostic
from generator.diagnostics.report import format_github, format_json, format_text
from generator.diagnostics.staff import staff_language, staff_words
from generator.pipeline.build import BuildResult


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
    built = result.built
    figures = {
        "notices": built.notices,
        "honours": built.honours,
        "pages": built.pages,
        "files": built.files,
        "withheld_cases": built.withheld_cases,
        "withheld_persons": built.withheld_persons,
        "warnings": len(built.warnings),
        "seconds": round(seconds, 1),
        "as_of": built.as_of.isoformat(timespec="minutes"),
        "out": str(out),
    }
    if format is Format.JSON:
        phases = [asdict(phase) for phase in result.phases]
        typer.echo(json.dumps({**figures, "linked": built.linked, "phases": phases}, ensure_ascii=False))
        return
    if built.warnings:
        print_report(built.warnings, format, reveal=reveal)
    typer.echo(staff_words()["summary"].format(**figures), err=True)
