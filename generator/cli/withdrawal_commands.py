"""撤下 (withdraw): a person is no longer shown, and what is left to do is told."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.asked_answers import Answers, answers_to, given_answers
from generator.cli.place_asked import sound_settings
from generator.cli.printing import Format, print_report
from generator.cli.shared_options import (
    DryRun,
    Jobs,
    Root,
    Show,
    misuse,
    now,
    processes,
    project_folder,
    refuse_to_show,
    told,
)
from generator.desk.new_entry import WITHHOLDING, form_questions
from generator.desk.record_drafts import check_project_with
from generator.desk.record_writing import save
from generator.desk.withdrawal import addresses_of, files_naming, find_person, find_record, news, withdraw
from generator.diagnostics import Place, diagnose, has_errors
from generator.diagnostics.exit_status import FINDINGS
from generator.diagnostics.staff import staff_words
from generator.pipeline.prepare import check_project

_UNUSABLE = ("SRC", "REC")
"""Codes of a file that cannot be read as a record. Such a one is not written."""


class Hidden(StrEnum):
    """撤到什么程度."""

    MASKED = "masked"
    WITHHELD = "withheld"


def withdraw_person(
    case: Annotated[str, typer.Argument(metavar="案号", help="内部案号，或者公示、荣誉的编号")],
    person: Annotated[str, typer.Argument(metavar="人员", help="姓名，或者记录里的 key")],
    root: Root = Path(),
    to: Annotated[
        Hidden, typer.Option("--to", help="masked 隐名（只留姓氏），withheld 不公开（不留痕迹）")
    ] = Hidden.MASKED,
    site: Annotated[
        Path | None, typer.Option("--site", help="公众现在看到的站点，默认为项目下的 site", file_okay=False)
    ] = None,
    answers: Answers = None,
    dry_run: DryRun = False,
    show: Show = False,
    jobs: Jobs = 0,
) -> None:
    """撤下一个人：改记录，列出要改写的字句和要撤下的网址 / show a person no longer; texts and addresses to see to."""
    refuse_to_show(show)
    project = project_folder(root)
    settings = sound_settings(project)
    draft = find_record(project, case)
    if draft is None:
        misuse(diagnose("DSK061", Place(path="案号"), terms={"found": case}))
    index = find_person(draft, person)
    if index is None:
        keys = "、".join(str(item.get("key")) for item in draft.tree.get("persons", ()))
        misuse(diagnose("DSK092", Place(path="人员"), terms={"known": keys or "—"}))
    name = str(draft.tree["persons"][index].get("name") or person)
    questions = form_questions(WITHHOLDING)
    withdraw(draft, index, to.value, answers_to(questions, given_answers(answers or [], questions)))
    shown = site or project / "site"
    with told(project, Format.TEXT):
        before = check_project(project, None, now(), processes(jobs)).diagnostics
        problems = news(before, check_project_with([draft], project, now(), processes(jobs)))
        words = staff_words()["withdraw"]
        if has_errors(item for item in problems if item.code.startswith(_UNUSABLE)):
            print_report(problems, Format.TEXT, reveal=show)
            typer.echo(words["nothing_written"])
            raise typer.Exit(FINDINGS)
        if not dry_run:
            save(project / draft.path, draft.rendered())
        typer.echo(words["would" if dry_run else "done"].format(path=draft.path, to=words[to.value]))
        typer.echo(words["texts"].format(count=len(problems)))
        if problems:
            print_report(problems, Format.TEXT, reveal=show)
        _list(words["elsewhere"], list(files_naming(project, draft, name)))
        if shown.is_dir():
            own, others = addresses_of(shown, draft, name, processes(jobs))
            base = settings.site.base_url
            _list(words["own"], [base + path for path in own])
            _list(words["others"], [base + path for path in others])
        else:
            typer.echo(words["no_site"].format(folder=shown))
    typer.echo(words["next"])
    raise typer.Exit(FINDINGS if has_errors(problems) else 0)


def _list(heading: str, lines: list[str]) -> None:
    typer.echo(heading.format(count=len(lines)))
    for line in lines:
        typer.echo(f"  {line}")
