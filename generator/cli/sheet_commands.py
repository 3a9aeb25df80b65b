"""表格 (sheets): templates for Excel, import with every problem at its cell, export for staff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.place_asked import City, asked_jurisdiction, sound_settings
from generator.cli.printing import Format, print_report
from generator.cli.shared_options import (
    DryRun,
    Jobs,
    Root,
    Show,
    fail,
    misuse,
    now,
    processes,
    project_folder,
    refuse_to_show,
    told,
)
from generator.desk.clerk_workbook import write_staff_workbook, write_template
from generator.desk.sheet_import import check_import, may_be_written, plan_import, write_import
from generator.desk.sheet_plan import SheetKind
from generator.desk.sheet_reading import UnreadableSheetError, read_sheets
from generator.desk.sheet_rows import rows_of
from generator.desk.staff_export import staff_rows
from generator.diagnostics import Diagnostic, Place, Severity, diagnose
from generator.diagnostics.exit_status import FINDINGS
from generator.diagnostics.staff import staff_words

_OF_HEADINGS = ("DSK030", "DSK035", "DSK036", "DSK039")
_ALIKE = 3
"""Warnings of one code that are told at length."""


def template(
    kind: Annotated[SheetKind, typer.Argument(help="honours 荣誉，cases 案件", metavar="honours|cases")],
    out: Annotated[Path | None, typer.Option("--out", help="写到哪个文件")] = None,
) -> None:
    """写一个 Excel 模板：中文列名、下拉选项、说明和一行示例 / write a workbook to fill in."""
    path = out or Path(staff_words()["sheets"]["template_name"][kind.value])
    if path.exists():
        misuse(diagnose("DSK042", Place(path=str(path))))
    with told(path, Format.TEXT):
        write_template(path, kind)
    typer.echo(staff_words()["sheets"]["template"].format(path=path))


def import_sheet(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Excel、WPS 或者 CSV 文件", dir_okay=False, exists=True)
    ],
    root: Root = Path(),
    city: City = None,
    dry_run: DryRun = False,
    show: Show = False,
    jobs: Jobs = 0,
) -> None:
    """导入表格：有问题的逐格指出，全部没有问题才写入 / import a workbook, all of it or nothing."""
    refuse_to_show(show)
    project = project_folder(root)
    words = staff_words()["sheets"]
    settings = sound_settings(project)
    jurisdiction = asked_jurisdiction(settings, city)
    try:
        sheets = read_sheets(file)
    except UnreadableSheetError:
        fail(diagnose("DSK029", Place(path=file.name)))
    read = rows_of(sheets, file.name)
    clock = now()
    with told(project, Format.TEXT):
        plan = plan_import(read.rows, settings, jurisdiction, clock, file.absolute().parent)
        problems = (*read.problems, *plan.problems)
        # Under a heading that is wrong every row would be: the headings first.
        if not any(item.code in _OF_HEADINGS for item in problems):
            problems = (
                *problems,
                *_of_other_rows(check_import(plan, settings, clock, processes(jobs)), problems),
            )
        told_of, alike = _without_repeats(problems)
        if told_of:
            print_report(told_of, Format.TEXT, reveal=show)
        for code, count in alike.items():
            typer.echo(words["alike"].format(code=code, count=count))
        if not may_be_written(problems):
            typer.echo(words["nothing_written"])
            raise typer.Exit(FINDINGS)
        if not dry_run:
            write_import(plan, project)
    counts = {
        "rows": len(read.rows),
        "fresh": len(plan.fresh),
        "changed": len(plan.changed),
        "same": plan.same,
    }
    typer.echo(words["would" if dry_run else "imported"].format(**counts))


def export(
    root: Root = Path(),
    staff: Annotated[bool, typer.Option("--staff", help="导出的表里有不公开的内容，须写明")] = False,
    city: City = None,
    out: Annotated[Path | None, typer.Option("--out", help="写到哪个文件")] = None,
) -> None:
    """导出一份 Excel 给工作人员存档，里面有不公开的内容（只有本人能读）/ the whole registry as a workbook, for staff."""
    if not staff:
        misuse(diagnose("DSK041", Place(path="--staff")))
    project = project_folder(root)
    words = staff_words()["sheets"]
    path = out or project / f"{words['export_name']}-{now():%Y%m%d-%H%M}.xlsx"
    if path.exists():
        misuse(diagnose("DSK042", Place(path=path.name)))
    jurisdiction = asked_jurisdiction(sound_settings(project), city) if city is not None else None
    with told(path, Format.TEXT):
        rows = staff_rows(project, jurisdiction)
        write_staff_workbook(path, rows)
    counts = {kind.value: len(rows[kind]) for kind in SheetKind}
    typer.echo(words["exported"].format(path=path, **counts))


def _of_other_rows(found: Iterable[Diagnostic], told: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What was found in rows of which nothing is told yet: a cell that nobody could read is missing in the record,
    too, and is told once, as itself."""
    rows = {_row_of(item) for item in told}
    return (item for item in found if _row_of(item) not in rows)


def _row_of(item: Diagnostic) -> tuple[str, int | None]:
    return (item.place.cell or "").rpartition("!")[0], item.place.line


def _without_repeats(problems: Iterable[Diagnostic]) -> tuple[tuple[Diagnostic, ...], dict[str, int]]:
    """Every error, the first few warnings of each code, and how many more there are of it: what the law of a
    place lacks is the same for six hundred rows."""
    kept: list[Diagnostic] = []
    seen: Counter[str] = Counter()
    for item in problems:
        if item.severity is Severity.WARNING:
            seen[item.code] += 1
            if seen[item.code] > _ALIKE:
                continue
        kept.append(item)
    return tuple(kept), {code: count - _ALIKE for code, count in seen.items() if count > _ALIKE}
