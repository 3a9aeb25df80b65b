"""换号 (renumber): a number that two records have is given to one of them anew."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generator.cli.asked_files import named_below
from generator.cli.printing import Format, print_report
from generator.cli.shared_options import (
    DryRun,
    Jobs,
    Root,
    fail,
    misuse,
    now,
    processes,
    project_folder,
    told,
)
from generator.desk.record_drafts import check_project_with
from generator.desk.record_writing import save
from generator.desk.renumbering import read_draft, renumber
from generator.desk.withdrawal import news
from generator.diagnostics import Place, diagnose, has_errors
from generator.diagnostics.exit_status import FINDINGS
from generator.diagnostics.staff import staff_words
from generator.pipeline.prepare import check_project

_OF_THE_LEDGER = "PUB"


def renumber_record(
    file: Annotated[Path, typer.Argument(metavar="文件", help="要换号的那一件，还没有公布过的")],
    root: Root = Path(),
    dry_run: DryRun = False,
    jobs: Jobs = 0,
) -> None:
    """两件记录用了同一个编号：给其中一件换成下一个空号 / give one of two records with one number the next free one."""
    project = project_folder(root)
    name = named_below(project, file)
    draft = read_draft(project, project / name)
    if draft is None:
        misuse(diagnose("DSK093", Place(path=name)))
    words = staff_words()["renumber"]
    changes = renumber(project, draft)
    if not changes:
        typer.echo(words["nothing"])
        return
    with told(project, Format.TEXT):
        before = check_project(project, None, now(), processes(jobs)).diagnostics
        after = check_project_with([draft], project, now(), processes(jobs), without=(name,))
        problems = news(before, after)
    left = {change.before for change in changes}
    if any(item.code.startswith(_OF_THE_LEDGER) and item.terms.get("id") in left for item in after):
        # What the ledger knows by this number is not what the other record says.
        fail(diagnose("DSK094", Place(path=name)))
    for change in changes:
        typer.echo(words["one"].format(before=change.before, after=change.after))
    if problems:
        print_report(problems, Format.TEXT)
    if has_errors(problems):
        typer.echo(words["nothing_written"])
        raise typer.Exit(FINDINGS)
    if not dry_run:
        save(project / draft.path, draft.rendered())
        if draft.path != name:
            (project / name).unlink()
    typer.echo(words["would" if dry_run else "done"].format(path=draft.path))
