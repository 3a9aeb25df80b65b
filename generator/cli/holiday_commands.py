"""放假安排 (holidays): the year's file from the paragraphs of the notice."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.printing import Format, print_report
from generator.cli.shared_options import Root, fail, misuse, project_folder
from generator.desk.holiday_notice import NoticeError, NoticeHoliday, holiday_file, read_notice
from generator.desk.record_writing import save
from generator.desk.windows_text import windows_text
from generator.diagnostics import Diagnostic, Place, diagnose
from generator.diagnostics.exit_status import FINDINGS
from generator.diagnostics.staff import staff_words
from generator.law.workdays import statutory_days_left_out
from generator.project.discovery import HOLIDAYS
from generator.source.load import load_file
from generator.source.model.holiday_year import HolidayYear


def holidays(
    year: Annotated[int, typer.Argument(min=2004, max=2100, help="哪一年，如 2027")],
    root: Root = Path(),
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", help="通知的文字；不写就从键盘贴入，贴完按 Ctrl-D", dir_okay=False, exists=True
        ),
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="通知的网址，https:// 开头")] = None,
    number: Annotated[str | None, typer.Option("--number", help="通知的文号")] = None,
) -> None:
    """贴进国务院办公厅的放假通知，写成一年的放假安排 / the year's holidays from the pasted notice."""
    project = project_folder(root)
    words = staff_words()["holidays"]
    target = project / HOLIDAYS.base / f"{year}.yml"
    if target.exists():
        misuse(diagnose("DSK042", Place(path=f"{HOLIDAYS.base}/{target.name}")))
    url = url or typer.prompt(words["url"])
    if file is None:
        typer.echo(words["paste"].format(year=year), err=True)
    text = (windows_text(file.read_bytes()) or "") if file is not None else sys.stdin.read()
    place = Place(path=file.name if file is not None else words["pasted"])
    try:
        found = read_notice(text, year)
    except NoticeError as error:
        wrong = Place(path=place.path, line=error.line)
        fail(diagnose(error.code, wrong, facts=error.found))
    if not found:
        fail(diagnose("DSK050", place, terms={"year": year}))
    made = holiday_file(found, year, words["title"].format(year=year), number, url)
    problems = _problems(made, year)
    if problems:
        print_report(problems, Format.TEXT)
        raise typer.Exit(FINDINGS)
    save(target, made)
    for item in found:
        typer.echo(_said(item))
    typer.echo(words["done"].format(path=f"{HOLIDAYS.base}/{target.name}"))


def _problems(made: str, year: int) -> tuple[Diagnostic, ...]:
    """What the rules of such a file have against it, before it is put into the project."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{year}.yml"
        path.write_text(made, encoding="utf-8")
        loaded = load_file(path, Path(folder), HolidayYear, is_public=lambda _tree: True)
    if loaded.value is None:
        return loaded.diagnostics
    place = Place(path=f"{HOLIDAYS.base}/{year}.yml")
    return tuple(
        diagnose("CLK106", place, facts={"day": day.isoformat(), "holiday": name})
        for day, name in statutory_days_left_out(loaded.value)
    )


def _said(item: NoticeHoliday) -> str:
    words = staff_words()["holidays"]
    worked = "、".join(map(str, item.worked))
    line: str = words["one"].format(name=item.name, first=item.first, last=item.last)
    return line + (words["worked"].format(days=worked) if worked else "")
