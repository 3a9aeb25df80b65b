"""构建的命令 (build commands): build, merge. What runs every minute loads nothing of the desk."""

from __future__ import annotations

import json
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli.printing import Format, print_summary
from generator.cli.shared_options import (
    AsOf,
    Jobs,
    Out,
    Precompress,
    Root,
    Search,
    Show,
    UseCache,
    asked_instant,
    build_site,
    misuse,
    now,
    processes,
    project_folder,
    refuse_to_show,
    told,
)
from generator.diagnostics import Place, diagnose
from generator.diagnostics.staff import staff_words
from generator.pipeline.build import BuildOptions
from generator.pipeline.destination import PRIVATE_FOLDER, settled_site

if TYPE_CHECKING:
    from generator.pipeline.scan import Share


def build(
    root: Root = Path(),
    out: Out = None,
    as_of: AsOf = None,
    jobs: Jobs = 0,
    format: Format = Format.TEXT,
    search: Search = True,
    precompress: Precompress = False,
    cache: UseCache = True,
    shard: Annotated[
        str | None,
        typer.Option(
            "--shard",
            metavar="I/N",
            help="只做 N 片中的第 I 片，放进 --out，之后用 merge 合成 / make one share only, for merge",
        ),
    ] = None,
    hold: Annotated[
        bool,
        typer.Option(
            "--hold",
            help="有错误的记录保留上次公布的内容，其余照常；涉及保密的错误仍然全部停下 / keep the last published form of faulty records",
        ),
    ] = False,
    show: Show = False,
) -> None:
    """构建站点 / build the site; a failure at any point leaves the old one in place."""
    refuse_to_show(show, format)
    project = project_folder(root)
    if shard is not None:
        ignored = [
            name
            for name, given in (("--precompress", precompress), ("--no-cache", not cache), ("--hold", hold))
            if given
        ]
        if ignored:
            misuse(diagnose("BLD012", Place(path="--shard"), terms={"options": "、".join(ignored)}))
        _build_shard(project, _share(shard), out, asked_instant(as_of), processes(jobs), search, format)
        return
    options = BuildOptions(
        root=project,
        out=out or project / "site",
        as_of=asked_instant(as_of),
        now=now(),
        jobs=processes(jobs),
        search=search,
        cached=cache,
        precompressed=precompress,
        hold=hold,
    )
    _build_and_tell(options, format, show=show)


def merge(
    shards: Annotated[list[Path], typer.Argument(help="各片的文件夹", exists=True, file_okay=False)],
    root: Root = Path(),
    out: Out = None,
    as_of: AsOf = None,
    jobs: Jobs = 0,
    format: Format = Format.TEXT,
    search: Search = True,
    precompress: Precompress = False,
) -> None:
    """把各片合成一个站点，与一次构建逐字节相同 / put shards together: the same bytes as one build."""
    from generator.pipeline.shards import shard_stores

    project = project_folder(root)
    target = out or project / "site"
    with told(target, format):
        settled_site(project, target)
        stores = shard_stores(shards)
    options = BuildOptions(
        root=project,
        out=target,
        as_of=asked_instant(as_of),
        now=now(),
        jobs=processes(jobs),
        search=search,
        cached=True,
        precompressed=precompress,
        beside=tuple(stores),
    )
    _build_and_tell(options, format)


def _build_and_tell(options: BuildOptions, format: Format, *, show: bool = False) -> None:
    started = time.monotonic()
    with told(options.out, format, reveal=show):
        result = build_site(options)
    print_summary(result, options.out, time.monotonic() - started, format, reveal=show)


def _build_shard(
    project: Path,
    share: Share,
    out: Path | None,
    as_of: datetime | None,
    jobs: int,
    search: bool,
    format: Format,
) -> None:
    from generator.pipeline.shards import build_shard

    name = f"{share.number}-of-{share.count}"
    folder = (out or project / PRIVATE_FOLDER / "shards" / name).absolute()
    with told(folder, format):
        built = build_shard(project, folder, share, as_of, now(), jobs, search=search)
    if format is Format.JSON:
        typer.echo(json.dumps({"shard": name, "records": built.records, "out": str(folder)}))
    else:
        typer.echo(staff_words()["shard"].format(name=name, records=built.records, folder=folder), err=True)


def _share(text: str) -> Share:
    from generator.pipeline.scan import MOST_CHUNKS, Share

    share = Share.parsed(text)
    if share is None:
        misuse(diagnose("BLD011", Place(path="--shard"), terms={"text": text, "most": MOST_CHUNKS}))
    return share


app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
"""These commands alone."""
for command in (build, merge):
    app.command()(command)
