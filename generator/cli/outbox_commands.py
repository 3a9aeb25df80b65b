"""待发文稿的命令 (outbox): what waits to be sent, and that it was sent."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.printing import Format, print_report
from generator.cli.shared_options import (
    AsOf,
    Jobs,
    Root,
    fail,
    now,
    project_folder,
    read_project,
    told,
)
from generator.diagnostics import Place, diagnose
from generator.diagnostics.staff import staff_words
from generator.outputs.outbox.outbox_text import files_of
from generator.pipeline.destination import OUTBOX
from generator.pipeline.outbox_step import Message, NoSuchMessageError, made_outbox, mark_sent, put_outbox
from generator.source.model.published import instant

outbox_app = typer.Typer(
    no_args_is_help=True,
    help="待发文稿：公众号、短信、邮件，由机关自己发出 / texts about what was published, for the office to send.",
)
"""``yiyong outbox``."""


class Way(StrEnum):
    """发送的渠道."""

    WECHAT = "wechat"
    SMS = "sms"
    EMAIL = "email"


@outbox_app.command("list")
def list_messages(root: Root = Path(), as_of: AsOf = None, jobs: Jobs = 0) -> None:
    """列出待发的文稿；先照现在公开的内容重写、审核 / what waits, made anew from what is public now."""
    project = project_folder(root)
    with told(project, Format.TEXT), read_project(project, as_of, jobs) as prepared:
        outbox = made_outbox(prepared)
        if outbox is not None:
            put_outbox(project, outbox)
    if outbox is None:
        fail(diagnose("DSK123", Place(path="site_config/site.yml")))
    if outbox.warnings:
        print_report(outbox.warnings, Format.TEXT, err=True)
    words = staff_words()["outbox"]
    for message in outbox.messages:
        typer.echo(_said(message))
    typer.echo(words["count" if outbox.messages else "none"].format(count=len(outbox.messages)), err=True)


@outbox_app.command("sent")
def sent(
    message: Annotated[str, typer.Argument(metavar="编号", help="yiyong outbox list 列出的编号")],
    way: Annotated[
        list[Way] | None, typer.Option("--way", help="只这个渠道发了，可写几次；不写就是全部")
    ] = None,
    root: Root = Path(),
) -> None:
    """标为已发：文稿随即删去，只记下编号、渠道和时刻 / mark as sent: the texts go, a line stays."""
    project = project_folder(root)
    words = staff_words()["outbox"]
    try:
        with told(project, Format.TEXT):
            left = mark_sent(project, message, [item.value for item in way or ()], instant(now()))
    except NoSuchMessageError:
        fail(diagnose("DSK121", Place(path=OUTBOX), facts={"found": message}))
    names = "、".join(words["ways"][item] for item in left)
    typer.echo(words["left" if left else "done"].format(id=message, ways=names))


def _said(message: Message) -> str:
    words = staff_words()["outbox"]
    lines = [words["message"].format(id=message.id, title=message.title)]
    for way in message.ways:
        if way == "sms" and not message.parts:
            continue
        told = words["ways"][way]
        if way == "sms":
            sizes = "、".join(map(str, message.parts))
            told += words["parts"].format(count=len(message.parts), sizes=sizes)
        lines.append(words["way"].format(way=told, files="、".join(files_of(way))))
    return "\n".join(lines)
