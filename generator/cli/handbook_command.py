"""工作手册的命令 (handbook): a page for staff, or what pages there are."""

from __future__ import annotations

from typing import Annotated

import typer

from generator.desk.handbook import CONTENTS, handbook_pages, page_title
from generator.diagnostics.staff import staff_words


def handbook(
    page: Annotated[
        str | None, typer.Argument(metavar="PAGE", help="哪一章，如 running；不写就列出各章")
    ] = None,
) -> None:
    """给工作人员的手册：列出各章，或者显示一章；办公桌上也有 / the handbook for staff, in Chinese."""
    pages = handbook_pages()
    known = [name for name in pages if name != CONTENTS]
    if page is None:
        for name in known:
            typer.echo(f"{name:<20}{page_title(name)}")
    elif page in pages:
        typer.echo(pages[page].read_text(encoding="utf-8"))
    else:
        words = staff_words()["bad_values"]["choice"]
        raise typer.BadParameter(words.format(found=page, known="、".join(known)), param_hint="PAGE")
