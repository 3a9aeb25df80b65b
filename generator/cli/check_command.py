"""核对的命令 (check command)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generator.cli.asked_files import asked_files, counts_of
from generator.cli.printing import Format, print_report
from generator.cli.shared_options import (
    AsOf,
    Jobs,
    Root,
    Show,
    asked_instant,
    now,
    processes,
    project_folder,
    refuse_to_show,
    told,
)
from generator.diagnostics import has_errors, sort_key
from generator.diagnostics.exit_status import FINDINGS
from generator.diagnostics.staff import staff_words
from generator.pipeline.prepare import check_project
from generator.project.host_files import host_faults


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]…", help="只说这些文件或者文件夹的问题 / tell of these only"),
    ] = None,
    root: Root = Path(),
    changed_since: Annotated[
        str | None,
        typer.Option(
            "--changed-since",
            metavar="REF",
            help="只说从这个提交或者分支以来改过的文件（git）/ tell of what changed since",
        ),
    ] = None,
    format: Format = Format.TEXT,
    as_of: AsOf = None,
    jobs: Jobs = 0,
    show: Show = False,
) -> None:
    """核对全部记录，不构建 / tell every problem in every record, build nothing."""
    refuse_to_show(show, format)
    project = project_folder(root)
    asked = asked_files(project, paths or (), changed_since)
    with told(project, format):
        report = check_project(project, asked_instant(as_of), now(), processes(jobs))
    found = tuple(sorted((*report.diagnostics, *host_faults(project)), key=sort_key))
    # Without settings most is not checked, and nobody would know it of the files that were asked about.
    if asked is not None and report.settings is not None:
        others = [item for item in found if not asked.concern(item)]
        found = tuple(item for item in found if asked.concern(item))
        if others and format is Format.TEXT:
            typer.echo(staff_words()["elsewhere"].format(**counts_of(others)), err=True)
    print_report(found, format, reveal=show)
    raise typer.Exit(FINDINGS if has_errors(found) else 0)


app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
"""This command alone: who checks one record need not load the desk."""
app.command()(check)
