"""新建 (new): a case and what happens to it, asked for in Chinese."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generator.cli.asked_answers import Answers, answers_to, given_answers
from generator.cli.place_asked import City, asked_jurisdiction, sound_settings
from generator.cli.printing import Format, print_report
from generator.cli.shared_options import (
    DryRun,
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
from generator.desk.new_entry import EntryKind, TakenError, add_entry, new_case, questions
from generator.desk.record_drafts import check_drafts
from generator.desk.record_writing import save
from generator.desk.registered_numbers import registered
from generator.desk.withdrawal import find_record
from generator.diagnostics import Place, diagnose, has_errors
from generator.diagnostics.exit_status import FINDINGS
from generator.diagnostics.staff import staff_words


def new(
    kind: Annotated[
        EntryKind,
        typer.Argument(
            metavar="case|notice|objection|decision|honour|correction|revocation",
            help="新案件、公示、异议、决定、荣誉、更正、撤销",
        ),
    ],
    case: Annotated[
        str | None, typer.Argument(metavar="案号", help="内部案号，或者公示、荣誉的编号；新案件不写")
    ] = None,
    root: Root = Path(),
    city: City = None,
    authority: Annotated[
        str | None, typer.Option("--authority", help="承办机关的标识；只有一个的不用写")
    ] = None,
    answers: Answers = None,
    dry_run: DryRun = False,
    show: Show = False,
) -> None:
    """问几个问题，写一份记录，或者在案件里加一项；编号由软件给 / ask, number and write a record."""
    refuse_to_show(show)
    project = project_folder(root)
    settings = sound_settings(project)
    if (kind is EntryKind.CASE) != (case is None):
        misuse(diagnose("DSK060", Place(path="案号")))
    draft = find_record(project, case) if case is not None else None
    if case is not None and draft is None:
        misuse(diagnose("DSK061", Place(path="案号"), terms={"found": case}))
    # A record says itself where it belongs.
    city = city if draft is None else str(draft.tree.get("jurisdiction"))
    known = registered(settings, asked_jurisdiction(settings, city))
    asked = questions(kind)
    said = answers_to(asked, given_answers(answers or [], asked))
    if draft is None:
        offices = [
            slug for slug, item in settings.authorities.items() if item.jurisdiction == known.jurisdiction
        ]
        office = authority or (offices[0] if len(offices) == 1 else None)
        if office not in offices:
            terms = {"found": authority or "—", "known": "、".join(offices)}
            misuse(diagnose("DSK062", Place(path="--authority"), terms=terms))
        draft = new_case(said, office, known, now())
    else:
        try:
            add_entry(kind, draft, said, known)
        except TakenError:
            fail(diagnose("DSK063", Place(path=draft.path)))
    with told(project, Format.TEXT):
        problems = tuple(item for _, item in check_drafts((draft,), settings, now(), processes(0)))
        if problems:
            print_report(problems, Format.TEXT, reveal=show)
        words = staff_words()["new"]
        if has_errors(problems):
            typer.echo(words["nothing_written"])
            raise typer.Exit(FINDINGS)
        if not dry_run:
            save(project / draft.path, draft.rendered())
    typer.echo(words["would" if dry_run else "done"].format(path=draft.path))
    numbers = (
        draft.tree.get("notice", {}).get("id"),
        *(item.get("id") for item in draft.tree.get("honours", ())),
    )
    if kind in (EntryKind.NOTICE, EntryKind.HONOUR):
        typer.echo(words["number"].format(id=numbers[0] if kind is EntryKind.NOTICE else numbers[-1]))
