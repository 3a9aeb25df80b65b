"""撤下 (withdraw): a person is no longer shown, and what is left to do is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    Who,
    asked_name,
    misuse,
    now,
    processes,
    project_folder,
    refuse_to_show,
    system_account,
    told,
)
from generator.desk.desk_reading import RefusedError
from generator.desk.desk_work import DeskWork
from generator.desk.new_entry import WITHHOLDING, form_questions
from generator.desk.portrait_files import drop_pictures
from generator.desk.record_drafts import Draft, check_project_with
from generator.desk.record_writing import save
from generator.desk.withdrawal import (
    addresses_of,
    decisions_naming,
    files_naming,
    find_person,
    find_record,
    mask_texts,
    masked_name,
    names_of,
    news,
    public_numbers,
    withdraw,
)
from generator.diagnostics import Place, diagnose, has_errors
from generator.diagnostics.exit_status import FINDINGS
from generator.diagnostics.staff import staff_words
from generator.pipeline.outbox_step import Mentions, mentions
from generator.pipeline.prepare import check_project
from generator.publication_log.approval_book import record_name

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
    who: Who = None,
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
    names = names_of(draft, index)
    name = names[0] if names else person
    questions = form_questions(WITHHOLDING)
    said = answers_to(questions, given_answers(answers or [], questions))
    name_of_clerk = "" if settings.site.approval == "none" or dry_run else asked_name(who)
    masked = list(_places(draft.path, withdraw(draft, index, to.value, said)))
    decisions = []
    if to is Hidden.MASKED:
        for decision in decisions_naming(project, names):
            if fields := mask_texts(decision, names, masked_name(draft, index)):
                masked += _places(decision.path, fields)
                decisions.append(decision)
    drafts = [draft, *decisions]
    shown = site or project / "site"
    words = staff_words()["withdraw"]
    with told(project, Format.TEXT):
        before = check_project(project, None, now(), processes(jobs)).diagnostics
        problems = news(before, check_project_with(drafts, project, now(), processes(jobs)))
        if has_errors(item for item in problems if item.code.startswith(_UNUSABLE)):
            print_report(problems, Format.TEXT, reveal=show)
            typer.echo(words["nothing_written"])
            raise typer.Exit(FINDINGS)
        written = "would" if dry_run else "done" if problems else "sound"
        facts = {"path": draft.path, "to": words[to.value]}
        pictures: tuple[str, ...] = ()
        waits = False
        if not dry_run:
            if settings.site.approval == "none":
                for item in drafts:
                    save(project / item.path, item.rendered())
            else:
                work = DeskWork(project, name_of_clerk, system_account(), now)
                written = _under_approval(work, draft, decisions, sound=not has_errors(problems))
            waits = written in ("drafted", "other_draft")
            if not waits:
                pictures = drop_pictures(project, draft.path, (draft.text or "").encode())
        typer.echo(words[written].format(**facts))
        if masked and not waits:
            _list(words["masked_texts"], masked)
        if pictures:
            _list(words["pictures"], list(pictures))
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
        numbers = {str(item.tree.get("id")) for item in decisions_naming(project, names)}
        _tell_outbox(mentions(project, numbers.union(public_numbers(draft.tree))))
    typer.echo(words["next_drafted" if waits else "next"])
    raise typer.Exit(FINDINGS if has_errors(problems) or waits else 0)


def _under_approval(work: DeskWork, draft: Draft, decisions: Iterable[Draft], *, sound: bool) -> str:
    """Withdraw at once where nothing else changes, and else leave a draft at the desk. Returns which it was, as a key of
    the words."""
    record, text = record_name(draft.path), draft.rendered()
    if sound:
        try:
            texts = {record_name(item.path): item.rendered() for item in decisions}
            if not has_errors(work.withdraw_at_once(record, text, texts)):
                return "at_once"
        except RefusedError:
            pass  # told by what is left to do: somebody else has to approve
    try:
        work.put_draft(record, text)
    except RefusedError:
        return "other_draft"
    return "drafted"


def _tell_outbox(found: Mentions) -> None:
    """Texts that may still name the person: what waits, and what is out already."""
    words, ways = staff_words()["withdraw"], staff_words()["outbox"]["ways"]
    if found.waiting:
        _list(
            words["texts_waiting"],
            [f"{item.id}  {'、'.join(ways[way] for way in item.ways)}" for item in found.waiting],
        )
    if found.sent:
        _list(words["texts_sent"], [f"{item.id}  {ways[item.way]}  {item.at}" for item in found.sent])


def _places(path: str, fields: Iterable[str]) -> Iterator[str]:
    return (f"{path}: {field}" for field in fields)


def _list(heading: str, lines: list[str]) -> None:
    typer.echo(heading.format(count=len(lines)))
    for line in lines:
        typer.echo(f"  {line}")
